"""Drafting and editing; two editors of one recommendation see each other field by field."""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pilotage.domain.activities.models import Activity
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.access import can_add_recommendation, can_edit_recommendation
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.operations import draft_siblings, edit_recommendation
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.conflict import CHOICE, Conflict, Difference, in_words
from pilotage.web.activities.forms import add_problems
from pilotage.web.drafts import take_typed
from pilotage.web.pages import PageRequest, form_page, phase_page, require
from pilotage.web.recommendations.common import found_recommendation, signed_in_recommendation_page, tabs
from pilotage.web.recommendations.forms import RecommendationForm, initial_of

SECTIONS = (
    (gettext_noop("What and to whom"), ("text", "addressees", "addressee", "addressee_text", "priority")),
    (gettext_noop("Where it came from"), ("origin", "activity", "deliverable", "component")),
    (gettext_noop("By when"), ("issued_on", "response_due", "implementation_due")),
    (gettext_noop("What became of it"), ("accepted_text", "act_number", "act_date", "act_body")),
    (gettext_noop("Who may see it"), ("confidentiality",)),
)


@phase_page
@form_page
def new(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """New drafts: one record an addressee."""
    viewer = request.viewer
    require(
        viewer.user is not None and can_add_recommendation(viewer, phase),
        _("Your role may not draft recommendations here."),
    )
    kept = take_typed(request)
    if request.method != "POST":
        initial = {"activity": request.GET.get("activity", "")[:40]}
        return _show(request, RecommendationForm(kept, phase=phase, viewer=viewer, initial=initial), kept=bool(kept))
    form = RecommendationForm(request.POST, phase=phase, viewer=viewer)
    if form.is_valid():
        addressees = list(Institution.objects.filter(pk__in=form.cleaned_data["addressees"]).order_by("code"))
        try:
            assert viewer.user is not None
            drafted = draft_siblings(
                by=viewer.user, phase=phase, addressees=addressees, values=form.values(), viewer=viewer
            )
        except ValidationError as problem:
            add_problems(form, _beside(problem))
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            codes = ", ".join(one.code for one in drafted)
            messages.success(request, _("Kept as a draft: %(codes)s.") % {"codes": codes})
            return redirect("recommendations:recommendation", phase.code, drafted[0].code)
    return _show(request, form)


def _beside(problem: ValidationError) -> ValidationError:
    """Problems of the addressee stand beside the list of addressees."""
    if not hasattr(problem, "error_dict"):
        return problem
    named = {"addressee": "addressees"}
    return ValidationError({named.get(name, name): errors for name, errors in problem.error_dict.items()})


@signed_in_recommendation_page
def edit(request: PageRequest, phase: Phase, recommendation: Recommendation) -> HttpResponseBase:
    """Editing: what another person changed meanwhile is shown field by field."""
    viewer = request.viewer
    require(can_edit_recommendation(viewer, recommendation), _("Your role does not reach this recommendation."))
    code, kept = recommendation.code, take_typed(request)
    if request.method != "POST":
        form = RecommendationForm(
            kept, phase=phase, viewer=viewer, record=recommendation, initial=initial_of(recommendation)
        )
        return _show(request, form, recommendation, kept=bool(kept))
    form = RecommendationForm(
        request.POST, phase=phase, viewer=viewer, record=recommendation, initial=initial_of(recommendation)
    )
    if not form.is_valid():
        return _show(request, form, recommendation)
    version = form.cleaned_data["version"] or 0
    values = form.values()
    for name in list(values):
        if request.POST.get(f"{CHOICE}{name}") == "theirs":
            values[name] = getattr(recommendation, name)
    try:
        assert viewer.user is not None
        edit_recommendation(
            by=viewer.user, recommendation=recommendation, values=values, version=version, viewer=viewer
        )
    except ValidationError as problem:
        add_problems(form, problem)
    except NotAllowed as refusal:
        form.add_error(None, refusal.reason)
    except StaleRecord as stale:
        fresh = found_recommendation(viewer, phase, code)
        shown, conflict = merged(form, fresh, stale)
        form = RecommendationForm(None, phase=phase, viewer=viewer, record=fresh, initial=shown)
        return _show(request, form, fresh, conflict=conflict)
    else:
        messages.success(request, _("The changes are kept."))
        return redirect("recommendations:recommendation", phase.code, code)
    return _show(request, form, found_recommendation(viewer, phase, code))


def merged(form: RecommendationForm, fresh: Recommendation, stale: StaleRecord) -> tuple[dict[str, Any], Conflict]:
    """What the form shows next: what only the other changed is taken over, what both changed is decided."""
    now = initial_of(fresh)
    earlier = copy.copy(fresh)
    for name, (before, _after) in stale.theirs.items():
        column = next((one for one in Recommendation._meta.concrete_fields if one.attname == name), None)
        if column is not None:
            setattr(earlier, name, column.to_python(before) if not column.is_relation else before)
    before_values = initial_of(earlier)
    shown: dict[str, Any] = {}
    to_decide, taken_over = [], []
    for name, field in form.fields.items():
        if name == "version":
            continue
        typed = _comparable(form.cleaned_data.get(name))
        shown[name] = _as_initial(form.cleaned_data.get(name))
        if _comparable(before_values[name]) == _comparable(now[name]) or typed == _comparable(now[name]):
            continue
        if typed == _comparable(before_values[name]):
            shown[name] = now[name]
            taken_over.append(_difference(field, name, before_values[name], now[name]))
        else:
            to_decide.append(_difference(field, name, form.cleaned_data.get(name), now[name]))
    shown["version"] = fresh.version
    return shown, Conflict(stale.by, stale.at, to_decide, taken_over)


def _as_initial(value: Any) -> Any:
    if isinstance(value, Activity):
        return value.code
    return value.pk if hasattr(value, "pk") else value


def _comparable(value: Any) -> Any:
    value = _as_initial(value)
    if isinstance(value, dict):
        return {key: text.strip().replace("\r\n", "\n") for key, text in value.items() if text}
    return "" if value is None else value


def _difference(field: forms.Field, name: str, mine: Any, theirs: Any) -> Difference:
    return Difference(name, str(field.label), in_words(field, _as_initial(theirs)), in_words(field, _as_initial(mine)))


def _show(
    request: PageRequest,
    form: RecommendationForm,
    recommendation: Recommendation | None = None,
    *,
    conflict: Conflict | None = None,
    kept: bool = False,
) -> HttpResponseBase:
    differences = {one.name: one for one in conflict.to_decide} if conflict else {}
    sections = [
        (_(label), [(form[name], differences.get(name)) for name in names if name in form.fields])
        for label, names in SECTIONS
    ]
    context: dict[str, Any] = {
        "form": form,
        "recommendation": recommendation,
        "tabs": tabs(request, recommendation) if recommendation else [],
        "sections": [(label, fields) for label, fields in sections if fields],
        "conflict": conflict,
        "kept": kept,
        "activity_codes": form.activities.order_by("-begins_on").values_list("code", "title")[:400],
    }
    status = 409 if conflict else 422 if form.is_bound and form.errors else 200
    return render(request, "recommendations/edit.html", context, status=status)
