"""Newsletters as everybody reads them: the archive, the web edition, downloads."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from pilotage.documents.access import OUT, can_edit_publications
from pilotage.documents.kinds.registry import kind_of
from pilotage.documents.models import Edition, Publication
from pilotage.documents.pictures import SCHEME, PictureLost, picture_bytes, picture_type
from pilotage.documents.publishing import render as render_edition
from pilotage.documents.rendering.html import article_html
from pilotage.domain.programme.models import Phase
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.publications.finding import NEWSLETTER, language_for, published_edition, require_language

TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "mail": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ENDINGS = {"pdf": "pdf", "html": "html", "mail": "mail.html", "docx": "docx"}


def page_of(publication: Publication) -> str:
    """The template around the article of a publication."""
    return "publications/issue.html" if publication.kind == NEWSLETTER else "publications/document.html"


FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
@phase_page
def archive(request: PageRequest, phase: Phase) -> HttpResponse:
    """Every issue that is out, with its editions."""
    editions = (
        Edition.objects.filter(publication__phase=phase, publication__kind=NEWSLETTER, publication__state__in=OUT)
        .select_related("publication")
        .defer("figures", "images")
        .order_by("-publication__as_of", "-publication__number", "-number")
    )
    issues: dict[int, list[Edition]] = {}
    for edition in editions:
        edition.publication.phase = phase
        issues.setdefault(edition.publication_id, []).append(edition)
    rows = []
    for found in issues.values():
        latest = found[0]
        language = language_for(list(latest.content))
        rows.append({"edition": latest, "content": latest.content[language], "language": language, "all": found})
    context = {"rows": rows, "may_edit": can_edit_publications(request.viewer, phase)}
    return render(request, "publications/archive.html", context)


@require_safe
@phase_page
def newsletter(request: PageRequest, phase: Phase, number: int) -> HttpResponse:
    """The latest edition of an issue, as a web page."""
    return _page(request, published_edition(phase, number), latest=True)


@require_safe
@phase_page
def edition(request: PageRequest, phase: Phase, number: int, edition: int) -> HttpResponse:
    """An edition as it was issued, for ever at this address."""
    found = published_edition(phase, number, edition)
    return _page(request, found, latest=not found.publication.editions.filter(number__gt=edition).exists())


def _page(request: PageRequest, edition: Edition, *, latest: bool) -> HttpResponse:
    language = language_for(list(edition.content))
    content, images = edition.content[language], edition.images[language]
    number = edition.publication.number
    photos = {
        name: reverse("publications:picture", args=[edition.publication.phase.code, number, data.removeprefix(SCHEME)])
        for name, data in images.items()
        if data.startswith(SCHEME)
    }
    article = article_html(edition.publication.kind, content, images, language, photo_address=photos)
    context = {
        "edition": edition,
        "publication": edition.publication,
        "content": content,
        "article": mark_safe(article),
        "language": language,
        "available": list(edition.content),
        "latest": latest,
    }
    return render(request, "publications/issue.html", context)


@require_safe
@phase_page
def download(request: PageRequest, phase: Phase, number: int, edition: int, language: str, form: str) -> HttpResponse:
    """A rendering of an edition: PDF, one self-contained page, mail."""
    found = published_edition(phase, number, edition)
    require_language(language, list(found.content))
    if form not in kind_of(found.publication).formats:
        raise Http404
    response = HttpResponse(render_edition(found, language, form), content_type=TYPES[form])
    name = f"{phase.code}-newsletter-{number}-{edition}-{language}.{ENDINGS[form]}"
    # A page with its own styles is for saving: shown from here it would be bare.
    header = content_disposition_header(form != "pdf", name)
    if header:
        response["Content-Disposition"] = header
    elif form == "pdf":
        response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = FOR_EVER
    response["ETag"] = f'"{found.digest}-{language}-{form}"'
    return response


@require_safe
@phase_page
def picture(request: PageRequest, phase: Phase, number: int, name: str) -> HttpResponse:
    """A photo of a published edition."""
    reference = f"{SCHEME}{name}"
    editions = Edition.objects.filter(
        publication__phase=phase, publication__kind=NEWSLETTER, publication__number=number, publication__state__in=OUT
    )
    known = any(
        reference in pictures.values()
        for images in editions.values_list("images", flat=True)
        for pictures in images.values()
    )
    return picture_response(reference) if known else _gone()


def picture_response(reference: str) -> HttpResponse:
    """A kept photo. Raises Http404 where it is lost."""
    try:
        response = HttpResponse(picture_bytes(reference), content_type=picture_type(reference))
    except PictureLost:
        return _gone()
    response["Cache-Control"] = FOR_EVER
    return response


def _gone() -> HttpResponse:
    raise Http404
