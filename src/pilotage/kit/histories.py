"""Records that come with a past: their present state is stored, and the log tells how they came to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pilotage.kit.changes import note_change, operation, primitive, require_operation
from pilotage.kit.insertion import insert_all
from pilotage.kit.records import Record


@dataclass(frozen=True, slots=True)
class PastChange:
    """One change that a record has behind it: when we learned of it, what was done, which fields it set (by column)."""

    at: datetime
    name: str
    values: Mapping[str, Any]
    effective_on: date | None = None
    why: str = ""


@dataclass(slots=True)
class History:
    """An unsaved record as it was when it was added, and what became of it since, in order."""

    record: Any
    added_at: datetime
    changes: list[PastChange] = field(default_factory=list)

    def live(self, change: PastChange) -> None:
        """Adds a change. Raises ValueError where it was recorded before the one that precedes it."""
        last = self.changes[-1].at if self.changes else self.added_at
        if change.at < last:
            raise ValueError(f"{change.name} is recorded at {change.at}, before {last}")
        self.changes.append(change)


def insert_with_histories(model: type[Record], histories: Sequence[History]) -> None:
    """Stores each record as its changes left it, and logs the adding and every change at its own recorded date.

    Each change counts as one version. Only inside an operation of a simulation; the values must be clean.
    """
    if histories:
        require_operation(histories[0].record)
    told = [_told(history) for history in histories]
    insert_all(model, [history.record for history in histories])
    for history, (first, differences) in zip(histories, told, strict=True):
        record = history.record
        by = require_operation(record).by
        note_change(record, "added", {}, {**record.logged_values(), **first}, history.added_at)
        for change, before, after in differences:
            with operation(change.name, by=by, why=change.why, effective_on=change.effective_on, recorded_at=change.at):
                note_change(record, "changed", before, after)
        record.remember()


def _told(history: History) -> tuple[dict[str, Any], list[tuple[PastChange, dict[str, Any], dict[str, Any]]]]:
    """Lets the record live through its changes; gives the first values of what changed, and each difference."""
    record = history.record
    first: dict[str, Any] = {}
    differences = []
    for change in history.changes:
        before, after = {}, {}
        for name, value in change.values.items():
            old, new = primitive(getattr(record, name)), primitive(value)
            setattr(record, name, value)
            if old != new:
                before[name], after[name] = old, new
        if not after:
            continue
        if hasattr(record, "version"):
            before["version"], after["version"] = record.version, record.version + 1
            record.version += 1
        for name, old in before.items():
            first.setdefault(name, old)
        differences.append((change, before, after))
    record.derive()
    return first, differences
