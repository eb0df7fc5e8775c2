"""How far the data checks reach for one reader, and how many of their lines wait for that reader."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from pilotage.domain.activities.access import (
    can_edit_persons,
    own_activities,
    sees_persons,
    visible_activities,
    visible_persons,
)
from pilotage.domain.activities.checks import Checking, Count, Question
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import can_edit_meeting, visible_meetings
from pilotage.domain.steering.checks import meeting_findings
from pilotage.kit.models import Change
from pilotage.kit.past.moment import past

REMEMBERED = 600
"""Seconds for which a number is kept, as long as the reader writes nothing."""


def reach_of(viewer: Viewer, phase: Phase, today: date, *, own: bool) -> Question:
    """What the checks are asked for ``viewer``: all that they see, or the ``own`` that they may mend."""
    activities = own_activities(viewer, phase) if own else visible_activities(viewer, phase)
    persons = visible_persons(viewer, phase) if sees_persons(viewer, phase) else None
    if persons is not None and own and not can_edit_persons(viewer, phase):
        persons = persons.none()
    return Question(activities, persons, phase, today)


def lines_awaiting(viewer: Viewer, phase: Phase, today: date) -> int:
    """How many lines of the data checks ``viewer`` may mend or explain: errors, and warnings without a reason.

    Counted anew after ``viewer`` wrote anything, else every ten minutes: counting costs more than the rest of a first
    page. Nothing waits for anybody who looks at the past.
    """
    if viewer.user is None or past() or not viewer.is_staff_in(phase):
        return 0
    written = Change.objects.filter(actor_id=viewer.user.pk).order_by("-id").values_list("operation", flat=True).first()
    key = f"checks-awaiting-{phase.pk}-{viewer.user.pk}-{today.isoformat()}-{written}"
    known: int | None = cache.get(key)
    if known is None:
        known = _counted(viewer, phase, today)
        cache.set(key, known, REMEMBERED)
    return known


def checking_of(question: Question) -> Checking:
    """The checks asked ``question``; how much each finds is counted once as long as nobody writes anything.

    Whoever turns the page, or looks at one check after another, waits for the lines of the page shown alone.
    """
    if past():
        return Checking(question)
    written = Change.objects.order_by("-id").values_list("operation", flat=True).first()
    asked = "\n".join(_told(records) for records in (question.activities, question.persons))
    key = f"checks-counted-{question.today}-{written}-{hashlib.sha256(asked.encode()).hexdigest()}"
    known: Mapping[str, Count] | None = cache.get(key)
    checking = Checking(question, counts=known)
    if known is None:
        cache.set(key, checking.counts, REMEMBERED)
    return checking


def _told(records: QuerySet | None) -> str:
    """Which records are meant, as the database is asked for them."""
    try:
        return "" if records is None else str(records.query)
    except EmptyResultSet:
        return "none"


def _counted(viewer: Viewer, phase: Phase, today: date) -> int:
    checking = checking_of(reach_of(viewer, phase, today, own=True))
    waiting = sum(one.open for one in checking.counts.values())
    for one in meeting_findings(visible_meetings(viewer, phase), today):
        one.meeting.phase = phase
        waiting += can_edit_meeting(viewer, one.meeting) and not one.reason
    return waiting
