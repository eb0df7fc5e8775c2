"""What all pages of one recommendation share: finding it, its tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.access import (
    can_edit_recommendation,
    moves_open_to,
    reads_story,
    visible_recommendations,
)
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.words import State
from pilotage.web.pages import PageRequest, form_page_of, page_of

View = Callable[..., HttpResponseBase]


def found_recommendation(viewer: Viewer, phase: Phase, code: str) -> Recommendation:
    """The recommendation ``code`` of ``phase``; 404 where there is none that the viewer may see."""
    recommendation = (
        visible_recommendations(viewer, phase)
        .select_related("component", "addressee__country", "country", "activity", "deliverable")
        .filter(code=code)
        .first()
    )
    if recommendation is None:
        raise Http404(_("There is no recommendation at this address that you may see."))
    recommendation.phase = phase
    found: Recommendation = recommendation
    return found


recommendation_page = page_of(found_recommendation)
"""Makes a page of one recommendation that the viewer sees; the view takes (request, phase, recommendation)."""
signed_in_recommendation_page = form_page_of(found_recommendation)
"""The same with a form, for people who have signed in."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One page about the recommendation."""

    label: Promise | str
    address: str
    here: bool


def tabs(request: PageRequest, recommendation: Recommendation) -> list[Tab]:
    """The pages about ``recommendation`` that the viewer may open."""
    viewer = request.viewer
    pages = [
        ("recommendation", _("Recommendation"), True),
        ("edit", _("Edit"), can_edit_recommendation(viewer, recommendation)),
        ("clear", pgettext("clearance", "Clear"), may_clear(viewer, recommendation)),
        ("move", _("Move"), bool(moves_open_to(viewer, recommendation))),
    ]
    here = request.resolver_match.url_name if request.resolver_match else ""
    shown = [
        Tab(
            label,
            reverse(f"recommendations:{name}", args=[recommendation.phase.code, recommendation.code]),
            name == here,
        )
        for name, label, may in pages
        if may
    ]
    return shown if len(shown) > 1 else []


def may_clear(viewer: Viewer, recommendation: Recommendation) -> bool:
    """True where the viewer is the manager and a draft waits for clearance."""
    return (
        recommendation.state == State.DRAFT
        and recommendation.cleared_on is None
        and Role.PM in viewer.roles_in(recommendation.phase)
    )


def sees_evidence(viewer: Viewer, recommendation: Recommendation) -> bool:
    """True for those who read its story; the public reads no letters."""
    return reads_story(viewer, recommendation)
