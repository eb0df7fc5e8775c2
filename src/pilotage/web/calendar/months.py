"""A month of activities: by day where the day is known, apart where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.models import Activity, ActivityCountry
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import visible_meetings
from pilotage.domain.steering.deadlines import day_of, last_day_of
from pilotage.domain.steering.models import Meeting
from pilotage.domain.steering.words import MeetingState
from pilotage.kit.periods import Period

MOST = 400
"""A month with more activities than this shows the first of them and says so."""
IN_A_DAY = 4
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Beyond these there is no calendar: programmes of cooperation have neither past nor plans there."""


@dataclass(slots=True)
class Day:
    """One square of the calendar."""

    day: date
    within: bool
    """False for the days of the months before and after that fill the first and last week."""
    activities: list[Activity] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    """They stand first, and all of them."""

    @property
    def shown(self) -> list[Activity]:
        """Those for which there is room."""
        return self.activities[: self._room]

    @property
    def more(self) -> int:
        """How many there are besides."""
        return max(0, len(self.activities) - self._room)

    @property
    def _room(self) -> int:
        return max(1, IN_A_DAY - len(self.meetings))


@dataclass(frozen=True, slots=True)
class Month:
    """One month as a calendar and as a list."""

    period: Period
    weeks: Sequence[Sequence[Day]]
    dated: Sequence[Activity]
    """Known to the day."""
    undated: Sequence[Activity]
    """Perhaps in this month: known to the month, the quarter or the year only."""
    cut: bool
    meetings: Sequence[Meeting] = ()
    """Of steering bodies and others, in any precision."""


def month_in(asked: str, phase: Phase, today: date) -> Period:
    """The month asked for; else the present one, or the one nearest to it within the phase."""
    try:
        period = Period.parse(asked)
        month = len(asked) == 7 and "Q" not in asked.upper()
        if month and period.start and FIRST_YEAR <= period.start.year <= LAST_YEAR:
            return period
    except (ValueError, OverflowError):
        pass
    day = today
    if phase.end and day > phase.end:
        day = phase.end
    if phase.start and day < phase.start:
        day = phase.start
    return Period.month(day.year, day.month)


def neighbours(period: Period) -> tuple[Period, Period]:
    """The months before and after."""
    assert period.start and period.end
    before, after = period.start - timedelta(days=1), period.end + timedelta(days=1)
    return Period.month(before.year, before.month), Period.month(after.year, after.month)


def narrowed(viewer: Viewer, phase: Phase, country: str, component: str) -> QuerySet[Activity]:
    """The activities that the viewer may see, for one country or component where one is chosen."""
    activities = visible_activities(viewer, phase)
    if country:
        activities = activities.filter(country_links__country_id=country)
    if component:
        activities = activities.filter(component__number=component)
    return activities


def meetings_in(viewer: Viewer, phase: Phase, country: str, component: str) -> QuerySet[Meeting]:
    """The meetings that the viewer may see, for one country where one is chosen; none for one component alone."""
    meetings = visible_meetings(viewer, phase).exclude(state=MeetingState.CANCELLED)
    if component:
        return meetings.none()
    return meetings.filter(country=country) if country else meetings


def month_of(activities: QuerySet[Activity], period: Period, meetings: QuerySet[Meeting] | None = None) -> Month:
    """The month ``period`` of ``activities`` and ``meetings``, in a few queries."""
    assert period.start and period.end
    links = Prefetch("country_links", ActivityCountry.objects.order_by("country_id"))
    touching = activities.filter(begins_on__lte=period.end, ends_on__gte=period.start)
    found = list(touching.order_by("begins_on", "code").select_related("component").prefetch_related(links)[: MOST + 1])
    weeks = _weeks(period.start, period.end)
    days = {square.day: square for week in weeks for square in week}
    dated, undated = [], []
    for activity in found[:MOST]:
        span = _known_days(activity)
        if span is None:
            undated.append(activity)
            continue
        dated.append(activity)
        day, last = max(span[0], weeks[0][0].day), min(span[1], weeks[-1][-1].day)
        while day <= last:
            days[day].activities.append(activity)
            day += timedelta(days=1)
    met = _place_meetings(meetings, period, days) if meetings is not None else ()
    return Month(period, weeks, dated, undated, len(found) > MOST, met)


def _place_meetings(meetings: QuerySet[Meeting], period: Period, days: dict[date, Day]) -> list[Meeting]:
    touching = meetings.filter(begins_on__lte=period.end, ends_on__gte=period.start)
    found = list(touching.select_related("country").order_by("begins_on", "code")[:MOST])
    for meeting in found:
        day, last = day_of(meeting), last_day_of(meeting)
        while day is not None and last is not None and day <= last:
            if day in days:
                days[day].meetings.append(meeting)
            day += timedelta(days=1)
    return found


def _known_days(activity: Activity) -> tuple[date, date] | None:
    start, end = activity.start, activity.end
    if start is None or not start.is_day or start.first is None:
        return None
    if end is None:
        return start.first, start.first
    if not end.is_day or end.last is None or end.last < start.first:
        return None
    return start.first, end.last


def _weeks(first: date, last: date) -> list[list[Day]]:
    day = first - timedelta(days=first.weekday())
    weeks = []
    while day <= last:
        week = [day + timedelta(days=place) for place in range(7)]
        weeks.append([Day(one, first <= one <= last) for one in week])
        day += timedelta(days=7)
    return weeks
