"""When the fictional programme learned of things: the recorded dates of a simulation (``kit.changes.operation``).

What is told of a day is recorded on that day, in the hours of an office; what is referred to must be recorded before
what refers to it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

_LOADED = timedelta(minutes=5)


class Clock:
    """Gives moments that have passed. Whatever would lie ahead becomes a few minutes ago."""

    def __init__(self, today: date) -> None:
        told = timezone.make_aware(datetime.combine(today, time(23, 0)))
        self.latest = min(told, timezone.now() - _LOADED)

    def at(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """The moment on ``day`` at which something was recorded."""
        return min(timezone.make_aware(datetime.combine(day, time(hour, minute))), self.latest)
