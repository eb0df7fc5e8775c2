"""The shapes of activities, as they go in and out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ninja import Schema
from pydantic import ConfigDict, Field

from pilotage.api.shapes.common import Partial, Wording
from pilotage.domain.activities.states import BY_NAME


class TallyLine(Schema):
    """How many participants of one kind. Empty: not stated."""

    count: int = Field(ge=0, le=100_000)
    country: str = ""
    institution: str = Field("", description="Code")
    institution_type: str = ""
    sex: str = Field("not_stated", description="woman, man, other, not_stated")
    mode: str = ""
    age_band: str = ""


class ActivityOut(Schema):
    """An activity."""

    code: str
    version: int
    title: Wording
    summary: Wording
    component: str | None = Field(None, description="Number")
    output: str | None = Field(None, description="Code")
    type: str
    thematic: bool
    scope: str
    mode: str
    countries: list[str] = Field(description="Beneficiary countries; the venue is apart")
    venue: str | None = Field(None, description="Code of the place")
    venue_country: str | None
    institutions: list[str]
    co_organisers: list[str]
    experts: list[str]
    baseline_start: Partial
    baseline_end: Partial
    planned_start: Partial
    planned_end: Partial
    actual_start: Partial
    actual_end: Partial
    state: str
    confidentiality: str
    additional: bool
    by_national_trainers: bool | None
    participants: int | None = Field(None, description="None: not known, or withheld because it is small")
    women: int | None = None
    tally: list[TallyLine] | None = Field(None, description="For the programme's staff; None otherwise")
    withheld: bool = Field(False, description="True where a number of persons is withheld")
    cost: Decimal | None = Field(None, description="EUR; for the programme's staff")
    sources: list[str]
    fictional: bool
    address: str


class ActivityPage(Schema):
    """Some activities, and where the next ones are."""

    items: list[ActivityOut]
    next: str | None = Field(None, description="Address of the next page; None at the end")


class ActivityIn(Schema):
    """What may be written of an activity. What is left out stays as it is; an empty list or null empties."""

    model_config = ConfigDict(extra="forbid")

    title: Wording | None = None
    summary: Wording | None = None
    component: str | None = None
    output: str | None = None
    type: str | None = None
    thematic: bool | None = None
    scope: str | None = None
    mode: str | None = None
    countries: list[str] | None = None
    venue: str | None = None
    venue_country: str | None = None
    institutions: list[str] | None = None
    co_organisers: list[str] | None = None
    experts: list[str] | None = None
    baseline_start: Partial | None = None
    baseline_end: Partial | None = None
    planned_start: Partial | None = None
    planned_end: Partial | None = None
    actual_start: Partial | None = None
    actual_end: Partial | None = None
    confidentiality: str | None = None
    additional: bool | None = None
    by_national_trainers: bool | None = None
    cost: Decimal | None = None
    tally: list[TallyLine] | None = None


class NewActivity(ActivityIn):
    """A new activity, added as a draft. Without a code it gets the next number."""

    code: str = ""
    title: Wording
    type: str


class ActivityChange(ActivityIn):
    """A change of the activity that was read at ``version``."""

    version: int
    why: str = ""


class MoveIn(Schema):
    """A step to another state."""

    model_config = ConfigDict(extra="forbid")

    move: str = Field(description=", ".join(BY_NAME))
    version: int
    effective_on: date | None = None
    reason: str = ""
    new_start: Partial = ""
    new_end: Partial = ""


class TallyIn(Schema):
    """The whole tally of the activity that was read at ``version``."""

    model_config = ConfigDict(extra="forbid")

    version: int
    lines: list[TallyLine]
    participants: int | None = Field(None, description="Stated total, checked against the lines")
    women: int | None = None
