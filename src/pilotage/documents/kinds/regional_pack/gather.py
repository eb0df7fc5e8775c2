"""Gathers the regional pack: records, figures and texts at the cut-off of the round, and what the national packs froze."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pilotage.documents.editions import Frozen
from pilotage.documents.gathering import Texts
from pilotage.documents.kinds.regional_pack.content import RegionalPack
from pilotage.documents.models import Edition, Publication
from pilotage.documents.steering.advice import advice_page
from pilotage.documents.steering.ahead import decisions_page, plan_page
from pilotage.documents.steering.consulting import consultation_sheets
from pilotage.documents.steering.facts import Facts
from pilotage.documents.steering.gathering import cover_figures, gather_pack, headline
from pilotage.documents.steering.head import head_of_pack
from pilotage.documents.steering.opening import agenda_page, changes_page, follow_up_page
from pilotage.documents.steering.progress import component_pages, dashboard_page
from pilotage.documents.steering.proof import Nationals, nationals_of, proof_page
from pilotage.documents.steering.reconciliation import NationalFigures
from pilotage.documents.steering.region import comparison_page, synthesis_page
from pilotage.kit.texts import Text


def gather(
    publication: Publication,
    *,
    cut_off: datetime | None = None,
    correction: Text | None = None,
    nationals: Mapping[str, NationalFigures] | None = None,
) -> Frozen:
    """Everything that the renderings of this pack will ever read, as it stands now. Raises ProseRefused.

    ``nationals`` gives what the national packs of the round froze, by country, where they are made in the same go and
    not issued yet; otherwise their editions are read.
    """

    found: Nationals = {}
    editions: list[Edition] = []

    def composed(facts: Facts, texts: Texts, language: str) -> RegionalPack:
        if not found:
            issued, read = nationals_of(facts)
            found.update(issued | {code: nationals[code] for code in issued if nationals and code in nationals})
            editions.extend(read)
        return compose(facts, texts, language, found, editions)

    return gather_pack(publication, composed, cut_off, correction)


def compose(facts: Facts, texts: Texts, language: str, nationals: Nationals, editions: list[Edition]) -> RegionalPack:
    """The whole pack in one language. Pages whose records do not exist yet (logframe, budget, …) are None."""
    return {
        **head_of_pack(facts, language),
        "headline": headline(facts, texts, language),
        "key_figures": cover_figures(facts, language),
        "agenda": agenda_page(facts, language),
        "changes": changes_page(facts, language),
        "follow_up": follow_up_page(facts, language),
        "dashboard": dashboard_page(facts, texts, language),
        "comparison": comparison_page(facts, texts, language),
        "components": component_pages(facts, texts, language),
        "logframe": None,
        "recommendations": advice_page(facts, language),
        "procurement": None,
        "budget": None,
        "risks": None,
        "synthesis": synthesis_page(facts, texts, language),
        "plan": plan_page(facts, texts, language),
        "decisions": decisions_page(facts, texts, language),
        "reconciliation": proof_page(facts, nationals, editions, language),
        "consultations": consultation_sheets(facts, language),
    }
