"""Writing what the preview of a workbook promised."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.domain.activities.bulk import add_activities, edit_activities
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import add_deliverable, add_series, edit_deliverable
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.parties.operations import add_institution, edit_institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.exchange.models import ImportChunk, ImportRun
from pilotage.exchange.workbooks.columns import Kind
from pilotage.exchange.workbooks.outcome import Outcome
from pilotage.exchange.workbooks.reading import CHUNK, Progress, may_import, may_import_institutions
from pilotage.exchange.workbooks.tally_lines import unpacked
from pilotage.kit.changes import operation

NOT_HERE: Any = gettext_lazy("Your role may not bring in workbooks here.")


@contextmanager
def quiet_collector() -> Iterator[None]:
    """Looks for rubbish less often: hundreds of thousands of short-lived records make the collector a third of the work."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def write(run: ImportRun, tell: Progress) -> None:
    """Writes what the kept rows promise, inside the caller's transaction.

    Raises NotAllowed, StaleRecord, ValidationError, IntegrityError where it can no longer be done.
    """
    phase = phases_with_everything().get(pk=run.phase_id)
    viewer = Viewer.of(run.user)
    why = _("Workbook %(file)s, %(digest)s") % {"file": run.file_name, "digest": run.digest[:12]}
    if not may_import(viewer, phase) or (run.kind == Kind.INSTITUTIONS and not may_import_institutions(viewer, phase)):
        raise NotAllowed(NOT_HERE)
    with operation("import workbook", by=run.user, why=why):
        if run.kind == Kind.INSTITUTIONS:
            _write_institutions(run, tell)
            return
        series = _SeriesOf(run, phase)
        entries = (_entry(row, series) for row in rows_of(run, Outcome.ADD))
        added = add_activities(by=run.user, phase=phase, entries=entries, progress=tell)
        if run.changed:
            edit_activities(
                by=run.user,
                phase=phase,
                changes=_changes(run, phase, series),
                progress=lambda done: tell(added + done),
            )
        _write_deliverables(run, phase)


def rows_of(run: ImportRun, outcome: Outcome) -> Iterator[dict[str, Any]]:
    """The kept rows that will have ``outcome``, chunk by chunk."""
    for chunk in ImportChunk.objects.filter(run=run).iterator(chunk_size=4):
        for row in chunk.contents:
            if row["outcome"] == outcome:
                yield row


class _SeriesOf:
    """The keys of the series that rows add, each added when the first row needs it."""

    def __init__(self, run: ImportRun, phase: Phase) -> None:
        self.run, self.phase = run, phase
        self.keys: dict[str, int] = {}

    def key(self, row: dict[str, Any]) -> int | None:
        """The key for a row; None where it adds none."""
        if not row.get("series"):
            return None
        code = row["series"]["code"]
        if code not in self.keys:
            title = row["values"].get("title") or row.get("known_title") or {"en": code}
            added = add_series(by=self.run.user, phase=self.phase, code=code, title=title)
            self.keys[code] = added.pk
        return self.keys[code]


def _entry(row: dict[str, Any], series: _SeriesOf) -> ActivityEntry:
    lists = {name: frozenset(keys) for name, keys in row["lists"].items()}
    values = row["values"]
    key = series.key(row)
    if key is not None:
        values = {**values, "series_id": key}
    return ActivityEntry(values, tally=unpacked(row["tally"]), **lists)


def _changes(run: ImportRun, phase: Phase, series: _SeriesOf) -> Iterator[tuple[Activity, ActivityEntry]]:
    rows = rows_of(run, Outcome.CHANGE)
    while batch := list(islice(rows, CHUNK)):
        found = Activity.objects.filter(phase=phase, pk__in=[row["key"] for row in batch])
        present = {activity.pk: activity for activity in found}
        for row in batch:
            activity = present.get(row["key"])
            if activity is None or activity.version != row["version"]:
                raise _ChangedMeanwhile(row["title"])
            activity.phase = phase
            row["known_title"] = activity.title
            yield activity, _entry(row, series)


def _write_deliverables(run: ImportRun, phase: Phase) -> None:
    """Adds and changes documents of activities that are there by now."""
    rows = (
        row for outcome in (Outcome.ADD, Outcome.CHANGE) for row in rows_of(run, outcome) if row.get("deliverables")
    )
    while batch := list(islice(rows, CHUNK)):
        found = Activity.objects.filter(phase=phase, code__in=[row["code"] for row in batch])
        activities = {activity.code: activity for activity in found.prefetch_related("deliverables")}
        for row in batch:
            activity = activities[row["code"]]
            known = {one.pk: one for one in activity.deliverables.all()}
            for planned in row["deliverables"]:
                if planned["key"] is None:
                    add_deliverable(by=run.user, activity=activity, values=planned["values"])
                    continue
                deliverable = known.get(planned["key"])
                before = planned["before"]
                if deliverable is None or any(getattr(deliverable, name) != was for name, was in before.items()):
                    raise _ChangedMeanwhile(row["title"])
                edit_deliverable(by=run.user, deliverable=deliverable, values=planned["values"])


class _ChangedMeanwhile(ValidationError):
    def __init__(self, title: str) -> None:
        message = gettext_lazy("“%(title)s” was changed by somebody since the preview. Read the workbook again.")
        super().__init__(message, params={"title": title})  # type: ignore[arg-type]


def _write_institutions(run: ImportRun, tell: Progress) -> None:
    done = 0
    for row in rows_of(run, Outcome.ADD):
        add_institution(by=run.user, values=row["values"])
        done += 1
        tell(done)
    for row in rows_of(run, Outcome.CHANGE):
        institution = Institution.objects.filter(pk=row["key"]).first()
        if institution is None or institution.version != row["version"]:
            raise _ChangedMeanwhile(row["title"])
        edit_institution(by=run.user, institution=institution, values=row["values"], version=row["version"])
        done += 1
        tell(done)
