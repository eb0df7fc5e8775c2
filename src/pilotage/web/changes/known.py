"""What the log of a phase holds: how many entries, by whom, of which operations and kinds.

To say so, every entry has to be looked at. The log only grows, so it is looked at once: what was found up to an entry that
has settled is kept for a while, and only what came after is looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.utils import timezone

from pilotage.domain.programme.models import Phase
from pilotage.kit.models import Change
from pilotage.kit.past.files import UNSETTLED

KEPT = timedelta(minutes=10)
"""Somebody who is given a role in the phase brings earlier entries along: they are in the lists after so long."""


@dataclass(frozen=True, slots=True)
class Known:
    """The entries up to number ``upto``, written by the operation ``mark``."""

    upto: int = 0
    mark: str = ""
    count: int = 0
    people: frozenset[str] = frozenset()
    operations: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


def known_in(phase: Phase, readable: QuerySet[Change], hidden: Sequence[str] = ()) -> Known:
    """What ``readable``, the entries of the phase without the kinds ``hidden``, holds now."""
    key = "-".join(("log-of-phase", str(phase.pk), *hidden))
    before: Known = cache.get(key) or Known()
    if before.upto and not Change.objects.filter(id=before.upto, operation=before.mark).exists():
        before = Known()  # another database stands here now
    settled = Change.objects.filter(at__lte=timezone.now() - UNSETTLED).order_by("-id")
    last = settled.values_list("id", "operation").first()
    if last is not None and last[0] > before.upto:
        before = _with(before, readable.filter(id__gt=before.upto, id__lte=last[0]), last[0], last[1].hex)
        cache.set(key, before, KEPT.total_seconds())
    return _with(before, readable.filter(id__gt=before.upto), before.upto, before.mark)


def _with(known: Known, entries: QuerySet[Change], upto: int, mark: str) -> Known:
    """``known`` and what ``entries`` add, in one query."""
    rows = list(entries.order_by().values_list("actor_name", "name", "record_type").annotate(entries=Count("id")))
    return Known(
        upto,
        mark,
        known.count + sum(row[3] for row in rows),
        known.people | {row[0] for row in rows},
        known.operations | {row[1] for row in rows},
        known.kinds | {row[2] for row in rows},
    )
