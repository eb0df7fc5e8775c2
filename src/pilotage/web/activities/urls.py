"""Addresses of activities."""

from django.urls import path

from pilotage.kit.addresses import Views

deliverables = Views("pilotage.web.activities.deliverables")
edit = Views("pilotage.web.activities.edit")
files = Views("pilotage.web.activities.files")
moves = Views("pilotage.web.activities.moves")
people = Views("pilotage.web.activities.people")
tally = Views("pilotage.web.activities.tally")
views = Views("pilotage.web.activities.views")

app_name = "activities"
HERE = "<slug:phase>/activities/<str:code>/"
urlpatterns = [
    path("<slug:phase>/activities/", views.activities, name="activities"),
    path("<slug:phase>/activities/new/", edit.new, name="new"),
    path(HERE, views.activity, name="activity"),
    path(f"{HERE}edit/", edit.edit, name="edit"),
    path(f"{HERE}move/", moves.move, name="move"),
    path(f"{HERE}tally/", tally.tally, name="tally"),
    path(f"{HERE}people/", people.people, name="people"),
    path(f"{HERE}deliverables/", deliverables.deliverables, name="deliverables"),
    path(f"{HERE}deliverables/<int:key>/", deliverables.deliverable, name="deliverable"),
    path(f"{HERE}files/", files.files, name="files"),
    path(f"{HERE}files/<int:key>/", files.file, name="file"),
    path(f"{HERE}files/<int:key>/open/", files.open_file, name="open_file"),
]
