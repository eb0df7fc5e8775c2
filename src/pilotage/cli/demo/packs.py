"""The packs and minutes of the fictional rounds: begun while the demo is loaded, made by the background worker.

What is begun is noted as an issue that waits for its turn (``documents.models.Issuing``); that note is the whole memory of
this work. However often the worker is stopped, it goes on with what still waits, and does nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from pilotage.cli.generate.telling import GENERATOR
from pilotage.documents.models import Issuing, Publication, PublicationState
from pilotage.documents.operations import open_publication
from pilotage.documents.rounds import KIND_OF
from pilotage.domain.membership.models import Role, User
from pilotage.domain.steering.models import Meeting, MeetingMove, MeetingRound
from pilotage.domain.steering.words import MeetingKind, MeetingState
from pilotage.kit.changes import operation

GATHERED, ISSUED = time(13, 0), time(13, 30)
"""Local hours of the day on which a pack is made; its papers are sent at two."""
CLOSED = (MeetingState.APPROVED, MeetingState.PUBLISHED)


def at_hour(day: date, hour: time) -> datetime:
    """The moment on a day at which something of the simulation happened."""
    return timezone.make_aware(datetime.combine(day, hour))


def day_of_packs(meeting: Meeting) -> date | None:
    """When the pack of a meeting was made: the national ones in one go, before the first papers are sent, the regional
    one before its own. None where that day has not come.
    """
    if meeting.kind == MeetingKind.REGIONAL_STEERING:
        sent: date | None = meeting.papers_sent_on
        return sent
    others = Meeting.objects.filter(round=meeting.round, kind=MeetingKind.NATIONAL_STEERING)
    return min((day for day in others.values_list("papers_sent_on", flat=True) if day), default=None)


def day_of_minutes(meeting: Meeting) -> date | None:
    """When the minutes were given out: on the day they were published, or approved where nothing is published."""
    last = MeetingMove.objects.filter(meeting=meeting, to_state__in=CLOSED).order_by("-effective_on", "-pk").first()
    published = last is not None and (last.to_state == MeetingState.PUBLISHED or meeting.round_id is None)
    return last.effective_on if last is not None and published else None


def begin_packs(rounds: int | None = None) -> tuple[int, int]:
    """Opens the packs and minutes of all fictional rounds in the order of their days; those whose day has come wait to be
    made. Returns how many wait, and of how many rounds. ``rounds`` takes no more than so many, the newest ones.

    The regional pack of the round under way is opened and stays a draft: somebody should see how one is made.
    """
    manager = User.objects.filter(assignments__role=Role.PM, assignments__phase__programme__fictional=True).first()
    if manager is None:
        return 0, 0
    waiting, told = 0, set()
    for day, kind, meeting in sorted(_wanted(rounds), key=lambda one: (one[0] or date.max, one[1], one[2].code)):
        with operation("generate programme", by=GENERATOR, recorded_at=at_hour(day, time(9)) if day else None):
            opened = open_publication(by=manager, viewer=None, phase=meeting.phase, kind=kind, meeting=meeting)
        if day is None:
            continue
        now = timezone.now()
        Issuing.objects.create(publication=opened, asked_by=manager, begun_at=now, heard_at=now)
        waiting += 1
        told.add(meeting.round_id)
    return waiting, len(told - {None})


def _wanted(rounds: int | None) -> Iterator[tuple[date | None, str, Meeting]]:
    """Each document with the day on which it was issued; None for one that is still a draft."""
    meetings = Meeting.objects.filter(phase__programme__fictional=True).select_related("phase__programme", "round")
    newest = list(MeetingRound.objects.filter(phase__programme__fictional=True).order_by("-year")[:rounds])
    if rounds is not None:
        meetings = meetings.filter(round__in=newest)
    for meeting in meetings.exclude(state=MeetingState.CANCELLED).order_by("begins_on", "code"):
        kind = KIND_OF.get(MeetingKind(meeting.kind))
        if kind and (meeting.papers_sent_on or meeting.round in newest[:1]):
            yield day_of_packs(meeting) if meeting.papers_sent_on else None, kind, meeting
        if given_out := day_of_minutes(meeting):
            yield given_out, "minutes", meeting


def waiting_documents() -> QuerySet[Publication]:
    """The drafts that this work has still to make; whatever somebody took in hand meanwhile is left to them."""
    return Publication.objects.filter(
        phase__programme__fictional=True,
        meeting__isnull=False,
        state=PublicationState.DRAFT,
        issuings__open=True,
        issuings__stage=Issuing.Stage.WAITING,
    )
