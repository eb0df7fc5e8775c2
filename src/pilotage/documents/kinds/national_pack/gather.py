"""Gathers a national pack: records, figures and texts at the cut-off of the round."""

from __future__ import annotations

from datetime import datetime

from pilotage.documents.editions import Frozen
from pilotage.documents.gathering import Texts
from pilotage.documents.kinds.national_pack.content import NationalPack
from pilotage.documents.models import Publication
from pilotage.documents.steering.advice import advice_page
from pilotage.documents.steering.ahead import decisions_page, plan_page
from pilotage.documents.steering.consulting import consultation_sheets
from pilotage.documents.steering.facts import Facts
from pilotage.documents.steering.gathering import cover_figures, gather_pack, headline
from pilotage.documents.steering.head import head_of_pack
from pilotage.documents.steering.opening import agenda_page, changes_page, follow_up_page
from pilotage.documents.steering.progress import activities_page, dashboard_page, participation_page
from pilotage.kit.texts import Text


def gather(publication: Publication, *, cut_off: datetime | None = None, correction: Text | None = None) -> Frozen:
    """Everything that the renderings of this pack will ever read, as it stands now. Raises ProseRefused."""
    return gather_pack(publication, compose, cut_off, correction)


def compose(facts: Facts, texts: Texts, language: str) -> NationalPack:
    """The whole pack in one language. Pages whose records do not exist yet (needs, grants, …) are None."""
    return {
        **head_of_pack(facts, language),
        "headline": headline(facts, texts, language),
        "key_figures": cover_figures(facts, language),
        "agenda": agenda_page(facts, language),
        "changes": changes_page(facts, language),
        "follow_up": follow_up_page(facts, language),
        "dashboard": dashboard_page(facts, texts, language),
        "activities": activities_page(facts, language),
        "participation": participation_page(facts, language),
        "recommendations": advice_page(facts, language),
        "needs": None,
        "grants": None,
        "logframe": None,
        "budget": None,
        "risks": None,
        "plan": plan_page(facts, texts, language),
        "decisions": decisions_page(facts, texts, language),
        "consultations": consultation_sheets(facts, language),
    }
