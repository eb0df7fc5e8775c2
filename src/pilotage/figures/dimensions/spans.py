"""Dimensions of time: quarters, years, reporting years, without holes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pilotage.figures.dimensions.kind import Kind, Raw
from pilotage.figures.scopes import CompiledScope, UnknownChoice
from pilotage.figures.table import UNKNOWN, Key
from pilotage.kit.partial_dates import quarter_number
from pilotage.kit.periods import Period, reporting_year, reporting_year_period

UNDATED_KEY = Key(
    UNKNOWN, {"en": "Date not known", "ru": "Дата неизвестна"}, {"en": "no date", "ru": "без даты"}, hue="unknown"
)
MOST_PERIODS = 240
"""No table prints more quarters or years than this, whatever period is asked for."""


@dataclass(frozen=True, slots=True)
class Spans(Kind):
    """Quarters or years without holes, over the period asked for and what was found."""

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        present = set(found)
        numbers = {number for number in present if number is not None}
        numbers |= {self.number(scope, day) for day in closed_bounds(scope)}
        keys: dict[Raw, Key] = {}
        if numbers:
            for number in self.between(min(numbers), max(numbers))[:MOST_PERIODS]:
                keys[number] = self.key(scope, number)
        return keys | ({None: UNDATED_KEY} if None in present else {})

    def number(self, scope: CompiledScope, day: date) -> int:
        """The number under which ``day`` is stored."""
        raise NotImplementedError

    def between(self, first: int, last: int) -> Sequence[int]:
        """All numbers from ``first`` to ``last``."""
        return range(first, last + 1)

    def key(self, scope: CompiledScope, number: int) -> Key:
        """The key of a number."""
        raise NotImplementedError


def closed_bounds(scope: CompiledScope) -> tuple[date, ...]:
    """First and last day to print, where both are known: of the period, but not beyond the end of the phases."""
    if scope.start is None or scope.end is None:
        return ()
    ends = [phase.end for phase in scope.phases]
    last = max((day for day in ends if day), default=scope.end) if all(ends) else scope.end
    return scope.start, max(scope.start, min(scope.end, last))


@dataclass(frozen=True, slots=True)
class Quarters(Spans):
    """Calendar quarters, stored as year × 10 + quarter."""

    def number(self, scope: CompiledScope, day: date) -> int:
        return quarter_number(day)

    def between(self, first: int, last: int) -> Sequence[int]:
        return [number for number in range(first, last + 1) if 1 <= number % 10 <= 4]

    def key(self, scope: CompiledScope, number: int) -> Key:
        year, quarter = divmod(number, 10)
        period = Period.quarter(year, quarter)
        roman = ("I", "II", "III", "IV")[quarter - 1]
        short = {"en": f"Q{quarter}\u00a0{year}", "ru": f"{roman}\u00a0кв.\u00a0{year}"}
        return Key(period.code, period.label, short)

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return None
        try:
            period = Period.parse(code)
        except ValueError:
            period = Period.between(None, None)
        if period.start is None or period.code != code or "Q" not in code:
            raise UnknownChoice(self.code, code)
        return quarter_number(period.start)


@dataclass(frozen=True, slots=True)
class Years(Spans):
    """Calendar years."""

    def number(self, scope: CompiledScope, day: date) -> int:
        return day.year

    def key(self, scope: CompiledScope, number: int) -> Key:
        return Key(str(number), Period.year(number).label if 1 <= number <= 9999 else {"en": str(number)})

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return None
        if not (len(code) == 4 and code.isascii() and code.isdigit()):
            raise UnknownChoice(self.code, code)
        return int(code)


@dataclass(frozen=True, slots=True)
class ReportingYears(Spans):
    """The programme's own years, counted from its start; with their dates where one phase is spoken of."""

    def number(self, scope: CompiledScope, day: date) -> int:
        starts = [phase.start for phase in scope.phases if phase.start]
        return max((reporting_year(day, start) for start in starts), default=1) if starts else 1

    def between(self, first: int, last: int) -> Sequence[int]:
        return range(max(1, first), last + 1)

    def key(self, scope: CompiledScope, number: int) -> Key:
        short = {"en": f"Year\u00a0{number}", "ru": f"{number}-й\u00a0год"}
        first = scope.phases[0]
        if (
            len(scope.phases) == 1
            and first.start
            and not (first.end and reporting_year(first.end, first.start) < number)
        ):
            return Key(str(number), reporting_year_period(number, first.start, first.end).label, short)
        return Key(str(number), short)

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return None
        if not (code.isascii() and code.isdigit() and len(code) <= 2):
            raise UnknownChoice(self.code, code)
        return int(code)
