"""The path of a workbook: brought, read, previewed, imported — in one transaction or not at all."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from pilotage.domain.activities.access import can_add_activity
from pilotage.domain.activities.bulk import add_activities, edit_activities
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.membership.models import Role, User
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.parties.operations import add_institution, edit_institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.exchange.models import ImportChunk, ImportRun
from pilotage.exchange.workbooks.activities import ActivityRows, unpacked
from pilotage.exchange.workbooks.cells import Row, in_both, read_row
from pilotage.exchange.workbooks.columns import Kind
from pilotage.exchange.workbooks.headers import Layout, recognise
from pilotage.exchange.workbooks.institutions import InstitutionRows
from pilotage.exchange.workbooks.names import Names
from pilotage.exchange.workbooks.opening import OpenWorkbook, Unreadable
from pilotage.exchange.workbooks.outcome import Outcome
from pilotage.exchange.workbooks.reader_process import letters
from pilotage.exchange.workbooks.tally import read_tally
from pilotage.exchange.workbooks.turns import at_work, is_at_work, turn
from pilotage.kit.changes import StaleRecord, operation

State = ImportRun.State
CHUNK = 250
WAIT = 120
"""Seconds that an import waits for another one to end before it says so."""

Progress = Callable[[int], None]


def may_import(viewer: Viewer, phase: Phase) -> bool:
    """True where some role of the viewer may bring in workbooks of activities."""
    return can_add_activity(viewer, phase)


def may_import_institutions(viewer: Viewer, phase: Phase) -> bool:
    """The register of institutions belongs to all phases: managers and M&E officers change it by workbook."""
    return bool(viewer.roles_in(phase) & {Role.PM, Role.ME})


def start_run(*, phase: Phase, user: User, file_name: str, content: BinaryIO, language: str) -> ImportRun:
    """Keeps an uploaded workbook to be read. Raises NotAllowed."""
    if not may_import(Viewer.of(user), phase):
        raise NotAllowed(_("Your role may not bring in workbooks here."))
    digest, size = hashlib.sha256(), 0
    while block := content.read(1 << 16):
        digest.update(block)
        size += len(block)
    content.seek(0)
    run = ImportRun(
        phase=phase, user=user, file_name=file_name[-200:], digest=digest.hexdigest(), size=size, language=language
    )
    run.file.save(f"{digest.hexdigest()[:24]}.xlsx", File(content), save=False)
    run.save()
    return run


def same_file_before(run: ImportRun) -> ImportRun | None:
    """The last import of the very same file into this phase, if there was one."""
    done = ImportRun.objects.filter(phase_id=run.phase_id, digest=run.digest, state=State.DONE)
    return done.exclude(pk=run.pk).select_related("user").first()


def settle(run: ImportRun) -> ImportRun:
    """Says "interrupted" of a run whose process is gone. Called before a run is shown or worked at."""
    if run.state in {State.READING, State.IMPORTING} and not is_at_work(run.pk):
        fresh = ImportRun.objects.only("state").get(pk=run.pk)
        if fresh.state == run.state:
            ImportRun.objects.filter(pk=run.pk, state=run.state).update(
                state=State.INTERRUPTED, finished_at=timezone.now()
            )
        run.refresh_from_db()
    return run


def read_run(run: ImportRun) -> ImportRun:
    """Reads the workbook and keeps what each row will do. A run that was read before is read anew."""
    if run.state not in {State.UPLOADED, State.PREVIEWED, State.INTERRUPTED, State.FAILED, State.UNREADABLE}:
        return run
    with at_work(run.pk) as tell, override(run.language):
        _set(run, state=State.READING, problems=[], finished_at=None, rows=0)
        ImportChunk.objects.filter(run=run).delete()
        try:
            with OpenWorkbook(Path(run.file.path)) as workbook:
                _read(run, workbook, tell)
        except Unreadable as error:
            told = {"sheet": "", "cell": "", "level": "E", "text": _in_both(error)}
            _set(run, state=State.UNREADABLE, problems=[told], finished_at=timezone.now())
            return run
        _set(run, state=State.PREVIEWED)
    return run


def _in_both(error: Unreadable) -> dict[str, str]:
    said = {}
    for language in ("en", "ru"):
        with override(language):
            said[language] = error.text
    return said


def _read(run: ImportRun, workbook: OpenWorkbook, tell: Progress) -> None:
    phase = phases_with_everything().get(pk=run.phase_id)
    viewer = Viewer.of(run.user)
    names = Names(phase)
    layouts = {
        index: layout
        for index, sheet in enumerate(workbook.sheets)
        if not sheet["hidden"] and (layout := recognise(sheet["head"], names.country_headings, sheet["name"]))
    }
    main = [index for index, layout in layouts.items() if layout.kind is not Kind.TALLY]
    if not main:
        raise Unreadable("no_table")
    chosen = main[0]
    layout, sheet = layouts[chosen], workbook.sheets[chosen]["name"]
    problems = [*_layout_problems(layout, sheet)]
    for index in main[1:]:
        problems.append(
            _told(
                workbook.sheets[index]["name"],
                "",
                gettext_lazy("Only the first table of a workbook is read; this sheet is left out."),
                "W",
            )
        )
    tallies = {}
    planner: ActivityRows | InstitutionRows
    if layout.kind is Kind.ACTIVITIES:
        for index, other in layouts.items():
            if other.kind is Kind.TALLY:
                name = workbook.sheets[index]["name"]
                problems += _layout_problems(other, name)
                read, wrong = read_tally(workbook.rows(index), other, name, names)
                tallies.update(read)
                problems += wrong
        planner = ActivityRows(phase, viewer, names, tallies)
    else:
        planner = InstitutionRows(names)
        if not may_import_institutions(viewer, phase):
            problems.append(
                _told(
                    sheet,
                    "",
                    gettext_lazy("Institutions are changed by the programme manager and the M&E officer alone."),
                )
            )
    if layout.kind is Kind.ACTIVITIES and "code" not in layout.codes and not layout.missing:
        problems.append(
            _told(
                sheet,
                f"{layout.header_row}",
                gettext_lazy("There is no column “Code”: every row will add a new activity."),
                "W",
            )
        )
    run.kind = layout.kind.value
    cells = ((number, values) for number, values in workbook.rows(chosen) if number > layout.header_row)
    rows = (read_row(number, values, layout, sheet, names) for number, values in cells)
    filled = (row for row in rows if row.values or row.tally or row.problems)
    counts = _keep(run, planner, filled, tell)
    if isinstance(planner, ActivityRows):
        lost = tallies.keys() - planner.taken
        for code in sorted(lost)[:50]:
            problems.append(
                _told(
                    "", "", gettext_lazy("The tally names “%(code)s”, which is no row of the first sheet."), code=code
                )
            )
    if not counts["rows"]:
        problems.append(_told(sheet, "", gettext_lazy("The sheet has no rows under its headings.")))
    _set(run, problems=problems, kind=run.kind, **counts)


def _layout_problems(layout: Layout, sheet: str) -> Iterator[dict[str, Any]]:
    row = layout.header_row
    for column in layout.missing:
        if (
            column.code == "title_en"
            and "title_ru" in layout.codes
            or column.code == "name_en"
            and "name_ru" in layout.codes
        ):
            continue
        if "code" in layout.codes and layout.kind is not Kind.TALLY:
            continue
        yield _told(
            sheet,
            f"{row}",
            gettext_lazy("The column “%(en)s” (%(ru)s) is missing."),
            en=column.label["en"],
            ru=column.label["ru"],
        )
    for place, column in layout.twice.items():
        yield _told(
            sheet,
            f"{letters(place + 1)}{row}",
            gettext_lazy("The column “%(name)s” stands here a second time."),
            name=column.label["en"],
        )
    for place, heading in layout.unknown.items():
        yield _told(
            sheet,
            f"{letters(place + 1)}{row}",
            gettext_lazy("The heading “%(heading)s” is not known; its column is left out."),
            "W",
            heading=heading[:60],
        )


def _told(sheet: str, cell: str, message: Any, level: str = "E", **params: Any) -> dict[str, Any]:
    return {"sheet": sheet, "cell": cell, "level": level, "text": in_both(message, params)}


def _keep(
    run: ImportRun, planner: ActivityRows | InstitutionRows, rows: Iterator[Row], tell: Progress
) -> dict[str, int]:
    counts = dict.fromkeys(("rows", "added", "changed", "unchanged", "wrong", "warned"), 0)
    places = {Outcome.ADD: "added", Outcome.CHANGE: "changed", Outcome.SAME: "unchanged", Outcome.WRONG: "wrong"}
    position = 0
    while batch := list(islice(rows, CHUNK)):
        kept = planner.plan(batch)
        for row in kept:
            counts[places[Outcome(row["outcome"])]] += 1
            counts["warned"] += bool(row["problems"]) and row["outcome"] != Outcome.WRONG
        counts["rows"] += len(kept)
        said = sum(1 for row in kept if row["problems"])
        ImportChunk(run=run, position=position, rows=len(kept), wrong=said, payload=ImportChunk.packed(kept)).save()
        position += 1
        tell(counts["rows"])
    return counts


def confirm_run(run: ImportRun) -> ImportRun:
    """The person says: import. Raises ValidationError where there is nothing to import or something to mend."""
    settle(run)
    if not run.may_import:
        raise ValidationError(_("There is nothing to import, or something must be mended first."))
    _set(run, state=State.QUEUED, finished_at=None)
    return run


def discard_run(run: ImportRun) -> ImportRun:
    """Puts a workbook aside; nothing of it is imported."""
    if run.state in {State.READING, State.IMPORTING, State.DONE} and is_at_work(run.pk):
        raise ValidationError(_("The workbook is being worked at."))
    if run.state != State.DONE:
        _drop(run)
        _set(run, state=State.DISCARDED, finished_at=timezone.now())
    return run


def import_run(run: ImportRun, wait: float = WAIT) -> ImportRun:
    """Writes everything that the preview promised, in one transaction or not at all.

    Raises TurnTaken where another import is still writing after ``wait`` seconds. What stops it is kept with the run.
    """
    with turn(wait), at_work(run.pk) as tell, override(run.language):
        run.refresh_from_db()
        if run.state != State.QUEUED:
            return run
        _set(run, state=State.IMPORTING)
        try:
            with transaction.atomic(), quiet_collector():
                _write(run, tell)
                _set(run, state=State.DONE, finished_at=timezone.now())
        except (ValidationError, NotAllowed, StaleRecord, IntegrityError) as error:
            _fail(run, error)
        except DatabaseError:
            _fail(run, ValidationError(_("The database refused the import. Nothing was changed; try again.")))
            raise
        except BaseException:
            _set(run, state=State.INTERRUPTED, finished_at=timezone.now())
            raise
        else:
            _drop(run)
    return run


@contextmanager
def quiet_collector() -> Iterator[None]:
    """Looks for rubbish less often: hundreds of thousands of short-lived records make the collector a third of the work."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _write(run: ImportRun, tell: Progress) -> None:
    phase = phases_with_everything().get(pk=run.phase_id)
    viewer = Viewer.of(run.user)
    why = _("Workbook %(file)s, %(digest)s") % {"file": run.file_name, "digest": run.digest[:12]}
    if not may_import(viewer, phase) or (run.kind == Kind.INSTITUTIONS and not may_import_institutions(viewer, phase)):
        raise NotAllowed(_("Your role may not bring in workbooks here."))
    with operation("import workbook", by=run.user, why=why):
        if run.kind == Kind.INSTITUTIONS:
            _write_institutions(run, tell)
            return
        added = add_activities(by=run.user, phase=phase, entries=map(_entry, rows_of(run, Outcome.ADD)), progress=tell)
        if run.changed:
            edit_activities(
                by=run.user, phase=phase, changes=_changes(run, viewer, phase), progress=lambda done: tell(added + done)
            )


