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


def operands(
    measure: Quotient, scope: CompiledScope, dimensions: tuple[str, ...], threshold: int
) -> tuple[Computation, Computation]:
    """The computations of the numerator and of the denominator, which also says what could not be counted."""
    return (
        Computation(figure_of(measure.numerator), scope, dimensions, threshold, with_gaps=False),
        Computation(figure_of(measure.denominator), scope, dimensions, threshold),
    )


def divided(figure: Figure, over: FigureTable, under: FigureTable) -> FigureTable:
    """The table of a figure in per cent of another: both were computed alike and are divided cell by cell."""

    def share(first: Cell, second: Cell) -> Cell:
        if first.suppressed or second.suppressed:
            return WITHHELD
        return quotient(first.value or 0, second.value or 0)

    def combined_totals(first: Mapping[str, Cell], second: Mapping[str, Cell]) -> dict[str, Cell]:
        return {
            key: share(first.get(key, Cell(0)), second.get(key, Cell(0))) for key in dict.fromkeys((*second, *first))
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
        cells={keys: share(over.cell(*keys), under.cell(*keys)) for keys in dict.fromkeys((*under.cells, *over.cells))},
        total=share(over.total, under.total),
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
