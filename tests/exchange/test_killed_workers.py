"""A killed worker leaves nothing "running" for ever: what it had in its hands is taken up again, once."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks_db.models import DBTaskResult

from pilotage.exchange import daily
from pilotage.exchange.models import ImportRun
from pilotage.exchange.tasks import import_workbook, read_workbook, send_reminder
from pilotage.exchange.workbooks import runs
from pilotage.kit import workers
from pilotage.kit.workers import UNHEARD, WorkerEnded, is_gone, on_duty, take_back
from tests.exchange.programme import SmallProgramme, small_programme
from tests.exchange.test_interrupted_imports import Installation, rows_written_unseen, sheet
from tests.exchange.workbooks import bring

pytestmark = pytest.mark.django_db
RUNNING, READY, FAILED = TaskResultStatus.RUNNING, TaskResultStatus.READY, TaskResultStatus.FAILED


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def taken(task: DBTaskResult[..., Any], *workers: str, since: datetime | None = None) -> DBTaskResult[..., Any]:
    """The task in the hands of the last of these workers."""
    begun = since or timezone.now()
    DBTaskResult.objects.filter(pk=task.pk).update(status=RUNNING, worker_ids=list(workers), started_at=begun)
    task.refresh_from_db()
    return task


def queued(reminder: int = 1) -> DBTaskResult[..., Any]:
    return DBTaskResult.objects.get(pk=send_reminder.enqueue(reminder).id)


def killed(worker: str) -> None:
    """A worker that came and was killed: its lock is there, and nobody holds it."""
    with on_duty(worker):
        assert is_gone(worker) is False
    assert is_gone(worker) is True


def test_a_task_of_a_killed_worker_is_given_to_the_next_one() -> None:
    killed("one")
    task = taken(queued(), "one")
    assert take_back() == (1, 0)
    task.refresh_from_db()
    assert (task.status, task.started_at) == (READY, None)
    assert DBTaskResult.objects.ready().get() == task, "the next worker finds it"
    assert take_back() == (0, 0), "whoever looks a moment later finds nothing to take back"


def test_a_task_that_ends_two_workers_is_not_given_to_a_third() -> None:
    killed("one")
    killed("two")
    task = taken(queued(), "one", "two")
    assert take_back() == (0, 1)
    task.refresh_from_db()
    assert task.status == FAILED
    assert task.finished_at is not None
    (error,) = default_task_backend.get_result(str(task.pk)).errors
    assert error.exception_class is WorkerEnded
    assert "one, two" in error.traceback


def test_who_is_at_work_keeps_the_task_however_long_it_takes() -> None:
    with on_duty("one"):
        task = taken(queued(), "one", since=timezone.now() - timedelta(days=3))
        assert take_back() == (0, 0)
    task.refresh_from_db()
    assert task.status == RUNNING


def test_a_worker_of_another_computer_is_waited_for_some_hours() -> None:
    task = taken(queued(), "elsewhere")
    assert take_back() == (0, 0)
    assert take_back(timezone.now() + UNHEARD + timedelta(minutes=1)) == (1, 0)
    task.refresh_from_db()
    assert task.status == READY


def test_locks_of_workers_that_ended_long_ago_are_cleared_away() -> None:
    killed("old")
    killed("new")
    long_ago = (timezone.now() - workers.FORGOTTEN * 2).timestamp()
    os.utime(workers._folder() / "old", (long_ago, long_ago))
    take_back()
    assert (is_gone("old"), is_gone("new")) == (None, True)


def test_every_look_of_a_living_worker_takes_back_what_another_left(monkeypatch: pytest.MonkeyPatch) -> None:
    killed("one")
    taken(queued(), "one")
    monkeypatch.setattr(daily, "look", lambda: (0, 0))
    monkeypatch.setattr(daily, "close_old_connections", lambda: None)
    stop: Any = type("Told", (), {"wait": lambda self, seconds: True})()
    daily.keep_looking(stop)
    assert DBTaskResult.objects.get().status == READY


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def test_an_import_whose_worker_was_killed_waits_and_is_done_once(programme: SmallProgramme) -> None:
    run = runs.confirm_run(bring(programme.phase, programme.manager, sheet(3)))
    killed("one")
    task = taken(DBTaskResult.objects.get(pk=import_workbook.enqueue(run.pk).id), "one")
    ImportRun.objects.filter(pk=run.pk).update(state="importing", created_at=timezone.now() - timedelta(minutes=1))
    take_back()
    run.refresh_from_db()
    assert runs.settle(run).state == "importing", "its task waits for a worker: nobody has to press anything"
    assert import_workbook.call(run.pk) == "done"
    assert import_workbook.call(run.pk) == "done", "and once more does nothing"
    assert programme.phase.activities.count() == 3
    task.refresh_from_db()
    assert task.status == READY


def test_a_workbook_whose_reader_was_killed_is_read_again_by_itself(programme: SmallProgramme) -> None:
    run = bring(programme.phase, programme.manager, sheet(300))
    killed("one")
    taken(DBTaskResult.objects.get(pk=read_workbook.enqueue(run.pk).id), "one")
    ImportRun.objects.filter(pk=run.pk).update(state="reading", **runs.NOTHING)
    run.chunks.filter(position__gt=0).delete()
    take_back()
    assert read_workbook.call(run.pk) == "previewed"
    run.refresh_from_db()
    assert run.added == 300


def test_a_task_given_up_leaves_the_import_to_its_owner(programme: SmallProgramme) -> None:
    run = runs.confirm_run(bring(programme.phase, programme.manager, sheet()))
    killed("two")
    taken(DBTaskResult.objects.get(pk=import_workbook.enqueue(run.pk).id), "one", "two")
    ImportRun.objects.filter(pk=run.pk).update(state="importing")
    assert take_back() == (0, 1)
    run.refresh_from_db()
    assert runs.settle(run).state == "interrupted"
    assert runs.confirm_run(run).state == "queued", "the owner may try again"


@pytest.mark.own_installation
@pytest.mark.usefixtures("programme")
def test_a_worker_killed_in_the_middle_is_followed_by_another_that_does_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With processes of their own, as ``serve`` starts them; takes some seconds, as three of them start."""
    from pilotage.cli.serving import background_worker

    installed = Installation(tmp_path)
    installed.prepare()
    installed.python(CONFIRM)
    for name, value in installed.settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with background_worker() as worker:
        assert rows_written_unseen(tmp_path, worker) > 0
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        asked = f"SELECT status, json_array_length(worker_ids) FROM {DBTaskResult._meta.db_table}"
        with closing(sqlite3.connect(tmp_path / "pilotage.sqlite3")) as database:
            for _attempt in range(600):
                (said,) = database.execute(asked).fetchall()
                if said[0] in {"SUCCESSFUL", "FAILED"}:
                    break
                time.sleep(0.1)
    assert said == ("SUCCESSFUL", 2)
    assert installed.state() == ["2000", "2000", "done"], "every row once"


CONFIRM = """
import django
django.setup()
from pilotage.domain.membership.models import User
from pilotage.domain.programme.models import Phase
from pilotage.exchange.tasks import import_workbook
from pilotage.exchange.workbooks import runs
from tests.exchange.test_interrupted_imports import ROWS, sheet
from tests.exchange.workbooks import bring
run = runs.confirm_run(bring(Phase.objects.get(code="demo-1"), User.objects.get(email__startswith="manager"), sheet(ROWS)))
import_workbook.enqueue(run.pk)
"""
