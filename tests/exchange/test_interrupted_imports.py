"""Processes die and people collide: an import is whole or it is nothing, and it can always be started again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import edit_activity
from pilotage.exchange.models import ImportRun
from pilotage.exchange.tasks import import_workbook, read_workbook
from pilotage.exchange.workbooks import runs
from pilotage.exchange.workbooks.told import worded
from pilotage.exchange.workbooks.turns import at_work
from tests.exchange.programme import SYSTEM, SmallProgramme, small_programme
from tests.exchange.workbooks import bring, decide, workbook

pytestmark = pytest.mark.django_db
HEAD = ["Code", "Title", "Type", "Component", "Countries", "Women TJ", "Men TJ"]


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def sheet(rows: int = 1, title: str = "Course") -> bytes:
    body = [[f"A-{number:05}", title, "training", "1", "Tajikistan", 5, 7] for number in range(rows)]
    return workbook(("Activities", [HEAD, *body]))


def signed_in(programme: SmallProgramme) -> Client:
    client = Client()
    client.force_login(programme.manager, backend="django.contrib.auth.backends.ModelBackend")
    return client


def long_ago(run: ImportRun) -> None:
    """As if it had been brought a minute ago."""
    ImportRun.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(minutes=1))
    run.refresh_from_db()


def taken_by_a_dead_worker(since: int = 60) -> None:
    """The queue as a killed worker leaves it: its task is "running" for ever."""
    begun = timezone.now() - timedelta(seconds=since)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=begun, worker_ids=["gone"])


def test_a_worker_killed_while_it_imports_leaves_a_run_that_can_be_started_again(programme: SmallProgramme) -> None:
    run = runs.confirm_run(bring(programme.phase, programme.manager, sheet()))
    import_workbook.enqueue(run.pk)
    taken_by_a_dead_worker()
    ImportRun.objects.filter(pk=run.pk).update(state="importing")
    long_ago(run)
    client = signed_in(programme)
    page = client.get(f"/demo-1/imports/{run.pk}/").content.decode()
    assert "interrupted" in page
    assert "Import again" in page
    client.post(f"/demo-1/imports/{run.pk}/import/")
    run.refresh_from_db()
    assert run.state == "queued"
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1
    assert runs.import_run(run, wait=1).state == "done"
    assert Activity.objects.count() == 1


def test_a_worker_killed_before_it_began_leaves_a_run_that_can_be_started_again(programme: SmallProgramme) -> None:
    run = runs.confirm_run(bring(programme.phase, programme.manager, sheet()))
    import_workbook.enqueue(run.pk)
    long_ago(run)
    assert runs.settle(run).state == "queued", "its task waits"
    taken_by_a_dead_worker(since=2)
    assert runs.settle(run).state == "queued", "it may only just have been taken"
    taken_by_a_dead_worker()
    assert runs.settle(run).state == "interrupted"
    assert decide(run).state == "done"


def test_a_worker_killed_while_it_reads_leaves_a_workbook_that_is_read_again(programme: SmallProgramme) -> None:
    run = bring(programme.phase, programme.manager, sheet(600))
    read_workbook.enqueue(run.pk)
    taken_by_a_dead_worker()
    ImportRun.objects.filter(pk=run.pk).update(state="reading", **runs.NOTHING)
    run.chunks.filter(position__gt=0).delete()
    long_ago(run)
    runs.settle(run)
    assert (run.state, run.may_import) == ("interrupted", False), "half of a preview is never imported"
    signed_in(programme).post(f"/demo-1/imports/{run.pk}/again/")
    run.refresh_from_db()
    assert run.state == "uploaded"
    runs.read_run(run)
    assert (run.state, run.added) == ("previewed", 600)


def test_a_worker_that_starts_settles_what_the_last_one_left(programme: SmallProgramme) -> None:
    run = runs.confirm_run(bring(programme.phase, programme.manager, sheet()))
    ImportRun.objects.filter(pk=run.pk).update(state="importing")
    other = bring(programme.phase, programme.manager, sheet(2))
    assert runs.settle_all() == 1
    run.refresh_from_db()
    other.refresh_from_db()
    assert (run.state, other.state) == ("interrupted", "previewed")


def test_the_same_run_is_never_worked_at_twice(programme: SmallProgramme) -> None:
    run = runs.confirm_run(bring(programme.phase, programme.manager, sheet()))
    with at_work(run.pk):
        assert runs.import_run(run, wait=0).state == "queued"
        assert runs.settle(run).state == "queued"
    assert not Activity.objects.exists()
    assert runs.import_run(run, wait=0).state == "done"
    assert runs.import_run(run, wait=0).state == "done"
    assert Activity.objects.count() == 1


def test_two_people_who_bring_the_same_new_codes_do_not_mix(programme: SmallProgramme) -> None:
    one = bring(programme.phase, programme.manager, sheet(3, "One"))
    other = bring(programme.phase, programme.officer, sheet(4, "Other"))
    assert decide(one).state == "done"
    assert decide(other).state == "failed"
    assert [activity.title["en"] for activity in Activity.objects.all()] == ["One"] * 3
    runs.read_run(other)
    assert (other.added, other.changed) == (1, 3)
    assert decide(other).state == "done"
    assert {activity.title["en"] for activity in Activity.objects.all()} == {"Other"}


def test_why_it_failed_is_read_in_the_readers_language(programme: SmallProgramme) -> None:
    decide(bring(programme.phase, programme.manager, sheet()))
    run = bring(programme.phase, programme.manager, sheet(title="New title"), language="ru")
    activity = Activity.objects.get()
    edit_activity(by=SYSTEM, activity=activity, entry=ActivityEntry({"mode": "online"}), version=activity.version)
    decide(run)
    run.refresh_from_db()
    (problem,) = run.problems
    assert problem["params"] == {"title": "A-00000 Course"}
    assert "was changed by somebody since the preview" in worded(problem)
    with override("ru"):
        assert "A-00000 Course" in worded(problem)
        assert "changed" not in worded(problem)
    page = signed_in(programme).get(f"/demo-1/imports/{run.pk}/", headers={"Accept-Language": "en"})
    assert "was changed by somebody" in page.content.decode()


def test_a_rule_broken_since_the_preview_is_worded_for_the_reader(programme: SmallProgramme) -> None:
    content = workbook(("Activities", [[*HEAD, "Planned start", "Planned end"], ["A-1", "Course", "training", "1", "TJ", 1, 1,
                                                                               "2023-06-01", "2023-06-02"]]))  # fmt: skip
    run = bring(programme.phase, programme.manager, content)
    phases: Any = type(programme.phase)._base_manager
    phases.filter(pk=programme.phase.pk).raw_update(original_start="2023-09-01")
    assert decide(run).state == "failed"
    assert "outside the phase" in worded(run.problems[0])
    with override("ru"):
        assert "phase" not in worded(run.problems[0])
    assert not Activity.objects.exists()


def test_rows_kept_by_an_older_version_are_still_read(programme: SmallProgramme) -> None:
    with override("ru"):
        assert worded({"sheet": "", "cell": "", "level": "W", "text": {"en": "Old", "ru": "Старое"}}) == "Старое"


# With processes of their own, as they run on a server

STATE = """
import django
django.setup()
from pilotage.domain.activities.models import Activity
from pilotage.exchange.models import ImportRun
from pilotage.exchange.workbooks import runs
from pilotage.kit.models import Change
for run in ImportRun.objects.all():
    runs.settle(run)
