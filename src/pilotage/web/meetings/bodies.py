"""Steering bodies: who sits in them, what their terms of reference say."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import STAFF, Role
from pilotage.domain.membership.permissions import Level
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import visible_meetings
from pilotage.domain.steering.bodies import (
    add_seat,
    edit_body,
    edit_seat,
    may_edit_bodies,
    may_edit_seats,
    replace_seat,
)
from pilotage.domain.steering.models import BodyMember, SteeringBody
from pilotage.domain.steering.operations import add_body
from pilotage.domain.steering.words import BodyKind
from pilotage.kit.changes import StaleRecord
from pilotage.kit.past.moment import current_day
from pilotage.web.activities.forms import add_problems
from pilotage.web.changes.reading import changes_of
from pilotage.web.drafts import take_typed
from pilotage.web.meetings.body_forms import BodyForm, ReplaceForm, SeatForm
from pilotage.web.meetings.conflicts import shown_again, told_of
from pilotage.web.meetings.forms import initial_of
from pilotage.web.pages import PageRequest, form_page, phase_page, require

SEES = {Level.VIEW, Level.EDIT, Level.APPROVE, Level.OWN}
REGIONAL = "regional"


def sees_steering(viewer: Viewer, phase: Phase) -> bool:
    """True for whoever sees more of steering than what is published."""
    return bool(viewer.levels("steering_meeting", phase) & SEES)


def require_steering(viewer: Viewer, phase: Phase) -> None:
    """Refuses everybody else."""
    require(sees_steering(viewer, phase), _("Steering bodies and rounds are for the programme and its members."))


def visible_bodies(viewer: Viewer, phase: Phase) -> QuerySet[SteeringBody]:
    """The bodies that the viewer sees: the staff and the Delegation all, others those in which they have a part."""
    bodies = SteeringBody.objects.filter(phase=phase).select_related("country")
    if viewer.roles_in(phase) & (STAFF | {Role.EUD}):
        return bodies
    seats = BodyMember.objects.filter(body=OuterRef("pk"))
    own = Q(Exists(seats.filter(user=viewer.user))) if viewer.user else Q(pk__in=())
    for held in viewer.held_with("steering_meeting", phase, {Level.OWN}):
        if not held.country_id and not held.institution_id:
            return bodies
        if held.country_id:
            own |= Q(country_id=held.country_id)
        if held.institution_id:
            own |= Q(Exists(seats.filter(institution_id=held.institution_id)))
    return bodies.filter(own)


def slug_of(body: SteeringBody) -> str:
    """How a body is called in addresses: by its country."""
    return str(body.country_id).lower() if body.country_id else REGIONAL


def found_body(request: PageRequest, phase: Phase, slug: str) -> SteeringBody:
    """The body called so; 404 where there is none that the viewer may see."""
    require_steering(request.viewer, phase)
    bodies = visible_bodies(request.viewer, phase)
    chosen = bodies.filter(kind=BodyKind.REGIONAL) if slug == REGIONAL else bodies.filter(country=slug.upper())
    body = chosen.first()
    if body is None:
        raise Http404(_("There is no steering body at this address that you may see."))
    body.phase = phase
    found: SteeringBody = body
    return found


@phase_page
def bodies(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The bodies with their number of seats and their latest and next meetings."""
    require_steering(request.viewer, phase)
    today = current_day()
    found = list(visible_bodies(request.viewer, phase).prefetch_related("members"))
    meetings = list(
        visible_meetings(request.viewer, phase)
        .filter(body__in=found, begins_on__isnull=False)
        .exclude(state="cancelled")
        .order_by("begins_on")
    )
    lines = []
    for body in found:
        own = [one for one in meetings if one.body_id == body.pk]
        seats = [seat for seat in body.members.all() if seat.holds_on(today)]
        lines.append(
            {
                "body": body,
                "slug": slug_of(body),
                "seats": len(seats),
                "voting": sum(seat.voting for seat in seats),
                "last": next((one for one in reversed(own) if one.begins_on and one.begins_on <= today), None),
                "next": next((one for one in own if one.begins_on and one.begins_on > today), None),
            }
        )
    context = {"lines": lines, "may_add": may_edit_bodies(request.viewer, phase)}
    return render(request, "meetings/bodies.html", context)


@phase_page
def body(request: PageRequest, phase: Phase, body: str) -> HttpResponseBase:
    """One body: terms of reference, seats now and earlier, meetings."""
    found, today = found_body(request, phase, body), current_day()
    seats = list(found.members.select_related("institution__country", "user"))
    context: dict[str, Any] = {
        "body": found,
        "slug": body,
        "seats": [seat for seat in seats if seat.valid_until is None or seat.valid_until >= today],
        "earlier": [seat for seat in seats if seat.valid_until and seat.valid_until < today],
        "meetings": visible_meetings(request.viewer, phase).filter(body=found).order_by("-begins_on", "code"),
        "edits": may_edit_bodies(request.viewer, phase),
        "edits_seats": may_edit_seats(request.viewer, found),
        "changes": changes_of(found, request.viewer, limit=20) if request.viewer.is_staff_in(phase) else [],
    }
    return render(request, "meetings/body.html", context)


