"""Every figure by every dimension: the same in every medium, equal to its records, in both languages, in few queries."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from itertools import combinations
from statistics import median
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.db.models import QuerySet, Sum
from django.test.utils import CaptureQueriesContext

from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import move_activity
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.settings import approved_total
from pilotage.figures.asking import Asked
from pilotage.figures.behind import behind
from pilotage.figures.computation import combine
from pilotage.figures.compute import compute, members
from pilotage.figures.drawing import drawn
from pilotage.figures.figure import Figure
from pilotage.figures.formats.csv import as_csv
from pilotage.figures.formats.grid import grid
from pilotage.figures.formats.json import as_document
from pilotage.figures.formats.sentence import exact
from pilotage.figures.formats.xlsx import as_xlsx
from pilotage.figures.forms.values import said
from pilotage.figures.listings import listing
from pilotage.figures.measures import (
    Distinct,
    MedianDays,
    OfApproved,
    OfSex,
    Quotient,
    Records,
    ShareOfRecords,
    ShareOfWomen,
    Total,
)
from pilotage.figures.registry import FIGURES
from pilotage.figures.scopes import UnknownChoice
from pilotage.figures.table import UNKNOWN, Cell, FigureTable, Keys
from tests.figures.data import BY, World, make_world

pytestmark = pytest.mark.django_db
every_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)


@pytest.fixture
def world() -> World:
    return make_world()


def counted(figure: Figure, records: QuerySet[Any]) -> Cell:
    """The number that a list of records gives, counted record by record without the figure's own aggregates."""
    measure = figure.measure
    rows = list(records)
    match measure:
        case Records():
            return Cell(len(rows))
        case Total(column=column):
            values = [getattr(row, column) for row in rows if getattr(row, column) is not None]
            return Cell(sum(values) if values else None)
        case Distinct(column=column):
            return Cell(len({getattr(row, column) for row in rows}))
        case OfSex():
            return Cell(sum(row.count for row in rows))
        case ShareOfWomen():
            return Cell(None, sum(row.count for row in rows if row.sex == "woman"), sum(row.count for row in rows))
        case MedianDays(start=start, end=end):
            days = [(getattr(row, end) - getattr(row, start)).days for row in rows]
            return Cell(median(days) if days else None)
        case OfApproved():
            totals = {row.phase.pk: approved_total(row.phase) for row in rows}
            return Cell(None, len(rows), sum(total or 0 for total in totals.values()))
        case ShareOfRecords(condition=condition):
            return Cell(None, records.filter(condition).count(), len(rows))
    raise AssertionError(measure)


def agree(figure: Figure, cell: Cell, records: QuerySet[Any]) -> bool:
    """True where a cell says what its list gives; "n/a" agrees with a list of nothing that is known."""
    found = counted(figure, records)
    if found.denominator is not None:
        return (cell.numerator or 0, cell.denominator or 0) == (found.numerator, found.denominator)
    return (cell.value or 0) == (found.value or 0)


def ask(world: World, code: str, dimensions: tuple[str, ...] = (), **scope: Any) -> FigureTable:
    scope = {"phases": [world.phase], "viewer": world.viewer("ME"), **scope}
    return compute(code, dimensions=dimensions, **scope)


def check_cells(world: World, figure: Figure, table: FigureTable, filters: Mapping[str, str] | None = None) -> None:
    names = [dimension.code for dimension in table.dimensions]
    scope = {"phases": [world.phase], "viewer": world.viewer("ME"), "filters": filters}

    def check(cell: Cell, keys: dict[str, str]) -> None:
        assert agree(figure, cell, members(figure.code, keys=keys, **scope)), (figure.code, keys, cell)

    for keys, cell in table.rows() if names else ():
        check(cell, dict(zip(names, keys, strict=True)))
    for key, cell in table.row_totals.items():
        check(cell, {names[0]: key})
    for key, cell in table.column_totals.items():
        check(cell, {names[1]: key})
    check(table.total, {})


