"""The shapes of recommendations."""

from __future__ import annotations

from datetime import date

from ninja import Schema
from pydantic import Field

from pilotage.api.shapes.common import Partial, Wording


class RecommendationStep(Schema):
    """A step of a recommendation. Who took it is not told."""

    move: str
    from_state: str
    to_state: str
    effective_on: date
    words: str = Field(description="The agency's words, or the reason")
    evidence: str
    channel: str = Field(description="The way by which it reached the programme")


class RecommendationOut(Schema):
    """One piece of advice to one addressee."""

    code: str
    version: int
    text: Wording
    origin: str = Field(description="activity, meeting, review; empty: not stated")
    activity: str | None = Field(None, description="Code of the activity that it came out of")
    component: str | None = Field(None, description="Number")
    country: str | None
    addressee: str | None = Field(None, description="Code of the institution")
    addressee_text: Wording = Field(description="The addressee as a source states it")
    group: str = Field(description="The same for the same advice to several addressees; may be empty")
    priority: str
    state: str | None = Field(None, description="None: no source says what became of it")
    confidentiality: str
    issued_on: Partial
    response_due: date | None
    implementation_due: date | None
    answered_on: date | None
    adopted_on: date | None
    overdue: bool = Field(description="Accepted and not adopted by its date")
    answer_late: bool = Field(description="Not answered by its date")
    accepted_text: Wording
    act_number: str = Field(description="Of the order or law that adopted it")
    act_date: date | None
    act_body: Wording
    meetings: list[str] = Field(description="Codes of the meetings that spoke of it")
    steps: list[RecommendationStep] | None = Field(None, description="None where one may not read the answers")
    sources: list[str]
    fictional: bool
    address: str


class RecommendationPage(Schema):
    """Some recommendations, and where the next ones are."""

    items: list[RecommendationOut]
    next: str | None = Field(None, description="Address of the next page; None at the end")
