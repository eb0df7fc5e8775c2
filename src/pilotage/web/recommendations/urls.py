"""Addresses of recommendations."""

from django.urls import path

from pilotage.kit.addresses import Views

edit = Views("pilotage.web.recommendations.edit")
moves = Views("pilotage.web.recommendations.moves")
views = Views("pilotage.web.recommendations.views")

app_name = "recommendations"
HERE = "<slug:phase>/recommendations/<str:code>/"
urlpatterns = [
    path("<slug:phase>/recommendations/", views.recommendations, name="recommendations"),
    path("<slug:phase>/recommendations/board/", views.board, name="board"),
    path("<slug:phase>/recommendations/new/", edit.new, name="new"),
    path(HERE, views.recommendation, name="recommendation"),
    path(f"{HERE}edit/", edit.edit, name="edit"),
    path(f"{HERE}move/", moves.move, name="move"),
    path(f"{HERE}clear/", moves.clear, name="clear"),
    path(f"{HERE}files/<int:key>/", views.file, name="file"),
]
