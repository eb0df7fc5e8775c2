"""What could point at a person is withheld before publication, and cannot be got back by subtraction."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.figures.compute import compute
from pilotage.figures.suppression import TOTAL, Entry, Heads, withheld_by_sex, withheld_row, withheld_table
from pilotage.figures.table import UNKNOWN, FigureTable
from tests.figures.data import World, make_world

SMALL = 5
tables = st.integers(1, 5).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 14), min_size=wide, max_size=wide), min_size=1, max_size=5)
)


def with_totals(rows: list[list[int]]) -> dict[Entry, int]:
    cells = {(f"r{y}", f"c{x}"): number for y, row in enumerate(rows) for x, number in enumerate(row)}
    known: dict[Entry, int] = dict(cells)
    for y in range(len(rows)):
        known[f"r{y}", TOTAL] = sum(rows[y])
    for x in range(len(rows[0])):
        known[TOTAL, f"c{x}"] = sum(row[x] for row in rows)
    known[TOTAL, TOTAL] = sum(map(sum, rows))
    return known


def heads_of(known: dict[Entry, int]) -> dict[Entry, Heads]:
    return {entry: Heads((number,), number) for entry, number in known.items()}


def derivable(known: dict[Entry, int], hidden: set[Entry]) -> set[Entry]:
    """The withheld numbers that follow from the printed ones: solved as linear equations, rows and columns summing."""
    unknowns = sorted(hidden, key=str)
    rows = sorted({row for row, _ in known}, key=str)
    columns = sorted({column for _, column in known}, key=str)
    lines = [[(row, column) for column in columns] for row in rows]
    lines += [[(row, column) for row in rows] for column in columns]
    equations = []
    for line in lines:
        signs = {entry: -1 if sum(part is TOTAL for part in entry) % 2 else 1 for entry in line}
        equations.append([Fraction(signs[entry]) if entry in line else Fraction(0) for entry in unknowns])
    reduced = row_reduced(equations)
    found = set()
    for equation in reduced:
        places = [place for place, factor in enumerate(equation) if factor]
        if len(places) == 1:
            found.add(unknowns[places[0]])
    return found


def row_reduced(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    matrix, top = [row[:] for row in matrix], 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((row for row in range(top, len(matrix)) if matrix[row][column]), None)
        if pivot is None:
            continue
        matrix[top], matrix[pivot] = matrix[pivot], matrix[top]
        matrix[top] = [value / matrix[top][column] for value in matrix[top]]
        for row in range(len(matrix)):
            if row != top and matrix[row][column]:
                factor = matrix[row][column]
                matrix[row] = [a - factor * b for a, b in zip(matrix[row], matrix[top], strict=True)]
        top += 1
    return matrix


@settings(max_examples=300, deadline=None)
@given(tables)
def test_no_withheld_number_follows_from_the_printed_ones(rows: list[list[int]]) -> None:
    known = with_totals(rows)
    hidden = withheld_table(heads_of(known), SMALL)
    assert all(entry in hidden for entry, number in known.items() if 0 < number < SMALL)
    assert derivable(known, hidden) == set()
    if not any(0 < number < SMALL for number in known.values()):
        assert hidden == set()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=1, max_size=8))
def test_nor_in_a_single_row(numbers: list[int]) -> None:
    heads: dict[str | None, Heads] = {f"k{place}": Heads((number,), number) for place, number in enumerate(numbers)}
    heads[TOTAL] = Heads((sum(numbers),), sum(numbers))
    hidden = withheld_row(heads, SMALL)
    assert all(key in hidden for key, known in heads.items() if known.small(SMALL))
    assert len(hidden) != 1 or numbers == []
    if hidden and TOTAL not in hidden:
        assert sum(heads[key].all for key in hidden) >= SMALL


sexes = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14), st.integers(0, 9)), min_size=1, max_size=6)


@settings(max_examples=300, deadline=None)
@given(sexes)
def test_tables_by_sex_and_of_one_sex_withhold_the_same_rows(rows: list[tuple[int, int, int]]) -> None:
    known: dict[Entry, int] = {}
    for y, numbers in enumerate([*rows, tuple(map(sum, zip(*rows, strict=True)))]):
        row = f"r{y}" if y < len(rows) else TOTAL
        known |= {(row, sex): number for sex, number in zip(("woman", "man", UNKNOWN), numbers, strict=True)}
        known[row, TOTAL] = sum(numbers)
    hidden = withheld_by_sex(heads_of(known), SMALL, UNKNOWN)
    women = {
        row: Heads((known[row, "woman"], known[row, "man"]), known[row, TOTAL])
        for row in dict.fromkeys(row for row, _ in known)
    }
    assert withheld_row(women, SMALL) <= {row for row, sex in hidden if sex == "woman"}
    assert derivable(known, hidden) == set()
    for row in women:
        assert len({(row, sex) in hidden for sex in ("woman", "man", UNKNOWN)}) == 1


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def shown(table: FigureTable) -> dict[tuple[str, ...], float | int | None]:
    return {keys: None if cell.suppressed else cell.value for keys, cell in table.rows()}


def test_the_public_does_not_see_three_women_but_staff_do(world: World) -> None:
    def women(role: str) -> FigureTable:
        return compute("women", phases=[world.phase], viewer=world.viewer(role), dimensions=("country",))

    assert women("ME").cell("KG").value == 3
    for role in ("public", "EUD", "SM", "CP"):
        table = women(role)
        assert table.cell("KG").suppressed
        assert table.cell("KG").value is None
        assert table.total.value == 36
        assert sum(cell.suppressed for cell in table.cells.values()) > 1


def test_a_share_does_not_give_away_its_counts(world: World) -> None:
    table = compute("share-of-women", phases=[world.phase], viewer=None, dimensions=("country",))
    withheld = [cell for cell in table.cells.values() if cell.suppressed]
    assert withheld
    assert {(cell.value, cell.numerator, cell.denominator) for cell in withheld} == {(None, None, None)}


def test_the_threshold_is_the_phases_setting(world: World) -> None:
    from pilotage.domain.programme.operations import change_setting
    from tests.figures.data import BY, reread

    change_setting(by=BY, phase=world.phase, name="small_cell", value=20, valid_from=None)
    table = compute("participations", phases=[reread(world.phase)], viewer=None, dimensions=("country",))
    assert table.cell("TJ").suppressed
    assert not table.cell("KZ").suppressed


def test_numbers_of_activities_are_never_withheld(world: World) -> None:
    table = compute("activities-implemented", phases=[world.phase], viewer=None, dimensions=("country", "component"))
    assert not any(cell.suppressed for cell in table.cells.values())
