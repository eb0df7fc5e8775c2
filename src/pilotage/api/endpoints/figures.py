"""Figures: the catalogue, and each of them computed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from ninja import Query

from pilotage.api.past import RECORDED, Recorded, known_then
from pilotage.api.server import PROBLEMS, api, phase_of, viewer_of
from pilotage.api.shapes import figures as shapes
from pilotage.figures.compute import compute, may_see
from pilotage.figures.formats.json import as_document
from pilotage.figures.registry import FIGURES
from pilotage.figures.scopes import UnknownChoice


@api.get(
    "/figures", response={200: list[shapes.FigureOut], **PROBLEMS}, tags=["Figures"], summary="The catalogue of figures"
)
def figures(request: HttpRequest) -> Any:
    return [
        {
            "code": figure.code, "title": figure.title, "note": figure.note, "unit": figure.unit.code,
            "group": figure.group.value, "dimensions": list(figure.dimensions),
        }
        for figure in FIGURES.values()
        if not figure.from_register or viewer_of(request).user is not None
    ]  # fmt: skip


RESERVED = frozenset({"period", "by", "as_of", "lang", RECORDED})


@api.get(
    "/phases/{phase}/figures/{figure}",
    response={200: dict[str, Any], **PROBLEMS},
    tags=["Figures"],
    summary="Compute a figure",
)
@known_then
def figure(
    request: HttpRequest,
    phase: str,
    figure: str,
    period: Annotated[
        str, Query(description="2023-Q2, 2023-06, 2023, 2023-01-01..2023-06-30, year-2, to-date, all")
    ] = "",
    by: Annotated[str, Query(description="Up to two dimensions, with a comma: country,quarter")] = "",
    as_of: Annotated[date | None, Query(description="The day that the figure is true for")] = None,
    recorded: Recorded = "",
) -> Any:
    """Several phases stand with commas. Any dimension of the figure narrows it: ``?country=TJ&component=1``."""
    chosen = [phase_of(code) for code in phase.split(",")]
    filters = {name: tuple(str(value).split(",")) for name, value in request.GET.items() if name not in RESERVED}
    viewer = viewer_of(request)
    if figure not in FIGURES or not may_see(FIGURES[figure], chosen, viewer):
        raise Http404
    dimensions = tuple(name for name in by.split(",") if name)
    if len(dimensions) > 2:
        raise UnknownChoice("by", by)
    table = compute(
        figure, phases=chosen, viewer=viewer, period=period or None, dimensions=dimensions, filters=filters, as_of=as_of
    )
    return as_document(table, "ru" if (get_language() or "").startswith("ru") else "en")
