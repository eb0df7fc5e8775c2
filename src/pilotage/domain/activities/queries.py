"""Which activities: the questions that pages, figures and documents ask."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from pilotage.domain.activities.states import AHEAD, HELD
from pilotage.kit.records import RecordQuerySet

WITH_DETAILS = ("country_links__country", "co_organiser_links__institution", "institution_links__institution")


class ActivityQuerySet(RecordQuerySet):
    """Activities, narrowed in the field's words. Chain freely; nothing here groups or counts for figures."""

    def held(self) -> Self:
        """Implemented or verified: what has taken place."""
        return self.filter(state__in=HELD)

    def ahead(self) -> Self:
        """Planned, confirmed or postponed: still to come."""
        return self.filter(state__in=AHEAD)

    def ended_within(self, start: date | None, end: date | None) -> Self:
        """Certainly ended from ``start`` to ``end``, both included: an event counts in the period of its end."""
        return self.filter(within("ended", start, end))

    def perhaps_ended_within(self, start: date | None, end: date | None) -> Self:
        """May have ended within the period, but its date is not known well enough to say so."""
        return self.filter(overlapping("ended", start, end)).exclude(within("ended", start, end))

    def planned_within(self, start: date | None, end: date | None) -> Self:
        """Certainly planned (or else by baseline) to end within the period."""
        return self.filter(within("planned", start, end))

    def perhaps_planned_within(self, start: date | None, end: date | None) -> Self:
        """May be planned to end within the period."""
        return self.filter(overlapping("planned", start, end)).exclude(within("planned", start, end))

    def late_on(self, day: date) -> Self:
        """Still to come although the planned end has certainly passed on ``day``."""
        return self.ahead().filter(planned_last__lt=day)

    def joint(self) -> Self:
        """Held together with a co-organiser."""
        from pilotage.domain.activities.models import CoOrganiser

        return self.filter(Exists(CoOrganiser.objects.filter(activity=OuterRef("pk"))))

    def with_participants(self) -> Self:
        """Adds ``participants`` and ``women``; None where the activity has no tally."""
        return self.annotate(
            participants=Sum("tallies__count"),
            women=Sum("tallies__count", filter=Q(tallies__sex="woman")),
        )

    def without_tally(self) -> Self:
        """Activities for which no line of a tally exists: their participants are not known."""
        return self.annotate(tally_lines=Count("tallies")).filter(tally_lines=0)

    def in_order(self) -> Self:
        """By first day, unknown dates last."""
        return self.order_by(F("begins_on").asc(nulls_last=True), "code")


def within(prefix: str, start: date | None, end: date | None) -> Q:
    """Both bounds of the date ``prefix`` lie in the period. A period open on both sides holds every record."""
    known = Q()
    if start:
        known &= Q(**{f"{prefix}_first__gte": start})
    if end:
        known &= Q(**{f"{prefix}_last__lte": end})
    return known


def overlapping(prefix: str, start: date | None, end: date | None) -> Q:
    """The date ``prefix`` may lie in the period; an unknown one may lie anywhere."""
    possible = Q()
    if start:
        possible &= Q(**{f"{prefix}_last__gte": start}) | Q(**{f"{prefix}_last": None})
    if end:
        possible &= Q(**{f"{prefix}_first__lte": end}) | Q(**{f"{prefix}_first": None})
    return possible
