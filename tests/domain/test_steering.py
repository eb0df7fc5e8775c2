"""Meetings decide with a quorum, and nothing that they ordered is dropped before it is done."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.steering.access import visible_action_points, visible_meetings
from pilotage.domain.steering.action_points import add_action_point, edit_action_point, move_action_point
from pilotage.domain.steering.models import ActionPoint, Meeting, SteeringBody
from pilotage.domain.steering.operations import (
    add_agenda_item,
    add_body,
    add_meeting,
    answer_comment,
    comment_minutes,
    edit_meeting,
    move_meeting,
    record_decision,
    record_presence,
    waive_quorum,
    write_summary,
)
from pilotage.domain.steering.queries import carried_over, earlier_decisions, quorum_of
from pilotage.domain.steering.room import follow_up_decision
from pilotage.domain.steering.rules import Seat, Terms, quorum, working_days_after, working_days_before
from pilotage.domain.steering.words import ActionState, MeetingState
from pilotage.kit.changes import StaleRecord, operation
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
TERMS = Terms(quorum_share=50, needs_chair=True, needs_delegation=True)


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


@pytest.fixture
def body(trial: SmallProgramme) -> SteeringBody:
    services = list(trial.services.values())
    return add_body(
        by=TESTER,
        values={
            "phase": trial.phase,
            "kind": "national",
            "country": trial.countries["KZ"],
            "title": {
                "en": "National Steering Group of Kazakhstan",
                "ru": "Национальная руководящая группа Казахстана",
            },
        },
        members=[
            {"institution": services[0], "chair": True},
            {"institution": services[1], "delegation": True},
            {"institution": services[2]},
        ],
    )


def convened(trial: SmallProgramme, body: SteeringBody | None, day: date = date(2023, 9, 11)) -> Meeting:
    kind = "national_steering" if body else "donor_coordination"
    values: dict[str, Any] = {"kind": kind, "body": body, "title": {"en": "Meeting"}, "starts": day.isoformat()}
    meeting = add_meeting(by=TESTER, phase=trial.phase, values=values)
    add_agenda_item(by=TESTER, session=meeting.sessions.get(), values={"title": {"en": "Progress"}, "kind": "progress"})
    return move_meeting(by=TESTER, meeting=meeting, step="convene", effective_on=day - timedelta(days=15))


def all_present(meeting: Meeting) -> None:
    assert meeting.body is not None
    for seat in meeting.body.members.all():
        record_presence(by=TESTER, meeting=meeting, values={"member": seat, "name": "Delegate"})


def approved(meeting: Meeting) -> Meeting:
    day = (meeting.begins_on or date.today()) + timedelta(days=1)
    item = meeting.agenda.first()
    assert item is not None
    write_summary(by=TESTER, item=item, language="en", text="All was said.", version=item.version)
    for step in ("hold", "draft_minutes", "circulate", "approve"):
        meeting = move_meeting(by=TESTER, meeting=meeting, step=step, effective_on=day)
    return meeting


def order(meeting: Meeting, trial: SmallProgramme, due: date = date(2023, 12, 31)) -> ActionPoint:
    values = {"text": {"en": "Send the list"}, "owner_institution": trial.services["KZ"], "due_on": due}
    return add_action_point(by=TESTER, meeting=meeting, values=values)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12), st.integers(0, 100))
def test_more_people_in_the_room_never_lose_a_quorum(seats: list[tuple[bool, bool]], share: int) -> None:
    terms = Terms(share, needs_chair=False, needs_delegation=False)
    before = quorum([Seat(voting, present) for voting, present in seats], terms)
    after = quorum([Seat(voting, True) for voting, _present in seats], terms)
    assert after.reached or not before.reached
    assert before.present <= before.voting


def test_half_is_a_quorum_only_with_the_chair_and_the_delegation() -> None:
    seats = [Seat(True, True, chair=True), Seat(True, True, delegation=True), Seat(True, False), Seat(True, False)]
    assert quorum(seats, TERMS).reached
    assert not quorum([Seat(True, False, chair=True), *seats[1:]], TERMS).reached
    assert not quorum([], TERMS).reached


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_working_days_are_never_weekends_and_go_both_ways(day: date, number: int) -> None:
    before = working_days_before(day, number)
    assert number == 0 or before.weekday() < 5
    if day.weekday() < 5:
        assert working_days_after(before, number) == day


def test_a_meeting_without_quorum_decides_nothing_and_says_who_is_missing(
    trial: SmallProgramme, body: SteeringBody
) -> None:
    meeting = convened(trial, body)
    with pytest.raises(ValidationError, match="the chair is missing; the Delegation is missing"):
        record_decision(by=TESTER, meeting=meeting, values={"text": {"en": "Endorsed"}})
    all_present(meeting)
    assert quorum_of(meeting).reached
    assert record_decision(by=TESTER, meeting=meeting, values={"text": {"en": "Endorsed"}}).number == 1


def test_only_the_manager_lets_a_decision_stand_without_quorum_and_says_why(
    trial: SmallProgramme, body: SteeringBody
) -> None:
    meeting = convened(trial, body)
    coordinator, as_coordinator = trial.user("NC", country=trial.countries["KZ"])
    with pytest.raises(NotAllowed):
        waive_quorum(by=coordinator, viewer=as_coordinator, meeting=meeting, reason="urgent")
    manager, as_manager = trial.user("PM")
    waive_quorum(by=manager, viewer=as_manager, meeting=meeting, reason="written procedure, ToR 7")
    record_decision(by=TESTER, meeting=meeting, values={"text": {"en": "Endorsed"}})


def test_nothing_is_dropped_between_meetings(trial: SmallProgramme, body: SteeringBody) -> None:
    first = convened(trial, body, date(2021, 9, 13))
    all_present(first)
    decision = record_decision(by=TESTER, meeting=first, values={"text": {"en": "Plan 2022 endorsed"}})
    old, done = order(first, trial, date(2022, 1, 31)), order(first, trial, date(2022, 1, 31))
    move_action_point(by=TESTER, point=done, step="report_done", words="sent", effective_on=date(2021, 12, 1))
    move_action_point(by=TESTER, point=done, step="confirm", effective_on=date(2021, 12, 2))
    approved(first)
    second = convened(trial, body, date(2022, 9, 12))
    assert set(carried_over(second)) == {old, done}
    assert [decision.text["en"] for decision in earlier_decisions(second)] == ["Plan 2022 endorsed"]
    new = order(second, trial, date(2023, 1, 31))
    approved(second)
    third = convened(trial, body, date(2023, 9, 11))
    assert set(carried_over(third)) == {old, new}
    assert list(earlier_decisions(third)) == [decision], "the second meeting said nothing of it: it stays on the list"
    follow_up_decision(by=TESTER, decision=decision, meeting=third, standing="under_way", text="Half of it is done.")
    assert list(earlier_decisions(third)) == [decision], "at the meeting that heard of it it stands with what was said"
    approved(third)
    fourth = convened(trial, body, date(2024, 9, 9))
    assert list(earlier_decisions(fourth)) == [decision], "under way: it stays on the list"
    follow_up_decision(by=TESTER, decision=decision, meeting=fourth, standing="done")
    assert list(earlier_decisions(fourth)) == [decision]
    approved(fourth)
    assert not earlier_decisions(convened(trial, body, date(2025, 9, 8))).exists(), "carried out: settled"


@pytest.mark.parametrize(
    ("standing", "text", "field"),
    [("", "Signed", "standing"), ("lost", "Signed", "standing"), ("overtaken", " ", "text")],
)
def test_a_follow_up_says_how_the_decision_stands(
    trial: SmallProgramme, body: SteeringBody, standing: str, text: str, field: str
) -> None:
    first = convened(trial, body, date(2021, 9, 13))
    all_present(first)
    decision = record_decision(by=TESTER, meeting=first, values={"text": {"en": "Plan 2022 endorsed"}})
    approved(first)
    second = convened(trial, body, date(2022, 9, 12))
    with pytest.raises(ValidationError) as refused:
        follow_up_decision(by=TESTER, decision=decision, meeting=second, standing=standing, text=text)
    assert set(refused.value.message_dict) == {field}


def test_words_from_before_standings_were_asked_settle_a_decision(trial: SmallProgramme, body: SteeringBody) -> None:
    first = convened(trial, body, date(2021, 9, 13))
    all_present(first)
    decision = record_decision(by=TESTER, meeting=first, values={"text": {"en": "Plan 2022 endorsed"}})
    approved(first)
    second = convened(trial, body, date(2022, 9, 12))
    follow_up = follow_up_decision(by=TESTER, decision=decision, meeting=second, standing="done", text="In force")
    with operation("edit follow-up", by=TESTER):
        follow_up.standing = ""
        follow_up.save()
    approved(second)
    assert not earlier_decisions(convened(trial, body, date(2023, 9, 11))).exists()


def test_an_owner_reports_and_a_coordinator_confirms(trial: SmallProgramme, body: SteeringBody) -> None:
    point = order(convened(trial, body), trial)
    counterpart, as_owner = trial.user("CP", institution=trial.services["KZ"])
    coordinator, as_coordinator = trial.user("NC", country=trial.countries["KZ"])
    stranger, as_stranger = trial.user("CP", name="Other", institution=trial.services["KG"])
    assert set(visible_action_points(as_owner, trial.phase)) == {point}
    with pytest.raises(NotAllowed):
        move_action_point(by=stranger, viewer=as_stranger, point=point, step="report_done", words="sent")
    move_action_point(by=counterpart, viewer=as_owner, point=point, step="report_done", words="sent by letter")
    assert point.state == ActionState.IN_PROGRESS
    with pytest.raises(NotAllowed):
        move_action_point(by=counterpart, viewer=as_owner, point=point, step="confirm")
    move_action_point(by=coordinator, viewer=as_coordinator, point=point, step="confirm")
    assert (point.state, point.done_on) == (ActionState.DONE, timezone.localdate())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"owner_institution": None}, "owner_institution"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date(2020, 1, 1)}, "due_on"),
        ({"text": {}}, "text"),
    ],
)
def test_an_action_point_has_one_owner_a_day_and_words(
    trial: SmallProgramme, body: SteeringBody, values: dict[str, Any], field: str
) -> None:
    meeting = convened(trial, body)
    good = {"text": {"en": "Send"}, "owner_institution": trial.services["KZ"], "due_on": date(2023, 12, 31)}
    with pytest.raises(ValidationError) as refused:
        add_action_point(by=TESTER, meeting=meeting, values={**good, **values})
    assert field in refused.value.message_dict
    assert not ActionPoint.objects.exists()


def test_two_owners_are_refused(trial: SmallProgramme, body: SteeringBody) -> None:
    user, _viewer = trial.user("NC", country=trial.countries["KZ"])
    values = {"text": {"en": "Send"}, "owner_institution": trial.services["KZ"], "owner_user": user}
    with pytest.raises(ValidationError, match="exactly one owner"):
        add_action_point(by=TESTER, meeting=convened(trial, body), values={**values, "due_on": date(2023, 12, 31)})


def test_a_moved_due_date_wants_a_reason_and_the_first_one_is_kept(trial: SmallProgramme, body: SteeringBody) -> None:
    point = order(convened(trial, body), trial)
    with pytest.raises(ValidationError):
        edit_action_point(by=TESTER, point=point, values={"due_on": date(2024, 6, 30)}, version=1)
    edit_action_point(
        by=TESTER, point=point, values={"due_on": date(2024, 6, 30)}, version=1, why="new head of service"
    )
    assert (point.due_on, point.first_due_on) == (date(2024, 6, 30), date(2023, 12, 31))


def test_minutes_are_approved_once_and_then_no_longer_change(trial: SmallProgramme, body: SteeringBody) -> None:
    meeting = convened(trial, body)
    all_present(meeting)
    seen_by_two = Meeting.objects.get(pk=meeting.pk)
    approved(meeting)
    seen_by_two.state = MeetingState.CIRCULATED
    with pytest.raises(ValidationError):
        move_meeting(by=TESTER, meeting=seen_by_two, step="approve")
    with pytest.raises(ValidationError):
        record_decision(by=TESTER, meeting=Meeting.objects.get(pk=meeting.pk), values={"text": {"en": "Late"}})
    assert meeting.moves.filter(move="approve").count() == 1


def test_open_comments_hold_the_approval_back(trial: SmallProgramme, body: SteeringBody) -> None:
    meeting = convened(trial, body)
    item = meeting.agenda.get()
    write_summary(by=TESTER, item=item, language="ru", text="Обсудили.", version=1)
    for step in ("hold", "draft_minutes", "circulate"):
        meeting = move_meeting(by=TESTER, meeting=meeting, step=step, effective_on=date(2023, 9, 20))
    comment = comment_minutes(by=TESTER, meeting=meeting, values={"text": "We said October."})
    with pytest.raises(ValidationError, match="comments"):
        move_meeting(by=TESTER, meeting=meeting, step="approve")
    answer_comment(by=TESTER, comment=comment, outcome="taken", reply="Corrected.")
    assert move_meeting(by=TESTER, meeting=meeting, step="approve").state == MeetingState.APPROVED


def test_two_people_write_the_same_summary_and_the_second_is_told(trial: SmallProgramme, body: SteeringBody) -> None:
    item = convened(trial, body).agenda.get()
    write_summary(by=TESTER, item=item, language="en", text="First", version=1)
    with pytest.raises(StaleRecord):
        write_summary(by=TESTER, item=item, language="en", text="Second", version=1)


def test_a_member_sees_the_meetings_of_the_own_country_and_the_public_what_is_public(
    trial: SmallProgramme, body: SteeringBody
) -> None:
    meeting, other = convened(trial, body), convened(trial, None, date(2023, 3, 1))
    member = trial.user("SM", country=trial.countries["KZ"])[1]
    assert set(visible_meetings(member, trial.phase)) == {meeting}
    manager = trial.user("PM")[1]
    assert set(visible_meetings(manager, trial.phase)) == {meeting, other}


def test_a_meeting_that_moves_takes_the_period_of_its_action_points_along(
    trial: SmallProgramme, body: SteeringBody
) -> None:
    meeting = convened(trial, body)
    point = order(meeting, trial)
    assert (point.given_year, point.given_quarter, point.first_due_year) == (2023, 20233, 2023)
    edit_meeting(
        by=TESTER, meeting=meeting, values={"starts": "2022-12-05", "ends": "2022-12-05"}, version=meeting.version
    )
    point.refresh_from_db()
    assert (point.given_year, point.given_quarter, point.version) == (2022, 20224, 1)


def test_the_sessions_follow_their_meeting_to_another_day(trial: SmallProgramme) -> None:
    meeting = convened(trial, None, date(2023, 9, 11))
    session = meeting.sessions.get()
    with operation("set hours", by=TESTER):
        session.starts_at = datetime(2023, 9, 12, 4, 0, tzinfo=UTC)
        session.save()
    edit_meeting(by=TESTER, meeting=meeting, values={"starts": "2023-09-20"}, version=meeting.version)
    session.refresh_from_db()
    assert session.starts_at == datetime(2023, 9, 21, 4, 0, tzinfo=UTC)
    assert session.ends_at is None
