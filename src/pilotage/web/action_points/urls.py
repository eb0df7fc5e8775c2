"""Addresses of action points. Their codes hold a slash: the meeting's code, and a number."""

from django.urls import path

from pilotage.kit.addresses import Views

moves = Views("pilotage.web.action_points.moves")
views = Views("pilotage.web.action_points.views")

app_name = "action_points"
HERE = "<slug:phase>/action-points/<path:code>/"
urlpatterns = [
    path("<slug:phase>/action-points/", views.action_points, name="action_points"),
    path(f"{HERE}move/", moves.move, name="move"),
    path(f"{HERE}edit/", moves.edit, name="edit"),
    path(f"{HERE}files/<int:key>/", views.file, name="file"),
    path(HERE, views.action_point, name="action_point"),
]
