"""The language switch: stays on the page, is kept, needs no script; a fallback says its own language."""

import pytest
from django.test import Client

from pilotage.domain.membership.models import User
from pilotage.domain.membership.operations import add_user
from pilotage.domain.programme.operations import edit_phase
from tests.browse import form_of, signed_in
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def test_the_switch_stays_on_the_page_and_is_kept(programme: SmallProgramme, client: Client) -> None:
    page = "/trial-1/calendar/?month=2023-06&country=KG"
    form = form_of(client.get(page), "next")
    assert form["next"] == page
    answer = client.post("/account/language/", {**form, "language": "ru"})
    assert answer["Location"] == page
    assert '<html lang="ru">' in client.get(page).content.decode()
    assert "Календарь" in client.get("/trial-1/timeline/").content.decode()


def test_the_choice_is_kept_with_the_account(programme: SmallProgramme) -> None:
    user, _viewer = programme.user("PM")
    signed_in(user).post("/account/language/", {"language": "ru", "next": "/"})
    assert User.objects.get(pk=user.pk).language == "ru"


def test_signing_in_brings_the_own_language(programme: SmallProgramme, client: Client) -> None:
    add_user(by=TESTER, email="ru@example.org", name="Анна", password="a-long-password", language="ru")
    client.post("/account/login/", {"login": "ru@example.org", "password": "a-long-password"})
    assert '<html lang="ru">' in client.get("/").content.decode()


def test_what_was_pressed_before_signing_in_stands(programme: SmallProgramme, client: Client) -> None:
    user = add_user(by=TESTER, email="en@example.org", name="Anna", password="a-long-password", language="en")
    client.post("/account/language/", {"language": "ru", "next": "/account/login/"})
    client.post("/account/login/", {"login": "en@example.org", "password": "a-long-password"})
    assert '<html lang="ru">' in client.get("/").content.decode()
    user.refresh_from_db()
    assert user.language == "ru"


def test_an_account_without_a_choice_follows_the_browser(programme: SmallProgramme, client: Client) -> None:
    add_user(by=TESTER, email="no@example.org", name="Anna", password="a-long-password")
    client.post("/account/login/", {"login": "no@example.org", "password": "a-long-password"})
    assert '<html lang="ru">' in client.get("/", headers={"Accept-Language": "ru"}).content.decode()
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "en"}).content.decode()


def test_an_address_may_name_the_language_of_one_page(programme: SmallProgramme, client: Client) -> None:
    assert '<html lang="ru">' in client.get("/trial-1/?lang=ru").content.decode()
    assert '<html lang="en">' in client.get("/trial-1/").content.decode()


@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_the_switch_leads_nowhere_else(programme: SmallProgramme, client: Client, where: str) -> None:
    assert client.post("/account/language/", {"language": "ru", "next": where})["Location"] == "/"


def test_an_unknown_language_is_refused(client: Client) -> None:
    assert client.post("/account/language/", {"language": "xx", "next": "/"}).status_code == 400


def test_a_fallback_is_marked_with_its_language(programme: SmallProgramme, client: Client) -> None:
    phase = programme.phase
    edit_phase(by=TESTER, phase=phase, values={"objective": {"en": "Open borders"}}, version=phase.version)
    page = client.get("/trial-1/programme/?lang=ru").content.decode()
    assert '<span lang="en">Open borders</span>' in page


def test_the_programme_switch_keeps_the_place_but_not_the_record(programme: SmallProgramme, client: Client) -> None:
    small_programme("other")
    assert 'href="/other-1/calendar/"' in client.get("/trial-1/calendar/").content.decode()
    user, _viewer = programme.user("PM")
    page = signed_in(user).get("/trial-1/settings/components/1/").content.decode()
    assert 'href="/other-1/settings/"' in page
