"""Addresses of institutions and places."""

from django.urls import path

from pilotage.kit.addresses import Views

views = Views("pilotage.web.parties.views")

app_name = "parties"
urlpatterns = [
    path("<slug:phase>/institutions/", views.institutions, name="institutions"),
    path("<slug:phase>/institutions/new/", views.new_institution, name="new_institution"),
    path("<slug:phase>/institutions/<slug:code>/", views.institution, name="institution"),
    path("<slug:phase>/institutions/<slug:code>/edit/", views.edit_institution_page, name="edit_institution"),
    path("<slug:phase>/places/", views.places, name="places"),
    path("<slug:phase>/places/new/", views.new_place, name="new_place"),
    path("<slug:phase>/places/<slug:code>/", views.place, name="place"),
    path("<slug:phase>/places/<slug:code>/edit/", views.edit_place_page, name="edit_place"),
]
