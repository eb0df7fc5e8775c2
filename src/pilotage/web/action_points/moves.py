"""Steps of an action point: begun, reported done with evidence, confirmed or returned, cancelled; and its facts."""

from __future__ import annotations

from dataclasses import dataclass
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
from pilotage.domain.recommendations.words import Channel
from pilotage.domain.steering.access import action_steps_open_to
from pilotage.domain.steering.action_points import edit_action_point, move_action_point, note_action_point
from pilotage.domain.steering.models import ActionPoint
from pilotage.domain.steering.states import ACTION_STEPS
from pilotage.kit.changes import StaleRecord
from pilotage.web.action_points.common import may_change, may_note, signed_in_point_page, tabs
from pilotage.web.action_points.forms import PointForm, StepForm
from pilotage.web.activities.forms import add_problems
from pilotage.web.activities.names import institution_names
from pilotage.web.drafts import take_typed
from pilotage.web.pages import PageRequest, require
from pilotage.web.room.names import staff_of


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing that can be done: a step, or a note."""

    name: str
    label: str
    becomes: str
    form: StepForm


@signed_in_point_page
def move(request: PageRequest, phase: Phase, point: ActionPoint) -> HttpResponseBase:
    """What can be done with the action point now, by whom, and what each step needs."""
    viewer = request.viewer
    kept = take_typed(request)
    steps = action_steps_open_to(viewer, point)
    notes = may_note(viewer, point)
    require(bool(steps) or notes or viewer.is_staff_in(phase), _("There is no step for your role here."))
    posted = request.method == "POST"
    sent = request.POST.get("move", "") if posted else kept.get("move", "") if kept else ""

    def offered(name: str, label: str, becomes: str, *, by_owner: bool, needs_words: bool) -> Offered:
        data = (request.POST if posted else kept) if name == sent else None
        form = StepForm(
            data, request.FILES if posted else None, step=name, by_owner=by_owner, needs_words=needs_words,
            point=point, viewer=viewer,
        )  # fmt: skip
        return Offered(name, label, becomes, form)

    offers = [
        offered(one.name, str(one.label), str(one.to_state.label), by_owner=one.by_owner, needs_words=one.needs_words)
        for one in steps
    ]
    if notes:
        offers.append(
            offered("note", _("note how it stands"), point.get_state_display(), by_owner=False, needs_words=True)
        )
    problems: list[str] = []
    if posted:
        chosen = next((one for one in offers if one.name == sent), None)
        if chosen is None:
            problems.append(_("This step is no longer possible: see below what is."))
        elif chosen.form.is_valid():
            try:
                _make(request, point, chosen)
            except ValidationError as problem:
                add_problems(chosen.form, problem)
            except NotAllowed as refusal:
                chosen.form.add_error(None, refusal.reason)
            except StaleRecord as stale:
                told = _("%(person)s changed the action point meanwhile. Look again.")
                problems.append(told % {"person": stale.by})
            else:
                said = {"code": point.code, "state": point.get_state_display()}
                messages.success(request, _("%(code)s is now: %(state)s.") % said)
                return redirect("action_points:action_point", phase.code, point.code)
    names = {one.name for one in offers}
    others = [
        (
            one,
            ", ".join(
                [*([_("the owner")] if one.by_owner else []), *sorted(str(Role(role).label) for role in one.roles)]
            ),
        )
        for one in ACTION_STEPS
        if point.state in one.from_states and one.name not in names and (not one.needs_report or point.reported_done_on)
    ]
    context: dict[str, Any] = {
        "point": point,
        "tabs": tabs(request, point),
        "offers": offers,
        "others": others,
        "problems": problems,
        "wanted": sent or request.GET.get("move", ""),
    }
    failed = bool(problems) or any(one.form.is_bound and one.form.errors for one in offers)
    return render(request, "action_points/move.html", context, status=422 if posted and failed else 200)


def _make(request: PageRequest, point: ActionPoint, chosen: Offered) -> None:
    cleaned, viewer = chosen.form.cleaned_data, request.viewer
    assert viewer.user is not None
    words, day = cleaned["words"].strip(), cleaned["effective_on"]
    if chosen.name == "note":
        note_action_point(by=viewer.user, viewer=viewer, point=point, words=words, effective_on=day)
        return
    evidence = None
    if upload := cleaned.get("evidence"):
        try:
            content, suffix = clean_content(upload.file)
        except ValidationError as problem:
            raise ValidationError({"evidence": problem.messages}) from None
        evidence = (tidy_name(upload.name, suffix), content)
    move_action_point(
        by=viewer.user, viewer=viewer, point=point, step=chosen.name, words=words, effective_on=day,
        version=cleaned["version"], evidence=evidence, evidence_text=cleaned.get("evidence_text", "").strip(),
        channel=Channel.LETTER if cleaned.get("by_letter") else Channel.ACCOUNT,
    )  # fmt: skip


@signed_in_point_page
def edit(request: PageRequest, phase: Phase, point: ActionPoint) -> HttpResponseBase:
    """Changes text, owner or due date; a moved date wants its reason."""
    viewer = request.viewer
    require(may_change(viewer, point), _("Only the secretariat changes an action point, until it is finished."))
    kept = take_typed(request)
    form = PointForm(request.POST if request.method == "POST" else kept, point=point)
    stale: StaleRecord | None = None
    if request.method == "POST" and form.is_valid():
        assert viewer.user is not None
        try:
            edit_action_point(
                by=viewer.user, viewer=viewer, point=point, values=form.values(),
                version=form.cleaned_data["version"], why=form.cleaned_data["why"],
            )  # fmt: skip
        except ValidationError as problem:
            add_problems(form, problem)
        except StaleRecord as found:
            stale = found
            # Sent again, it replaces what the page now shows.
            typed = request.POST.copy()
            typed["version"] = str(ActionPoint.objects.values_list("version", flat=True).get(pk=point.pk))
            form.data = typed
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("action_points:action_point", phase.code, point.code)
    fresh = ActionPoint.objects.select_related("owner_institution", "owner_user").get(pk=point.pk) if stale else None
    context: dict[str, Any] = {
        "point": point,
        "tabs": tabs(request, point),
        "form": form,
        "stale": stale,
        "fresh": fresh,
        "institutions": sorted(institution_names(phase).labels.values()),
        "staff": staff_of(phase),
    }
    failed = form.is_bound and (form.errors or stale) and request.method == "POST"
    return render(request, "action_points/edit.html", context, status=(409 if stale else 422) if failed else 200)
