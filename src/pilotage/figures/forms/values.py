"""How the cells and keys of a table are shown: as lengths, as numbers, in the titles of marks."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from django.utils import timezone

from pilotage.figures.forms.wordings import AS_OF, FICTIONAL, KNOWN_ON, NO_DATA, NOT_STATED, OF, SUPPRESSED
from pilotage.figures.table import UNKNOWN, Cell, FigureTable, Key, Scope
from pilotage.kit.numbers import HARD, counted, percent, written, written_shortly
from pilotage.kit.periods import written_day
from pilotage.kit.texts import wording

PERCENT = "percent"
SMALLEST_LENGTH = 1e-6
END_OF_SENTENCE = (".", "!", "?", "…")


def amount(cell: Cell, table: FigureTable) -> float | Fraction | int | None:
    """The number behind a cell; None for no data and for what is withheld. Percentages come from their counts."""
    if cell.suppressed:
        return None
    if table.unit == PERCENT and cell.numerator is not None and cell.denominator:
        return Fraction(cell.numerator) * 100 / Fraction(cell.denominator)
    return cell.value


def length(cell: Cell, table: FigureTable) -> float:
    """How long the mark of a cell is, in the table's unit: nothing for no data, withheld and negative numbers."""
    found = amount(cell, table)
    return float(found) if found is not None and found > SMALLEST_LENGTH else 0.0


def shown(cell: Cell, table: FigureTable, language: str) -> str:
    """The number as it is printed: "1 204", "54 %", "withheld", "n/a".

    Percentages that stand under each other all have one decimal: "40.0 %" above "47.1 %"; so do medians of days where
    one of them has a half.
    """
    if cell.suppressed:
        return wording(SUPPRESSED, language)
    found = amount(cell, table)
    if found is None:
        return wording(NO_DATA, language)
    if table.unit != PERCENT:
        halves = table.unit == "days" and not table.additive and any(one.value != _whole(one) for one in _cells(table))
        return written(found, language, 1) if halves else written_shortly(found, language)
    return f"{written(found, language, 1)}{HARD}%" if table.dimensions else percent(found, language)


def _cells(table: FigureTable) -> Iterator[Cell]:
    yield from table.cells.values()
    yield from table.row_totals.values()
    yield from table.column_totals.values()
    if table.dimensions:
        yield table.total


def _whole(cell: Cell) -> int | None:
    return None if cell.value is None else int(cell.value)


def said(cell: Cell, table: FigureTable, language: str) -> str:
    """The number with its noun, or a share with its counts: "25 activities", "54 % (13 of 24)"."""
    found = amount(cell, table)
    if found is None:
        return shown(cell, table, language)
    if cell.numerator is not None and cell.denominator is not None:
        counts = (written_shortly(part, language) for part in (cell.numerator, cell.denominator))
        return f"{shown(cell, table, language)} ({f'{HARD}{wording(OF, language)}{HARD}'.join(counts)})"
    if table.unit == PERCENT:
        return shown(cell, table, language)
    return counted(found, forms(table, language), language)


def forms(table: FigureTable, language: str) -> tuple[str, ...]:
    """Plural forms of the table's unit in ``language``, or else in English where they read as English."""
    return table.unit_forms.get(language) or table.unit_forms.get("en", ())


def name(key: Key, language: str) -> str:
    """A key's label; the unknown one has a name even where the table gives none."""
    found = wording(key.label, language)
    return found or (wording(NOT_STATED, language) if key.code == UNKNOWN else key.code)


def short_name(key: Key, language: str) -> str:
    """A key's short form, or its label where it has none."""
    return wording(key.short, language) or name(key, language)


def row_total(key: Key, table: FigureTable) -> Cell:
    """The total of a row of two dimensions: the table's own, or the sum where cells may be summed."""
    if key.code in table.row_totals:
        return table.row_totals[key.code]
    cells = [table.cell(key.code, other.code) for other in table.dimensions[1].keys]
    if not table.additive or table.dimensions[1].overlapping or any(cell.suppressed for cell in cells):
        return Cell(None)
    return Cell(sum(cell.value or 0 for cell in cells))


def known_on(scope: Scope, language: str) -> str:
    """The recorded date in words, where the figure leaves out what was recorded later; else an empty text."""
    if scope.recorded is None:
        return ""
    return f"{wording(KNOWN_ON, language)} {written_day(timezone.localdate(scope.recorded), language)}"


def default_caption(table: FigureTable, language: str) -> str:
    """Period, day, counting rule, what could not be counted, and whether the data are invented."""
    scope = table.scope
    parts = [wording(scope.phases_label, language), wording(scope.period_label, language)]
    where = ", ".join(part for part in parts if part)
    day = f"{wording(AS_OF, language)} {written_day(scope.as_of, language)}"
    sentences = [where, day, known_on(scope, language), wording(table.note, language)]
    sentences += [wording(gap.sentence, language) for gap in table.gaps]
    if table.fictional:
        sentences.append(wording(FICTIONAL, language))
    return " ".join(
        sentence if sentence.endswith(END_OF_SENTENCE) else f"{sentence}." for sentence in sentences if sentence
    )
