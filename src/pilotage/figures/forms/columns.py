"""Columns: vertical bars over time or any other order, one dimension or two stacked."""

from __future__ import annotations

from pilotage.figures.forms.axes import key_axis, tick_labels, ticks, value_axis, whole_ticks
from pilotage.figures.forms.bars import key_hue
from pilotage.figures.forms.common import Link, caption_of, open_sheet
from pilotage.figures.forms.drawing.paint import HUES, Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.values import PERCENT, length, name, row_total, said, shown
from pilotage.figures.table import UNKNOWN, Cell, FigureTable, Key


def draw(
    table: FigureTable,
    *,
    language: str,
    width: float,
    medium: Medium = "screen",
    link: Link | None = None,
    title: str | None = None,
    caption: str | None = None,
    height: float | None = None,
) -> str:
    """SVG of ``table``: a column a key of its first dimension, stacked by its second. ``height`` is of the plot."""
    sheet = open_sheet("columns", table, language=language, width=width, medium=medium, title=title)
    y = sheet.top
    two = len(table.dimensions) == 2
    if two:
        second = table.dimensions[1].keys
        y = sheet.legend([(key_hue(key, place), name(key, language)) for place, key in enumerate(second)], y)
    keys = table.dimensions[0].keys
    tall = height or min(max(width * 0.38, sheet.em * 10), sheet.em * 17)
    stacks = [_stack(table, key, language) for key in keys]
    most = max((sum(long for _, _, long, _ in stack) for stack in stacks), default=0)
    values = ticks(most) if table.unit == PERCENT or most < 1 else whole_ticks(most)
    labels = tick_labels(values, table.unit, language)
    left = max(sheet.measured(label, size=sheet.size.small) for label in labels) + sheet.em * 0.6
    top, bottom = y + sheet.em * 1.3, y + sheet.em * 1.3 + tall
    value_axis(sheet, values, labels, left, width, top, bottom)
    band = (width - left) / max(1, len(keys))
    ends = [_end(table, key) for key in keys]
    numbers = [shown(end, table, language) for end in ends]
    size = sheet.size.small
    numbered = all(sheet.measured(number, size=size, bold=True) + 2 <= band for number in numbers)
    scale = tall / values[-1]
    for place, key in enumerate(keys):
        column_left = left + band * place
        reached = _draw_column(sheet, stacks[place], column_left, band, bottom, scale, link)
        if numbered:
            number = sheet.text(
                column_left + band / 2, reached - size * 0.4, numbers[place], size=size, bold=True, align="middle"
            )
            told = f"{name(key, language)}: {said(ends[place], table, language)}"
            sheet.add(sheet.group([number], title=told, address=link((key.code,)) if link and two else None))
    below = key_axis(sheet, keys, left, band, bottom)
    return sheet.finished(below, caption_of(table, caption, language))


Part = tuple[tuple[str, ...], str, float, str]
"""Keys, hue, length and title of one segment of a column."""


def _stack(table: FigureTable, key: Key, language: str) -> list[Part]:
    label = name(key, language)
    if len(table.dimensions) == 1:
        cell = table.cell(key.code)
        hue = "unknown" if key.code == UNKNOWN else (key.hue if key.hue in HUES else "mark")
        return [((key.code,), hue, length(cell, table), f"{label}: {said(cell, table, language)}")]
    parts: list[Part] = []
    for place, other in enumerate(table.dimensions[1].keys):
        cell = table.cell(key.code, other.code)
        told = f"{label}, {name(other, language)}: {said(cell, table, language)}"
        parts.append(((key.code, other.code), key_hue(other, place), length(cell, table), told))
    return parts


def _end(table: FigureTable, key: Key) -> Cell:
    return table.cell(key.code) if len(table.dimensions) == 1 else row_total(key, table)


def _draw_column(
    sheet: Sheet, stack: list[Part], left: float, band: float, bottom: float, scale: float, link: Link | None
) -> float:
    """Draws one column and gives the y that it reaches."""
    wide = min(band * 0.72, sheet.em * 3.4)
    x, y = left + (band - wide) / 2, bottom
    for keys, hue, long, told in stack:
        tall = long * scale
        if tall <= 0:
            continue
        y -= tall
        mark = sheet.box(x, y, wide, max(0.8, tall - 1), hue)
        sheet.add(sheet.group([mark], title=told, address=link(keys) if link else None))
    return y
