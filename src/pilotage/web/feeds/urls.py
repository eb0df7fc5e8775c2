"""Feeds for other programs."""

from django.urls import path

from pilotage.web.feeds import calendar

app_name = "feeds"
urlpatterns = [path("<slug:phase>/calendar.ics", calendar.feed, name="calendar")]
