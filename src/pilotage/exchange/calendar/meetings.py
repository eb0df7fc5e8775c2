"""Meetings as iCalendar: invitations by mail (RFC 5546: REQUEST, CANCEL), a file to take home, events of the feed.

A meeting keeps its UID for ever; what a calendar shows of it counts in SEQUENCE, so that an update replaces the earlier
invitation and a cancellation takes it away. Everybody gets a message of their own: no address is shown to others.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress, vText

from pilotage.domain.steering.deadlines import day_of, last_day_of
from pilotage.domain.steering.invitations import claim_invitation, mark_failed, mark_sent, unsent
from pilotage.domain.steering.models import Invitation, Meeting
from pilotage.domain.steering.words import MeetingState
from pilotage.kit.actors import SystemActor
from pilotage.kit.texts import wording

SENDER = SystemActor("Invitations")
WAITS = (5, 15, 60, 180, 360)
"""Minutes to wait before the first, second … new attempt; the last one again and again."""
STATUS = {MeetingState.PLANNED: "TENTATIVE", MeetingState.CANCELLED: "CANCELLED"}


def times_of(meeting: Meeting) -> tuple[datetime, datetime] | tuple[date, date] | None:
    """From when to when: the hours of its sessions, else whole days, else None where the day is not known.

    Of whole days the end is the day after, as calendars have it. Reads the sessions.
    """
    timed = [one for one in meeting.sessions.all() if one.starts_at]
    if timed:
        starts = min(one.starts_at for one in timed if one.starts_at)
        ends = max((one.ends_at or one.starts_at + timedelta(hours=1)) for one in timed if one.starts_at)
        return starts, ends
    first, last = day_of(meeting), last_day_of(meeting)
    if first is None or last is None or last < first:
        return None
    return first, last + timedelta(days=1)


def meeting_event(meeting: Meeting, language: str, address: str, made_at: datetime) -> Event | None:
    """The meeting as an event in ``language``; None where its day is not known. ``address`` is that of the site."""
    times = times_of(meeting)
    if times is None:
        return None
    phase = meeting.phase
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{phase.code}.pilotage")
    event.add("summary", wording(meeting.title, language))
    for name, moment in zip(("dtstart", "dtend"), times, strict=True):
        event.add(name, moment.astimezone(UTC) if isinstance(moment, datetime) else moment)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("sequence", meeting.sequence)
    event.add("status", STATUS.get(MeetingState(meeting.state), "CONFIRMED"))
    event.add("url", f"{address}/{phase.code}/meetings/{meeting.code}/")
    if meeting.place:
        event.add("location", wording(meeting.place.name_on(day_of(meeting) or meeting.begins_on), language))
    elif meeting.mode == "online":
        event.add("location", str(meeting.get_mode_display()))
    event.add("description", f"{meeting.get_kind_display()} · {meeting.get_state_display()}")
    return event


def meeting_file(meeting: Meeting, language: str) -> bytes | None:
    """The meeting as a file for one's own calendar; None where its day is not known."""
    return _calendar(meeting, language, "PUBLISH", None, timezone.now())


def invitation_file(invitation: Invitation) -> bytes | None:
    """What is attached to the mail: a REQUEST or a CANCEL for this person alone."""
    return _calendar(
        invitation.meeting, invitation.language, invitation.method.upper(), invitation, invitation.asked_at
    )


def _calendar(
    meeting: Meeting, language: str, method: str, invitation: Invitation | None, made_at: datetime
) -> bytes | None:
    with override(language):
        event = meeting_event(meeting, language, settings.BASE_URL, made_at)
        if event is None:
            return None
        if invitation is not None:
            organiser = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
            organiser.params["cn"] = vText(wording(meeting.phase.short_title or meeting.phase.title, language))
            event["organizer"] = organiser
            guest = vCalAddress(f"mailto:{invitation.email}")
            guest.params["cn"] = vText(invitation.name)
            guest.params["role"] = vText("REQ-PARTICIPANT")
            guest.params["partstat"] = vText("NEEDS-ACTION")
            guest.params["rsvp"] = vText("FALSE")
            event.add("attendee", guest, encode=False)
            event["sequence"] = invitation.sequence
            if method == "CANCEL":
                event["status"] = "CANCELLED"
        calendar = Calendar()
        calendar.add("prodid", f"-//Pilotage//{meeting.phase.code}//{language.upper()}")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", method)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def events_of(meetings: Iterable[Meeting], language: str, address: str, made_at: datetime) -> list[Event]:
    """The meetings whose day is known, as events of the feed."""
    found = (meeting_event(one, language, address, made_at) for one in meetings)
    return [event for event in found if event is not None]


def waiting() -> list[int]:
    """The invitations that are kept and not sent."""
    return unsent(timezone.now())


def send(pk: int) -> str:
    """Sends one invitation: ``sent``, ``failed`` (to be tried again) or ``busy`` (sent already, or in other hands)."""
    invitation = claim_invitation(by=SENDER, pk=pk, now=timezone.now())
    if invitation is None:
        return "busy"
    try:
        message_for(invitation).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        mark_failed(by=SENDER, invitation=invitation, problem=f"{type(error).__name__}: {error}")
        return "failed"
    mark_sent(by=SENDER, invitation=invitation)
    return "sent"


def next_attempt(pk: int) -> timedelta:
    """How long to wait before an invitation is tried again."""
    attempts = Invitation.objects.values_list("attempts", flat=True).get(pk=pk)
    return timedelta(minutes=WAITS[min(max(attempts, 1), len(WAITS)) - 1])


def message_for(invitation: Invitation) -> EmailMultiAlternatives:
    """The mail in the person's language, with the invitation that calendars understand."""
    meeting, language = invitation.meeting, invitation.language
    content = invitation_file(invitation)
    if content is None:
        raise ValueError("the day of the meeting is not known")
    earlier = meeting.invitations.filter(email=invitation.email, sequence__lt=invitation.sequence, method="request")
    cancelled = invitation.method == Invitation.Method.CANCEL
    with override(language):
        if cancelled:
            subject = _("Cancelled: %(title)s")
        elif earlier.exists():
            subject = _("Changed: %(title)s")
        else:
            subject = _("Invitation: %(title)s")
        body = render_to_string(
            "meetings/invitation.txt",
            {
                "invitation": invitation,
                "meeting": meeting,
                "phase": meeting.phase,
                "agenda": meeting.agenda.select_related("session").order_by("session__position", "position", "id"),
                "sessions": [one for one in meeting.sessions.all() if one.starts_at],
                "cancelled": cancelled,
                "changed": earlier.exists(),
                "address": f"{settings.BASE_URL}/{meeting.phase.code}/meetings/{meeting.code}/",
                "fictional": meeting.phase.programme.fictional,
            },
        )
        title = subject % {"title": wording(meeting.title, language)}
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    message = EmailMultiAlternatives(
        subject=" ".join(title.split()),
        body=body,
        to=[_written_address(invitation)],
        headers={"Message-ID": f"<invitation-{invitation.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    text = content.decode()
    message.attach_alternative(text, f"text/calendar; method={invitation.method.upper()}")
    message.attach("meeting.ics", text, "text/calendar")
    return message


def _written_address(invitation: Invitation) -> str:
    return formataddr((" ".join(invitation.name.split()), invitation.email))
