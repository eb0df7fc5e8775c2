"""Finding what an address names, as far as the viewer may see it."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.documents.access import OUT, can_edit_publications, visible_publications
from pilotage.documents.kinds.registry import KINDS
from pilotage.documents.models import Edition, Publication
from pilotage.domain.membership.permissions import Level
from pilotage.domain.programme.models import Phase
from pilotage.web.pages import PageRequest, require

NEWSLETTER = "newsletter"
LONGEST_NUMBER = 5


def desk_publication(request: PageRequest, phase: Phase, name: str) -> Publication:
    """A publication for those who work on it, by its name in addresses. Raises Http404, NotAllowed."""
    require_desk(request, phase)
    found = (
        visible_publications(request.viewer, phase)
        .filter(**named(name))
        .select_related(
            "meeting__body__country", "meeting__country", "meeting__round", "meeting__place", "work_plan__country"
        )
        .prefetch_related("texts", "photos__photo", "moves", listed_editions(), "explanations")
        .first()
    )
    if found is None:
        raise Http404(_("There is no issue with this number."))
    found.phase = phase
    return found


def listed_editions() -> Prefetch[Any]:
    """The editions of publications as lists name them: without what they froze, which is a megabyte each."""
    return Prefetch("editions", Edition.objects.defer("content", "figures", "images"))


def named(name: str) -> dict[str, Any]:
    """The kind and number behind a name: ``6`` is a newsletter, ``national-pack-3`` a pack. Raises Http404."""
    kind, _dash, number = name.rpartition("-")
    kind = kind.replace("-", "_") if kind else NEWSLETTER
    if kind not in KINDS or not number.isdigit() or len(number) > LONGEST_NUMBER:
        raise Http404(_("There is no issue with this number."))
    return {"kind": kind, "number": int(number)}


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


def document_edition(request: PageRequest, phase: Phase, name: str, edition: int | None = None) -> Edition:
    """An edition of a pack, minutes or a plan that the viewer may read, the latest where none is named.

    Raises Http404 for what does not exist and for what the viewer may not see: that it exists is not said.
    """
    publication = (
        visible_publications(request.viewer, phase)
        .filter(**named(name), state__in=OUT)
        .select_related("meeting__body__country", "meeting__country", "work_plan__country")
        .first()
    )
    editions = publication.editions.all() if publication else Edition.objects.none()
    if edition is not None:
        editions = editions.filter(number=edition)
    found = editions.order_by("-number").first()
    if publication is None or found is None:
        raise Http404(_("There is no such document, or it is not for you."))
    publication.phase = phase
    found.publication = publication
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
