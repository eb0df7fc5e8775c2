"""Strip: stages from left to right; each record is a square in the stage that it has reached, its value under it."""

from __future__ import annotations

from pilotage.figures.forms.bars import key_hue
from pilotage.figures.forms.common import Link, caption_of, open_sheet
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.measure import wrapped
from pilotage.figures.forms.values import amount, name, said, shown
from pilotage.figures.table import Cell, FigureTable, Key

NARROWEST = 6
"""The least width of a stage, in sizes of text; where stages need more than the sheet has, they stand in several lines."""
MOST_SQUARES = 200
"""Beyond this a stage shows its number alone."""


def draw(
    table: FigureTable,
    *,
    values: FigureTable | None = None,
    language: str,
    width: float,
    medium: Medium = "screen",
    link: Link | None = None,
    title: str | None = None,
    caption: str | None = None,
) -> str:
    """SVG of a count by stage (one dimension, whole numbers); ``values`` has the same keys and stands under the names."""
    sheet = open_sheet("strip", table, language=language, width=width, medium=medium, title=title)
    stages = table.dimensions[0].keys
    gap = sheet.em * 0.7
    fitting = max(1, int((width + gap) // (sheet.em * NARROWEST + gap)))
    lines = -(-len(stages) // fitting) or 1
    across = -(-len(stages) // lines) or 1
    room = (width - gap * (across - 1)) / across
    y = sheet.top
    for first in range(0, len(stages), across):
        y = _draw_line(sheet, table, values, list(enumerate(stages))[first : first + across], y, room, gap, link)
    return sheet.finished(y, caption_of(table, caption, language))


def _draw_line(
    sheet: Sheet, table: FigureTable, values: FigureTable | None, stages: list[tuple[int, Key]],
    top: float, room: float, gap: float, link: Link | None,
) -> float:  # fmt: skip
    size, language = sheet.size.small, sheet.language
    pitch = sheet.em * 1.3
    across = max(1, int((room + pitch * 0.16) // pitch))
    counts = [_squares(table.cell(key.code), table) for _, key in stages]
    tall = max([-(-count // across) for count in counts], default=0) * pitch
    ground = top + sheet.em * 1.5 + max(tall, pitch)
    below = ground
    for column, ((place, key), count) in enumerate(zip(stages, counts, strict=True)):
        left, cell = column * (room + gap), table.cell(key.code)
        hue = key_hue(key, place) if key.hue or not key.code else "mark"
        lines = -(-count // across)
        parts = [sheet.text(left, ground - lines * pitch - sheet.em * 0.45, shown(cell, table, language), bold=True)]
        for number in range(count):
            x, line = left + number % across * pitch, lines - number // across
            parts.append(sheet.signed_box(x, ground - line * pitch, pitch * 0.84, hue))
        parts.append(sheet.line(f"M{left:.1f} {ground:.1f}h{room:.1f}", "ink", 1.1))
        label = wrapped(name(key, language), room, size, lines=3)
        parts += sheet.lines(left, ground + size * 1.35, label, size)
        y = ground + size * (1.35 + 1.22 * len(label))
        if values is not None:
            parts.append(
                sheet.fitted(left, y, shown(values.cell(key.code), values, language), room, size=size, tone="quiet")
            )
            y += size * 1.22
        told = f"{name(key, language)}: {said(cell, table, language)}"
        sheet.add(sheet.group(parts, title=told, address=link((key.code,)) if link else None))
        below = max(below, y)
    return below


def _squares(cell: Cell, table: FigureTable) -> int:
    """How many squares a stage shows: none for what is withheld, unknown, no count or beyond counting by eye."""
    found = amount(cell, table)
    if found is None or found != int(found) or not 0 < found <= MOST_SQUARES:
        return 0
    return int(found)
