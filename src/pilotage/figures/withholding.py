"""A table before publication: small numbers of persons are withheld, and what would give them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pilotage.figures.measures import Measure, Parts
from pilotage.figures.suppression import TOTAL, Entry, Heads, withheld_by_sex, withheld_row, withheld_table
from pilotage.figures.table import UNKNOWN, Cell, FigureTable, Keys

WITHHELD = Cell(None, suppressed=True)


def published(
    table: FigureTable,
    measure: Measure,
    threshold: int,
    *,
    cells: Mapping[Keys, Parts],
    rows: Mapping[Keys, Parts],
    columns: Mapping[Keys, Parts],
    total: Parts,
) -> FigureTable:
    """The table with numbers of persons below ``threshold`` withheld; the parts say how many persons each number is."""
    dimensions = tuple(one.code for one in table.dimensions)
    whole = _heads(total, measure)
    if not dimensions:
        return replace(table, total=WITHHELD) if whole.small(threshold) else table
    if len(dimensions) == 1:
        heads: dict[str | None, Heads] = {keys[0]: _heads(parts, measure) for keys, parts in cells.items()}
        hidden: set[Entry] = {(key, TOTAL) for key in _withheld_row(dimensions[0], heads | {TOTAL: whole}, threshold)}
    else:
        known: dict[Entry, Heads] = {(keys[0], keys[1]): _heads(parts, measure) for keys, parts in cells.items()}
        known |= {(keys[0], TOTAL): _heads(parts, measure) for keys, parts in rows.items()}
        known |= {(TOTAL, keys[0]): _heads(parts, measure) for keys, parts in columns.items()}
        hidden = _withheld_table(dimensions, known | {(TOTAL, TOTAL): whole}, threshold)
    return _without(table, hidden)


def _withheld_row(dimension: str, heads: dict[str | None, Heads], threshold: int) -> set[str | None]:
    if dimension != "sex":
        return withheld_row(heads, threshold)
    if any(known.small(threshold) for key, known in heads.items() if key != UNKNOWN):
        total = {TOTAL} if heads[TOTAL].small(threshold) else set()
        return {key for key in heads if key is not TOTAL} | total
    return set()


def _withheld_table(dimensions: tuple[str, ...], heads: dict[Entry, Heads], threshold: int) -> set[Entry]:
    if "sex" not in dimensions:
        return withheld_table(heads, threshold)
    if dimensions[1] == "sex":
        return withheld_by_sex(heads, threshold, UNKNOWN)
    turned = withheld_by_sex({(b, a): known for (a, b), known in heads.items()}, threshold, UNKNOWN)
    return {(a, b) for b, a in turned}


def _heads(parts: Parts, measure: Measure) -> Heads:
    counted = tuple(parts[name] or 0 for name in measure.persons)
    return Heads(counted, parts["all"] or 0 if "all" in parts else max(counted, default=0))


def _without(table: FigureTable, hidden: set[Entry]) -> FigureTable:
    """The table without the numbers at ``hidden``."""
    if len(table.dimensions) == 1:
        cells = {(key,) for key, _ in hidden if key is not TOTAL}
        total = (TOTAL, TOTAL) in hidden
    else:
        cells = {(row, column) for row, column in hidden if row is not TOTAL and column is not TOTAL}  # type: ignore[misc]
        total = (TOTAL, TOTAL) in hidden
    return replace(
        table,
        cells=table.cells | {keys: WITHHELD for keys in cells},  # type: ignore[dict-item]
        total=WITHHELD if total else table.total,
        row_totals={key: WITHHELD if (key, TOTAL) in hidden else cell for key, cell in table.row_totals.items()},
        column_totals={key: WITHHELD if (TOTAL, key) in hidden else cell for key, cell in table.column_totals.items()},
    )
