"""Addresses of people."""

from django.urls import path

from pilotage.kit.addresses import Views

erasing = Views("pilotage.web.people.erasing")
merging = Views("pilotage.web.people.merging")
views = Views("pilotage.web.people.views")

app_name = "people"
urlpatterns = [
    path("<slug:phase>/people/", views.people, name="people"),
    path("<slug:phase>/people/readings/", views.readings, name="readings"),
    path("<slug:phase>/people/new/", views.new, name="new"),
    path("<slug:phase>/people/duplicates/", merging.duplicates, name="duplicates"),
    path("<slug:phase>/people/<slug:key>/", views.person, name="person"),
    path("<slug:phase>/people/<slug:key>/edit/", views.edit, name="edit"),
    path("<slug:phase>/people/<slug:key>/merge/", merging.merge, name="merge"),
    path("<slug:phase>/people/<slug:key>/separate/<slug:former>/", merging.separate, name="separate"),
    path("<slug:phase>/people/<slug:key>/pseudonymise/", erasing.pseudonymise, name="pseudonymise"),
]
