"""Spark line: the run of a figure beside its number, without axis or words of its own."""

from __future__ import annotations

from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.values import amount
from pilotage.figures.forms.words import in_words
from pilotage.figures.table import FigureTable
from pilotage.kit.texts import wording


def draw(table: FigureTable, *, language: str, width: float = 96, height: float = 24, medium: Medium = "screen") -> str:
    """SVG of a table of one dimension, first key on the left; what is not known interrupts the line."""
    sheet = Sheet(
        identity=("spark", table.figure, table.scope),
        width=width,
        medium=medium,
        language=language,
        title=wording(table.title, language),
        description=in_words(table, language),
        heading=False,
    )
    found = [amount(table.cell(key.code), table) for key in table.dimensions[0].keys]
    values = [None if value is None else float(value) for value in found]
    known = [value for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    edge = 3.0
    step = (width - 2 * edge) / max(1, len(values) - 1)
    path, pen, last = "", "M", (0.0, 0.0)
    for place, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        y = height - edge - (height - 2 * edge) * (value - low) / ((high - low) or 1)
        last = (edge + place * step, y)
        path += f"{pen}{last[0]:.1f} {last[1]:.1f}"
        pen = "L"
    if path:
        sheet.add(sheet.line(path, "mark", 1.5), sheet.dot(*last, 2.4, "mark"))
    return sheet.finished(height)
