"""A component lead edits her component, reads the others, and cannot carry an activity across."""

import pytest

from pilotage.domain.activities.models import Activity
from tests.browse import form_of, signed_in, words_of
from tests.records import SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def test_she_edits_her_own_and_reads_the_rest(programme: SmallProgramme) -> None:
    lead, _viewer = programme.user("CL", component=programme.components[0])
    own, other = programme.activity("KG"), programme.activity("KG", component=programme.components[1])
    client = signed_in(lead)
    for page in ("edit", "tally", "deliverables", "files"):
        assert client.get(f"/trial-1/activities/{own.code}/{page}/").status_code == 200, page
        assert client.get(f"/trial-1/activities/{other.code}/{page}/").status_code == 403, page
        assert client.post(f"/trial-1/activities/{other.code}/{page}/", {"title_en": "Mine"}).status_code == 403, page
    assert client.get(f"/trial-1/activities/{other.code}/").status_code == 200
    assert "/edit/" not in client.get(f"/trial-1/activities/{other.code}/").content.decode()


def test_she_cannot_give_her_activity_to_another_component(programme: SmallProgramme) -> None:
    lead, _viewer = programme.user("CL", component=programme.components[0])
    activity = programme.activity("KG")
    client = signed_in(lead)
    page = f"/trial-1/activities/{activity.code}/edit/"
    form = form_of(client.get(page), "title_en")
    answer = client.post(page, {**form, "component": programme.components[1].pk})
    assert answer.status_code == 422
    activity.refresh_from_db()
    assert activity.component == programme.components[0]


def test_she_adds_in_her_component_only(programme: SmallProgramme) -> None:
    lead, _viewer = programme.user("CL", component=programme.components[0])
    client = signed_in(lead)
    form = form_of(client.get("/trial-1/activities/new/"), "title_en")
    refused = client.post("/trial-1/activities/new/", {**form, "title_en": "For nobody", "type": "workshop"})
    assert refused.status_code == 422
    assert "does not reach" in words_of(refused)
    assert form_of(refused, "title_en")["title_en"] == "For nobody"
    mine = {**form, "title_en": "For mine", "type": "workshop", "component": programme.components[0].pk}
    assert client.post("/trial-1/activities/new/", mine).status_code == 302
    assert [activity.title["en"] for activity in Activity.objects.all()] == ["For mine"]
