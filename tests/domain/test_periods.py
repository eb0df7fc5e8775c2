"""Quarters, reporting years and what is printed of them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pilotage.kit.periods import Period, reporting_year, reporting_year_period, written_day

START, END = date(2021, 4, 1), date(2025, 9, 30)


def test_the_first_reporting_year_runs_to_the_day_before_the_anniversary_and_the_last_is_cut() -> None:
    first, last = reporting_year_period(1, START, END), reporting_year_period(5, START, END)
    assert (first.start, first.end) == (date(2021, 4, 1), date(2022, 3, 31))
    assert (last.start, last.end) == (date(2025, 4, 1), date(2025, 9, 30))


@given(st.dates(START, END))
def test_every_day_of_the_phase_lies_in_the_reporting_year_it_is_given(day: date) -> None:
    period = reporting_year_period(reporting_year(day, START), START, END)
    assert period.start is not None
    assert period.end is not None
    assert period.start <= day <= period.end


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_quarters_follow_one_another_without_gap(day: date) -> None:
    quarter = Period.quarter(day.year, (day.month - 1) // 3 + 1)
    assert quarter.end is not None
    assert quarter.next_quarter.start == quarter.end + timedelta(days=1)
    assert Period.parse(quarter.code) == quarter


def test_a_phase_that_starts_on_a_leap_day_has_anniversaries() -> None:
    assert reporting_year_period(2, date(2024, 2, 29), None).start == date(2025, 2, 28)


def test_days_are_written_as_the_readers_write_them() -> None:
    assert written_day(date(2023, 6, 30), "ru") == "30\u00a0июня\u00a02023\u00a0г."
    assert written_day(date(2023, 6, 30), "en") == "30\u00a0June\u00a02023"
