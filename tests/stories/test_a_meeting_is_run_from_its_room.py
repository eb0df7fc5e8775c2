"""A meeting is run from one page: by plain forms, and by a script that may send everything twice."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from pilotage.domain.steering.action_points import move_action_point
from pilotage.domain.steering.agendas import plan_consultation
from pilotage.domain.steering.models import ActionPoint, AgendaItem, Decision, FollowUp, Meeting, Presence, RoomSending
from pilotage.domain.steering.operations import move_meeting, write_summary
from pilotage.domain.steering.words import ActionState
from pilotage.web.room.entries import mark_of
from tests.answers import issued
from tests.browse import form_of, signed_in, words_of
from tests.meetings import Steering, make_steering
from tests.records import TESTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def steering() -> Steering:
    return make_steering()


@pytest.fixture
def browser(steering: Steering) -> Client:
    return signed_in(steering.coordinator)


def sent(browser: Client, steering: Steering, do: str, **fields: Any) -> Any:
    """A plain form."""
    item = fields.get("item", "")
    box = fields.pop("box", f"{do}-{item}" if item else do)
    key = fields.pop("key", f"{box}-{RoomSending.objects.count()}-{len(fields)}")
    return browser.post(steering.room, {"do": do, "box": box, "key": key, **fields})


def scripted(browser: Client, steering: Steering, do: str, key: str, **fields: Any) -> tuple[int, dict[str, Any]]:
    """What the script sends."""
    headers = {"X-Room": "1", "X-Room-User": str(steering.coordinator.pk)}
    answer = browser.post(steering.room, {"do": do, "box": do, "key": key, **fields}, headers=headers)
    return answer.status_code, json.loads(answer.content)


def everybody(browser: Client, steering: Steering) -> Any:
    seats = [str(seat.pk) for seat in steering.body.members.all()]
    return sent(browser, steering, "seats", seat=seats, **{f"present-{seat}": "on" for seat in seats})


def items(steering: Steering) -> list[AgendaItem]:
    return list(steering.meeting.agenda.order_by("position"))


def test_it_opens_with_what_became_of_earlier_decisions_and_action_points(steering: Steering, browser: Client) -> None:
    page = browser.get(steering.room)
    told = words_of(page)
    assert "Plan endorsed" in told
    assert "Send the list" in told
    assert "overdue" in told
    assert "No quorum yet: 0 of 3 voting members are present; the chair is missing; the Delegation is missing." in told
    assert "F8" in told, "the keys are visible"
    sent(browser, steering, "follow", box=f"follow-{steering.decision.pk}", decision=steering.decision.pk,
         standing="under_way", text="Signed in March", was=form_of(page, "was")["was"])  # fmt: skip
    follow_up = FollowUp.objects.get()
    assert (follow_up.text, follow_up.meeting, follow_up.by_name) == ("Signed in March", steering.meeting, "Aida")
    assert follow_up.standing == "under_way"
    sent(browser, steering, "point", point=steering.point.pk, step="note", words="The list is at the ministry")
    sent(browser, steering, "point", point=steering.point.pk, step="report_done", words="Sent on Monday", version=1)
    told = words_of(browser.get(steering.room))
    assert "Signed in March" in told
    assert "Sent on Monday" in told
    moves = list(steering.point.moves.values_list("move", "words", "meeting"))
    assert moves == [
        ("note", "The list is at the ministry", steering.meeting.pk),
        ("report_done", "Sent on Monday", steering.meeting.pk),
    ]


def test_who_is_there_is_ticked_and_the_quorum_is_said_at_once(steering: Steering, browser: Client) -> None:
    chair, envoy, member = (str(seat.pk) for seat in steering.body.members.order_by("pk"))
    here = {f"present-{chair}": "on", f"present-{envoy}": "on", f"alternate-{envoy}": "on"}
    assert sent(browser, steering, "seats", seat=[chair, envoy, member], **here).status_code == 302
    page = words_of(browser.get(steering.room))
    assert "Quorum: 2 of 3 voting members are present." in page
    assert set(Presence.objects.filter(meeting=steering.meeting).values_list("name", "present_as")) == {
        ("Ms Chair", "member"),
        ("Ms Deputy", "alternate"),
    }
    status, answer = scripted(browser, steering, "seats", "k1", seat=chair)
    assert status == 200
    assert "No quorum yet: 1 of 3 voting members are present; the chair is missing." in answer["html"]
    assert Presence.objects.filter(meeting=steering.meeting, member__pk=envoy).exists(), "a seat not spoken of stays"


def test_guests_come_and_go(steering: Steering, browser: Client) -> None:
    service = steering.trial.services["TJ"].name["en"]
    done = sent(browser, steering, "guest", name="Ms Observer", institution=service, present_as="observer")
    assert done.status_code == 302
    guest = Presence.objects.get(member=None, meeting=steering.meeting)
    assert (guest.name, guest.institution) == ("Ms Observer", steering.trial.services["TJ"])
    refused = sent(browser, steering, "guest", name="Nobody", institution="No such house", present_as="guest", key="x")
    assert refused.status_code == 422
    assert "No such house" in refused.content.decode()
    sent(browser, steering, "leave", presence=guest.pk)
    assert not Presence.objects.filter(member=None, meeting=steering.meeting).exists()


def test_a_decision_without_quorum_is_refused_clearly_and_its_words_are_kept(
    steering: Steering, browser: Client
) -> None:
    item = items(steering)[1]
    refused = sent(browser, steering, "decision", item=item.pk, text_en="Endorse the plan", text_ru="Одобрить план")
    assert refused.status_code == 422
    assert "No quorum: 0 of 3 voting members are present; the chair is missing" in words_of(refused)
    assert form_of(refused, "addressee")["text_en"] == "" or "Endorse the plan" in refused.content.decode()
    assert "Одобрить план" in refused.content.decode()
    assert not Decision.objects.filter(meeting=steering.meeting).exists()
    everybody(browser, steering)
    again = sent(browser, steering, "decision", item=item.pk, text_en="Endorse the plan", text_ru="Одобрить план",
                 addressee=steering.trial.services["KZ"].name["ru"])  # fmt: skip
    assert again.status_code == 302
    decision = Decision.objects.get(meeting=steering.meeting)
    assert (decision.text, decision.item) == ({"en": "Endorse the plan", "ru": "Одобрить план"}, item)
    assert decision.addressee == steering.trial.services["KZ"]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"due_on": "2023-12-01"}, "exactly one owner"),
        ({"owner": "KZ"}, "Give the day by which it is due"),
        ({"owner": "KZ", "due_on": "2020-01-01"}, "before the meeting that gave it"),
        ({"owner": "KZ", "due_on": "tomorrow"}, "not a day"),
        ({"owner": "The moon", "due_on": "2023-12-01"}, "neither an institution nor one person"),
    ],
)
def test_an_action_point_without_owner_or_day_is_refused_and_its_words_are_kept(
    steering: Steering, browser: Client, fields: dict[str, str], problem: str
) -> None:
    if fields.get("owner") == "KZ":
        fields = {**fields, "owner": steering.trial.services["KZ"].name["en"]}
    item = items(steering)[0]
    refused = sent(browser, steering, "action", item=item.pk, text_en="Name a focal point", **fields)
    assert refused.status_code == 422
    assert problem in words_of(refused)
    assert "Name a focal point</textarea>" in refused.content.decode()
    assert not ActionPoint.objects.filter(meeting=steering.meeting).exists()


def test_an_action_point_belongs_to_one_agency_or_one_person_of_the_staff(steering: Steering, browser: Client) -> None:
    item = items(steering)[0]
    agency = steering.trial.services["KZ"].name["ru"]
    sent(browser, steering, "action", item=item.pk, text_en="Name a focal point", owner=agency, due_on="2023-12-01")
    sent(browser, steering, "action", item=item.pk, text_ru="Разослать", owner="aida", due_on="2023-12-01", key="other")
    first, second = ActionPoint.objects.filter(meeting=steering.meeting).order_by("pk")
    assert (first.owner_institution, first.first_due_on) == (steering.trial.services["KZ"], date(2023, 12, 1))
    assert second.owner_user == steering.coordinator


def test_a_recommendation_is_noted_once(steering: Steering, browser: Client) -> None:
    one = issued(steering.trial, "KZ")
    item = items(steering)[0]
    sent(browser, steering, "mention", item=item.pk, recommendation=f"{one.code} Adopt", came_out_of_it="on")
    sent(browser, steering, "mention", item=item.pk, recommendation=one.code, key="again")
    assert steering.meeting.mentions.get().recommendation == one
    wrong = sent(browser, steering, "mention", item=item.pk, recommendation="R-999", key="wrong")
    assert wrong.status_code == 422
    assert one.code in words_of(browser.get(steering.room))


def test_what_is_sent_twice_is_taken_once(steering: Steering, browser: Client) -> None:
    everybody(browser, steering)
    item = items(steering)[1]
    first = scripted(browser, steering, "decision", "one-key", item=item.pk, text_en="Endorse")
    second = scripted(browser, steering, "decision", "one-key", item=item.pk, text_en="Endorse")
    assert first[0] == second[0] == 200
    assert first[1]["said"] == second[1]["said"] == "Decision 1 is recorded."
    assert Decision.objects.filter(meeting=steering.meeting).count() == 1
    scripted(browser, steering, "decision", "another-key", item=item.pk, text_en="Endorse")
    assert Decision.objects.filter(meeting=steering.meeting).count() == 2


def test_a_refused_sending_may_come_again_under_its_key(steering: Steering, browser: Client) -> None:
    item = items(steering)[1]
    assert scripted(browser, steering, "decision", "k", item=item.pk, text_en="Endorse")[0] == 422
    assert not RoomSending.objects.filter(key="k").exists()
    everybody(browser, steering)
    assert scripted(browser, steering, "decision", "k", item=item.pk, text_en="Endorse")[0] == 200


def test_two_writers_of_one_summary_see_both_texts_and_lose_none(steering: Steering, browser: Client) -> None:
    item = items(steering)[0]
    page = browser.get(steering.room)
    was = form_of(page, "language")["was"]
    write_summary(by=TESTER, item=item, language="en", text="Theirs", version=item.version)
    status, answer = scripted(browser, steering, "summary", "a", item=item.pk, language="en", text="Mine", was=was)
    assert (status, answer["theirs"], answer["by"]) == (409, "Theirs", "tests")
    # In the other language nobody wrote: no conflict.
    assert scripted(browser, steering, "summary", "b", item=item.pk, language="ru", text="Моё", was=was)[0] == 200
    plain = sent(browser, steering, "summary", box=f"summary-{item.pk}-en", item=item.pk, language="en", text="Mine",
                 was=was)  # fmt: skip
    assert plain.status_code == 409
    assert "Theirs" in words_of(plain)
    assert ">Mine</textarea>" in plain.content.decode()
    assert (
        scripted(browser, steering, "summary", "c", item=item.pk, language="en", text="Both", was=answer["was"])[0]
        == 200
    )
    item.refresh_from_db()
    assert item.summary == {"en": "Both", "ru": "Моё"}


def test_a_lost_session_is_told_and_nobody_writes_in_anothers_name(steering: Steering, browser: Client) -> None:
    item = items(steering)[0]
    nobody = Client()
    headers = {"X-Room": "1", "X-Room-User": str(steering.coordinator.pk)}
    values = {"do": "summary", "box": "b", "key": "k", "item": item.pk, "language": "en", "text": "x", "was": ""}
    assert nobody.post(steering.room, values, headers=headers).status_code == 401
    manager, _viewer = steering.trial.user("PM")
    other = signed_in(manager).post(steering.room, values, headers=headers)
    assert (other.status_code, json.loads(other.content)) == (401, {"why": "other"})
    plain = nobody.post(steering.room, {**values, "box": f"summary-{item.pk}-en", "text": "Typed before"})
    assert plain.status_code == 302
    nobody.force_login(steering.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    assert "Typed before</textarea>" in nobody.get(steering.room).content.decode()


def test_the_words_of_a_decision_change_until_the_minutes_are_out(steering: Steering, browser: Client) -> None:
    everybody(browser, steering)
    item = items(steering)[1]
    sent(browser, steering, "decision", item=item.pk, text_en="Endorse")
    decision = Decision.objects.get(meeting=steering.meeting)
    fields = {"decision": decision.pk, "text_en": "Endorse the plan", "text_ru": "Одобрить план"}
    stale = sent(browser, steering, "reword", box=f"reword-{decision.pk}", was="other", **fields)
    assert stale.status_code == 409
    page = browser.get(steering.room).content.decode()
    was = page.split(f'name="decision" value="{decision.pk}"><input type="hidden" name="was" value="')[1].split('"')[0]
    assert sent(browser, steering, "reword", key="r", was=was, **fields).status_code == 302
    decision.refresh_from_db()
    assert decision.text == {"en": "Endorse the plan", "ru": "Одобрить план"}


def test_only_the_manager_lets_decisions_stand_without_quorum(steering: Steering, browser: Client) -> None:
    assert sent(browser, steering, "waive", reason="ToR 7").status_code == 422
    manager, _viewer = steering.trial.user("PM")
    assert sent(signed_in(manager), steering, "waive", reason="ToR 7").status_code == 302
    item = items(steering)[1]
    assert sent(browser, steering, "decision", item=item.pk, text_en="Endorse").status_code == 302
    assert "decisions stand all the same: ToR 7" in words_of(browser.get(steering.room))


def test_others_do_not_enter_and_a_closed_room_takes_nothing(steering: Steering, browser: Client) -> None:
    stranger, _viewer = steering.trial.user("NC", name="Bek", country=steering.trial.countries["TJ"])
    member, _viewer = steering.trial.user("SM", country=steering.trial.countries["KZ"])
    assert [signed_in(user).get(steering.room).status_code for user in (stranger, member)] == [403, 403]
    assert Client().get(steering.room).status_code == 302
    item = items(steering)[0]
    write_summary(by=TESTER, item=item, language="en", text="Said", version=item.version)
    for step in ("hold", "draft_minutes", "circulate"):
        move_meeting(by=TESTER, meeting=Meeting.objects.get(pk=steering.meeting.pk), step=step,
                     effective_on=date(2023, 9, 12))  # fmt: skip
    page = browser.get(steering.room)
    assert "room.js" not in page.content.decode()
    assert "circulated" in words_of(page)
    assert sent(browser, steering, "guest", name="Late", present_as="guest").status_code == 422


def test_what_is_done_in_between_is_refused_not_doubled(steering: Steering, browser: Client) -> None:
    move_action_point(by=TESTER, point=steering.point, step="report_done", words="sent")
    stale = scripted(browser, steering, "point", "p", point=steering.point.pk, step="report_done", words="x", version=1)
    assert stale[0] == 422
    steering.point.refresh_from_db()
    assert (steering.point.state, steering.point.moves.count()) == (ActionState.IN_PROGRESS, 1)


def test_the_page_asks_little_of_the_database(
    steering: Steering, browser: Client, django_assert_max_num_queries: Any
) -> None:
    browser.get(steering.room)
    with django_assert_max_num_queries(40):
        browser.get(steering.room)


def test_two_who_say_differently_how_a_decision_stands_see_both(steering: Steering, browser: Client) -> None:
    was = form_of(browser.get(steering.room), "standing")["was"]
    follow = {"decision": steering.decision.pk, "text": "Signed"}
    status, answer = scripted(browser, steering, "follow", "a", standing="done", was=was, **follow)
    assert status == 200
    assert "carried out" in answer["html"]
    status, answer = scripted(browser, steering, "follow", "b", standing="under_way", was=was, **follow)
    assert (status, answer["theirs"], answer["chosen"]) == (409, "Signed", "done")
    told = words_of(browser.get(f"/{steering.trial.phase.code}/meetings/{steering.meeting.code}/"))
    assert "carried out" in told
    assert "carried out" in words_of(browser.get(f"/{steering.trial.phase.code}/meetings/{steering.before.code}/"))


def test_who_takes_part_in_a_consultation_is_written_in_the_room(steering: Steering, browser: Client) -> None:
    session = plan_consultation(by=TESTER, meeting=steering.meeting, institution=steering.trial.services["TJ"])
    assert "Who takes part, in English" in words_of(browser.get(steering.room))
    write = {"session": session.pk, "language": "en", "was": mark_of("")}
    assert scripted(browser, steering, "present", "a", text="Col. Saidov", **write)[0] == 200
    assert scripted(browser, steering, "present", "b", text="Полковник Саидов", **{**write, "language": "ru"})[0] == 200
    session.refresh_from_db()
    assert session.present_text == {"en": "Col. Saidov", "ru": "Полковник Саидов"}
    status, answer = scripted(browser, steering, "present", "c", text="Somebody else", **write)
    assert (status, answer["theirs"]) == (409, "Col. Saidov")
    joint = steering.meeting.sessions.get(kind="joint")
    assert scripted(browser, steering, "present", "d", text="x", **{**write, "session": joint.pk})[0] == 422
