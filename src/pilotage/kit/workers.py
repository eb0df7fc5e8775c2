"""Who works in the background, and what a worker that was killed leaves in the queue.

The queue calls a task "running" until its worker says otherwise, and a killed worker says nothing more. So each worker
holds a lock in the data folder for as long as it lives, which the operating system lets go however it ends. What a worker
without its lock had in its hands is given to the next one, once; a task that has ended two workers is marked as failed.
That nothing is done twice is the care of the tasks themselves: each looks first at how far its work has come.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

TRIES = 2
"""As many workers take a task up; more would fall to the same thing."""
UNHEARD = timedelta(hours=6)
"""A worker of which no lock is known here (of another computer, say) is believed to be at work for so long."""
FORGOTTEN = timedelta(days=1)


class WorkerEnded(Exception):
    """The workers that took the task up were killed, or fell to it."""


def _folder() -> Path:
    folder = Path(settings.DATA) / "workers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def on_duty(worker: str) -> Iterator[None]:
    """Shows that the worker called ``worker`` lives, for as long as the block runs or its process is there."""
    descriptor = os.open(_folder() / worker, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def is_gone(worker: str) -> bool | None:
    """True where the worker has ended, False while it lives, None where nothing is known of it here."""
    try:
        descriptor = os.open(_folder() / worker, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def take_back(now: datetime | None = None) -> tuple[int, int]:
    """Gives the tasks of ended workers to the next one, and marks those as failed that have ended two.

    Returns how many of each. Two that look at the same moment take each task back once.
    """
    now = now or timezone.now()
    again = given_up = 0
    for one in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if not _left_lying(one, now):
            continue
        same = DBTaskResult.objects.filter(pk=one.pk, status=TaskResultStatus.RUNNING, started_at=one.started_at)
        if len(one.worker_ids) < TRIES:
            again += same.update(status=TaskResultStatus.READY, started_at=None)
        else:
            given_up += same.update(
                status=TaskResultStatus.FAILED,
                finished_at=now,
                exception_class_path=f"{WorkerEnded.__module__}.{WorkerEnded.__qualname__}",
                traceback=f"{len(one.worker_ids)} workers took it up and ended: {', '.join(one.worker_ids)}",
            )
    _forget(now)
    return again, given_up


def _left_lying(task: DBTaskResult[..., object], now: datetime) -> bool:
    gone = is_gone(task.worker_ids[-1]) if task.worker_ids else None
    if gone is None:
        return task.started_at is None or task.started_at < now - UNHEARD
    return gone


def _forget(now: datetime) -> None:
    """Removes the locks of workers that ended long ago."""
    for path in _folder().iterdir():
        if path.stat().st_mtime < (now - FORGOTTEN).timestamp() and is_gone(path.name):
            path.unlink(missing_ok=True)
