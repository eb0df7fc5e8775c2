"""Dates and headings as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.exchange.workbooks.columns import Kind
from pilotage.exchange.workbooks.dates import date_span, partial_date
from pilotage.exchange.workbooks.headers import recognise, tally_column
from pilotage.exchange.workbooks.sheets import COLUMNS
from pilotage.kit.partial_dates import PartialDate
from pilotage.kit.periods import MONTHS_EN, MONTHS_RU, MONTHS_RU_OF

DAYS = st.dates(date(1995, 1, 1), date(2090, 12, 31))
COUNTRIES = {"kazakhstan": "KZ", "kz": "KZ", "tadzhikistan": "TJ", "tajikistan": "TJ", "tj": "TJ"}


@given(DAYS)
def test_a_day_is_the_same_day_in_every_form(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}",
        f"{MONTHS_EN[day.month - 1]} {day.day}, {day.year}",
        f"{day.day} {MONTHS_EN[day.month - 1][:3]} {day.year}",
        f"{day.day} {MONTHS_RU_OF[day.month - 1]} {day.year} г.",
        f"{day.day}\u00a0{MONTHS_RU_OF[day.month - 1].upper()}\u00a0{day.year} года",
        f"{day.isoformat()} 00:00:00",
    ]
    assert {partial_date(form) for form in forms} == {day.isoformat()}


@given(DAYS, st.integers(1, 40))
def test_a_span_of_days_is_its_two_days(start: date, length: int) -> None:
    end = start + timedelta(length)
    for form in (
        f"{start:%d.%m.%Y} – {end:%d.%m.%Y}",
        f"{start:%d.%m.%Y}-{end:%d.%m.%Y}",
        f"{start.isoformat()} - {end.isoformat()}",
    ):
        assert date_span(form) == (start.isoformat(), end.isoformat())


@given(st.integers(1995, 2090), st.integers(1, 12))
def test_months_and_quarters(year: int, month: int) -> None:
    for form in (
        f"{MONTHS_EN[month - 1]} {year}",
        f"{MONTHS_RU[month - 1]} {year} г.",
        f"{month:02}.{year}",
        f"{year}-{month:02}",
    ):
        assert partial_date(form) == f"{year}-{month:02}"
    quarter = (month - 1) // 3 + 1
    roman = ("I", "II", "III", "IV")[quarter - 1]
    for form in (
        f"{year}-Q{quarter}",
        f"Q{quarter} {year}",
        f"{roman} квартал {year}",
        f"{quarter}-й квартал {year} года",
        f"{roman} кв. {year} г.",
    ):
        assert partial_date(form) == f"{year}-Q{quarter}"


@given(st.text(max_size=40))
def test_any_text_is_a_date_of_ours_or_none(text: str) -> None:
    try:
        start, end = date_span(text)
    except ValueError:
        return
    PartialDate.parse(start)
    PartialDate.parse(end)


@pytest.mark.parametrize(
    "text", ["31.02.2023", "13.13.2023", "soon", "2023-Q5", "", "0", "20.06", "22.06.2023 - 20.06.2023"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="."):
        date_span(text)


@pytest.mark.parametrize(("text", "start", "end"), [
    ("20–22 June 2023", "2023-06-20", "2023-06-22"),
    ("28 июня – 2 июля 2023 г.", "2023-06-28", "2023-07-02"),
    ("20-22.06.2023", "2023-06-20", "2023-06-22"),
    ("June – July 2023", "2023-06", "2023-07"),
    ("../2023-04", "../2023-04", "../2023-04"),
])  # fmt: skip
def test_spans_as_they_are_typed(text: str, start: str, end: str) -> None:
    assert date_span(text) == (start, end)


@given(st.sampled_from(list(Kind)), st.randoms(use_true_random=False), st.data())
def test_headings_are_found_in_any_order_and_either_language(kind: Kind, random: object, data: st.DataObject) -> None:
    columns = list(COLUMNS[kind])
    data.draw(st.randoms(use_true_random=False)).shuffle(columns)
    language = data.draw(st.sampled_from(["en", "ru", "both"]))
    headings = []
    for column in columns:
        text = " / ".join(column.label.values()) if language == "both" else column.label[language]
        headings.append(data.draw(st.sampled_from([text, text.upper(), f" {text} *", text.replace(" ", "  ")])))
    layout = recognise([(3, headings)], COUNTRIES)
    assert layout is not None
    assert layout.kind is kind
    assert [layout.columns[place].code for place in range(len(columns))] == [column.code for column in columns]


@pytest.mark.parametrize(("heading", "sex", "country"), [
    ("KZ women", "woman", "KZ"), ("Женщины, Таджикистан", "woman", "TJ"), ("women", "woman", ""), ("TJ / men", "man", "TJ"),
    ("Tajikistan not stated", "not_stated", "TJ"), ("Participants: men (Kazakhstan)", "man", ""),
])  # fmt: skip
def test_headings_that_count_people(heading: str, sex: str, country: str) -> None:
    found = tally_column(heading.replace("TJ / men", "TJ men"), COUNTRIES)
    assert found is not None
    assert found.sex == sex
    if "(" not in heading:
        assert found.country == country