print(Activity.objects.count(), Change.objects.filter(record_type="activities.activity").count(),
      *ImportRun.objects.order_by("pk").values_list("state", flat=True))
"""
ROWS = 2000
ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """A data folder of its own with processes that work in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.settings |= {"PILOTAGE_DATA": str(folder), "PYTHONPATH": str(ROOT)}

    def prepare(self) -> None:
        """Makes its database: a copy of that of this test."""
        (self.folder / "pilotage.sqlite3").write_bytes(connection.connection.serialize())

    def python(self, code: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", code], env=self.settings, check=True, capture_output=True, text=True, cwd=self.folder
        ).stdout

    def bring(self, path: Path, who: str = "manager") -> subprocess.Popen[str]:
        command = "import sys; from pilotage.cli.main import main; sys.exit(main())"
        options = [
            "import",
            str(path),
            "--phase",
            "demo-1",
            "--as",
            f"{who}@demo-1.example.org",
            "--yes",
            "--rows",
            "0",
        ]
        return subprocess.Popen(
            [sys.executable, "-c", command, *options], env=self.settings, cwd=self.folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def state(self) -> list[str]:
        return self.python(STATE).split()


@pytest.mark.own_installation
@pytest.mark.usefixtures("programme")
def test_a_process_killed_in_the_middle_writes_nothing_and_two_at_once_both_end(tmp_path: Path) -> None:
    """Takes some seconds: five processes start and read their workbooks."""
    installed = Installation(tmp_path)
    installed.prepare()
    path = tmp_path / "plan.xlsx"
    path.write_bytes(sheet(ROWS))
    process = installed.bring(path)
    assert rows_written_unseen(tmp_path, process) > 0, process.communicate()
    process.kill()
    process.communicate()
    assert installed.state() == ["0", "0", "interrupted"]
    other = tmp_path / "other.xlsx"
    other.write_bytes(sheet(300))
    both = [installed.bring(path), installed.bring(other, "officer")]
    said = [process.communicate()[0] for process in both]
    # Whichever came first is whole; the other one wanted to add what was there by then, and wrote nothing, or it read
    # the register after that and changed what it had promised.
    assert sorted(process.returncode for process in both) in ([0, 0], [0, 1]), said
    activities, changes, *states = installed.state()
    assert states[0] == "interrupted"
    assert "done" in states[1:]
    assert activities in {"300", str(ROWS)}
    assert int(changes) >= int(activities)


def rows_written_unseen(folder: Path, process: Any) -> int:
    """Waits until the import has written rows that nobody sees yet, and says how many."""
    for _attempt in range(6000):
        if process.poll() is not None:
            return 0
        for progress in (folder / "imports").glob("run-*"):
            # The lock for writing is made when writing begins; until then it is the rows read that are counted.
            writing = (folder / "imports" / "turn").exists()
            done = int(progress.read_text() or 0)
            if writing and 500 <= done < ROWS:
                return done
        time.sleep(0.005)
    return 0
