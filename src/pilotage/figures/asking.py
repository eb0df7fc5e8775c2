"""What an address asks of a figure, and the address that asks it: permanent, the same for pages, files and the API.

``period=2023-Q2&by=country&by2=component&country=KZ&as-of=2023-06-30``: a period, up to two dimensions, any keys as
filters (``unknown`` for what is not stated), the day, and further phases as ``with=bomca-9``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.figures.computation import combine
from pilotage.figures.compute import compute, members
from pilotage.figures.figure import Figure
from pilotage.figures.registry import figure_of
from pilotage.figures.scopes import UnknownChoice
from pilotage.figures.table import UNKNOWN, FigureTable
from pilotage.kit.past.moment import past

UNKNOWN_WORD = "unknown"
"""Stands in addresses for the key of what is not known, since an empty value is what forms send for "any"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to a figure. Hashable parts only; the phases are those that the records come from."""

    figure: Figure
    phases: tuple[Phase, ...]
    period: str | None = None
    dimensions: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    as_of: date | None = None

    @classmethod
    def read(cls, code: str, phases: Sequence[Phase], query: Mapping[str, Sequence[str]]) -> Asked:
        """The question in ``query`` (a name with all its values). Without dimensions, those that the figure opens with.

        Raises UnknownChoice for what does not exist; unknown names are left alone.
        """
        figure = figure_of(code)
        given = {name: tuple(value for value in values if value) for name, values in query.items()}
        one = {name: values[-1] for name, values in given.items() if values}
        dimensions = tuple(one[name] for name in ("by", "by2") if name in one)
        if "by" not in query and "by2" not in query:
            dimensions = figure.usual
        if "none" in dimensions:
            dimensions = ()
        if any(name not in figure.dimensions for name in dimensions) or not combine(figure, dimensions):
            raise UnknownChoice("dimension", ", ".join(dimensions))
        as_of = None
        if "as-of" in one:
            try:
                as_of = date.fromisoformat(one["as-of"])
            except ValueError:
                raise UnknownChoice("day", one["as-of"]) from None
        filters = {
            name: tuple(UNKNOWN if value == UNKNOWN_WORD else value for value in given[name])
            for name in figure.dimensions
            if given.get(name)
        }
        return cls(figure, tuple(phases), one.get("period"), dimensions, filters, as_of)

    def answer(self, viewer: Viewer | None) -> FigureTable:
        """The computed table. Raises as ``compute``."""
        return compute(
            self.figure.code,
            phases=self.phases,
            viewer=viewer,
            period=self.period,
            dimensions=self.dimensions,
            filters=self.filters,
            as_of=self.as_of,
        )

    def members(self, viewer: Viewer | None) -> QuerySet[Any]:
        """All records that the question counts, whatever the dimensions. Raises as ``compute``."""
        return members(
            self.figure.code,
            phases=self.phases,
            viewer=viewer,
            period=self.period,
            filters=self.filters,
            as_of=self.as_of,
        )

    def query(self, keys: Mapping[str, str] | None = None, **extra: str) -> str:
        """The query of this question's address, narrowed to the cell under ``keys``."""
        pairs: list[tuple[str, str]] = []
        if self.period:
            pairs.append(("period", self.period))
        pairs += zip(("by", "by2"), self.dimensions or ("none",), strict=False)
        chosen = self.filters | {name: (code,) for name, code in (keys or {}).items()}
        pairs += [(name, code or UNKNOWN_WORD) for name in self.figure.dimensions for code in chosen.get(name, ())]
        if self.as_of:
            pairs.append(("as-of", self.as_of.isoformat()))
        if moment := past():
            pairs.append(("recorded", moment.asked))
        pairs += [("with", phase.code) for phase in self.phases[1:]]
        pairs += list(extra.items())
        return urlencode(pairs)

    def address(self, keys: Mapping[str, str] | None = None, **extra: str) -> str:
        """The address of the figure's page that asks this."""
        return f"/{self.phases[0].code}/figures/{self.figure.code}/?{self.query(keys, **extra)}"

    def records_address(self, keys: Mapping[str, str] | None = None) -> str:
        """The address of the records behind the cell under ``keys``."""
        return f"/{self.phases[0].code}/figures/{self.figure.code}/records/?{self.query(keys)}"

    def cell_keys(self, keys: Sequence[str]) -> dict[str, str]:
        """Key codes, in the order of the dimensions, with their dimensions: a row's where only the first is given."""
        return dict(zip(self.dimensions, keys, strict=False))
