"""Adding and editing an activity."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pilotage.domain.activities.access import can_add_activity
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import add_activity, edit_activity
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.common import editor_page, found_activity, tabs
from pilotage.web.activities.conflict import Conflict, decided, merged
from pilotage.web.activities.forms import ActivityForm, initial_of
from pilotage.web.drafts import take_typed
from pilotage.web.pages import PageRequest, form_page, phase_page, require

SECTIONS = (
    (gettext_noop("What it is"), ("code", "title", "type", "thematic", "component", "output", "summary")),
    (gettext_noop("For whom and where"), ("scope", "countries", "mode", "venue", "venue_country")),
    (
        gettext_noop("When"),
        ("planned_start", "planned_end", "actual_start", "actual_end", "baseline_start", "baseline_end", "date_text",
         "additional"),
    ),
    (gettext_noop("Who takes part"), ("institutions", "agencies_text", "co_organisers", "experts", "experts_text",
                           "by_national_trainers", "series")),
    (gettext_noop("What comes of it"), ("outputs_text", "signed_list_on", "report_on", "cost", "policy_tags", "sdg_goals")),
    (gettext_noop("Who may see it"), ("confidentiality",)),
)  # fmt: skip


@phase_page
@form_page
def new(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """A new activity: begins as a draft."""
    viewer = request.viewer
    require(viewer.user is not None and can_add_activity(viewer, phase), _("Your role may not write activities here."))
    kept = take_typed(request)
    if request.method != "POST":
        form = ActivityForm(kept, phase=phase, viewer=viewer, initial=_copy_of(request, phase))
        return _show(request, form, kept=bool(kept))
    form = ActivityForm(request.POST, phase=phase, viewer=viewer)
    if form.is_valid():
        try:
            assert viewer.user is not None
            added = add_activity(by=viewer.user, phase=phase, entry=form.entry(), viewer=viewer)
        except ValidationError as problem:
            form.show_problems(problem)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("%(code)s is kept as a draft.") % {"code": added.code})
            return redirect("activities:activity", phase.code, added.code)
    return _show(request, form)


@editor_page
def edit(request: PageRequest, phase: Phase, activity: Activity) -> HttpResponseBase:
    """Editing: what another person changed meanwhile is shown field by field."""
    viewer = request.viewer
    kept = take_typed(request)
    if request.method != "POST":
        form = ActivityForm(kept, phase=phase, viewer=viewer, initial=initial_of(activity))
        return _show(request, form, activity, kept=bool(kept))
    form = ActivityForm(request.POST, phase=phase, viewer=viewer, initial=initial_of(activity))
    if not form.is_valid():
        return _show(request, form, activity)
    version = form.cleaned_data["version"] or 0
    decided(form, activity, request.POST)
    try:
        assert viewer.user is not None
        edit_activity(by=viewer.user, activity=activity, entry=form.entry(), version=version, viewer=viewer)
    except ValidationError as problem:
        form.show_problems(problem)
    except NotAllowed as refusal:
        form.add_error(None, refusal.reason)
    except StaleRecord:
        fresh = found_activity(viewer, phase, activity.code)
        shown, conflict = merged(form, fresh, version)
        return _show(request, ActivityForm(None, phase=phase, viewer=viewer, initial=shown), fresh, conflict=conflict)
    else:
        messages.success(request, _("The changes are kept."))
        return redirect("activities:activity", phase.code, activity.code)
    return _show(request, form, found_activity(viewer, phase, request.resolver_match.kwargs["code"]))  # type: ignore[union-attr]


def _show(
    request: PageRequest,
    form: ActivityForm,
    activity: Activity | None = None,
    *,
    conflict: Conflict | None = None,
    kept: bool = False,
) -> HttpResponseBase:
    differences = {one.name: one for one in conflict.to_decide} if conflict else {}
    context: dict[str, Any] = {
        "form": form,
        "activity": activity,
        "tabs": tabs(request, activity) if activity else [],
        "sections": [
            (_(label), [(form[name], differences.get(name)) for name in names if name in form.fields])
            for label, names in SECTIONS
        ],
        "institution_names": form.institution_names.labels.values(),
        "place_names": form.place_names.labels.values(),
        "conflict": conflict,
        "kept": kept,
        "at": activity.version if activity else 0,
    }
    status = 409 if conflict else 422 if form.is_bound and form.errors and not kept else 200
    return render(request, "activities/edit.html", context, status=status)


def _copy_of(request: PageRequest, phase: Phase) -> dict[str, Any]:
    """``?like=CODE`` begins with the facts of another activity: the next leg of a series, next year's course."""
    code = request.GET.get("like", "")
    if not code:
        return {}
    initial = initial_of(found_activity(request.viewer, phase, code))
    for name in ("code", "version", "planned_start", "planned_end", "actual_start", "actual_end", "baseline_start",
                 "baseline_end", "date_text", "signed_list_on", "report_on", "cost", "outputs_text"):  # fmt: skip
        initial.pop(name, None)
    return initial
