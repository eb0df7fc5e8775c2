"""The periods that a reader may choose from, and the one that the address names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pilotage.domain.programme.models import Phase
from pilotage.figures.scopes import TO_DATE, UnknownChoice, period_named
from pilotage.kit.periods import Period, reporting_year, reporting_year_period
from pilotage.kit.texts import wording


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the period chooser."""

    code: str
    label: str


def period_in(asked: str, phase: Phase) -> str:
    """The code of the period asked for, or "to date" where none, or none that can be read, was asked for."""
    if not asked or asked == TO_DATE:
        return TO_DATE
    try:
        period_named(asked, [phase])
    except UnknownChoice:
        return TO_DATE
    return asked


def day_in(asked: str, today: date) -> date:
    """The day asked for, never later than today."""
    try:
        return min(date.fromisoformat(asked), today)
    except ValueError:
        return today


def choices_for(phase: Phase, as_of: date, chosen: str, language: str) -> list[tuple[str, list[Choice]]]:
    """The chooser's lines under their headings, latest first; a period that the address names is always among them."""
    groups = [("", [Choice(TO_DATE, _("to date"))])]
    if phase.start:
        last = min(as_of, phase.end) if phase.end else as_of
        quarters = [Choice(one.code, wording(one.label, language)) for one in quarters_between(phase.start, last)]
        years = [Choice(str(year), str(year)) for year in range(phase.start.year, last.year + 1)]
        groups.append((_("Quarters"), quarters[::-1]))
        groups.append((_("Calendar years"), years[::-1]))
        groups.append((_("Reporting years"), _reporting_years(phase, last, language)[::-1]))
    if chosen not in {choice.code for _label, choices in groups for choice in choices}:
        groups[0][1].append(Choice(chosen, wording(period_named(chosen, [phase]).label, language)))
    return [group for group in groups if group[1]]


def quarters_between(first: date, last: date) -> Iterator[Period]:
    """The calendar quarters in which the days from ``first`` to ``last`` lie."""
    one = Period.quarter(first.year, (first.month - 1) // 3 + 1)
    while one.start and one.start <= last:
        yield one
        one = one.next_quarter


def _reporting_years(phase: Phase, last: date, language: str) -> list[Choice]:
    if not phase.start or last < phase.start:
        return []
    return [
        Choice(f"year-{number}", wording(reporting_year_period(number, phase.start, phase.end).label, language))
        for number in range(1, reporting_year(last, phase.start) + 1)
    ]
