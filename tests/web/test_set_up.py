"""Setting up a phase on pages: what is refused stands beside its field, and nothing typed is lost."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from pilotage.domain.membership.models import AccessToken, Assignment, User
from pilotage.domain.membership.operations import assign_role
from pilotage.domain.membership.queries import viewer_for
from pilotage.domain.programme.models import Component, Phase
from pilotage.domain.programme.operations import add_phase, change_setting, edit_phase, set_partner_country
from pilotage.domain.programme.settings import setting
from tests.browse import form_of, signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def test_the_facts_of_the_phase(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    browser, page = signed_in(manager), "/trial-1/settings/phase/"
    form = form_of(browser.get(page), "contract_number") | {"short_title_en": "T1", "short_title_ru": "П1"}
    assert form["original_start"] == "2021-04-01"
    answer = browser.post(page, form | {"contract_number": "ENI/1", "why": "As signed"})
    assert answer["Location"] == "/trial-1/settings/"
    assert Phase.objects.get().contract_number == "ENI/1"
    said = words_of(browser.get("/trial-1/settings/"))
    assert "ENI/1" in said
    assert "As signed" in said


def test_an_end_before_the_start_is_said_at_its_field(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    browser, page = signed_in(manager), "/trial-1/settings/phase/"
    form = form_of(browser.get(page), "contract_number") | {"short_title_en": "T1"}
    answer = browser.post(page, form | {"original_end": "2020-01-01", "contract_number": "Kept"})
    assert answer.status_code == 422
    assert "ends before it starts" in words_of(answer)
    assert form_of(answer, "contract_number")["contract_number"] == "Kept"
    assert Phase.objects.get().contract_number == ""


def test_two_managers_at_once(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM", "Marta")
    browser, page = signed_in(manager), "/trial-1/settings/phase/"
    form = form_of(browser.get(page), "contract_number") | {"short_title_en": "T1"}
    phase = programme.phase
    edit_phase(by=TESTER, phase=phase, values={"contract_number": "Theirs"}, version=phase.version)
    answer = browser.post(page, form | {"contract_number": "Mine"})
    assert answer.status_code == 422
    said = words_of(answer)
    assert "tests saved this meanwhile" in said
    assert "Theirs" in said
    again = form_of(answer, "contract_number")
    assert again["contract_number"] == "Mine"
    assert browser.post(page, again).status_code == 302
    assert Phase.objects.get().contract_number == "Mine"


def test_two_managers_set_the_same_number_and_the_same_country(programme: SmallProgramme) -> None:
    browser = signed_in(programme.user("PM", "Marta")[0])
    page = "/trial-1/settings/values/small_cell/"
    form = form_of(browser.get(page), "value")
    phase = programme.phase
    change_setting(by=TESTER, phase=phase, name="small_cell", value=8, valid_from=None, why="Agreed")
    answer = browser.post(page, form | {"value": "7", "why": "Terms of reference"})
    assert answer.status_code == 422
    assert "tests saved this meanwhile" in words_of(answer)
    assert "is now: 8" in words_of(answer)
    again = form_of(answer, "value")
    assert (again["value"], again["why"]) == ("7", "Terms of reference")
    # Another number that somebody sets is no conflict with this one.
    change_setting(by=TESTER, phase=phase, name="plan_year", value="reporting", valid_from=None)
    assert browser.post(page, again).status_code == 302
    page = "/trial-1/settings/countries/?country=KG"
    form = form_of(browser.get(page), "valid_from")
    days = {"valid_from": date(2022, 1, 1), "valid_until": None}
    set_partner_country(by=TESTER, phase=phase, country=programme.countries["KG"], **days)
    answer = browser.post(page, form | {"valid_until": "2023-12-31"})
    assert answer.status_code == 422
    assert "is now: 1 January 2022" in words_of(answer)
    assert form_of(answer, "valid_from")["valid_until"] == "2023-12-31"
    assert browser.post(page, form_of(answer, "valid_from")).status_code == 302


def test_an_addendum_prolongs_the_phase(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    browser, page = signed_in(manager), "/trial-1/settings/addenda/"
    refused = browser.post(page, {"number": 1, "signed_on": "2024-01-10"})
    assert "changes the end" in words_of(refused)
    assert browser.post(page, {"number": 1, "signed_on": "2024-01-10", "new_end": "2026-03-31"}).status_code == 302
    assert Phase.objects.get().end == date(2026, 3, 31)


def test_a_component_and_a_country(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    browser = signed_in(manager)
    added = {"number": "3", "title_en": "Third", "title_ru": "Третий"}
    assert browser.post("/trial-1/settings/components/", added).status_code == 302
    twice = browser.post("/trial-1/settings/components/", added)
    assert twice.status_code == 422
    page = "/trial-1/settings/components/3/"
    form = form_of(browser.get(page), "number")
    assert browser.post(page, form | {"title_en": "The third"}).status_code == 302
    assert Component.objects.get(number="3").title["en"] == "The third"
    dates = {"country": "KG", "valid_from": "2021-04-01", "valid_until": "2020-01-01"}
    assert "end is before the start" in words_of(browser.post("/trial-1/settings/countries/", dates))
    assert browser.post("/trial-1/settings/countries/", dates | {"valid_until": "2022-12-31"}).status_code == 302
    assert programme.phase.partner_countries.get(country="KG").valid_until == date(2022, 12, 31)


def test_a_dated_setting(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    browser = signed_in(manager)
    values = {"value": 7, "valid_from": "2023-01-01", "why": "Terms of reference"}
    assert browser.post("/trial-1/settings/values/small_cell/", values).status_code == 302
    phase = Phase.objects.get()
    assert setting(phase, "small_cell", date(2022, 6, 1)) == 5
    assert setting(phase, "small_cell", date(2023, 6, 1)) == 7
    for name, value in (("plan_year", "reporting"), ("contractual_counts_verified_only", "no")):
        assert browser.post(f"/trial-1/settings/values/{name}/", {"value": value}).status_code == 302
    assert setting(Phase.objects.get(), "contractual_counts_verified_only") is False
    assert browser.post("/trial-1/settings/values/small_cell/", {"value": "many"}).status_code == 422
    assert browser.get("/trial-1/settings/values/nothing/").status_code == 404


def test_a_new_person_is_invited_and_a_role_ends(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM", "Marta")
    browser, page = signed_in(manager), "/trial-1/settings/users/give/"
    role = {"email": "New@Example.org", "language": "ru", "role": "NC"}
    assert "new here" in words_of(browser.post(page, role))
    without_scope = browser.post(page, role | {"name": "Нурлан"})
    assert without_scope.status_code == 422
    assert not User.objects.filter(email="new@example.org").exists()
    given = role | {"name": "Нурлан", "countries": ["KG"]}
    assert browser.post(page, given).status_code == 302
    held = Assignment.objects.get(user__email="new@example.org")
    assert (held.role, held.country_id, held.phase) == ("NC", "KG", programme.phase)
    assert mail.outbox[0].to == ["new@example.org"]
    yesterday = timezone.localdate() - timedelta(days=1)
    end = f"/trial-1/settings/users/{held.pk}/end/"
    assert browser.post(end, {"valid_until": yesterday.isoformat(), "why": "Left"}).status_code == 302
    assert "Ended" in words_of(browser.get("/trial-1/settings/users/"))
    own = Assignment.objects.get(user=manager)
    refused = browser.post(f"/trial-1/settings/users/{own.pk}/end/", {"valid_until": yesterday.isoformat()})
    assert "ended by another manager" in words_of(refused)


def test_a_role_of_another_programme_is_not_ended_here(programme: SmallProgramme) -> None:
    other = small_programme("other")
    manager, _viewer = programme.user("PM", "Marta")
    stranger, _viewer = other.user("CO", "Stranger")
    held = Assignment.objects.get(user=stranger)
    page = f"/trial-1/settings/users/{held.pk}/end/"
    assert signed_in(manager).post(page, {"valid_until": "2020-01-01"}).status_code == 404


def test_a_token_is_shown_once_and_ended(programme: SmallProgramme) -> None:
    officer, _viewer = programme.user("ME")
    browser, page = signed_in(officer), "/account/tokens/"
    own = Assignment.objects.get(user=officer)
    day = timezone.localdate() + timedelta(days=30)
    wanted = {"label": "Excel", "assignment": own.pk, "expires_on": day.isoformat()}
    answer = browser.post(page, wanted)
    secret = next(word for word in words_of(answer).split() if word.startswith("plt_"))
    assert answer["Cache-Control"] == "no-store"
    assert viewer_for(secret) is not None
    assert secret not in browser.get(page).content.decode()
    token = AccessToken.objects.get()
    stranger, _viewer = programme.user("CO")
    assert signed_in(stranger).post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert browser.post(f"/account/tokens/{token.pk}/revoke/").status_code == 302
    assert viewer_for(secret) is None
    theirs = Assignment.objects.get(user=stranger)
    assert "plt_" not in words_of(browser.post(page, wanted | {"assignment": theirs.pk}))
    assert "plt_" not in words_of(browser.post(page, wanted | {"expires_on": "2099-01-01"}))


def test_roles_are_given_in_the_whole_programme_and_withdrawn(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM", "Marta")
    officer, _viewer = programme.user("CO", "Timur")
    browser, page = signed_in(manager), "/trial-1/settings/users/give/"
    # The only phase of the programme is hers: so is the programme.
    role = {"email": officer.email, "language": "en", "role": "PO", "reach": "programme", "why": "Tender of spring"}
    assert browser.post(page, role).status_code == 302
    held = Assignment.objects.get(user=officer, role="PO")
    assert held.phase is None
    listed = browser.get("/trial-1/settings/users/")
    assert "whole programme" in words_of(listed)
    assert f"/trial-1/settings/users/{held.pk}/end/" in listed.content.decode()
    assert "already" in words_of(browser.post(page, role))
    assert browser.post(f"/trial-1/settings/users/{held.pk}/end/", {"valid_until": ""}).status_code == 422
    assert browser.post(f"/trial-1/settings/users/{held.pk}/end/", {"at_once": "on", "why": "Done"}).status_code == 302
    held.refresh_from_db()
    assert not held.is_held()
    log = words_of(browser.get("/trial-1/changes/?operation=end+assignment"))
    assert "Done" in log


def test_several_components_and_countries_give_one_role_each(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM", "Marta")
    browser, page = signed_in(manager), "/trial-1/settings/users/give/"
    role = {"email": "lead@example.org", "name": "Lena", "language": "en", "role": "CL"}
    refused = browser.post(page, role)
    assert "held within a scope" in words_of(refused)
    assert not User.objects.filter(email="lead@example.org").exists()
    chosen = [str(component.pk) for component in programme.components]
    assert browser.post(page, role | {"components": chosen}).status_code == 302
    assert Assignment.objects.filter(user__email="lead@example.org", role="CL").count() == 2
    narrowed = role | {"role": "FI", "countries": ["KG", "TJ"]}
    assert browser.post(page, narrowed).status_code == 302
    assert Assignment.objects.filter(user__email="lead@example.org", role="FI").count() == 2
    service = {"role": "CP", "institution": "Border Service of Kyrgyzstan (KG)"}
    assert browser.post(page, role | service).status_code == 302
    assert Assignment.objects.get(role="CP").institution == programme.services["KG"]


def test_one_of_several_phases_gives_no_roles_in_all(programme: SmallProgramme) -> None:
    title = {"en": "Trial, phase 2", "ru": "Проба, фаза 2"}
    values = {"programme": programme.programme, "code": "trial-2", "number": 2, "title": title}
    add_phase(by=TESTER, values=values, countries=list(programme.countries.values()))
    manager, _viewer = programme.user("PM", "Marta")
    other, _viewer = programme.user("PM", "Timur")
    whole = {"role": "PM", "programme": programme.programme, "phase": None}
    held = assign_role(by=TESTER, user=other, values=whole)
    browser, page = signed_in(manager), "/trial-1/settings/users/give/"
    assert "whole programme" not in words_of(browser.get(page))
    role = {"email": other.email, "language": "en", "role": "PO", "reach": "programme"}
    assert browser.post(page, role).status_code == 422
    assert browser.get(f"/trial-1/settings/users/{held.pk}/end/").status_code == 404
    theirs = signed_in(other)
    assert "whole programme" in words_of(theirs.get(page))
    # She is the last of phase 2, wherever she looks from.
    own = Assignment.objects.get(user=manager)
    assert theirs.post(f"/trial-1/settings/users/{own.pk}/end/", {"at_once": "on"}).status_code == 302


def test_sources_of_settings_are_in_words(programme: SmallProgramme) -> None:
    said = words_of(signed_in(programme.user("PM")[0]).get("/trial-1/settings/"))
    assert "handbook, section 10; programme default" in said
    assert "[D]" not in said
