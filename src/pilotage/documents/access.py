"""Who sees, edits, clears and issues publications (domain handbook, section 3: Publication)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pilotage.documents.models import Edition, Publication, PublicationState
from pilotage.domain.membership.models import Role
from pilotage.domain.membership.permissions import Level
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import CIRCULATED, own_meetings
from pilotage.domain.workplans.access import visible_plans

OUT = (PublicationState.PUBLISHED, PublicationState.CORRECTED)
FOR_EVERYBODY = ("newsletter",)
"""Kinds that are public once they are issued."""
PACKS = ("national_pack", "regional_pack")
"""Kinds for the members of a steering body."""


def visible_publications(viewer: Viewer, phase: Phase) -> QuerySet[Publication]:
    """The publications of ``phase`` that ``viewer`` may see: all for those who work on them, else what is issued.

    Of what is issued everybody reads newsletters. Packs and minutes are for those whose meeting it is: packs hold the
    answers of all its agencies, minutes name who was there, and the public, which is shown no names (handbook, 10),
    reads published minutes on the meeting's page. Plans print estimates: for those who see the version and hold a role.
    """
    publications = Publication.objects.filter(phase=phase)
    if works_on_publications(viewer, phase):
        return publications
    visible = Q(kind__in=FOR_EVERYBODY)
    if viewer.sees_phase(phase):
        own = own_meetings(viewer, phase)
        visible |= Q(kind__in=PACKS, meeting__in=own) | Q(kind="minutes", meeting__in=own.filter(state__in=CIRCULATED))
        visible |= Q(kind="work_plan", work_plan__in=visible_plans(viewer, phase))
    return publications.filter(visible, state__in=OUT)


def works_on_publications(viewer: Viewer, phase: Phase) -> bool:
    """True for those who see what is not issued yet."""
    return bool(viewer.levels("publication", phase) & {Level.VIEW, Level.EDIT, Level.APPROVE})


def public_editions(phase: Phase) -> QuerySet[Edition]:
    """The latest edition of each newsletter that is out, newest first; withdrawn issues are not given out."""
    editions = Edition.objects.filter(
        publication__phase=phase, publication__state__in=OUT, publication__kind__in=FOR_EVERYBODY
    )
    latest = editions.order_by("publication_id", "-number")
    kept: dict[int, int] = {}
    for publication_id, pk in latest.values_list("publication_id", "pk"):
        kept.setdefault(publication_id, pk)
    return (
        Edition.objects.filter(pk__in=kept.values())
        .select_related("publication__phase__programme")
        .order_by("-publication__as_of", "-publication__number")
    )


def can_edit_publications(viewer: Viewer, phase: Phase) -> bool:
    """True where the viewer may write texts: roles with E, and those who approve."""
    return bool(viewer.held_with("publication", phase, {Level.EDIT, Level.APPROVE})) and not (
        viewer.roles_in(phase) <= {Role.EUD}
    )


def require_publication_edit(viewer: Viewer, phase: Phase) -> None:
    """Raises NotAllowed where the viewer may not write texts of publications."""
    if not can_edit_publications(viewer, phase):
        raise NotAllowed(_("Your role may not edit publications here."))


def may_step(viewer: Viewer, publication: Publication, roles: Iterable[Role]) -> bool:
    """True where the viewer holds one of ``roles`` in the publication's phase."""
    return bool(viewer.roles_in(publication.phase) & frozenset(roles))


def require_step(viewer: Viewer, publication: Publication, roles: Iterable[Role]) -> None:
    """Raises NotAllowed where the viewer holds none of ``roles``."""
    if not may_step(viewer, publication, roles):
        raise NotAllowed(_("Your role may not take this step."))
