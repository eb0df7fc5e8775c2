"""Moving an activity from state to state."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import moves_open_to
from pilotage.domain.activities.files import visible_files
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import move_activity
from pilotage.domain.activities.states import MOVES
from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.common import activity_form_page, tabs
from pilotage.web.activities.forms import MoveForm, add_problems
from pilotage.web.drafts import take_typed
from pilotage.web.pages import PageRequest, require


@activity_form_page
def move(request: PageRequest, phase: Phase, activity: Activity) -> HttpResponseBase:
    """What can be done with the activity now, by whom, and what each step needs."""
    viewer = request.viewer
    require(viewer.is_staff_in(phase))
    kept = take_typed(request)
    open_moves = moves_open_to(viewer, activity)
    files = visible_files(viewer, activity, activity.files.all())
    source = request.POST if request.method == "POST" else kept
    sent = source.get("move", "") if source else ""
    forms = {}
    for step in open_moves:
        forms[step.name] = MoveForm(source if step.name == sent else None, move=step, activity=activity, files=files)
    problems: list[str] = []
    if request.method == "POST":
        form = forms.get(sent)
        if form is None:
            problems.append(_("This step is no longer possible: see below what is."))
        elif form.is_valid():
            try:
                _make(request, activity, form)
            except ValidationError as problem:
                add_problems(form, problem)
            except NotAllowed as refusal:
                form.add_error(None, refusal.reason)
            except StaleRecord as stale:
                problems.append(_("%(person)s changed the activity meanwhile. Look again.") % {"person": stale.by})
            else:
                messages.success(
                    request,
                    _("%(code)s is now: %(state)s.") % {"code": activity.code, "state": activity.get_state_display()},
                )
                return redirect("activities:activity", phase.code, activity.code)
    context: dict[str, Any] = {
        "activity": activity,
        "tabs": tabs(request, activity),
        "forms": [(forms[step.name], step) for step in open_moves],
        "others": others_moves(activity, open_moves),
        "problems": problems,
        "wanted": sent or request.GET.get("move", ""),
        "missing": missing_for_verification(activity),
    }
    failed = bool(problems) or any(form.is_bound and form.errors for form in forms.values())
    return render(request, "activities/move.html", context, status=422 if failed and request.method == "POST" else 200)


def _make(request: PageRequest, activity: Activity, form: MoveForm) -> None:
    cleaned = form.cleaned_data
    assert request.viewer.user is not None
    move_activity(
        by=request.viewer.user,
        viewer=request.viewer,
        activity=activity,
        move=form.move.name,
        effective_on=cleaned.get("effective_on"),
        reason=cleaned.get("reason", ""),
        evidence=cleaned.get("evidence"),
        new_start=cleaned.get("new_start", ""),
        new_end=cleaned.get("new_end", ""),
    )


def others_moves(activity: Activity, open_moves: list[Any]) -> list[tuple[Any, str]]:
    """The steps from here that somebody else makes, with the roles that may."""
    return [
        (step, ", ".join(sorted(str(Role(role).label) for role in step.roles)))
        for step in MOVES
        if activity.state in step.from_states and step not in open_moves
    ]


def missing_for_verification(activity: Activity) -> list[tuple[str, str]]:
    """What verification still wants, each with the page that gives it."""
    missing = []
    if not activity.tallies.exists():
        missing.append((_("The participant tally"), "tally"))
    if activity.signed_list_on is None:
        missing.append((_("The signed attendance list"), "files"))
    if activity.report_on is None:
        missing.append((_("The report"), "files"))
    return missing
