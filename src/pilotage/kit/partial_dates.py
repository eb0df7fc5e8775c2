"""Dates as well as they are known: a day, a month, a quarter, a year, a span, or only "not later than".

The written form follows the Extended Date/Time Format where it has one: ``2023-06-20``, ``2023-06``, ``2023-Q2``,
``2023``, ``2015-09/2015-11`` (some time between), ``../2023-04`` (not later than), ``2023-04/..`` (not before).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

_POINT = re.compile(r"^(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?$")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """What is known of a date: the first and the last day that it can be; None is open on that side."""

    first: date | None
    last: date | None
    written: str

    @classmethod
    def parse(cls, written: str) -> PartialDate:
        """The date that ``written`` states. Raises ValueError where it states none."""
        text = written.strip().upper()
        if "/" in text:
            left, right = text.split("/", 1)
            first = None if left == ".." else _point(left)[0]
            last = None if right == ".." else _point(right)[1]
            if first is None and last is None:
                raise ValueError(f"no date: {written!r}")
            if first and last and last < first:
                raise ValueError(f"ends before it starts: {written!r}")
            return cls(first, last, text)
        first, last = _point(text)
        return cls(first, last, text)

    @classmethod
    def on(cls, day: date) -> PartialDate:
        """A date known to the day."""
        return cls(day, day, day.isoformat())

    @property
    def is_day(self) -> bool:
        """True where the day itself is known."""
        return self.first is not None and self.first == self.last

    def falls_within(self, start: date | None, end: date | None) -> bool:
        """True where every day that this date can be lies from ``start`` to ``end``, both included."""
        after_start = start is None or (self.first is not None and self.first >= start)
        before_end = end is None or (self.last is not None and self.last <= end)
        return after_start and before_end

    def __str__(self) -> str:
        return self.written


def _point(text: str) -> tuple[date, date]:
    match = _POINT.match(text)
    if not match:
        raise ValueError(f"not a date: {text!r}")
    year, quarter, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if day and month:
        exact = date(year, month, day)
        return exact, exact
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if quarter:
        return date(year, 3 * quarter - 2, 1), date(year, 3 * quarter, monthrange(year, 3 * quarter)[1])
    return date(year, 1, 1), date(year, 12, 31)


class PartialDateField(models.CharField):
    """Stores a PartialDate as it is written; empty where nothing is known. Models keep the bounds in date columns."""

    description = "A date as well as it is known"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 21)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        text = super().clean(value, model_instance)
        return normalise_partial_date(text)


def normalise_partial_date(written: str) -> str:
    """The written form in capitals and without spaces; raises ValidationError with what to type instead."""
    text = written.strip().upper()
    if not text:
        return ""
    try:
        return PartialDate.parse(text).written
    except ValueError:
        raise ValidationError(
            _("“%(value)s” is not a date. Write 2023-06-20, 2023-06, 2023-Q2 or 2023."),
            code="partial_date",
            params={"value": written[:40]},
        ) from None


@lru_cache(maxsize=8192)
def bounds(written: str) -> tuple[date | None, date | None]:
    """First and last day that ``written`` can be; two Nones for an empty or open text."""
    if not written:
        return None, None
    known = PartialDate.parse(written)
    return known.first, known.last


def common_year(first: date | None, last: date | None) -> int | None:
    """The calendar year in which both days lie, or None where they do not share one."""
    return first.year if first and last and first.year == last.year else None


def common_quarter(first: date | None, last: date | None) -> int | None:
    """The calendar quarter in which both days lie, as year × 10 + quarter (20232), or None."""
    if not (first and last):
        return None
    one, other = quarter_number(first), quarter_number(last)
    return one if one == other else None


def common_month(first: date | None, last: date | None) -> int | None:
    """The month in which both days lie, as year × 100 + month (202306), or None."""
    if not (first and last) or (first.year, first.month) != (last.year, last.month):
        return None
    return first.year * 100 + first.month


def quarter_number(day: date) -> int:
    """The calendar quarter of ``day`` as year × 10 + quarter."""
    return day.year * 10 + (day.month - 1) // 3 + 1
