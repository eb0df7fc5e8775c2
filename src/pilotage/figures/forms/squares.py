"""Squares: one square is one record in the state that it has reached, oldest first, in rows by the first dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pilotage.figures.forms.bars import key_hue
from pilotage.figures.forms.common import LabelColumn, caption_of, open_sheet
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.values import name, row_total, said, shown
from pilotage.figures.table import FigureTable, Key
from pilotage.kit.texts import Text, wording

_LAST = date.max


@dataclass(frozen=True, slots=True)
class Square:
    """One record: the keys that it stands under, its name, the day since which it has been there."""

    row: str
    state: str
    name: Text
    since: date | None = None
    """None where the day is not known: these stand last."""
    address: str | None = None


def draw(
    table: FigureTable,
    *,
    squares: Sequence[Square],
    language: str,
    width: float,
    medium: Medium = "screen",
    title: str | None = None,
    caption: str | None = None,
) -> str:
    """SVG of a table of two dimensions (who, state), its records given as ``squares``; the number at the end is the table's.

    The hues of the second dimension's keys are states (done, ahead, plan, late, failed, unknown…); late and failed bear
    a sign and unknown is hatched, so that the eye needs no colour to see them.
    """
    sheet = open_sheet("squares", table, language=language, width=width, medium=medium, title=title)
    rows, states = table.dimensions[0].keys, table.dimensions[1].keys
    hues = {key.code: (key_hue(key, place), name(key, language)) for place, key in enumerate(states)}
    y = sheet.legend(list(hues.values()), sheet.top, signs=True)
    column = LabelColumn.of([name(key, language) for key in rows], sheet)
    by_row: dict[str, list[Square]] = {key.code: [] for key in rows}
    for square in sorted(squares, key=lambda square: square.since or _LAST):
        by_row[square.row].append(square)
    numbers = [_number(table, key, language) for key in rows]
    end = max((sheet.measured(number, bold=True) for number in numbers), default=0) + sheet.em * 0.8
    most = max((len(members) for members in by_row.values()), default=0)
    room = width - column.width - end
    pitch = min(max(room / max(1, most), sheet.em * 1.05), sheet.em * 1.45)
    side = pitch * 0.84
    across = max(1, int(room / pitch + 1e-6))
    for place, key in enumerate(rows):
        members = by_row[key.code]
        tall = max(1, -(-len(members) // across)) * pitch
        top = column.marks_top(place, sheet, y, tall)
        sheet.add(column.drawn(place, sheet, y, tall))
        for number, square in enumerate(members):
            x = column.width + number % across * pitch
            hue, label = hues[square.state]
            mark = sheet.signed_box(x, top + number // across * pitch + (pitch - side) / 2, side, hue)
            told = f"{wording(square.name, language)} ({label})"
            sheet.add(sheet.group([mark], title=told, address=square.address))
        x = column.width + min(len(members), across) * pitch + sheet.em * 0.4
        told = f"{name(key, language)}: {said(row_total(key, table), table, language)}"
        baseline = top + tall / 2 + sheet.em * 0.35
        sheet.add(sheet.group([sheet.text(x, baseline, numbers[place], bold=True)], title=told))
        y += column.height(place, sheet, tall)
    return sheet.finished(y, caption_of(table, caption, language))


def _number(table: FigureTable, key: Key, language: str) -> str:
    total = row_total(key, table)
    return shown(total, table, language) if total.value is not None or total.suppressed else ""
