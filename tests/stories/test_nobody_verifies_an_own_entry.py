"""An M&E officer verifies what others recorded, never an own entry, and only what is complete."""

from datetime import date

import pytest

from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import move_activity, set_tally
from pilotage.domain.activities.rules import TallyRow
from tests.browse import signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def complete(programme: SmallProgramme) -> Activity:
    return programme.activity(
        "KG", state="implemented", actual_start="2023-06-20", actual_end="2023-06-21",
        signed_list_on=date(2023, 6, 23), report_on=date(2023, 6, 30), tally=(TallyRow(3, "KG", sex="woman"),),
    )  # fmt: skip


def test_what_others_recorded_is_verified(programme: SmallProgramme) -> None:
    officer, _viewer = programme.user("ME")
    activity = complete(programme)
    answer = signed_in(officer).post(f"/trial-1/activities/{activity.code}/move/", {"move": "verify"})
    assert answer.status_code == 302
    activity.refresh_from_db()
    assert activity.state == "verified"
    assert activity.moves.get().by_name == officer.name


def test_the_own_tally_is_not(programme: SmallProgramme) -> None:
    officer, viewer = programme.user("ME")
    activity = complete(programme)
    set_tally(
        by=officer, viewer=viewer, activity=activity, rows=[TallyRow(4, "KG", sex="man")], version=activity.version
    )
    answer = signed_in(officer).post(f"/trial-1/activities/{activity.code}/move/", {"move": "verify"})
    assert answer.status_code == 422
    assert "Nobody verifies an own entry" in words_of(answer)


def test_nor_the_own_record_of_the_implementation(programme: SmallProgramme) -> None:
    lead, _viewer = programme.user("CL", component=programme.components[0])
    from pilotage.domain.membership.operations import assign_role
    from pilotage.domain.membership.viewers import Viewer

    assign_role(by=TESTER, user=lead, values={"role": "ME", "programme": programme.programme, "phase": programme.phase})
    activity = programme.activity("KG", state="confirmed", actual_start="2023-06-20", tally=(TallyRow(3, "KG"),))
    move_activity(
        by=lead, viewer=Viewer.of(lead), activity=activity, move="implement", new_end="2023-06-21",
        effective_on=date(2023, 6, 22),
    )  # fmt: skip
    answer = signed_in(lead).post(f"/trial-1/activities/{activity.code}/move/", {"move": "verify"})
    assert "Nobody verifies an own entry" in words_of(answer)


def test_an_incomplete_record_says_what_is_missing(programme: SmallProgramme) -> None:
    officer, _viewer = programme.user("ME")
    activity = programme.activity("KG", state="implemented", actual_end="2023-06-21")
    answer = signed_in(officer).post(f"/trial-1/activities/{activity.code}/move/", {"move": "verify"})
    assert answer.status_code == 422
    said = words_of(answer)
    for missing in (
        "The participant tally is missing",
        "The signed attendance list is missing",
        "The report is missing",
    ):
        assert missing in said
