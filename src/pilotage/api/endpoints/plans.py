"""Work plans: their versions, and the lines of each."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest
from ninja import Query

from pilotage.api.pages import MOST, next_address, page_of
from pilotage.api.past import Recorded, known_then
from pilotage.api.server import PROBLEMS, api, phase_of, viewer_of
from pilotage.api.shapes import plans as shapes
from pilotage.domain.activities.access import sees_cost, visible_activities
from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.access import visible_plans
from pilotage.domain.workplans.models import REGION, PlanLine, WorkPlan
from pilotage.domain.workplans.queries import plans_in_force

PLAIN = ("year", "scope", "number", "version", "state", "in_force_from", "in_force_until")
LINE = ("key", "title", "type", "baseline_start", "baseline_end", "note")


@api.get(
    "/phases/{phase}/plans",
    response={200: shapes.PlanPage, **PROBLEMS},
    tags=["Work plans"],
    summary="Versions of work plans, page by page",
)
@known_then
def plans(
    request: HttpRequest,
    phase: str,
    year: Annotated[int | None, Query(description="Plan year, or number of the reporting year")] = None,
    scope: Annotated[str, Query(description="A country's code, or region")] = "",
    state: Annotated[str, Query(description="One or several, with commas")] = "",
    in_force_on: Annotated[date | None, Query(description="Only versions in force on this day")] = None,
    cursor: Annotated[str, Query(description="Where to go on; stands in next")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    recorded: Recorded = "",
) -> Any:
    found = phase_of(phase)
    chosen = visible_plans(viewer_of(request), found).annotate(lines_count=Count("lines"))
    if year is not None:
        chosen = chosen.filter(year=year)
    if scope:
        chosen = chosen.filter(country_id=None if scope.lower() == REGION else scope.upper())
    if state:
        chosen = chosen.filter(state__in=state.split(","))
    if in_force_on:
        chosen = chosen.filter(pk__in=plans_in_force(found, in_force_on).order_by().values("pk"))
    rows, following = page_of(chosen, cursor, limit)
    return {"items": [written(one, found) for one in rows], "next": next_address(request, following)}


@api.get(
    "/phases/{phase}/plans/{year}/{scope}/{number}",
    response={200: shapes.PlanWithLines, **PROBLEMS},
    tags=["Work plans"],
    summary="One version with its lines",
)
@known_then
def plan(request: HttpRequest, phase: str, year: int, scope: str, number: int, recorded: Recorded = "") -> Any:
    found, viewer = phase_of(phase), viewer_of(request)
    country = None if scope.lower() == REGION else scope.upper()
    versions = visible_plans(viewer, found).annotate(lines_count=Count("lines"))
    one = versions.filter(year=year, country_id=country, number=number).first()
    if one is None:
        raise Http404
    rows = list(one.lines.select_related("component", "output", "activity").order_by("position", "pk"))
    activities = {row.activity_id for row in rows if row.activity_id}
    seen = set(visible_activities(viewer, found).filter(pk__in=activities).order_by().values_list("pk", flat=True))
    cost = sees_cost(viewer, found)
    return {
        **written(one, found),
        "context": one.context,
        "lines": [line(row, seen, cost=cost) for row in rows],
    }


def written(one: WorkPlan, phase: Phase) -> dict[str, Any]:
    """A version as a list has it."""
    return {
        **{name: getattr(one, name) for name in PLAIN},
        "lines_count": one.lines_count,  # type: ignore[attr-defined]
        "fictional": phase.programme.fictional,
        "address": f"{settings.BASE_URL}/{phase.code}/plans/{one.year}/{one.scope}/{one.number}/",
    }


def line(row: PlanLine, seen: set[int], *, cost: bool) -> dict[str, Any]:
    """A line of a version; the activity only where the viewer sees it, the estimate where costs are seen."""
    return {
        **{name: getattr(row, name) for name in LINE},
        "component": row.component.number if row.component else None,
        "output": row.output.code if row.output else None,
        "activity": row.activity.code if row.activity and row.activity_id in seen else None,
        "cost_estimate": row.cost_estimate if cost else None,
    }
