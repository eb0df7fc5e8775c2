"""Cells of a row as fields of an activity, and stored fields as cells would give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotage.domain.activities.entries import DATE_FIELDS
from pilotage.domain.activities.rules import ActivityFacts
from pilotage.domain.activities.words import State
from pilotage.exchange.workbooks.activity_columns import ACTIVITY_COLUMNS
from pilotage.exchange.workbooks.cells import EMPTY
from pilotage.exchange.workbooks.columns import Column, Holds

LISTS = ("countries", "institutions", "co_organisers", "experts")
ATTRIBUTES = {
    "component": "component_id",
    "output": "output_id",
    "series": "series_id",
    "venue": "venue_id",
    "venue_country": "venue_country_id",
}
BY_CODE = {column.code: (column, ATTRIBUTES.get(column.sets, column.sets)) for column in ACTIVITY_COLUMNS}
EMPTIED: dict[str, Any] = {"thematic": True, "additional": False, "policy_tags": [], "sdg_goals": []}
BLANK_TEXT = frozenset(
    {"scope", "mode", "baseline_start", "baseline_end", "planned_start", "planned_end", "actual_start", "actual_end"}
)


def fields(
    given: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Cells as fields of an activity and as lists of keys. ``texts`` are the present wordings that stay beside new ones."""
    values: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {}
    for code, value in given.items():
        column, name = BY_CODE[code]
        if column.holds is Holds.IDENTIFIER:
            continue
        if code in LISTS:
            lists[code] = [] if value is EMPTY else list(value)
        elif column.language:
            text = values.setdefault(name, dict(texts.get(name, {})))
            text.pop(column.language, None)
            if value is not EMPTY:
                text[column.language] = value
        else:
            values[name] = _emptied(column) if value is EMPTY else value
    return values, lists


def facts_of_new(values: Mapping[str, Any], lists: Mapping[str, list[Any]]) -> ActivityFacts:
    """What the rules look at of an activity that is still to be added."""
    return ActivityFacts(
        type=values.get("type", ""),
        state=values.get("state", State.DRAFT.value),
        thematic=values.get("thematic", True),
        component=str(values.get("component_id") or ""),
        countries=frozenset(lists.get("countries", ())),
        venue_country=values.get("venue_country_id") or "",
        mode=values.get("mode", ""),
        dates={name: values.get(name, "") for name in DATE_FIELDS},
    )


def taken_out(values: dict[str, Any]) -> dict[str, Any] | None:
    """The series that is still to be added, taken out of ``values``: it has no key yet."""
    code = values.get("series_id")
    if not isinstance(code, str):
        return None
    del values["series_id"]
    return {"code": code}


def alike(given: Any, stored: Any) -> bool:
    """True where both say the same; the order of tags and goals says nothing."""
    if isinstance(given, list) and isinstance(stored, list):
        return set(given) == set(stored)
    return bool(given == stored)


def _emptied(column: Column) -> Any:
    return "" if column.code in BLANK_TEXT else EMPTIED.get(column.code)


def as_given(value: Any) -> Any:
    """A stored value as a cell would give it."""
    return str(value) if value is not None and not isinstance(value, (bool, int, str, dict, list)) else value
