"""The register of work plans, and the page of one version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render

from pilotage.domain.activities.access import sees_cost, visible_activities
from pilotage.domain.membership.models import Role
from pilotage.domain.programme.models import Component, Phase
from pilotage.domain.workplans.access import can_edit_plan, moves_open_to, visible_plans
from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.domain.workplans.queries import OUT, plans_of_day
from pilotage.domain.workplans.states import BY_NAME
from pilotage.domain.workplans.words import PlanState
from pilotage.kit.past.moment import current_day
from pilotage.web.changes.reading import changes_of
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.registers import register_page
from pilotage.web.workplans.common import (
    address_of,
    frame,
    plan_page,
    scope_words,
    writes_plans,
    year_words,
)
from pilotage.web.workplans.printed import printed_of
from pilotage.web.workplans.register import PLANS
from pilotage.web.workplans.standing import rates_of


@phase_page
def plans(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The register, and which versions are in force on a day."""
    viewer, today = request.viewer, current_day()
    visible = visible_plans(viewer, phase)
    day = _day(request.GET.get("on", "")) or today
    seen = set(visible.values_list("pk", flat=True)) if visible is not None else set()
    in_force = []
    for plan in plans_of_day(phase, day):
        if plan.pk in seen:
            plan.phase = phase
            in_force.append((scope_words(plan), year_words(phase, plan.year), plan, address_of(plan)))
    context = {
        "may_add": writes_plans(viewer, phase),
        "in_force": in_force,
        "on": day,
        "is_today": day == today,
        "any_plans": bool(seen),
    }
    return register_page(request, phase, PLANS, visible, template="workplans/plans.html", context=context)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one component, with their sum."""

    component: Component | None
    lines: list[PlanLine]

    @property
    def cost(self) -> Decimal | None:
        """The sum of the estimates that are known."""
        known = [line.cost_estimate for line in self.lines if line.cost_estimate is not None]
        return sum(known, Decimal(0)) if known else None


def groups_of(plan: WorkPlan) -> list[Group]:
    """The lines by component, in the components' order; those without one last."""
    lines = plan.lines.select_related("component", "output", "activity").order_by("position", "pk")
    found: dict[int | None, list[PlanLine]] = {}
    for line in lines:
        found.setdefault(line.component_id, []).append(line)
    groups = [Group(rows[0].component, rows) for rows in found.values()]
    return sorted(
        groups, key=lambda group: (group.component is None, group.component.number if group.component else "")
    )


@plan_page
def plan(request: PageRequest, phase: Phase, plan: WorkPlan) -> HttpResponseBase:
    """One version: its lines, its totals, who moved it when, how it is delivered."""
    viewer = request.viewer
    groups = groups_of(plan)
    activities = [line.activity_id for group in groups for line in group.lines if line.activity_id]
    shown = set(visible_activities(viewer, phase).filter(pk__in=activities).order_by().values_list("pk", flat=True))
    versions = visible_plans(viewer, phase).filter(year=plan.year, country=plan.country).order_by("-number")
    others = []
    for one in versions:
        one.phase = phase
        others.append((one, address_of(one), one.pk == plan.pk))
    inside = bool(viewer.roles_in(phase) - {Role.PUB})
    costs = [group.cost for group in groups if group.cost is not None]
    context: dict[str, Any] = {
        **frame(request, plan),
        "groups": groups,
        "lines": sum(len(group.lines) for group in groups),
        "cost": sum(costs, Decimal(0)) if costs else None,
        "without_cost": sum(line.cost_estimate is None for group in groups for line in group.lines),
        "seen_activities": shown,
        "versions": others,
        "open_moves": moves_open_to(viewer, plan) if viewer.user else [],
        "edits": viewer.user is not None and can_edit_plan(viewer, plan),
        "draft": plan.state == PlanState.DRAFT,
        "story": [(BY_NAME[one.move].label if one.move in BY_NAME else "", one) for one in plan.moves.all()]
        if inside
        else [],
        "inside": inside,
        "rates": rates_of(phase, plan, viewer) if plan.state in OUT else [],
        "printed": printed_of(viewer, phase, plan),
        "changes": changes_of(plan, viewer, phase, limit=60) if inside and sees_cost(viewer, phase) else [],
    }
    return render(request, "workplans/plan.html", context)
