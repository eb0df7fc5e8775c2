"""What is done without anybody asking: the day's reminders, and mails that wait. The background worker looks every minute.

Once a day holds for any number of workers and through restarts: the day is claimed in the database, the planning can
be repeated without effect, and each reminder is sent by whoever claims it first.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from pilotage.domain.recommendations.reminders import claim_day, finish_day
from pilotage.exchange.answers import reminding
from pilotage.exchange.calendar import meetings
from pilotage.exchange.tasks import send_meeting_invitation, send_reminder
from pilotage.kit.workers import take_back

JOB = "reminders"
SECONDS = 60
log = logging.getLogger(__name__)


def look(now: datetime | None = None) -> tuple[int, int]:
    """Plans the day's reminders where nobody has yet, and gives all that wait to the workers.

    Returns how many were planned and how many given out. What was lost with a worker that was ended is given out again.
    """
    now = now or timezone.now()
    day = timezone.localtime(now).date()
    planned = 0
    if timezone.localtime(now).hour >= settings.REMIND_AT and claim_day(JOB, day, now):
        planned = len(reminding.plan_day(day))
        finish_day(JOB, day, now)
    ready = queued()
    given = [pk for pk in reminding.waiting() if pk not in ready]
    for pk in given:
        send_reminder.enqueue(pk)
    invited = queued(send_meeting_invitation)
    for pk in meetings.waiting():
        if pk not in invited:
            send_meeting_invitation.enqueue(pk)
    return planned, len(given)


def queued(task: Task = send_reminder) -> set[int]:
    """The keys for which a worker will do ``task`` by itself: now, or when the next attempt is due."""
    waiting = DBTaskResult.objects.filter(task_path=task.module_path, status=TaskResultStatus.READY)
    return {int(one["args"][0]) for one in waiting.values_list("args_kwargs", flat=True)}


def keep_looking(stop: threading.Event | None = None) -> None:
    """Looks every minute until told to stop; whatever goes wrong is logged, and tried again a minute later."""
    stop = stop or threading.Event()
    while True:
        try:
            # Another worker may have been killed meanwhile.
            take_back()
            look()
        except Exception:
            log.exception("the day's reminders could not be looked after; another try follows in a minute")
        finally:
            close_old_connections()
        if stop.wait(SECONDS):
            return
