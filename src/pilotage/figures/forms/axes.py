"""Axes: round ticks for values, and a time axis of two storeys (quarters or months, years below)."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.values import name, short_name
from pilotage.figures.forms.wordings import MONTHS_SHORT, QUARTERS_SHORT
from pilotage.figures.table import Key
from pilotage.kit.numbers import percent, written_shortly
from pilotage.kit.periods import Period


def ticks(most: float, wanted: int = 4) -> list[float]:
    """Round values from 0 to ``most`` or just above it, about ``wanted`` steps of 1, 2 or 5 by powers of ten."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / wanted
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    return [step * place for place in range(ceil(most / step - 1e-9) + 1)]


def whole_ticks(most: float, wanted: int = 4) -> list[float]:
    """As ``ticks``, but never between whole numbers: for things that are counted."""
    return [value for value in ticks(max(ceil(most), 1), wanted) if value == int(value)]


def tick_labels(values: Sequence[float], unit: str, language: str) -> list[str]:
    """How ticks are written."""
    return [percent(value, language) if unit == "percent" else written_shortly(value, language) for value in values]


def period_parts(code: str, language: str) -> tuple[str, str] | None:
    """A period's code as (name within the year, year): ("Q2", "2023"), ("Jun", "2023"); None for other codes."""
    try:
        period = Period.parse(code)
    except ValueError:
        return None
    if period.start is None or period.code != code:
        return None
    names = language if language in MONTHS_SHORT else "en"
    if code[5:6] == "Q":
        return QUARTERS_SHORT[names][int(code[6]) - 1], code[:4]
    if len(code) == 7:
        return MONTHS_SHORT[names][int(code[5:]) - 1], code[:4]
    return (code, "") if len(code) == 4 else None


def key_axis(sheet: Sheet, keys: Sequence[Key], left: float, band: float, top: float) -> float:
    """Labels for bands of width ``band`` from ``left`` on, below ``top``; gives the y below them.

    The longest form that fits every band is taken; where none does, every second, third… band is labelled.
    """
    language, size = sheet.language, sheet.size.small
    parts = [period_parts(key.code, language) for key in keys]
    if keys and all(parts):
        return _time_axis(sheet, [part for part in parts if part], left, band, top)
    for labels in ([name(key, language) for key in keys], [short_name(key, language) for key in keys]):
        widest = max((sheet.measured(label[:100], size=size) for label in labels), default=0)
        if widest + size * 0.5 <= band:
            break
    step = max(1, ceil((widest + size * 0.6) / band)) if widest < band * 4 else max(1, ceil(size * 5 / band))
    for place in range(0, len(labels), step):
        x = left + band * (place + 0.5)
        room = band * step - size * 0.4
        half = min(x, sheet.width - x)
        sheet.add(
            sheet.fitted(
                x, top + size * 1.3, labels[place], min(room, half * 2), size=size, align="middle", tone="quiet"
            )
        )
    return top + size * 1.8


def _time_axis(sheet: Sheet, parts: list[tuple[str, str]], left: float, band: float, top: float) -> float:
    size = sheet.size.small
    names = [part[0] for part in parts]
    widest = max(sheet.measured(label, size=size) for label in names)
    y = top + size * 1.3
    if parts[0][1] == "":
        step = max(1, ceil((widest + size * 0.6) / band))
        for place in range(0, len(names), step):
            sheet.add(sheet.text(left + band * (place + 0.5), y, names[place], size=size, align="middle", tone="quiet"))
        return y + size * 0.5
    if widest + size * 0.3 <= band:
        for place, label in enumerate(names):
            sheet.add(sheet.text(left + band * (place + 0.5), y, label, size=size, align="middle", tone="quiet"))
        y += size * 1.25
    first = 0
    for place in range(1, len(parts) + 1):
        if place < len(parts) and parts[place][1] == parts[first][1]:
            continue
        room, year = band * (place - first), parts[first][1]
        x = left + band * first
        if first:
            sheet.add(sheet.line(f"M{x:.1f} {top:.1f}V{y:.1f}", "axis", 0.8))
        shown = year if sheet.measured(year, size=size) <= room - size * 0.6 else f"’{year[2:]}"
        if sheet.measured(shown, size=size) <= room - size * 0.2:
            sheet.add(sheet.text(x + room / 2, y, shown, size=size, align="middle", tone="quiet"))
        first = place
    return y + size * 0.5


def value_axis(
    sheet: Sheet, values: Sequence[float], labels: Sequence[str], left: float, right: float, top: float, bottom: float
) -> None:
    """Faint lines at ``values`` from ``left`` to ``right`` with their numbers before them; the lowest is the base."""
    most = values[-1] or 1
    for value, label in zip(values, labels, strict=True):
        y = bottom - (bottom - top) * value / most
        sheet.add(sheet.line(f"M{left:.1f} {y:.1f}H{right:.1f}", "grid" if value else "axis"))
        sheet.add(
            sheet.text(
                left - sheet.em * 0.4,
                y + sheet.size.small * 0.35,
                label,
                size=sheet.size.small,
                align="end",
                tone="quiet",
            )
        )
