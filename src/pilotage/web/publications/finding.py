"""Finding what an address names, as far as the viewer may see it."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.documents.access import OUT, can_edit_publications, visible_publications
from pilotage.documents.models import Edition, Publication
from pilotage.domain.membership.permissions import Level
from pilotage.domain.programme.models import Phase
from pilotage.web.pages import PageRequest, require

NEWSLETTER = "newsletter"


def desk_publication(request: PageRequest, phase: Phase, number: int) -> Publication:
    """A publication for those who work on it. Raises Http404, NotAllowed."""
    require_desk(request, phase)
    found = (
        visible_publications(request.viewer, phase)
        .filter(kind=NEWSLETTER, number=number)
        .prefetch_related("texts", "photos__photo", "moves", "editions", "explanations")
        .first()
    )
    if found is None:
        raise Http404(_("There is no issue with this number."))
    found.phase = phase
    return found


def require_desk(request: PageRequest, phase: Phase) -> None:
    """Raises NotAllowed for those who see only what is published."""
    levels = request.viewer.levels("publication", phase)
    reason = _("Unpublished issues are open to those who make and clear them.")
    require(bool(levels & {Level.VIEW, Level.EDIT, Level.APPROVE}), reason)


def require_editor(request: PageRequest, phase: Phase) -> None:
    """Raises NotAllowed for those who may read but not write."""
    require(can_edit_publications(request.viewer, phase), _("Your role may not edit publications here."))


def published_edition(phase: Phase, number: int, edition: int | None = None) -> Edition:
    """An edition that is given out, the latest where none is named. Raises Http404; so for a withdrawn issue."""
    editions = Edition.objects.filter(
        publication__phase=phase, publication__kind=NEWSLETTER, publication__number=number, publication__state__in=OUT
    ).select_related("publication")
    if edition is not None:
        editions = editions.filter(number=edition)
    found = editions.order_by("-number").first()
    if found is None:
        raise Http404(_("There is no issue with this number."))
    found.publication.phase = phase
    return found


def language_for(available: list[str]) -> str:
    """The reader's language, or the document's first."""
    wanted = (get_language() or "en").split("-")[0]
    return wanted if wanted in available else available[0]


def require_language(language: str, available: list[str]) -> str:
    """``language`` where the document has it. Raises Http404."""
    if language not in available:
        raise Http404(_("The issue does not exist in this language."))
    return language
