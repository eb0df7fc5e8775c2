"""Feeds for other programs."""

from django.urls import path

from pilotage.kit.addresses import Views

calendar = Views("pilotage.web.feeds.calendar")

app_name = "feeds"
urlpatterns = [path("<slug:phase>/calendar.ics", calendar.feed, name="calendar")]
