"""Steps of a recommendation: clearing, issuing, answering, verifying; a letter is recorded with its attachment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.activities.files import clean_content, tidy_name
from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.access import moves_open_to
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.operations import clear_recommendation, move_recommendation
from pilotage.domain.recommendations.states import MOVES
from pilotage.domain.recommendations.words import Channel
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.forms import add_problems
from pilotage.web.drafts import take_typed
from pilotage.web.pages import PageRequest, require
from pilotage.web.recommendations.common import may_clear, signed_in_recommendation_page, tabs
from pilotage.web.recommendations.forms import StepForm


@signed_in_recommendation_page
def clear(request: PageRequest, phase: Phase, recommendation: Recommendation) -> HttpResponseBase:
    """The programme manager clears a draft for issue."""
    viewer = request.viewer
    require(Role.PM in viewer.roles_in(phase), _("Only the programme manager clears recommendations."))
    problems: list[str] = []
    if request.method == "POST":
        try:
            assert viewer.user is not None
            clear_recommendation(by=viewer.user, viewer=viewer, recommendation=recommendation)
        except ValidationError as problem:
            problems = problem.messages
        else:
            messages.success(request, _("%(code)s is cleared and can be issued.") % {"code": recommendation.code})
            return redirect("recommendations:recommendation", phase.code, recommendation.code)
    context = {
        "recommendation": recommendation,
        "tabs": tabs(request, recommendation),
        "problems": problems,
        "may": may_clear(viewer, recommendation),
    }
    return render(request, "recommendations/clear.html", context, status=422 if problems else 200)


@signed_in_recommendation_page
def move(request: PageRequest, phase: Phase, recommendation: Recommendation) -> HttpResponseBase:
    """What can be done with the recommendation now, by whom, and what each step needs."""
    viewer = request.viewer
    kept = take_typed(request)
    open_moves = moves_open_to(viewer, recommendation)
    require(bool(open_moves) or viewer.is_staff_in(phase), _("There is no step for your role here."))
    posted = request.method == "POST"
    sent = request.POST.get("move", "") if posted else kept.get("move", "") if kept else ""
    forms = {}
    for step in open_moves:
        data = (request.POST if posted else kept) if step.name == sent else None
        forms[step.name] = StepForm(
            data, request.FILES if posted else None, move=step, record=recommendation, viewer=viewer
        )
    problems: list[str] = []
    if posted:
        form = forms.get(sent)
        if form is None:
            problems.append(_("This step is no longer possible: see below what is."))
        elif form.is_valid():
            try:
                _make(request, recommendation, form)
            except ValidationError as problem:
                add_problems(form, problem)
            except NotAllowed as refusal:
                form.add_error(None, refusal.reason)
            except StaleRecord as stale:
                problems.append(
                    _("%(person)s changed the recommendation meanwhile. Look again.") % {"person": stale.by}
                )
            else:
                said = {"code": recommendation.code, "state": recommendation.get_state_display()}
                messages.success(request, _("%(code)s is now: %(state)s.") % said)
                return redirect("recommendations:recommendation", phase.code, recommendation.code)
    others = [
        (step, ", ".join(sorted(str(Role(role).label) for role in step.roles)))
        for step in MOVES
        if recommendation.state in step.from_states and step not in open_moves
    ]
    context: dict[str, Any] = {
        "recommendation": recommendation,
        "tabs": tabs(request, recommendation),
        "forms": [(forms[step.name], step) for step in open_moves],
        "others": others,
        "problems": problems,
        "wanted": sent or request.GET.get("move", ""),
    }
    failed = bool(problems) or any(form.is_bound and form.errors for form in forms.values())
    return render(request, "recommendations/move.html", context, status=422 if posted and failed else 200)


def _make(request: PageRequest, recommendation: Recommendation, form: StepForm) -> None:
    cleaned = form.cleaned_data
    evidence = None
    if upload := cleaned.get("evidence"):
        try:
            content, suffix = clean_content(upload.file)
        except ValidationError as problem:
            raise ValidationError({"evidence": problem.messages}) from None
        evidence = (tidy_name(upload.name, suffix), content)
    channel = Channel.LETTER if cleaned.get("by_letter") else Channel.ACCOUNT
    assert request.viewer.user is not None
    move_recommendation(
        by=request.viewer.user,
        viewer=request.viewer,
        recommendation=recommendation,
        answer=form.answer(evidence),
        version=cleaned["version"],
        channel=channel,
    )
