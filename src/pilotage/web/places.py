"""The left list: the places of a phase, grouped as people think. A place is shown where it exists and may be seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.activities.access import can_add_activity, sees_persons
from pilotage.domain.membership.permissions import Level
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.contacts import may_enter_for, may_write_to

May = Callable[[Viewer, Phase], bool]


def everybody(viewer: Viewer, phase: Phase) -> bool:
    """The public too."""
    return True


def signed_in(viewer: Viewer, phase: Phase) -> bool:
    """Everybody but the public."""
    return viewer.user is not None


def staff(viewer: Viewer, phase: Phase) -> bool:
    """The programme's own staff."""
    return viewer.is_staff_in(phase)


def in_the_phase(viewer: Viewer, phase: Phase) -> bool:
    """Whoever holds a role in the phase."""
    return viewer.sees_phase(phase)


def at_the_desk(viewer: Viewer, phase: Phase) -> bool:
    """Who reads or writes publications before they are out."""
    return bool(viewer.levels("publication", phase) & {Level.VIEW, Level.EDIT, Level.APPROVE})


def may_see_changes(viewer: Viewer, phase: Phase) -> bool:
    """Readers of the change log."""
    return Level.VIEW in viewer.levels("audit_log", phase)


def may_change_settings(viewer: Viewer, phase: Phase) -> bool:
    """Who sets up the phase."""
    return Level.EDIT in viewer.levels("setting", phase)


def answers_agencies(viewer: Viewer, phase: Phase) -> bool:
    """Who writes to agencies, or enters what they answer."""
    return may_write_to(viewer, phase) or may_enter_for(viewer, phase)


def enters_answers(viewer: Viewer, phase: Phase) -> bool:
    """Who enters what agencies answer."""
    return may_enter_for(viewer, phase)


def in_steering(viewer: Viewer, phase: Phase) -> bool:
    """Whoever sees more of steering than what is published."""
    return bool(viewer.levels("steering_meeting", phase) & {Level.VIEW, Level.EDIT, Level.APPROVE, Level.OWN})


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the list: ``path`` follows the phase's code in the address."""

    label: Promise
    path: str
    may: May = everybody


@dataclass(frozen=True, slots=True)
class Group:
    """Places under one heading; the first group has none."""

    label: Promise | str
    places: tuple[Place, ...]


GROUPS = (
    Group("", (Place(_("Overview"), ""), Place(_("The programme"), "programme/"))),
    Group(
        _("Plan"),
        (Place(_("Work plans"), "plans/"), Place(_("Calendar"), "calendar/"), Place(_("Timeline"), "timeline/")),
    ),
    Group(
        _("Activities"),
        (
            Place(_("Activities"), "activities/"),
            Place(_("Institutions"), "institutions/"),
            Place(_("People"), "people/", sees_persons),
            Place(_("Places"), "places/"),
            Place(_("Workbooks in"), "imports/", can_add_activity),
        ),
    ),
    Group(
        _("Follow-up"),
        (
            Place(_("Recommendations"), "recommendations/"),
            Place(_("Board"), "recommendations/board/"),
            Place(_("Action points"), "action-points/", in_the_phase),
            Place(_("Answers of agencies"), "recommendations/agencies/", answers_agencies),
            Place(_("Returned sheets"), "recommendations/returns/", enters_answers),
            Place(_("What changed"), "what-changed/", signed_in),
            Place(_("Data checks"), "checks/", staff),
        ),
    ),
    Group(
        pgettext_lazy("places", "Steering"),
        (
            Place(_("Meetings"), "meetings/"),
            Place(_("Rounds"), "meetings/rounds/", in_steering),
            Place(_("Steering bodies"), "meetings/bodies/", in_steering),
        ),
    ),
    Group(
        _("Publish"),
        (
            Place(_("Newsletters"), "newsletters/"),
            Place(_("Packs, minutes and plans"), "documents/", in_the_phase),
            Place(_("Publications"), "publications/", at_the_desk),
        ),
    ),
    Group(_("Figures"), (Place(_("All figures"), "figures/"), Place(_("Stated and recorded"), "stated/"))),
    Group(
        _("Set-up"),
        (
            Place(_("Settings"), "settings/", may_change_settings),
            Place(_("Change log"), "changes/", may_see_changes),
        ),
    ),
)
"""Delivery joins when its records do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A place as the page lists it."""

    label: Promise
    address: str
    here: bool


def places_for(viewer: Viewer, phase: Phase, path: str) -> list[tuple[Promise | str, list[Line]]]:
    """The groups with their lines for ``viewer`` in ``phase``; ``path`` is the address of the page that asks."""
    inner = path.removeprefix(f"/{phase.code}/")
    # The nearest place is where one is: the board of recommendations, not their list as well.
    within = [place.path for group in GROUPS for place in group.places if place.path and inner.startswith(place.path)]
    nearest = max(within, key=len, default="")
    shown = []
    for group in GROUPS:
        lines = []
        for place in group.places:
            if exists(place.path) and place.may(viewer, phase):
                here = place.path == nearest and (bool(nearest) or not inner)
                lines.append(Line(place.label, f"/{phase.code}/{place.path}", here))
        if lines:
            shown.append((group.label, lines))
    return shown


@lru_cache
def exists(path: str) -> bool:
    """True where some floor answers the address."""
    try:
        match = resolve(f"/any-phase/{path}")
    except Resolver404:
        return False
    return match.kwargs.get("phase") == "any-phase"


def place_address(path: str, viewer: Viewer, phase: Phase) -> str:
    """The address of a place in ``phase``, where it exists and ``viewer`` may go there; else an empty text."""
    for group in GROUPS:
        for place in group.places:
            if place.path == path and exists(path) and place.may(viewer, phase):
                return f"/{phase.code}/{path}"
    return ""
