"""The first page."""

from django.urls import path

from pilotage.web.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
]
