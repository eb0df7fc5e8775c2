"""What a frozen annual work plan holds, in one language. The template reads only this and computes nothing."""

from __future__ import annotations

from typing import TypedDict

from pilotage.documents.kinds.newsletter.content import Fact, FiguresPage, KeyFigure, Wording
from pilotage.documents.prose import Passage
from pilotage.documents.steering.parts import PlanPage, RisksPage, State, SteeringDocument


class ApprovalStep(TypedDict):
    step: Wording
    """"Submitted", "Endorsed by the National Steering Group"."""
    date: Wording
    by: Wording
    state: State


class PlanChange(TypedDict):
    """One line that differs from the version before."""

    kind: State
    """"added", "removed", "moved", "changed"."""
    line: Wording
    """The line's code and title."""
    before: Wording
    after: Wording
    reason: Wording


class PlanChanges(TypedDict):
    title: Wording
    lead: Wording
    """"Version 2 of 3 March 2027 against version 1 of 12 January 2027"."""
    changes: list[PlanChange]


class WorkPlanDocument(SteeringDocument):
    """The whole plan of one year and scope."""

    headline: Wording
    status: State
    facts: list[Fact]
    key_figures: list[KeyFigure]
    approval: list[ApprovalStep]
    context: Passage | None
    priorities: list[Wording]
    plan: PlanPage
    """Calendar and lines by component; procurement, grants, communication, management are groups without a component."""
    budget: FiguresPage | None
    risks: RisksPage | None
    changes: PlanChanges | None
    signatures: list[Fact]
    """Who approves: label is the function, value the name; empty where approval is recorded in minutes."""
