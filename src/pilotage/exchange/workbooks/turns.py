"""Whose turn it is, and who is still at work: locks that the operating system lets go when a process dies.

One import writes at a time. A run whose lock is free although it says "being imported" was interrupted: its transaction
is gone with its process. The lock files lie in the data folder and also carry the progress, since nothing that is
written inside the import's own transaction can be seen before its end.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus

JUST_TAKEN = timedelta(seconds=10)


class TurnTaken(Exception):
    """Another import is writing."""


def _folder() -> Path:
    folder = Path(settings.DATA) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _held(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def turn(wait: float) -> Iterator[None]:
    """Holds the only turn to import. Waits up to ``wait`` seconds for it, then raises TurnTaken."""
    until = time.monotonic() + wait
    while True:
        manager = _held(_folder() / "turn")
        try:
            manager.__enter__()
            break
        except BlockingIOError:
            if time.monotonic() >= until:
                raise TurnTaken from None
            time.sleep(0.2)
    try:
        yield
    finally:
        manager.__exit__(None, None, None)


@contextmanager
def at_work(run: int) -> Iterator[Callable[[int], None]]:
    """Marks the run ``run`` as worked at by this process; gives the function that tells its progress in rows.

    Raises BlockingIOError where another process is at it.
    """
    path = _folder() / f"run-{run}"
    with _held(path) as descriptor:

        def tell(done: int) -> None:
            os.pwrite(descriptor, f"{done:12d}".encode(), 0)

        tell(0)
        try:
            yield tell
        finally:
            path.unlink(missing_ok=True)


def is_at_work(run: int) -> bool:
    """True while some process works at the run."""
    path = _folder() / f"run-{run}"
    if not path.exists():
        return False
    try:
        with _held(path):
            return False
    except BlockingIOError:
        return True


def is_queued(run: int) -> bool:
    """True while a task for the run waits for a worker, or was taken by one so lately that it may not have begun."""
    from django_tasks_db.models import DBTaskResult

    tasks = DBTaskResult.objects.filter(task_path__startswith="pilotage.exchange.tasks.", args_kwargs__args=[run])
    just_taken = Q(status=TaskResultStatus.RUNNING, started_at__gt=timezone.now() - JUST_TAKEN)
    return tasks.filter(Q(status=TaskResultStatus.READY) | just_taken, task_path__endswith="_workbook").exists()


def progress_of(run: int) -> int:
    """How many rows are done; 0 where nothing is known."""
    try:
        return int((_folder() / f"run-{run}").read_text() or 0)
    except (OSError, ValueError):
        return 0
