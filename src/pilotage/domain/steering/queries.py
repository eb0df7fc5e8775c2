"""What meetings left behind, and what the next one opens with."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from pilotage.domain.steering.models import ActionPoint, BodyMember, Decision, FollowUp, Meeting, SteeringBody
from pilotage.domain.steering.rules import Quorum, Seat, Terms, quorum
from pilotage.domain.steering.words import HELD, UNFINISHED, Standing


def seats_on(body: SteeringBody, day: date | None) -> QuerySet[BodyMember]:
    """The seats of a body on ``day``."""
    seats = body.members.select_related("institution")
    if day is None:
        return seats
    return seats.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day))


def quorum_of(meeting: Meeting) -> Quorum:
    """The quorum of a meeting as its attendance stands. A meeting without a body needs none and reaches it."""
    body = meeting.body
    if body is None:
        return Quorum(present=0, voting=0, chair_missing=False, delegation_missing=False, reached=True)
    present = {presence.member_id for presence in meeting.presences.all()}
    seats = [
        Seat(seat.voting, seat.pk in present, seat.chair, seat.delegation)
        for seat in body.members.all()
        if seat.holds_on(meeting.begins_on)
    ]
    return quorum(seats, Terms(body.quorum_share, body.quorum_needs_chair, body.quorum_needs_delegation))


def earlier_meetings(meeting: Meeting) -> QuerySet[Meeting]:
    """The meetings of the same body (or kind and country) that were held before this one, latest first."""
    same = Q(body=meeting.body) if meeting.body_id else Q(kind=meeting.kind, country=meeting.country)
    earlier = Meeting.objects.filter(same, phase=meeting.phase, state__in=HELD).exclude(pk=meeting.pk)
    if meeting.begins_on:
        earlier = earlier.filter(begins_on__lt=meeting.begins_on)
    return earlier.order_by("-begins_on", "-pk")


def last_meeting_before(meeting: Meeting) -> Meeting | None:
    """The meeting of the same body before this one."""
    return earlier_meetings(meeting).first()


def carried_over(meeting: Meeting) -> QuerySet[ActionPoint]:
    """Every action point that this meeting must speak of: of the last meeting, and any older one not finished then.

    None is dropped between meetings (domain handbook, 5): unfinished ones appear until done or cancelled, and what
    was finished since the last meeting appears once more.
    """
    earlier = earlier_meetings(meeting)
    finished_since = Q(meeting__in=earlier.values("pk")[:1]) | Q(done_on__gt=Subquery(earlier.values("begins_on")[:1]))
    return (
        ActionPoint.objects.filter(meeting__in=earlier)
        .filter(Q(state__in=UNFINISHED) | finished_since)
        .select_related("meeting", "owner_institution", "owner_user")
        .order_by("meeting__begins_on", "code")
    )


def earlier_decisions(meeting: Meeting) -> QuerySet[Decision]:
    """Every decision that this meeting must hear of: of the last meeting, and any older one that is not settled.

    A decision is settled once a later meeting has heard that it was carried out or overtaken. One that is under way,
    or that was passed over in silence, stands on the list again, so that none is dropped.
    """
    earlier = earlier_meetings(meeting)
    heard = FollowUp.objects.filter(decision=OuterRef("pk"), meeting__in=earlier.order_by().values("pk"))
    latest = heard.order_by("-meeting__begins_on", "-meeting_id").values("standing")[:1]
    return (
        Decision.objects.filter(meeting__in=earlier.order_by().values("pk"))
        .alias(standing=Subquery(latest))
        .filter(Q(meeting__in=earlier.values("pk")[:1]) | Q(standing=None) | Q(standing=Standing.UNDER_WAY))
        .select_related("meeting", "addressee")
        .order_by("meeting__begins_on", "meeting_id", "number")
    )


def later_meetings(point: ActionPoint) -> QuerySet[Meeting]:
    """The later meetings of the same body that had to speak of the action point, first one first.

    It is taken up at every one until it is finished, and once more at the first one after that.
    """
    given = point.meeting
    same = Q(body=given.body) if given.body_id else Q(kind=given.kind, country=given.country, body=None)
    later = Meeting.objects.filter(same, phase=point.phase, state__in=HELD).exclude(pk=given.pk)
    later = later.filter(begins_on__gt=given.begins_on) if given.begins_on else later.none()
    finished = point.done_on
    if finished is None and point.state not in UNFINISHED:
        cancelled = point.moves.filter(move="cancel").last()
        finished = cancelled.effective_on if cancelled else None
    if finished is None:
        return later.order_by("begins_on", "pk")
    after = (
        later.filter(begins_on__gte=finished).order_by("begins_on", "pk").values_list("begins_on", flat=True).first()
    )
    return (later.filter(begins_on__lte=after) if after else later).order_by("begins_on", "pk")
