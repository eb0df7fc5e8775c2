"""What all pages of one activity share: finding it, asking whether it may be written, its line of tabs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilotage.domain.activities.access import can_edit_activity, moves_open_to, visible_activities, visible_persons
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.persons import can_enter_attendance
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.web.pages import PageRequest, PhaseView, form_page_of, page_of, require


def found_activity(viewer: Viewer, phase: Phase, code: str) -> Activity:
    """The activity ``code`` of ``phase`` with its links; 404 where there is none that the viewer may see."""
    activity = (
        visible_activities(viewer, phase)
        .select_related("component", "output", "series", "venue", "venue_country")
        .prefetch_related("country_links__country", "institution_links", "venue__earlier_names")
        .filter(code=code)
        .first()
    )
    if activity is None:
        raise Http404(_("There is no activity at this address that you may see."))
    activity.phase = phase
    return activity


activity_page = page_of(found_activity)
"""Makes a page of one activity that the viewer sees; the view takes (request, phase, activity)."""
activity_form_page = form_page_of(found_activity)
"""The same with a form, for people who have signed in."""


def editor_page(view: PhaseView) -> PhaseView:
    """Makes a page that changes an activity: for those whose role and scope reach it. Others are refused."""

    @wraps(view)
    def page(request: PageRequest, phase: Phase, activity: Activity, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(can_edit_activity(request.viewer, activity), _("Your role does not reach this activity."))
        return view(request, phase, activity, *args, **kwargs)

    return activity_form_page(page)


@dataclass(frozen=True, slots=True)
class Tab:
    """One page about the activity."""

    label: Promise | str
    address: str
    here: bool


def tabs(request: PageRequest, activity: Activity) -> list[Tab]:
    """The pages about ``activity`` that the viewer may open."""
    viewer = request.viewer
    edits = can_edit_activity(viewer, activity)
    pages = [("activity", _("Activity"), True), ("edit", _("Edit"), edits), ("tally", _("Tally"), edits)]
    pages.append(("people", _("People"), can_enter_attendance(viewer, activity)))
    pages += [("deliverables", _("Deliverables"), edits), ("files", _("Files"), edits)]
    pages.append(("move", pgettext("to another state", "Move"), bool(moves_open_to(viewer, activity))))
    here = request.resolver_match.url_name if request.resolver_match else ""
    shown = [
        Tab(label, reverse(f"activities:{name}", args=[activity.phase.code, activity.code]), name == here)
        for name, label, may in pages
        if may
    ]
    return shown if len(shown) > 1 else []


def sees_some_people(viewer: Viewer, activity: Activity) -> bool:
    """True where the viewer sees any person of the activity's attendance."""
    return visible_persons(viewer, activity.phase).filter(attendances__activity=activity).exists()
