"""Totals that published texts state, each beside what the records give, with the difference explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase, StatedTotal
from pilotage.figures.asking import Asked
from pilotage.figures.forms.values import shown
from pilotage.figures.registry import figure_of
from pilotage.figures.scopes import TO_DATE, UnknownChoice
from pilotage.figures.table import FigureTable
from pilotage.figures.totals import totals
from pilotage.kit.numbers import written
from pilotage.kit.partial_dates import bounds
from pilotage.kit.partial_words import written_partial
from pilotage.kit.past.moment import current_day
from pilotage.kit.periods import written_day
from pilotage.kit.texts import Text
from pilotage.web.programme.words import stated_words, unit_word

AT_LEAST = frozenset({"over", "more than", "at least", "nearly", "almost", "about", "up to"})
"""Qualifiers with which a printed number is round: a small difference says nothing."""
ROUND = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Compared:
    """One stated total. ``recorded`` is empty where no figure of ours answers the same question."""

    stated: StatedTotal
    words: str
    unit: str
    as_of: str
    """In words; empty where the text does not say."""
    recorded: str
    difference: str
    explanation: str
    address: str
    gaps: tuple[Text, ...]


def compared(phase: Phase, siblings: Sequence[Phase], viewer: Viewer, language: str) -> list[Compared]:
    """Every total stated for the phase or for the programme as a whole, latest first. All figures are asked at once."""
    stated = StatedTotal.objects.filter(Q(phase=phase) | Q(phase=None, programme=phase.programme_id))
    found = sorted(stated.order_by("-as_of", "-id"), key=lambda total: last_day(total) or date.min, reverse=True)
    questions = [question_of(total, phase, siblings) for total in found]
    answers = iter(totals([asked for asked in questions if asked], viewer))
    return [
        _compared(total, asked, next(answers) if asked else None, language)
        for total, asked in zip(found, questions, strict=True)
    ]


def question_of(total: StatedTotal, phase: Phase, siblings: Sequence[Phase]) -> Asked | None:
    """The question to our figures that the stated total answers; None where there is no such figure."""
    try:
        figure = figure_of(total.figure) if total.figure else None
    except UnknownChoice:
        figure = None
    if figure is None:
        return None
    phases = [phase] if total.phase_id else sorted(siblings, key=lambda one: one.pk != phase.pk)
    day = last_day(total)
    as_of = day if day and day < current_day() else None
    filters = {
        name: (value,) if isinstance(value, str) else tuple(value) for name, value in total.figure_filters.items()
    }
    return Asked(figure, tuple(phases), total.period or TO_DATE, (), filters, as_of)


def last_day(total: StatedTotal) -> date | None:
    """The last day that the total can speak of."""
    if total.as_of:
        return total.as_of
    try:
        return bounds(total.as_of_text.strip().upper())[1] if total.as_of_text else None
    except ValueError:
        return None


def as_of_in_words(total: StatedTotal, language: str) -> str:
    """The day, month or year that the total speaks of, as exactly as the text says it."""
    if total.as_of:
        return written_day(total.as_of, language)
    try:
        return written_partial(total.as_of_text.strip().upper(), language)
    except ValueError:
        return total.as_of_text


def _compared(total: StatedTotal, asked: Asked | None, table: FigureTable | None, language: str) -> Compared:
    start = (total, stated_words(total, language), unit_word(total), as_of_in_words(total, language))
    if asked is None:
        return Compared(*start, "", "", _("No figure of ours answers this question."), "", ())
    if table is None:
        return Compared(*start, "", "", _("Our figure for this cannot be shown here."), "", ())
    gaps = tuple(gap.sentence for gap in table.gaps)
    difference, explanation = explained(total, table, language)
    recorded = shown(table.total, table, language)
    return Compared(*start, recorded, difference, explanation, asked.address(), gaps)


def explained(total: StatedTotal, table: FigureTable, language: str) -> tuple[str, str]:
    """The difference between what was stated and what the records give, as a number and in words."""
    value = table.total.value
    if value is None:
        return "", _("The records do not tell.")
    recorded = Decimal(str(value))
    gap = recorded - total.number
    if gap == 0:
        return "0", _("The records agree.")
    if total.qualifier in AT_LEAST and abs(gap) <= total.number * ROUND:
        return written(gap, language), _("The printed number is a round one, and the records are near it.")
    if gap > 0 and total.qualifier in {"over", "more than", "at least"}:
        return written(gap, language), _("The records give more, as the printed number allows.")
    if gap > 0:
        return written(gap, language), _(
            "The records give more: activities may be counted otherwise, or were added after the text was printed."
        )
    return written(gap, language), _(
        "The records are a sample, gathered from what was published: the others are not known to us."
    )
