"""The months of the next quarter as calendars: the days of activities filled in the colours of their components."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from pilotage.figures.forms.drawing.paint import HUES, Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.kit.partial_dates import PartialDate
from pilotage.kit.periods import MONTHS_EN, MONTHS_RU

WEEKDAYS = {"en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс")}
MOST_HUES = 3
"""More components than this on one day are not told apart in a cell of its size."""

Span = tuple[str, str, str]
"""Start and end as partial dates, and the hue."""


def days_of(spans: Iterable[Span], first: date, last: date) -> dict[date, list[str]]:
    """The days from ``first`` to ``last`` on which something takes place, each with its hues; only known days count."""
    found: dict[date, list[str]] = defaultdict(list)
    for start, end, hue in spans:
        try:
            begins, ends = PartialDate.parse(start), PartialDate.parse(end or start)
        except ValueError:
            continue
        if not begins.is_day or not ends.is_day or begins.first is None or ends.first is None:
            continue
        day, until = max(begins.first, first), min(ends.first, last)
        while day <= until:
            if hue not in found[day]:
                found[day].append(hue)
            day += timedelta(days=1)
    return {day: sorted(hues) for day, hues in sorted(found.items())}


def draw_months(
    days: Mapping[date, list[str]], first: date, *, language: str, width: float, medium: Medium, told: str
) -> str:
    """SVG of the three months from ``first`` on, in one row, or under one another where they have no room."""
    sheet = Sheet(
        identity=("months", first, sorted(days.items())),
        width=width, medium=medium, language=language, title=told, description=told, heading=False,
    )  # fmt: skip
    gap = sheet.em * 2.4
    month_width = (width - 2 * gap) / 3
    bottoms = []
    for place in range(3):
        month = (first.month - 1 + place) % 12 + 1
        year = first.year + (first.month - 1 + place) // 12
        bottoms.append(_draw_month(sheet, days, year, month, place * (month_width + gap), month_width))
    return sheet.finished(max(bottoms))


def _draw_month(
    sheet: Sheet, days: Mapping[date, list[str]], year: int, month: int, left: float, width: float
) -> float:
    size, russian = sheet.size.small, sheet.language == "ru"
    pitch, tall = width / 7, size * 1.6
    name = (MONTHS_RU if russian else MONTHS_EN)[month - 1]
    sheet.add(sheet.text(left, size * 1.1, name[:1].upper() + name[1:], size=sheet.em * 1.1, bold=True))
    sheet.add(sheet.line(f"M{left:.1f} {size * 1.75:.1f}h{width:.1f}", "axis", 0.8))
    for place, word in enumerate(WEEKDAYS["ru" if russian else "en"]):
        sheet.add(sheet.text(left + (place + 0.5) * pitch, size * 2.95, word, size=size, align="middle", tone="quiet"))
    top = size * 3.5
    offset, length = monthrange(year, month)
    for number in range(1, length + 1):
        row, column = divmod(offset + number - 1, 7)
        x, y = left + column * pitch, top + row * tall
        hues = days.get(date(year, month, number), [])[:MOST_HUES]
        for place, hue in enumerate(hues):
            part = (pitch - 1.2) / len(hues)
            sheet.add(sheet.box(x + 0.6 + place * part, y + 0.6, part, tall - 1.2, hue))
        tone = ("quiet" if column > 4 else "ink") if not hues else HUES[hues[0]].tone if len(hues) == 1 else "halo"
        sheet.add(
            sheet.text(
                x + pitch / 2, y + tall / 2 + size * 0.35, str(number),
                size=size, bold=bool(hues), align="middle", tone=tone,
            )
        )  # fmt: skip
    return top + 6 * tall
