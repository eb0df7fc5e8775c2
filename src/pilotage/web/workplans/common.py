"""What all pages of one version of a plan share: finding it, its name, its tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import sees_cost
from pilotage.domain.membership.models import Role
from pilotage.domain.membership.permissions import Level
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.access import can_edit_plan, moves_open_to, visible_plans
from pilotage.domain.workplans.models import WorkPlan
from pilotage.domain.workplans.queries import plan_year_period
from pilotage.domain.workplans.words import PlanState
from pilotage.kit.texts import wording
from pilotage.web.pages import PageRequest, form_page, phase_page, require
from pilotage.web.templatetags.pilotage import reader_language

View = Callable[..., HttpResponseBase]
EDITORS = frozenset({Role.PM, Role.CL, Role.NC})


def writes_plans(viewer: Viewer, phase: Phase) -> bool:
    """True where some role of the viewer writes lines of some plan."""
    return bool(viewer.roles_in(phase) & EDITORS)


def moves_plans(viewer: Viewer, phase: Phase) -> bool:
    """The staff and the Delegation: they see what the next step of a plan is and whose."""
    return viewer.is_staff_in(phase) or Level.APPROVE in viewer.levels("work_plan", phase)


def found_plan(viewer: Viewer, phase: Phase, year: int, scope: str, number: int) -> WorkPlan:
    """The version at an address; 404 where there is none that the viewer may see."""
    country = None if scope == "region" else scope.upper()
    plans = visible_plans(viewer, phase).select_related("country")
    plan = plans.filter(year=year, country=country, number=number).first()
    if plan is None:
        raise Http404(_("There is no work plan at this address that you may see."))
    plan.phase = phase
    found: WorkPlan = plan
    return found


def plan_page(view: View) -> View:
    """Makes a page of one version that the viewer sees; the view takes (request, phase, plan)."""

    @wraps(view)
    def page(request: PageRequest, phase: Phase, year: int, scope: str, number: int) -> HttpResponseBase:
        return view(request, phase, found_plan(request.viewer, phase, year, scope, number))

    return phase_page(page)


def working_page(may: Callable[[Viewer, Phase], bool]) -> Callable[[View], View]:
    """Like ``plan_page``, for those who ``may``; a form sent after the session ended is kept."""

    def decorator(view: View) -> View:
        @wraps(view)
        def page(request: PageRequest, phase: Phase, year: int, scope: str, number: int) -> HttpResponseBase:
            require(may(request.viewer, phase), _("Your role may not do this."))
            return view(request, phase, found_plan(request.viewer, phase, year, scope, number))

        return phase_page(form_page(page))

    return decorator


def address_of(plan: WorkPlan, name: str = "plan") -> str:
    """The address of one of the plan's pages."""
    return reverse(f"plans:{name}", args=[plan.phase.code, plan.year, plan.scope, plan.number])


def scope_words(plan: WorkPlan, language: str | None = None) -> str:
    """The country by name, or the region."""
    if plan.country is None:
        return _("the region")
    return wording(plan.country.name, language or reader_language())


def year_words(phase: Phase, year: int) -> str:
    """The plan year: 2023, or a reporting year with its dates."""
    return wording(plan_year_period(phase, year).label, reader_language())


def plan_words(plan: WorkPlan) -> str:
    """What a version is called: “2023, Kazakhstan, version 2”."""
    named = {"year": plan.year, "scope": scope_words(plan), "number": plan.number}
    return _("%(year)s, %(scope)s, version %(number)s") % named


@dataclass(frozen=True, slots=True)
class Tab:
    """One page about the plan."""

    label: Promise | str
    address: str
    here: bool


def tabs(request: PageRequest, plan: WorkPlan) -> list[Tab]:
    """The pages about ``plan`` that the viewer may open."""
    viewer = request.viewer
    draft = plan.state == PlanState.DRAFT
    pages = [
        ("plan", _("Plan"), True),
        ("year", _("Year"), True),
        ("edit", _("Edit as a table"), draft and viewer.user is not None and can_edit_plan(viewer, plan)),
        ("compare", _("Compare"), True),
        ("move", _("Move"), bool(moves_open_to(viewer, plan))),
    ]
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [Tab(label, address_of(plan, name), name == here) for name, label, may in pages if may]


def frame(request: PageRequest, plan: WorkPlan) -> dict[str, Any]:
    """What the head of every page of a plan shows."""
    return {
        "plan": plan,
        "tabs": tabs(request, plan),
        "scope_name": scope_words(plan),
        "year_name": year_words(plan.phase, plan.year),
        "plan_name": plan_words(plan),
        "shows_cost": sees_cost(request.viewer, plan.phase),
    }
