"""Recommendations that come with a past: taken over from an older register, or generated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from pilotage.domain.activities.bulk import BATCH, batches
from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import Recommendation, RecommendationFile, RecommendationMove, Reminder
from pilotage.domain.recommendations.operations import (
    Answer,
    apply_step,
    check_recommendation,
    require_needs,
)
from pilotage.domain.recommendations.states import BY_NAME
from pilotage.domain.recommendations.words import Channel, State
from pilotage.kit.actors import Actor
from pilotage.kit.changes import flush_changes, operation
from pilotage.kit.histories import History, insert_with_histories

CLEAR = "clear"
"""The manager's clearance of a draft: a step, although no move of the recommendation."""


@dataclass(frozen=True)
class PastAnswer:
    """One step that a recommendation has behind it, as ``move_recommendation`` would have made it."""

    at: datetime
    """When it was recorded; ``answer.effective_on`` is when it took effect."""
    answer: Answer
    by: Actor
    role: Role | None
    channel: Channel = Channel.ACCOUNT


@dataclass(frozen=True)
class PastRecommendation:
    """A recommendation as it was drafted, and what became of it."""

    values: Mapping[str, Any]
    drafted_at: datetime
    steps: Sequence[PastAnswer] = ()


@dataclass
class _Lived:
    history: History
    moves: list[tuple[RecommendationMove, PastAnswer]]


def add_past_recommendations(
    *, by: Actor, phase: Phase, past: Iterable[PastRecommendation]
) -> dict[str, Recommendation]:
    """Adds recommendations with their past, all or none; returns them by code. For a simulation (``kit.changes``).

    Every step is checked as ``move_recommendation`` checks it: the move exists, what it needs is there, its date can
    be, nobody verifies an own entry. Raises ValidationError or NotAllowed otherwise.
    """
    found: dict[str, Recommendation] = {}
    with operation("add past recommendations", by=by):
        for batch in batches(past, BATCH):
            lived = [_lived(phase, one) for one in batch]
            insert_with_histories(Recommendation, [one.history for one in lived])
            _record_moves(by, [pair for one in lived for pair in one.moves])
            found |= {one.history.record.code: one.history.record for one in lived}
            flush_changes()
    return found


def _lived(phase: Phase, past: PastRecommendation) -> _Lived:
    recommendation = Recommendation(phase=phase, **past.values)
    # As it would be derived when stored: the log tells of it from the beginning.
    recommendation.derive()
    if recommendation.state != State.DRAFT:
        raise ValidationError({"state": f"{recommendation.code}: a past begins with a draft"})
    history = History(recommendation, past.drafted_at)
    moves: list[tuple[RecommendationMove, PastAnswer]] = []
    reported: RecommendationMove | None = None
    for step in past.steps:
        day = step.answer.effective_on or timezone.localdate(step.at)
        if step.answer.move == CLEAR:
            with history.change("clear recommendation", step.at):
                recommendation.cleared_on = day
            continue
        move = BY_NAME.get(step.answer.move)
        if move is None or recommendation.state not in move.from_states:
            raise ValidationError(f"{recommendation.code}: {recommendation.state} → {step.answer.move}")
        require_needs(recommendation, move, step.answer, day)
        if move.name == "verify" and reported and reported.by_id is not None and reported.by_id == step.by.actor_id:
            raise NotAllowed(f"{recommendation.code}: nobody verifies an own entry")
        origin = recommendation.state
        name = f"{move.name.replace('_', ' ')} recommendation"
        with history.change(name, step.at, effective_on=day, why=step.answer.words):
            apply_step(recommendation, move, step.answer, day, reported.effective_on if reported else None)
            recommendation.state = move.to_state.value
        made = _move(recommendation, step, origin, day)
        reported = made if move.name == "report_adopted" else reported
        moves.append((made, step))
    check_recommendation(recommendation, asked=False)
    return _Lived(history, moves)


def _move(recommendation: Recommendation, step: PastAnswer, origin: str, day: date) -> RecommendationMove:
    return RecommendationMove(
        recommendation=recommendation,
        move=step.answer.move,
        from_state=origin,
        to_state=recommendation.state,
        effective_on=day,
        words=step.answer.words,
        evidence_text=step.answer.evidence_text,
        channel=step.channel,
        by_id=step.by.actor_id,
        by_name=step.by.actor_name,
        by_role=step.role or "",
    )


def _record_moves(by: Actor, pairs: Sequence[tuple[RecommendationMove, PastAnswer]]) -> None:
    at = {id(move): step.at for move, step in pairs}
    for move, step in pairs:
        move.recommendation_id = move.recommendation.pk
        if step.answer.evidence:
            with operation("keep evidence", by=by, recorded_at=step.at):
                move.evidence = RecommendationFile.keep(step.answer.evidence, recommendation=move.recommendation)
    RecommendationMove.objects.bulk_create([move for move, _step in pairs], recorded=lambda move: at[id(move)])


def add_past_reminders(*, by: Actor, reminders: Iterable[Reminder]) -> int:
    """Adds reminders that were sent, all or none, each recorded when it was sent; returns how many. For a simulation."""
    done = 0
    with operation("send reminder", by=by):
        for batch in batches(reminders, BATCH):
            for reminder in batch:
                if reminder.sent_at is None:
                    raise ValidationError({"sent_at": f"{reminder.day}: a past reminder was sent"})
            Reminder.objects.bulk_create(batch, recorded=lambda reminder: reminder.sent_at)
            flush_changes()
            done += len(batch)
    return done
