"""Planning a meeting and changing its facts; two editors of one meeting see each other field by field."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import can_add_meeting
from pilotage.domain.steering.models import Meeting
from pilotage.domain.steering.operations import add_meeting, edit_meeting
from pilotage.domain.steering.words import BodyKind, MeetingKind
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.conflict import CHOICE
from pilotage.web.activities.forms import add_problems
from pilotage.web.drafts import take_typed
from pilotage.web.meetings.bodies import REGIONAL, visible_bodies
from pilotage.web.meetings.common import base_context, editor_page, found_meeting
from pilotage.web.meetings.conflicts import shown_again
from pilotage.web.meetings.forms import MeetingForm, initial_of
from pilotage.web.pages import PageRequest, form_page, phase_page, require

SECTIONS = (
    ("what", ("kind", "body", "round", "country", "title")),
    ("when", ("starts", "ends", "date_text", "place", "mode", "chair_text", "secretary_text")),
    ("who", ("confidentiality", "summary")),
)


@phase_page
@form_page
def new(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Plans one meeting; the meetings of a year are planned together as a round."""
    viewer = request.viewer
    require(viewer.user is not None and can_add_meeting(viewer, phase), _("Your role may not plan meetings here."))
    data = request.POST if request.method == "POST" else take_typed(request)
    form = MeetingForm(data, phase=phase, viewer=viewer, initial=_wanted(request, phase))
    if request.method == "POST" and form.is_valid():
        try:
            assert viewer.user is not None
            added = add_meeting(by=viewer.user, phase=phase, values=form.values(), viewer=viewer)
        except ValidationError as problem:
            add_problems(form, problem)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("The meeting is planned. Make its agenda next."))
            return redirect("meetings:agenda", phase.code, added.code)
    return _show(request, form)


def _wanted(request: PageRequest, phase: Phase) -> dict[str, Any]:
    """A body named in the address is chosen already."""
    slug = request.GET.get("body", "")
    bodies = visible_bodies(request.viewer, phase)
    body = (bodies.filter(kind=BodyKind.REGIONAL) if slug == REGIONAL else bodies.filter(country=slug.upper())).first()
    if not slug or body is None:
        return {"kind": MeetingKind.DONOR_COORDINATION}
    return {"body": body.pk, "title": dict(body.title), "kind": f"{body.kind}_steering"}


@editor_page
def edit(request: PageRequest, phase: Phase, meeting: Meeting) -> HttpResponseBase:
    """Changes the facts; those who were invited are told of a new day or place by an update."""
    viewer, kept = request.viewer, take_typed(request)
    posted = request.method == "POST"
    form = MeetingForm(
        request.POST if posted else kept, phase=phase, viewer=viewer, record=meeting,
        initial=initial_of(meeting, MeetingForm),
    )  # fmt: skip
    if not posted or not form.is_valid():
        return _show(request, form, meeting)
    sequence, values = meeting.sequence, form.values()
    for name in list(values):
        if request.POST.get(f"{CHOICE}{name}") == "theirs":
            values[name] = getattr(meeting, name)
    try:
        assert viewer.user is not None
        changed = edit_meeting(
            by=viewer.user, meeting=meeting, values=values, version=form.cleaned_data["version"] or 0, viewer=viewer
        )
    except ValidationError as problem:
        add_problems(form, problem)
    except StaleRecord as stale:
        fresh = found_meeting(viewer, phase, meeting.code)
        shown, conflict = shown_again(form, fresh, stale)
        again = MeetingForm(None, phase=phase, viewer=viewer, record=fresh, initial=shown)
        return _show(request, again, fresh, conflict)
    else:
        if changed.sequence > sequence:
            messages.warning(request, _("Those who were invited do not know of the change yet: send the update."))
            return redirect("meetings:invitations", phase.code, meeting.code)
        messages.success(request, _("The changes are kept."))
        return redirect("meetings:meeting", phase.code, meeting.code)
    return _show(request, form, found_meeting(viewer, phase, meeting.code))


def _show(
    request: PageRequest, form: MeetingForm, meeting: Meeting | None = None, conflict: Any = None
) -> HttpResponseBase:
    differences = {one.name: one for one in conflict.to_decide} if conflict else {}
    context: dict[str, Any] = {
        **(base_context(request, meeting) if meeting else {}),
        "form": form,
        "conflict": conflict,
        "sections": [
            (section, [(form[name], differences.get(name)) for name in names if name in form.fields])
            for section, names in SECTIONS
        ],
    }
    status = 409 if conflict else 422 if form.is_bound and form.errors else 200
    return render(request, "meetings/edit.html", context, status=status)
