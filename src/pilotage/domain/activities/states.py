"""The moves that an activity may make, and who may make them (domain handbook, section 5)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.words import State
from pilotage.domain.membership.models import Role


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move. ``needs`` names what must be given: ``reason``, ``new_dates``, ``actual_end``."""

    name: str
    label: Promise
    from_states: frozenset[State]
    to_state: State
    roles: frozenset[Role]
    needs: frozenset[str] = frozenset()


MOVES = (
    Move("plan", _("put into the plan"), frozenset({State.DRAFT}), State.PLANNED, frozenset({Role.PM})),
    Move("confirm", _("confirm"), frozenset({State.PLANNED}), State.CONFIRMED, frozenset({Role.CL, Role.NC})),
    Move(
        "postpone",
        _("postpone"),
        frozenset({State.PLANNED, State.CONFIRMED}),
        State.POSTPONED,
        frozenset({Role.CL}),
        frozenset({"reason", "new_dates"}),
    ),
    Move("plan_again", _("put back into the plan"), frozenset({State.POSTPONED}), State.PLANNED, frozenset({Role.PM})),
    Move(
        "cancel",
        _("cancel"),
        frozenset({State.DRAFT, State.PLANNED, State.CONFIRMED, State.POSTPONED}),
        State.CANCELLED,
        frozenset({Role.PM}),
        frozenset({"reason"}),
    ),
    Move(
        "implement",
        _("record as implemented"),
        frozenset({State.CONFIRMED}),
        State.IMPLEMENTED,
        frozenset({Role.CL, Role.NC}),
        frozenset({"actual_end"}),
    ),
    Move("verify", _("verify"), frozenset({State.IMPLEMENTED}), State.VERIFIED, frozenset({Role.ME})),
    Move(
        "return_to_confirmed",
        _("return for correction"),
        frozenset({State.IMPLEMENTED}),
        State.CONFIRMED,
        frozenset({Role.ME}),
        frozenset({"reason"}),
    ),
    Move(
        "return_to_implemented",
        _("take the verification back"),
        frozenset({State.VERIFIED}),
        State.IMPLEMENTED,
        frozenset({Role.ME}),
        frozenset({"reason"}),
    ),
)

BY_NAME = {move.name: move for move in MOVES}

HELD = frozenset({State.IMPLEMENTED, State.VERIFIED})
"""States in which an activity has taken place and counts."""
AHEAD = frozenset({State.PLANNED, State.CONFIRMED, State.POSTPONED})
"""States in which it is still to come."""
