"""Which form suits a table, and the table drawn in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from pilotage.domain.parties.models import Place
from pilotage.figures.forms import bars, columns, people
from pilotage.figures.forms import map as map_form
from pilotage.figures.forms.common import Link
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.map import Degrees
from pilotage.figures.table import FigureTable

Draw = Callable[..., str]
Form = Literal["bars", "columns", "people", "map"]
TIME = ("quarter", "year", "reporting_year")


def suitable_form(table: FigureTable) -> Form:
    """Time runs to the right; sexes of a group make people; venues a map; everything else is compared by bars."""
    codes = [dimension.code for dimension in table.dimensions]
    if codes and codes[0] in TIME:
        return "columns"
    if len(codes) == 2 and codes[1] == "sex" and table.additive:
        return "people"
    if codes == ["place"]:
        return "map"
    return "bars"


def drawn(
    table: FigureTable,
    *,
    language: str,
    width: float,
    medium: Medium = "screen",
    link: Link | None = None,
    title: str | None = None,
    caption: str | None = None,
) -> str:
    """SVG of ``table`` in the form that suits it; a map reads the positions of its places in one query."""
    form = suitable_form(table)
    if form == "map":
        places = positions([key.code for key in table.dimensions[0].keys])
        return map_form.draw(
            table, places=places, language=language, width=width, medium=medium, link=link, title=title, caption=caption
        )
    draw: Draw = columns.draw if form == "columns" else people.draw if form == "people" else bars.draw
    return draw(table, language=language, width=width, medium=medium, link=link, title=title, caption=caption)


def positions(codes: Sequence[str]) -> dict[str, Degrees]:
    """Latitude and longitude of places by code, in one query; those without a position are left out."""
    known = Place.objects.filter(code__in=codes, latitude__isnull=False, longitude__isnull=False)
    rows = known.values_list("code", "latitude", "longitude")
    return {code: (float(latitude), float(longitude)) for code, latitude, longitude in rows}  # type: ignore[arg-type]
