"""Which plan was in force, and how two versions differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.domain.workplans.words import PlanState

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


def plans_in_force(phase: Phase, day: date) -> QuerySet[WorkPlan]:
    """The versions in force on ``day``: at most one for each scope and year."""
    return WorkPlan.objects.filter(
        Q(in_force_until=None) | Q(in_force_until__gte=day),
        phase=phase,
        state__in=(PlanState.IN_FORCE, PlanState.SUPERSEDED),
        in_force_from__lte=day,
    )


def plan_in_force(phase: Phase, year: int, country: Country | None, day: date) -> WorkPlan | None:
    """The version in force for one scope on ``day``."""
    return plans_in_force(phase, day).filter(year=year, country=country).first()


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
    """The two versions line by line, in the order of the later one, what was removed last."""
    before = {line.key: line for line in earlier.lines.all()}
    after = {line.key: line for line in later.lines.all()}
    keys = [*after, *(key for key in before if key not in after)]
    return [LineChange(key, before.get(key), after.get(key), _changed(before.get(key), after.get(key))) for key in keys]


def _changed(before: PlanLine | None, after: PlanLine | None) -> dict[str, tuple[Any, Any]]:
    if before is None or after is None:
        return {}
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in COMPARED}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
