"""Addresses of figures and of the records behind their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pilotage.domain.programme.models import Phase
from pilotage.figures.asking import Asked
from pilotage.figures.forms.common import Link
from pilotage.figures.registry import figure_of
from pilotage.figures.table import FigureTable, Keys


def figure_address(
    phase: Phase, code: str, period: str | None = None, as_of: date | None = None, by: Sequence[str] | None = None
) -> str:
    """The page of a figure, by the dimensions ``by`` or by those that it opens with."""
    figure = figure_of(code)
    return Asked(figure, (phase,), period, tuple(figure.usual if by is None else by), {}, as_of).address()


def records_address(
    phase: Phase, code: str, keys: Mapping[str, str], period: str | None = None, as_of: date | None = None
) -> str:
    """The records behind a cell: ``keys`` by dimension."""
    return Asked(figure_of(code), (phase,), period, (), {}, as_of).records_address(keys)


def cell_links(phase: Phase, table: FigureTable, period: str | None = None, as_of: date | None = None) -> Link:
    """For a chart: from the keys of a mark to the records behind it."""
    names = [dimension.code for dimension in table.dimensions]

    def link(keys: Keys) -> str | None:
        return records_address(phase, table.figure, dict(zip(names, keys, strict=False)), period, as_of)

    return link
