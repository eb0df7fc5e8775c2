"""Periods: closed spans of days, with calendar quarters, years and a programme's own reporting years."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from pilotage.kit.texts import Text

MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTHS_RU = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
MONTHS_RU_OF = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
HARD = "\u00a0"


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` to ``end``, both days included (domain handbook, 7). None is open on that side."""

    start: date | None
    end: date | None
    label: Text
    code: str

    @classmethod
    def parse(cls, code: str) -> Period:
        """``2023-Q2``, ``2023-06``, ``2023`` or ``2023-01-01..2023-06-30``. Raises ValueError for anything else."""
        if match := re.fullmatch(r"(\d{4})-[Qq]([1-4])", code):
            return cls.quarter(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d{4})-(\d{2})", code):
            return cls.month(int(match[1]), int(match[2]))
        if re.fullmatch(r"\d{4}", code):
            return cls.year(int(code))
        if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?", code):
            start = date.fromisoformat(match[1]) if match[1] else None
            end = date.fromisoformat(match[2]) if match[2] else None
            return cls.between(start, end)
        raise ValueError(f"not a period: {code!r}")

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """A calendar quarter."""
        first = 3 * quarter - 2
        start, end = date(year, first, 1), date(year, first + 2, monthrange(year, first + 2)[1])
        label = {
            "en": f"{MONTHS_EN[first - 1]} – {MONTHS_EN[first + 1]} {year}",
            "ru": f"{MONTHS_RU[first - 1]} – {MONTHS_RU[first + 1]} {year}{HARD}г.",
        }
        return cls(start, end, label, f"{year}-Q{quarter}")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month."""
        start, end = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        label = {"en": f"{MONTHS_EN[month - 1]} {year}", "ru": f"{MONTHS_RU[month - 1]} {year}{HARD}г."}
        return cls(start, end, label, f"{year}-{month:02}")

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31), {"en": str(year), "ru": f"{year}{HARD}г."}, str(year))

    @classmethod
    def between(cls, start: date | None, end: date | None) -> Period:
        """Any span; raises ValueError where it ends before it starts."""
        if start and end and end < start:
            raise ValueError("the period ends before it starts")
        code = f"{start.isoformat() if start else ''}..{end.isoformat() if end else ''}"
        if start and end:
            label = {
                "en": f"{written_day(start, 'en')} – {written_day(end, 'en')}",
                "ru": f"{written_day(start, 'ru')} – {written_day(end, 'ru')}",
            }
        elif end:
            label = {"en": f"to {written_day(end, 'en')}", "ru": f"по {written_day(end, 'ru')}"}
        elif start:
            label = {"en": f"from {written_day(start, 'en')}", "ru": f"с {written_day(start, 'ru')}"}
        else:
            label = {"en": "all dates", "ru": "все даты"}
        return cls(start, end, label, code)

    @property
    def next_quarter(self) -> Period:
        """The calendar quarter that begins the day after this period. Raises ValueError for an open period."""
        if self.end is None:
            raise ValueError("an open period has no next quarter")
        day = self.end + timedelta(days=1)
        return Period.quarter(day.year, (day.month - 1) // 3 + 1)


def written_day(day: date, language: str) -> str:
    """A day in full: “30 June 2023”, «30 июня 2023 г.», with hard spaces."""
    if language == "ru":
        return f"{day.day}{HARD}{MONTHS_RU_OF[day.month - 1]}{HARD}{day.year}{HARD}г."
    return f"{day.day}{HARD}{MONTHS_EN[day.month - 1]}{HARD}{day.year}"


def quarter_end(day: date) -> date:
    """The last day of the calendar quarter of ``day``."""
    month = (day.month - 1) // 3 * 3 + 3
    return date(day.year, month, monthrange(day.year, month)[1])


def reporting_year(day: date, phase_start: date) -> int:
    """The reporting year that ``day`` falls in, 1 for the first (domain handbook, 7); below 1 before the start."""
    years = day.year - phase_start.year
    before_anniversary = (day.month, day.day) < (phase_start.month, phase_start.day)
    return years + (0 if before_anniversary else 1)


def common_reporting_year(first: date | None, last: date | None, phase_start: date | None) -> int | None:
    """The reporting year in which both days lie; None where they lie in two, before the phase, or one is not known."""
    if first is None or last is None or phase_start is None:
        return None
    year = reporting_year(first, phase_start)
    return year if year == reporting_year(last, phase_start) >= 1 else None


def reporting_year_period(number: int, phase_start: date, phase_end: date | None) -> Period:
    """Reporting year ``number`` of a phase, the last one cut at the phase's end."""
    start = _anniversary(phase_start, number - 1)
    end = _anniversary(phase_start, number) - timedelta(days=1)
    if phase_end and end > phase_end:
        end = phase_end
    span = Period.between(start, end)
    label = {
        "en": f"Year{HARD}{number} ({span.label['en']})",
        "ru": f"{number}-й{HARD}год ({span.label['ru']})",
    }
    return Period(start, end, label, span.code)


def _anniversary(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
