"""The dashboard's charts: figures in, SVG out, each mark leading to its records."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pilotage.figures.drawing import positions
from pilotage.figures.forms import bars, columns, lines, map, people, progress, timeline
from pilotage.figures.forms.finding import finding
from pilotage.figures.forms.map import Capital
from pilotage.figures.table import UNKNOWN, FigureTable
from pilotage.kit.texts import wording
from pilotage.web.dashboard.gather import Standing
from pilotage.web.dashboard.links import cell_links, figure_address

NARROW, WIDE = 340, 560
"""Widths in CSS pixels: three narrow charts in a row on a desk, one on a phone without shrinking its letters."""

CAPITALS = (
    Capital((51.17, 71.45), {"en": "Astana", "ru": "Астана"}, "above"),
    Capital((42.87, 74.59), {"en": "Bishkek", "ru": "Бишкек"}, "above"),
    Capital((38.56, 68.77), {"en": "Dushanbe", "ru": "Душанбе"}, "below"),
    Capital((37.95, 58.38), {"en": "Ashgabat", "ru": "Ашхабад"}, "below"),
    Capital((41.31, 69.24), {"en": "Tashkent", "ru": "Ташкент"}, "left"),
)


@dataclass(frozen=True, slots=True)
class Chart:
    """One drawing with the address of its figure. ``name`` is its heading for those who go from heading to heading."""

    name: str
    svg: SafeString
    address: str


@dataclass(frozen=True, slots=True)
class Charts:
    """The dashboard's drawings by their place on the page; None where the records give nothing to draw."""

    row: list[Chart]
    time: Chart | None
    map: Chart | None


def charts_of(standing: Standing, language: str) -> Charts:
    """Every chart that the records give something to draw for."""
    row = [_plan(standing, language), _countries(standing, language), _people(standing, language)]
    return Charts([chart for chart in row if chart], _time(standing, language), _map(standing, language))


def titled(table: FigureTable, name: str, language: str) -> str:
    """The finding, or the chart's name where nothing stands out."""
    found = finding(table, language)
    return name if found == wording(table.title, language) else found


def _chart(name: str, svg: str, standing: Standing, code: str, *by: str) -> Chart:
    address = figure_address(standing.phase, code, standing.period, standing.day, by or None)
    return Chart(name, mark_safe(svg), address)


def _countries(standing: Standing, language: str) -> Chart | None:
    table, name = standing.implemented, _("Activities by country and component")
    if not table.total.value:
        return None
    link = cell_links(standing.phase, table, standing.period, standing.day)
    title = titled(table, name, language)
    svg = bars.draw(table, language=language, width=NARROW, link=link, title=title, caption="")
    return _chart(name, svg, standing, table.figure)


def _people(standing: Standing, language: str) -> Chart | None:
    table, name = standing.participations, _("Participants and women")
    if not table.total.value:
        return None
    link = cell_links(standing.phase, table, standing.period, standing.day)
    title = titled(table, name, language)
    svg = people.draw(table, language=language, width=NARROW, link=link, title=title, caption="")
    return _chart(name, svg, standing, table.figure)


def _time(standing: Standing, language: str) -> Chart | None:
    if standing.elapsed is None:
        return None
    name = _("Implementation against time")
    if standing.completion is not None:
        svg = progress.draw(standing.completion, time=standing.elapsed, language=language, width=NARROW, caption="")
        address = figure_address(standing.phase, standing.completion.figure, None, standing.day)
        return Chart(name, mark_safe(svg), address)
    scope = standing.elapsed.scope
    assert scope.start
    assert scope.end
    svg = timeline.draw(
        start=scope.start,
        end=scope.end,
        as_of=standing.as_of,
        label=scope.phases_label,
        language=language,
        width=NARROW,
    )
    return Chart(name, mark_safe(svg), f"/{standing.phase.code}/timeline/")


def _plan(standing: Standing, language: str) -> Chart | None:
    link = cell_links(standing.phase, standing.by_quarter, "to-date", standing.day)
    if standing.against_plan is not None:
        svg = lines.draw(
            standing.against_plan, language=language, width=NARROW, link=lambda keys: link(keys[:1]), caption="",
            due=standing.due,
        )  # fmt: skip
        return _chart(_("Plan against done"), svg, standing, "activities-in-plan", "quarter")
    if not standing.by_quarter.total.value:
        return None
    name = _("Activities by quarter")
    title = titled(standing.by_quarter, name, language)
    svg = columns.draw(standing.by_quarter, language=language, width=NARROW, link=link, title=title, caption="")
    return _chart(name, svg, standing, "activities-implemented", "quarter")


def _map(standing: Standing, language: str) -> Chart | None:
    table, name = standing.by_place, _("Where activities took place")
    keys = [key.code for key in table.dimensions[0].keys if key.code != UNKNOWN]
    if not keys:
        return None
    found, title = positions(keys), titled(table, name, language)
    link = cell_links(standing.phase, table, standing.period, standing.day)

    def drawn(width: int) -> str:
        return map.draw(
            table, places=found, capitals=CAPITALS, language=language, width=width, link=link, title=title, caption=""
        )

    # A map's letters do not shrink: the stylesheet shows one of the two.
    svg = f'<div class="on-desk">{drawn(WIDE)}</div><div class="on-phone">{drawn(NARROW)}</div>'
    return _chart(name, svg, standing, table.figure, "place")
