"""The shape of the catalogue of figures."""

from __future__ import annotations

from ninja import Schema

from pilotage.api.shapes.common import Wording


class FigureOut(Schema):
    """A figure of the catalogue."""

    code: str
    title: Wording
    note: Wording
    unit: str
    group: str
    dimensions: list[str]
