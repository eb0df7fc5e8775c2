"""Addresses of the data checks."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.checks.views")

app_name = "checks"
urlpatterns = [
    path("<slug:phase>/checks/", views.checks, name="checks"),
    path("<slug:phase>/checks/explain/", views.explain, name="explain"),
]
