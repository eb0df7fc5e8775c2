"""A figure said in a sentence: exactly, or rounded down to a number that it certainly exceeds."""

from __future__ import annotations

from pilotage.figures.forms.values import PERCENT, amount, forms, said, shown
from pilotage.figures.table import FigureTable
from pilotage.kit.numbers import HARD, over, plural
from pilotage.kit.texts import wording


def exact(table: FigureTable, language: str) -> str:
    """The total with its noun: "1 412 participations", «1 412 участий», "36 % (36 of 99)", "n/a"."""
    return said(table.total, table, language)


def rounded(table: FigureTable, language: str) -> str:
    """The total as publications say it: "over 1 400 participations", «свыше 1 400 участий»; small numbers exactly."""
    value = amount(table.total, table)
    if value is None or table.unit == PERCENT or value != int(value):
        return shown(table.total, table, language) if table.unit == PERCENT else exact(table, language)
    number = over(value, language)
    nouns = forms(table, language)
    # A rounded number ends in a zero, after which the noun stands in the form for many.
    noun = plural(value, nouns, language) if number[0].isdigit() else nouns[-1] if nouns else ""
    return f"{number}{HARD}{noun}".rstrip(HARD)


def full(table: FigureTable, language: str) -> str:
    """Title, period and total: "Activities implemented, April – June 2023: 25 activities."."""
    where = ", ".join(part for part in (wording(table.title, language), wording(table.scope.period_label, language)))
    return f"{where}: {exact(table, language)}."
