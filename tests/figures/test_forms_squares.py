"""Recommendations as squares and lots in their stages: countable, legible, clear without colour."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from pilotage.figures.forms import squares, strip
from pilotage.figures.table import Cell, FigureTable
from tests.figures.drawn import SVG, addresses, boxes, parsed, titles
from tests.figures.tables import tables
from tests.figures.test_forms_svg import check, options, thorough
from tools.chart_preview import BY_STAGE, BY_STATE, SQUARES, STAGE_VALUES


def squares_of(table: FigureTable, **chosen: object) -> str:
    """A random table gets up to four records under each pair of keys."""
    first, second = table.dimensions
    records = [
        squares.Square(a.code, b.code, a.label, date(2023, 1, number + 1) if number else None, "/recommendations/1")
        for a in first.keys
        for b in second.keys
        for number in range(len(b.label.get("en", "")) % 4)
    ]
    chosen.pop("link", None)
    return squares.draw(table, squares=records, **chosen)  # type: ignore[arg-type]


@thorough
@given(table=tables(2, 2), chosen=options)
def test_squares_stand_any_table(table: FigureTable, chosen: dict[str, object]) -> None:
    check(squares_of, table, **chosen)


@thorough
@given(table=tables(1, 1), chosen=options)
def test_the_strip_stands_any_table(table: FigureTable, chosen: dict[str, object]) -> None:
    check(strip.draw, table, values=table, **chosen)


def test_every_recommendation_is_a_square_that_leads_to_it() -> None:
    svg = squares.draw(BY_STATE, squares=SQUARES, language="en", width=640)
    told = [title for title in titles(svg) if title.startswith("R-")]
    assert len(told) == len(addresses(svg)) == BY_STATE.total.value
    assert "R-1 (No answer)" in told


def test_the_oldest_comes_first_and_what_has_no_date_last() -> None:
    days = (date(2023, 5, 1), None, date(2022, 1, 1))
    records = [squares.Square("a", "issued", {"en": str(day)}, day) for day in days]
    svg = squares.draw(BY_STATE, squares=records, language="en", width=500)
    told = [title for title in titles(svg) if "(No answer)" in title]
    assert [title.split()[0] for title in told] == ["2022-01-01", "2023-05-01", "None"]


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_late_and_failed_bear_a_sign_and_silence_is_hatched(medium: str) -> None:
    root = parsed(squares.draw(BY_STATE, squares=SQUARES, language="ru", width=640, medium=medium, caption=""))
    signs: dict[str, int] = {}
    for group in root.iter(f"{SVG}g"):
        name = (group.findtext(f"{SVG}title") or "").partition("(")[2].rstrip(")")
        signs[name] = sum(1 for _ in group.iter(f"{SVG}path"))
    assert "url(#h" in squares.draw(BY_STATE, squares=SQUARES, language="ru", width=640, medium=medium)
    linked = {
        (mark.findtext(f"{SVG}title") or "").partition("(")[2].rstrip(")"): sum(1 for _ in mark.iter(f"{SVG}path"))
        for mark in root.iter(f"{SVG}a")
    }
    assert (linked["Просрочена"], linked["Отклонена"], linked["Внедрена"]) == (1, 1, 0)


def test_lots_can_be_counted_in_their_stages() -> None:
    svg = strip.draw(BY_STAGE, values=STAGE_VALUES, language="ru", width=640)
    drawn = sum(1 for _ in parsed(svg).iter(f"{SVG}rect"))
    assert drawn == BY_STAGE.total.value
    texts = [box.text for box in boxes(svg)]
    assert "1\u202f450\u202f000" in texts
    assert "н/д" in texts
    assert "На оценке: 9\u00a0лотов" in titles(svg)


def test_too_many_lots_to_count_are_a_number_alone() -> None:
    cells = {**BY_STAGE.cells, ("planned",): Cell(5000)}
    svg = strip.draw(replace(BY_STAGE, cells=cells), language="en", width=640)
    assert sum(1 for _ in parsed(svg).iter(f"{SVG}rect")) == BY_STAGE.total.value - 2
