"""Addresses of the data checks."""

from django.urls import path

from pilotage.web.checks import views

app_name = "checks"
urlpatterns = [
    path("<slug:phase>/checks/", views.checks, name="checks"),
    path("<slug:phase>/checks/explain/", views.explain, name="explain"),
]
