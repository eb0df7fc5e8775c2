"""Rows and cells as they are read, before anybody asks what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from pilotage.exchange.workbooks.reader_process import letters
from pilotage.exchange.workbooks.told import told

EMPTY = object()
"""The value of a cell that asks for the field to be emptied."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Row:
    """One row on its way into the register."""

    number: int
    sheet: str
    values: dict[str, Any] = field(default_factory=dict)
    """By column code."""
    tally: dict[tuple[str, str], int] = field(default_factory=dict)
    """By sending country and sex, from the columns of the row itself."""
    places: dict[str, int] = field(default_factory=dict)
    """In which place (from 0) each column stands."""
    problems: list[dict[str, Any]] = field(default_factory=list)
    from_total: bool = False
    """True where participants are counted whose sex only the total implies."""

    def wrong(self, column: str | int, message: str | Promise, level: str = "E", **params: Any) -> None:
        """Notes a problem of a cell (or of the row, where the column is not in the sheet)."""
        self.problems.append(told(self.sheet, self.cell(column), message, level, params))

    def cell(self, column: str | int) -> str:
        """``C12`` for a column of the sheet, the row's number for one that the sheet does not have."""
        place = column if isinstance(column, int) else self.places.get(column)
        return f"{letters(place + 1)}{self.number}" if place is not None else f"{self.number}"

    def has_problem(self, column: str) -> bool:
        """True where something was already said about the cell of ``column``."""
        return column in self.places and any(problem["cell"] == self.cell(column) for problem in self.problems)

    @property
    def blocked(self) -> bool:
        """True where something in it must be mended first."""
        return any(problem["level"] == "E" for problem in self.problems)


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without a decimal sign, days as 2023-06-20."""
    if isinstance(cell, str):
        if "_x" in cell:
            cell = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), cell)
        return cell.strip()
    if isinstance(cell, dict):
        return str(cell.get("day", ""))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)
