"""The shapes of meetings."""

from __future__ import annotations

from datetime import date

from ninja import Schema
from pydantic import Field

from pilotage.api.shapes.common import Partial, Wording


class MeetingLine(Schema):
    """A meeting as a list has it."""

    code: str
    version: int
    kind: str
    title: Wording
    body: Wording | None = Field(None, description="Name of the steering body")
    round: int | None = Field(None, description="Year of the round")
    country: str | None
    starts: Partial
    ends: Partial
    date_text: str = Field(description="The date as a source prints it")
    place: str | None = Field(None, description="Code")
    mode: str
    state: str
    confidentiality: str
    approved_on: date | None = Field(None, description="Approval of the minutes")
    sources: list[str]
    fictional: bool
    address: str


class AgendaItemOut(Schema):
    """An item of the agenda. ``summary`` is what was said; None where one may not read the minutes."""

    kind: str
    title: Wording
    summary: Wording | None = None


class SessionOut(Schema):
    """The joint session, or the consultation with one institution."""

    kind: str
    institution: str | None = Field(None, description="Code")
    items: list[AgendaItemOut]


class DecisionOut(Schema):
    """What the meeting decided."""

    number: int
    text: Wording
    addressee: str | None = Field(None, description="Code of the institution")


class ActionPointOut(Schema):
    """What one owner is to do by a day."""

    code: str
    text: Wording
    owner: str | None = Field(None, description="Code of the institution; None where somebody of the staff owns it")
    due_on: date | None
    first_due_on: date | None
    state: str
    done_on: date | None
    overdue: bool
    address: str


class MeetingOut(MeetingLine):
    """A meeting with its agenda and, as far as one may read the minutes, what came out of it."""

    summary: Wording
    agenda: list[SessionOut]
    decisions: list[DecisionOut] | None = Field(None, description="None where one may not read the minutes")
    action_points: list[ActionPointOut] | None = Field(None, description="None for the public")
    recommendations: list[str] | None = Field(None, description="Codes of those spoken of that one may see")


class MeetingPage(Schema):
    """Some meetings, and where the next ones are."""

    items: list[MeetingLine]
    next: str | None = Field(None, description="Address of the next page; None at the end")
