"""Without JavaScript everything works: it only takes a press more."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_accessibility import faults


def shown(page: Page) -> None:
    """Presses the button that brings what was chosen."""
    page.get_by_role("button", name="Show").first.click()


def test_a_register_is_searched_filtered_sorted_paged_and_exported(site: Site) -> None:
    page = site.signed_in("PM", scripts=False)
    page.goto("/silk-bridge-1/activities/")
    page.locator(".pager a[rel=next]").first.click()
    expect(page.locator(".register-said")).to_contain_text("51–")
    page.goto("/silk-bridge-1/activities/")
    page.fill("#q", "тренинг")
    shown(page)
    assert "q=" in page.url
    page.locator("summary", has_text="Filters").click()
    page.locator("input[name=state][value=implemented]").check()
    page.locator(".drawer[open] .drawer-end button").click()
    assert "state=implemented" in page.url
    page.get_by_role("link", name="Title", exact=True).click()
    assert "sort=title" in page.url
    states = page.locator("table.register tbody .badge").all_inner_texts()
    assert set(states) == {"implemented"}
    with page.expect_download() as waiting:
        page.locator(".exports a", has_text="CSV").click()
    text = waiting.value.path().read_text("utf-8-sig")
    assert len(text.splitlines()) == len(states) + 1
    page.context.close()


def test_an_activity_is_edited_counted_and_moved(site: Site) -> None:
    page = site.signed_in("PM", scripts=False)
    page.goto("/silk-bridge-1/activities/?state=draft")
    page.locator("table.register tbody th a").first.click()
    record = page.url
    page.locator(".tabs a", has_text="Edit").click()
    page.fill("[name=title_en]", "")
    page.fill("[name=title_ru]", "")
    page.fill("[name=summary_en]", "Written without scripts.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".summary-of-errors")).to_be_visible()
    assert page.input_value("[name=summary_en]") == "Written without scripts."
    page.fill("[name=title_en]", "Course without scripts")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Course without scripts")

    page.locator(".tabs a", has_text="Tally").click()
    line = page.locator("#tally tbody tr").first
    line.locator("select").first.select_option("UZ")
    line.locator(".count").nth(0).fill("3")
    line.locator(".count").nth(1).fill("x")
    page.get_by_role("button", name="Save the tally").click()
    expect(page.locator(".summary-of-errors")).to_contain_text("“x” is not a number")
    page.locator("#tally tbody tr").first.locator(".count").nth(1).fill("4")
    page.get_by_role("button", name="Save the tally").click()
    expect(page.locator(".message.success")).to_contain_text("7 participants")

    page.goto(record)
    page.locator(".tabs a", has_text="Move").click()
    step = page.locator("#move-cancel")
    step.locator("summary").click()
    step.locator("textarea").first.fill("The host withdrew.")
    step.locator("form button").click()
    expect(page.locator(".message.success")).to_contain_text("cancelled")
    page.context.close()


def test_a_newsletter_text_is_written_and_stays(site: Site) -> None:
    page = site.signed_in("CO", scripts=False, narrow=True)
    page.goto("/silk-bridge-1/publications/")
    page.get_by_role("button", name="Open the issue").click()
    page.locator("main a[href*='/texts/']").first.click()
    form = page.locator("form:has(#markdown-en)")
    form.locator("textarea").fill("Written without scripts, on a phone.")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h2:has-text('English') .badge")).to_have_text("draft")
    page.reload()
    expect(page.locator("#markdown-en")).to_have_value("Written without scripts, on a phone.")
    page.context.close()


def test_an_agency_answers_by_its_link_on_a_phone(site: Site) -> None:
    page = site.signed_in("PM", scripts=False)
    page.goto("/silk-bridge-1/recommendations/?state=issued")
    page.locator("table.register tbody th a").first.click()
    page.locator("main a[href*='/recommendations/agencies/']").first.click()
    page.get_by_role("button", name="Make a link").first.click()
    address = urlsplit(page.locator("#issued").input_value()).path
    page.context.close()
    with site.visitor(narrow=True, scripts=False) as context:
        agency = context.new_page()
        agency.goto(f"{address}?lang=en")
        item = agency.locator("article:has([value=consider])").first
        code = item.locator("b").inner_text()
        item.locator("[value=consider]").check()
        item.locator("textarea").fill("Discussed on Monday.")
        item.get_by_role("button").click()
        expect(agency.get_by_role("status")).to_contain_text(code)
        expect(agency.locator(f"article:has(b:text-is('{code}')) .m")).to_contain_text("under consideration")
    for language, narrow in (("en", False), ("ru", True)):
        with site.visitor(narrow=narrow) as context:
            assert faults(context.new_page(), f"{address}?lang={language}", language) == []


def test_a_figure_is_turned_and_the_language_switched(site: Site) -> None:
    with site.visitor(scripts=False) as context:
        page = context.new_page()
        page.goto("/bomca-10/figures/activities-implemented/")
        page.locator("select[name=by]").first.select_option("country")
        shown(page)
        assert "by=country" in page.url
        expect(page.locator("main svg.chart:visible")).to_have_count(1)
        expect(page.locator("main table").first).to_contain_text("Kyrgyzstan")
        address = page.url
        page.locator("header button[name=language][value=ru]").click()
        assert page.url == address
        expect(page.locator("main table").first).to_contain_text("Кыргызстан")


def test_a_recommendation_is_drafted_and_what_is_missing_is_said(site: Site) -> None:
    page = site.signed_in("CL", scripts=False)
    page.goto("/silk-bridge-1/recommendations/new/")
    page.fill("textarea >> nth=0", "Keep one register of detections, and share it weekly.")
    page.locator("main .form-buttons button").first.click()
    expect(page.locator(".summary-of-errors")).to_be_visible()
    assert page.input_value("textarea >> nth=0") == "Keep one register of detections, and share it weekly."
    page.context.close()


def test_the_menus_open_too(site: Site) -> None:
    page = site.signed_in("PM", scripts=False, narrow=True)
    page.goto("/silk-bridge-1/")
    page.get_by_role("button", name="Menu").click()
    page.locator("#places a", has_text="Timeline").click()
    expect(page.locator("h1")).to_have_text("Timeline")
    page.context.close()
