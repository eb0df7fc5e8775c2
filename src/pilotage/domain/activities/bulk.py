"""Many activities at once: workbooks of thousands of rows, the demo, the generator. One transaction or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db.models import prefetch_related_objects
from django.utils import timezone

from pilotage.domain.activities.entries import ActivityEntry, check_entry, link_models, phase_facts, tally_row
from pilotage.domain.activities.models import Activity, Attendance, Person, Tally
from pilotage.domain.activities.operations import tally_record, tally_values
from pilotage.domain.activities.verified import require_as_verified
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.kit.actors import Actor
from pilotage.kit.bulk import Cleaning, add_rows, new_records
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
    cleaning = Cleaning()
    done = 0
    with operation("add activities", by=by, why=why):
        for batch in batches(entries, BATCH):
            activities = new_records(Activity, ({"phase_id": phase.pk, **entry.values} for entry in batch))
            for activity, entry in zip(activities, batch, strict=True):
                activity.phase = phase
                check_entry(activity, entry, facts, today, cleaning=cleaning)
            Activity.objects.bulk_create(activities)
            add_parts(activities, batch, institutions)
            flush_changes()
            done += len(batch)
            if progress:
                progress(done)
    return done


Recorded = Callable[[Any], datetime]


def add_parts(
    activities: Sequence[Activity],
    entries: Sequence[ActivityEntry],
    institutions: dict[str, Institution],
    recorded: Recorded | None = None,
    tally_recorded: Recorded | None = None,
) -> None:
    """Adds links and tallies of activities just stored; a simulation says when each was recorded."""
    pairs = [(activity.pk, entry) for activity, entry in zip(activities, entries, strict=True)]
    for name, (model, attribute) in link_models().items():
        add_rows(
            model,
            [
                {"activity_id": activity, attribute: key}
                for activity, entry in pairs
                for key in sorted(getattr(entry, name) or ())
            ],
            recorded,
        )
    add_rows(
        Tally,
        [
            {"activity_id": activity, **tally_values(row, institutions)}
            for activity, entry in pairs
            for row in entry.tally or ()
            if row.count
        ],
        tally_recorded,
    )


def edit_activities(
    *,
    by: Actor,
    phase: Phase,
    changes: Iterable[tuple[Activity, ActivityEntry]],
    why: str = "",
    progress: Callable[[int], None] | None = None,
) -> int:
    """Changes activities of ``phase`` that were just read, all or none, and returns how many.

    ``changes`` are read by batches; their links and tallies are read together. Raises StaleRecord where somebody saved
    one meanwhile, ValidationError by field where a rule is broken. ``progress`` hears the number done.
    """
    today = timezone.localdate()
    facts = phase_facts(phase)
    institutions = {institution.code: institution for institution in Institution.objects.all()}
    cleaning = Cleaning()
    done = 0
    with operation("edit activities", by=by, why=why):
        for batch in batches(changes, BATCH):
            prefetch_related_objects(
                [activity for activity, _entry in batch],
                "country_links", "co_organiser_links", "institution_links", "expert_links", "tallies__institution",
            )  # fmt: skip
            for activity, entry in batch:
                for name, value in entry.values.items():
                    setattr(activity, name, value)
                require_as_verified(activity, entry)
                check_entry(activity, entry, facts, today, cleaning=cleaning)
                activity.save_new_version()
            _edit_parts(batch, institutions)
            flush_changes()
            done += len(batch)
            if progress:
                progress(done)
    return done


PREFETCHED = {
    "countries": "country_links",
    "co_organisers": "co_organiser_links",
    "institutions": "institution_links",
    "experts": "expert_links",
}


def _edit_parts(batch: Sequence[tuple[Activity, ActivityEntry]], institutions: dict[str, Institution]) -> None:
    """Adds and removes links, and makes the tallies what the entries say; what they do not name stays."""
    for name, (model, attribute) in link_models().items():
        added = []
        for activity, entry in batch:
            wanted = getattr(entry, name)
            if wanted is None:
                continue
            present = {getattr(link, attribute): link for link in getattr(activity, PREFETCHED[name]).all()}
            for key in present.keys() - wanted:
                present[key].delete()
            added += [model(activity=activity, **{attribute: key}) for key in sorted(wanted - present.keys())]
        model.objects.bulk_create(added)
    lines = []
    for activity, entry in batch:
        if entry.tally is None:
            continue
        wanted_rows = {row.kind: row for row in entry.tally if row.count}
        present_rows = {tally_row(record).kind: record for record in activity.tallies.all()}
        for kind, record in present_rows.items():
            if kind not in wanted_rows:
                record.delete()
            elif wanted_rows[kind].count != record.count:
                record.count = wanted_rows[kind].count
                record.save()
        lines += [
            tally_record(activity, row, institutions) for kind, row in wanted_rows.items() if kind not in present_rows
        ]
    Tally.objects.bulk_create(lines)


def add_persons(*, by: Actor, persons: Iterable[Person], recorded: Recorded | None = None) -> int:
    """Adds persons to the register, all or none, and returns how many; a simulation says when each was recorded."""
    with operation("add persons", by=by):
        return _add_all(Person, persons, recorded)


def add_attendances(*, by: Actor, attendances: Iterable[Attendance], recorded: Recorded | None = None) -> int:
    """Adds attendance of registered persons, all or none, and returns how many; ``recorded`` as for persons."""
    with operation("add attendance", by=by):
        return _add_all(Attendance, attendances, recorded)


def _add_all(
    model: type[Person] | type[Attendance],
    records: Iterable[Person] | Iterable[Attendance],
    recorded: Recorded | None,
) -> int:
    done = 0
    for batch in batches(records, BATCH):
        for record in batch:
            record.clean_fields()
        model.objects.bulk_create(batch, recorded=recorded)
        flush_changes()
        done += len(batch)
    return done


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """``items`` in lists of at most ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
