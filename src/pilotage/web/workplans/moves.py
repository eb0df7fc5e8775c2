"""Steps of a plan: submitted, endorsed by a steering body, in force, back to draft."""

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

from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.access import moves_open_to
from pilotage.domain.workplans.models import WorkPlan
from pilotage.domain.workplans.operations import move_plan
from pilotage.domain.workplans.states import MOVES, Move
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.forms import DayField, add_problems
from pilotage.web.drafts import take_typed
from pilotage.web.fields import PlainTextField
from pilotage.web.pages import PageRequest, require
from pilotage.web.workplans.common import address_of, frame, moves_plans, working_page


class PlanStepForm(forms.Form):
    """One step with what it needs."""

    endorsed_by = PlainTextField(
        label=gettext_lazy("Steering body"), max_length=200,
        help_text=gettext_lazy("The body that endorsed it, with the number of its decision where there is one."),
    )  # fmt: skip
    effective_on = DayField(label=gettext_lazy("Effective on"), help_text=gettext_lazy("Left empty, today."))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any, *, move: Move) -> None:
        super().__init__(data, auto_id=f"id_{move.name}_%s")
        self.move = move
        if "body" not in move.needs:
            del self.fields["endorsed_by"]
        self.fields["reason"].required = "reason" in move.needs
        if move.name == "put_in_force":
            self.fields["effective_on"].label = _("In force from")

    def clean(self) -> dict[str, Any]:
        """What was submitted or endorsed has happened; only the entry into force may lie ahead."""
        cleaned: dict[str, Any] = super().clean() or {}
        day = cleaned.get("effective_on")
        if day and day > timezone.localdate() and self.move.name != "put_in_force":
            self.add_error("effective_on", _("The date lies in the future."))
        return cleaned


@working_page(moves_plans)
def move(request: PageRequest, phase: Phase, plan: WorkPlan) -> HttpResponseBase:
    """What can be done with the plan now, by whom, and what each step needs."""
    viewer = request.viewer
    kept = take_typed(request)
    open_moves = moves_open_to(viewer, plan)
    posted = request.method == "POST"
    sent = request.POST.get("move", "") if posted else kept.get("move", "") if kept else ""
    data = request.POST if posted else kept
    steps = {step.name: PlanStepForm(data if step.name == sent else None, move=step) for step in open_moves}
    problems: list[str] = []
    if posted:
        form = steps.get(sent)
        known = any(step.name == sent for step in MOVES)
        require(form is not None or not known or bool(open_moves), _("Your role may not take this step."))
        if form is None:
            problems.append(_("This step is no longer possible: see below what is."))
        elif form.is_valid() and _make(request, plan, form, problems):
            said = {"plan": frame(request, plan)["plan_name"], "state": plan.get_state_display()}
            messages.success(request, _("%(plan)s is now: %(state)s.") % said)
            return redirect(address_of(plan))
    others = [
        (step, ", ".join(sorted(str(Role(role).label) for role in step.roles)))
        for step in MOVES
        if plan.state in step.from_states and step not in open_moves
    ]
    context = {
        **frame(request, plan),
        "forms": [(steps[step.name], step) for step in open_moves],
        "others": others,
        "problems": problems,
        "wanted": sent or request.GET.get("move", ""),
    }
    failed = bool(problems) or any(form.is_bound and form.errors for form in steps.values())
    return render(request, "workplans/move.html", context, status=422 if posted and failed else 200)


def _make(request: PageRequest, plan: WorkPlan, form: PlanStepForm, problems: list[str]) -> bool:
    cleaned = form.cleaned_data
    assert request.viewer.user is not None
    try:
        move_plan(
            by=request.viewer.user,
            viewer=request.viewer,
            plan=plan,
            move=form.move.name,
            effective_on=cleaned.get("effective_on"),
            reason=cleaned.get("reason", "").strip(),
            endorsed_by=cleaned.get("endorsed_by", ""),
        )
    except ValidationError as problem:
        plan.refresh_from_db()
        add_problems(form, problem)
    except NotAllowed as refusal:
        form.add_error(None, refusal.reason)
    except StaleRecord as stale:
        plan.refresh_from_db()
        problems.append(_("%(person)s changed the plan meanwhile. Look again.") % {"person": stale.by})
    return not form.errors and not problems
