"""Figures in per cent of another figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pilotage.figures.computation import Computation
from pilotage.figures.figure import Figure
from pilotage.figures.measures import Quotient, quotient
from pilotage.figures.registry import figure_of
from pilotage.figures.scopes import CompiledScope
from pilotage.figures.table import UNKNOWN, Cell, Dimension, FigureTable, Key
from pilotage.figures.withholding import WITHHELD


def quotient_of(
    figure: Figure, measure: Quotient, scope: CompiledScope, dimensions: tuple[str, ...], threshold: int
) -> FigureTable:
    """The table of a figure in per cent of another: both computed alike, then divided cell by cell."""
    over = Computation(figure_of(measure.numerator), scope, dimensions, threshold).table()
    under = Computation(figure_of(measure.denominator), scope, dimensions, threshold).table()

    def divided(first: Cell, second: Cell) -> Cell:
        if first.suppressed or second.suppressed:
            return WITHHELD
        return quotient(first.value or 0, second.value or 0)

    def combined_totals(first: Mapping[str, Cell], second: Mapping[str, Cell]) -> dict[str, Cell]:
        return {
            key: divided(first.get(key, Cell(0)), second.get(key, Cell(0))) for key in dict.fromkeys((*second, *first))
        }

    merged = tuple(
        Dimension(one.code, one.label, _merged(one.keys, other.keys), one.overlapping)
        for one, other in zip(under.dimensions, over.dimensions, strict=True)
    )
    return FigureTable(
        figure=figure.code,
        title=figure.title,
        note=figure.note,
        unit=figure.unit.code,
        unit_forms=figure.unit.forms,
        dimensions=merged,
        cells={
            keys: divided(over.cell(*keys), under.cell(*keys)) for keys in dict.fromkeys((*under.cells, *over.cells))
        },
        total=divided(over.total, under.total),
        row_totals=combined_totals(over.row_totals, under.row_totals),
        column_totals=combined_totals(over.column_totals, under.column_totals),
        scope=under.scope,
        gaps=under.gaps,
        fictional=under.fictional,
        additive=False,
    )


def _merged(first: Sequence[Key], second: Sequence[Key]) -> tuple[Key, ...]:
    known = {key.code: key for key in (*first, *second)}
    unknown = known.pop(UNKNOWN, None)
    return (*known.values(), *((unknown,) if unknown else ()))
