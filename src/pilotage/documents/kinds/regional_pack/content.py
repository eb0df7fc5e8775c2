"""What a frozen regional steering pack holds, in one language. The template reads only this and computes nothing."""

from __future__ import annotations

from pilotage.documents.kinds.newsletter.content import FiguresPage, KeyFigure, Wording
from pilotage.documents.steering.parts import (
    AgendaPage,
    ChangesPage,
    ComponentPage,
    ConsultationSheet,
    DecisionsPage,
    FollowUpPage,
    PlanPage,
    RecommendationsPage,
    ReconciliationPage,
    RisksPage,
    SteeringDocument,
    SynthesisPage,
)


class RegionalPack(SteeringDocument):
    """The whole pack. Pages that are None are left out; so is what an agenda entry says of them."""

    headline: Wording
    key_figures: list[KeyFigure]
    agenda: AgendaPage | None
    changes: ChangesPage | None
    follow_up: FollowUpPage | None
    dashboard: FiguresPage | None
    comparison: FiguresPage | None
    components: list[ComponentPage]
    """One page each; an agenda entry reaches the first of them as "components"."""
    logframe: FiguresPage | None
    recommendations: RecommendationsPage | None
    """By country."""
    procurement: FiguresPage | None
    budget: FiguresPage | None
    risks: RisksPage | None
    synthesis: SynthesisPage | None
    plan: PlanPage | None
    decisions: DecisionsPage | None
    reconciliation: ReconciliationPage | None
    consultations: list[ConsultationSheet]


PAGES = (
    "agenda", "follow_up", "changes", "dashboard", "comparison", "components", "logframe", "recommendations",
    "procurement", "budget", "risks", "synthesis", "plan", "decisions", "reconciliation",
)  # fmt: skip
"""In printed order; what an agenda entry's ``page`` may name."""
