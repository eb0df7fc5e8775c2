"""How often somebody may try: counted in the cache of the server process, forgotten after ten minutes."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

SECONDS = 600
GUESSES = 20
"""Addresses that lead nowhere, from one network address."""
ANSWERS = 90
"""Answers by one personal link."""
CODES = 60
"""Wrong codes typed from paper, by one person."""


def reached(kind: str, who: str, most: int) -> bool:
    """True where ``who`` has tried ``most`` times within ten minutes."""
    return int(cache.get(_key(kind, who), 0)) >= most


def count(kind: str, who: str) -> None:
    """Counts one try."""
    key = _key(kind, who)
    if not cache.add(key, 1, SECONDS):
        try:
            cache.incr(key)
        except ValueError:
            cache.set(key, 1, SECONDS)


def network_address(request: HttpRequest) -> str:
    """Where the request came from, as far as the server knows."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _key(kind: str, who: str) -> str:
    return f"tries:{kind}:{who}"
