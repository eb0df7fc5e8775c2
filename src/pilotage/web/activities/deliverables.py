"""The documents that an activity produced."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.activities.models import Activity, Deliverable
from pilotage.domain.activities.operations import add_deliverable, edit_deliverable, remove_deliverable
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.common import editor_page, tabs
from pilotage.web.activities.forms import DeliverableForm, WhyForm, add_problems
from pilotage.web.drafts import take_typed
from pilotage.web.marks import carry_mark, require_known, tell
from pilotage.web.pages import PageRequest


@editor_page
def deliverables(request: PageRequest, phase: Phase, activity: Activity) -> HttpResponseBase:
    """The list, and a form for the next one."""
    form = DeliverableForm(request.POST if request.method == "POST" else take_typed(request), phase=phase)
    if request.method == "POST" and form.is_valid():
        assert request.viewer.user is not None
        try:
            add_deliverable(by=request.viewer.user, activity=activity, values=form.values(), viewer=request.viewer)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, _("The deliverable is kept."))
            return redirect("activities:deliverables", phase.code, activity.code)
    return _show(request, activity, form)


@editor_page
def deliverable(request: PageRequest, phase: Phase, activity: Activity, key: int) -> HttpResponseBase:
    """One deliverable: to correct, or to take away with a reason."""
    record = get_object_or_404(Deliverable, pk=key, activity=activity)
    record.activity = activity
    initial = {name: getattr(record, name) for name in ("type", "title", "transmitted_on")}
    form = DeliverableForm(
        request.POST if request.method == "POST" and "remove" not in request.POST else take_typed(request), phase=phase,
        initial={**initial, "transmitted_to": record.transmitted_to_id},
    )  # fmt: skip
    carry_mark(form, record)
    why = WhyForm(request.POST if "remove" in request.POST else None)
    assert request.viewer.user is not None
    if request.method == "POST" and "remove" in request.POST:
        if why.is_valid():
            remove_deliverable(
                by=request.viewer.user, deliverable=record, viewer=request.viewer, why=why.cleaned_data["why"]
            )
            messages.success(request, _("The deliverable is taken away. The change log keeps it."))
            return redirect("activities:deliverables", phase.code, activity.code)
    elif request.method == "POST" and form.is_valid():
        try:
            require_known(form, record)
            edit_deliverable(by=request.viewer.user, deliverable=record, values=form.values(), viewer=request.viewer)
        except ValidationError as problem:
            add_problems(form, problem)
        except StaleRecord as stale:
            tell(form, record, stale)
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("activities:deliverables", phase.code, activity.code)
    return _show(request, activity, form, record, why)


def _show(
    request: PageRequest, activity: Activity, form: DeliverableForm, record: Deliverable | None = None,
    why: WhyForm | None = None,
) -> HttpResponseBase:  # fmt: skip
    context = {
        "activity": activity,
        "tabs": tabs(request, activity),
        "deliverables": activity.deliverables.select_related("transmitted_to"),
        "form": form,
        "record": record,
        "why": why,
        "institution_names": form.institution_names.labels.values(),
    }
    failed = request.method == "POST" and (form.errors or (why is not None and why.errors))
    return render(request, "activities/deliverables.html", context, status=422 if failed else 200)
