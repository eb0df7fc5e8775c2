"""The Atom feed of a phase's newsletters: an entry for each issue, corrected ones with the day of the correction."""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilotage.documents.access import public_editions
from pilotage.documents.models import Edition
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.kit.texts import wording

MOST_ISSUES = 30


@require_safe
def feed(request: object, phase: str) -> HttpResponse:
    """The latest issues in the language of the address (``?lang=ru``)."""
    found: Phase = get_object_or_404(phases_with_everything(), code=phase)
    language = (get_language() or "en").split("-")[0]
    short = wording(found.short_title or found.title, language)
    address = f"{settings.BASE_URL}{reverse('publications:archive', args=[phase])}?lang={language}"
    atom = Atom1Feed(
        title=_("%(programme)s: newsletters") % {"programme": short},
        link=address,
        description=wording(found.title, language),
        language=language,
        feed_url=f"{settings.BASE_URL}{reverse('publications:feed', args=[phase])}?lang={language}",
        feed_guid=address,
        author_name=wording(found.title, language),
    )
    for edition in public_editions(found).filter(publication__kind="newsletter")[:MOST_ISSUES]:
        _add(atom, edition, phase, language if language in edition.content else next(iter(edition.content)))
    response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=900"
    return response


def _add(atom: Atom1Feed, edition: Edition, phase: str, language: str) -> None:
    content, number = edition.content[language], edition.publication.number
    page = f"{settings.BASE_URL}{reverse('publications:newsletter', args=[phase, number])}"
    pdf = (
        f"{settings.BASE_URL}{reverse('publications:download', args=[phase, number, edition.number, language, 'pdf'])}"
    )
    first = edition.publication.editions.order_by("number").values_list("issued_on", flat=True).first()
    kept = edition.files.filter(language=language, format="pdf").first()
    headline = content["cover"]["headline"]
    said = headline["text"] if isinstance(headline, dict) else headline
    figures = "; ".join(f"{one['value']} {_plain(one['label'])}" for one in content["cover"]["figures"])
    lines = [said, figures]
    if edition.correction:
        lines.append(_("Corrected: %(what)s") % {"what": wording(edition.correction, language)})
    atom.add_item(
        title=f"{_plain(content['issue']['label'])}, {_plain(content['issue']['period'])}",
        link=f"{page}?lang={language}",
        description=". ".join(line for line in lines if line),
        # Each language is an entry of its own: one identifier must not stand for two wordings.
        unique_id=f"{page}?lang={language}",
        pubdate=_moment(first or edition.issued_on),
        updateddate=_moment(edition.issued_on),
        enclosures=[Enclosure(pdf, str(kept.file.size), "application/pdf")] if kept else [],
    )


def _moment(day: object) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))  # type: ignore[arg-type]


def _plain(said: object) -> str:
    return said["text"] if isinstance(said, dict) else str(said)
