"""Pure rules of work plans: moving a date that is only partly known."""

from __future__ import annotations

import re
from calendar import monthrange

from pilotage.kit.partial_dates import bounds

QUARTER = 3
"""Months in a quarter."""


def shifted(written: str, months: int) -> str | None:
    """The partial date ``written`` by ``months`` later (earlier where negative), known as well as before.

    A day keeps its number, or becomes the month's last. A quarter moves by whole quarters and a year by whole years
    alone: None where ``months`` is less than that, and for an empty date.
    """
    if not written:
        return None
    moved = [part if part == ".." else _moved(part, months) for part in written.split("/")]
    return None if None in moved else "/".join(part for part in moved if part)


def shifted_span(start: str, end: str, months: int) -> tuple[str, str] | None:
    """Start and end moved together; None where one of them cannot be moved so, or where neither is known."""
    moved = [shifted(one, months) if one else "" for one in (start, end)]
    if None in moved or not (start or end):
        return None
    return moved[0] or "", moved[1] or ""


def _moved(written: str, months: int) -> str | None:
    match = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?", written)
    if match is None:
        return None
    year, quarter, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if quarter:
        if months % QUARTER:
            return None
        place = year * 4 + quarter - 1 + months // QUARTER
        return f"{place // 4:04}-Q{place % 4 + 1}"
    if month is None:
        return f"{year + months // 12:04}" if months % 12 == 0 else None
    place = year * 12 + month - 1 + months
    year, month = divmod(place, 12)
    written = f"{year:04}-{month + 1:02}"
    return f"{written}-{min(day, monthrange(year, month + 1)[1]):02}" if day else written


def spread(start: str, end: str, months: list[tuple[int, int]]) -> list[str]:
    """For each month (year, month): ``sure`` where the line certainly is under way in it, ``perhaps`` where it may be.

    A line known to the month fills its month; of one known to a quarter or a year nobody knows the month. Other months
    are empty.
    """
    begin, finish = bounds(start or end), bounds(end or start)
    opens, closes = begin[0] or begin[1], finish[1] or finish[0]
    if opens is None or closes is None:
        return [""] * len(months)
    days = (opens, closes, begin[1] or closes, finish[0] or opens)
    first, last, surely, until = (day.year * 12 + day.month for day in days)
    marks = []
    for year, month in months:
        place = year * 12 + month
        marks.append("sure" if surely <= place <= until else "perhaps" if first <= place <= last else "")
    return marks
