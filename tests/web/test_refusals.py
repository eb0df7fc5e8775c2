"""Who is refused, and how: calmly, with the reason, and with a way on."""

import pytest
from django.test import Client

from pilotage.domain.activities.persons import add_person
from pilotage.domain.membership.operations import add_user
from tests.browse import signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db

FOR_THE_MANAGER = (
    "/trial-1/settings/",
    "/trial-1/settings/phase/",
    "/trial-1/settings/addenda/",
    "/trial-1/settings/countries/",
    "/trial-1/settings/components/",
    "/trial-1/settings/components/1/",
    "/trial-1/settings/values/small_cell/",
    "/trial-1/settings/users/",
    "/trial-1/settings/users/give/",
)
FOR_EVERYBODY = (
    "/",
    "/trial-1/",
    "/trial-1/programme/",
    "/trial-1/calendar/",
    "/trial-1/timeline/",
    "/trial-1/stated/",
    "/account/login/",
)


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


@pytest.mark.parametrize("address", FOR_EVERYBODY)
def test_the_public_reads_these_pages(programme: SmallProgramme, client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [*FOR_THE_MANAGER, "/trial-1/changes/", "/account/", "/account/tokens/"])
def test_who_has_not_signed_in_is_led_to_the_sign_in_and_back(
    programme: SmallProgramme, client: Client, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next={address}"


@pytest.mark.parametrize("role", ["CL", "NC", "ME", "CO", "CP", "EUD", "SM"])
def test_only_the_manager_sets_up_the_phase(programme: SmallProgramme, role: str) -> None:
    scope = {
        "CL": {"component": programme.components[0]},
        "NC": {"country": programme.countries["KG"]},
        "CP": {"institution": programme.services["KG"]},
    }
    user, _viewer = programme.user(role, **scope.get(role, {}))
    browser = signed_in(user)
    for address in FOR_THE_MANAGER:
        answer = browser.get(address)
        assert answer.status_code == 403, address
        assert "Only the programme manager" in words_of(answer)
        assert browser.post(address, {}).status_code == 403, address


def test_the_manager_sees_the_set_up(programme: SmallProgramme) -> None:
    user, _viewer = programme.user("PM")
    for address in FOR_THE_MANAGER:
        assert signed_in(user).get(address).status_code == 200, address


def test_a_role_in_one_programme_opens_nothing_in_another(programme: SmallProgramme) -> None:
    other = small_programme("other")
    user, _viewer = other.user("PM")
    assert signed_in(user).get("/other-1/settings/").status_code == 200
    assert signed_in(user).get("/trial-1/settings/").status_code == 403
    assert signed_in(user).get("/trial-1/changes/").status_code == 403


def test_an_unknown_phase_is_not_found(programme: SmallProgramme, client: Client) -> None:
    answer = client.get("/nowhere/calendar/")
    assert answer.status_code == 404
    assert "nothing at this address" in words_of(answer)


def test_a_place_that_is_not_open_is_not_listed(programme: SmallProgramme, client: Client) -> None:
    user, _viewer = programme.user("PM")
    assert "/trial-1/settings/" in signed_in(user).get("/trial-1/").content.decode()
    public = client.get("/trial-1/").content.decode()
    assert "/trial-1/settings/" not in public
    assert "/trial-1/changes/" not in public
    assert "/trial-1/people/" not in public


def test_a_fictional_programme_says_so_on_every_page(programme: SmallProgramme, client: Client) -> None:
    for address in ("/trial-1/", "/trial-1/calendar/", "/trial-1/programme/"):
        assert "This programme is invented" in words_of(client.get(address))


def test_staff_without_second_factor_are_led_to_set_one_up(programme: SmallProgramme, settings: object) -> None:
    settings.REQUIRE_MFA = True  # type: ignore[attr-defined]
    manager, _viewer = programme.user("PM")
    answer = signed_in(manager).get("/trial-1/")
    assert answer.status_code == 302
    assert "/2fa/" in answer["Location"]
    reader, _viewer = programme.user("EUD")
    assert signed_in(reader).get("/trial-1/").status_code == 200
    guest = add_user(by=TESTER, email="guest@example.org", name="Guest", password=None)
    assert signed_in(guest).get("/trial-1/").status_code == 200


def test_after_many_wrong_passwords_the_sign_in_is_locked(client: Client) -> None:
    add_user(by=TESTER, email="a@example.org", name="A", password="right-password-1")
    for _ in range(8):
        answer = client.post("/account/login/", {"login": "a@example.org", "password": "wrong-password"})
    assert answer.status_code == 429
    assert "locked for a while" in words_of(answer)
    add_user(by=TESTER, email="b@example.org", name="B", password="right-password-2")
    other = client.post("/account/login/", {"login": "b@example.org", "password": "right-password-2"})
    assert other.status_code == 302


@pytest.mark.parametrize(
    ("address", "sent", "back"),
    [
        # A page that fills its form in again, of a record that the public does not see.
        ("activities/T-1/people/", {"n0-name_signed": "Typed before"}, "/trial-1/activities/T-1/people/"),
        # A page that does not.
        ("people/{key}/pseudonymise/", {"why": "Typed before"}, "/account/typed/"),
    ],
)
def test_what_is_sent_after_the_session_ended_is_there_after_signing_in(
    programme: SmallProgramme, client: Client, address: str, sent: dict[str, str], back: str
) -> None:
    programme.activity(code="T-1")
    key = add_person(by=TESTER, phase=programme.phase, values={"name_signed": "Aziz Rahimov", "sex": "man"}).key
    answer = client.post(f"/trial-1/{address.format(key=key)}", sent)
    assert answer["Location"] == f"/account/login/?next={back}"
    user, _viewer = programme.user("ME")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Typed before" in client.get(back).content.decode()
