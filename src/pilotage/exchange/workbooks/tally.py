"""The sheet “Tally”: one row for each kind of participants, for those who count by institution, way or age."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.activities.words import Sex
from pilotage.exchange.workbooks.cells import EMPTY
from pilotage.exchange.workbooks.headers import Layout
from pilotage.exchange.workbooks.names import Names
from pilotage.exchange.workbooks.rows import read_row

MOST_PROBLEMS = 500


def read_tally(
    rows: Iterator[tuple[int, list[Any]]], layout: Layout, sheet: str, names: Names
) -> tuple[dict[str, list[TallyRow]], list[dict[str, Any]]]:
    """The lines by activity code, and what is wrong with them."""
    found: dict[str, list[TallyRow]] = {}
    problems: list[dict[str, Any]] = []
    for number, cells in rows:
        if number <= layout.header_row or not any(cell is not None for cell in cells):
            continue
        row = read_row(number, cells, layout, sheet, names)
        values: dict[str, Any] = {name: "" if value is EMPTY else value for name, value in row.values.items()}
        for column in ("code", "count"):
            if column not in values and not row.blocked:
                row.wrong(column, _("This cell must be filled in every row of the tally."))
        if not row.blocked:
            line = TallyRow(
                count=values["count"],
                country=values.get("country", ""),
                institution=names.institution_codes[values["institution"]] if values.get("institution") else "",
                institution_type=values.get("institution_type", ""),
                sex=values.get("sex") or Sex.NOT_STATED.value,
                mode=values.get("mode", ""),
                age_band=values.get("age_band", ""),
            )
            present = found.setdefault(values["code"], [])
            if any(other.kind == line.kind for other in present):
                row.wrong("count", _("Two rows of the tally count the same kind of participants."))
            present.append(line)
        if len(problems) < MOST_PROBLEMS:
            problems += row.problems
    return found, problems
