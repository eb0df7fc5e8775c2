"""Dots: one dot is one record, coloured by the second dimension, in rows by the first; each may be a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pilotage.figures.forms.bars import key_hue
from pilotage.figures.forms.common import LabelColumn, caption_of, open_sheet
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.values import name, row_total, said, shown
from pilotage.figures.forms.wordings import DATE_UNKNOWN
from pilotage.figures.table import FigureTable, Key
from pilotage.kit.texts import Text, wording


@dataclass(frozen=True, slots=True)
class Dot:
    """One record: the keys that it stands under, its name, and whether its date is known."""

    row: str
    column: str
    name: Text
    address: str | None = None
    dated: bool = True


def draw(
    table: FigureTable,
    *,
    dots: Sequence[Dot],
    language: str,
    width: float,
    medium: Medium = "screen",
    title: str | None = None,
    caption: str | None = None,
) -> str:
    """SVG of a table of two dimensions, its records given as ``dots``. A record without a date is a hollow dot.

    A record that counts in two rows is given once for each. The number at the end of a row is the table's.
    """
    sheet = open_sheet("dots", table, language=language, width=width, medium=medium, title=title)
    rows, columns = table.dimensions[0].keys, table.dimensions[1].keys
    hues = {key.code: (key_hue(key, place), place, name(key, language)) for place, key in enumerate(columns)}
    entries = [(hue, label) for hue, _, label in hues.values()]
    if any(not dot.dated for dot in dots):
        entries.append(("hollow", wording(DATE_UNKNOWN, language)))
    y = sheet.legend(entries, sheet.top)
    column = LabelColumn.of([name(key, language) for key in rows], sheet)
    by_row: dict[str, list[Dot]] = {key.code: [] for key in rows}
    for dot in sorted(dots, key=lambda dot: (hues[dot.column][1], not dot.dated)):
        by_row[dot.row].append(dot)
    numbers = [_number(table, key, language) for key in rows]
    end = max((sheet.measured(number, bold=True) for number in numbers), default=0) + sheet.em * 0.8
    most = max((len(members) for members in by_row.values()), default=0)
    room = width - column.width - end
    pitch = min(max(room / max(1, most), sheet.em * 1.1), sheet.em * 1.6)
    radius = pitch * 0.41
    across = max(1, int(room / pitch + 1e-6))
    for place, key in enumerate(rows):
        members = by_row[key.code]
        tall = max(1, -(-len(members) // across)) * pitch
        top = column.marks_top(place, sheet, y, tall)
        sheet.add(column.drawn(place, sheet, y, tall))
        for number, dot in enumerate(members):
            x = column.width + (number % across) * pitch + radius
            hue, _, label = hues[dot.column]
            _draw_dot(sheet, dot, x, top + number // across * pitch + pitch / 2, radius, hue, label)
        x = column.width + min(len(members), across) * pitch + sheet.em * 0.4
        baseline = top + tall / 2 + sheet.em * 0.35
        told = f"{name(key, language)}: {said(row_total(key, table), table, language)}"
        sheet.add(sheet.group([sheet.text(x, baseline, numbers[place], bold=True)], title=told))
        y += column.height(place, sheet, tall)
    return sheet.finished(y, caption_of(table, caption, language))


def _number(table: FigureTable, key: Key, language: str) -> str:
    total = row_total(key, table)
    return shown(total, table, language) if total.value is not None or total.suppressed else ""


def _draw_dot(sheet: Sheet, dot: Dot, x: float, y: float, radius: float, hue: str, label: str) -> None:
    told = f"{wording(dot.name, sheet.language)} ({label})"
    if not dot.dated:
        told = f"{told}, {wording(DATE_UNKNOWN, sheet.language)}"
    mark = sheet.dot(x, y, radius, hue, hollow=not dot.dated)
    sheet.add(sheet.group([mark], title=told, address=dot.address))
