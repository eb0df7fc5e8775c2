"""Which plan was in force, which versions a period is measured against, and how two versions differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.settings import setting
from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.domain.workplans.words import PlanState
from pilotage.kit.periods import Period, reporting_year_period

COMPARED = (
    "title",
    "component_id",
    "output_id",
    "type",
    "activity_id",
    "baseline_start",
    "baseline_end",
    "cost_estimate",
)
OUT = (PlanState.IN_FORCE, PlanState.SUPERSEDED)
"""States of versions that are in force, or were."""


def plans_in_force(phase: Phase, day: date) -> QuerySet[WorkPlan]:
    """The versions in force on ``day``: at most one for each scope and year."""
    return WorkPlan.objects.filter(
        Q(in_force_until=None) | Q(in_force_until__gte=day), phase=phase, state__in=OUT, in_force_from__lte=day
    )


def plan_in_force(phase: Phase, year: int, country: Country | None, day: date) -> WorkPlan | None:
    """The version in force for one scope on ``day``."""
    return plans_in_force(phase, day).filter(year=year, country=country).first()


def plan_year_period(phase: Phase, year: int) -> Period:
    """The days of a plan year: a calendar year, or reporting year number ``year`` (setting ``plan_year``)."""
    if setting(phase, "plan_year") == "reporting" and phase.start and year <= 50:
        return reporting_year_period(year, phase.start, phase.end)
    return Period.year(year)


def plans_of_day(phase: Phase, day: date) -> list[WorkPlan]:
    """The versions in force on ``day`` whose plan year holds that day: one for each scope, the region's last."""
    found = plans_in_force(phase, day).select_related("country").order_by("country")
    current = [plan for plan in found if _holds(plan_year_period(phase, plan.year), day)]
    return sorted(current, key=lambda plan: (plan.country_id is None, plan.country_id or "", -plan.number))


def _holds(span: Period, day: date) -> bool:
    return bool(span.start and span.end and span.start <= day <= span.end)


class Entered(NamedTuple):
    """A version of a plan that entered into force on ``since``."""

    key: int
    phase: int
    year: int
    country: str | None
    since: date


def entered_versions(phases: Iterable[Phase]) -> list[Entered]:
    """The versions of all plans that ever entered into force, the earliest first. One query."""
    entered = WorkPlan.objects.filter(phase__in=[phase.pk for phase in phases], state__in=OUT)
    rows = entered.order_by("in_force_from", "number")
    names = ("pk", "phase_id", "year", "country_id", "in_force_from")
    return [
        Entered(key, phase, year, country, since)
        for key, phase, year, country, since in rows.values_list(*names)
        if since is not None
    ]


def versions_for(
    phases: Iterable[Phase],
    start: date | None,
    end: date | None,
    day: date,
    *,
    latest: bool,
    entered: Iterable[Entered] | None = None,
) -> list[int]:
    """The keys of the versions that a period is measured against, one for each year and scope whose plan year meets it.

    Not ``latest``: the version in force at the start of the period (of its plan year, where that begins later), so
    that a revision cannot hide a delay (domain handbook, 6); where none was in force yet, the first that entered into
    force after it. ``latest``: the last that entered into force by ``day``. ``start`` and ``end`` None are open.
    ``entered`` are the versions of the phases (``entered_versions``) where they were read already.
    """
    of = {phase.pk: phase for phase in phases}
    plans: dict[tuple[int, int, str | None], list[tuple[date, int]]] = {}
    for one in entered_versions(of.values()) if entered is None else entered:
        if one.since <= day:
            plans.setdefault((one.phase, one.year, one.country), []).append((one.since, one.key))
    chosen = []
    for (phase, year, _country), versions in plans.items():
        span = plan_year_period(of[phase], year)
        assert span.start and span.end
        if (end and span.start > end) or (start and span.end < start):
            continue
        first = max(start, span.start) if start else span.start
        by_start = [key for since, key in versions if since <= first]
        chosen.append(versions[-1][1] if latest else by_start[-1] if by_start else versions[0][1])
    return chosen


@dataclass(frozen=True)
class LineChange:
    """What became of one line from a version to another. ``changed`` maps fields to (before, after)."""

    key: str
    before: PlanLine | None
    after: PlanLine | None
    changed: dict[str, tuple[Any, Any]]

    @property
    def kind(self) -> str:
        """``added``, ``removed``, ``changed`` or ``same``."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.changed else "same"


def compare_plans(earlier: WorkPlan, later: WorkPlan) -> list[LineChange]:
    """The two versions line by line, in the order of the later one, what was removed last.

    Versions of one year and scope share their keys. Lines of plans of different years or scopes are the same where
    they plan the same activity.
    """
    related = ("component", "output", "activity")
    before = list(earlier.lines.select_related(*related))
    after = list(later.lines.select_related(*related))
    pairs = _pairs(before, after, by_key=(earlier.year, earlier.country_id) == (later.year, later.country_id))
    paired = {line.pk for line in pairs.values()}
    changes = []
    for line in after:
        old = pairs.get(line.pk)
        changes.append(LineChange(line.key, old, line, _changed(old, line) if old else {}))
    return [*changes, *(LineChange(line.key, line, None, {}) for line in before if line.pk not in paired)]


def _pairs(before: list[PlanLine], after: list[PlanLine], *, by_key: bool) -> dict[int, PlanLine]:
    """The earlier line of each later one that has one."""
    if by_key:
        keys = {line.key: line for line in before}
        return {line.pk: keys[line.key] for line in after if line.key in keys}
    activities = {line.activity_id: line for line in before if line.activity_id}
    return {line.pk: activities[line.activity_id] for line in after if line.activity_id in activities}


def _changed(before: PlanLine, after: PlanLine) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in COMPARED}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
