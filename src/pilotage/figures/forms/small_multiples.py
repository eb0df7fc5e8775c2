"""Small multiples: one small set of bars for each key of the first dimension, all on one scale."""

from __future__ import annotations

from pilotage.figures.forms.bars import Bar, Row, Segment, draw_rows, key_hue
from pilotage.figures.forms.common import LabelColumn, Link, caption_of, open_sheet
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.values import length, name, row_total, said, shown
from pilotage.figures.table import FigureTable, Key

NARROWEST = 10
"""The least width of a panel, in sizes of text."""


def draw(
    table: FigureTable,
    *,
    language: str,
    width: float,
    medium: Medium = "screen",
    link: Link | None = None,
    title: str | None = None,
    caption: str | None = None,
) -> str:
    """SVG of a table of two dimensions: a panel a key of the first, a bar a key of the second, one scale for all."""
    sheet = open_sheet("small_multiples", table, language=language, width=width, medium=medium, title=title)
    first = table.dimensions[0].keys
    gap = sheet.em * 2
    columns = max(1, min(len(first), int((width + gap) // (sheet.em * NARROWEST + gap))))
    # As many rows as needed, filled evenly: five panels stand as three and two, not as four and one.
    columns = -(-len(first) // -(-len(first) // columns)) if first else 1
    room = (width - gap * (columns - 1)) / columns
    longest = max((length(cell, table) for _, cell in table.rows()), default=0)
    y = below = sheet.top
    second = table.dimensions[1].keys
    # Names beside the bars where there is room, otherwise once, above all panels.
    labelled = not LabelColumn.of([name(key, language) for key in second], sheet, room).above
    if not labelled:
        entries = [(key_hue(key, number), name(key, language)) for number, key in enumerate(second)]
        y = below = sheet.legend(entries, sheet.top) + sheet.em * 0.4
    for place, key in enumerate(first):
        if place % columns == 0:
            y = below + (sheet.em * 0.6 if place else 0)
        left = (place % columns) * (room + gap)
        _draw_heading(sheet, table, key, left, y, room, link)
        bottom = draw_rows(
            sheet,
            _rows(table, key, language),
            y + sheet.em * 1.75,
            link,
            left=left,
            room=room,
            longest=longest,
            labelled=labelled,
        )
        below = max(below, bottom)
    return sheet.finished(below, caption_of(table, caption, language))


def _draw_heading(
    sheet: Sheet, table: FigureTable, key: Key, left: float, top: float, room: float, link: Link | None
) -> None:
    total = row_total(key, table)
    number = shown(total, table, sheet.language) if total.value is not None or total.suppressed else ""
    space = room - sheet.measured(number, bold=True) - sheet.em
    parts = [
        sheet.fitted(left, top + sheet.em, name(key, sheet.language), space, bold=True),
        sheet.text(left + room, top + sheet.em, number, bold=True, align="end"),
    ]
    told = f"{name(key, sheet.language)}: {said(total, table, sheet.language)}" if number else ""
    sheet.add(sheet.group(parts, title=told, address=link((key.code,)) if link else None))
    sheet.add(sheet.line(f"M{left:.1f} {top + sheet.em * 1.4:.1f}h{room:.1f}", "grid"))


def _rows(table: FigureTable, key: Key, language: str) -> list[Row]:
    rows = []
    for place, other in enumerate(table.dimensions[1].keys):
        keys, cell = (key.code, other.code), table.cell(key.code, other.code)
        number = shown(cell, table, language)
        told = f"{name(key, language)}, {name(other, language)}: {said(cell, table, language)}"
        bar = Bar((Segment(keys, key_hue(other, place), length(cell, table), number, told),), number)
        rows.append(Row(keys, name(other, language), told, (bar,)))
    return rows
