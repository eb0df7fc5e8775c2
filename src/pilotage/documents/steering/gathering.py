"""What the gatherers of both packs have in common: cover, sealing, the pictures that the pages ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from pilotage.documents.editions import Frozen
from pilotage.documents.gathering import Texts, gathered_texts
from pilotage.documents.kinds.newsletter.content import KeyFigure, Wording
from pilotage.documents.models import Publication
from pilotage.documents.steering.facts import Facts, facts_of
from pilotage.documents.steering.parts import images_in
from pilotage.documents.steering.pictures import draw_pack
from pilotage.documents.steering.progress import activities_key, elapsed_key, participations_key
from pilotage.documents.steering.sealing import sealed
from pilotage.documents.steering.sentences import part_of, say, some
from pilotage.kit.texts import Text

Compose = Callable[[Facts, Texts, str], Mapping[str, Any]]


def gather_pack(
    publication: Publication, compose: Compose, cut_off: datetime | None, correction: Text | None
) -> Frozen:
    """The frozen content of a pack in every language. The same records give the same content. Raises ProseRefused."""
    facts = facts_of(publication, cut_off or timezone.now(), correction)
    content: dict[str, Any] = {}
    images: dict[str, dict[str, str]] = {}
    for language in publication.phase.languages:
        pack = compose(facts, gathered_texts(publication, language), language)
        wanted = images_in(pack)
        wanted |= {name.replace(".svg", "-screen.svg") for name in wanted}
        content[language] = sealed(pack)
        images[language] = {name: svg for name, svg in draw_pack(facts, language).items() if name in wanted}
    figures = {name: table.as_json() for name, table in facts.tables.items()}
    return Frozen(content=content, figures=figures, images=images, cut_off=facts.cut_off)


def headline(facts: Facts, texts: Texts, language: str) -> Wording:
    """The editor's sentence, or else one made of the figures."""
    words = texts.get("headline")
    if words:
        found = words.written.title or words.written.lead or " ".join(words.written.body.split())
        return words.worded(found)
    activities = some(facts.value("activities"), "activities", language)
    if not facts.value("recommendations"):
        return say("headline_bare", language, activities=activities) if facts.windows.before else ""
    name = "headline" if facts.windows.before else "headline_first"
    adopted, issued = facts.shown("adopted", language), facts.shown("recommendations", language)
    return say(name, language, activities=activities, adopted=adopted, issued=issued)


def cover_figures(facts: Facts, language: str) -> list[KeyFigure]:
    """Three of them: activities, participations, recommendations adopted; time elapsed where one is not known."""
    found = [activities_key(facts, language)]
    if facts.value("participations"):
        found.append(participations_key(facts, language))
    issued = facts.value("recommendations")
    if issued:
        found.append(
            {
                "value": part_of(facts.value("adopted"), issued, language),
                "label": say("recommendations_adopted", language),
                "note": say("response_rate", language, share=facts.shown("response_rate", language)),
            }
        )
    elapsed = elapsed_key(facts, language)
    if len(found) < 3 and elapsed:
        found.append(elapsed)
    return found[:3]
