"""axe-core finds nothing at WCAG 2.2 AA, nothing runs out of a phone's screen, nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

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
    "/bomca-10/meetings/",
)
STAFF = (
    ("PM", "/"),
    ("PM", "/silk-bridge-1/"),
    ("PM", "/silk-bridge-1/meetings/"),
    ("PM", "/silk-bridge-1/meetings/rounds/new/"),
    ("PM", "/silk-bridge-1/meetings/bodies/"),
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


def faults(page: Page, path: str, language: str, *, thorough: bool = True) -> list[str]:
    """Opens ``path`` and says what does not hold that must hold for any page; axe-core looks where ``thorough``."""
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
    return [f"{path} {fault}" for fault in found + (complaints(page) if thorough else [])]


def some(pages: Sequence[Any], most: int = 5) -> list[Sequence[Any]]:
    """The pages a few at a time, so that no test takes long."""
    return [pages[start : start + most] for start in range(0, len(pages), most)]


def named(pages: Sequence[Any]) -> str:
    """The name of a few pages among the tests: the first of them."""
    first = pages[0] if isinstance(pages[0], str) else " ".join(pages[0])
    return first.replace("/", " ").strip() or "first page"


WAYS = pytest.mark.parametrize(
    ("language", "narrow", "thorough"),
    [("en", False, True), ("ru", True, True), ("en", True, False), ("ru", False, False)],
    ids=["en-1280", "ru-360", "en-360-layout", "ru-1280-layout"],
)
"""Axe-core reads each page once in each language, once wide and once narrow; what is too wide is looked for in all."""


@WAYS
@pytest.mark.parametrize("paths", some(PUBLIC), ids=named)
def test_every_public_page_can_be_used_by_everybody(
    site: Site, paths: Sequence[str], language: str, narrow: bool, thorough: bool
) -> None:
    with site.visitor(language=language, narrow=narrow) as context:
        page = context.new_page()
        found = [fault for path in paths for fault in faults(page, path, language, thorough=thorough)]
    assert found == []


@WAYS
@pytest.mark.parametrize("pages", some(STAFF), ids=named)
def test_every_page_of_the_staff_can_be_used_by_everybody(
    site: Site, pages: Sequence[tuple[str, str]], language: str, narrow: bool, thorough: bool
) -> None:
    found: list[str] = []
    for role in dict.fromkeys(role for role, _path in pages):
        page = site.signed_in(role, language=language, narrow=narrow)
        for path in (path for owner, path in pages if owner == role):
            found += faults(page, path, language, thorough=thorough)
        page.context.close()
    assert found == []


@pytest.mark.parametrize("paths", some(PUBLIC[:8], 4), ids=named)
def test_the_dark_theme_keeps_its_contrast(site: Site, paths: Sequence[str]) -> None:
    with site.visitor() as context:
        page = context.new_page()
        page.emulate_media(color_scheme="dark")
        found = [fault for path in paths for fault in faults(page, path, "en")]
    assert found == []


def test_a_page_prints_without_its_frame(site: Site) -> None:
    page = site.signed_in("PM")
    page.goto("/silk-bridge-1/")
    page.emulate_media(media="print")
    for gone in ("header.top", "#places", ".chooser"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".key-numbers")).to_be_visible()
    page.context.close()
