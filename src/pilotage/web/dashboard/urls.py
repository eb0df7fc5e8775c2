"""How a phase stands."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.dashboard.views")

app_name = "dashboard"
urlpatterns = [path("<slug:phase>/", views.dashboard, name="dashboard")]
