"""Members get a meeting into their calendar: invited once, told of changes by the same entry, told when it is off."""

from __future__ import annotations

import smtplib
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar, Component

from pilotage.domain.steering.agendas import edit_session
from pilotage.domain.steering.bodies import replace_seat
from pilotage.domain.steering.invitations import CLAIM, claim_invitation, invite, invitees, to_invite, unsent
from pilotage.domain.steering.models import Invitation, Meeting
from pilotage.domain.steering.operations import edit_meeting, move_meeting
from pilotage.exchange.calendar import meetings
from pilotage.kit.models import Change
from tests.browse import signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme
from tests.rounds import a_body
from tests.rounds import convened as convened_on

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = TODAY + timedelta(days=40)


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


@pytest.fixture
def meeting(trial: SmallProgramme) -> Meeting:
    return convened_on(trial, a_body(trial), DAY)


def sent_now() -> list[str]:
    """Sends what waits."""
    return [meetings.send(pk) for pk in unsent(timezone.now())]


def event_of(message: mail.EmailMessage) -> tuple[str, Component]:
    """The method and the event of an invitation, as a calendar program reads the mail."""
    parts = [part for part in message.message().walk() if part.get_content_type() == "text/calendar"]
    assert parts[0].get_param("method") is not None, "the part says its method, or calendars take it for a file"
    content = parts[0].get_payload(decode=True)
    assert isinstance(content, bytes)
    calendar = Calendar.from_ical(content)
    assert str(calendar["method"]) == parts[0].get_param("method")
    return str(calendar["method"]), next(iter(calendar.walk("VEVENT")))


def test_an_invitation_an_update_and_a_cancellation_are_one_entry(meeting: Meeting) -> None:
    assert [one.email for one in invitees(meeting)] == ["asel@example.org", "bek@example.org"]
    invite(by=TESTER, meeting=meeting)
    assert sent_now() == ["sent", "sent"]
    to_asel, to_bek = mail.outbox
    assert f"Invitation: Meeting of {DAY.year}" in to_asel.subject
    assert "Приглашение" in to_bek.subject, "in the member's language"
    assert "bek@" not in str(to_asel.message()), "nobody sees the addresses of others"
    method, first = event_of(to_asel)
    assert (method, int(str(first["sequence"]))) == ("REQUEST", 0)

    later = (DAY + timedelta(days=2)).isoformat()
    edit_meeting(by=TESTER, meeting=meeting, values={"starts": later, "ends": later}, version=meeting.version)
    assert len(to_invite(meeting)) == 2, "everybody wants the update"
    invite(by=TESTER, meeting=meeting)
    sent_now()
    method, second = event_of(mail.outbox[2])
    assert (method, int(str(second["sequence"])), second["uid"]) == ("REQUEST", 1, first["uid"])
    assert "Changed:" in mail.outbox[2].subject

    move_meeting(by=TESTER, meeting=meeting, step="cancel", reason="The minister travels.")
    sent_now()
    assert len(mail.outbox) == 6
    method, last = event_of(mail.outbox[4])
    assert (method, int(str(last["sequence"])), last["uid"], str(last["status"])) == (
        "CANCEL",
        2,
        first["uid"],
        "CANCELLED",
    )


def test_what_nobody_was_told_yet_needs_no_update(meeting: Meeting) -> None:
    edit_meeting(by=TESTER, meeting=meeting, values={"mode": "online"}, version=meeting.version)
    assert meeting.sequence == 0
    invite(by=TESTER, meeting=meeting)
    edit_meeting(by=TESTER, meeting=meeting, values={"confidentiality": "public"}, version=meeting.version)
    assert meeting.sequence == 0, "who may see it is no matter of a calendar"
    session = meeting.sessions.get()
    starts = timezone.make_aware(datetime.combine(DAY, time(9)))
    for _time in range(2):
        edit_session(by=TESTER, session=session, starts_at=starts, ends_at=starts + timedelta(hours=3))
        meeting.refresh_from_db()
        assert meeting.sequence == 1, "saved again without a change, nobody has to learn of it"


