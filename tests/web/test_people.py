"""The register of people on pages: added, merged, taken out; every look at names written down."""

from __future__ import annotations

import pytest

from pilotage.domain.activities.models import Person, PersonsReading
from pilotage.domain.activities.persons import add_person
from tests.browse import form_of, signed_in, words_of
from tests.recorded import made_once
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def trial() -> SmallProgramme:
    made = small_programme()
    for name in ("Нурматов Азамат", "Azamat Nurmatov"):
        add_person(by=TESTER, phase=made.phase, values={"name_signed": name, "country_id": "KZ"})
    return made


def test_somebody_is_added_and_asked_about_where_named_alike(trial: SmallProgramme) -> None:
    browser, page = signed_in(trial.user("ME", "Marta")[0]), "/trial-1/people/new/"
    typed = {"name_signed": "Нурматов Азамат Бекович", "sex": "man", "country": "KZ", "position": "Captain"}
    asked = browser.post(page, typed)
    assert asked.status_code == 422
    assert "named alike" in words_of(asked)
    assert form_of(asked, "name_signed")["position"] == "Captain"
    assert Person.objects.count() == 2
    answer = browser.post(page, typed | {"anyway": "on"})
    assert answer["Location"] == "/trial-1/people/P00003/"
    assert Person.objects.get(key="P00003").position == "Captain"
    assert browser.post(page, {"name_signed": "", "sex": "man"}).status_code == 422


def test_a_coordinator_adds_for_the_own_country_alone(trial: SmallProgramme) -> None:
    browser = signed_in(trial.user("NC", country=trial.countries["KZ"])[0])
    assert form_of(browser.get("/trial-1/people/new/"), "name_signed")["country"] == "KZ"
    typed = {"name_signed": "Gulnora Saidova", "sex": "woman", "country": "TJ"}
    answer = browser.post("/trial-1/people/new/", typed)
    assert "held for another country" in words_of(answer)
    assert browser.post("/trial-1/people/new/", typed | {"country": "KZ"}).status_code == 302


def test_two_entries_are_found_compared_merged_and_parted(trial: SmallProgramme) -> None:
    browser = signed_in(trial.user("ME", "Marta")[0])
    listed = browser.get("/trial-1/people/duplicates/")
    assert "1 pair" in words_of(listed)
    assert "/trial-1/people/P00001/merge/?with=P00002" in listed.content.decode()
    assert "nobody with the key P77777" in words_of(browser.get("/trial-1/people/P00001/merge/?with=p77777"))
    page = "/trial-1/people/P00001/merge/?with=P00002"
    shown = browser.get(page)
    assert "P00002 stands on no attendance list" in words_of(shown)
    form = form_of(shown, "kept_version")
    assert browser.post(page, form | {"why": "One passport"})["Location"] == "/trial-1/people/P00001/"
    assert browser.get("/trial-1/people/P00002/")["Location"] == "/trial-1/people/P00001/"
    person = words_of(browser.get("/trial-1/people/P00001/"))
    assert "P00002 was merged into it" in person
    assert "One passport" in person
    back = "/trial-1/people/P00001/separate/P00002/"
    assert "own again" in words_of(browser.get(back))
    assert browser.post(back, {"why": "Two passports"})["Location"] == "/trial-1/people/P00002/"
    assert Person.objects.count() == 2
    assert browser.get(back).status_code == 404


def test_a_name_is_taken_out_after_a_clear_word(trial: SmallProgramme) -> None:
    browser, page = signed_in(trial.user("ME", "Marta")[0]), "/trial-1/people/P00002/pseudonymise/"
    form = form_of(browser.get(page), "why")
    assert browser.post(page, form | {"why": "Request"}).status_code == 422
    named = browser.post(page, form | {"why": "Nurmatov asks", "sure": "on"})
    assert "Do not name the person" in words_of(named)
    assert browser.post(page, form | {"why": "Request of 12 May", "sure": "on"}).status_code == 302
    after = browser.get("/trial-1/people/P00002/")
    assert "Nurmatov" not in words_of(after)
    assert "took a name out of the register" in words_of(after)
    assert browser.get("/trial-1/people/P00002/edit/").status_code == 403


def test_every_look_is_written_down(trial: SmallProgramme) -> None:
    browser = signed_in(trial.user("ME", "Marta")[0])
    for page in ("duplicates/", "P00001/edit/", "P00001/merge/?with=P00002", "P00002/pseudonymise/"):
        browser.get(f"/trial-1/people/{page}")
    noted = PersonsReading.objects.order_by("id").values_list("what", "record", "persons")
    assert list(noted) == [
        ("duplicates", "", 2), ("person", "P00001", 1), ("person", "P00001", 1), ("person", "P00002", 1),
        ("person", "P00002", 1),
    ]  # fmt: skip


def test_the_manager_reads_and_is_told_who_writes(trial: SmallProgramme) -> None:
    browser = signed_in(trial.user("PM", "Marta")[0])
    assert "Add a person" not in words_of(browser.get("/trial-1/people/"))
    refused = browser.get("/trial-1/people/P00001/edit/")
    assert refused.status_code == 403
    said = words_of(refused)
    assert "kept by the M&E officer" in said
    assert "You are the programme manager here" in said
    assert "ask the programme manager" not in said
    assert "ask the programme manager" in words_of(signed_in(trial.user("CO")[0]).get("/trial-1/people/"))


def test_a_counterpart_sees_only_pairs_of_the_own_service(trial: SmallProgramme) -> None:
    browser = signed_in(trial.user("CP", institution=trial.services["KG"])[0])
    assert "Nobody seems to stand in the register twice" in words_of(browser.get("/trial-1/people/duplicates/"))
