"""Institutions and places: registers, pages, forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import can_add_activity, sees_persons, visible_activities, visible_persons
from pilotage.domain.membership.models import Role
from pilotage.domain.parties.models import Institution, Place
from pilotage.domain.parties.operations import (
    add_institution,
    add_place,
    edit_institution,
    edit_place,
    rename_institution,
)
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.forms import add_problems
from pilotage.web.activities.views import source_lines
from pilotage.web.changes.reading import changes_of
from pilotage.web.drafts import take_typed
from pilotage.web.pages import PageRequest, PhaseView, form_page, phase_page, require
from pilotage.web.parties.forms import InstitutionForm, PlaceForm, RenameForm
from pilotage.web.parties.registers import INSTITUTIONS, PLACES, institutions_of
from pilotage.web.registers import register_page

SHOWN = 50


def may_keep_parties(request: PageRequest, phase: Phase) -> bool:
    """Whoever may write activities may also add and correct the institutions and places that they name."""
    return request.viewer.user is not None and can_add_activity(request.viewer, phase)


def keeper_page(view: PhaseView) -> PhaseView:
    """Makes a page that writes institutions or places."""

    @wraps(view)
    def page(request: PageRequest, phase: Phase, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may_keep_parties(request, phase))
        return view(request, phase, *args, **kwargs)

    return phase_page(form_page(page))


@phase_page
def institutions(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The register of institutions."""
    return register_page(
        request, phase, INSTITUTIONS, institutions_of(phase), template="parties/institutions.html",
        context={"may_add": may_keep_parties(request, phase)},
    )  # fmt: skip


