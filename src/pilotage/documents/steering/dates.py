"""Dates as narrow columns of tables print them: “6–8 Feb 2023”, «6–8 фев. 2023»."""

from __future__ import annotations

from datetime import date

from pilotage.kit.partial_dates import PartialDate
from pilotage.kit.partial_words import written_span
from pilotage.kit.periods import HARD

MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"),
    "ru": ("янв.", "фев.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сен.", "окт.", "ноя.", "дек."),
}
WHOLE_MONTHS_RU = ("янв.", "фев.", "март", "апр.", "май", "июнь", "июль", "авг.", "сен.", "окт.", "ноя.", "дек.")


def short_day(day: date | None, language: str) -> str:
    """A day in short; empty for none."""
    return f"{day.day}{HARD}{_month(day, language)}{HARD}{day.year}" if day else ""


def short_span(start: str, end: str, language: str) -> str:
    """Two partial dates in short; months and quarters as they are written elsewhere."""
    parts = [PartialDate.parse(part) for part in (start, end) if part]
    days = [part.first for part in parts if part.is_day and part.first]
    if not parts or len(days) < len(parts):
        return _month_alone(start, end, language) or written_span(start, end, language)
    first, last = days[0], days[-1]
    if first == last:
        return short_day(last, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{short_day(last, language)}"
    year = f"{HARD}{first.year}" if first.year != last.year else ""
    return f"{first.day}{HARD}{_month(first, language)}{year} – {short_day(last, language)}"


def _month(day: date, language: str) -> str:
    return MONTHS.get(language, MONTHS["en"])[day.month - 1]


def _month_alone(start: str, end: str, language: str) -> str:
    """“Feb 2023” for a date that is known to the month; empty for anything else."""
    written = start or end
    if (end and end != written) or len(written) != len("2023-02") or "Q" in written:
        return ""
    month = int(written[5:])
    names = WHOLE_MONTHS_RU if language == "ru" else MONTHS["en"]
    return f"{names[month - 1].capitalize() if language != 'ru' else names[month - 1]}{HARD}{written[:4]}"
