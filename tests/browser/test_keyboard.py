"""Everything by keyboard: a way past the frame, a visible focus at every stop, no trap, Escape closes what opened."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Site

FOCUS = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const ring = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none';
    return {
        name: (one.innerText || one.getAttribute('aria-label') || one.name || one.tagName).trim().split('\\n')[0],
        seen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth,
        ring: ring || style.boxShadow !== 'none' || one.matches('input, select, textarea') && style.outlineStyle === 'auto',
        top: Math.round(box.top + scrollY), left: Math.round(box.left), in_menu: Boolean(one.closest('[popover]')),
        main: Boolean(one.closest('main')),
    };
}"""


def tab_until(page: Page, wanted: str, most: int = 80) -> list[str]:
    """Presses Tab until the focus is on ``wanted`` (the beginning of its name); the stops on the way, each visible."""
    stops: list[str] = []
    for _press in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            continue
        assert stop["seen"], f"{stop['name']} has the focus and is not on the screen"
        assert stop["ring"], f"{stop['name']} has the focus and does not show it"
        stops.append(stop["name"])
        if stop["name"].startswith(wanted):
            return stops
    raise AssertionError(f"{wanted} is not reached: {stops}")


def into_the_content(page: Page, wanted: str) -> None:
    """Takes the way past the frame, the first stop of every page, and goes on to ``wanted``."""
    if not page.url.endswith("#content"):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS)["name"] == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
    tab_until(page, wanted)


def test_from_the_sign_in_to_a_changed_record(site: Site) -> None:
    page = site.visitor().new_page()
    page.goto("/account/login/")
    tab_until(page, "login")
    page.keyboard.type("pm@demo.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/account/login" not in url)

    tab_until(page, "Silk Bridge")
    page.keyboard.press("Enter")
    page.wait_for_url("**/silk-bridge-1/")
    stops = tab_until(page, "Activities")
    assert stops[0] == "Skip to the content"
    assert [stops.index(name) for name in ("Pilotage", "EN", "Overview", "Calendar", "Activities")] == sorted(
        stops.index(name) for name in ("Pilotage", "EN", "Overview", "Calendar", "Activities")
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/activities/")
    into_the_content(page, "q")
    page.keyboard.type("tren")
    tab_until(page, "Filters")
    page.keyboard.press("Enter")
    expect(page.locator("details.drawer[open] .register-filters")).to_be_visible()
    tab_until(page, "state")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "q=tren" in url and "state=" in url)

    page.goto("/silk-bridge-1/activities/?state=planned")
    into_the_content(page, "Title")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sort=title" in url)
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Title")
    title = page.locator("table.register tbody th a").first.inner_text()
    into_the_content(page, title)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/activities/SILK" in url)

    into_the_content(page, "Edit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    into_the_content(page, "title_en")
    page.keyboard.press("End")
    page.keyboard.type(" (by keyboard)")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(f"{title} (by keyboard)")

    into_the_content(page, "Move")
    page.keyboard.press("Enter")
    page.wait_for_url("**/move/")
    page.context.close()


def test_a_step_to_another_state_is_made_by_keyboard(site: Site) -> None:
    page = site.signed_in("PM")
    page.goto("/silk-bridge-1/activities/?state=draft")
    page.locator("table.register tbody th a").first.click()
    page.locator(".tabs a", has_text="Move").click()
    page.wait_for_url("**/move/")
    cancel = page.locator("#move-cancel")
    cancel.locator("summary").focus()
    page.keyboard.press("Enter")
    form = cancel.locator("form")
    expect(form).to_be_visible()
    form.locator("textarea").focus()
    page.keyboard.type("The host withdrew.")
    form.locator("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".message.success")).to_contain_text("is now")
    page.context.close()


def test_escape_closes_the_menus_and_gives_the_focus_back(site: Site) -> None:
    page = site.signed_in("PM")
    page.goto("/silk-bridge-1/activities/")
    for wanted, menu in (("Programme", "#phases"), ("Marta", "#person")):
        page.keyboard.press("Home")
        tab_until(page, wanted)
        page.keyboard.press("Enter")
        expect(page.locator(menu)).to_be_visible()
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS)["in_menu"], "what opened is the next stop"
        page.keyboard.press("Escape")
        expect(page.locator(menu)).not_to_be_visible()
        assert page.evaluate(FOCUS)["name"].startswith(wanted)
    page.context.close()


def test_the_other_programme_is_opened_at_the_same_place(site: Site) -> None:
    page = site.signed_in("PM")
    page.goto("/silk-bridge-1/calendar/")
    tab_until(page, "Programme")
    page.keyboard.press("Enter")
    tab_until(page, "BOMCA 10", most=4)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bomca-10/calendar/**")
    page.context.close()


def test_the_focus_goes_through_a_page_once_and_leaves_it(site: Site) -> None:
    page = site.signed_in("ME")
    for path in ("/silk-bridge-1/", "/silk-bridge-1/activities/SILK-BRIDGE-1-020/tally/"):
        page.goto(path)
        reachable: int = page.evaluate("""() => [...document.querySelectorAll(
            'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
            .filter(one => !one.disabled && one.checkVisibility({visibilityProperty: true}) && !one.closest('[popover]:not(:popover-open):not(.places)')).length""")
        seen: list[tuple[str, int, int]] = []
        for _press in range(reachable + 40):
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUS)
            if stop is None:
                break
            place = (stop["name"], stop["top"], stop["left"])
            if seen and place == seen[0]:
                break
            seen.append(place)
        else:
            raise AssertionError(f"{path} keeps the focus: {seen[-6:]}")
        assert len(seen) > 15


def test_the_year_of_a_plan_is_arranged_on_a_phone_by_keyboard_alone(site: Site) -> None:
    page = site.signed_in("PM", narrow=True)
    page.goto("/silk-bridge-1/plans/?state=draft")
    page.locator("table.register tbody th a").first.click()
    page.locator(".tabs a", has_text="Year").click()
    page.wait_for_url("**/year/")
    line = page.locator("tr[id^=line-]:has(button[value='1']:enabled)").first
    when = line.locator("small").first
    before, key = when.inner_text(), line.locator(".key").inner_text()
    into_the_content(page, "›")
    page.keyboard.press("Enter")
    expect(when).not_to_have_text(before)
    assert page.evaluate("document.activeElement.value") == "1", "the focus stays on the button"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(when).to_have_text(before)
    tab_until(page, "Set dates", most=6)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for press in ("Home", "ArrowDown", "ArrowDown"):
        page.keyboard.press(press)
    tab_until(page, "Set", most=3)
    page.keyboard.press("Enter")
    expect(when).not_to_have_text(before)
    assert page.locator(".key").first.inner_text() == key
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
