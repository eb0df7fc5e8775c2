"""The printed plan: where it is made, and the files that were given out."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pilotage.documents.access import can_edit_publications, visible_publications, works_on_publications
from pilotage.documents.models import Edition, Publication
from pilotage.documents.operations import open_publication
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.models import WorkPlan
from pilotage.web.pages import PageRequest
from pilotage.web.publications.addresses import address_of as reading_address
from pilotage.web.publications.addresses import desk_of
from pilotage.web.publications.documents import files_of
from pilotage.web.workplans.common import address_of, working_page


@dataclass(frozen=True, slots=True)
class Printed:
    """What the page of a plan says of its printed form."""

    publication: Publication | None
    edition: Edition | None
    files: list[dict[str, str]]
    """Of the latest edition: language and format."""
    address: str
    desk: str
    """Where it is made; empty for those who do not."""
    may_open: bool


def printed_of(viewer: Viewer, phase: Phase, plan: WorkPlan) -> Printed:
    """The plan's publication and the latest edition, as far as the viewer may see them."""
    found = visible_publications(viewer, phase).filter(kind="work_plan", work_plan=plan).first()
    may_open = found is None and viewer.user is not None and can_edit_publications(viewer, phase)
    if found is None:
        return Printed(None, None, [], "", "", may_open)
    found.phase = phase
    edition = found.editions.defer("content", "figures", "images").order_by("-number").first()
    return Printed(
        publication=found,
        edition=edition,
        files=files_of(edition) if edition else [],
        address=reading_address(found) if edition else "",
        desk=desk_of(found) if works_on_publications(viewer, phase) else "",
        may_open=False,
    )


def prints(viewer: Viewer, phase: Phase) -> bool:
    """Those who make publications."""
    return can_edit_publications(viewer, phase)


@require_POST
@working_page(prints)
def printed(request: PageRequest, phase: Phase, plan: WorkPlan) -> HttpResponseBase:
    """Opens the publication of the plan and leads to its desk, where it is cleared, previewed and issued."""
    assert request.viewer.user is not None
    try:
        opened = open_publication(
            by=request.viewer.user, viewer=request.viewer, phase=phase, kind="work_plan", work_plan=plan
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(address_of(plan))
    messages.success(request, _("The printed plan is open: look at it, have it cleared, then issue it."))
    return redirect(desk_of(opened))
