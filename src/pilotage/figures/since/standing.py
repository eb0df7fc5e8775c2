"""How records stood at the end of two days, by the recorded clock: what we knew then, whatever was learned later.

The records as they are now are rolled back along the change log: the value of a field at an instant is the one that
the first later change found, or the present one where nothing changed it since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pilotage.kit.models import Change

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """The fields of one record at both instants; None where it was not there."""

    before: Values | None
    after: Values | None


def end_of(day: date) -> datetime:
    """The instant at which ``day`` ends, in the time zone of the installation."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def standings(records: QuerySet[Any], fields: Sequence[str], since: date, until: date) -> dict[int, Standing]:
    """Each record of ``records`` at the end of both days. Fields are those that the log keeps, by their columns."""
    first, last = end_of(since), end_of(until)
    now: dict[int, Values] = {row["pk"]: row for row in records.order_by().values("pk", *fields)}
    earlier = {pk: dict(row) for pk, row in now.items()}
    later = {pk: dict(row) for pk, row in now.items()}
    absent_first: set[int] = set()
    absent_last: set[int] = set()
    changes = (
        Change.objects.filter(record_type=records.model._meta.label_lower, at__gte=first)
        .order_by("-at", "-id")
        .values_list("record_id", "at", "action", "before")
    )
    # Backwards in time, so that the earliest change after an instant has the last word about it.
    for key, at, action, before in changes.iterator(chunk_size=2000):
        pk = int(key)
        if pk not in now:
            continue
        if action == Change.Action.ADDED:
            absent_first.add(pk)
            if at >= last:
                absent_last.add(pk)
            continue
        found = {name: before[name] for name in fields if name in before}
        earlier[pk].update(found)
        if at >= last:
            later[pk].update(found)
    return {
        pk: Standing(None if pk in absent_first else earlier[pk], None if pk in absent_last else later[pk])
        for pk in now
    }
