"""Calendar and timeline."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.calendar.views")

app_name = "calendar"
urlpatterns = [
    path("<slug:phase>/calendar/", views.calendar, name="calendar"),
    path("<slug:phase>/timeline/", views.timeline, name="timeline"),
]
