"""Filters of a register. Their values stand in the address; what cannot be understood there is said, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pilotage.kit.periods import Period
from pilotage.web.registers.definition import Reading, everybody

Choices = Sequence[tuple[str, str | Promise]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a filter makes of the address: the values that it understood, in words, and what it did not."""

    values: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Filter:
    """One filter; ``key`` is its name in the address."""

    part: ClassVar[str] = ""

    key: str
    label: Promise
    may: Callable[[Reading], bool] = everybody

    def read(self, raw: Sequence[str], reading: Reading) -> Chosen:
        """The values that ``raw`` (from the address) chooses."""
        raise NotImplementedError

    def narrow(self, queryset: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
        """The records that ``values`` leave."""
        raise NotImplementedError

    def context(self, reading: Reading) -> dict[str, Any]:
        """What the filter's part of the page needs."""
        return {}


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One or more of a list. Several values mean "any of these"."""

    part: ClassVar[str] = "registers/filters/choice.html"

    choices: Callable[[Reading], Choices] = lambda reading: ()
    by: Callable[[QuerySet, Sequence[str], Reading], QuerySet] = lambda queryset, values, reading: queryset
    many: bool = True

    def read(self, raw: Sequence[str], reading: Reading) -> Chosen:
        """Values that are not in the list are named as unknown."""
        known = dict(self.choices(reading))
        wanted = [value for value in dict.fromkeys(raw) if value]
        values = [value for value in wanted if value in known]
        unknown = [value[:40] for value in wanted if value not in known]
        if not self.many:
            values = values[:1]
        problem = (
            _("“%(value)s” is not known here and was left out.") % {"value": ", ".join(unknown)} if unknown else ""
        )
        return Chosen(tuple(values), tuple(str(known[value]) for value in values), problem)

    def narrow(self, queryset: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
        """Records of any of the values."""
        return self.by(queryset, values, reading)

    def context(self, reading: Reading) -> dict[str, Any]:
        """The list to choose from."""
        return {"choices": self.choices(reading), "many": self.many}


@dataclass(frozen=True)
class FlagFilter(Filter):
    """Yes, or not asked."""

    part: ClassVar[str] = "registers/filters/flag.html"

    by: Callable[[QuerySet, Reading], QuerySet] = lambda queryset, reading: queryset

    def read(self, raw: Sequence[str], reading: Reading) -> Chosen:
        """Anything but an empty text is yes."""
        return Chosen(("1",), (_("yes"),)) if any(raw) else Chosen()

    def narrow(self, queryset: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
        """Records for which it is so."""
        return self.by(queryset, reading)


@dataclass(frozen=True)
class PeriodFilter(Filter):
    """A quarter, a month, a year or any span: ``2023-Q2``, ``2023-06``, ``2023``, ``2023-01-01..2023-06-30``."""

    part: ClassVar[str] = "registers/filters/period.html"

    by: Callable[[QuerySet, Period, Reading], QuerySet] = lambda queryset, period, reading: queryset

    def read(self, raw: Sequence[str], reading: Reading) -> Chosen:
        """A text that is no period is named with what to write instead."""
        typed = next((value.strip() for value in raw if value.strip()), "")
        if not typed:
            return Chosen()
        try:
            period = Period.parse(typed)
        except ValueError:
            return Chosen(
                problem=_("“%(value)s” is not a period. Write 2023-Q2, 2023-06, 2023 or 2023-01-01..2023-06-30.")
                % {"value": typed[:40]}
            )
        return Chosen((typed,), (reading.said(period.label),))

    def narrow(self, queryset: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
        """Records of the period."""
        return self.by(queryset, Period.parse(values[0]), reading)

    def context(self, reading: Reading) -> dict[str, Any]:
        """The quarters and years of the phase, to choose from while typing."""
        return {"periods": periods_of_phase(reading)}


def periods_of_phase(reading: Reading) -> list[tuple[str, str]]:
    """Years and quarters of the phase as (code, words), the latest first."""
    first, last = reading.phase.start, reading.phase.end
    if first is None:
        return []
    last = max(first, min(last or reading.today, reading.today))
    found = []
    for year in range(last.year, first.year - 1, -1):
        found.append((str(year), reading.said(Period.year(year).label)))
        for quarter in range(4, 0, -1):
            period = Period.quarter(year, quarter)
            if period.start and period.end and period.start <= last and period.end >= first:
                found.append((period.code, reading.said(period.label)))
    return found
