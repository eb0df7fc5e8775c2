"""The path of a workbook: brought, read, previewed, imported — in one transaction or not at all."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from pilotage.domain.membership.models import User
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.exchange.models import ImportChunk, ImportRun
from pilotage.exchange.workbooks.opening import REASONS, OpenWorkbook, Unreadable
from pilotage.exchange.workbooks.reading import may_import, may_import_institutions, read_into
from pilotage.exchange.workbooks.told import told, told_by
from pilotage.exchange.workbooks.turns import at_work, is_at_work, is_queued, turn
from pilotage.exchange.workbooks.writing import quiet_collector, write
from pilotage.kit.changes import StaleRecord

__all__ = [
    "confirm_run", "discard_run", "import_run", "may_import", "may_import_institutions", "read_again", "read_run",
    "same_file_before", "settle", "settle_all", "start_run",
]  # fmt: skip
State = ImportRun.State
WAIT = 120
"""Seconds that an import waits for another one to end before it says so."""
GRACE = timedelta(seconds=20)
"""So old a run is before it is asked whether anything still waits to work at it."""
READABLE = frozenset(
    {State.UPLOADED, State.READING, State.PREVIEWED, State.INTERRUPTED, State.FAILED, State.UNREADABLE}
)
NOTHING = dict.fromkeys(("rows", "added", "changed", "unchanged", "wrong", "warned"), 0)


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
    """Says "interrupted" of a run at which nobody works any more. Called before a run is shown or worked at.

    Its process is gone, and no worker will take it up by itself: what a killed worker had in its hands is given to the
    next one once (``kit.workers``), and waits in the queue until then.
    """
    if not run.under_way or is_at_work(run.pk):
        return run
    waiting = run.state in {State.UPLOADED, State.QUEUED}
    if is_queued(run.pk) or (waiting and run.created_at > timezone.now() - GRACE):
        return run
    # Its own state is asked for once more: the work may have ended between the two looks.
    ImportRun.objects.filter(pk=run.pk, state=run.state).update(state=State.INTERRUPTED, finished_at=timezone.now())
    run.refresh_from_db()
    return run


def settle_all() -> int:
    """Settles every run that seems under way and returns how many were interrupted. For the start of a worker."""
    seeming = ImportRun.objects.filter(state__in=[State.UPLOADED, State.READING, State.QUEUED, State.IMPORTING])
    return sum(settle(run).state == State.INTERRUPTED for run in seeming)


def read_run(run: ImportRun) -> ImportRun:
    """Reads the workbook and keeps what each row will do. A run that was read before is read anew.

    Does nothing where another process is at it. One that says "being read" although nobody is at it was left by a
    process that is gone.
    """
    if run.state not in READABLE:
        return run
    try:
        with at_work(run.pk) as tell:
            _set(run, state=State.READING, problems=[], finished_at=None, **NOTHING)
            ImportChunk.objects.filter(run=run).delete()
            try:
                with OpenWorkbook(Path(run.file.path)) as workbook, override(run.language), quiet_collector():
                    found = read_into(run, workbook, tell)
            except Unreadable as error:
                problem = told("", "", REASONS[error.code], params=error.params)
                _set(run, state=State.UNREADABLE, problems=[problem], finished_at=timezone.now())
            else:
                _set(run, state=State.PREVIEWED, **found)
    except BlockingIOError:
        run.refresh_from_db()
    return run


def read_again(run: ImportRun) -> ImportRun:
    """The person asks for the workbook to be read anew. Raises ValidationError where its file is gone or at work."""
    settle(run)
    if run.under_way or not run.file:
        raise ValidationError(_("The workbook is being worked at."))
    _set(run, state=State.UPLOADED, finished_at=None, problems=[], **NOTHING)
    return run


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
    Does nothing where another process is at it. One that says "being imported" although nobody is at it was left by a
    process that is gone, and wrote nothing.
    """
    try:
        with at_work(run.pk) as tell, turn(wait), override(run.language):
            run.refresh_from_db()
            if run.state not in {State.QUEUED, State.IMPORTING}:
                return run
            _set(run, state=State.IMPORTING)
            try:
                with transaction.atomic(), quiet_collector():
                    write(run, tell)
                    _set(run, state=State.DONE, finished_at=timezone.now())
            except (ValidationError, NotAllowed, StaleRecord, IntegrityError) as error:
                _fail(run, error)
            except DatabaseError:
                message = gettext_lazy("The database refused the import. Nothing was changed; try again.")
                _fail(run, ValidationError(message))  # type: ignore[arg-type]
                raise
            except BaseException:
                _set(run, state=State.INTERRUPTED, finished_at=timezone.now())
                raise
            else:
                _drop(run)
    except BlockingIOError:
        run.refresh_from_db()
    return run


def _fail(run: ImportRun, error: Exception) -> None:
    """Keeps why nothing was imported, as message and values: who reads it may speak another language."""
    if isinstance(error, ValidationError):
        problems = list(told_by(error, "W"))
    elif isinstance(error, NotAllowed):
        problems = [told("", "", error.reason, "W")]
    elif isinstance(error, IntegrityError):
        added = gettext_lazy("Somebody added one of these records meanwhile. Read the workbook again.")
        problems = [told("", "", added, "W")]
    else:
        changed = gettext_lazy("Somebody changed one of these records meanwhile. Read the workbook again.")
        problems = [told("", "", changed, "W")]
    _set(run, state=State.FAILED, problems=problems[:200], finished_at=timezone.now())


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
