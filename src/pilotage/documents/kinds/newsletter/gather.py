"""Gathers an issue: records, figures and texts become frozen content for every language, with the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from pilotage.documents.editions import Frozen
from pilotage.documents.gathering import Texts, gathered_texts
from pilotage.documents.kinds.newsletter.content import Newsletter, image_names
from pilotage.documents.kinds.newsletter.facts import Facts, facts_of
from pilotage.documents.kinds.newsletter.figures import compute_tables
from pilotage.documents.kinds.newsletter.front import about_page, cover, foreword_page, issue_line, programme_line
from pilotage.documents.kinds.newsletter.inside import delivery_page, highlights, progress_page, story
from pilotage.documents.kinds.newsletter.last import last_page
from pilotage.documents.kinds.newsletter.pictures import draw_all
from pilotage.documents.kinds.newsletter.sentences import FICTIONAL, say
from pilotage.documents.kinds.newsletter.upcoming import upcoming_page
from pilotage.documents.kinds.newsletter.words import STATEMENTS, WORDS
from pilotage.documents.models import Publication
from pilotage.kit.periods import written_day
from pilotage.kit.texts import Text, wording


def gather(publication: Publication, *, cut_off: datetime | None = None, correction: Text | None = None) -> Frozen:
    """Everything that the renderings of this issue will ever read, as it stands now.

    ``correction`` says what the edition that is being made corrects, and is printed in its notes. The same records give
    the same content. Raises ProseRefused where a text holds what cannot be published.
    """
    cut_off = cut_off or timezone.now()
    tables = compute_tables(publication)
    facts = facts_of(publication, tables, cut_off, correction)
    content: dict[str, Any] = {}
    images: dict[str, dict[str, str]] = {}
    for language in publication.phase.languages:
        texts = gathered_texts(publication, language)
        issue = compose(facts, texts, language)
        pictures = draw_all(facts, tables, language) | texts.pictures
        wanted = image_names(issue)
        screen = {name.replace(".svg", "-screen.svg") for name in wanted}
        content[language] = issue
        images[language] = {name: data for name, data in pictures.items() if name in wanted | screen}
    return Frozen(
        content=content,
        figures={name: table.as_json() for name, table in tables.items()},
        images=images,
        cut_off=cut_off,
    )


def compose(facts: Facts, texts: Texts, language: str) -> Newsletter:
    """The whole issue in one language; it asks no database."""
    phase = facts.phase
    programme = programme_line(facts, language)
    period = wording(facts.covers.label, language)
    owner = programme["owner"]
    short = wording(phase.short_title or phase.title, language)
    co_funded = phase.funding_statement == phase.FundingStatement.CO_FUNDED
    return {
        "title": say("title", language, programme=short, number=facts.number, period=period),
        "keywords": [short, *(wording(country, language) for country in facts.countries.values())],
        "words": WORDS[language],
        "programme": programme,
        "issue": issue_line(facts, language),
        "funding": {"lines": STATEMENTS["co-funded" if co_funded else "funded"][language], "contribution": ""},
        "fictional": FICTIONAL if facts.fictional else None,
        "cover": cover(facts, language),
        "foreword": foreword_page(texts, language),
        "about": about_page(facts, texts, language),
        "progress": progress_page(facts, language),
        "delivery": delivery_page(texts),
        "highlights": highlights(facts, texts, language),
        "upcoming": upcoming_page(facts, texts, language),
        "story": story(texts),
        "last": last_page(facts, texts, language),
        "disclaimer": say(
            "disclaimer", language, owner=owner[0].lower() + owner[1:] if owner.startswith("The ") else owner
        ),
    }


def mark_draft(content: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The content of an issue that is not issued: it says so in its title, on its cover and on every page."""
    mark = say("draft_mark", language, day=written_day(timezone.localdate(), language))
    band = f"{mark} · {FICTIONAL.split(' · ')[language == 'ru']}" if content["fictional"] else mark
    return {**content, "title": f"{content['title']} ({say('draft', language)})", "fictional": band}
