"""Who is invited to a meeting by mail, when, and what became of it.

An invitation is kept before anything is sent, taken up by one worker at a time and marked when the mail server took it,
so nothing is lost where the server is down and nothing goes out twice. Everybody gets a version of the invitation once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.steering.access import require_meeting_edit
from pilotage.domain.steering.deadlines import day_of
from pilotage.domain.steering.models import BodyMember, Invitation, Meeting
from pilotage.domain.steering.queries import seats_on
from pilotage.domain.steering.words import MeetingState
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.mails import MOST_ATTEMPTS

CLAIM = timedelta(minutes=15)
"""A worker that took up an invitation this long ago and said nothing since was ended: another may try."""
INVITING = frozenset({MeetingState.PLANNED, MeetingState.CONVENED})


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody with an address, and the seat for which they are invited."""

    seat: BodyMember | None
    name: str
    email: str
    language: str


def invitees(meeting: Meeting) -> list[Invitee]:
    """Members and alternates of the body with an address, each address once; a seat's user is reached by the account."""
    found: dict[str, Invitee] = {}
    if meeting.body is None:
        return []
    for seat in seats_on(meeting.body, meeting.begins_on).select_related("institution", "user"):
        user = seat.user
        email = seat.email or (user.email if user else "")
        language = seat.language or (user.language if user else "") or "en"
        name = seat.delegate or (user.name if user else "")
        for who, address in ((name, email), (seat.alternate, seat.alternate_email)):
            if address:
                found.setdefault(address.lower(), Invitee(seat, who or address, address, language))
    return list(found.values())


def without_address(meeting: Meeting) -> list[BodyMember]:
    """The seats whose member cannot be invited by mail."""
    if meeting.body is None:
        return []
    seats = seats_on(meeting.body, meeting.begins_on).select_related("institution", "user")
    return [seat for seat in seats if not seat.email and seat.user is None]


def is_still_ahead(meeting: Meeting, today: date) -> bool:
    """True where somebody can still be invited: the meeting is planned or convened, and its last day has not passed."""
    return meeting.state in INVITING and (meeting.ends_on is None or meeting.ends_on >= today)


def to_invite(meeting: Meeting) -> list[Invitee]:
    """Those who do not have the invitation as it stands now; nobody once the meeting was held or called off."""
    if meeting.state not in INVITING:
        return []
    have = {
        email.lower()
        for email in meeting.invitations.filter(
            method=Invitation.Method.REQUEST, sequence=meeting.sequence
        ).values_list("email", flat=True)
    }
    return [one for one in invitees(meeting) if one.email.lower() not in have]


def invite(*, by: Actor, meeting: Meeting, viewer: Viewer | None = None) -> list[Invitation]:
    """Keeps the invitations that are to go out now, and returns them. Raises NotAllowed, ValidationError."""
    require_meeting_edit(viewer, meeting)
    if meeting.state not in INVITING:
        raise ValidationError(_("Invitations go out before the meeting is held."))
    if not is_still_ahead(meeting, timezone.localdate()):
        raise ValidationError(_("The day of the meeting has passed: nobody can be invited to it any more."))
    if day_of(meeting) is None:
        raise ValidationError(_("The day of the meeting is not known yet: a calendar cannot hold it."))
    with operation("invite to meeting", by=by):
        # Two people press at the same moment: the second finds nobody left to invite.
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        people = to_invite(locked)
        if not people:
            raise ValidationError(_("Everybody with an address has this invitation already."))
        return _keep(by, locked, people, Invitation.Method.REQUEST)


def take_back(*, by: Actor, meeting: Meeting) -> list[Invitation]:
    """Keeps cancellations for all who were invited; part of cancelling the meeting."""
    invited = {
        one.email.lower(): Invitee(one.member, one.name, one.email, one.language)
        for one in meeting.invitations.filter(method=Invitation.Method.REQUEST).order_by("id")
    }
    with operation("take back invitations", by=by):
        return _keep(by, meeting, invited.values(), Invitation.Method.CANCEL)


def _keep(by: Actor, meeting: Meeting, people: Iterable[Invitee], method: str) -> list[Invitation]:
    kept = []
    for one in people:
        invitation = Invitation(
            meeting=meeting,
            member=one.seat,
            name=one.name,
            email=one.email,
            language=one.language,
            method=method,
            sequence=meeting.sequence,
            asked_at=timezone.now(),
            asked_by=by.actor_name,
        )
        invitation.full_clean()
        invitation.save()
        kept.append(invitation)
    return kept


def unsent(now: datetime, meeting: Meeting | None = None) -> list[int]:
    """The invitations that are to be sent and that no worker has in hand, oldest first."""
    waiting = _free(now)
    if meeting is not None:
        waiting = waiting.filter(meeting=meeting)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def claim_invitation(*, by: Actor, pk: int, now: datetime) -> Invitation | None:
    """Takes up an invitation for sending; None where it is sent or given up, or another worker has it in hand."""
    with operation("take up invitation", by=by):
        invitation: Invitation | None = _free(now).select_for_update().filter(pk=pk).first()
        if invitation is None:
            return None
        invitation.claimed_at, invitation.attempts = now, invitation.attempts + 1
        invitation.save()
    return Invitation.objects.select_related("meeting__phase", "meeting__place", "meeting__body").get(pk=pk)


def mark_sent(*, by: Actor, invitation: Invitation) -> None:
    """Keeps that the mail server took it."""
    with operation("send invitation", by=by):
        invitation.sent_at, invitation.problem, invitation.claimed_at = timezone.now(), "", None
        invitation.save()


def mark_failed(*, by: Actor, invitation: Invitation, problem: str) -> None:
    """Keeps why it was not sent, and lets it be tried again."""
    with operation("send invitation", by=by):
        invitation.problem, invitation.claimed_at = problem[:300], None
        invitation.save()


def _free(now: datetime) -> QuerySet[Invitation]:
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    return Invitation.objects.filter(free, sent_at=None, attempts__lt=MOST_ATTEMPTS)


def invite_again(*, by: Actor, viewer: Viewer | None, meeting: Meeting) -> list[Invitation]:
    """Lets the invitations of a meeting that were given up be tried anew, from the first attempt. Raises NotAllowed."""
    require_meeting_edit(viewer, meeting)
    with operation("send invitation again", by=by):
        found = [one for one in meeting.invitations.filter(sent_at=None) if one.given_up]
        for one in found:
            one.attempts, one.problem = 0, ""
            one.save()
        return found
