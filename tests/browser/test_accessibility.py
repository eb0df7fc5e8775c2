"""axe-core finds nothing at WCAG 2.2 AA, nothing runs out of a phone's screen, nothing is fetched from elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Site

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PUBLIC = (
    "/",
    "/account/login/",
    "/bomca-10/",
    "/bomca-10/programme/",
    "/bomca-10/activities/",
    "/bomca-10/activities/B10-2023-014/",
    "/bomca-10/calendar/?month=2023-05",
    "/bomca-10/timeline/",
    "/bomca-10/figures/",
    "/bomca-10/figures/activities-implemented/?by=country&by2=component",
    "/bomca-10/institutions/",
    "/bomca-10/places/",
    "/bomca-10/stated/",
    "/bomca-10/publications/",
    "/bomca-10/newsletters/6/",
)
STAFF = (
    ("PM", "/"),
    ("PM", "/silk-bridge-1/"),
    ("PM", "/bomca-10/settings/"),
    ("PM", "/bomca-10/settings/phase/"),
    ("PM", "/bomca-10/settings/users/"),
    ("PM", "/bomca-10/changes/"),
    ("PM", "/silk-bridge-1/activities/?state=late&q=тренинг"),
    ("PM", "/silk-bridge-1/activities/new/"),
    ("PM", "/silk-bridge-1/activities/SILK-BRIDGE-1-003/"),
    ("PM", "/silk-bridge-1/activities/SILK-BRIDGE-1-003/edit/"),
    ("PM", "/silk-bridge-1/activities/SILK-BRIDGE-1-003/tally/"),
    ("PM", "/silk-bridge-1/activities/SILK-BRIDGE-1-003/files/"),
    ("PM", "/silk-bridge-1/activities/SILK-BRIDGE-1-003/deliverables/"),
    ("ME", "/bomca-10/checks/"),
    ("ME", "/silk-bridge-1/people/"),
    ("ME", "/silk-bridge-1/people/P00030/"),
    ("ME", "/silk-bridge-1/activities/SILK-BRIDGE-1-003/people/"),
    ("ME", "/silk-bridge-1/activities/SILK-BRIDGE-1-003/move/"),
    ("ME", "/account/"),
    ("CL", "/bomca-10/imports/"),
    ("NC", "/account/tokens/"),
)


def complaints(page: Page) -> list[str]:
    """What axe-core finds, one line a rule with the elements it is about."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: " + "; ".join(node["html"][:120] for node in rule["nodes"][:4]) for rule in found]


def faults(page: Page, path: str, language: str) -> list[str]:
    """Opens ``path`` and says what does not hold that must hold for any page."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    response = page.goto(path)
    found = [] if response is not None and response.ok else [f"answered {response and response.status}"]
    elsewhere = {urlsplit(url).netloc for url in asked if not url.startswith("data:")} - {urlsplit(page.url).netloc}
    found += [f"asked {host}" for host in elsewhere] + [f"console: {text}" for text in said]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the screen")
    if page.get_attribute("html", "lang") != language:
        found.append("not in the reader's language")
    return [f"{path} {fault}" for fault in found + complaints(page)]


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "360"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_public_page_can_be_used_by_everybody(site: Site, language: str, narrow: bool) -> None:
    with site.visitor(language=language, narrow=narrow) as context:
        page = context.new_page()
        found = [fault for path in PUBLIC for fault in faults(page, path, language)]
    assert found == []


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "360"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_of_the_staff_can_be_used_by_everybody(site: Site, language: str, narrow: bool) -> None:
    found: list[str] = []
    for role in dict.fromkeys(role for role, _path in STAFF):
        page = site.signed_in(role, language=language, narrow=narrow)
        for path in (path for owner, path in STAFF if owner == role):
            found += faults(page, path, language)
        page.context.close()
    assert found == []


def test_the_dark_theme_keeps_its_contrast(site: Site) -> None:
    with site.visitor() as context:
        page = context.new_page()
        page.emulate_media(color_scheme="dark")
        found = [fault for path in PUBLIC[:9] for fault in faults(page, path, "en")]
    assert found == []
