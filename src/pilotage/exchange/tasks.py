"""What the background worker does with workbooks."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from pilotage.exchange.answers import reminding
from pilotage.exchange.calendar import meetings
from pilotage.exchange.models import ImportRun
from pilotage.exchange.workbooks import runs


@task()
def read_workbook(run: int) -> str:
    """Reads an uploaded workbook; returns the state that it is left in."""
    found = ImportRun.objects.select_related("user").filter(pk=run).first()
    return str(runs.read_run(found).state) if found else ""


@task()
def import_workbook(run: int) -> str:
    """Imports a workbook that its owner has confirmed; returns the state that it is left in."""
    found = ImportRun.objects.select_related("user").filter(pk=run).first()
    return str(runs.import_run(found).state) if found else ""


@task()
def send_reminder(reminder: int) -> str:
    """Sends one reminder; where the mail server does not take it, tries again later."""
    said = reminding.send(reminder)
    if said == "failed":
        send_reminder.using(run_after=timezone.now() + reminding.next_attempt(reminder)).enqueue(reminder)
    return said


@task()
def send_meeting_invitation(invitation: int) -> str:
    """Sends one invitation to a meeting; where the mail server does not take it, tries again later."""
    said = meetings.send(invitation)
    if said == "failed":
        send_meeting_invitation.using(run_after=timezone.now() + meetings.next_attempt(invitation)).enqueue(invitation)
    return said
