"""What a frozen national steering pack holds, in one language. The template reads only this and computes nothing."""

from __future__ import annotations

from pilotage.documents.kinds.newsletter.content import FiguresPage, KeyFigure, Wording
from pilotage.documents.steering.parts import (
    ActivitiesPage,
    AgendaPage,
    ChangesPage,
    ConsultationSheet,
    DecisionsPage,
    FollowUpPage,
    PlanPage,
    RecommendationsPage,
    RisksPage,
    SteeringDocument,
)


class NationalPack(SteeringDocument):
    """The whole pack. Pages that are None are left out; so is what an agenda entry says of them."""

    headline: Wording
    """One sentence on the cover."""
    key_figures: list[KeyFigure]
    """Three, on the cover."""
    agenda: AgendaPage | None
    changes: ChangesPage | None
    follow_up: FollowUpPage | None
    dashboard: FiguresPage | None
    activities: ActivitiesPage | None
    participation: FiguresPage | None
    recommendations: RecommendationsPage | None
    needs: FiguresPage | None
    grants: FiguresPage | None
    logframe: FiguresPage | None
    budget: FiguresPage | None
    risks: RisksPage | None
    plan: PlanPage | None
    decisions: DecisionsPage | None
    consultations: list[ConsultationSheet]


PAGES = (
    "agenda", "follow_up", "changes", "dashboard", "activities", "participation", "recommendations", "needs", "grants",
    "logframe", "budget", "risks", "plan", "decisions",
)  # fmt: skip
"""In printed order; what an agenda entry's ``page`` may name."""
