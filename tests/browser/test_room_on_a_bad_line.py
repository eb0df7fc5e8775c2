"""A meeting is run on a bad line: nothing typed is lost, nothing is doubled, whatever happens to line and session."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PASSWORD, Site
from tests.browser.test_accessibility import complaints

PHASE = "silk-bridge-1"
SAVED = re.compile("Everything is saved")
WAITING = re.compile("not yet sent")
SOON = 20_000


@pytest.fixture
def room(site: Site) -> Iterator[Page]:
    """The manager in the room of the meeting that is convened in the demo."""
    page = site.signed_in("PM")
    page.goto(f"/{PHASE}/meetings/?state=convened")
    address = page.locator(f"a[href^='/{PHASE}/meetings/NSG-']").first.get_attribute("href")
    page.goto(f"{address}room/")
    expect(page.locator("#room-sign")).to_have_text(SAVED)
    yield page
    page.context.close()


def everybody_is_here(page: Page) -> None:
    for box in page.locator("[name^=present-]").all():
        box.check()
    expect(page.locator("#quorum")).to_have_text(re.compile("^Quorum:"))


def summary(page: Page, place: int) -> str:
    """Where the English summary of an agenda item is written."""
    return f"#{page.locator('[data-item]').nth(place).get_attribute('id')} textarea[lang=en]"


def decide(page: Page, words: str) -> None:
    item = page.locator("[data-item]").nth(1)
    item.locator("textarea").first.focus()
    page.keyboard.press("F8")
    page.locator(":focus").fill(words)
    page.keyboard.press("Control+Enter")


def give(page: Page, words: str, *, owner: bool = True) -> None:
    item = page.locator("[data-item]").nth(1)
    item.locator("textarea").first.focus()
    page.keyboard.press("F9")
    form = page.locator("form:has(:focus)")
    form.locator("[name=text_en]").fill(words)
    if owner:
        form.locator("[name=owner]").fill(page.locator("#owner-names option").first.get_attribute("value") or "")
    form.locator("[name=due_on]").fill("2030-01-31")
    form.get_by_role("button").click()


def saved(page: Page) -> None:
    expect(page.locator("#room-sign")).to_have_text(SAVED, timeout=SOON)


def recorded(page: Page, words: str) -> int:
    """How often something stands on the page that the server gives out anew."""
    page.reload()
    return page.locator("[data-part^=item-]").get_by_text(words).count()


def test_the_line_drops_and_answers_get_lost_and_all_is_there_once(room: Page) -> None:
    everybody_is_here(room)
    saved(room)
    room.context.set_offline(True)
    expect(room.locator("#room-sign")).to_contain_text("Leave this page open")
    room.fill(summary(room, 0), "Said while the line was down")
    decide(room, "Decided while the line was down")
    give(room, "Given while the line was down")
    expect(room.locator("#room-sign")).to_have_text(WAITING)
    expect(room.locator(".room-waiting li")).to_have_count(2)
    # The line comes back so badly that the server hears and nobody hears the server.
    heard: list[str] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            heard.append(route.request.post_data or "")
            route.abort()
        else:
            route.continue_()

    room.route("**/room/", lose_the_answer)
    room.context.set_offline(False)
    expect(room.locator("#room-sign")).to_have_text(WAITING)
    room.wait_for_timeout(2500)
    assert len(heard) >= 2, "it was tried again"
    assert len(set(heard)) == 1, "and it was the same that was sent"
    room.unroute("**/room/")
    saved(room)
    assert recorded(room, "Decided while the line was down") == 1
    assert recorded(room, "Given while the line was down") == 1
    assert room.input_value(summary(room, 0)) == "Said while the line was down"


def test_a_reload_loses_nothing_that_was_not_sent_yet(room: Page) -> None:
    everybody_is_here(room)
    saved(room)
    room.route("**/room/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    room.fill(summary(room, 2), "Typed before the reload")
    decide(room, "Decided before the reload")
    item = room.locator("[data-item]").nth(2)
    item.locator("[data-adds=decision] summary").click()
    item.locator("[data-adds=decision] [name=text_ru]").fill("Начато и не записано")
    room.wait_for_timeout(500)
    room.reload()
    expect(room.locator("#room-sign")).to_have_text(WAITING)
    assert room.input_value(summary(room, 2)) == "Typed before the reload"
    expect(room.locator(".room-waiting")).to_contain_text(["Decided before the reload"])
    draft = room.locator("[data-item]").nth(2).locator("[data-adds=decision] [name=text_ru]")
    expect(draft).to_be_visible()
    expect(draft).to_have_value("Начато и не записано")
    room.unroute("**/room/")
    saved(room)
    assert recorded(room, "Decided before the reload") == 1
    assert room.input_value(summary(room, 2)) == "Typed before the reload"
    assert recorded(room, "Начато и не записано") == 0


def test_a_lost_session_keeps_everything_until_one_has_signed_in_again(room: Page) -> None:
    room.context.clear_cookies()
    room.fill(summary(room, 3), "Typed after the session had ended")
    expect(room.locator("#room-sign")).to_have_text(re.compile("signed out"), timeout=SOON)
    other = room.context.new_page()
    other.goto("/account/login/")
    other.fill("input[name=login][type=email]", "pm@demo.example")
    other.fill("input[name=password][type=password]", PASSWORD)
    other.locator("main form:has(input[type=password]) button").first.click()
    other.wait_for_url(lambda url: "/account/login" not in url)
    other.close()
    room.bring_to_front()
    saved(room)
    room.reload()
    assert room.input_value(summary(room, 3)) == "Typed after the session had ended"


def test_two_writers_see_both_texts_and_choose(room: Page, site: Site) -> None:
    other = site.signed_in("PM")
    other.goto(room.url)
    # The same person at two tables: the store of each browser is its own.
    room.fill(summary(room, 4), "Written at the first table")
    saved(room)
    other.fill(summary(other, 4), "Written at the second table")
    versions = other.locator(".room-waiting .versions")
    expect(versions).to_contain_text("Written at the first table", timeout=SOON)
    expect(versions).to_contain_text("Written at the second table")
    assert other.input_value(summary(other, 4)) == "Written at the second table", "what is typed stays where it is"
    other.get_by_role("button", name="Keep both").click()
    saved(other)
    room.reload()
    both = room.input_value(summary(room, 4))
    assert "first table" in both
    assert "second table" in both
    other.context.close()


def test_what_is_refused_comes_back_into_its_form(room: Page) -> None:
    give(room, "Nobody owns this", owner=False)
    refused = room.locator(".room-waiting li[data-is=refused]")
    expect(refused).to_contain_text("exactly one owner", timeout=SOON)
    refused.get_by_role("button", name="Put it back").click()
    form = room.locator("form:has(:focus)")
    expect(form.locator("[name=text_en]")).to_have_value("Nobody owns this")
    expect(form.locator("[name=due_on]")).to_have_value("2030-01-31")
    form.locator("[name=owner]").fill(room.locator("#owner-names option").first.get_attribute("value") or "")
    form.get_by_role("button").click()
    saved(room)
    assert recorded(room, "Nobody owns this") == 1


def test_without_a_script_and_on_a_phone_it_is_plain_forms(room: Page, site: Site) -> None:
    page = site.signed_in("PM", narrow=True, scripts=False)
    page.goto(room.url)
    page.fill(summary(page, 5), "Saved by a plain form")
    page.locator("[data-item]").nth(5).locator("form").first.get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_contain_text("Summary saved")
    assert page.input_value(summary(page, 5)) == "Saved by a plain form"
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "360"])
def test_the_room_and_the_action_points_can_be_used_by_everybody(
    room: Page, site: Site, language: str, narrow: bool
) -> None:
    page = site.signed_in("PM", language=language, narrow=narrow)
    page.goto(f"/{PHASE}/action-points/")
    point = page.locator(f"tbody a[href^='/{PHASE}/action-points/']").first.get_attribute("href") or ""
    found: list[str] = []
    for address in (room.url, f"/{PHASE}/action-points/", point, f"{point}move/"):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{address} is wider than the screen")
        for folded in page.locator("main details.adds").all()[:6]:
            folded.evaluate("one => { one.open = true; }")
        found += [f"{address} {one}" for one in complaints(page)]
    assert found == []
    page.context.close()
