"""From draft to implemented: each step by whom it belongs to, with what it needs."""

import pytest

from pilotage.domain.activities.models import Activity
from tests.browse import signed_in, words_of
from tests.records import SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def test_plan_confirm_postpone_and_plan_again(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    lead, _viewer = programme.user("CL", component=programme.components[0])
    activity = programme.activity("KG", planned_start="2023-06-20", planned_end="2023-06-21")
    page = f"/trial-1/activities/{activity.code}/move/"
    manager_, lead_ = signed_in(manager), signed_in(lead)

    assert lead_.post(page, {"move": "plan"}).status_code == 422
    assert manager_.post(page, {"move": "plan"}).status_code == 302
    assert lead_.post(page, {"move": "confirm"}).status_code == 302

    refused = lead_.post(page, {"move": "postpone", "new_start": "soon"})
    assert refused.status_code == 422
    assert "“SOON” is not a date" in words_of(refused) or "“soon” is not a date" in words_of(refused)
    postponed = {"move": "postpone", "new_start": "2023-Q4", "reason": "The trainers fell ill"}
    assert lead_.post(page, postponed).status_code == 302
    assert manager_.post(page, {"move": "plan_again"}).status_code == 302

    activity.refresh_from_db()
    assert (activity.state, activity.planned_start, activity.baseline_end) == ("planned", "2023-Q4", "2023-06-21")
    shown = words_of(manager_.get(f"/trial-1/activities/{activity.code}/"))
    assert "The trainers fell ill" in shown
    assert "postponed" in shown


def test_implemented_cannot_lie_in_the_future(programme: SmallProgramme) -> None:
    lead, _viewer = programme.user("CL", component=programme.components[0])
    activity = programme.activity("KG", state="confirmed")
    page = f"/trial-1/activities/{activity.code}/move/"
    refused = signed_in(lead).post(page, {"move": "implement", "new_start": "2024-01", "new_end": "2085-01-01"})
    assert refused.status_code == 422
    assert Activity.objects.get().state == "confirmed"
    assert (
        signed_in(lead).post(page, {"move": "implement", "new_start": "2024-01", "new_end": "2024-01"}).status_code
        == 302
    )


def test_somebody_else_was_quicker(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    activity = programme.activity("KG")
    page = f"/trial-1/activities/{activity.code}/move/"
    client = signed_in(manager)
    assert client.post(page, {"move": "plan"}).status_code == 302
    again = client.post(page, {"move": "plan"})
    assert again.status_code == 422
    assert "no longer possible" in words_of(again)
