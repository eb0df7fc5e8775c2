"""An agency's official answers from a telephone, in Russian, on a slow line, without JavaScript and without an account."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import NARROW, Site

WITHIN = 20 * 1024
"""Bytes of the first load, as they come over the line."""
AGENCIES = "/silk-bridge-1/recommendations/agencies/"


def link_for_an_agency(site: Site) -> tuple[Page, str, str]:
    """The manager's page of an agency that has not answered three items yet, its address, and a fresh personal link."""
    page = site.signed_in("PM")
    page.goto(AGENCIES)
    rows = page.locator("main table tbody tr")
    for place in range(rows.count()):
        if int(re.sub(r"\D", "", rows.nth(place).locator("td").nth(1).inner_text()) or 0) >= 3:
            rows.nth(place).locator("a").first.click()
            break
    desk = page.url
    page.fill("[name=name]", "Бахтиёр Саидов")
    page.fill("[name=email]", "b.saidov@example.org")
    page.get_by_role("button", name="Save").click()
    contact = page.locator("table.contacts tr", has_text="Бахтиёр Саидов")
    contact.get_by_role("button", name="Make a link").click()
    # The way alone: the server of a test need not know the address that the world knows it by.
    return page, desk, urlsplit(page.locator("#issued").input_value()).path


def fits(page: Page) -> None:
    """Nothing is wider than the telephone."""
    for part in page.locator("body, main, h1, form, fieldset, label, textarea, button, footer").all():
        box = part.bounding_box()
        assert box is None or box["x"] + box["width"] <= NARROW["width"] + 0.5, part.inner_text()[:60]


def seen_at_once(page: Page, what: str) -> None:
    """What was sent is acknowledged, or refused, where the reader looks: nobody scrolls for it."""
    box = page.locator(what).bounding_box()
    assert box is not None
    assert -2 <= box["y"] <= NARROW["height"] - 40, box


def test_three_items_in_three_requests_by_telephone_in_russian(site: Site) -> None:
    manager, desk, address = link_for_an_agency(site)
    asked: list[Request] = []
    with site.visitor(language="ru", narrow=True, scripts=False) as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: asked.append(request))
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "ru")
        sizes = [one.sizes() for one in asked]
        assert sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes) <= WITHIN
        assert len(asked) == 2, "the page and its stylesheet"
        fits(page)
        answered: list[str] = []
        for number in range(3):
            before = len([one for one in asked if one.method == "POST"])
            item = next(
                one
                for one in page.locator("article").all()
                if one.locator(".m b").inner_text() not in answered and one.locator("textarea").count()
            )
            code = item.locator(".m b").inner_text()
            answered.append(code)
            item.locator("fieldset label").last.click()
            item.locator("textarea").fill("Исполнено приказом, копия направлена координатору.")
            summary = item.locator("summary")
            if summary.count():
                summary.first.click()
            if item.locator("[name=evidence_text]").count():
                item.locator("[name=evidence_text]").fill("https://example.org/prikaz/12")
            item.locator("form > button").click()
            expect(page.locator(".ok")).to_contain_text(f"Записано: {code}")
            seen_at_once(page, ".ok")
            fits(page)
            assert len([one for one in asked if one.method == "POST"]) == before + 1, number
        assert len([one for one in asked if one.resource_type == "document"]) == 4, (
            "the page, then one request an answer"
        )
        assert not [one for one in asked if one.resource_type == "script"]

        # A refusal keeps what was typed.
        item = page.locator("article").first
        radios = item.locator("input[type=radio]")
        radios.nth(radios.count() - 1).check()
        item.locator("textarea").fill("Ответ \U0001f600")
        item.locator("form > button").click()
        expect(page.locator(".no")).to_contain_text("нельзя напечатать")
        seen_at_once(page, ".no")
        fits(page)

        # The coordinator ends the link: what happens next is said, with whom to write to.
        manager.goto(desk)
        given = manager.locator(".given-links li", has_text="Бахтиёр Саидов").first
        given.get_by_role("button", name="End it").click()
        page.goto(address)
        expect(page.locator("h1")).to_have_text("Эта ссылка больше не действует")
        fits(page)
        page.goto(f"{address[:-6]}AAAAA/")
        expect(page.locator("h1")).to_have_text("Ссылка не действует")
        fits(page)
    manager.goto(desk)
    manager.locator("table.contacts tr", has_text="Бахтиёр Саидов").get_by_role("link").click()
    manager.locator("[name=active]").uncheck()
    manager.get_by_role("button", name="Save").click()
    manager.context.close()
