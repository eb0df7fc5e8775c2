"""The years of the programme: rounds of meetings, and the work plans that they agree. Dates alone, no records.

The latest round is always under way on the day that the programme is told from: some national groups have met, the next
one meets within days, the regional one in a few weeks. The rounds of earlier years had the same season.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pilotage.cli.generate.size import Size

NATIONAL = {"KZ": -62, "UZ": -48, "TJ": -27, "TM": -12, "KG": 5}
"""Days from today on which the national groups meet in the latest round, in the order in which they meet."""
REGIONAL = 26
REGION = ""
"""The scope of what concerns several countries."""
SETTLING = 150
"""Days from the start of the phase before the first round."""
NOTICE = 16
"""Calendar days before a meeting on which its papers are sent: eleven working days at least."""

REPORTING = 30
"""Calendar days at least between the cut-off and the packs: what happened by the one is entered by the other."""


@dataclass(frozen=True)
class Round:
    """One year's meetings."""

    year: int
    cut_off: date
    days: dict[str, date]
    """By scope: the countries in the order of their meetings, then the region."""

    def day(self, scope: str) -> date:
        """When the group of this scope meets."""
        return self.days[scope]

    @property
    def made(self) -> date:
        """When the national packs are made, all in one go: before the papers of the first meeting are sent."""
        first = min(day for scope, day in self.days.items() if scope != REGION)
        return working_day(first - timedelta(days=NOTICE))


@dataclass(frozen=True)
class PlanYear:
    """The calendar of one version of the plan of a year and scope."""

    year: int
    scope: str
    made: date
    submitted: date
    endorsed: date
    in_force: date
    round: Round | None
    """Whose meeting endorsed it; None for the first plan and for written procedures."""
    revision: bool = False


class Calendar:
    """Every round and every plan of a programme of some size."""

    def __init__(self, size: Size) -> None:
        self.size = size

    @cached_property
    def rounds(self) -> list[Round]:
        """The rounds from the first to the one under way."""
        found = []
        for back in range(self.size.years + 1):
            days = {
                scope: working_day(self._anchor(back) + timedelta(days=offset)) for scope, offset in NATIONAL.items()
            }
            first = min(days.values())
            if first < self.size.start + timedelta(days=SETTLING):
                break
            days[REGION] = working_day(self._anchor(back) + timedelta(days=REGIONAL))
            cut_off = (first - timedelta(days=NOTICE + REPORTING)).replace(day=1) - timedelta(days=1)
            found.append(Round(first.year, cut_off, days))
        return found[::-1]

    def _anchor(self, back: int) -> date:
        today = self.size.today
        return today.replace(year=today.year - back, day=min(today.day, 28))

    def round_of(self, year: int) -> Round | None:
        """The round of a year."""
        return next((one for one in self.rounds if one.year == year), None)

    def plan(self, scope: str, year: int) -> PlanYear:
        """The first version of the plan of a year: agreed by the round of the year before, or at the inception."""
        start = self.size.start
        if year <= start.year:
            made, submitted, endorsed, in_force = (start + timedelta(days=number) for number in (5, 12, 20, 30))
            return PlanYear(year, scope, made, submitted, endorsed, in_force, None)
        agreed = self.round_of(year - 1)
        if agreed is None:
            by_writing = ((10, 10), (11, 2), (11, 25), (12, 20))
            made, submitted, endorsed, in_force = (max(date(year - 1, *day), start) for day in by_writing)
            return PlanYear(year, scope, made, submitted, endorsed, in_force, None)
        met = agreed.day(scope)
        in_force = max(date(year - 1, 12, 20), met + timedelta(days=30))
        made = met - timedelta(days=45)
        if scope != REGION:
            # The packs of all countries print it, and are made in one go.
            made = min(made, agreed.made - timedelta(days=12))
        return PlanYear(year, scope, made, met - timedelta(days=NOTICE + 1), met, in_force, agreed)

    def revision(self, scope: str, year: int) -> PlanYear | None:
        """The second version, in every other year, in force from the middle of the year."""
        first = self.plan(scope, year)
        made = date(year, 5, 18)
        if year % 2 or made <= first.in_force:
            return None
        return PlanYear(year, scope, made, date(year, 6, 8), date(year, 6, 24), date(year, 7, 1), None, revision=True)

    @cached_property
    def plan_years(self) -> range:
        """The years that have plans: from the first to the one that the round under way speaks of."""
        last = self.rounds[-1].year + 1 if self.rounds else self.size.today.year
        return range(self.size.start.year, min(last, self.size.end.year) + 1)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])
