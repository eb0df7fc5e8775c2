"""Packs, minutes and plans as their readers see them: the shelf, the web edition, downloads. Only for whom they are."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from pilotage.documents.access import OUT, visible_publications, works_on_publications
from pilotage.documents.editions import file_name
from pilotage.documents.kinds.registry import kind_of
from pilotage.documents.models import Edition, Issuing
from pilotage.documents.publishing import SILENT_AFTER, languages_of
from pilotage.documents.publishing import render as render_edition
from pilotage.documents.rendering.html import article_html
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import visible_meetings
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.publications.finding import (
    NEWSLETTER,
    document_edition,
    language_for,
    listed_editions,
    require_language,
)
from pilotage.web.publications.reading import ENDINGS, TYPES


@require_safe
@phase_page
def shelf(request: PageRequest, phase: Phase) -> HttpResponse:
    """Everything that is issued and that the viewer may read, newest first."""
    publications = (
        visible_publications(request.viewer, phase)
        .filter(state__in=OUT)
        .exclude(kind=NEWSLETTER)
        .select_related("meeting__body", "meeting__country", "work_plan__country")
        .prefetch_related(listed_editions())
    )
    rows = []
    for publication in publications:
        publication.phase = phase
        editions = sorted(publication.editions.all(), key=lambda edition: -edition.number)
        if editions:
            rows.append({"publication": publication, "latest": editions[0], "files": files_of(editions[0])})
    context = {
        "rows": rows,
        "works_here": works_on_publications(request.viewer, phase),
        "waiting": waiting_for(request.viewer, phase),
    }
    return render(request, "publications/shelf.html", context)


def waiting_for(viewer: Viewer, phase: Phase) -> int:
    """How many documents of meetings that the viewer sees are being made in the background."""
    if not viewer.sees_phase(phase):
        return 0
    meetings = visible_meetings(viewer, phase)
    begun = Issuing.objects.filter(publication__phase=phase, publication__meeting__in=meetings, open=True)
    return begun.filter(heard_at__gt=timezone.now() - SILENT_AFTER).count()


def files_of(edition: Edition) -> list[dict[str, str]]:
    """The files of an edition as links: language, format. One that is not kept yet is made when it is asked for."""
    forms = kind_of(edition.publication).kept
    return [{"language": language, "form": form} for form in forms for language in languages_of(edition.publication)]


@require_safe
@phase_page
def document(request: PageRequest, phase: Phase, name: str) -> HttpResponse:
    """The latest edition, as a web page."""
    return _page(request, document_edition(request, phase, name), latest=True)


@require_safe
@phase_page
def edition(request: PageRequest, phase: Phase, name: str, edition: int) -> HttpResponse:
    """An edition as it was issued, for ever at this address."""
    found = document_edition(request, phase, name, edition)
    return _page(request, found, latest=not found.publication.editions.filter(number__gt=edition).exists())


def _page(request: PageRequest, edition: Edition, *, latest: bool) -> HttpResponse:
    language = language_for(list(edition.content))
    content, images = edition.content[language], edition.images.get(language, {})
    article = article_html(edition.publication.kind, content, images, language, photo_address={})
    context = {
        "edition": edition,
        "publication": edition.publication,
        "content": content,
        "article": mark_safe(article),
        "language": language,
        "available": list(edition.content),
        "files": files_of(edition),
        "latest": latest,
        "works_here": works_on_publications(request.viewer, edition.publication.phase),
    }
    return render(request, "publications/document.html", context)


@require_safe
@phase_page
def download(request: PageRequest, phase: Phase, name: str, edition: int, language: str, form: str) -> HttpResponse:
    """A rendering of an edition: PDF, Word, one self-contained page."""
    found = document_edition(request, phase, name, edition)
    require_language(language, list(found.content))
    if form not in kind_of(found.publication).formats:
        raise Http404
    response = HttpResponse(render_edition(found, language, form), content_type=TYPES[form])
    place = "inline" if form == "pdf" else "attachment"
    file = f"{file_name(found.publication)}-{edition}-{language}.{ENDINGS[form]}"
    response["Content-Disposition"] = f'{place}; filename="{file}"'
    # For those who may read it alone: no cache between them and us keeps it.
    response["Cache-Control"] = "private, max-age=3600"
    response["ETag"] = f'"{found.digest}-{language}-{form}"'
    return response
