"""The pictures of a pack in one language, drawn from its frozen figures, for print and for screens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pilotage.documents.kinds.newsletter.cover import draw_locator
from pilotage.documents.kinds.newsletter.figures import of_column
from pilotage.documents.kinds.newsletter.pictures import WIDTHS, country_dots
from pilotage.documents.kinds.newsletter.slots import component_slot_name
from pilotage.documents.steering.advice import is_late, rows_of
from pilotage.documents.steering.facts import Facts
from pilotage.documents.steering.records import AdviceItem
from pilotage.domain.recommendations.words import AWAITING_ANSWER
from pilotage.domain.recommendations.words import State as Words
from pilotage.figures.forms import bars, dots, people, small_multiples, squares, timeline
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.table import UNKNOWN, Cell, Dimension, FigureTable, Key
from pilotage.kit.texts import Text

STANDINGS: tuple[tuple[str, Text, str], ...] = (
    ("adopted", {"en": "Adopted", "ru": "Внедрена"}, "done"),
    ("working", {"en": "Accepted, in progress", "ru": "Принята, в работе"}, "ahead"),
    ("considered", {"en": "Under consideration", "ru": "На рассмотрении"}, "plan"),
    ("silent", {"en": "No answer", "ru": "Нет ответа"}, "unknown"),
    ("late", {"en": "Overdue or answer late", "ru": "Просрочена или ответ запаздывает"}, "late"),
    ("rejected", {"en": "Rejected", "ru": "Отклонена"}, "failed"),
)
"""What the squares tell apart: states drawn together that ask the same of the reader."""
NO_NAME: Text = {"en": "Not stated", "ru": "Не указано"}


def draw_pack(facts: Facts, language: str) -> dict[str, str]:
    """Every picture by the name under which the pages ask for it; the web's own have ``-screen`` in it."""
    found: dict[str, str] = {}
    for medium in ("print", "screen"):
        for name, svg in _draw(facts, language, medium):
            found[name if medium == "print" else name.replace(".svg", "-screen.svg")] = svg
    return found


def _draw(facts: Facts, language: str, medium: Medium) -> Iterable[tuple[str, str]]:
    widths = WIDTHS[medium]
    phase = facts.phase
    if facts.countries:
        meant = [facts.country.code] if facts.country else list(facts.countries)
        yield "cover.svg", draw_locator(facts.countries, meant)
    end = phase.end_known_on(facts.as_of)
    if phase.start and end:
        yield "timeline.svg", timeline.draw(
            start=phase.start, end=end, as_of=facts.as_of, label=phase.short_title,
            milestones=facts.milestones, framed=facts.windows.year,
            language=language, width=widths["full"], medium=medium, title="",
        )  # fmt: skip
    plain = {"language": language, "medium": medium, "title": "", "caption": ""}
    if facts.value("recommendations"):
        table, marks = standing_table(facts)
        yield "squares.svg", squares.draw(table, squares=marks, width=widths["full"], **plain)  # type: ignore[arg-type]
    if facts.country:
        components = facts.table("activities_by_component")
        yield "components.svg", bars.draw(components, width=widths["half"], **plain)  # type: ignore[arg-type]
        if facts.value("participations"):
            by_component = facts.table("participations_by_component")
            yield "people.svg", people.draw(by_component, width=widths["half"], **plain)  # type: ignore[arg-type]
        by_institution = facts.table("participations_by_institution")
        yield "institutions.svg", people.draw(by_institution, width=widths["full"], **plain)  # type: ignore[arg-type]
        return
    by_country = facts.table("activities_by_country")
    yield "countries.svg", dots.draw(by_country, dots=_dots(facts, by_country), width=widths["full"], **plain)  # type: ignore[arg-type]
    yield "comparison.svg", small_multiples.draw(by_country, width=widths["full"], **plain)  # type: ignore[arg-type]
    if facts.value("participations"):
        sexes = facts.table("participations_by_country")
        yield "people.svg", people.draw(sexes, width=widths["full"], **plain)  # type: ignore[arg-type]
    columns = {key.code for key in by_country.dimensions[1].keys}
    for component in facts.components:
        if component.number in columns:
            column = of_column(by_country, component.number)
            name = f"dots-{component_slot_name(component.number)}.svg"
            yield name, country_dots(column, component.hue, language, medium)


def _dots(facts: Facts, table: FigureTable) -> list[dots.Dot]:
    """A dot for each activity in each of its countries, as many as the table counts; those not named are nameless."""
    found: list[dots.Dot] = []
    named = [item for item in facts.records.activities if item.held]
    for (row, column), cell in table.rows():
        mine = [
            item for item in named
            if item.component == column and (row in item.countries or (row == UNKNOWN and not item.countries))
        ]  # fmt: skip
        count = int(cell.value or 0)
        titles: Sequence[Text] = [item.title for item in mine[:count]]
        found += [dots.Dot(row=row, column=column, name=title) for title in titles]
        found += [dots.Dot(row=row, column=column, name=NO_NAME)] * (count - len(titles))
    return found


def standing_table(facts: Facts) -> tuple[FigureTable, list[squares.Square]]:
    """The recommendations by addressee (or country) in the standings that the squares show, with the squares."""
    rows = rows_of(facts)
    keys = tuple(Key(code or UNKNOWN, name or NO_NAME) for code, name, _items in rows)
    states = tuple(Key(code, label, hue=hue) for code, label, hue in STANDINGS)
    marks = [
        squares.Square(code or UNKNOWN, standing(item, facts), item.text or {"en": item.code}, item.since)
        for code, _name, items in rows
        for item in items
    ]
    cells: dict[tuple[str, ...], Cell] = {}
    for mark in marks:
        known = cells.get((mark.row, mark.state), Cell(0))
        cells[mark.row, mark.state] = Cell(int(known.value or 0) + 1)
    present = tuple(state for state in states if any(keys_[1] == state.code for keys_ in cells))
    counted = facts.table("recommendations_by_institution" if facts.country else "recommendations_by_country")
    table = replace(
        counted,
        dimensions=(
            Dimension("addressee", {"en": "Addressee", "ru": "Адресат"}, keys),
            Dimension("standing", {"en": "State", "ru": "Состояние"}, present),
        ),
        cells=cells,
        row_totals={code or UNKNOWN: Cell(len(items)) for code, _name, items in rows},
        column_totals={},
    )
    return table, marks


def standing(item: AdviceItem, facts: Facts) -> str:
    """Which of the standings a recommendation is in on the day."""
    if is_late(item, facts.as_of):
        return "late"
    if item.state in AWAITING_ANSWER:
        return "silent" if item.state == Words.ISSUED else "considered"
    return {Words.ADOPTED: "adopted", Words.REJECTED: "rejected"}.get(Words(item.state), "working")
