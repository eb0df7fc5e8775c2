"""Who sees, edits and moves work plans (domain handbook, section 3)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import STAFF, Role
from pilotage.domain.membership.permissions import Level
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.models import WorkPlan
from pilotage.domain.workplans.queries import OUT
from pilotage.domain.workplans.states import MOVES, Move
from pilotage.domain.workplans.words import PlanState


def visible_plans(viewer: Viewer, phase: Phase) -> QuerySet[WorkPlan]:
    """The plans of ``phase`` that ``viewer`` may see: the staff and the Delegation all, the public what is in force.

    Members of a steering body and their agencies see that and what was submitted for their own country and for the
    region: the body endorses it, and it comes to them among the papers.
    """
    plans = WorkPlan.objects.filter(phase=phase)
    if viewer.roles_in(phase) & (STAFF | {Role.EUD}):
        return plans
    scoped = viewer.held_with("work_plan", phase, {Level.OWN})
    if scoped:
        countries = {held.country_id or (held.institution.country_id if held.institution else None) for held in scoped}
        own = Q(country=None) | Q(country_id__in=countries - {None})
        return plans.filter(Q(state__in=OUT) | ~Q(state=PlanState.DRAFT) & own)
    if viewer.levels("work_plan", phase) & {Level.PUBLISHED}:
        return plans.filter(state__in=OUT)
    return plans.none()


def can_edit_plan(viewer: Viewer, plan: WorkPlan) -> bool:
    """True where a role of the viewer may write lines: the manager, leads (any country), a country's coordinator."""
    return any(
        held.role in {Role.PM, Role.CL} or (held.role == Role.NC and held.country_id == plan.country_id)
        for held in viewer.held_with("work_plan", plan.phase, {Level.EDIT, Level.APPROVE})
    )


def require_plan_edit(viewer: Viewer, plan: WorkPlan, component_id: int | None) -> None:
    """Raises NotAllowed where the viewer may not write a line of this component in the plan."""
    for held in viewer.held_with("work_plan", plan.phase, {Level.EDIT, Level.APPROVE}):
        if held.role == Role.PM:
            return
        if held.role == Role.CL and held.component_id == component_id:
            return
        if held.role == Role.NC and held.country_id == plan.country_id:
            return
    raise NotAllowed(_("Your role does not reach this line of the work plan."))


def moves_open_to(viewer: Viewer, plan: WorkPlan) -> list[Move]:
    """The moves that the viewer may make now."""
    roles = viewer.roles_in(plan.phase)
    return [move for move in MOVES if plan.state in move.from_states and move.roles & roles]
