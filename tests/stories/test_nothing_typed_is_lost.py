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


def test_it_stays_until_it_is_saved_or_dropped(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    activity = programme.activity("KG")
    client, page = signed_in(manager), f"/trial-1/activities/{activity.code}/edit/"
    form = form_of(client.get(page), "title_en")
    client.logout()
    client.post(page, {**form, "title_en": "Typed before"})
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    for _time in range(2):
        assert form_of(client.get(page), "title_en")["title_en"] == "Typed before"
    assert form_of(client.get(f"{page}?typed=drop"), "title_en")["title_en"] == "Workshop"
    assert "what you had typed" not in words_of(client.get(page))


def test_a_form_whose_page_does_not_fill_itself_in_is_sent_by_one_press_after_signing_in(
    programme: SmallProgramme,
) -> None:
    manager, _viewer = programme.user("PM")
    client, page = signed_in(manager), "/trial-1/settings/components/"
    form = form_of(client.get(page), "number")
    client.logout()
    answer = client.post(page, {**form, "number": "7", "title_en": "A long title that took a while"})
    assert answer["Location"] == "/account/login/?next=/account/typed/"
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    kept = client.get("/account/typed/")
    assert "A long title that took a while" in words_of(kept)
    assert client.post(page, form_of(kept, "number")).status_code == 302
    assert programme.phase.components.filter(number=7).exists()
    assert client.get("/account/typed/")["Location"] == "/"


def test_a_form_opened_before_signing_in_anew_elsewhere_is_sent_by_one_press(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    activity = programme.activity("KG")
    client, page = signed_in(manager, strict=True), f"/trial-1/activities/{activity.code}/edit/"
    form = form_of(client.get(page), "title_en")
    sent = {**form, "title_en": "Typed long ago", "csrfmiddlewaretoken": "0" * 64}
    answer = client.post(page, sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403
    assert "Typed long ago" in words_of(answer)
    assert client.post(page, form_of(answer, "title_en"), headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302
    activity.refresh_from_db()
    assert activity.title["en"] == "Typed long ago"


@pytest.mark.parametrize("page", ["login", "password/reset", "tokens"])
def test_passwords_and_tokens_are_not_kept(programme: SmallProgramme, page: str) -> None:
    client = signed_in(strict=True)
    sent = {"login": "a@example.org", "password": "a-secret-word", "email": "a@example.org", "label": "x"}
    answer = client.post(f"/account/{page}/", sent, headers={"Sec-Fetch-Site": "same-origin"}, follow=True)
    assert "a-secret-word" not in answer.content.decode()
    assert "a-secret-word" not in str(dict(client.session))


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
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}):
        forged = {"title_en": "Forged", "type": "workshop"}
        answer = client.post(f"/trial-1/activities/{activity.code}/edit/", forged, headers=headers)
        assert answer.status_code == 403
        assert "did not come from a page of this site" in words_of(answer)
        assert "Forged" not in answer.content.decode()
    activity.refresh_from_db()
    assert activity.title["en"] == "Workshop"
