"""What was typed outlives a lost session, a sign-in elsewhere, a reload, and somebody else's save."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site, sign_in

EDIT = "/silk-bridge-1/activities/SILK-BRIDGE-1-{}/edit/"
TITLE = "[name=title_en]"


def sign_out_elsewhere(context: BrowserContext) -> Page:
    """Signs out in another tab of the same browser; gives that tab."""
    other = context.new_page()
    other.goto("/account/logout/")
    other.locator("main form button").click()
    other.wait_for_url(lambda url: "/account/logout" not in url)
    return other


def save(page: Page) -> None:
    """Presses the button that saves the form."""
    page.locator("main .form-buttons button").first.click()


def test_the_form_comes_back_after_the_session_was_lost(site: Site) -> None:
    page = site.signed_in("PM", anew=True)
    page.goto(EDIT.format("010"))
    page.fill(TITLE, "Typed before the session was lost")
    sign_out_elsewhere(page.context)
    save(page)
    page.wait_for_url(lambda url: "/account/login" in url)
    sign_in(page, "PM")
    assert page.input_value(TITLE) == "Typed before the session was lost"
    expect(page.get_by_text("what you had typed before you signed in again")).to_be_visible()
    page.reload()
    assert page.input_value(TITLE) == "Typed before the session was lost"
    save(page)
    expect(page.locator(".message.success")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Typed before the session was lost")
    page.goto(EDIT.format("010"))
    expect(page.locator("[data-kept]")).to_have_count(0)
    page.context.close()


def test_a_form_that_was_open_while_one_signed_in_anew_in_another_tab_is_sent_by_one_press(site: Site) -> None:
    page = site.signed_in("PM", anew=True)
    page.goto(EDIT.format("011"))
    page.fill(TITLE, "Typed before signing in anew")
    other = sign_out_elsewhere(page.context)
    other.goto("/account/login/")
    sign_in(other, "PM")
    save(page)
    expect(page.locator("h1")).to_contain_text("what you typed is here")
    expect(page.locator("main")).to_contain_text("Typed before signing in anew")
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator("h1")).to_have_text("Typed before signing in anew")
    page.context.close()


def test_a_tally_that_was_not_sent_is_there_after_a_wrong_click_but_not_for_somebody_else(site: Site) -> None:
    page = site.signed_in("PM", anew=True)
    address = "/silk-bridge-1/activities/SILK-BRIDGE-1-012/tally/"
    page.goto(address)
    line = page.locator("#tally tbody tr").last
    name = line.locator(".count").first.get_attribute("name")
    line.locator("select").first.select_option("TJ")
    line.locator(".count").first.fill("17")
    page.goto("/silk-bridge-1/")
    page.goto(address)
    assert page.input_value(f"[name={name}]") == "17"
    expect(page.get_by_text("it is not saved yet")).to_be_visible()
    sign_out_elsewhere(page.context)
    page.goto("/account/login/")
    sign_in(page, "ME")
    page.goto(address)
    assert page.input_value(f"[name={name}]") == ""
    page.context.close()


def test_the_second_of_two_editors_sees_what_the_first_changed_and_loses_nothing(site: Site) -> None:
    manager, officer = site.signed_in("PM"), site.signed_in("ME")
    for page in (manager, officer):
        page.goto(EDIT.format("015"))
    manager.fill(TITLE, "What the manager wrote")
    manager.fill("[name=title_ru]", "Что написал руководитель")
    save(manager)
    expect(manager.locator(".message.success")).to_be_visible()

    officer.fill(TITLE, "What the officer wrote")
    officer.fill("[name=summary_en]", "A summary that took the officer an hour.")
    save(officer)
    conflict = officer.locator(".summary-of-errors")
    expect(conflict).to_contain_text("saved this activity while you had it open")
    expect(officer.locator("#decide-title")).to_contain_text("What the manager wrote")
    assert officer.input_value(TITLE) == "What the officer wrote"
    assert officer.input_value("[name=title_ru]") == "Что написал руководитель"
    assert officer.input_value("[name=summary_en]") == "A summary that took the officer an hour."
    officer.locator("#decide-title input[value=theirs]").check()
    save(officer)
    expect(officer.locator("h1")).to_have_text("What the manager wrote")
    expect(officer.locator("main")).to_contain_text("A summary that took the officer an hour.")
    for page in (manager, officer):
        page.context.close()


def test_the_language_pressed_before_signing_in_stays(site: Site) -> None:
    with site.visitor() as context:
        page = context.new_page()
        page.goto("/account/login/")
        page.locator("header button[name=language][value=ru]").click()
        sign_in(page, "FI")
        assert page.get_attribute("html", "lang") == "ru"
        page.goto("/silk-bridge-1/")
        assert page.get_attribute("html", "lang") == "ru"
    with site.visitor() as context:
        page = context.new_page()
        page.goto("/account/login/")
        sign_in(page, "FI")
        assert page.get_attribute("html", "lang") == "ru", "the choice came along into the account"
        page.locator("header button[name=language][value=en]").click()
