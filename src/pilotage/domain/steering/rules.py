"""Quorum, notice and approval: pure functions over a body's terms of reference (domain handbook, section 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """What the terms of reference say. Shares in per cent, times in working days."""

    quorum_share: int
    needs_chair: bool
    needs_delegation: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat as it was filled in the room."""

    voting: bool
    present: bool
    chair: bool = False
    delegation: bool = False


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether a meeting could decide, and the count behind it."""

    present: int
    voting: int
    chair_missing: bool
    delegation_missing: bool
    reached: bool


def quorum(seats: list[Seat], terms: Terms) -> Quorum:
    """The quorum: a share of the voting members, with the chair and the Delegation where the terms want them.

    "Half of voting members" is reached at exactly half. A body without voting members has none.
    """
    voting = [seat for seat in seats if seat.voting]
    present = sum(seat.present for seat in voting)
    chair_missing = terms.needs_chair and not any(seat.chair and seat.present for seat in seats)
    delegation_missing = terms.needs_delegation and not any(seat.delegation and seat.present for seat in seats)
    share_reached = bool(voting) and present * 100 >= len(voting) * terms.quorum_share
    return Quorum(
        present=present,
        voting=len(voting),
        chair_missing=chair_missing,
        delegation_missing=delegation_missing,
        reached=share_reached and not chair_missing and not delegation_missing,
    )


def working_days_before(day: date, number: int) -> date:
    """The day that lies ``number`` working days (Monday to Friday) before ``day``."""
    return _walk(day, number, -1)


def working_days_after(day: date, number: int) -> date:
    """The day that lies ``number`` working days (Monday to Friday) after ``day``."""
    return _walk(day, number, 1)


def _walk(day: date, number: int, step: int) -> date:
    left = number
    while left:
        day += timedelta(days=step)
        if day.weekday() < 5:
            left -= 1
    return day
