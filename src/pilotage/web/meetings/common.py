"""What all pages of one meeting share: finding it, its tabs, deadlines and quorum in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilotage.domain.membership.models import Assignment, Role
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import (
    can_comment,
    can_edit_meeting,
    sees_minutes,
    sees_names,
    sees_papers,
    steps_open_to,
    takes_part,
    visible_meetings,
)
from pilotage.domain.steering.invitations import is_still_ahead
from pilotage.domain.steering.models import Meeting
from pilotage.domain.steering.next_steps import NextStep
from pilotage.domain.steering.queries import quorum_of
from pilotage.domain.steering.states import MeetingStep
from pilotage.domain.steering.words import IN_THE_ROOM, MeetingState
from pilotage.kit.past.moment import current_day
from pilotage.web.pages import PageRequest, form_page_of, page_of, require

View = Callable[..., HttpResponseBase]


def found_meeting(viewer: Viewer, phase: Phase, code: str) -> Meeting:
    """The meeting ``code`` of ``phase``; 404 where there is none that the viewer may see."""
    meeting = (
        visible_meetings(viewer, phase)
        .select_related("body", "round", "country", "place")
        .prefetch_related("place__earlier_names", "sessions__institution", "body__members__institution")
        .filter(code=code)
        .first()
    )
    if meeting is None:
        raise Http404(_("There is no meeting at this address that you may see."))
    meeting.phase = phase
    if meeting.body is not None:
        meeting.body.phase = phase
    found: Meeting = meeting
    return found


meeting_page = page_of(found_meeting)
"""Makes a page of one meeting that the viewer sees; the view takes (request, phase, meeting)."""
signed_in_meeting_page = form_page_of(found_meeting)
"""The same with a form, for people who have signed in."""


def editor_page(view: View) -> View:
    """Like ``signed_in_meeting_page``, for those who prepare and run the meeting. Others are refused."""

    @wraps(view)
    def page(request: PageRequest, phase: Phase, meeting: Meeting, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(can_edit_meeting(request.viewer, meeting), _("Your role does not reach this meeting."))
        return view(request, phase, meeting, *args, **kwargs)

    return signed_in_meeting_page(page)


@dataclass(frozen=True, slots=True)
class Tab:
    """One page about the meeting."""

    label: Promise | str
    address: str
    here: bool


def address_of(meeting: Meeting, page: str = "meeting", *args: Any) -> str:
    """The address of a page of the meeting; "" where nobody has built it."""
    name = page if ":" in page else f"meetings:{page}"
    try:
        return reverse(name, args=[meeting.phase.code, meeting.code, *args])
    except NoReverseMatch:
        return ""


def tabs(request: PageRequest, meeting: Meeting) -> list[Tab]:
    """The pages about ``meeting`` that the viewer may open."""
    viewer = request.viewer
    edits = can_edit_meeting(viewer, meeting)
    pages = [
        ("meeting", _("Meeting"), True),
        ("edit", _("Edit"), edits),
        ("agenda", _("Agenda"), edits),
        ("papers", _("Papers"), sees_papers(viewer, meeting)),
        ("invitations", _("Invitations"), edits and meeting.body is not None and invites_or_did(meeting)),
        ("attendance", _("Attendance"), edits or (meeting.body is not None and sees_names(viewer, meeting))),
        ("room:room", _("In the room"), edits and meeting.state in IN_THE_ROOM | {MeetingState.PLANNED}),
        ("minutes", _("Minutes"), sees_minutes(viewer, meeting)),
        ("move", _("Move"), bool(steps_open_to(viewer, meeting))),
    ]
    here = request.resolver_match.view_name if request.resolver_match else ""
    shown = []
    for name, label, may in pages:
        address = address_of(meeting, name) if may else ""
        if address:
            shown.append(Tab(label, address, here == (name if ":" in name else f"meetings:{name}")))
    return shown if len(shown) > 1 else []


def invites_or_did(meeting: Meeting) -> bool:
    """True where the page of invitations has something to do or to tell: not for a meeting held without any."""
    return is_still_ahead(meeting, current_day()) or meeting.invitations.exists()


def steps_in_order(viewer: Viewer, meeting: Meeting) -> list[MeetingStep]:
    """The steps that the viewer may take now: forwards before backwards, giving up last."""
    order = {state: place for place, state in enumerate(MeetingState)}
    here = order[MeetingState(meeting.state)]
    return sorted(
        steps_open_to(viewer, meeting),
        key=lambda step: (order[step.to_state] <= here, step.to_state == MeetingState.CANCELLED),
    )


def base_context(request: PageRequest, meeting: Meeting) -> dict[str, Any]:
    """What every page of a meeting needs."""
    viewer = request.viewer
    return {
        "meeting": meeting,
        "place_name": meeting.place.name_on(meeting.begins_on) if meeting.place else {},
        "tabs": tabs(request, meeting),
        "edits": can_edit_meeting(viewer, meeting),
        "inside": takes_part(viewer, meeting),
        "comments_now": can_comment(viewer, meeting),
        "today": timezone.localdate(),
    }


def quorum_in_words(meeting: Meeting) -> tuple[bool, str]:
    """Whether the meeting could decide, and why or why not, as one would say it."""
    found = quorum_of(meeting)
    body = meeting.body
    if body is None:
        return True, _("A meeting of this kind needs no quorum.")
    told = [
        ngettext(
            "%(present)d of %(voting)d voting member is present; the quorum is %(share)d %%.",
            "%(present)d of %(voting)d voting members are present; the quorum is %(share)d %%.",
            found.voting,
        )
        % {"present": found.present, "voting": found.voting, "share": body.quorum_share}
    ]
    if found.chair_missing:
        told.append(_("The chair is missing."))
    if found.delegation_missing:
        told.append(_("The Delegation is missing."))
    return found.reached, " ".join(told)


@dataclass(frozen=True, slots=True)
class Turn:
    """A next step with the people whose turn it is, as a page lists it."""

    step: NextStep
    meeting: Meeting
    who: str
    address: str
    late: bool


class People:
    """Who holds which role in a phase: read once, asked for every step that ``viewer`` is shown."""

    def __init__(self, phase: Phase, viewer: Viewer) -> None:
        self.viewer = viewer
        held = Assignment.objects.filter(programme=phase.programme_id, user__is_active=True, role__in=["PM", "NC"])
        self.phase = phase
        self.held = [one for one in held.select_related("user").order_by("user__name") if one.holds_in(phase)]

    def turn(self, step: NextStep, meeting: Meeting, today: date) -> Turn:
        """The step with names of those who hold its role for the meeting's country; with the role where nobody does.

        It leads to the page where it is made, for those who may make it; others it leads to the meeting.
        """
        names = [
            one.user.name
            for one in self.held
            if one.role == step.role and (one.role == Role.PM or one.country_id in {None, meeting.country_id})
        ]
        who = str(_("the members")) if step.role == Role.SM else ", ".join(dict.fromkeys(names))
        if not can_edit_meeting(self.viewer, meeting):
            return Turn(step, meeting, who or str(step.role.label), address_of(meeting), step.is_late_on(today))
        address = address_of(meeting, step.page)
        if step.step:
            address = f"{address}?step={step.step}#step-{step.step}"
        return Turn(step, meeting, who or str(step.role.label), address, step.is_late_on(today))
