"""A figure as comma separated values: one line a cell, so that no program has to guess at heads."""

from __future__ import annotations

import csv
import io

from pilotage.figures.forms.values import known_on, name
from pilotage.figures.forms.wordings import SUPPRESSED, TOTAL
from pilotage.figures.table import Cell, FigureTable
from pilotage.kit.texts import wording

BOM = "\ufeff"
"""Tells Excel that the text is UTF-8."""
RUNS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that spreadsheets take for the beginning of a formula."""
HEADS = {
    "value": {"en": "Value", "ru": "Значение"},
    "numerator": {"en": "Numerator", "ru": "Числитель"},
    "denominator": {"en": "Denominator", "ru": "Знаменатель"},
    "remark": {"en": "Remark", "ru": "Примечание"},
}


def as_csv(table: FigureTable, language: str) -> str:
    """The cells, the totals and, in lines of their own below, what they mean and for which day they are true."""
    file = io.StringIO()
    writer = csv.writer(file)
    codes = [dimension.code for dimension in table.dimensions]
    labels = [wording(dimension.label, language) for dimension in table.dimensions]
    writer.writerow([*codes, *labels, *(wording(head, language) for head in HEADS.values())])
    for keys, cell in table.rows() if table.dimensions else ():
        names = [
            name(key, language)
            for code, dimension in zip(keys, table.dimensions, strict=True)
            for key in dimension.keys
            if key.code == code
        ]
        writer.writerow([*map(harmless, keys), *map(harmless, names), *_numbers(cell, language)])
    total = wording(TOTAL, language)
    if len(table.dimensions) == 2:
        for place, totals in enumerate((table.row_totals, table.column_totals)):
            known = {key.code: name(key, language) for key in table.dimensions[place].keys}
            for code, cell in totals.items():
                coded, named = ["*", "*"], [total, total]
                coded[place], named[place] = harmless(code), harmless(known.get(code, code))
                writer.writerow([*coded, *named, *_numbers(cell, language)])
    count = len(table.dimensions)
    writer.writerow([*["*"] * count, *[total] * count, *_numbers(table.total, language)])
    writer.writerow([])
    for line in about(table, language):
        writer.writerow([harmless(line)])
    return BOM + file.getvalue()


def about(table: FigureTable, language: str) -> list[str]:
    """What a file must say of its numbers: title, programme, period, day, rule, what could not be counted."""
    scope = table.scope
    lines = [
        wording(table.title, language),
        wording(scope.phases_label, language),
        wording(scope.period_label, language),
        f"{ {'en': 'As of', 'ru': 'По состоянию на'}.get(language, 'As of') } {scope.as_of.isoformat()}",
        known_on(scope, language),
        *(text for text in table.note.values()),
        *(wording(gap.sentence, language) for gap in table.gaps),
    ]
    if scope.filters:
        lines.insert(3, "; ".join(f"{dimension} = {key or 'unknown'}" for dimension, key in scope.filters))
    if table.fictional:
        lines.append({"ru": "Вымышленные данные."}.get(language, "Fictional data."))
    return [line for line in lines if line]


def harmless(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(RUNS) else text


def _numbers(cell: Cell, language: str) -> list[str | int | float]:
    values = [cell.value, cell.numerator, cell.denominator]
    shown: list[str | int | float] = ["" if value is None else value for value in values]
    return [*shown, wording(SUPPRESSED, language) if cell.suppressed else ""]
