"""What a meeting may not do is refused in the reader's language, with what is missing; nothing is half done."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from pilotage.domain.steering.models import ActionPoint, Decision, Meeting
from pilotage.domain.steering.operations import move_meeting
from pilotage.domain.steering.words import MeetingState
from tests.browse import signed_in, words_of
from tests.meetings import Steering, make_steering
from tests.records import TESTER, small_programme
from tests.rounds import a_body, circulated

DECISION = {"do": "decision", "text_en": "Endorse the plan", "text_ru": "Одобрить план"}
ACTION = {"do": "action", "text_en": "Name a focal point", "text_ru": "Назначить координатора"}


@pytest.fixture
def steering(db: None) -> Steering:
    return make_steering()


def refused(steering: Steering, language: str, **fields: Any) -> str:
    """What the room answers to a form, with the words that were typed still in it."""
    item = steering.meeting.agenda.order_by("position")[1]
    box = f"{fields['do']}-{item.pk}"
    values = {"box": box, "key": box, "item": item.pk, **fields}
    page = signed_in(steering.coordinator).post(f"{steering.room}?lang={language}", values)
    assert page.status_code == 422
    for typed in (fields["text_en"], fields["text_ru"]):
        assert f"{typed}</textarea>" in page.content.decode()
    assert not Decision.objects.filter(meeting=steering.meeting).exists()
    assert not ActionPoint.objects.filter(meeting=steering.meeting).exists()
    return words_of(page)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No quorum: 0 of 3 voting members are present; the chair is missing; the Delegation is missing."),
        ("ru", "Нет кворума: присутствуют 0 из 3 членов с правом голоса; нет председателя; "),
    ],
)
def test_a_decision_without_quorum(steering: Steering, language: str, said: str) -> None:
    assert said in refused(steering, language, **DECISION).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "fields", "said"),
    [
        ("en", {"due_on": "2023-12-01"}, "An action point has exactly one owner."),
        ("ru", {"due_on": "2023-12-01"}, "У поручения ровно один исполнитель."),
        ("en", {"owner": "Aida"}, "Give the day by which it is due."),
        ("ru", {"owner": "Aida"}, "Укажите срок исполнения."),
    ],
)
def test_an_action_point_without_owner_or_day(
    steering: Steering, language: str, fields: dict[str, str], said: str
) -> None:
    assert said in refused(steering, language, **ACTION, **fields).replace("\u00a0", " ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("en", "That is done already: First did it"), ("ru", "Это уже сделано: First")]
)
def test_minutes_approved_a_second_time(language: str, said: str) -> None:
    trial = small_programme()
    meeting = circulated(trial, a_body(trial))
    page = f"/{trial.phase.code}/meetings/{meeting.code}/move/?lang={language}"
    first, second = (signed_in(trial.user("PM", name=name)[0]) for name in ("First", "Second"))
    assert first.post(page, {"step": "approve"}).status_code == 302
    assert said in words_of(second.post(page, {"step": "approve"}, follow=True))
    assert meeting.moves.filter(move="approve").count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_minutes_approved_twice_at_the_same_moment_are_approved_once() -> None:
    trial = small_programme()
    meeting = circulated(trial, a_body(trial))
    together, said = threading.Barrier(2), []

    def approve() -> None:
        seen = Meeting.objects.get(pk=meeting.pk)
        together.wait()
        try:
            said.append(move_meeting(by=TESTER, meeting=seen, step="approve").state)
        except ValidationError as problem:
            said.append(problem.messages[0])
        finally:
            connection.close()

    both = [threading.Thread(target=approve) for _person in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(said) == ["A meeting in the state “minutes approved” cannot make this step.", MeetingState.APPROVED]
    assert meeting.moves.filter(move="approve").count() == 1
