"""The sheet “Deliverables”: one row for each document that an activity produced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.models import Deliverable
from pilotage.exchange.workbooks.cells import EMPTY, Row
from pilotage.exchange.workbooks.headers import Layout, plain
from pilotage.exchange.workbooks.names import Names
from pilotage.exchange.workbooks.rows import read_row
from pilotage.exchange.workbooks.side_columns import DELIVERABLE_COLUMNS
from pilotage.exchange.workbooks.tally import MOST_PROBLEMS
from pilotage.kit.texts import wording

Values = dict[str, Any]
"""Columns of a deliverable → what the row says of them."""


def read_deliverables(
    rows: Iterator[tuple[int, list[Any]]], layout: Layout, sheet: str, names: Names
) -> tuple[dict[str, list[Values]], list[dict[str, Any]]]:
    """What the rows say, by activity code, and what is wrong with them."""
    found: dict[str, list[Values]] = {}
    problems: list[dict[str, Any]] = []
    for number, cells in rows:
        if number <= layout.header_row or not any(cell is not None for cell in cells):
            continue
        row = read_row(number, cells, layout, sheet, names)
        _require(row)
        if not row.blocked:
            values = _values(row)
            present = found.setdefault(row.values["code"], [])
            if any(_same(values, other["type"], other["title"]) for other in present):
                row.wrong("title_en", _("The document stands in an earlier row too."))
            present.append(values)
        if len(problems) < MOST_PROBLEMS:
            problems += row.problems
    return found, problems


def _require(row: Row) -> None:
    for column in ("code", "type"):
        if column not in row.values and not row.has_problem(column):
            row.wrong(column, _("This cell must be filled in every row of the deliverables."))
    titles = [row.values.get(name) for name in ("title_en", "title_ru")]
    if not any(isinstance(title, str) for title in titles) and not row.problems:
        row.wrong("title_en", _("A document needs its title in one language at least."))


def _values(row: Row) -> Values:
    values: Values = {"type": row.values["type"], "title": {}}
    for column in DELIVERABLE_COLUMNS:
        value = row.values.get(column.code)
        if value is None or column.code in {"code", "type"}:
            continue
        if column.language:
            if value is not EMPTY:
                values["title"][column.language] = value
        elif value is EMPTY:
            values[column.sets] = "" if column.code == "transmitted_on" else None
        else:
            values[column.sets] = value
    return values


def _same(values: Values, type_: str, title: Mapping[str, str]) -> bool:
    """True where the row speaks of the document of this type and title."""
    return values["type"] == type_ and any(
        plain(said) == plain(title[language]) for language, said in values["title"].items() if title.get(language)
    )


def planned_deliverables(given: Sequence[Values], present: Iterable[Deliverable]) -> list[dict[str, Any]]:
    """What is to be written: new documents, and known ones with what changes in them and what it was."""
    present = list(present)
    planned: list[dict[str, Any]] = []
    for values in given:
        known = next((one for one in present if _same(values, one.type, one.title)), None)
        if known is None:
            planned.append({"key": None, "values": values})
            continue
        wanted = {**values, "title": {**known.title, **values["title"]}}
        before = {name: getattr(known, name) for name in wanted}
        changed = {name: value for name, value in wanted.items() if value != before[name]}
        if changed:
            planned.append({"key": known.pk, "values": changed, "before": {name: before[name] for name in changed}})
    return planned


def in_words(present: Iterable[Deliverable], planned: Iterable[Mapping[str, Any]] = ()) -> str:
    """The titles of documents, as they are now or as they will be, in the active language."""
    language = get_language() or "en"
    titles = {one.pk: one.title for one in present}
    new = []
    for one in planned:
        if one["key"] is None:
            new.append(one["values"]["title"])
        else:
            titles[one["key"]] = one["values"].get("title", titles[one["key"]])
    return "; ".join(wording(title, language) for title in [*titles.values(), *new])


def lost_codes(found: Mapping[str, Any], taken: set[str]) -> list[str]:
    """Codes of activities that no row of the first sheet has, fifty at most."""
    return sorted(found.keys() - taken)[:50]
