"""The pictures of an issue in one language, drawn from its frozen figures, for print and for screens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from pilotage.documents.kinds.newsletter.ahead import days_of, draw_months
from pilotage.documents.kinds.newsletter.cover import Venue, draw_cover
from pilotage.documents.kinds.newsletter.facts import Facts
from pilotage.documents.kinds.newsletter.figures import Tables, of_column
from pilotage.documents.kinds.newsletter.listed import address_of, venues, within_countries
from pilotage.documents.kinds.newsletter.sentences import SAID
from pilotage.documents.kinds.newsletter.slots import component_slot_name
from pilotage.figures.forms import bars, dots, people, timeline
from pilotage.figures.forms import map as region
from pilotage.figures.forms.common import open_sheet
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.values import row_total
from pilotage.figures.table import Cell, Dimension, FigureTable, Key
from pilotage.kit.texts import Text, wording

MILLIMETRE = 72 / 25.4
WIDTHS: dict[Medium, dict[str, float]] = {
    "print": {"full": 174 * MILLIMETRE, "half": 83 * MILLIMETRE, "narrow": 55 * MILLIMETRE},
    "screen": {"full": 720, "half": 400, "narrow": 250},
}
CAPITALS: tuple[tuple[tuple[float, float], Text, Literal["left", "right", "above", "below"]], ...] = (
    ((51.17, 71.43), {"en": "Astana", "ru": "Астана"}, "right"),
    ((42.87, 74.59), {"en": "Bishkek", "ru": "Бишкек"}, "above"),
    ((38.56, 68.77), {"en": "Dushanbe", "ru": "Душанбе"}, "below"),
    ((37.95, 58.38), {"en": "Ashgabat", "ru": "Ашхабад"}, "below"),
    ((41.31, 69.24), {"en": "Tashkent", "ru": "Ташкент"}, "left"),
)
"""Placed by hand, on the side that is free."""


def draw_all(facts: Facts, tables: Tables, language: str) -> dict[str, str]:
    """Every picture by the name under which the pages ask for it; the web's own have ``-screen`` in it."""
    found: dict[str, str] = {}
    if facts.countries:
        names = {code: wording(name, language) for code, name in facts.countries.items()}
        places = [Venue(*point, count, wording(name, language)) for name, point, count in venues(facts.held)]
        found["cover.svg"] = draw_cover(names, places, within_countries(facts.held, facts.countries))
    for medium in ("print", "screen"):
        for name, svg in _draw(facts, tables, language, medium).items():
            found[name if medium == "print" else name.replace(".svg", "-screen.svg")] = svg
    return found


def _draw(facts: Facts, tables: Tables, language: str, medium: Medium) -> dict[str, str]:
    widths = WIDTHS[medium]
    by_country = tables["activities_by_country"]
    found = {
        "dots.svg": dots.draw(
            by_country,
            dots=_dots(facts, by_country, medium),
            language=language, width=widths["half"], medium=medium, title="", caption="",
        ),
        "people.svg": people.draw(
            tables["participations_by_country"], language=language, width=widths["half"], medium=medium, title="", caption=""
        ),
        "types.svg": bars.draw(
            tables["activities_by_type"], language=language, width=widths["half"], medium=medium, title="", caption=""
        ),
    }  # fmt: skip
    if facts.start and facts.end:
        found["timeline.svg"] = timeline.draw(
            start=facts.start, end=facts.end, as_of=facts.as_of, label=facts.phase.short_title,
            milestones=facts.milestones, framed=facts.covers,
            language=language, width=widths["full"], medium=medium, title="",
        )  # fmt: skip
    if days := ahead_days(facts):
        assert facts.next_quarter.start
        found["ahead.svg"] = draw_months(
            days, facts.next_quarter.start,
            language=language, width=widths["full"], medium=medium, told=wording(facts.next_quarter.label, language),
        )  # fmt: skip
    columns = {key.code for key in by_country.dimensions[1].keys}
    for component in facts.components:
        if component.number in columns:
            name = f"dots-{component_slot_name(component.number)}.svg"
            found[name] = country_dots(of_column(by_country, component.number), component.hue, language, medium)
    marks = venues(facts.held)
    if marks:
        found["map.svg"] = place_map(facts, marks, language, medium)
    return found


def ahead_days(facts: Facts) -> dict[date, list[str]]:
    """The days of the next quarter on which activities are planned, with the hues of their components."""
    period = facts.next_quarter
    if period.start is None or period.end is None:
        return {}
    hues = {component.number: component.hue for component in facts.components}
    spans = [(item.start, item.end, hues.get(item.component, "general")) for item in facts.ahead]
    return days_of(spans, period.start, period.end)


def country_dots(column: FigureTable, hue: str, language: str, medium: Medium) -> str:
    """One component's activities by country: a name and as many dots as the figure counts."""
    sheet = open_sheet(
        "country-dots", column, language=language, width=WIDTHS[medium]["narrow"], medium=medium, title=""
    )
    size, keys = sheet.size.small, column.dimensions[0].keys
    names = [wording(key.label, language) for key in keys]
    left = max((sheet.measured(name, size=size) for name in names), default=0) + size * 0.8
    pitch, y = size * 1.12, sheet.top
    across = max(1, int((sheet.width - left) // pitch))
    for key, name in zip(keys, names, strict=True):
        count = int(row_total(key, column).value or 0)
        sheet.add(sheet.text(0, y + size, name, size=size, tone="ink" if count else "quiet"))
        for number in range(count):
            x, line = left + number % across * pitch, number // across
            sheet.add(sheet.dot(x + size * 0.45, y + size * 0.68 + line * pitch, size * 0.45, hue))
        if not count:
            sheet.add(sheet.text(left, y + size, "–", size=size, tone="quiet"))
        y += max(1, -(-count // across)) * pitch + size * 0.55
    return sheet.finished(y)


def place_map(
    facts: Facts, marks: Sequence[tuple[Text, tuple[float, float], int]], language: str, medium: Medium
) -> str:
    """The places of the quarter on the map: the listed activities, counted by venue."""
    keys = tuple(Key(str(number), name) for number, (name, _point, _count) in enumerate(marks))
    total = sum(count for _name, _point, count in marks)
    table = replace(
        facts.table("activities"),
        title=SAID["places"],
        dimensions=(Dimension("place", SAID["places"], keys),),
        cells={(str(number),): Cell(count) for number, (_name, _point, count) in enumerate(marks)},
        total=Cell(total),
        gaps=(),
    )
    return region.draw(
        table,
        places={str(number): point for number, (_name, point, _count) in enumerate(marks)},
        capitals=[region.Capital(at, name, side) for at, name, side in CAPITALS],
        language=language, width=WIDTHS[medium]["half"], medium=medium, title="", caption="",
    )  # fmt: skip


def _dots(facts: Facts, table: FigureTable, medium: Medium) -> list[dots.Dot]:
    """A dot for each activity in each of its countries that the table prints; on screens it leads to the activity."""
    rows = {key.code for key in table.dimensions[0].keys}
    columns = {key.code for key in table.dimensions[1].keys}
    return [
        dots.Dot(
            row=country,
            column=item.component,
            name=item.title,
            address=address_of(facts.phase, item) if medium == "screen" else None,
        )
        for item in facts.held
        for country in item.countries or ("",)
        if country in rows and item.component in columns
    ]
