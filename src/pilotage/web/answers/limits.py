"""How often somebody may try: counted in the database, so that every process of the server knows; forgotten after a while.

Who tries is kept as a digest alone: no network address stays anywhere.
"""

from __future__ import annotations

import random
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pilotage.exchange.models import Tries

WITHIN = timedelta(minutes=10)
GUESSES = 20
"""Addresses that lead nowhere, from one network address."""
ANSWERS = 90
"""Answers by one personal link."""
RETURNS = 10
"""Files sent back by one personal link."""
CODES = 60
"""Wrong codes typed from paper, by one person."""
SWEPT = 0.02
"""One count in fifty clears away what is forgotten."""


def reached(kind: str, who: str, most: int) -> bool:
    """True where ``who`` has tried ``most`` times within ten minutes."""
    return Tries.objects.filter(
        kind=kind, who=_digest(kind, who), began__gt=timezone.now() - WITHIN, number__gte=most
    ).exists()


def count(kind: str, who: str) -> None:
    """Counts one try; several processes at once count each."""
    now = timezone.now()
    key = {"kind": kind, "who": _digest(kind, who)}
    with transaction.atomic():
        Tries.objects.get_or_create(**key, defaults={"began": now})
        # Two statements, each decided by the database: who comes second adds to what the first began.
        Tries.objects.filter(**key, began__lte=now - WITHIN).update(began=now, number=0)
        Tries.objects.filter(**key).update(number=F("number") + 1)
    if random.random() < SWEPT:
        Tries.objects.filter(began__lte=now - WITHIN).delete()


def network_address(request: HttpRequest) -> str:
    """Where the request came from: behind proxies of one's own, the address that they tell of (PILOTAGE_PROXIES)."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _digest(kind: str, who: str) -> str:
    return salted_hmac(f"pilotage.tries.{kind}", who, algorithm="sha256").hexdigest()
