"""Whatever is known of a date: every activity that took place is counted once in the total, or said in a gap."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.domain.activities.bulk import add_activities
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity, Tally
from pilotage.domain.activities.rules import TallyRow
from pilotage.figures.compute import compute
from pilotage.figures.table import FigureTable
from pilotage.kit.changes import operation
from tests.figures.data import BY, reread
from tests.records import SmallProgramme, small_programme

YEARS = st.integers(2021, 2025)
WRITTEN = st.one_of(
    st.just(""),
    st.dates(date(2021, 4, 1), date(2025, 9, 30)).map(str),
    st.builds("{}-{:02}".format, st.integers(2022, 2024), st.integers(1, 12)),
    st.builds("{}-Q{}".format, st.integers(2022, 2024), st.integers(1, 4)),
    YEARS.map(str),
    YEARS.map(lambda year: f"../{year}-06"),
    YEARS.map(lambda year: f"{year}-05/.."),
    YEARS.map(lambda year: f"{year}-04/{year}-11"),
)
ENTRY = st.fixed_dictionaries(
    {"end": WRITTEN, "state": st.sampled_from(["implemented", "verified", "planned"]), "count": st.integers(0, 30)}
)
PERIODS = st.sampled_from(
    ["2023", "2023-Q2", "2022-06", "2022-03-15..2024-02-02", "to-date", "all", "year-2", "..2023-05-05"]
)


@pytest.fixture
def small(db: None) -> SmallProgramme:
    return small_programme()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.lists(ENTRY, max_size=9), period=PERIODS, day=st.sampled_from([None, date(2023, 5, 20)]))
def test_every_activity_held_is_counted_once_or_said_in_a_gap(
    small: SmallProgramme, entries: list[dict], period: str, day: date | None
) -> None:
    with operation("clear", by=BY):
        Tally.objects.filter(activity__phase=small.phase).delete()
        Activity.objects.filter(phase=small.phase).delete()
    add_activities(
        by=BY,
        phase=small.phase,
        entries=[
            ActivityEntry(
                {
                    "code": f"X{number}",
                    "title": {"en": "Workshop"},
                    "type": "workshop",
                    "component": small.components[0],
                    "state": entry["state"],
                    "actual_end": entry["end"],
                },
                countries=frozenset({"KZ"}),
                tally=(TallyRow(entry["count"], "KZ"),) if entry["count"] else (),
            )
            for number, entry in enumerate(entries)
        ],
    )
    phase = reread(small.phase)

    def ask(code: str, *dimensions: str) -> FigureTable:
        return compute(code, phases=[phase], viewer=None, period=period, dimensions=dimensions, as_of=day)

    held = Activity.objects.filter(phase=phase).held()
    table = ask("activities-implemented")
    undated = sum(gap.count for gap in table.gaps)
    counted = {activity.pk for activity in held if surely(activity, table.scope.start, table.scope.end, period, day)}
    certainly_not = {
        activity.pk
        for activity in held
        if outside(activity, table.scope.start, table.scope.end, period, day) and activity.pk not in counted
    }
    assert table.total.value == len(counted)
    assert undated == held.count() - len(counted) - len(certainly_not)
    for dimension in ("quarter", "year", "reporting_year", "component", "state", "country"):
        assert sum(cell.value or 0 for cell in ask("activities-implemented", dimension).cells.values()) == len(counted)


def bounds(start: date | None, end: date | None, period: str, day: date | None) -> tuple[date | None, date | None]:
    """The days that count: to date reaches back to any beginning, and no further than the day asked for."""
    if period == "to-date":
        start, end = None, day
    if day is not None:
        end = min(end, day) if end else day
    return start, end


def surely(activity: Activity, start: date | None, end: date | None, period: str, day: date | None) -> bool:
    start, end = bounds(start, end, period, day)
    first, last = activity.ended_first, activity.ended_last
    after = start is None or (first is not None and first >= start)
    return after and (end is None or (last is not None and last <= end))


def outside(activity: Activity, start: date | None, end: date | None, period: str, day: date | None) -> bool:
    start, end = bounds(start, end, period, day)
    first, last = activity.ended_first, activity.ended_last
    return bool((start and last and last < start) or (end and first and first > end))
