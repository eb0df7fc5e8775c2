"""A viewer: somebody who looks, with the roles and scopes that decide what is seen and done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pilotage.domain.membership.models import STAFF, Assignment, Role, User
from pilotage.domain.membership.permissions import PERMISSIONS, Level
from pilotage.domain.programme.models import Phase


class NotAllowed(Exception):
    """The role or its scope does not reach this far. ``reason`` is for the reader, already translated."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Viewer:
    """A user (None: the public) and all assignments that they hold. Read once a request."""

    user: User | None
    assignments: tuple[Assignment, ...] = ()

    @classmethod
    def public(cls) -> Viewer:
        """Somebody who has not signed in."""
        return cls(None)

    @classmethod
    def of(cls, user: User) -> Viewer:
        """``user`` with all assignments, in one query."""
        return cls(user, tuple(user.assignments.select_related("programme", "phase", "component", "institution")))

    @classmethod
    def narrowed_to(cls, assignment: Assignment) -> Viewer:
        """The user of ``assignment`` acting in that role and scope alone (an access token)."""
        return cls(assignment.user, (assignment,))

    def held_in(self, phase: Phase) -> tuple[Assignment, ...]:
        """The assignments that hold in ``phase`` today."""
        return tuple(held for held in self.assignments if held.holds_in(phase))

    def roles_in(self, phase: Phase) -> frozenset[Role]:
        """The roles held in ``phase``; the public's where there is none."""
        return frozenset(Role(held.role) for held in self.held_in(phase)) or frozenset({Role.PUB})

    def levels(self, noun: str, phase: Phase) -> frozenset[Level]:
        """What the viewer may do with ``noun`` (a row of the handbook's table) in ``phase``, over all roles."""
        return frozenset(PERMISSIONS[noun, role] for role in self.roles_in(phase))

    def held_with(self, noun: str, phase: Phase, levels: Iterable[Level]) -> tuple[Assignment, ...]:
        """The assignments in ``phase`` whose role has one of ``levels`` on ``noun``."""
        wanted = frozenset(levels)
        return tuple(held for held in self.held_in(phase) if PERMISSIONS[noun, Role(held.role)] in wanted)

    def sees_all(self, noun: str, phase: Phase) -> bool:
        """True where some role lets the viewer see every ``noun`` of ``phase`` that is not restricted."""
        return bool(self.levels(noun, phase) & {Level.VIEW, Level.APPROVE, Level.EDIT}) and not (
            self.levels(noun, phase) == {Level.EDIT} and self.roles_in(phase) <= {Role.CP, Role.GR}
        )

    def is_staff_in(self, phase: Phase) -> bool:
        """True for the programme's own staff in ``phase``."""
        return bool(self.roles_in(phase) & STAFF)

    def sees_phase(self, phase: Phase) -> bool:
        """True where the viewer holds any role in ``phase``."""
        return bool(self.held_in(phase))
