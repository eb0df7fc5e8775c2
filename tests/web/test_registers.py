"""The register page: filters, search in both scripts, order, pages, columns and exports, all in the address."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client

from pilotage.domain.activities.operations import add_series
from pilotage.domain.activities.rules import TallyRow
from tests.browse import signed_in, words_of
from tests.recorded import made_once
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
LIST = "/trial-1/activities/"


@pytest.fixture
@made_once
def programme() -> SmallProgramme:
    made = small_programme()
    one, two = made.components
    add = made.activity
    add("KG", title={"en": "Detection of drugs", "ru": "Выявление наркотиков"}, component=one, state="implemented",
        actual_start="2023-06-20", actual_end="2023-06-21", mode="onsite",
        tally=(TallyRow(4, "KG", sex="woman"), TallyRow(8, "KG", sex="man")))  # fmt: skip
    add(
        "TJ",
        title={"en": "Risk analysis", "ru": "Анализ рисков"},
        component=two,
        state="planned",
        planned_end="2021-05",
    )
    add("KG", "TJ", "KZ", title={"en": "Åland study visit", "ru": "Ёлочный визит"}, component=two, type="study_visit",
        state="confirmed", planned_start="2025-Q3", additional=True)  # fmt: skip
    add("KG", title={"en": "=HYPERLINK(1)", "ru": "Формула"}, component=one)
    return made


@pytest.fixture
def browser(programme: SmallProgramme) -> Client:
    user, _viewer = programme.user("PM")
    return signed_in(user)


def titles(browser: Client, query: str = "", language: str = "en") -> list[str]:
    answer = browser.get(f"{LIST}?{query}&format=csv&col=title&lang={language}")
    return [row[0].lstrip("'") for row in csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig")))][1:]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=narkotik", 1), ("q=НАРКОТИКОВ выявление", 1), ("q=aland", 1), ("q=елочный", 1), ("q=trial-1-002", 1),
        ("q=nothing", 0), ("q=%00", 4),
        ("component=1", 2), ("component=1&component=2", 4), ("component=none", 0),
        ("country=TJ", 2), ("country=TJ&country=KG", 4), ("country=none", 0),
        ("state=draft", 1), ("state=implemented&state=planned", 2), ("type=study_visit", 1),
        ("mode=onsite", 1), ("mode=none", 3), ("scope=none", 4),
        ("period=2023-Q2", 1), ("period=2023", 1), ("period=2023-06-01..2023-06-30", 1), ("period=2025", 1),
        ("late=1", 2), ("undated=1", 1), ("without_tally=1", 3), ("joint=1", 0), ("additional=1", 1),
        ("thematic=yes", 4), ("thematic=no", 0), ("country=KG&state=implemented&q=drugs", 1),
    ],
)  # fmt: skip
def test_filters_and_search(browser: Client, query: str, found: int) -> None:
    assert len(titles(browser, query)) == found


def test_a_series(programme: SmallProgramme, browser: Client) -> None:
    series = add_series(by=TESTER, phase=programme.phase, code="legs", title={"en": "Legs"})
    programme.activity("KG", title={"en": "First leg"}, series=series)
    assert titles(browser, "series=legs") == ["First leg"]


def test_order_by_language(browser: Client) -> None:
    assert titles(browser, "sort=title")[:3] == ["=HYPERLINK(1)", "Detection of drugs", "Risk analysis"]
    assert titles(browser, "sort=title", "ru") == ["Анализ рисков", "Выявление наркотиков", "Ёлочный визит", "Формула"]
    assert titles(browser, "sort=-title", "ru")[0] == "Формула"


def test_unknown_values_come_last_both_ways(browser: Client) -> None:
    assert titles(browser, "sort=when")[-1] == "=HYPERLINK(1)"
    assert titles(browser, "sort=-when")[-1] == "=HYPERLINK(1)"
    assert titles(browser, "sort=-participants")[0] == "Detection of drugs"


def test_heads_say_the_order_and_lead_to_it(browser: Client) -> None:
    page = browser.get(f"{LIST}?sort=title&state=draft").content.decode()
    assert 'aria-sort="ascending"><a href="?sort=-title&amp;state=draft">Title' in page
    assert 'aria-sort="none"><a href="?sort=code&amp;state=draft">Code' in page


def test_pages_and_the_count(programme: SmallProgramme, browser: Client) -> None:
    for number in range(60):
        programme.activity("KG", title={"en": f"Number {number}"})
    first, last = browser.get(LIST), browser.get(f"{LIST}?page=2")
    assert "64 activities , shown 1–50" in words_of(first)
    assert "shown 51–64" in words_of(last)
    assert len(titles(browser)) == 64


def test_totals_and_what_is_not_known(browser: Client) -> None:
    page = words_of(browser.get(LIST))
    assert "Total 12 4" in page
    assert "without a tally are not known, not zero" in page


def test_columns_of_ones_choice(browser: Client) -> None:
    page = browser.get(f"{LIST}?col=title&col=venue&col=cost").content.decode()
    assert page.count('<th scope="col"') == 3
    assert browser.get(f"{LIST}?col=nothing").content.decode().count('<th scope="col"') > 5


def test_the_cost_is_not_for_everybody(programme: SmallProgramme) -> None:
    programme.activity("KG", title={"en": "Paid"}, cost=1234, confidentiality="public", state="planned")
    header = (
        b"".join(signed_in().get(f"{LIST}?format=csv&col=title&col=cost&col=women")).decode("utf-8-sig").splitlines()
    )
    assert header[0] == "Title"


def test_the_order_does_not_tell_what_is_withheld_and_neither_does_the_sum(programme: SmallProgramme) -> None:
    for count in (3, 1, 9):
        programme.activity("KG", title={"en": f"{count} people"}, state="implemented", confidentiality="public",
                           tally=(TallyRow(count, "KG", sex="woman"),))  # fmt: skip
    public = Client()
    order = [title for title in titles(public, "sort=participants") if title.endswith("people")]
    assert order == ["3 people", "1 people", "9 people"], "withheld ones stand as they were entered"
    assert [title for title in titles(public, "sort=-participants") if title.endswith("people")][0] == "9 people"
    assert "<tfoot" not in public.get(f"{LIST}?q=people").content.decode(), "few together are withheld with their sum"
    user, _viewer = programme.user("PM")
    own = [title for title in titles(signed_in(user), "sort=participants&q=people")]
    assert own == ["1 people", "3 people", "9 people"]


def test_a_formula_stays_text(browser: Client) -> None:
    lines = b"".join(browser.get(f"{LIST}?format=csv&col=title&q=hyperlink")).decode("utf-8-sig").splitlines()
    assert lines[1] == "'=HYPERLINK(1)"
    answer = browser.get(f"{LIST}?format=xlsx&col=title&col=code&col=participants")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    answer.close()
    cells = {(cell.value, cell.data_type) for row in book.worksheets[0].iter_rows() for cell in row}
    assert ("=HYPERLINK(1)", "s") in cells
    assert (12, "n") in cells
    about = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
    assert about["Rows"] == "4"
    assert "FICTIONAL" in about


def test_nothing_found_and_nothing_there(programme: SmallProgramme, browser: Client) -> None:
    assert "Nothing is as you look for it" in words_of(browser.get(f"{LIST}?q=nothing"))
    other = small_programme("empty")
    user, _viewer = other.user("PM", "Other manager")
    assert "Add the first activity" in words_of(signed_in(user).get("/empty-1/activities/"))
    assert "Add the first activity" not in words_of(signed_in().get("/empty-1/activities/"))


def test_the_switch_of_language_keeps_the_filters(browser: Client) -> None:
    page = browser.get(f"{LIST}?state=draft&sort=title").content.decode()
    assert 'name="next" value="/trial-1/activities/?state=draft&amp;sort=title"' in page


@pytest.mark.parametrize(
    "path",
    [
        LIST, f"{LIST}?col=title&col=venue&col=series&col=co_organisers&col=women&sort=-women",
        "/trial-1/institutions/", "/trial-1/places/", "/trial-1/people/", "/trial-1/checks/",
    ],
)  # fmt: skip
def test_the_number_of_queries_does_not_grow(
    programme: SmallProgramme, path: str, django_assert_max_num_queries: Any
) -> None:
    user, _viewer = programme.user("ME")
    browser = signed_in(user)
    browser.get(path)
    cache.clear()
    with django_assert_max_num_queries(60) as few:
        browser.get(path)
    for number in range(25):
        programme.activity("KG", "TJ", title={"en": f"Number {number}"}, tally=(TallyRow(3, "KG", sex="woman"),))
    cache.clear()
    with django_assert_max_num_queries(len(few) + 1):
        browser.get(path)


def test_the_checks_are_counted_once_until_somebody_writes(
    programme: SmallProgramme, django_assert_max_num_queries: Any
) -> None:
    user, _viewer = programme.user("ME")
    browser, page = signed_in(user), "/trial-1/checks/"
    browser.get(page)
    with django_assert_max_num_queries(60) as counted:
        browser.get(f"{page}?level=W")
    cache.clear()
    with django_assert_max_num_queries(60) as anew:
        browser.get(f"{page}?level=W")
    assert len(counted) <= len(anew) - 5
    before = words_of(browser.get(f"{page}?check=no_list"))
    assert "No signed attendance list in time warning 1" in before
    programme.activity("KG", title={"en": "Another"}, state="implemented", actual_end="2023-06-22")
    assert "No signed attendance list in time warning 2" in words_of(browser.get(f"{page}?check=no_list"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_does_not_ask_for_each_row(
    programme: SmallProgramme, form: str, django_assert_max_num_queries: Any
) -> None:
    user, _viewer = programme.user("ME")
    address = f"{LIST}?format={form}&col=title&col=component&col=countries&col=venue&col=series&col=co_organisers"
    browser = signed_in(user)
    b"".join(browser.get(address))
    with django_assert_max_num_queries(25) as few:
        b"".join(browser.get(address))
    for number in range(15):
        programme.activity("KG", "TJ", title={"en": f"Number {number}"}, component=programme.components[0])
    with django_assert_max_num_queries(len(few)):
        b"".join(browser.get(address))


def test_other_registers_search_earlier_names(programme: SmallProgramme, browser: Client) -> None:
    from datetime import date

    from pilotage.domain.parties.operations import add_place, rename_institution

    add_place(
        by=TESTER, values={"name": {"en": "Astana", "ru": "Астана"}, "country_id": "KZ"},
        earlier_names=[({"en": "Nur-Sultan", "ru": "Нур-Султан"}, date(2022, 9, 16))],
    )  # fmt: skip
    assert "Astana" in words_of(browser.get("/trial-1/places/?q=нур-султан"))
    rename_institution(
        by=TESTER, institution=programme.services["KG"], name={"en": "Border Guard"}, from_day=date(2024, 1, 1)
    )
    page = words_of(browser.get("/trial-1/institutions/?q=border+service+of+kyrgyz"))
    assert "Border Guard" in page
    history = words_of(browser.get(f"/trial-1/institutions/{programme.services['KG'].code}/"))
    assert "Border Service of Kyrgyzstan until 31\u00a0December\u00a02023".replace("\u00a0", " ") in history
