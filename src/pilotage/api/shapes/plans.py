"""The shapes of work plans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ninja import Schema
from pydantic import Field

from pilotage.api.shapes.common import Partial, Wording


class PlanOut(Schema):
    """One version of the plan of one year and scope."""

    year: int
    scope: str = Field(description="A country's code in small letters, or region")
    number: int = Field(description="Of the version")
    version: int
    state: str
    in_force_from: date | None
    in_force_until: date | None
    lines_count: int
    fictional: bool
    address: str


class PlanLineOut(Schema):
    """One planned activity; the same key from version to version."""

    key: str
    title: Wording
    component: str | None = Field(None, description="Number")
    output: str | None = Field(None, description="Code")
    type: str
    activity: str | None = Field(None, description="Code of the activity that delivers it, where one may see it")
    baseline_start: Partial
    baseline_end: Partial
    cost_estimate: Decimal | None = Field(None, description="EUR; for the programme's staff")
    note: Wording


class PlanWithLines(PlanOut):
    """One version with its lines."""

    context: Wording
    lines: list[PlanLineOut]


class PlanPage(Schema):
    """Some versions, and where the next ones are."""

    items: list[PlanOut]
    next: str | None = Field(None, description="Address of the next page; None at the end")