@phase_page
def places(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The register of places."""
    return register_page(
        request, phase, PLACES, Place.objects.all(), template="parties/places.html",
        context={"may_add": may_keep_parties(request, phase)},
    )  # fmt: skip


def found_institution(phase: Phase, code: str) -> Institution:
    """The institution ``code`` as the register of ``phase`` lists it; 404 else."""
    listed = institutions_of(phase).select_related("country").prefetch_related("earlier_names")
    institution = listed.filter(code=code).first()
    if institution is None:
        raise Http404(_("There is no institution at this address."))
    return institution


def found_place(code: str) -> Place:
    """The place ``code``; 404 where there is none."""
    place = Place.objects.select_related("country").prefetch_related("earlier_names").filter(code=code).first()
    if place is None:
        raise Http404(_("There is no place at this address."))
    return place


@phase_page
def institution(request: PageRequest, phase: Phase, code: str) -> HttpResponseBase:
    """One institution: names over time, its activities in this phase, its people as permissions allow."""
    record, viewer = found_institution(phase, code), request.viewer
    seen = visible_activities(viewer, phase)
    ties = {
        _("Took part in"): Q(institution_links__institution=record),
        _("Held together with the programme"): Q(co_organiser_links__institution=record),
        _("Sent experts to"): Q(expert_links__institution=record),
    }
    groups = []
    for label, tie in ties.items():
        rows = seen.filter(tie).order_by("-begins_on", "code")
        number = rows.count()
        if number:
            groups.append((label, number, rows[:SHOWN], max(0, number - SHOWN)))
    inside = bool(viewer.roles_in(phase) - {Role.PUB})
    context: dict[str, Any] = {
        "institution": record,
        "earlier": sorted(record.earlier_names.all(), key=lambda one: one.until or date.min, reverse=True),
        "groups": groups,
        "sources": source_lines(record.sources),
        "may_edit": may_keep_parties(request, phase),
        "people": visible_persons(viewer, phase).filter(institution=record).count()
        if sees_persons(viewer, phase)
        else 0,
        "changes": changes_of(record, viewer, phase, limit=15) if inside else (),
    }
    return render(request, "parties/institution.html", context)


@phase_page
def place(request: PageRequest, phase: Phase, code: str) -> HttpResponseBase:
    """One place: names over time, the activities of this phase that are or were held there."""
    record, viewer = found_place(code), request.viewer
    rows = visible_activities(viewer, phase).filter(venue=record).order_by("-begins_on", "code")
    number = rows.count()
    inside = bool(viewer.roles_in(phase) - {Role.PUB})
    context: dict[str, Any] = {
        "place": record,
        "activities": rows[:SHOWN],
        "number": number,
        "more": max(0, number - SHOWN),
        "sources": source_lines(record.sources),
        "may_edit": may_keep_parties(request, phase),
        "changes": changes_of(record, viewer, phase, limit=15) if inside else (),
    }
    return render(request, "parties/place.html", context)


@keeper_page
def new_institution(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Adds an institution."""
    form = InstitutionForm(request.POST if request.method == "POST" else take_typed(request))
    if request.method == "POST" and form.is_valid():
        values = {**form.values(), "fictional": phase.programme.fictional}
        added = _kept(request, form, lambda: add_institution(by=request.viewer.user, values=values))  # type: ignore[arg-type]
        if added:
            return redirect("parties:institution", phase.code, added.code)
    return _form_page(request, form, None, "institutions", _("New institution"))


@keeper_page
def edit_institution_page(request: PageRequest, phase: Phase, code: str) -> HttpResponseBase:
    """Corrects an institution, or gives it a new name from a day on."""
    record = found_institution(phase, code)
    require(record.fictional == phase.programme.fictional or not record.fictional)
    renaming = "rename" in request.POST
    posted = request.method == "POST"
    initial = {name: getattr(record, name) for name in ("name", "short_name", "type", "country", "version")}
    form = InstitutionForm(request.POST if posted and not renaming else take_typed(request), initial=initial)
    rename = RenameForm(request.POST if renaming else None, prefix="rename", initial={"name": record.name})
    user = request.viewer.user
    assert user is not None
    done = None
    if renaming and rename.is_valid():
        cleaned = rename.cleaned_data
        done = _kept(request, rename, lambda: rename_institution(by=user, institution=record, **cleaned))
    elif posted and not renaming and form.is_valid():
        version = form.cleaned_data["version"] or 0
        done = _kept(
            request, form, lambda: edit_institution(by=user, institution=record, values=form.values(), version=version)
        )
    if done:
        return redirect("parties:institution", phase.code, record.code)
    return _form_page(request, form, found_institution(phase, code), "institutions", record.name, rename=rename)


@keeper_page
def new_place(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Adds a place."""
    form = PlaceForm(request.POST if request.method == "POST" else take_typed(request))
    if request.method == "POST" and form.is_valid():
        added = _kept(request, form, lambda: add_place(by=request.viewer.user, values=form.values()))  # type: ignore[arg-type]
        if added:
            return redirect("parties:place", phase.code, added.code)
    return _form_page(request, form, None, "places", _("New place"))


@keeper_page
def edit_place_page(request: PageRequest, phase: Phase, code: str) -> HttpResponseBase:
    """Corrects a place."""
    record = found_place(code)
    posted = request.method == "POST"
    initial = {name: getattr(record, name) for name in ("name", "kind", "country", "latitude", "longitude", "version")}
    form = PlaceForm(request.POST if posted else take_typed(request), initial=initial)
    user = request.viewer.user
    assert user is not None
    if posted and form.is_valid():
        version = form.cleaned_data["version"] or 0
        if _kept(request, form, lambda: edit_place(by=user, place=record, values=form.values(), version=version)):
            return redirect("parties:place", phase.code, record.code)
    return _form_page(request, form, found_place(code), "places", record.name)


def _kept(request: PageRequest, form: Any, write: Callable[[], Any]) -> Any:
    """What ``write`` wrote, or None with the reason beside its field."""
    try:
        written = write()
    except ValidationError as problem:
        add_problems(form, problem)
        return None
    except StaleRecord as stale:
        # What was typed stays in the form; the other person's version stands above it, and the next save decides.
        form.stale = stale
        form.data = form.data.copy()
        form.add_error(None, _("%(person)s saved this record while you had it open.") % {"person": stale.by})
        return None
    messages.success(request, _("The changes are kept."))
    return written


def _form_page(
    request: PageRequest, form: Any, record: Institution | Place | None, back: str, title: Any, **more: Any
) -> HttpResponseBase:
    stale = getattr(form, "stale", None)
    if stale is not None and record is not None:
        form.data["version"] = str(record.version)
    theirs = []
    if stale is not None:
        shown = {**stale.theirs}
        for name, (_before, now) in shown.items():
            label = form.fields[name].label if name in form.fields else form.fields.get(name.removesuffix("_id"))
            if label is not None:
                words = " / ".join(now.values()) if isinstance(now, dict) else now
                theirs.append((getattr(label, "label", label), words))
    context = {"form": form, "record": record, "back": back, "title": title, "theirs": theirs, "stale": stale, **more}
    rename = more.get("rename")
    failed = request.method == "POST" and (form.errors or (rename is not None and rename.errors))
    return render(request, "parties/form.html", context, status=422 if failed else 200)
