"""A table in words, for those who cannot see the drawing: the description of an SVG, the alternative text in a PDF."""

from __future__ import annotations

from pilotage.figures.forms.values import END_OF_SENTENCE, name, row_total, said, shown
from pilotage.figures.forms.wordings import AS_OF, TOTAL
from pilotage.figures.table import FigureTable
from pilotage.kit.periods import written_day
from pilotage.kit.texts import wording


def in_words(table: FigureTable, language: str) -> str:
    """Everything that the table holds, as a short text: title and period, the total, then every key with its number.

    "Activities by country, 2023, as of 30 June 2023: 25 activities. Country: Kazakhstan 12; Kyrgyzstan 13."
    """
    scope = table.scope
    day = wording(AS_OF, language)
    where = [wording(table.title, language), wording(scope.period_label, language)]
    where.append(f"{day[0].lower()}{day[1:]} {written_day(scope.as_of, language)}")
    first = f"{', '.join(part for part in where if part)}: {said(table.total, table, language)}"
    sentences = [first, *_breakdown(table, language)]
    sentences += [wording(gap.sentence, language) for gap in table.gaps]
    return " ".join(
        sentence if sentence.endswith(END_OF_SENTENCE) else f"{sentence}." for sentence in sentences if sentence
    )


def _breakdown(table: FigureTable, language: str) -> list[str]:
    if not table.dimensions:
        return []
    labels = " / ".join(wording(dimension.label, language) for dimension in table.dimensions)
    first = table.dimensions[0]
    if len(table.dimensions) == 1:
        items = [f"{name(key, language)} {shown(table.cell(key.code), table, language)}" for key in first.keys]
        return [f"{labels}: {'; '.join(items)}"] if items else []
    second = table.dimensions[1]
    items = []
    for key in first.keys:
        cells = ", ".join(
            f"{name(other, language)} {shown(table.cell(key.code, other.code), table, language)}"
            for other in second.keys
        )
        total = row_total(key, table)
        known = total.value is not None or total.suppressed
        items.append(f"{name(key, language)}{f' {shown(total, table, language)}' if known else ''} ({cells})")
    sentences = [f"{labels}: {'; '.join(items)}"] if items else []
    totals = [
        f"{name(key, language)} {shown(table.column_totals[key.code], table, language)}"
        for key in second.keys
        if key.code in table.column_totals
    ]
    return [*sentences, f"{wording(TOTAL, language)}: {', '.join(totals)}"] if totals else sentences
