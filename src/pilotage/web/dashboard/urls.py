"""How a phase stands."""

from django.urls import path

from pilotage.web.dashboard import views

app_name = "dashboard"
urlpatterns = [path("<slug:phase>/", views.dashboard, name="dashboard")]
