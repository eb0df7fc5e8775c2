"""The choosers of a figure's page, and the tidy address that they lead to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from pilotage.domain.programme.models import Phase
from pilotage.figures.asking import UNKNOWN_WORD, Asked
from pilotage.figures.computation import combine
from pilotage.figures.dimensions import KINDS
from pilotage.figures.scopes import TO_DATE, WHOLE, Rule, UnknownChoice, compile_scope
from pilotage.figures.table import FigureTable
from pilotage.kit.past.moment import current_day
from pilotage.kit.periods import Period, reporting_year, reporting_year_period
from pilotage.kit.texts import wording

LISTED = ("country", "component", "type", "scope", "mode", "state", "institution_type", "deliverable_type")
"""Dimensions with few keys: their filters are lists. The others are filtered by pressing a number."""
MOST_YEARS = 15


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chooser:
    """One list of the form; ``groups`` are (heading, options)."""

    name: str
    label: str
    groups: list[tuple[str, list[Option]]]


def canonical(query: QueryDict, asked: Asked) -> str | None:
    """The tidy address where the form sent empty fields or two dates; None where the address is tidy.

    Dates that cannot be read are left out, as are those of a period that would end before it starts.
    """
    ends = [query.get(name, "") for name in ("from", "to")]
    if not any(ends) and all(value for _name, values in query.lists() for value in values):
        return None
    period = asked.period
    if any(ends):
        days = [_day(text) for text in ends]
        if not (days[0] and days[1] and days[1] < days[0]):
            period = Period.between(days[0], days[1]).code
    return replace(asked, period=period).address()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def permanent(asked: Asked, table: FigureTable) -> str:
    """The address that will always give this very question: period and day written out."""
    usual = WHOLE if asked.figure.rule in (Rule.PLANNED, Rule.BASELINE, Rule.STOCK) else TO_DATE
    return replace(asked, period=asked.period or usual, as_of=table.scope.as_of).address()


def unknown(error: UnknownChoice) -> str:
    """What to say of something that does not exist."""
    return _("“%(value)s” is not known here.") % {"value": error.value[:60]}


def choices(asked: Asked, language: str) -> dict[str, Any]:
    """Everything that the form offers, with what is chosen."""
    figure = asked.figure
    first, second = (*asked.dimensions, "", "")[:2]
    scope = compile_scope(phases=asked.phases, period=None, filters={}, as_of=asked.as_of, rule=figure.rule)
    lists = []
    for name in LISTED:
        if name not in figure.dimensions:
            continue
        chosen = asked.filters.get(name, ())
        keys = KINDS[name].keys(scope, every(name))
        options = [
            Option(key.code or UNKNOWN_WORD, wording(key.label, language), key.code in chosen) for key in keys.values()
        ]
        anything = Option("", _("all"), not chosen)
        lists.append(Chooser(name, wording(KINDS[name].label, language), [("", [anything, *options])]))
    hidden = [
        (name, code or UNKNOWN_WORD)
        for name, codes in asked.filters.items()
        for place, code in enumerate(codes)
        if name not in LISTED or place
    ]
    others = Phase.objects.exclude(pk=asked.phases[0].pk).order_by("programme__code", "-number")
    together = {phase.pk for phase in asked.phases}
    return {
        "period": periods(asked, language) if figure.rule != Rule.STOCK else None,
        "by": by(asked, "by", _("Break down by"), first, "", language),
        "by2": by(asked, "by2", _("and by"), second, first, language),
        "lists": lists,
        "hidden": hidden,
        "as_of": asked.as_of.isoformat() if asked.as_of else "",
        "today": current_day().isoformat(),
        "phases": [
            Option(phase.code, wording(phase.title or phase.short_title, language), phase.pk in together)
            for phase in others
        ],
    }


def every(name: str) -> list[Any]:
    """All that the database may hold for a dimension with fixed choices, "not stated" among it."""
    found = getattr(KINDS[name], "choices", None)
    return [*found.values, ""] if found else [None, *([0] if name == "component" else [])]


def by(asked: Asked, name: str, label: str, chosen: str, beside: str, language: str) -> Chooser:
    """The list of dimensions; those that cannot stand beside the first are left out."""
    fitting = [
        one
        for one in asked.figure.dimensions
        if one != beside
        and (not beside or combine(asked.figure, (beside, one)))
        and (one != "phase" or _several(asked))
    ]
    options = [Option("", _("no further breakdown"), not chosen)]
    options += [Option(one, wording(KINDS[one].label, language), one == chosen) for one in fitting]
    return Chooser(name, label, [("", options)])


def _several(asked: Asked) -> bool:
    return len(asked.phases) > 1 or "phase" in asked.dimensions


def periods(asked: Asked, language: str) -> Chooser:
    """To date, everything, the phase's quarters, years and reporting years, and the dates typed before."""
    chosen = asked.period or (WHOLE if asked.figure.rule in (Rule.PLANNED, Rule.BASELINE) else TO_DATE)
    groups = [
        ("", [("to-date", _("to date")), ("all", _("the whole phase"))]),
        *_spans(asked.phases[0], len(asked.phases) == 1, language),
    ]
    known = {code for _heading, pairs in groups for code, _label in pairs}
    if chosen not in known:
        groups.append((_("Chosen dates"), [(chosen, _label_of(chosen, language))]))
    return Chooser(
        "period",
        _("Period"),
        [(heading, [Option(code, label, code == chosen) for code, label in pairs]) for heading, pairs in groups],
    )


def _spans(phase: Phase, alone: bool, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    today = current_day()
    start, end = phase.start or date(today.year - 5, 1, 1), phase.end or today
    years = list(range(start.year, min(end.year, start.year + MOST_YEARS) + 1))[::-1]
    quarters = [Period.quarter(year, quarter) for year in years for quarter in (4, 3, 2, 1)]
    quarters = [one for one in quarters if one.end and one.start and one.end >= start and one.start <= end]
    groups = [
        (_("Quarters"), [(one.code, wording(one.label, language)) for one in quarters]),
        (_("Years"), [(str(year), wording(Period.year(year).label, language)) for year in years]),
    ]
    if alone and phase.start:
        last = reporting_year(end, phase.start)
        spans = [(number, reporting_year_period(number, phase.start, phase.end)) for number in range(last, 0, -1)]
        named = [(f"year-{number}", wording(one.label, language)) for number, one in spans[-MOST_YEARS:]]
        groups.append((_("Reporting years"), named))
    return groups


def _label_of(code: str, language: str) -> str:
    try:
        return wording(Period.parse(code).label, language)
    except ValueError:
        return code


def chips(asked: Asked, language: str) -> list[tuple[str, str, str]]:
    """What narrows the figure, as (dimension, key in words, address without it)."""
    scope = compile_scope(phases=asked.phases, period=None, filters={}, as_of=asked.as_of, rule=asked.figure.rule)
    found = []
    for name, codes in asked.filters.items():
        kind = KINDS[name]
        raws = {kind.raw(scope, code): code for code in codes}
        keys = {key.code: wording(key.label, language) for key in kind.keys(scope, raws).values()}
        for code in codes:
            rest = {one: kept for one, kept in asked.filters.items() if one != name}
            left = tuple(one for one in codes if one != code)
            narrower = replace(asked, filters=rest | ({name: left} if left else {}))
            found.append((wording(kind.label, language), keys.get(code, code), narrower.address()))
    return found
