"""Operations and what they leave in the change log.

Every write of a record happens inside ``operation(…)``: one transaction, one author, one reason. What was saved or
deleted inside is written to the log in the same transaction, so the log cannot miss a change and cannot hold one that
did not happen.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from pilotage.kit.actors import Actor, Simulation
from pilotage.kit.insertion import insert_values
from pilotage.kit.past.moment import refuse_in_the_past

if TYPE_CHECKING:
    from pilotage.kit.records import Record


class OutsideOperation(RuntimeError):
    """A record was about to be written without an operation: a mistake in our code, never the user's."""


class ForgedClock(RuntimeError):
    """A recorded date was about to be given by hand: it is the moment of the operation, except in a simulation."""


class StaleRecord(Exception):
    """Somebody saved the record since it was read.

    ``theirs`` maps each field that they changed to (what it was when read, what it is now); ``by`` names the last of
    them and ``at`` is when.
    """

    def __init__(self, theirs: dict[str, tuple[Any, Any]], by: str, at: datetime) -> None:
        super().__init__(f"{by} changed {', '.join(sorted(theirs))}")
        self.theirs, self.by, self.at = theirs, by, at


@dataclass(slots=True)
class NotedChange:
    """One line of the change log before it is written: the fields of ``Change``."""

    at: datetime
    effective_on: date | None
    operation: uuid.UUID
    name: str
    actor_id: int | None
    actor_name: str
    why: str
    record_type: str
    record_id: str
    root_type: str
    root_id: str
    action: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class Operation:
    """One running operation. ``name`` is a verb and a noun in English, as in the code: ``confirm activity``."""

    name: str
    by: Actor
    why: str = ""
    effective_on: date | None = None
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    changes: list[NotedChange] = field(default_factory=list)
    at: datetime = field(default_factory=timezone.now)


_running: ContextVar[Operation | None] = ContextVar("running_operation", default=None)


def running_operation() -> Operation | None:
    """The operation that is under way in this thread or task, if any."""
    return _running.get()


@contextmanager
def operation(
    name: str,
    *,
    by: Actor,
    why: str = "",
    effective_on: date | None = None,
    recorded_at: datetime | None = None,
) -> Iterator[Operation]:
    """Runs its block in one transaction and logs what the block writes.

    Inside another operation it joins that one, so that a workbook of a thousand rows is one entry in time with one
    author, while each change still carries the name of what was done to it.

    ``recorded_at`` is for a ``Simulation`` alone, which invents when a fictional programme learned of things; it holds
    for everything inside. Raises ForgedClock for anybody else, and for a moment that has not come yet; WritingInThePast
    while a past instant is looked at.
    """
    refuse_in_the_past(name)
    outer = _running.get()
    if recorded_at is not None:
        _require_simulation(outer.by if outer else by, recorded_at)
    if outer is not None:
        effective_on = effective_on or outer.effective_on
        at = recorded_at or outer.at
        inner = Operation(name, outer.by, why or outer.why, effective_on, outer.id, outer.changes, at)
        token = _running.set(inner)
        try:
            yield inner
        finally:
            _running.reset(token)
        return
    with transaction.atomic():
        started = Operation(name, by, why, effective_on)
        started.at = recorded_at or started.at
        token = _running.set(started)
        try:
            yield started
            _write(started.changes)
        finally:
            _running.reset(token)


def _require_simulation(by: Actor, recorded_at: datetime) -> None:
    if not isinstance(by, Simulation):
        raise ForgedClock("the recorded date is the moment of the operation; only a simulation invents one")
    if recorded_at > timezone.now():
        raise ForgedClock(f"nothing is recorded in the future: {recorded_at}")


def flush_changes() -> None:
    """Writes what the running operation has logged so far: bounds the memory of very long operations."""
    running = _running.get()
    if running is not None:
        _write(running.changes)
        running.changes.clear()


def note_change(
    record: Record, action: str, before: dict[str, Any], after: dict[str, Any], at: datetime | None = None
) -> None:
    """Adds one change of ``record`` to the running operation. Raises OutsideOperation where there is none.

    ``at`` is the recorded date that a simulation gives this change alone.
    """
    running = require_operation(record)
    if at is not None:
        _require_simulation(running.by, at)
    root_type, root_id = record.root_reference()
    running.changes.append(
        NotedChange(
            at or running.at,
            running.effective_on,
            running.id,
            running.name,
            running.by.actor_id,
            running.by.actor_name,
            running.why,
            record._meta.label_lower,
            str(record.pk),
            root_type,
            root_id,
            action,
            before,
            after,
        )
    )


def require_operation(record: object) -> Operation:
    """The running operation; raises OutsideOperation naming the record that was about to be written without one."""
    running = _running.get()
    if running is None:
        raise OutsideOperation(f"{type(record).__name__} may be written only inside an operation")
    return running


def _write(changes: list[NotedChange]) -> None:
    from pilotage.kit.models import Change

    insert_values(Change, changes)


def primitive(value: Any) -> Any:
    """``value`` as JSON can hold it; dates, decimals and identifiers as text, the rest as it is."""
    if value is None or type(value) in (str, int, bool, dict, list):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (Decimal, uuid.UUID)):
        return str(value)
    if hasattr(value, "name") and hasattr(value, "storage"):
        return value.name or ""
    return value
