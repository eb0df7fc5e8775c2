"""The registry: every figure by its code, in the order of the catalogue."""

from __future__ import annotations

from pilotage.figures.definitions import (
    action_points,
    activities,
    participations,
    people,
    plan,
    plans,
    products,
    recommendations,
)
from pilotage.figures.figure import Figure
from pilotage.figures.scopes import UnknownChoice

FIGURES: dict[str, Figure] = {
    figure.code: figure
    for module in (activities, plan, plans, participations, people, products, recommendations, action_points)
    for figure in module.FIGURES
}


def figure_of(code: str) -> Figure:
    """The figure ``code``. Raises UnknownChoice."""
    try:
        return FIGURES[code]
    except KeyError:
        raise UnknownChoice("figure", code) from None
