"""Activities that come with a past: taken over from an older register, or generated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from pilotage.domain.activities.bulk import BATCH, add_parts, batches
from pilotage.domain.activities.entries import ActivityEntry, check_entry, phase_facts
from pilotage.domain.activities.models import Activity, ActivityMove
from pilotage.domain.activities.states import BY_NAME
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.kit.actors import Actor
from pilotage.kit.bulk import Cleaning
from pilotage.kit.changes import flush_changes, operation
from pilotage.kit.histories import History, insert_with_histories


@dataclass(frozen=True)
class PastStep:
    """One move (or an edit, where ``move`` is empty) that an activity has behind it, with the fields it set."""

    at: datetime
    """When it was recorded."""
    on: date
    """When it took effect."""
    by: Actor
    move: str = ""
    values: Mapping[str, Any] | None = None
    reason: str = ""


@dataclass(frozen=True)
class PastActivity:
    """An activity as it was first entered, and what became of it. The tally is that of its last state."""

    entry: ActivityEntry
    added_at: datetime
    steps: Sequence[PastStep] = ()
    tally_at: datetime | None = None


def add_past_activities(*, by: Actor, phase: Phase, past: Iterable[PastActivity]) -> int:
    """Adds activities with their past, all or none, and returns how many. For a simulation (``kit.changes``).

    Every step must be one of the allowed moves, and what the activity came to must hold every rule of an activity.
    Raises ValidationError otherwise.
    """
    today, facts = timezone.localdate(), phase_facts(phase)
    institutions = {institution.code: institution for institution in Institution.objects.all()}
    cleaning = Cleaning()
    done = 0
    with operation("add past activities", by=by):
        for batch in batches(past, BATCH):
            histories, moves = [], []
            for one in batch:
                history, steps = _lived(phase, one)
                check_entry(history.record, one.entry, facts, today, cleaning=cleaning)
                histories.append(history)
                moves += steps
            insert_with_histories(Activity, histories)
            _record_moves(moves)
            added = {history.record.pk: one for history, one in zip(histories, batch, strict=True)}
            add_parts(
                [history.record for history in histories],
                [one.entry for one in batch],
                institutions,
                lambda part, added=added: added[part.activity_id].added_at,  # type: ignore[misc]
                lambda line, added=added: added[line.activity_id].tally_at or added[line.activity_id].added_at,  # type: ignore[misc]
            )
            flush_changes()
            done += len(batch)
    return done


def _lived(phase: Phase, past: PastActivity) -> tuple[History, list[tuple[ActivityMove, datetime]]]:
    """The activity after all its steps, and the steps as records."""
    activity = Activity(phase=phase, **past.entry.values)
    history = History(activity, past.added_at)
    moves = []
    for step in past.steps:
        known = BY_NAME.get(step.move)
        if step.move and (known is None or activity.state not in known.from_states):
            raise ValidationError(f"{activity.code}: {activity.state} → {step.move}")
        name = f"{step.move.replace('_', ' ')} activity" if step.move else "edit activity"
        origin = activity.state
        with history.change(name, step.at, effective_on=step.on if step.move else None, why=step.reason):
            for field, value in (step.values or {}).items():
                setattr(activity, field, value)
            activity.state = known.to_state.value if known else activity.state
        if known:
            move = ActivityMove(
                activity=activity,
                move=known.name,
                from_state=origin,
                to_state=activity.state,
                effective_on=step.on,
                reason=step.reason,
                by_id=step.by.actor_id,
                by_name=step.by.actor_name,
            )
            moves.append((move, step.at))
    return history, moves


def _record_moves(moves: Sequence[tuple[ActivityMove, datetime]]) -> None:
    at = {id(move): moment for move, moment in moves}
    for move, _moment in moves:
        move.activity_id = move.activity.pk
    ActivityMove.objects.bulk_create([move for move, _moment in moves], recorded=lambda move: at[id(move)])
