"""Addresses of figures and of the records behind their cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from pilotage.domain.programme.models import Phase
from pilotage.figures.forms.common import Link
from pilotage.figures.scopes import TO_DATE
from pilotage.figures.table import UNKNOWN, FigureTable, Keys


def figure_address(
    phase: Phase, code: str, period: str = TO_DATE, as_of: date | None = None, keys: Mapping[str, str] | None = None
) -> str:
    """The page of a figure; with ``keys`` (dimension → key code) the records behind that cell."""
    query: dict[str, str] = {} if period == TO_DATE else {"period": period}
    if as_of:
        query["as_of"] = as_of.isoformat()
    behind = ""
    if keys:
        behind = "records/"
        query |= keys
    address = f"/{phase.code}/figures/{code}/{behind}"
    return f"{address}?{urlencode(query)}" if query else address


def cell_links(phase: Phase, table: FigureTable, code: str, period: str = TO_DATE, as_of: date | None = None) -> Link:
    """For a chart: from the keys of a mark to the records behind it."""
    names = [dimension.code for dimension in table.dimensions]

    def link(keys: Keys) -> str | None:
        named = {name: key for name, key in zip(names, keys, strict=False) if key != UNKNOWN}
        return figure_address(phase, code, period, as_of, named) if named else None

    return link
