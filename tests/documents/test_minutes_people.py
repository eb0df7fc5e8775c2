"""Who was there, as the minutes say it: nobody is called absent before anybody was ticked."""

import pytest

from pilotage.documents.kinds.minutes.people import attendance_of
from pilotage.domain.steering.operations import record_presence
from tests.meetings import Steering, make_steering
from tests.records import TESTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def steering() -> Steering:
    return make_steering()


def words(steering: Steering, language: str) -> list[str]:
    groups = attendance_of(steering.meeting, language)
    return [str(person["state"]["word"]) for group in groups for person in group["people"]]


def test_nobody_is_absent_before_somebody_was_ticked(steering: Steering) -> None:
    assert set(words(steering, "en")) == {"not noted yet"}
    assert set(words(steering, "ru")) == {"ещё не отмечено"}
    assert steering.meeting.body is not None
    seat = steering.meeting.body.members.first()
    record_presence(by=TESTER, meeting=steering.meeting, values={"member": seat, "name": "Delegate"})
    assert sorted(set(words(steering, "en"))) == ["absent", "member"]
