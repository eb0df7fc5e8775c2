"""Steering bodies, their meetings, decisions and action points (domain handbook, sections 4, 5 and 10)."""

from pilotage.domain.steering.models.bodies import BodyMember, MeetingRound, SteeringBody
from pilotage.domain.steering.models.meetings import (
    AgendaItem,
    Invitation,
    Meeting,
    MeetingMove,
    MeetingReason,
    MeetingSession,
    Paper,
    Presence,
    RoomSending,
)
from pilotage.domain.steering.models.outcomes import (
    ActionFile,
    ActionMove,
    ActionPoint,
    Decision,
    FollowUp,
    Mention,
    MinutesComment,
)

__all__ = [
    "ActionFile",
    "ActionMove",
    "ActionPoint",
    "AgendaItem",
    "BodyMember",
    "Decision",
    "FollowUp",
    "Invitation",
    "Meeting",
    "MeetingMove",
    "MeetingReason",
    "MeetingRound",
    "MeetingSession",
    "Mention",
    "MinutesComment",
    "Paper",
    "Presence",
    "RoomSending",
    "SteeringBody",
]
