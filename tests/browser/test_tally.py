"""The tally as it is entered at a desk: pasted from Excel, typed by keyboard alone, taken back, saved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

TALLY = "/silk-bridge-1/activities/SILK-BRIDGE-1-{:03}/tally/"
EXCEL = "\r\n".join(
    [
        "Kyrgyzstan\tborder service\t\t4\t7\t\t",
        'Казахстан\tcustoms\t\t"1,002"\t12.0\t\t3',
        "TJ\tpolice\t\t\t2\t1\t",
        "",
    ]
)


@pytest.fixture
def desk(site: Site) -> Iterator[Page]:
    """The manager's browser, allowed to use the clipboard."""
    page = site.signed_in("PM")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield page
    page.context.close()


def activity_without_tally(page: Page) -> str:
    """The address of the tally of an implemented activity that has none yet, or an old one, emptied."""
    page.goto("/silk-bridge-1/activities/?state=implemented&sort=counted")
    return (page.locator("table.register tbody th a").first.get_attribute("href") or "") + "tally/"


def paste(page: Page, text: str) -> None:
    """Puts ``text`` on the clipboard and presses Ctrl-V where the focus is."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def emptied(page: Page) -> None:
    """Clears what stands in the lines, as a person does who begins anew."""
    page.evaluate("""() => {
        for (const field of document.querySelectorAll('#tally tbody select, #tally tbody input')) field.value = '';
        document.querySelector('#tally').closest('form').dispatchEvent(new Event('input', {bubbles: true}));
    }""")


def lines(page: Page) -> list[list[str]]:
    """What stands in the lines, in order, empty ones left out."""
    rows: list[list[str]] = page.evaluate("""() => [...document.querySelectorAll('#tally tbody tr')].map(row =>
        [...row.querySelectorAll('select, input[type=text]')].map(field => field.value))""")
    return sorted(row for row in rows if any(row[3:]))


def total(page: Page) -> str:
    """The sum that the page shows."""
    return page.locator("#sum").inner_text()


def test_a_block_from_excel_comes_back_as_it_was_pasted(desk: Page) -> None:
    address = activity_without_tally(desk)
    desk.goto(address)
    emptied(desk)
    desk.focus("[name=r0-country]")
    paste(desk, EXCEL)
    pasted = lines(desk)
    assert pasted == [
        ["KG", "border", "", "4", "7", "", ""],
        ["KZ", "customs", "", "1002", "12", "", "3"],
        ["TJ", "police", "", "", "2", "1", ""],
    ]
    assert total(desk) == "1\u202f031"
    assert [cell.inner_text() for cell in desk.locator(".column-sum").all()] == ["1\u202f006", "21", "1", "3"]

    desk.keyboard.press("Control+z")
    assert lines(desk) == []
    assert total(desk) == "0"
    desk.keyboard.press("Control+y")
    assert lines(desk) == pasted

    desk.fill("#participants", "1031")
    desk.fill("#women", "1006")
    expect(desk.locator(".totals-beside .wrong")).to_have_count(0)
    desk.keyboard.press("Enter")
    desk.wait_for_url(lambda url: not url.endswith("/tally/"))
    expect(desk.locator(".message.success")).to_contain_text("1031")
    desk.goto(address)
    assert lines(desk) == pasted


def test_numbers_are_typed_by_keyboard_alone_and_taken_back_cell_by_cell(desk: Page) -> None:
    desk.goto(activity_without_tally(desk))
    emptied(desk)
    desk.focus("[name=r0-country]")
    desk.keyboard.type("Kyr")
    desk.keyboard.press("Tab")
    desk.keyboard.type("cus")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    for key in ("5", "ArrowRight", "8", "Enter", "6"):
        desk.keyboard.press(key)
    first = desk.locator("#tally tbody tr").first
    assert [field.input_value() for field in first.locator("select, input[type=text]").all()][:5] == [
        "KG", "customs", "", "5", "8",
    ]  # fmt: skip
    assert desk.evaluate("document.activeElement.name").startswith("r1-")
    assert total(desk) == "19"
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Control+z")
    assert total(desk) == "13"
    desk.keyboard.press("Control+z")
    assert total(desk) == "5"
    last = desk.locator("#tally tbody tr").last.locator(".count").first
    rows = desk.locator("#tally tbody tr").count()
    last.focus()
    desk.keyboard.press("Enter")
    assert desk.locator("#tally tbody tr").count() == rows + 1
    assert desk.evaluate("document.activeElement.name").startswith(f"r{rows}-")


def test_what_is_wrong_is_said_by_cell_and_stays_as_it_was_pasted(desk: Page) -> None:
    desk.goto(activity_without_tally(desk))
    emptied(desk)
    desk.focus("[name=r0-country]")
    paste(desk, "Kirgisia\tborder service\tMinistry of Nothing\tfour\t7")
    expect(desk.locator("#pasted")).to_contain_text("Kirgisia")
    expect(desk.locator("#tally [aria-invalid=true]")).to_have_count(2)
    desk.get_by_role("button", name="Save the tally").click()
    summary = desk.locator(".summary-of-errors")
    for said in ("“Kirgisia” is no country", "“Ministry of Nothing” is no institution", "“four” is not a number"):
        expect(summary).to_contain_text(said)
    assert lines(desk) == [["Kirgisia", "border", "Ministry of Nothing", "four", "7", "", ""]]
    summary.get_by_role("link", name="“four”").click()
    assert desk.evaluate("document.activeElement.value") == "four" or desk.evaluate("location.hash").endswith("-woman")
    wrong = desk.locator("#tally [aria-invalid=true]")
    expect(wrong).to_have_count(3)
    assert all(desk.locator(f"#{field.get_attribute('aria-describedby')}").count() == 1 for field in wrong.all())


def test_totals_that_do_not_agree_are_shown_at_once_and_nothing_is_saved(desk: Page) -> None:
    desk.goto(activity_without_tally(desk))
    desk.fill("#participants", "99999")
    expect(desk.locator(".totals-beside .wrong")).to_have_count(1)
    desk.get_by_role("button", name="Save the tally").click()
    expect(desk.locator(".summary-of-errors")).to_contain_text("the total says 99")
    assert desk.input_value("#participants") == "99999"
