"""Totals asked for together: each the same as asked for alone, in a number of queries that does not grow with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilotage.domain.membership.viewers import NotAllowed
from pilotage.figures.asking import Asked
from pilotage.figures.registry import FIGURES
from pilotage.figures.table import FigureTable
from pilotage.figures.totals import totals
from tests.figures.data import World, make_world

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 20)
LATE = date(2100, 1, 1)


@pytest.fixture
def world() -> World:
    return make_world()


def questions(world: World, *days: date | None) -> list[Asked]:
    """Every figure to each of the days; None is today."""
    one = [Asked.read(code, [world.phase], {"by": ["none"]}) for code in FIGURES]
    return [replace(asked, as_of=day) for day in days for asked in one]


def test_each_total_is_the_same_as_asked_for_alone(world: World) -> None:
    asked = questions(world, None, DAY, LATE)
    for role in ("ME", "public"):
        viewer = world.viewer(role)

        def alone(one: Asked) -> FigureTable | None:
            try:
                return one.answer(viewer)  # noqa: B023 - called at once
            except NotAllowed:
                return None

        assert totals(asked, viewer) == [alone(one) for one in asked]


def test_queries_do_not_grow_with_the_questions(world: World) -> None:
    viewer = world.viewer("ME")

    def queries(*days: date | None) -> int:
        with CaptureQueriesContext(connection) as found:
            totals(questions(world, *days), viewer)
        return len(found)

    one = queries(DAY)
    # Two for each of the kinds of records (activities, tallies, ..), and one for the versions of plans.
    assert one <= 14
    assert queries(*(DAY + timedelta(days=number) for number in range(5))) == one
