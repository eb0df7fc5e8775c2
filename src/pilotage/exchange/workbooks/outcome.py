"""What a row of a workbook will do: add, change, leave as it is, or nothing because something is wrong."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from pilotage.exchange.workbooks.cells import Row
from pilotage.exchange.workbooks.columns import Column, Holds
from pilotage.exchange.workbooks.names import Names


class Outcome(StrEnum):
    """What will become of a row."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    WRONG = "wrong"


def planned(row: Row, outcome: Outcome, title: str, **more: Any) -> dict[str, Any]:
    """A row as it is kept until it is imported."""
    return {
        "row": row.number,
        "outcome": Outcome.WRONG if row.blocked else outcome,
        "title": title,
        "problems": row.problems,
        **more,
    }


def shown(column: Column, value: Any, names: Names) -> str:
    """A value as people read it in a preview, in the active language."""
    if value in (None, "", [], {}):
        return ""
    if column.holds is Holds.CHOICE:
        return str(dict(column.choices.choices).get(value, value))  # type: ignore[union-attr]
    if column.holds is Holds.CHOICES:
        labels = dict(column.choices.choices)  # type: ignore[union-attr]
        return "; ".join(str(labels.get(one, one)) for one in value)
    if column.holds is Holds.GOALS:
        return "; ".join(map(str, value))
    if column.holds is Holds.YES_NO:
        return _("yes") if value else _("no")
    index = {
        Holds.COMPONENT: lambda: names.components,
        Holds.OUTPUT: lambda: names.outputs,
        Holds.SERIES: lambda: names.series,
        Holds.PLACE: lambda: names.places,
        Holds.COUNTRY: lambda: names.countries,
        Holds.COUNTRIES: lambda: names.countries,
        Holds.INSTITUTION: lambda: names.institutions,
        Holds.INSTITUTIONS: lambda: names.institutions,
    }.get(column.holds)
    if index is None:
        return str(value)
    known = index().shown
    keys = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
    return "; ".join(known.get(key, str(key)) for key in sorted(keys, key=str))
