"""What each role sees, may do, and is calmly refused, as the person who holds it meets it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

P = "/silk-bridge-1"
LISTED = {
    "": {"calendar", "timeline", "activities", "institutions", "places", "recommendations", "newsletters", "figures"},
    "PM": {"people", "imports", "checks", "publications", "settings", "changes"},
    "CL": {"people", "imports", "checks", "publications"},
    "NC": {"people", "imports", "checks", "publications"},
    "ME": {"people", "imports", "checks", "publications", "changes"},
    "EUD": {"publications"},
}
CLOSED = {
    "": ("settings", "changes", "people", "checks", "imports", "activities/new"),
    "CL": ("settings", "changes"),
    "NC": ("settings", "changes"),
    "ME": ("settings",),
    "EUD": ("settings", "changes", "people", "checks", "imports", "activities/new"),
}
REFUSED = {"en": "This page is not open to you", "ru": "Эта страница вам не открыта"}


def as_role(site: Site, role: str, language: str) -> Page:
    """A page of ``role``; of the public for an empty one."""
    return site.signed_in(role, language=language) if role else site.visitor(language=language).new_page()


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("role", list(LISTED))
def test_the_list_names_what_is_open_and_the_rest_is_refused_calmly(site: Site, role: str, language: str) -> None:
    page = as_role(site, role, language)
    page.goto(f"{P}/")
    assert page.get_attribute("html", "lang") == language
    places = {
        (link.get_attribute("href") or "").removeprefix(f"{P}/").split("/")[0]
        for link in page.locator("#places a").all()
    }
    wanted = LISTED[""] | LISTED[role]
    everything = set().union(*LISTED.values())
    assert places & everything == wanted
    for path in CLOSED.get(role, ()):
        answer = page.goto(f"{P}/{path}/")
        if role:
            assert answer is not None
            assert answer.status == 403, path
            expect(page.locator("h1")).to_have_text(REFUSED[language])
            expect(page.locator("main a.button")).to_be_visible()
        else:
            assert "/account/login/" in page.url, path
    page.context.close()


def offered(page: Page, code: str) -> set[str]:
    """The last parts of the addresses of the tabs of an activity."""
    page.goto(f"{P}/activities/{code}/")
    return {(link.get_attribute("href") or "").rstrip("/").rsplit("/", 1)[1] for link in page.locator(".tabs a").all()}


def first_activity(page: Page, query: str) -> str:
    """The code of the first activity of the register so narrowed."""
    page.goto(f"{P}/activities/?{query}")
    return page.locator("table.register tbody th a").first.get_attribute("href").rstrip("/").rsplit("/", 1)[1]  # type: ignore[union-attr]


def test_a_component_lead_writes_in_her_component_only(site: Site) -> None:
    page = site.signed_in("CL")
    own, other = (
        first_activity(page, "component=2&state=planned&state=confirmed"),
        first_activity(page, "component=3&state=planned&state=confirmed"),
    )
    assert {"edit", "tally", "move"} <= offered(page, own)
    assert not {"edit", "tally", "move"} & offered(page, other)
    answer = page.goto(f"{P}/activities/{other}/edit/")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("main")).to_contain_text("Your role does not reach this activity.")
    page.context.close()


def test_a_coordinator_writes_for_his_country_only(site: Site) -> None:
    page = site.signed_in("NC", language="ru")
    own, other = (
        first_activity(page, "country=KG&state=planned&state=confirmed"),
        first_activity(page, "country=UZ&state=planned&state=confirmed"),
    )
    assert "edit" in offered(page, own)
    if "edit" not in offered(page, other):
        page.goto(f"{P}/activities/{other}/edit/")
        expect(page.locator("main")).to_contain_text("Ваша роль не распространяется на это мероприятие")
    page.goto(f"{P}/people/")
    countries = set(page.locator("table.register tbody td[data-label='Страна']").all_inner_texts())
    assert countries <= {"Кыргызстан", "–", ""}, countries
    page.context.close()


def test_the_officer_verifies_and_the_manager_does_not(site: Site) -> None:
    officer = site.signed_in("ME")
    code = first_activity(officer, "state=implemented")
    officer.goto(f"{P}/activities/{code}/move/")
    expect(officer.locator("#move-verify")).to_have_count(1)
    officer.context.close()
    manager = site.signed_in("PM")
    manager.goto(f"{P}/activities/{code}/")
    expect(manager.locator("#move-verify")).to_have_count(0)
    manager.context.close()


def test_the_delegation_reads_everything_published_and_internal_and_writes_nothing(site: Site) -> None:
    page = site.signed_in("EUD")
    code = first_activity(page, "state=implemented")
    assert not offered(page, code) & {"edit", "tally", "move", "people", "files"}
    page.goto(f"{P}/activities/")
    expect(page.locator("main a.button", has_text="Add")).to_have_count(0)
    page.context.close()


def test_the_public_sees_no_names_no_costs_no_drafts(site: Site) -> None:
    with site.visitor() as context:
        page = context.new_page()
        page.goto(f"{P}/activities/")
        expect(page.locator("table.register")).not_to_contain_text("draft")
        code = first_activity(page, "state=verified")
        page.goto(f"{P}/activities/{code}/")
        for withheld in ("Cost", "Attendance", "Change log", "Data checks"):
            expect(page.locator("main")).not_to_contain_text(withheld)
        answer = page.goto(f"{P}/people/")
        assert answer is not None
        assert "/account/login/" in page.url
