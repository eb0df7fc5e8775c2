"""The moves that a recommendation may make, and who may make them (domain handbook, section 5)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.domain.membership.models import Role
from pilotage.domain.recommendations.words import OPEN, State


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move. ``needs`` names what must be given: ``reason``, ``evidence``, ``clearance``."""

    name: str
    label: Promise
    from_states: frozenset[State]
    to_state: State
    roles: frozenset[Role]
    needs: frozenset[str] = frozenset()
    by_agency: bool = False
    """True for the steps of the addressee: made signed in, by link, workbook, form, paper, or recorded from a letter."""


_UNANSWERED = frozenset({State.ISSUED, State.UNDER_CONSIDERATION})
_AGENCY = frozenset({Role.CP, Role.NC})
"""The counterpart; a national coordinator may record an answer that arrived by letter, attaching it (handbook 3)."""

MOVES = (
    Move("issue", _("issue"), frozenset({State.DRAFT}), State.ISSUED, frozenset({Role.CL}), frozenset({"clearance"})),
    Move(
        "consider",
        _("take under consideration"),
        frozenset({State.ISSUED, State.REJECTED}),
        State.UNDER_CONSIDERATION,
        _AGENCY,
        by_agency=True,
    ),
    Move("accept", _("accept"), _UNANSWERED, State.ACCEPTED, _AGENCY, by_agency=True),
    Move(
        "accept_partly",
        _("accept in part"),
        _UNANSWERED,
        State.PARTLY_ACCEPTED,
        _AGENCY,
        frozenset({"reason"}),
        by_agency=True,
    ),
    Move("reject", _("reject"), _UNANSWERED, State.REJECTED, _AGENCY, frozenset({"reason"}), by_agency=True),
    Move(
        "start",
        _("start to implement"),
        frozenset({State.ACCEPTED, State.PARTLY_ACCEPTED}),
        State.IN_PROGRESS,
        _AGENCY,
        by_agency=True,
    ),
    Move(
        "report_adopted",
        _("report as adopted"),
        frozenset({State.ACCEPTED, State.PARTLY_ACCEPTED, State.IN_PROGRESS}),
        State.REPORTED_ADOPTED,
        _AGENCY,
        frozenset({"evidence"}),
        by_agency=True,
    ),
    Move("verify", _("verify the adoption"), frozenset({State.REPORTED_ADOPTED}), State.ADOPTED, frozenset({Role.ME})),
    Move(
        "return",
        _("return to the agency"),
        frozenset({State.REPORTED_ADOPTED}),
        State.IN_PROGRESS,
        frozenset({Role.ME}),
        frozenset({"reason"}),
    ),
    Move("withdraw", _("withdraw"), OPEN, State.WITHDRAWN, frozenset({Role.PM}), frozenset({"reason"})),
    Move("supersede", _("supersede"), OPEN, State.SUPERSEDED, frozenset({Role.PM}), frozenset({"reason"})),
)

BY_NAME = {move.name: move for move in MOVES}


def answers_open(state: str) -> list[Move]:
    """The steps that the addressee may take from ``state``."""
    return [move for move in MOVES if move.by_agency and state in move.from_states]
