"""Action points as the handbook counts them, today and as it was on an earlier day."""

from __future__ import annotations

from datetime import date

import pytest

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.steering.access import visible_action_points
from pilotage.figures.asking import Asked
from pilotage.figures.behind import behind
from pilotage.figures.compute import compute
from pilotage.figures.listings import listing
from pilotage.figures.table import Cell, FigureTable
from tests.figures.data import World, make_world

pytestmark = pytest.mark.django_db
LATER = date(2026, 6, 30)


@pytest.fixture
def world() -> World:
    return make_world()


def ask(world: World, code: str, *dimensions: str, as_of: date = LATER, period: str | None = None) -> FigureTable:
    return compute(
        f"action-points-{code}", phases=[world.phase], viewer=None, as_of=as_of, dimensions=dimensions, period=period
    )


def rate(cell: Cell) -> tuple[int, int]:
    return int(cell.numerator or 0), int(cell.denominator or 0)


def test_given_done_overdue_and_on_time(world: World) -> None:
    assert ask(world, "given").total.value == 13, "two of fifteen were cancelled"
    assert ask(world, "done").total.value == 4
    # Never begun, reported and not confirmed, and five of the meeting of no body.
    assert ask(world, "overdue").total.value == 9
    # Of thirteen that came due, two were done by their first date; two were done late, though before the moved one.
    assert rate(ask(world, "on-time").total) == (2, 13)


def test_a_moved_date_does_not_make_it_timely(world: World) -> None:
    table = ask(world, "on-time", "institution")
    assert rate(table.cell("kz-customs")) == (0, 3)
    assert rate(table.cell("tj-customs")) == (2, 3)


def test_by_country_of_the_meeting_and_by_body(world: World) -> None:
    for dimension, other in (("meeting_country", "region"), ("body", "")):
        table = ask(world, "given", dimension)
        assert table.cell("KZ").value == 4
        assert table.cell("region").value == (9 if dimension == "meeting_country" else 4)
        assert dimension == "meeting_country" or table.cell(other).value == 5


def test_by_the_year_of_the_meeting_and_by_the_year_of_the_first_due_date(world: World) -> None:
    given, timely = ask(world, "given", "year"), ask(world, "on-time", "year")
    assert {keys[0]: cell.value for keys, cell in given.rows() if cell.value} == {"2022": 4, "2023": 9}
    assert {keys[0]: rate(cell) for keys, cell in timely.rows() if cell.denominator} == {
        "2023": (1, 4),
        "2024": (1, 4),
        "2025": (0, 5),
    }


def test_as_it_was_on_an_earlier_day(world: World) -> None:
    before = date(2023, 12, 10)
    assert ask(world, "given", as_of=before).total.value == 9 + 4 - 4, "the last of the first meeting was cancelled"
    assert ask(world, "done", as_of=before).total.value == 1
    assert ask(world, "overdue", as_of=before).total.value == 2
    assert rate(ask(world, "on-time", as_of=before).total) == (1, 4)
    assert ask(world, "given", as_of=date(2022, 9, 1)).total.value == 0


def test_the_list_behind_a_number_is_what_its_reader_may_see(world: World) -> None:
    figure = ask(world, "overdue")
    assert figure.total.value == 9
    asked = Asked.read("action-points-overdue", [world.phase], {"as-of": [LATER.isoformat()]})
    everybody, nobody = behind(asked, world.viewer("ME")), behind(asked, Viewer.public())
    assert (everybody.shown, everybody.hidden) == (9, 0)
    assert (nobody.shown, nobody.hidden) == (0, 9)
    assert len(list(listing(asked, world.viewer("ME"), "ru").rows())) == 9
    agency = world.viewer("CP")
    assert (
        behind(asked, agency).shown
        == visible_action_points(agency, world.phase).filter(pk__in=everybody.activities.values("pk")).count()
    )
