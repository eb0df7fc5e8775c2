"""The shapes of phases and components."""

from __future__ import annotations

from datetime import date

from ninja import Schema
from pydantic import Field

from pilotage.api.shapes.common import Wording


class ComponentOut(Schema):
    """A thematic component."""

    number: str
    title: Wording
    short_title: Wording
    specific_objective: Wording
    lead_partner: str | None = Field(None, description="Code of the institution")


class PhaseOut(Schema):
    """A programme phase."""

    code: str
    programme: str
    number: int
    title: Wording
    short_title: Wording
    objective: Wording
    start: date | None
    end: date | None = Field(None, description="With all signed addenda")
    countries: list[str]
    components: list[ComponentOut]
    fictional: bool
    address: str
