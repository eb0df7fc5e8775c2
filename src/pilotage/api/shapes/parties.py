"""The shapes of institutions and places."""

from __future__ import annotations

from decimal import Decimal

from ninja import Schema

from pilotage.api.shapes.common import Wording


class InstitutionOut(Schema):
    """An institution."""

    code: str
    name: Wording
    short_name: Wording
    type: str
    country: str | None
    earlier_names: list[Wording]


class PlaceOut(Schema):
    """A place."""

    code: str
    name: Wording
    kind: str
    country: str
    latitude: Decimal | None
    longitude: Decimal | None
    earlier_names: list[Wording]
