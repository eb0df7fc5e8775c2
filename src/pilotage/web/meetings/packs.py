"""Where the packs and the printed minutes of a meeting are, once somebody has made them."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.domain.steering.models import Meeting
from pilotage.web.pages import PageRequest


@dataclass(frozen=True, slots=True)
class Printed:
    """One document about a meeting."""

    label: str
    address: str


def packs_of(request: PageRequest, meeting: Meeting) -> list[Printed]:
    """The documents about the meeting that the viewer may open."""
    return []