def test_the_mail_server_is_down_for_a_day_and_nothing_is_lost_or_sent_twice(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(by=TESTER, meeting=meeting)

    def down(*_: object, **__: object) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", down)
        assert sent_now() == ["failed", "failed"]
        assert sent_now() == ["failed", "failed"]
    assert Invitation.objects.filter(sent_at=None).exclude(problem="").count() == 2
    assert sent_now() == ["sent", "sent"]
    assert sent_now() == []
    assert len(mail.outbox) == 2
    assert not to_invite(meeting)


def test_a_worker_that_was_ended_leaves_the_invitation_to_another(meeting: Meeting) -> None:
    one = invite(by=TESTER, meeting=meeting)[0]
    now = timezone.now()
    assert claim_invitation(by=TESTER, pk=one.pk, now=now) is not None
    assert claim_invitation(by=TESTER, pk=one.pk, now=now) is None, "in other hands"
    assert claim_invitation(by=TESTER, pk=one.pk, now=now + CLAIM + timedelta(seconds=1)) is not None


def test_who_follows_on_a_seat_is_invited_and_who_left_is_not(meeting: Meeting) -> None:
    assert meeting.body is not None
    seat = meeting.body.members.get(chair=True)
    values = {"delegate": "Dinara", "email": "dinara@example.org"}
    replace_seat(by=TESTER, seat=seat, last_day=DAY - timedelta(days=1), values=values, version=seat.version)
    assert [one.email for one in invitees(meeting)] == ["dinara@example.org", "bek@example.org"]


def test_the_page_says_who_was_invited_when_and_a_second_press_sends_nothing(
    trial: SmallProgramme, meeting: Meeting
) -> None:
    manager = signed_in(trial.user("PM")[0])
    page = f"/{trial.phase.code}/meetings/{meeting.code}/invitations/"
    assert "2 people are to be invited" in words_of(manager.get(page))
    said = words_of(manager.post(page, follow=True))
    assert "2 invitations are on their way" in said
    assert "asel@example.org invitation version 1" in said
    again = manager.post(page)
    assert again.status_code == 422
    assert "Everybody with an address has this invitation already." in words_of(again)
    assert Change.objects.filter(name="invite to meeting", record_type="steering.invitation").count() == 2


def test_a_meeting_whose_day_has_passed_invites_nobody_and_asks_for_no_update(trial: SmallProgramme) -> None:
    meeting = convened_on(trial, a_body(trial), DAY)
    invite(by=TESTER, meeting=meeting)
    past = (TODAY - timedelta(days=1)).isoformat()
    meeting = edit_meeting(by=TESTER, meeting=meeting, values={"starts": past, "ends": past}, version=meeting.version)
    said = meeting.sequence
    manager = signed_in(trial.user("PM")[0])
    here = f"/{trial.phase.code}/meetings/{meeting.code}/"
    shown = manager.get(f"{here}invitations/")
    assert "The day of the meeting has passed" in words_of(shown)
    assert "<button>Send" not in shown.content.decode()
    assert "Send the" not in words_of(manager.get(here))
    with pytest.raises(ValidationError, match="has passed"):
        invite(by=TESTER, meeting=meeting)
    edit_meeting(by=TESTER, meeting=meeting, values={"mode": "online"}, version=meeting.version)
    assert meeting.sequence == said
    moved = DAY.isoformat()
    edit_meeting(by=TESTER, meeting=meeting, values={"starts": moved, "ends": moved}, version=meeting.version)
    assert "Send the update" in words_of(manager.get(f"{here}invitations/")), "put off: those who know must learn of it"


def test_a_meeting_held_without_invitations_shows_no_page_for_them(trial: SmallProgramme) -> None:
    meeting = convened_on(trial, a_body(trial), TODAY - timedelta(days=3))
    manager = signed_in(trial.user("PM")[0])
    assert "Invitations" not in words_of(manager.get(f"/{trial.phase.code}/meetings/{meeting.code}/"))


def test_invitations_that_were_given_up_are_sent_again_by_one_press(trial: SmallProgramme, meeting: Meeting) -> None:
    invite(by=TESTER, meeting=meeting)
    Invitation.objects.raw_update(attempts=60, problem="gone")
    assert sent_now() == []
    manager = signed_in(trial.user("PM")[0])
    page = f"/{trial.phase.code}/meetings/{meeting.code}/invitations/"
    assert "2 mails could not be sent in two weeks and are given up." in words_of(manager.get(page))
    assert "2 invitations are on their way" in words_of(manager.post(page, {"again": "1"}, follow=True))
    assert sent_now() == ["sent", "sent"]
