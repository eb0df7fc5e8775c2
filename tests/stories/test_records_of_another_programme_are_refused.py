"""A forged number or code of another programme leads nowhere."""

import io

import pytest
from PIL import Image

from pilotage.domain.activities.files import add_file
from pilotage.domain.activities.operations import add_deliverable
from pilotage.domain.activities.persons import add_person
from tests.browse import form_of, signed_in
from tests.records import TESTER, small_programme

pytestmark = pytest.mark.django_db


def test_codes_and_numbers_of_another_programme() -> None:
    here, there = small_programme("here"), small_programme("there")
    manager, _viewer = here.user("PM")
    own = here.activity("KG")
    foreign = there.activity("KG", confidentiality="public", state="planned", code="FOREIGN-1")
    picture = io.BytesIO()
    Image.new("RGB", (64, 64)).save(picture, "PNG")
    picture.seek(0)
    file = add_file(by=TESTER, activity=foreign, kind="photo", file=picture, name="x.png")
    deliverable = add_deliverable(by=TESTER, activity=foreign, values={"type": "report", "title": {"en": "Theirs"}})
    person = add_person(by=TESTER, phase=there.phase, values={"name_signed": "Their Person"})
    client = signed_in(manager)

    assert client.get(f"/here-1/activities/{foreign.code}/").status_code == 404
    assert client.get(f"/here-1/activities/{foreign.code}/edit/").status_code == 404
    assert client.get(f"/here-1/activities/{own.code}/files/{file.pk}/open/").status_code == 404
    assert client.get(f"/here-1/activities/{own.code}/files/{file.pk}/").status_code == 404
    assert client.get(f"/here-1/activities/{own.code}/deliverables/{deliverable.pk}/").status_code == 404
    assert client.get(f"/here-1/people/{person.key}/").status_code == 404
    # In the other programme itself the manager is the public.
    assert client.get(f"/there-1/activities/{foreign.code}/").status_code == 200
    assert client.get(f"/there-1/activities/{foreign.code}/edit/").status_code == 403
    assert client.get(f"/there-1/activities/{foreign.code}/files/{file.pk}/open/").status_code == 404
    assert client.get("/there-1/people/").status_code == 403

    form = form_of(client.get(f"/here-1/activities/{own.code}/edit/"), "title_en")
    forged = client.post(f"/here-1/activities/{own.code}/edit/", {**form, "component": there.components[0].pk})
    assert forged.status_code == 422
    own.refresh_from_db()
    assert own.component == here.components[0]


def test_unknown_addresses_are_calm() -> None:
    here = small_programme("here")
    manager, _viewer = here.user("PM")
    client = signed_in(manager)
    for path in ("activities/NONE/", "institutions/none/", "places/none/", "people/none/", "activities/NONE/tally/"):
        assert client.get(f"/here-1/{path}").status_code == 404, path
    assert client.get("/nowhere/activities/").status_code == 404
