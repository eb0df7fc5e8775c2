"""Dates as well as they are known."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pilotage.kit.partial_dates import (
    PartialDate,
    common_month,
    common_quarter,
    common_year,
    normalise_partial_date,
)

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@st.composite
def written_dates(draw: st.DrawFn) -> str:
    day = draw(DAYS)
    quarter = (day.month - 1) // 3 + 1
    point = draw(st.sampled_from([day.isoformat(), f"{day:%Y-%m}", f"{day.year}-Q{quarter}", f"{day.year}"]))
    return draw(st.sampled_from([point, f"../{point}", f"{point}/..", f"{point}/{point}"]))


@given(written_dates())
def test_a_date_is_within_its_own_bounds_and_in_no_period_that_cuts_them(written: str) -> None:
    known = PartialDate.parse(written)
    assert known.falls_within(known.first, known.last)
    assert known.falls_within(None, None)
    if known.first and known.last and known.first < known.last:
        assert not known.falls_within(known.first + timedelta(days=1), known.last)
        assert not known.falls_within(known.first, known.last - timedelta(days=1))
    if known.first is None:
        assert not known.falls_within(date(1900, 1, 1), known.last)


@given(written_dates())
def test_writing_and_reading_a_date_gives_the_same(written: str) -> None:
    known = PartialDate.parse(written)
    assert PartialDate.parse(known.written) == known


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_date_or_a_clear_message(typed: str) -> None:
    messages: list[str] = []
    written = ""
    try:
        written = normalise_partial_date(typed)
    except ValidationError as error:
        messages = error.messages
    assert all("2023-Q2" in message for message in messages)
    assert messages or written == "" or PartialDate.parse(written)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2023-06-20", date(2023, 6, 20), date(2023, 6, 20)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-q2", date(2023, 4, 1), date(2023, 6, 30)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2015-09/2015-11", date(2015, 9, 1), date(2015, 11, 30)),
        ("../2023-04", None, date(2023, 4, 30)),
    ],
)
def test_each_form_has_its_bounds(written: str, first: date | None, last: date | None) -> None:
    known = PartialDate.parse(written)
    assert (known.first, known.last) == (first, last)


@pytest.mark.parametrize("written", ["2023-13", "2023-02-30", "Q2 2023", "20.06.2023", "../..", "2023-05/2023-04"])
def test_what_is_not_a_date_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        normalise_partial_date(written)


def test_a_year_is_in_no_quarter_and_a_quarter_in_no_month() -> None:
    year, quarter = PartialDate.parse("2023"), PartialDate.parse("2023-Q2")
    assert common_year(year.first, year.last) == 2023
    assert common_quarter(year.first, year.last) is None
    assert common_quarter(quarter.first, quarter.last) == 20232
    assert common_month(quarter.first, quarter.last) is None
