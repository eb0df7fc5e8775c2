"""FigureTable: a computed figure as plain values. Every medium (page, chart, map, JSON, sheet, sentence) takes only this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from pilotage.kit.texts import Text

Keys = tuple[str, ...]
UNKNOWN = ""
"""The key of records whose value in a dimension is not known. It is shown, never dropped or guessed."""


@dataclass(frozen=True, slots=True)
class Key:
    """One value of a dimension: ``code`` as it stands in addresses and files, ``label`` as people read it."""

    code: str
    label: Text
    short: Text = field(default_factory=dict)
    """A short form for narrow places (country code, component number); empty where the label is short enough."""
    hue: str = ""
    """The key's own colour where the field has given it one: c1 c2 c3 c4 general, woman man other unknown, done ahead
    late failed."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way in which a table is broken down, with its keys in the order in which they are printed."""

    code: str
    label: Text
    keys: tuple[Key, ...]
    overlapping: bool = False
    """True where one record may count under several keys, so that rows need not sum to the total (domain handbook, 6)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number. ``value`` is None where there is no data or a denominator is zero ("n/a"), never 0 for unknown."""

    value: float | int | None
    numerator: float | int | None = None
    denominator: float | int | None = None
    suppressed: bool = False
    """True where the number is withheld because it could point at a person (domain handbook, 10: cells below 5)."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What the figure could not count, said beside it: records without date, activities without tally."""

    code: str
    count: int
    sentence: Text


@dataclass(frozen=True, slots=True)
class Scope:
    """What the figure speaks of: phases, a period (both days included; None is open) and the day it is true for."""

    phases: tuple[str, ...]
    phases_label: Text
    start: date | None
    end: date | None
    as_of: date
    period_label: Text
    to_date: bool = False
    filters: tuple[tuple[str, str], ...] = ()
    """Further narrowing as (dimension code, key code)."""
    recorded: datetime | None = None
    """What was recorded by then counts, and nothing later; None where all that is recorded does."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One figure, computed once: its cells by the keys of 0, 1 or 2 dimensions, its totals and its explanation."""

    figure: str
    title: Text
    note: Text
    unit: str
    """``activities``, ``participations``, ``persons``, ``institutions``, ``deliverables``, ``days``, ``percent``…"""
    unit_forms: dict[str, tuple[str, ...]]
    """Plural forms of the unit by language: (one, other) in English, (one, few, many) in Russian; empty for percent."""
    dimensions: tuple[Dimension, ...]
    cells: dict[Keys, Cell]
    """By one key code per dimension. A combination that is absent had no record: 0 for counts and sums, n/a for ratios."""
    total: Cell
    row_totals: dict[str, Cell]
    """By key of the first dimension; only filled where there are two dimensions."""
    column_totals: dict[str, Cell]
    """By key of the second dimension; only filled where there are two dimensions."""
    scope: Scope
    gaps: tuple[Gap, ...] = ()
    fictional: bool = False
    additive: bool = True
    """False where cells must never be summed (ratios, distinct persons)."""

    def cell(self, *keys: str) -> Cell:
        """The cell under ``keys``; where no record fell there, 0 for additive figures and n/a otherwise."""
        found = self.cells.get(keys)
        if found is not None:
            return found
        return Cell(0) if self.additive else Cell(None)

    def rows(self) -> Iterator[tuple[Keys, Cell]]:
        """Every combination of keys in printed order, with its cell."""
        if not self.dimensions:
            yield (), self.total
        elif len(self.dimensions) == 1:
            for key in self.dimensions[0].keys:
                yield (key.code,), self.cell(key.code)
        else:
            for first in self.dimensions[0].keys:
                for second in self.dimensions[1].keys:
                    yield (first.code, second.code), self.cell(first.code, second.code)

    def as_json(self) -> dict[str, Any]:
        """Primitives only; ``from_json`` gives an equal table back."""
        data = asdict(self)
        data["cells"] = [{"keys": list(keys), **asdict(cell)} for keys, cell in sorted(self.cells.items())]
        for name in ("start", "end", "as_of"):
            value = getattr(self.scope, name)
            data["scope"][name] = value.isoformat() if value else None
        recorded = data["scope"].pop("recorded")
        if recorded:
            data["scope"]["recorded"] = recorded.isoformat()
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> FigureTable:
        """The table that ``as_json`` wrote. Raises KeyError or TypeError where the data is not one."""
        scope = dict(data["scope"])
        for name in ("start", "end", "as_of"):
            scope[name] = date.fromisoformat(scope[name]) if scope[name] else None
        recorded = scope.get("recorded")
        scope["recorded"] = datetime.fromisoformat(recorded) if recorded else None
        scope["phases"] = tuple(scope["phases"])
        scope["filters"] = tuple((name, value) for name, value in scope["filters"])
        dimensions = tuple(
            Dimension(**{**dimension, "keys": tuple(Key(**key) for key in dimension["keys"])})
            for dimension in data["dimensions"]
        )
        plain = {name: data[name] for name in ("figure", "title", "note", "unit", "fictional", "additive")}
        return cls(
            **plain,
            unit_forms={language: tuple(forms) for language, forms in data["unit_forms"].items()},
            dimensions=dimensions,
            cells={
                tuple(cell["keys"]): Cell(**{name: value for name, value in cell.items() if name != "keys"})
                for cell in data["cells"]
            },
            total=Cell(**data["total"]),
            row_totals={key: Cell(**cell) for key, cell in data["row_totals"].items()},
            column_totals={key: Cell(**cell) for key, cell in data["column_totals"].items()},
            scope=Scope(**scope),
            gaps=tuple(Gap(**gap) for gap in data["gaps"]),
        )
