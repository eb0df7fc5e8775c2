"""The first page."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.home.views")

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
]
