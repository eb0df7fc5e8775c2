"""Lines of work plans as a base of figures: which versions count for a period, and the way to every dimension."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Coalesce

from pilotage.domain.activities.states import HELD
from pilotage.domain.workplans.models import REGION, PlanLine
from pilotage.domain.workplans.queries import entered_versions, versions_for
from pilotage.figures.bases import Base, Path
from pilotage.figures.measures import ShareOfRecords
from pilotage.figures.scopes import CompiledScope, Rule

OWN: dict[str, Path] = {
    "plan_country": Path(Coalesce(F("plan__country_id"), Value(REGION), output_field=CharField()), own=True),
    "component": Path(Case(When(component_id__isnull=False, then=F("component_id")), default=Value(0)), own=True),
    "type": Path(F("type"), own=True),
    "quarter": Path(F("due_quarter"), own=True),
    "year": Path(F("due_year"), own=True),
    "reporting_year": Path(F("due_reporting_year"), own=True),
    "phase": Path(F("plan__phase_id"), own=True),
}


def of_versions(scope: CompiledScope, rule: Rule) -> Q:
    """The lines of the versions that the period is measured against."""
    day = min(scope.end, scope.as_of) if scope.end else scope.as_of
    read = ("versions of plans", *(phase.pk for phase in scope.phases))
    if read not in scope.known:
        scope.known[read] = entered_versions(scope.phases)
    versions = versions_for(
        scope.phases, scope.start, scope.end, scope.as_of if rule == Rule.PLAN_LATEST else day,
        latest=rule == Rule.PLAN_LATEST, entered=scope.known[read],
    )  # fmt: skip
    return Q(plan__in=versions)


def passed(column: str, scope: CompiledScope, rule: Rule) -> Q:
    """Those of them whose ``column`` has come by the end of the period and by the day."""
    last = min(scope.end, scope.as_of) if scope.end else scope.as_of
    return of_versions(scope, rule) & Q(**{f"{column}__lte": last})


IMPLEMENTED = ShareOfRecords(condition=Q(activity__state__in=sorted(HELD)), dated="activity__ended_last")
"""Lines whose activity is implemented by the day."""
ON_TIME = ShareOfRecords(condition=Q(activity__state__in=sorted(HELD), activity__ended_last__lte=F("tolerated_until")))
"""Lines whose activity was implemented before the tolerance had passed."""


def _base(name: str, column: str) -> Base:
    narrowed: dict[str, Any] = {"certain": partial(passed, column), "candidates": of_versions}
    return Base(name, PlanLine, "", OWN, of_activities=False, to_phase="plan__phase", **narrowed)


DUE = _base("plan_lines_due", "due_last")
TOLERATED = _base("plan_lines_past_tolerance", "tolerated_until")