@every_figure
def test_each_cell_equals_its_list(world: World, figure: Figure) -> None:
    if isinstance(figure.measure, Quotient):
        return
    check_cells(world, figure, ask(world, figure.code))
    for dimension in figure.dimensions:
        check_cells(world, figure, ask(world, figure.code, (dimension,)))
    pairs = [pair for pair in combinations(figure.dimensions, 2) if combine(figure, pair)]
    for pair in pairs[:: 1 + len(pairs) // 5]:
        check_cells(world, figure, ask(world, figure.code, pair))


@every_figure
def test_filters_narrow_to_the_cell_of_their_key(world: World, figure: Figure) -> None:
    for dimension in figure.dimensions:
        for keys, cell in ask(world, figure.code, (dimension,)).rows():
            assert (ask(world, figure.code, filters={dimension: keys[0]}).total.value or 0) == (cell.value or 0)
            shown = ask(world, figure.code, (dimension,), filters={dimension: keys[0]})
            assert {key.code for key in shown.dimensions[0].keys} <= {keys[0]}


@pytest.mark.any_database
@every_figure
def test_every_medium_says_the_same_numbers(world: World, figure: Figure) -> None:
    for dimensions in ((), *((name,) for name in figure.dimensions), figure.dimensions[:2]):
        table = ask(world, figure.code, tuple(dimensions))
        for language in ("en", "ru"):
            media = [from_grid(table, language), from_json(table, language), from_csv(table, language)]
            media.append(from_xlsx(table, language))
            wanted = numbers(table)
            for found in media:
                assert found == wanted
            assert said(table.total, table, language) == exact(table, language)
            assert FigureTable.from_json(json.loads(json.dumps(table.as_json()))) == table
            assert drawn(table, language=language, width=640).startswith("<svg")


def numbers(table: FigureTable) -> list[float | int | None]:
    """All printed numbers, row by row with the row's total, then the totals."""
    if not table.dimensions:
        return [table.total.value]
    if len(table.dimensions) == 1:
        return [*(cell.value for _keys, cell in table.rows()), table.total.value]
    second = table.dimensions[1].keys
    found = []
    for key in table.dimensions[0].keys:
        found += [table.cell(key.code, other.code).value for other in second]
        found.append(table.row_totals[key.code].value if key.code in table.row_totals else table.cell("-", "-").value)
    nothing = table.cell("-", "-")
    return [*found, *(table.column_totals.get(other.code, nothing).value for other in second), table.total.value]


def from_grid(table: FigureTable, language: str) -> list[Any]:
    return [cell.value for line in grid(table, language).everything() for _keys, cell in line.cells]


def from_json(table: FigureTable, language: str) -> list[Any]:
    document = json.loads(json.dumps(as_document(table, language)))
    cells = {tuple(cell["keys"].values()): cell["value"] for cell in document["cells"]}
    rows = {cell["key"]: cell["value"] for cell in document["row_totals"]}
    columns = {cell["key"]: cell["value"] for cell in document["column_totals"]}
    return in_order(table, cells, rows, columns, document["total"]["value"])


def from_csv(table: FigureTable, language: str) -> list[Any]:
    count = len(table.dimensions)
    lines = list(csv.reader(io.StringIO(as_csv(table, language).removeprefix("\ufeff"))))
    cells: dict[Keys, Any] = {}
    for line in lines[1 : lines.index([])]:
        text = line[2 * count]
        cells[tuple(line[:count])] = None if text == "" else float(text)
    rows = {keys[0]: value for keys, value in cells.items() if count == 2 and keys[1] == "*"}
    columns = {keys[1]: value for keys, value in cells.items() if count == 2 and keys[0] == "*"}
    return in_order(table, cells, rows, columns, cells[("*",) * count])


def in_order(table: FigureTable, cells: Any, rows: Any, columns: Any, total: Any) -> list[Any]:
    if not table.dimensions:
        return [total]
    if len(table.dimensions) == 1:
        return [*(cells[keys] for keys, _cell in table.rows()), total]
    nothing = table.cell("-", "-").value
    second = table.dimensions[1].keys
    found = []
    for key in table.dimensions[0].keys:
        found += [cells[key.code, other.code] for other in second] + [rows.get(key.code, nothing)]
    return [*found, *(columns.get(other.code, nothing) for other in second), total]


def from_xlsx(table: FigureTable, language: str) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(table, language)), read_only=True)
    laid = grid(table, language)
    step = 3 if table.unit == "percent" else 1
    rows = list(book.worksheets[0].iter_rows(min_row=4, values_only=True))
    count = len(list(laid.everything()))
    wide = step * len(laid.heads[1:])
    return [value for row in rows[:count] for value in (*row[1:], *[None] * wide)[:wide][::step]]


