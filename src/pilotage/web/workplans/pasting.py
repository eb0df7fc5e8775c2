"""Rows copied from a sheet: columns apart by tabs, in the order of the table."""

from __future__ import annotations

import re

from pilotage.domain.activities.words import Type
from pilotage.kit.search import fold
from pilotage.web.workplans.rows import Row, Sheet

ORDER = ("title_en", "title_ru", "component", "type", "activity", "baseline_start", "baseline_end", "cost_estimate")
"""The columns of a copied sheet; fewer may be given."""


def pasted_rows(sheet: Sheet, text: str, first: int, most: int) -> tuple[list[Row], str]:
    """A new row for each line of ``text`` that has something in it, ``most`` of them; and the lines left over.

    Unknown words stay as typed, to be mended.
    """
    rows: list[Row] = []
    lines = [line for line in re.split(r"\r\n|\r|\n", text) if line.strip()]
    for line in lines[:most]:
        (row,) = sheet.empty(first + len(rows), 1)
        for name, cell in zip(ORDER, line.split("\t"), strict=False):
            row.typed[name] = _read(name, cell.strip()[:2000]) or row.typed[name]
        rows.append(row)
    return rows, "\n".join(lines[most:])


def _read(name: str, cell: str) -> str:
    if name == "type":
        found = {fold(str(label)): code for code, label in Type.choices}
        return found.get(fold(cell), cell if cell in Type.values else "")
    if name == "component":
        return re.sub(r"^(\w+)\.\s.*$", r"\1", cell)
    if name.startswith("baseline"):
        return _date(cell)
    return cell


def _date(cell: str) -> str:
    """20.06.2023, 06.2023 and 2/2023 as the product writes them; anything else as it is."""
    if match := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", cell):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    if match := re.fullmatch(r"(\d{1,2})[./](\d{4})", cell):
        return f"{match[2]}-{int(match[1]):02}"
    return cell
