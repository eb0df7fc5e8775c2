"""A figure's table as the page shows it: every number a link to its records."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.figures.asking import Asked
from pilotage.figures.formats.grid import Line, grid
from pilotage.figures.forms.values import said, shown
from pilotage.figures.table import Cell, FigureTable


@dataclass(frozen=True, slots=True)
class Number:
    """One number: as it is printed, as it is said with its noun, and where its records are."""

    text: str
    said: str
    address: str
    counts: str
    """The two counts of a share: "13 of 24"."""
    zero: bool
    total: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    label: str
    numbers: list[Number]


@dataclass(frozen=True, slots=True)
class Laid:
    """The whole table."""

    heads: tuple[str, ...]
    rows: list[Row]
    total: Row | None


def laid_out(asked: Asked, table: FigureTable, language: str) -> Laid:
    """The table in rows and columns, with links."""
    layout = grid(table, language)
    wide = len(table.dimensions) == 2

    def number(place: int, keys: tuple[str, ...] | None, cell: Cell, total: bool) -> Number:
        if keys is None:
            column = layout.columns[place]
            named = {asked.dimensions[1]: column.code if column else ""}
        else:
            named = asked.cell_keys(keys)
        leads = bool(cell.value) or bool(cell.denominator)
        told = said(cell, table, language)
        counts = told[told.find("(") + 1 : -1] if cell.denominator else ""
        address = asked.records_address(named) if leads else ""
        last = wide and place == len(layout.columns) - 1
        return Number(shown(cell, table, language), told, address, counts, cell.value == 0, total or last)

    def row(line: Line, total: bool = False) -> Row:
        return Row(line.label, [number(place, keys, cell, total) for place, (keys, cell) in enumerate(line.cells)])

    return Laid(layout.heads, [row(line) for line in layout.lines], row(layout.total, True) if layout.total else None)


def withholds(table: FigureTable) -> bool:
    """True where some number of the table is withheld."""
    cells = (*table.cells.values(), *table.row_totals.values(), *table.column_totals.values(), table.total)
    return any(cell.suppressed for cell in cells)
