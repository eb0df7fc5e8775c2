"""The moves of a work plan, and who may make them (domain handbook, section 5)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.domain.membership.models import Role
from pilotage.domain.workplans.words import PlanState


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move. ``needs`` names what must be given: ``reason``, ``body``."""

    name: str
    label: Promise
    from_states: frozenset[PlanState]
    to_state: PlanState
    roles: frozenset[Role]
    needs: frozenset[str] = frozenset()


MOVES = (
    Move("submit", _("submit"), frozenset({PlanState.DRAFT}), PlanState.SUBMITTED, frozenset({Role.PM})),
    Move(
        "endorse",
        _("record the endorsement"),
        frozenset({PlanState.SUBMITTED}),
        PlanState.ENDORSED,
        frozenset({Role.PM}),
        frozenset({"body"}),
    ),
    Move(
        "put_in_force",
        _("put into force"),
        frozenset({PlanState.ENDORSED}),
        PlanState.IN_FORCE,
        frozenset({Role.EUD, Role.PM}),
    ),
    Move(
        "return",
        _("return to draft"),
        frozenset({PlanState.SUBMITTED, PlanState.ENDORSED}),
        PlanState.DRAFT,
        frozenset({Role.EUD, Role.PM}),
        frozenset({"reason"}),
    ),
)
"""In force → superseded is made by the system when a revision enters into force."""

BY_NAME = {move.name: move for move in MOVES}
