"""Addresses of people."""

from django.urls import path

from pilotage.web.people import views

app_name = "people"
urlpatterns = [
    path("<slug:phase>/people/", views.people, name="people"),
    path("<slug:phase>/people/readings/", views.readings, name="readings"),
    path("<slug:phase>/people/<slug:key>/", views.person, name="person"),
    path("<slug:phase>/people/<slug:key>/edit/", views.edit, name="edit"),
]
