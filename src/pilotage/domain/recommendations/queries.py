"""Which recommendations: the questions that pages, figures and documents ask."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import F

from pilotage.domain.activities.queries import overlapping, within
from pilotage.domain.recommendations.words import (
    ANSWERED,
    AWAITING_ANSWER,
    NOT_COUNTED,
    OPEN,
    TAKEN_UP,
    TO_IMPLEMENT,
    State,
)
from pilotage.kit.records import RecordQuerySet


class RecommendationQuerySet(RecordQuerySet):
    """Recommendations, narrowed in the field's words. Chain freely."""

    def counted(self) -> Self:
        """Issued and neither withdrawn nor superseded, their state known: what every rate is taken over."""
        return self.exclude(state__in=NOT_COUNTED).filter(state_known=True)

    def issued_within(self, start: date | None, end: date | None) -> Self:
        """Certainly issued from ``start`` to ``end``, both included."""
        return self.filter(within("issued", start, end))

    def perhaps_issued_within(self, start: date | None, end: date | None) -> Self:
        """May have been issued within the period; the date is not known well enough to say so."""
        return self.filter(overlapping("issued", start, end)).exclude(within("issued", start, end))

    def open(self) -> Self:
        """Issued and not yet adopted, rejected, withdrawn or superseded."""
        return self.filter(state__in=OPEN, state_known=True)

    def answered(self) -> Self:
        """With an answer; under consideration is none."""
        return self.filter(state__in=ANSWERED, state_known=True)

    def taken_up(self) -> Self:
        """Accepted wholly or in part, whatever came after."""
        return self.filter(state__in=TAKEN_UP, state_known=True)

    def adopted(self) -> Self:
        """Adopted into practice and verified."""
        return self.filter(state=State.ADOPTED, state_known=True)

    def overdue_on(self, day: date) -> Self:
        """Accepted, partly accepted or in progress, and due before ``day``."""
        return self.filter(state__in=TO_IMPLEMENT, state_known=True, implementation_due__lt=day)

    def answer_late_on(self, day: date) -> Self:
        """Unanswered past the response date on ``day``."""
        return self.filter(state__in=AWAITING_ANSWER, state_known=True, response_due__lt=day)

    def in_order(self) -> Self:
        """Oldest first, unknown dates last."""
        return self.order_by(F("issued_last").asc(nulls_last=True), "code")
