"""One row of a sheet as values, each cell read by what its column holds."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.words import Sex
from pilotage.exchange.workbooks.cells import EMPTY, Row, text_of
from pilotage.exchange.workbooks.columns import Column, Holds
from pilotage.exchange.workbooks.headers import Layout
from pilotage.exchange.workbooks.names import Names
from pilotage.exchange.workbooks.values import CLEAR, MOST_PEOPLE, READERS, count_of

MOST_UNDERSTOOD = 50_000
"""How many cells a layout remembers the meaning of at most."""


def read_row(number: int, cells: list[Any], layout: Layout, sheet: str, names: Names) -> Row:
    """The values of one row, with a problem for each cell that cannot be understood."""
    row = Row(number, sheet, places=dict(layout.places))
    for place, column in layout.columns.items():
        cell = cells[place] if place < len(cells) else None
        if cell is None:
            continue
        value = _known_value(row, place, column, cell, layout, names)
        if value is not None:
            row.values[column.code] = value
    for place, counted in layout.tally.items():
        cell = cells[place] if place < len(cells) else None
        if cell is None:
            continue
        count = cell if type(cell) is int and 0 <= cell <= MOST_PEOPLE else count_of(row, place, cell)
        if count is not None:
            key = (counted.country, counted.sex)
            row.tally[key] = row.tally.get(key, 0) + count
            row.places.setdefault("tally", place)
            if counted.sex == Sex.WOMAN:
                row.places.setdefault("women", place)
    return row


def _known_value(row: Row, place: int, column: Column, cell: Any, layout: Layout, names: Names) -> Any:
    """The value of a cell. What a column understood once without remarks it understands again at once."""
    key = _key(place, column, cell)
    if key is not None and key in layout.understood:
        return layout.understood[key]
    remarks = len(row.problems)
    value = _value(row, place, column, cell, names)
    if key is not None and len(row.problems) == remarks and len(layout.understood) < MOST_UNDERSTOOD:
        layout.understood[key] = value
    return value


def _key(place: int, column: Column, cell: Any) -> Any:
    """What a cell is remembered by; nothing for texts, no two of which are alike, and for dates that may be spans."""
    kind = type(cell)
    if kind is dict:
        return (place, dict, cell["day"]) if "day" in cell else None
    if column.holds in {Holds.TEXT, Holds.IDENTIFIER, Holds.PARTIAL_DATE}:
        return None
    return (place, kind, cell)


def _value(row: Row, place: int, column: Column, cell: Any, names: Names) -> Any:
    if isinstance(cell, dict):
        if "formula" in cell:
            row.wrong(place, _("The cell holds a formula. Values are wanted: copy the column and paste it as values."))
            return None
        if "error" in cell:
            row.wrong(place, _("The cell holds an error of Excel (%(error)s)."), error=cell["error"])
            return None
    text = text_of(cell)
    if not text:
        return None
    if text in CLEAR and column.holds is not Holds.COUNT and not column.required:
        return EMPTY
    return READERS[column.holds](row, place, column, cell, text, names)