def rows_of(run: ImportRun, outcome: Outcome) -> Iterator[dict[str, Any]]:
    """The kept rows that will have ``outcome``, chunk by chunk."""
    for chunk in ImportChunk.objects.filter(run=run).iterator(chunk_size=4):
        for row in chunk.contents:
            if row["outcome"] == outcome:
                yield row


def _entry(row: dict[str, Any]) -> ActivityEntry:
    lists = {name: frozenset(keys) for name, keys in row["lists"].items()}
    return ActivityEntry(row["values"], tally=unpacked(row["tally"]), **lists)


def _changes(run: ImportRun, viewer: Viewer, phase: Phase) -> Iterator[tuple[Activity, ActivityEntry]]:
    rows = rows_of(run, Outcome.CHANGE)
    while batch := list(islice(rows, CHUNK)):
        found = Activity.objects.filter(phase=phase, pk__in=[row["key"] for row in batch]).select_related("phase")
        present = {activity.pk: activity for activity in found}
        for row in batch:
            activity = present.get(row["key"])
            if activity is None or activity.version != row["version"]:
                raise _ChangedMeanwhile(row["title"])
            activity.phase = phase
            yield activity, _entry(row)


class _ChangedMeanwhile(ValidationError):
    def __init__(self, title: str) -> None:
        super().__init__(
            _("“%(title)s” was changed by somebody since the preview. Read the workbook again.") % {"title": title}
        )


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


def _fail(run: ImportRun, error: Exception) -> None:
    if isinstance(error, IntegrityError):
        message = _("Somebody added one of these records meanwhile. Read the workbook again.")
    elif isinstance(error, ValidationError):
        message = " ".join(error.messages)
    elif isinstance(error, NotAllowed):
        message = error.reason
    else:
        message = _("Somebody changed one of these records meanwhile. Read the workbook again.")
    told = {"sheet": "", "cell": "", "level": "W", "text": {"en": message, "ru": message}}
    _set(run, state=State.FAILED, problems=[told], finished_at=timezone.now())


def _drop(run: ImportRun) -> None:
    """Deletes file and rows of a decided run; what it counted stays."""
    ImportChunk.objects.filter(run=run).delete()
    if run.file:
        run.file.delete(save=False)
        _set(run, file="")


def _set(run: ImportRun, **values: Any) -> None:
    for name, value in values.items():
        setattr(run, name, value)
    ImportRun.objects.filter(pk=run.pk).update(**values)
