"""What is public of a meeting or a recommendation opens nothing of what lies behind it to those whom it does not concern."""

from datetime import date

import pytest

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.operations import add_institution
from pilotage.domain.recommendations.access import reads_story
from pilotage.domain.steering.access import sees_names, sees_papers
from tests.domain.test_recommendations import issued
from tests.meetings import Steering, make_steering
from tests.records import TESTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def steering() -> Steering:
    return make_steering()


def viewers(steering: Steering) -> dict[str, Viewer]:
    trial = steering.trial
    elsewhere = add_institution(
        by=TESTER,
        values={
            "code": "elsewhere",
            "name": {"en": "Customs of Kyrgyzstan", "ru": "Таможня Кыргызстана"},
            "type": "customs",
            "country": trial.countries["KG"],
        },
    )
    return {
        "member": trial.user("SM", name="Member", country=trial.countries["KZ"])[1],
        "neighbour": trial.user("SM", name="Neighbour", country=trial.countries["KG"])[1],
        "agency": trial.user("CP", name="Agency", institution=trial.services["KZ"])[1],
        "other agency": trial.user("CP", name="Other", institution=elsewhere)[1],
        "grantee": trial.user("GR", name="Grantee", institution=elsewhere)[1],
        "public": Viewer.public(),
    }


def test_papers_and_names_are_for_those_whose_meeting_it_is(steering: Steering) -> None:
    meeting = steering.meeting
    meeting.confidentiality = "public"
    for who, viewer in viewers(steering).items():
        expected = who in {"member", "agency"}
        assert (sees_papers(viewer, meeting), sees_names(viewer, meeting)) == (expected, expected), who


def test_the_story_of_a_public_recommendation_is_for_its_addressee(steering: Steering) -> None:
    recommendation = issued(steering.trial, "KZ", confidentiality="public", issued_on=date(2023, 1, 10).isoformat())
    told = {who for who, viewer in viewers(steering).items() if reads_story(viewer, recommendation)}
    assert told == {"member", "agency"}