@phase_page
@form_page
def new(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Sets up a body; its seats follow."""
    viewer = request.viewer
    require(may_edit_bodies(viewer, phase), _("Only the programme manager may do this."))
    form = BodyForm(request.POST if request.method == "POST" else take_typed(request), phase=phase)
    if request.method == "POST" and form.is_valid():
        try:
            assert viewer.user is not None
            added = add_body(by=viewer.user, values={"phase": phase, **form.values()})
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, _("The body is set up. Now add its seats."))
            return redirect("meetings:body", phase.code, slug_of(added))
    return _show(request, form, None)


@phase_page
@form_page
def edit(request: PageRequest, phase: Phase, body: str) -> HttpResponseBase:
    """Changes the terms of reference; what was decided under earlier ones stays as it was."""
    viewer = request.viewer
    require(may_edit_bodies(viewer, phase), _("Only the programme manager may do this."))
    found = found_body(request, phase, body)
    data = request.POST if request.method == "POST" else take_typed(request)
    form = BodyForm(data, phase=phase, body=found, initial=initial_of(found, BodyForm))
    if request.method == "POST" and form.is_valid():
        try:
            assert viewer.user is not None
            edit_body(
                by=viewer.user, viewer=viewer, body=found, values=form.values(),
                version=form.cleaned_data["version"] or 0,
            )  # fmt: skip
        except ValidationError as problem:
            add_problems(form, problem)
        except StaleRecord as stale:
            fresh = found_body(request, phase, body)
            shown, conflict = shown_again(form, fresh, stale)
            return _show(request, BodyForm(None, phase=phase, body=fresh, initial=shown), fresh, conflict)
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("meetings:body", phase.code, body)
    return _show(request, form, found_body(request, phase, body))


def _show(request: PageRequest, form: BodyForm, found: SteeringBody | None, conflict: Any = None) -> HttpResponseBase:
    context = {"form": form, "body": found, "slug": slug_of(found) if found else "", "conflict": conflict}
    status = 409 if conflict else 422 if form.is_bound and form.errors else 200
    return render(request, "meetings/body_form.html", context, status=status)


@phase_page
@form_page
def new_seat(request: PageRequest, phase: Phase, body: str) -> HttpResponseBase:
    """Adds a seat."""
    viewer = request.viewer
    found = found_body(request, phase, body)
    require(may_edit_seats(viewer, found), _("Your role does not reach this body."))
    data = request.POST if request.method == "POST" else take_typed(request)
    form = SeatForm(data, phase=phase, initial={"voting": True})
    if request.method == "POST" and form.is_valid():
        try:
            assert viewer.user is not None
            add_seat(by=viewer.user, viewer=viewer, body=found, values=form.values())
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, _("The seat is added."))
            return redirect("meetings:body", phase.code, body)
    return _show_seat(request, found, form)


@phase_page
@form_page
def seat(request: PageRequest, phase: Phase, body: str, key: int) -> HttpResponseBase:
    """Changes a seat as it stands, ends it, or gives it to who follows."""
    viewer = request.viewer
    found = found_body(request, phase, body)
    require(may_edit_seats(viewer, found), _("Your role does not reach this body."))
    record = get_object_or_404(BodyMember.objects.select_related("institution"), pk=key, body=found)
    record.body = found
    replacing = "last_day" in request.POST
    posted = request.method == "POST"
    form = SeatForm(request.POST if posted and not replacing else None, phase=phase, initial=_initial_of_seat(record))
    follows = ReplaceForm(request.POST if replacing else None, initial={"version": record.version})
    used = follows if replacing else form
    if posted and used.is_valid():
        version = used.cleaned_data["version"] or 0
        try:
            assert viewer.user is not None
            if replacing:
                replace_seat(
                    by=viewer.user, viewer=viewer, seat=record, last_day=follows.cleaned_data["last_day"],
                    values=follows.values(), version=version,
                )  # fmt: skip
            else:
                edit_seat(by=viewer.user, viewer=viewer, seat=record, values=form.values(), version=version)
        except ValidationError as problem:
            add_problems(used, problem)
        except NotAllowed as refusal:
            used.add_error(None, refusal.reason)
        except StaleRecord as stale:
            fresh = BodyMember.objects.select_related("institution").get(pk=key)
            if replacing:
                shown, conflict = _initial_of_seat(fresh), told_of(form, fresh, stale)
                follows = ReplaceForm(None, initial={**follows.cleaned_data, "version": fresh.version})
            else:
                shown, conflict = shown_again(form, fresh, stale)
                follows = ReplaceForm(None, initial={"version": fresh.version})
            form = SeatForm(None, phase=phase, initial=shown)
            return _show_seat(request, found, form, fresh, follows, conflict=conflict, opened=replacing)
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("meetings:body", phase.code, body)
    return _show_seat(request, found, form, record, follows, opened=replacing)


def _initial_of_seat(seat: BodyMember) -> dict[str, Any]:
    return {**initial_of(seat, SeatForm), "user": seat.user_id}


def _show_seat(
    request: PageRequest, found: SteeringBody, form: SeatForm, record: BodyMember | None = None,
    follows: ReplaceForm | None = None, conflict: Any = None, opened: bool = False,
) -> HttpResponseBase:  # fmt: skip
    context = {
        "form": form, "body": found, "slug": slug_of(found), "seat": record, "follows": follows, "conflict": conflict,
        "opened": opened,
    }  # fmt: skip
    failed = (form.is_bound and form.errors) or (follows is not None and follows.is_bound and follows.errors)
    return render(request, "meetings/seat_form.html", context, status=409 if conflict else 422 if failed else 200)
