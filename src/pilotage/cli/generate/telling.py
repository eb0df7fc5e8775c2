"""What every part of the generated programme is told with."""

from __future__ import annotations

import random
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from pilotage.cli.generate.clock import Clock
from pilotage.cli.generate.programme import World
from pilotage.cli.generate.size import Size
from pilotage.cli.generate.years import Calendar
from pilotage.domain.membership.models import Role, User
from pilotage.kit.actors import Simulation
from pilotage.kit.changes import Operation, operation

GENERATOR = Simulation("Generator")
"""Whoever reads the change log sees by this name that the history is invented."""


@dataclass
class Telling:
    """How large the programme is, from when it is told, of which world, in whose names."""

    size: Size
    calendar: Calendar
    clock: Clock
    world: World
    users: dict[Role, User]
    random: random.Random

    def on(self, day: date, hour: int = 9, minute: int = 0) -> AbstractContextManager[Operation]:
        """An operation that is recorded on ``day``; what runs inside keeps its own name."""
        return operation("generate programme", by=GENERATOR, recorded_at=self.clock.at(day, hour, minute))
