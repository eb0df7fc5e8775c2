"""What the demo does in the background after its start."""

from __future__ import annotations

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from pilotage.cli.demo.making import is_left, make_next

LAST = -50
"""Whatever a person asks for goes first."""


@task(priority=LAST)
def make_documents_of_rounds() -> None:
    """Makes one step of the packs and minutes of the fictional rounds, and puts the next one behind everything else."""
    if make_next():
        make_documents_of_rounds.enqueue()


def resume() -> None:
    """Goes on where a worker was stopped; nothing where all is made, or where the next step waits already."""
    path = make_documents_of_rounds.module_path
    if is_left() and not DBTaskResult.objects.filter(task_path=path, status="READY").exists():
        make_documents_of_rounds.enqueue()
