"""Withholding small numbers of persons before publication (domain handbook, 10: cells below 5).

A number of persons from 1 to the threshold is withheld. So is as much beside it as is needed so that nobody can get it
back by subtracting: the numbers of each row and each column sum to a printed total, and a single hole could be filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

TOTAL = None
"""Stands for the total in the place of a key."""

Entry = tuple[str | None, str | None]
"""A printed number by its row and its column."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The persons behind one printed number: those counted apart (women, men), and all of them."""

    counted: tuple[int, ...]
    all: int

    def small(self, threshold: int) -> bool:
        """True where a number could point at somebody."""
        return any(0 < number < threshold for number in self.counted)


NOBODY = Heads((0,), 0)


def withheld_row(heads: Mapping[str | None, Heads], threshold: int, also: Iterable[str | None] = ()) -> set[str | None]:
    """Which numbers of one row to withhold, the total under ``TOTAL`` among them; ``also`` are withheld in any case."""
    row: dict[Entry, Heads] = {(key, TOTAL): known for key, known in heads.items()}
    hidden: set[Entry] = {entry for entry, known in row.items() if known.small(threshold)} | {
        (key, TOTAL) for key in also
    }
    _close_lines(hidden, [list(row)], row, threshold)
    return {key for key, _ in hidden}


def withheld_table(heads: Mapping[Entry, Heads], threshold: int) -> set[Entry]:
    """Which numbers of a table to withhold, its totals (under ``TOTAL``) among them."""
    rows = list(dict.fromkeys(row for row, _ in heads))
    columns = list(dict.fromkeys(column for _, column in heads))
    full = {(row, column): heads.get((row, column), NOBODY) for row in rows for column in columns}
    hidden = {entry for entry, known in full.items() if known.small(threshold)}
    lines = [[(row, column) for column in columns] for row in rows]
    lines += [[(row, column) for row in rows] for column in columns]
    while True:
        _close_lines(hidden, lines, full, threshold)
        bridge = _bridge(hidden, full)
        if bridge is None:
            return hidden
        hidden.add(bridge)


def withheld_by_sex(heads: Mapping[Entry, Heads], threshold: int, unknown: str) -> set[Entry]:
    """As ``withheld_table`` for a table whose columns are sexes: a row shows all of its sexes or none.

    So the same rows are withheld as in the figures that count one sex alone, and no two tables fill each other's holes.
    That the sex of a few is not stated points at nobody.
    """
    rows = list(dict.fromkeys(row for row, _ in heads))
    sexes = [column for column in dict.fromkeys(column for _, column in heads) if column is not TOTAL]
    totals = {row: heads.get((row, TOTAL), NOBODY) for row in rows}
    stated = [sex for sex in sexes if sex != unknown]
    by_sex = {
        row: Heads(tuple(heads.get((row, sex), NOBODY).all for sex in stated), total.all)
        for row, total in totals.items()
    }
    hidden_totals = withheld_row(totals, threshold)
    hidden_rows = withheld_row(by_sex, threshold, hidden_totals)
    return {(row, sex) for row in hidden_rows for sex in sexes} | {(row, TOTAL) for row in hidden_totals}


def _close_lines(
    hidden: set[Entry], lines: Sequence[Sequence[Entry]], heads: Mapping[Entry, Heads], threshold: int
) -> None:
    """Withholds more until no line has a single hole, nor holes for fewer persons than the threshold together."""
    place = {entry: number for number, entry in enumerate(heads)}
    changed = True
    while changed:
        changed = False
        for line in lines:
            holes = [entry for entry in line if entry in hidden]
            if not holes or not (len(holes) == 1 or _few(holes, line, heads, threshold)):
                continue
            others = [entry for entry in line if entry not in hidden and heads[entry].all > 0]
            if others:
                hidden.add(min(others, key=lambda entry: (_is_end(entry, line), heads[entry].all, place[entry])))
                changed = True


def _few(holes: Sequence[Entry], line: Sequence[Entry], heads: Mapping[Entry, Heads], threshold: int) -> bool:
    """True where what is withheld in a line would still be known to be a small number of persons together."""
    if any(_is_end(entry, line) for entry in holes):
        return False
    sums = [sum(numbers) for numbers in zip_longest(*(heads[entry].counted for entry in holes), fillvalue=0)]
    return any(0 < number < threshold for number in sums)


def _is_end(entry: Entry, line: Sequence[Entry]) -> bool:
    """True for the number that the others of the line sum to."""
    varying = 0 if len({row for row, _ in line}) > 1 else 1
    return entry[varying] is TOTAL and len(line) > 1


def _bridge(hidden: set[Entry], heads: Mapping[Entry, Heads]) -> Entry | None:
    """One more number to withhold where several lines together would still give one away; None where none would.

    Rows and columns are the nodes and withheld numbers the edges of a graph: a number follows from the others exactly
    where its edge is a bridge, for then the lines on one side of it sum to it.
    """
    place = {entry: number for number, entry in enumerate(heads)}
    for entry in sorted(hidden, key=lambda one: place[one]):
        rows, columns = _reached(entry[0], hidden - {entry})
        if entry[1] in columns:
            continue
        across = [other for other in heads if other not in hidden and (other[0] in rows) != (other[1] in columns)]
        if across:
            return min(across, key=lambda one: (heads[one].all == 0, TOTAL in one, heads[one].all, place[one]))
    return None


def _reached(start: str | None, edges: set[Entry]) -> tuple[set[str | None], set[str | None]]:
    """The rows and columns that hang together with the row ``start``."""
    rows: set[str | None] = {start}
    columns: set[str | None] = set()
    while True:
        more_columns = {column for row, column in edges if row in rows} - columns
        columns |= more_columns
        more_rows = {row for row, column in edges if column in columns} - rows
        rows |= more_rows
        if not more_columns and not more_rows:
            return rows, columns
