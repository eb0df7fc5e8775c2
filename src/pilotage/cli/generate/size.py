"""How large the fictional programme is, and the day it is told from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Size:
    """What is asked for. The same values give the same records."""

    seed: int = 7
    activities: int = 300
    participations: int = 5000
    years: int = 6
    """Length of the phase: about three quarters of it have passed, with a steering round in each year."""
    today: date = date(2000, 1, 1)
    register: float = 0.75
    """Share of the held activities whose participants are registered by name."""
    photos: int = 8
    code: str = "silk-bridge"

    @property
    def start(self) -> date:
        """First day of the phase: the first of March that leaves about three quarters of it behind today."""
        passed = round(self.years * 365 * 0.74)
        day = date.fromordinal(self.today.toordinal() - passed)
        return date(day.year, 3, 1)

    @property
    def end(self) -> date:
        """Last day of the phase by the contract."""
        return date.fromordinal(date(self.start.year + self.years, 3, 1).toordinal() - 1)
