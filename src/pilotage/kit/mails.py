"""Mails that are kept until the mail server takes them."""

from __future__ import annotations

from datetime import datetime

MOST_ATTEMPTS = 60
"""How often a mail is tried, about two weeks long, before somebody has to look after it."""


class Mailed:
    """A record of a mail that is tried again and again, but not for ever."""

    sent_at: datetime | None
    claimed_at: datetime | None
    attempts: int

    @property
    def given_up(self) -> bool:
        """True where it was tried so often in vain that it is not tried again by itself."""
        return self.sent_at is None and self.claimed_at is None and self.attempts >= MOST_ATTEMPTS
