"""Partial dates in words: “20 June 2023”, «июнь 2023 г.», “2nd quarter of 2023”, “not later than April 2023”."""

from __future__ import annotations

import re
from datetime import date

from pilotage.kit.partial_dates import PartialDate
from pilotage.kit.periods import HARD, MONTHS_EN, MONTHS_RU, MONTHS_RU_OF, written_day

_ORDINAL = ("1st", "2nd", "3rd", "4th")


def written_partial(written: str, language: str) -> str:
    """The partial date ``written`` in words; "" for an empty one. Raises ValueError where it is no date."""
    if not written:
        return ""
    PartialDate.parse(written)
    if "/" in written:
        left, right = written.split("/", 1)
        if left == "..":
            last = _of(right, language)
            return f"не позднее {last}" if language == "ru" else f"not later than {_point(right, language)}"
        if right == "..":
            first = _of(left, language)
            return f"не ранее {first}" if language == "ru" else f"not before {_point(left, language)}"
        if language == "ru":
            return f"между {_point(left, language)} и {_point(right, language)}"
        return f"between {_point(left, language)} and {_point(right, language)}"
    return _point(written, language)


def written_span(start: str, end: str, language: str) -> str:
    """Two partial dates as one text, without saying the shared month or year twice: “20–22 June 2023”."""
    if not start or not end or start == end:
        return written_partial(start or end, language)
    one, other = PartialDate.parse(start), PartialDate.parse(end)
    if one.is_day and other.is_day and one.first and other.first:
        return _days(one.first, other.first, language)
    return f"{written_partial(start, language)} – {written_partial(end, language)}"


def _days(first: date, last: date, language: str) -> str:
    end = written_day(last, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        months = MONTHS_RU_OF if language == "ru" else MONTHS_EN
        return f"{first.day}{HARD}{months[first.month - 1]} – {end}"
    return f"{written_day(first, language)} – {end}"


def _point(written: str, language: str) -> str:
    match = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?", written)
    assert match
    year, quarter, month, day = match.groups()
    if day:
        return written_day(date(int(year), int(month), int(day)), language)
    if language == "ru":
        if month:
            return f"{MONTHS_RU[int(month) - 1]} {year}{HARD}г."
        return f"{quarter}-й{HARD}квартал {year}{HARD}г." if quarter else f"{year}{HARD}г."
    if month:
        return f"{MONTHS_EN[int(month) - 1]}{HARD}{year}"
    return f"{_ORDINAL[int(quarter) - 1]}{HARD}quarter of {year}" if quarter else year


def _of(written: str, language: str) -> str:
    """As ``_point``, in the Russian genitive: «не позднее апреля 2023 г.»."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", written)
    if language == "ru" and match:
        return f"{MONTHS_RU_OF[int(match[2]) - 1]} {match[1]}{HARD}г."
    if language == "ru" and (quarter := re.fullmatch(r"(\d{4})-Q([1-4])", written)):
        return f"{quarter[2]}-го{HARD}квартала {quarter[1]}{HARD}г."
    if language == "ru" and re.fullmatch(r"\d{4}", written):
        return f"{written}{HARD}г."
    return _point(written, language)
