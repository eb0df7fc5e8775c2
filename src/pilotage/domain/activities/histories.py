"""Steps that activities made before they came here: taken over from an older register, or generated."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from pilotage.domain.activities.bulk import batches
from pilotage.domain.activities.models import ActivityMove
from pilotage.domain.activities.states import BY_NAME
from pilotage.kit.actors import Actor
from pilotage.kit.changes import flush_changes, operation

BATCH = 500


def add_past_moves(*, by: Actor, moves: Iterable[ActivityMove]) -> int:
    """Adds moves that were made elsewhere, in their order, and returns how many; the activities stand as they are.

    Each must be one of the allowed moves. Raises ValidationError otherwise, and nothing is added.
    """
    done = 0
    with operation("add past moves", by=by):
        for batch in batches(moves, BATCH):
            for move in batch:
                known = BY_NAME.get(move.move)
                if known is None or move.from_state not in known.from_states or move.to_state != known.to_state:
                    raise ValidationError(f"{move.move}: {move.from_state} → {move.to_state}")
            ActivityMove.objects.bulk_create(batch)
            flush_changes()
            done += len(batch)
    return done
