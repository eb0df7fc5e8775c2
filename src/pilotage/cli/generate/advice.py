"""Thin for now."""

from __future__ import annotations

from datetime import date


class Advice:
    """Recommendations."""

    def counts(self, scope: str, day: date) -> dict[str, int]:
        """Answered and open."""
        return {"answered": 0, "open": 0}
