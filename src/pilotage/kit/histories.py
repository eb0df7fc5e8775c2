"""Records that come with a past: their present state is stored, and the log tells how they came to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pilotage.kit.changes import note_change, operation, require_operation
from pilotage.kit.insertion import insert_all
from pilotage.kit.records import Record


@dataclass(frozen=True, slots=True)
class PastChange:
    """One change that a record has behind it: what was done, when we learned of it, which fields it changed how."""

    name: str
    at: datetime
    effective_on: date | None
    why: str
    before: dict[str, Any]
    after: dict[str, Any]


class History:
    """An unsaved record as it was when it was added, and what became of it since, in order."""

    def __init__(self, record: Any, added_at: datetime) -> None:
        self.record, self.added_at = record, added_at
        self.first: dict[str, Any] = record.logged_values()
        self.changes: list[PastChange] = []

    @contextmanager
    def change(self, name: str, at: datetime, *, effective_on: date | None = None, why: str = "") -> Iterator[None]:
        """What its block sets on the record is one change, and one version. Raises ValueError where it comes too early."""
        last = self.changes[-1].at if self.changes else self.added_at
        if at < last:
            raise ValueError(f"{name} is recorded at {at}, before {last}")
        before = self.record.logged_values()
        yield
        after = self.record.logged_values()
        changed = [key for key, value in after.items() if before[key] != value]
        if not changed:
            return
        if "version" in before:
            self.record.version = after["version"] = before["version"] + 1
            changed.append("version")
        self.changes.append(
            PastChange(
                name,
                at,
                effective_on,
                why,
                {key: before[key] for key in changed},
                {key: after[key] for key in changed},
            )
        )


def insert_with_histories(model: type[Record], histories: Sequence[History]) -> None:
    """Stores each record as its changes left it, and logs the adding and every change at its own recorded date.

    Only inside an operation of a simulation; the values must be clean.
    """
    key = model._meta.pk
    assert key is not None
    for history in histories:
        history.record.derive()
    insert_all(model, [history.record for history in histories])
    for history in histories:
        record = history.record
        by = require_operation(record).by
        note_change(record, "added", {}, {**history.first, key.attname: record.pk}, history.added_at)
        for change in history.changes:
            told = {"why": change.why, "effective_on": change.effective_on, "recorded_at": change.at}
            with operation(change.name, by=by, **told):  # type: ignore[arg-type]
                note_change(record, "changed", change.before, change.after)
        record.remember()
