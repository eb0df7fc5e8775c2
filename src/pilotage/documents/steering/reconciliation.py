"""The proof that the packs of a round belong together: the national ones sum to the regional one, figure by figure.

Read from what the packs froze, never counted again:

    sum of the countries + regional only − counted in several countries = region

``regional only`` is what stands under no partner country; ``counted in several countries`` what an activity for three
countries adds beyond once. Where the two sides differ, the page says by how much and why, as far as the frozen figures
tell: a pack that is not issued, another cut-off, a number that is withheld.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pilotage.figures.table import Cell, FigureTable


@dataclass(frozen=True, slots=True)
class NationalFigures:
    """What one national pack froze: its figures by name, the day that they are true for, when they were gathered."""

    figures: Mapping[str, Any]
    as_of: date
    cut_off: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One figure proved. Numbers are None where a side does not have them."""

    name: str
    national: dict[str, int | None]
    """By country; None where its pack is not there or withholds the number."""
    regional_only: int
    several: int
    regional: int | None
    reasons: tuple[str, ...] = field(default=())
    """Why a difference need not be a mistake: ``missing KG``, ``withheld``, ``other_day KZ``, ``later_entries KZ``."""

    @property
    def left(self) -> int | None:
        """The left side of the equation; None while a country is missing."""
        values = list(self.national.values())
        if any(value is None for value in values):
            return None
        return sum(value or 0 for value in values) + self.regional_only - self.several

    @property
    def difference(self) -> int | None:
        """Left side less region; None where either is not there."""
        return None if self.left is None or self.regional is None else self.left - self.regional

    @property
    def equal(self) -> bool:
        """True where the equation holds."""
        return self.difference == 0


def reconcile(
    names: Sequence[str],
    nationals: Mapping[str, NationalFigures | None],
    regional: Mapping[str, FigureTable],
    gathered: datetime,
    as_of: date,
) -> list[Line]:
    """One line for each figure of ``names``.

    ``nationals`` holds for each partner country what its pack froze, or None where it is not issued. ``regional`` has
    for each name the total (``name``) and the same by country (``name_in_countries``).
    """
    lines = []
    for name in names:
        whole, by_country = regional.get(name), regional.get(f"{name}_in_countries")
        if whole is None or by_country is None or whole.total.value is None:
            continue
        cells = {key.code: by_country.cell(key.code) for key in by_country.dimensions[0].keys}
        national = {country: _total(frozen, name) for country, frozen in nationals.items()}
        lines.append(
            Line(
                name=name,
                national=national,
                regional_only=sum(_number(cell) for code, cell in cells.items() if code not in nationals),
                several=sum(_number(cell) for cell in cells.values()) - _number(whole.total)
                if by_country.dimensions[0].overlapping
                else 0,
                regional=_number(whole.total),
                reasons=tuple(_reasons(name, nationals, cells, whole.total, gathered, as_of)),
            )
        )
    return lines


def _reasons(
    name: str,
    nationals: Mapping[str, NationalFigures | None],
    cells: Mapping[str, Cell],
    total: Cell,
    gathered: datetime,
    as_of: date,
) -> Sequence[str]:
    reasons = []
    for country, frozen in nationals.items():
        if frozen is None:
            reasons.append(f"missing {country}")
            continue
        if frozen.as_of != as_of:
            reasons.append(f"other_day {country}")
        if _total(frozen, name) is None:
            reasons.append(f"withheld {country}")
        elif _total(frozen, name) != _number(cells.get(country, Cell(0))) and frozen.cut_off < gathered:
            reasons.append(f"later_entries {country}")
    if total.suppressed or any(cell.suppressed for cell in cells.values()):
        reasons.append("withheld")
    return reasons


def _total(frozen: NationalFigures | None, name: str) -> int | None:
    """The total that a national pack froze; None where it has none, or withholds it."""
    if frozen is None or name not in frozen.figures:
        return None
    total = frozen.figures[name]["total"]
    return None if total["suppressed"] or total["value"] is None else int(total["value"])


def _number(cell: Cell) -> int:
    return int(cell.value or 0)
