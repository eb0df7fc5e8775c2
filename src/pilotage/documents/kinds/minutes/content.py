"""What frozen minutes hold, in one language. The template reads only this and computes nothing."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from pilotage.documents.kinds.newsletter.content import Fact, Wording
from pilotage.documents.prose import Passage
from pilotage.documents.steering.parts import State, SteeringDocument


class Person(TypedDict):
    """One in the room, or one who was missed."""

    institution: Wording
    name: Wording
    """Empty where the seat was not taken."""
    role: Wording
    state: State
    """"member", "alternate", "absent"."""


class AttendanceGroup(TypedDict):
    name: Wording
    """"Voting members", "Observers", "Programme"."""
    people: list[Person]


class Decision(TypedDict):
    number: str
    text: Wording
    item: Wording
    """The number of the agenda item, in the table of all decisions."""
    addressee: Wording


class ActionPoint(TypedDict):
    number: str
    text: Wording
    owner: Wording
    due: Wording
    state: State | None
    """None while the minutes are new; the state as of the day where they are printed later."""


class EarlierDecision(TypedDict):
    """What this meeting heard of a decision of an earlier one."""

    number: Wording
    """"Decision 2 of 12 November 2025"."""
    text: Wording
    state: State
    heard: Wording


class MinutesItem(TypedDict):
    number: str
    title: Wording
    speaker: Wording
    text: Passage | None
    earlier: NotRequired[list[EarlierDecision]]
    """Under the item that opens with them. Missing in minutes that were frozen before they were printed."""
    decisions: list[Decision]
    actions: list[ActionPoint]


class BilateralSession(TypedDict):
    institution: Wording
    when: Wording
    present: Wording
    text: Passage | None
    actions: list[ActionPoint]


class Signature(TypedDict):
    role: Wording
    """In what part one signs: chair, for the Delegation, secretary."""
    name: Wording
    position: NotRequired[Wording]
    """What the person is, under the name. Missing in minutes that were frozen before it was kept."""


class Minutes(SteeringDocument):
    """The whole minutes."""

    status: State
    """"Draft for comments until 17 December 2026", "Approved on 20 December 2026"."""
    facts: list[Fact]
    """Body, date, place, chair, languages, papers."""
    quorum: State
    quorum_rule: Wording
    attendance: list[AttendanceGroup]
    opening: Passage | None
    items: list[MinutesItem]
    decisions: list[Decision]
    actions: list[ActionPoint]
    sessions: list[BilateralSession]
    signatures: list[Signature]
    annexes: list[Wording]
