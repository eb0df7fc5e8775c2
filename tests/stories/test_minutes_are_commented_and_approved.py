"""Minutes go out, members comment, every comment is answered, and the minutes are approved: explicitly or tacitly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from pilotage.domain.steering.access import steps_open_to
from pilotage.domain.steering.deadlines import comments_due, may_approve_tacitly
from pilotage.domain.steering.models import BodyMember, Meeting, MinutesComment
from pilotage.domain.steering.operations import move_meeting
from pilotage.domain.steering.words import MeetingState
from pilotage.kit.changes import operation
from tests.browse import signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme
from tests.rounds import DAY, a_body, circulated

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def minutes_of(trial: SmallProgramme, meeting: Meeting) -> str:
    return f"/{trial.phase.code}/meetings/{meeting.code}/minutes/"


def test_a_member_comments_and_the_secretariat_answers_with_a_reason(trial: SmallProgramme) -> None:
    meeting = circulated(trial, a_body(trial))
    user, _viewer = trial.user("SM", country=trial.countries["KG"])
    seat = BodyMember.objects.get(chair=True)
    with operation("edit seat", by=TESTER):
        seat.user = user
        seat.save()
    member, coordinator = signed_in(user), signed_in(trial.user("NC", country=trial.countries["KG"])[0])
    page = minutes_of(trial, meeting)
    assert "Comments are taken until 3 October 2023." in words_of(member.get(page))
    item = meeting.agenda.order_by("position").first()
    assert item is not None
    said = member.post(f"{page}comments/", {"text": "We said October.", "item": item.pk}, follow=True)
    assert "We said October." in words_of(said)
    comment = MinutesComment.objects.get()
    assert (comment.by_name, comment.institution, comment.author) == ("SM", trial.services["KG"], "")
    by_mail = {"text": "Page 2 is wrong.", "author": "Ms Letter", "received_on": "2023-09-25"}
    assert "recorded by NC" in words_of(coordinator.post(f"{page}comments/", by_mail, follow=True))
    with pytest.raises(ValidationError, match="not answered"):
        move_meeting(by=TESTER, meeting=meeting, step="approve", effective_on=DAY + timedelta(days=40))
    first, second = MinutesComment.objects.order_by("id")
    bare = coordinator.post(f"{page}comments/{first.pk}/", {"outcome": "not_taken", "reply": ""})
    assert "Say why it is not taken over." in words_of(bare)
    assert coordinator.post(f"{page}comments/{first.pk}/", {"outcome": "taken", "reply": ""}).status_code == 302
    reply = {"outcome": "not_taken", "reply": "The record says page 3."}
    assert "The record says page 3." in words_of(coordinator.post(f"{page}comments/{second.pk}/", reply, follow=True))
    assert member.post(f"{page}comments/{first.pk}/", reply).status_code == 403
    assert (
        move_meeting(by=TESTER, meeting=meeting, step="approve", effective_on=DAY + timedelta(days=40)).state
        == MeetingState.APPROVED
    )
    late = member.post(f"{page}comments/", {"text": "Too late."})
    assert late.status_code == 403
    assert MinutesComment.objects.count() == 2


def test_tacit_approval_wants_terms_that_allow_it_and_the_time_to_have_passed(trial: SmallProgramme) -> None:
    meeting = circulated(trial, a_body(trial, tacit_approval=True))
    due = comments_due(meeting)
    assert due == date(2023, 10, 3), "ten working days after 19 September"
    assert not may_approve_tacitly(meeting, due)
    with pytest.raises(ValidationError, match="Tacit approval"):
        move_meeting(by=TESTER, meeting=meeting, step="approve_tacitly", effective_on=due)
    approved = move_meeting(by=TESTER, meeting=meeting, step="approve_tacitly", effective_on=due + timedelta(days=1))
    assert (approved.state, approved.approved_tacitly) == (MeetingState.APPROVED, True)


def test_where_the_terms_do_not_allow_it_nobody_is_offered_tacit_approval(trial: SmallProgramme) -> None:
    meeting = circulated(trial, a_body(trial))
    viewer = trial.user("PM")[1]
    assert "approve_tacitly" not in {step.name for step in steps_open_to(viewer, meeting)}
    with pytest.raises(ValidationError, match="Tacit approval"):
        move_meeting(by=TESTER, meeting=meeting, step="approve_tacitly", effective_on=date(2024, 1, 1))


def test_a_member_of_another_country_can_neither_read_nor_comment(trial: SmallProgramme) -> None:
    meeting = circulated(trial, a_body(trial))
    stranger = signed_in(trial.user("SM", country=trial.countries["TJ"])[0])
    assert stranger.get(minutes_of(trial, meeting)).status_code == 404
    assert stranger.post(f"{minutes_of(trial, meeting)}comments/", {"text": "Mine."}).status_code == 404
