"""Taking a person out of the change log: the one exception to its being append-only (docs/decisions).

An erasure that left the name in the log would be none: the log repeats what records hold. The entries stay, with who did
what and when; the values that pointed at the person are written over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils import timezone

from pilotage.kit.changes import flush_changes, require_operation
from pilotage.kit.models import Change, Cleansing
from pilotage.kit.records import HIDDEN

Values = Mapping[str, Any]


def cleanse(entries: Iterable[tuple[Change, Values]], *, tells: Callable[[str], bool]) -> int:
    """Writes over what the given entries of the log hold of a person; returns how many were altered.

    Each entry comes with the values that stand in place of its own, by field, before and after. A reason of which
    ``tells`` is true becomes a mark. Inside the operation that erases the person alone.
    """
    running = require_operation(Cleansing())
    flush_changes()
    altered = []
    for entry, values in entries:
        before, after = _written_over(entry.before, values), _written_over(entry.after, values)
        why = HIDDEN if entry.why and tells(entry.why) else entry.why
        if (before, after, why) != (entry.before, entry.after, entry.why):
            altered.append((entry, before, after, why))
    opened = {
        record: Cleansing.objects.create(
            operation=running.id, at=timezone.now(), record_type=record[0], record_id=record[1]
        )
        for record in dict.fromkeys((entry.record_type, entry.record_id) for entry, *_rest in altered)
    }
    for entry, before, after, why in altered:
        Change.objects.filter(pk=entry.pk).update(before=before, after=after, why=why)
    for cleansing in opened.values():
        cleansing.open = False
        cleansing.save(update_fields=["open"])
    return len(altered)


def _written_over(logged: dict[str, Any], values: Values) -> dict[str, Any]:
    return {
        name: values[name] if name in values and value not in (None, "") else value for name, value in logged.items()
    }
