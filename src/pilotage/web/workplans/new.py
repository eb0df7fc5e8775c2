"""Making a plan: the next version of a year, from nothing, from last year's plan, or as a revision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.settings import setting
from pilotage.domain.workplans.access import can_edit_plan, visible_plans
from pilotage.domain.workplans.models import REGION, WorkPlan
from pilotage.domain.workplans.operations import make_plan
from pilotage.domain.workplans.words import PlanState
from pilotage.kit.periods import reporting_year
from pilotage.kit.texts import wording
from pilotage.web.activities.forms import add_problems
from pilotage.web.drafts import take_typed
from pilotage.web.pages import PageRequest, form_page, phase_page, require
from pilotage.web.templatetags.pilotage import reader_language
from pilotage.web.workplans.common import address_of, plan_words, writes_plans, year_words


class NewPlanForm(forms.Form):
    """Which year, whose plan, and what it begins with."""

    year = forms.TypedChoiceField(label=gettext_lazy("Plan year"), coerce=int)
    scope = forms.ChoiceField(label=gettext_lazy("Plan of"))
    like = forms.ChoiceField(
        label=gettext_lazy("Begin with the lines of"), required=False,
        help_text=gettext_lazy(
            "From a version of the same year all lines come over as they stand: a revision. From last year's plan come "
            "the lines whose activity is not finished, their dates to be set anew."
        ),
    )  # fmt: skip

    def __init__(self, data: Any, *, phase: Phase, viewer: Viewer, plans: list[WorkPlan], initial: Any) -> None:
        super().__init__(data, initial=initial)
        scopes = [(code, name) for code, name in scopes_of(phase) if may_write(viewer, phase, code)]
        self.fields["year"].choices = [(year, year_words(phase, year)) for year in years_of(phase)]  # type: ignore[attr-defined]
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]
        self.fields["like"].choices = [  # type: ignore[attr-defined]
            ("", _("nothing: an empty plan")),
            *((str(plan.pk), f"{plan_words(plan)} ({plan.get_state_display()})") for plan in plans),
        ]


def scopes_of(phase: Phase) -> list[tuple[str, str]]:
    """The partner countries and the region, with their names."""
    language = reader_language()
    known = [(one.country_id, wording(one.country.name, language)) for one in phase.partner_countries.all()]
    return [*known, (REGION, _("the region"))]


def may_write(viewer: Viewer, phase: Phase, scope: str) -> bool:
    """True where the viewer may write the plan of a scope."""
    return can_edit_plan(viewer, WorkPlan(phase=phase, year=0, country_id=None if scope == REGION else scope))


def years_of(phase: Phase) -> list[int]:
    """The plan years of the phase."""
    today = timezone.localdate()
    start, end = phase.start, phase.end
    if setting(phase, "plan_year") == "reporting" and start:
        return list(range(1, reporting_year(end or today, start) + 1))
    return list(range((start or today).year, max((end or today).year, (start or today).year) + 1))


@phase_page
@form_page
def new(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Makes a version; ``?from=<key>&as=revision`` or ``as=next`` fills the form."""
    viewer = request.viewer
    require(viewer.user is not None and writes_plans(viewer, phase), _("Your role may not write work plans."))
    plans = list(visible_plans(viewer, phase).select_related("country"))
    for plan in plans:
        plan.phase = phase
    kept = take_typed(request)
    data = request.POST if request.method == "POST" else kept
    form = NewPlanForm(data, phase=phase, viewer=viewer, plans=plans, initial=_initial(request, phase, plans))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        country = None if cleaned["scope"] == REGION else Country.objects.get(pk=cleaned["scope"])
        like = next((plan for plan in plans if str(plan.pk) == cleaned["like"]), None)
        try:
            assert viewer.user is not None
            made = make_plan(
                by=viewer.user, phase=phase, year=cleaned["year"], country=country, like=like, viewer=viewer
            )
        except ValidationError as problem:
            add_problems(form, problem)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("%(plan)s is made; it is a draft.") % {"plan": plan_words(made)})
            return redirect(address_of(made, "edit"))
    drafts = [(plan_words(plan), address_of(plan)) for plan in plans if plan.state == PlanState.DRAFT]
    context = {"form": form, "drafts": drafts, "kept": kept is not None}
    return render(request, "workplans/new.html", context, status=422 if form.is_bound and form.errors else 200)


def _initial(request: PageRequest, phase: Phase, plans: list[WorkPlan]) -> dict[str, Any]:
    like = next((plan for plan in plans if str(plan.pk) == request.GET.get("from")), None)
    years = years_of(phase)
    if like is None:
        today = timezone.localdate().year
        return {"year": today if today in years else years[-1]}
    year = like.year + (request.GET.get("as") == "next")
    return {"year": min(year, years[-1]), "scope": like.country_id or REGION, "like": str(like.pk)}
