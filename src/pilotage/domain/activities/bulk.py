"""Many activities at once: workbooks of thousands of rows, the demo, the generator. One transaction or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.utils import timezone

from pilotage.domain.activities.entries import ActivityEntry, check_entry, link_models, phase_facts
from pilotage.domain.activities.models import Activity, Attendance, Person, Tally
from pilotage.domain.activities.operations import edit_activity, tally_record
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.kit.actors import Actor
from pilotage.kit.changes import flush_changes, operation

BATCH = 500

T = TypeVar("T")


def add_activities(
    *,
    by: Actor,
    phase: Phase,
    entries: Iterable[ActivityEntry],
    why: str = "",
    progress: Callable[[int], None] | None = None,
) -> int:
    """Adds activities that were checked before (every code new, every rule held) and returns how many.

    Whatever still breaks a rule raises ValidationError and nothing is added. ``progress`` hears the number done.
    """
    today = timezone.localdate()
    facts = phase_facts(phase)
    institutions = {institution.code: institution for institution in Institution.objects.all()}
    done = 0
    with operation("add activities", by=by, why=why):
        for batch in batches(entries, BATCH):
            activities = [Activity(phase=phase, **entry.values) for entry in batch]
            unentered = fields_not_entered(batch)
            for activity, entry in zip(activities, batch, strict=True):
                check_entry(activity, entry, facts, today, unique=False)
            Activity.objects.bulk_create(activities)
            _add_parts(activities, batch, institutions)
            flush_changes()
            done += len(batch)
            if progress:
                progress(done)
    return done


def fields_not_entered(entries: Sequence[ActivityEntry]) -> set[str]:
    """The fields that need no cleaning: those that no entry names, and links to records that were just read."""
    entered = {name.removesuffix("_id") for entry in entries for name in entry.values}
    return {
        field.name for field in Activity._meta.fields if field.name not in entered or field.remote_field is not None
    }


def _add_parts(
    activities: Sequence[Activity], entries: Sequence[ActivityEntry], institutions: dict[str, Institution]
) -> None:
    pairs = list(zip(activities, entries, strict=True))
    for name, (model, attribute) in link_models().items():
        model.objects.bulk_create(
            [
                model(activity=activity, **{attribute: key})
                for activity, entry in pairs
                for key in sorted(getattr(entry, name) or ())
            ]
        )
    Tally.objects.bulk_create(
        [
            tally_record(activity, row, institutions)
            for activity, entry in pairs
            for row in entry.tally or ()
            if row.count
        ],
        batch_size=BATCH,
    )


def edit_activities(*, by: Actor, changes: Iterable[tuple[Activity, ActivityEntry]], why: str = "") -> int:
    """Changes activities that were just read, all or none, and returns how many."""
    done = 0
    with operation("edit activities", by=by, why=why):
        for activity, entry in changes:
            edit_activity(by=by, activity=activity, entry=entry, version=activity.version)
            done += 1
            if done % BATCH == 0:
                flush_changes()
    return done


def add_persons(*, by: Actor, persons: Iterable[Person]) -> int:
    """Adds persons to the register, all or none, and returns how many."""
    with operation("add persons", by=by):
        return _add_all(Person, persons)


def add_attendances(*, by: Actor, attendances: Iterable[Attendance]) -> int:
    """Adds attendance of registered persons, all or none, and returns how many."""
    with operation("add attendance", by=by):
        return _add_all(Attendance, attendances)


def _add_all(model: type[Person] | type[Attendance], records: Iterable[Person] | Iterable[Attendance]) -> int:
    done = 0
    for batch in batches(records, BATCH):
        for record in batch:
            record.clean_fields()
        model.objects.bulk_create(batch)
        flush_changes()
        done += len(batch)
    return done


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """``items`` in lists of at most ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
