"""What a figure is asked for: which phases, which period, true for which day, narrowed how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q

from pilotage.domain.activities.queries import overlapping, within
from pilotage.domain.programme.models import Phase
from pilotage.figures.languages import joined
from pilotage.kit.past.moment import current_day
from pilotage.kit.periods import Period, reporting_year_period, written_day
from pilotage.kit.texts import Text

TO_DATE = "to-date"
"""The period from the start of the phase to the day that the figure is true for."""
WHOLE = "all"
"""The period without ends: every record of the phase."""
NOBODY = Q(pk__in=())

Filters = Mapping[str, "str | Iterable[str]"]


class UnknownChoice(ValueError):
    """Asked for a figure, dimension, key or period that does not exist. ``what`` names it."""

    def __init__(self, what: str, value: str) -> None:
        super().__init__(f"no such {what}: {value!r}")
        self.what, self.value = what, value


class Rule(StrEnum):
    """Which date decides that a record falls into a period."""

    ENDED = "ended"
    """The actual end (domain handbook, 7: an event belongs to the period of its end)."""
    PLANNED = "planned"
    """The planned end, or the baseline where no other plan was made."""
    BASELINE = "baseline"
    """The end by the first plan, which later changes leave alone."""
    DUE = "due"
    """The end of the quarter of the baseline end, as far as it has passed."""
    STOCK = "stock"
    """No period: the state of things on the day."""
    ISSUED = "issued"
    """The day on which a recommendation was issued."""
    OVERDUE = "overdue"
    """No period: what was due for implementation before the day."""
    PLAN_AT_START = "plan-at-start"
    """The lines, due by the end of the period, of the plan in force when the period began."""
    PLAN_LATEST = "plan-latest"
    """The same of the latest version of the plan."""
    UNANSWERED = "unanswered"
    """No period: what was to be answered before the day."""


DATES: dict[Rule, str] = {
    Rule.ENDED: "ended",
    Rule.PLANNED: "planned",
    Rule.BASELINE: "baseline",
    Rule.DUE: "baseline",
    Rule.ISSUED: "issued",
    Rule.OVERDUE: "issued",
    Rule.UNANSWERED: "issued",
}
ON_THE_DAY: dict[Rule, str] = {Rule.OVERDUE: "implementation_due", Rule.UNANSWERED: "response_due"}
"""Rules that know no period, with the date that has passed on the day."""
"""The prefix of the activity's columns by which a rule groups into quarters and years."""


@dataclass(frozen=True, slots=True)
class CompiledScope:
    """A figure's scope, checked and complete."""

    phases: tuple[Phase, ...]
    start: date | None
    end: date | None
    as_of: date
    today: date
    to_date: bool
    period_label: Text
    filters: dict[str, tuple[str, ...]]
    known: dict[tuple[Any, ...], Any] = field(default_factory=dict, compare=False, repr=False)
    """What had to be read to tell which records count; shared by questions that are asked together."""

    @property
    def past(self) -> bool:
        """True where the figure is asked for a day before today, so that later states do not count."""
        return self.as_of < self.today

    def certain(self, rule: Rule, prefix: str = "") -> Q:
        """The records that certainly fall into the period; ``prefix`` leads from them to the activity."""
        if rule == Rule.STOCK:
            return Q()
        if rule in ON_THE_DAY:
            return Q(**{f"{prefix}{ON_THE_DAY[rule]}__lt": self.as_of})
        if rule == Rule.DUE:
            last = min(self.end, self.as_of) if self.end else self.as_of
            due = Q(**{f"{prefix}due_on__lte": last})
            return due & Q(**{f"{prefix}due_on__gte": self.start}) if self.start and not self.to_date else due
        return within(f"{prefix}{DATES[rule]}", *self._bounds(rule))

    def perhaps(self, rule: Rule, prefix: str = "") -> Q:
        """The records that may fall into the period, but whose date is not known well enough to say so."""
        if rule in (Rule.STOCK, Rule.DUE, *ON_THE_DAY) or self._bounds(rule) == (None, None):
            return NOBODY
        column = f"{prefix}{DATES[rule]}"
        bounds = self._bounds(rule)
        return overlapping(column, *bounds) & ~within(column, *bounds)

    def _bounds(self, rule: Rule) -> tuple[date | None, date | None]:
        start = None if self.to_date else self.start
        end = self.end
        if rule in (Rule.ENDED, Rule.ISSUED):
            if self.past:
                end = min(end, self.as_of) if end else self.as_of
            elif self.to_date:
                # What is recorded as held has ended by today, whatever is known of the day.
                end = None
        return start, end


def compile_scope(
    *,
    phases: Sequence[Phase],
    period: Period | str | None,
    filters: Filters,
    as_of: date | None,
    rule: Rule,
) -> CompiledScope:
    """The scope for a figure that follows ``rule``. No period means "to date", or everything for plans.

    Raises UnknownChoice for a period that cannot be read, ValueError where no phase is given.
    """
    if not phases:
        raise ValueError("a figure needs a phase")
    today = current_day()
    day = as_of or today
    if period is None:
        whole = (Rule.PLANNED, Rule.BASELINE, Rule.STOCK, *ON_THE_DAY)
        period = WHOLE if rule in whole else TO_DATE
    start, end, label, to_date = _span(period, phases, day)
    chosen = {
        name: (value,) if isinstance(value, str) else tuple(dict.fromkeys(value)) for name, value in filters.items()
    }
    return CompiledScope(tuple(phases), start, end, day, today, to_date, label, chosen)


def _span(period: Period | str, phases: Sequence[Phase], as_of: date) -> tuple[date | None, date | None, Text, bool]:
    if period == TO_DATE:
        starts = [phase.start for phase in phases]
        start = min((day for day in starts if day), default=None) if all(starts) else None
        label = {
            "en": f"from the start to {written_day(as_of, 'en')}",
            "ru": f"с начала по {written_day(as_of, 'ru')}",
        }
        return start, as_of, label, True
    if period == WHOLE:
        return None, None, {"en": "the whole phase", "ru": "вся фаза"}, False
    if isinstance(period, str):
        period = period_named(period, phases)
    return period.start, period.end, period.label, False


def period_named(code: str, phases: Sequence[Phase]) -> Period:
    """The period that an address names: those of ``Period.parse``, and ``year-2`` for a reporting year of one phase.

    Raises UnknownChoice.
    """
    try:
        if code.startswith("year-") and len(phases) == 1 and phases[0].start:
            number = int(code.removeprefix("year-"))
            if not 1 <= number <= 50:
                raise UnknownChoice("period", code)
            return reporting_year_period(number, phases[0].start, phases[0].end)
        return Period.parse(code)
    except (ValueError, OverflowError) as error:
        raise UnknownChoice("period", code) from error


def phases_label(phases: Sequence[Phase]) -> Text:
    """The phases' short titles, as one text."""
    return joined([phase.short_title or phase.title for phase in phases])
