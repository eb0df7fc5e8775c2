"""A table laid out in rows and columns, as files and pages show it: heads, labels, numbers, totals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pilotage.figures.forms.values import PERCENT, name
from pilotage.figures.forms.wordings import TOTAL
from pilotage.figures.table import Cell, FigureTable, Key
from pilotage.kit.texts import wording

NUMERATOR = {"en": "Number", "ru": "Число"}
DENOMINATOR = {"en": "Of", "ru": "Из"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the key that it stands for (None for the total) and its cells with their own keys."""

    key: Key | None
    label: str
    cells: tuple[tuple[tuple[str, ...] | None, Cell], ...]
    """Each cell with the keys of its records: all of them, the row's alone for a row total, none for the whole.

    None stands for a total by the second dimension, whose key is given by the column.
    """


@dataclass(frozen=True, slots=True)
class Grid:
    """A laid out table."""

    heads: tuple[str, ...]
    """The head of the label column, then those of the cells."""
    columns: tuple[Key | None, ...]
    """The key of each column of cells; None for the only one, or the total's."""
    lines: tuple[Line, ...]
    total: Line | None
    """The totals; None where the table has no dimension."""

    def everything(self) -> Iterator[Line]:
        """All rows, the totals last."""
        yield from self.lines
        if self.total:
            yield self.total


def grid(table: FigureTable, language: str) -> Grid:
    """``table`` laid out: nothing, one column of numbers, or a column for each key of the second dimension."""
    title, total = wording(table.title, language), wording(TOTAL, language)
    if not table.dimensions:
        return Grid(("", title), (None,), (Line(None, title, (((), table.total),)),), None)
    first = table.dimensions[0]
    head = wording(first.label, language)
    if len(table.dimensions) == 1:
        lines = tuple(Line(key, name(key, language), (((key.code,), table.cell(key.code)),)) for key in first.keys)
        return Grid((head, title), (None,), lines, Line(None, total, (((), table.total),)))
    second = table.dimensions[1]
    nothing = Cell(0) if table.additive else Cell(None)
    lines = tuple(
        Line(
            key,
            name(key, language),
            (
                *(((key.code, other.code), table.cell(key.code, other.code)) for other in second.keys),
                ((key.code,), table.row_totals.get(key.code, nothing)),
            ),
        )
        for key in first.keys
    )
    sums = tuple((None, table.column_totals.get(other.code, nothing)) for other in second.keys)
    heads = (head, *(name(other, language) for other in second.keys), total)
    return Grid(heads, (*second.keys, None), lines, Line(None, total, (*sums, ((), table.total))))


def is_share(table: FigureTable) -> bool:
    """True where each number is a percentage with two counts behind it."""
    return table.unit == PERCENT