def test_its_workbook_prints_one_page_wide_with_the_head_on_each(world: World) -> None:
    table = compute("participations", phases=[world.phase], dimensions=("country", "sex"), viewer=None)
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(table, "ru"))).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth or 1) == ("landscape", 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"


@pytest.mark.any_database
@every_figure
def test_title_note_and_keys_are_in_both_languages(world: World, figure: Figure) -> None:
    for language in ("en", "ru"):
        assert figure.title[language]
        assert len(figure.note[language]) > 40
        assert not figure.unit.forms or len(figure.unit.forms[language]) == {"en": 2, "ru": 3}[language]
    assert all(not 0x400 <= ord(letter) < 0x500 for letter in figure.note["en"])
    for dimension in figure.dimensions:
        table = ask(world, figure.code, (dimension,))
        assert table.dimensions[0].label["ru"] != table.dimensions[0].label["en"]
        for gap in table.gaps:
            assert set(gap.sentence) == {"en", "ru"}


@every_figure
def test_queries_do_not_grow_with_rows(world: World, figure: Figure) -> None:
    viewer = world.viewer("ME")

    def queries(dimensions: tuple[str, ...]) -> int:
        with CaptureQueriesContext(connection) as found:
            compute(figure.code, phases=[world.phase], viewer=viewer, dimensions=dimensions)
        return len(found)

    every = [(), *((name,) for name in figure.dimensions), figure.dimensions[:2]]
    before = [queries(tuple(dimensions)) for dimensions in every]
    asked = 2 if isinstance(figure.measure, Quotient) else 1
    assert max(before) <= 8 * asked
    assert max(before[1:-1]) <= 6 * asked
    again = make_more(world)
    after = [queries(tuple(dimensions)) for dimensions in every]
    assert again
    assert after == before


def make_more(world: World) -> int:
    """Ten times the activities, all as the first one."""
    from pilotage.domain.activities.bulk import add_activities
    from pilotage.domain.activities.entries import ActivityEntry
    from pilotage.domain.activities.rules import TallyRow

    entry = {"title": {"en": "More"}, "type": "workshop", "component": world.components["1"], "state": "implemented"}
    rows = tuple(TallyRow(10, country, sex=sex) for country in ("KZ", "KG") for sex in ("woman", "man"))
    return add_activities(
        by=BY,
        phase=world.phase,
        entries=[
            ActivityEntry(
                entry | {"code": f"M{number}", "actual_start": "2023-05-01", "actual_end": "2023-05-02"},
                countries=frozenset({"KZ", "TJ"}),
                tally=rows,
            )
            for number in range(100)
        ],
    )


def test_a_regional_activity_counts_once_in_each_country_and_once_in_the_total(world: World) -> None:
    table = ask(world, "activities-implemented", ("country",), period="2023-04")
    assert [table.cell(code).value for code in ("KZ", "KG", "TJ")] == [1, 1, 1]
    assert table.total.value == 1
    assert table.dimensions[0].overlapping


def test_countries_stand_in_the_order_of_the_phase_with_what_is_not_stated_last(world: World) -> None:
    table = ask(world, "participations", ("country",))
    assert [key.code for key in table.dimensions[0].keys] == ["KZ", "KG", "TJ", "AT", UNKNOWN]
    assert table.cell(UNKNOWN).value == 6


def test_participations_are_by_sending_country_not_by_venue(world: World) -> None:
    table = ask(world, "participations", ("country",), filters={"type": "expert_mission"})
    assert {keys[0]: cell.value for keys, cell in table.cells.items()} == {"AT": 2, "KZ": 5}


def test_coordination_belongs_to_no_component_and_that_is_known(world: World) -> None:
    table = ask(world, "events-organised", ("component",))
    assert [(key.code, key.hue) for key in table.dimensions[0].keys] == [
        ("1", "c1"),
        ("2", "c2"),
        ("general", "general"),
    ]


def test_unknown_sex_is_no_zero(world: World) -> None:
    table = ask(world, "women", ("year",))
    assert table.cell("2022").value is None
    assert ask(world, "share-of-women", ("year",)).cell("2022").value is None
    assert [gap.code for gap in table.gaps] == ["no_tally", "sex_not_stated", "other_sex"]


def test_nobody_reads_a_zero_where_no_tally_was_kept(world: World) -> None:
    years = ask(world, "participations", ("year",))
    assert (years.cell("2021").value, years.cell("2025").value) == (None, 0)
    sexes = ask(world, "participations", ("year", "sex"))
    assert sexes.cell("2022", "woman").value is None
    assert sexes.cell("2022", UNKNOWN).value == 30
    assert sexes.row_totals["2021"].value is None
    assert sexes.cell("2023", "other").value == 0


def test_the_share_of_women_leaves_out_other_and_not_stated(world: World) -> None:
    total = ask(world, "share-of-women").total
    assert (total.numerator, total.denominator) == (36, 99)


def test_undated_activities_are_said_beside_a_period(world: World) -> None:
    table = ask(world, "activities-implemented", period="2021-Q3")
    assert table.total.value == 0
    (gap,) = table.gaps
    assert gap.count == 3
    assert gap.sentence["ru"].startswith("Не учтены 3 проведённых мероприятия")
    assert ask(world, "activities-implemented").gaps == ()


def test_no_tally_at_all_is_no_zero(world: World) -> None:
    assert ask(world, "participations", filters={"type": "study_visit"}).total.value is None
    assert ask(world, "participations", filters={"type": "conference"}).total.value == 0


def test_unique_participants_come_with_the_coverage_of_the_register(world: World) -> None:
    table = ask(world, "unique-participants", ("quarter",))
    assert table.total.value == 24
    assert not table.additive
    assert table.gaps[-1].sentence["en"] == "The register covers 42 of 143 participations (29\u00a0%)."


def test_on_time_means_within_the_quarter_of_the_baseline(world: World) -> None:
    early = ask(world, "delivered-on-time", as_of=date(2023, 6, 30)).total
    assert (early.numerator, early.denominator) == (1, 2)
    late = ask(world, "delivered-on-time", as_of=date(2024, 6, 30)).total
    assert (late.numerator, late.denominator) == (1, 3)


def test_what_happened_later_does_not_count_on_an_earlier_day(world: World) -> None:
    assert ask(world, "activities-implemented", as_of=date(2023, 5, 1)).total.value == 4
    assert ask(world, "activities-implemented", period="2023", as_of=date(2023, 5, 1)).total.value == 1
    activity = Activity.objects.get(code="P1")
    moved = date(2025, 2, 1)
    move_activity(by=BY, viewer=None, activity=activity, move="cancel", effective_on=moved, reason="No budget")
    assert ask(world, "activities-cancelled").total.value == 2
    assert ask(world, "activities-cancelled", as_of=date(2025, 1, 31)).total.value == 1
    assert ask(world, "activities-planned", as_of=date(2025, 1, 31)).total.value == 3
    assert ask(world, "activities-planned").total.value == 2


def test_several_phases_are_counted_together(world: World) -> None:
    both = {"phases": [world.phase, world.other_phase], "viewer": None}
    table = compute("participations", dimensions=("phase",), **both)
    assert {keys[0]: cell.value for keys, cell in table.cells.items()} == {"try-2": 143, "try-1": 30}
    assert compute("activities-implemented", dimensions=("component",), **both).cell("try-1:1").value == 1
    assert compute("activities-implemented", filters={"component": "try-1:1"}, **both).total.value == 1


def test_reporting_years_follow_the_phase(world: World) -> None:
    table = ask(world, "activities-implemented", ("reporting_year",))
    assert [key.code for key in table.dimensions[0].keys] == ["1", "2", "3", "4", "5", UNKNOWN]
    assert ask(world, "activities-implemented", period="year-3").total.value == 3


@pytest.mark.parametrize(
    "question",
    [
        {"code": "nothing"},
        {"dimensions": ("sex",)},
        {"dimensions": ("country", "country")},
        {"dimensions": ("country", "type", "mode")},
        {"dimensions": ("institution", "institution_type")},
        {"filters": {"country": "kz'--"}},
        {"filters": {"component": "9"}},
        {"filters": {"institution": "nowhere"}},
        {"filters": {"quarter": "2023"}},
        {"filters": {"nothing": "1"}},
        {"period": "2023-Q5"},
        {"period": "year-77"},
    ],
)
def test_what_does_not_exist_is_said(world: World, question: dict[str, Any]) -> None:
    code = question.pop("code", "activities-implemented")
    with pytest.raises(UnknownChoice):
        ask(world, code, question.pop("dimensions", ()), **question)


def test_the_register_of_persons_is_not_for_everybody(world: World) -> None:
    for role in ("public", "EUD", "SM"):
        with pytest.raises(NotAllowed):
            ask(world, "unique-participants", viewer=world.viewer(role))
    assert ask(world, "unique-participants", viewer=None).total.value == 24


def test_everybody_reads_the_same_total_but_lists_only_what_they_may_see(world: World) -> None:
    totals = {ask(world, "activities-implemented", viewer=world.viewer(role)).total.value for role in ("ME", "public")}
    assert totals == {7}
    asked = Asked.read("activities-implemented", [world.phase], {})
    found = behind(asked, Viewer.public())
    assert (found.shown, found.all, found.hidden) == (5, 7, 2)
    assert [row[0] for row in listing(asked, Viewer.public(), "en").rows()].count("A6") == 0
    assert behind(asked, world.viewer("ME")).hidden == 0


def test_the_list_behind_says_how_much_each_activity_adds(world: World) -> None:
    asked = Asked.read("participations", [world.phase], {"country": ["KZ"]})
    found = behind(asked, world.viewer("ME"))
    assert found.activities.aggregate(all=Sum("counted"))["all"] == 69
    public = behind(asked, Viewer.public())
    assert not public.counted
    assert all(len(row) == 7 for row in listing(asked, Viewer.public(), "ru").rows())


def test_an_address_gives_back_its_question(world: World) -> None:
    query = {"period": ["2023-Q2"], "by": ["country"], "by2": ["component"], "country": ["KZ", "unknown"]}
    asked = Asked.read("activities-implemented", [world.phase], query)
    assert asked.address() == (
        "/try-2/figures/activities-implemented/?period=2023-Q2&by=country&by2=component&country=KZ&country=unknown"
    )
    assert asked.filters == {"country": ("KZ", UNKNOWN)}
    assert "country=KG&" in asked.records_address({"country": "KG", "component": "1"}) + "&"
