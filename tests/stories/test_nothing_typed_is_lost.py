"""A refused save, an ended session: what was typed comes back."""

import pytest

from pilotage.domain.activities.models import Activity
from tests.browse import form_of, signed_in, words_of
from tests.records import SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def test_the_form_comes_back_after_signing_in_again(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    activity = programme.activity("KG")
    client, page = signed_in(manager), f"/trial-1/activities/{activity.code}/edit/"
    form = form_of(client.get(page), "title_en")
    client.logout()

    answer = client.post(page, {**form, "title_en": "Typed before the session ended"})
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")
    assert "edit" in answer.url

    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    back = client.get(page)
    assert "what you had typed before you signed in again" in words_of(back)
    shown = form_of(back, "title_en")
    assert shown["title_en"] == "Typed before the session ended"
    assert client.post(page, shown).status_code == 302
    activity.refresh_from_db()
    assert activity.title["en"] == "Typed before the session ended"
    assert form_of(client.get(page), "title_en")["title_en"] == "Typed before the session ended"


def test_a_refused_save_shows_everything_again(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    client, page = signed_in(manager), "/trial-1/activities/new/"
    form = form_of(client.get(page), "title_en")
    typed = {
        **form, "title_en": "Course", "title_ru": "Курс", "type": "training", "countries": ["KG", "TJ"],
        "planned_start": "June", "venue": "Atlantis", "institutions": ["Border Service of Kyrgyzstan (KG)", "Nobody"],
    }  # fmt: skip
    answer = client.post(page, typed)
    assert answer.status_code == 422
    said = words_of(answer)
    assert "Write 2023-06-20, 2023-06, 2023-Q2 or 2023" in said
    assert "“Atlantis” is no place here" in said
    assert "“Nobody” is no institution here" in said
    shown = form_of(answer, "title_en")
    for name in ("title_en", "title_ru", "type", "countries", "planned_start", "venue"):
        assert shown[name] == typed[name], name
    assert {"Border Service of Kyrgyzstan (KG)", "Nobody"} <= set(shown["institutions"])
    assert not Activity.objects.exists()


def test_a_forged_form_is_refused(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    activity = programme.activity("KG")
    client = signed_in(manager, strict=True)
    answer = client.post(f"/trial-1/activities/{activity.code}/edit/", {"title_en": "Forged", "type": "workshop"})
    assert answer.status_code == 403
    activity.refresh_from_db()
    assert activity.title["en"] == "Workshop"
