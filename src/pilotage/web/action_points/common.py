"""What all pages of one action point share: finding it, its tabs."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import action_steps_open_to, can_edit_meeting, owns, visible_action_points
from pilotage.domain.steering.models import ActionPoint
from pilotage.domain.steering.words import UNFINISHED
from pilotage.web.pages import PageRequest, form_page_of, page_of
from pilotage.web.recommendations.common import Tab

View = Callable[..., HttpResponseBase]


def found_point(viewer: Viewer, phase: Phase, code: str) -> ActionPoint:
    """The action point ``code`` of ``phase``; 404 where there is none that the viewer may see."""
    seen = visible_action_points(viewer, phase).select_related(
        "meeting__body", "meeting__country", "item", "owner_institution__country", "owner_user"
    )
    point: ActionPoint | None = seen.filter(code=code).first()
    if point is None:
        raise Http404(_("There is no action point at this address that you may see."))
    point.phase = phase
    point.meeting.phase = phase
    return point


point_page = page_of(found_point)
"""Makes a page of one action point that the viewer sees; the view takes (request, phase, point)."""
signed_in_point_page = form_page_of(found_point)
"""The same with a form, for people who have signed in."""


def may_note(viewer: Viewer, point: ActionPoint) -> bool:
    """True where the viewer may say how an unfinished action point stands."""
    return point.state in UNFINISHED and (can_edit_meeting(viewer, point.meeting) or owns(viewer, point))


def may_change(viewer: Viewer, point: ActionPoint) -> bool:
    """True where the viewer may change text, owner and due date of an unfinished action point."""
    return point.state in UNFINISHED and can_edit_meeting(viewer, point.meeting)


def sees_evidence(viewer: Viewer, point: ActionPoint) -> bool:
    """True for everybody with a role in the phase who sees the action point."""
    return bool(viewer.roles_in(point.phase) - {Role.PUB}) or owns(viewer, point)


def tabs(request: PageRequest, point: ActionPoint) -> list[Tab]:
    """The pages about ``point`` that the viewer may open."""
    viewer = request.viewer
    pages = [
        ("action_point", _("Action point"), True),
        ("move", _("Move"), bool(action_steps_open_to(viewer, point)) or may_note(viewer, point)),
        ("edit", _("Edit"), may_change(viewer, point)),
    ]
    here = request.resolver_match.url_name if request.resolver_match else ""
    shown = [
        Tab(label, reverse(f"action_points:{name}", args=[point.phase.code, point.code]), name == here)
        for name, label, may in pages
        if may
    ]
    return shown if len(shown) > 1 else []
