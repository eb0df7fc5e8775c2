"""Whatever the records hold, a drawing is well-formed, legible, safe and the same each time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.figures.forms import bars, columns, dots, lines, map, people, progress, small_multiples, spark, timeline
from pilotage.figures.forms.axes import key_axis
from pilotage.figures.forms.common import open_sheet
from pilotage.figures.table import Cell, Dimension, FigureTable, Key, Keys
from tests.figures.drawn import SVG, addresses, boxes, collisions, cut, parsed, titles
from tests.figures.tables import tables, texts
from tools.chart_preview import BY_BOTH, BY_COUNTRY, BY_PLACE, BY_QUARTER_TOTALS, PEOPLE, PLACES, RATES, SAMPLES, TIME

Draw = Callable[..., str]


def hostile_link(keys: Keys) -> str:
    """An address that would break out of an attribute."""
    return f'/records?a="><script>alert(1)</script>&k={"|".join(keys)}'


def dots_of(table: FigureTable, **options: object) -> str:
    """Dots need their records; a random table gets up to three under each pair of keys."""
    first, second = table.dimensions
    records = [
        dots.Dot(a.code, b.code, a.label, "/activities/1", dated=bool(number))
        for a in first.keys
        for b in second.keys
        for number in range(len(b.label.get("en", "")) % 4)
    ]
    options.pop("link", None)
    return dots.draw(table, dots=records, **options)  # type: ignore[arg-type]


ONE = {
    "progress": lambda table, **options: progress.draw(table, time=TIME, **options),
    "map": lambda table, **options: map.draw(table, places={"a0": (43, 75), "a1": (80, 0)}, **options),
}
TWO = {"people": people.draw, "dots": dots_of, "small multiples": small_multiples.draw}
options = st.fixed_dictionaries(
    {
        "language": st.sampled_from(("en", "ru", "kk")),
        "width": st.sampled_from((320, 360, 500, 777, 1200)),
        "medium": st.sampled_from(("screen", "print")),
        "link": st.sampled_from((None, hostile_link)),
    }
)
thorough = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def check(draw: Draw, *arguments: object, **given_options: object) -> None:
    """The promises of every form."""
    svg = draw(*arguments, **given_options)
    svg.encode()
    root = parsed(svg)
    tags = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "pattern", "g", "a", "rect", "circle", "path", "text"}
    assert not any(name.startswith("on") or name == "style" for node in root.iter() for name in node.attrib)
    assert collisions(svg) == []
    assert cut(svg) == []
    smallest = 11 if given_options["medium"] == "screen" else 8
    assert all(box.size >= smallest for box in boxes(svg))
    assert all(address.startswith("/") for address in addresses(svg))
    assert ("var(" in svg) is False
    assert svg == draw(*arguments, **given_options)


@thorough
@given(tables(0, 2), options)
def test_bars_stand_any_table(table: FigureTable, chosen: dict[str, object]) -> None:
    check(bars.draw, table, **chosen)


@thorough
@given(tables(1, 2), options)
def test_columns_stand_any_table(table: FigureTable, chosen: dict[str, object]) -> None:
    check(columns.draw, table, **chosen)


@pytest.mark.parametrize("form", ONE)
@thorough
@given(table=tables(1, 1), chosen=options)
def test_forms_of_one_dimension_stand_any_table(form: str, table: FigureTable, chosen: dict[str, object]) -> None:
    check(ONE[form], table, **chosen)


@pytest.mark.parametrize("form", TWO)
@thorough
@given(table=tables(2, 2), chosen=options)
def test_forms_of_two_dimensions_stand_any_table(form: str, table: FigureTable, chosen: dict[str, object]) -> None:
    check(TWO[form], table, **chosen)


@thorough
@given(st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2027, 1, 1)), texts), max_size=12), options)
def test_timeline_stands_any_milestones(days: list[tuple[date, dict[str, str]]], chosen: dict[str, object]) -> None:
    milestones = [timeline.Milestone(str(place), day, label) for place, (day, label) in enumerate(days)]
    link = {"link": (lambda code: f'/m?"<{code}')} if chosen["link"] else {}
    check(
        timeline.draw,
        start=date(2021, 4, 1),
        end=date(2025, 9, 30),
        as_of=date(2023, 6, 30),
        label={"en": "Phase"},
        milestones=milestones,
        **{**chosen, **link},
    )


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("width", [320, 360, 480, 640, 900, 1200])
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_legible(name: str, language: str, width: float, medium: str) -> None:
    check(SAMPLES[name][1], language=language, width=width, medium=medium)


def test_the_marks_of_a_row_are_together_as_long_as_its_total() -> None:
    root = parsed(bars.draw(BY_BOTH, language="en", width=700, medium="print", link=lambda keys: "/" + "/".join(keys)))
    drawn: dict[str, float] = {}
    for mark in root.iter(f"{SVG}a"):
        for rectangle in mark.iter(f"{SVG}rect"):
            outline = 0.8 if rectangle.get("stroke") else 0
            country = mark.get("href", "").split("/")[1]
            drawn[country] = drawn.get(country, 0) + float(rectangle.get("width", 0)) + outline + 1
    totals = {code: float(cell.value or 0) for code, cell in BY_BOTH.row_totals.items()}
    scale = drawn["KG"] / totals["KG"]
    assert drawn == pytest.approx({code: total * scale for code, total in totals.items()}, abs=1)


def test_the_dots_of_a_row_can_be_counted() -> None:
    svg = SAMPLES["dots"][1](language="en", width=640)
    drawn = [told for told in titles(svg) if told.startswith("Workshop")]
    assert len(drawn) == sum(int(cell.value or 0) for cell in BY_BOTH.cells.values())
    assert len(addresses(svg)) == len(drawn)


def test_every_mark_says_its_number() -> None:
    told = titles(bars.draw(BY_BOTH, language="ru", width=640))
    assert "Кыргызстан, Безопасность границ: 4\u00a0мероприятия" in told
    told = titles(people.draw(PEOPLE, language="en", width=640))
    assert "Tajikistan, Not stated: 40\u00a0participations" in told


def test_withheld_and_missing_numbers_are_words_not_bars() -> None:
    table = SAMPLES["bars, long names"][0]
    svg = bars.draw(table, language="ru", width=640)
    texts_drawn = [box.text for box in boxes(svg)]
    assert "скрыто" in texts_drawn
    assert "н/д" in texts_drawn
    assert "не указано" in texts_drawn
    assert "3" not in texts_drawn
    assert "url(#h" in svg


def test_a_drawing_with_links_is_a_group_and_one_without_an_image() -> None:
    assert parsed(bars.draw(BY_COUNTRY, language="en", width=400)).get("role") == "img"
    linked = parsed(bars.draw(BY_COUNTRY, language="en", width=400, link=lambda keys: "/x"))
    assert linked.get("role") == "group"


def test_addresses_that_could_run_code_are_left_out() -> None:
    for address in ("javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "java\tscript:x"):
        assert addresses(bars.draw(BY_COUNTRY, language="en", width=400, link=lambda keys, to=address: to)) == []


def test_identifiers_are_unique_on_a_page_and_steady() -> None:
    drawings = [draw(language=language, width=500) for _, draw in SAMPLES.values() for language in ("en", "ru")]
    found = [node.get("id") for svg in drawings for node in parsed(svg).iter() if node.get("id")]
    assert len(found) == len(set(found))
    svg = bars.draw(BY_COUNTRY, language="en", width=400)
    root = parsed(svg)
    ids = {node.get("id") for node in root.iter() if node.get("id")}
    assert set((root.get("aria-labelledby") or "").split()) <= ids


def test_print_has_colours_of_its_own_and_screen_has_classes() -> None:
    for name, (_, draw) in SAMPLES.items():
        printed, screen = (draw(language="ru", width=400, medium=medium) for medium in ("print", "screen"))
        assert "#" in printed, name
        assert {node.get("class") for node in parsed(printed).iter()} <= {None, "chart"}
        colours = [node.get("fill") for node in parsed(screen).iter() if node.get("fill", "none").startswith("#")]
        assert colours == []


def test_a_title_or_caption_given_takes_the_place_of_the_rule() -> None:
    svg = bars.draw(BY_COUNTRY, language="en", width=600, title="My title", caption="My caption")
    drawn = [box.text for box in boxes(svg)]
    assert drawn[0] == "My title"
    assert drawn[-1] == "My caption"
    bare = bars.draw(BY_COUNTRY, language="en", width=600, title="", caption="")
    assert [box.text for box in boxes(bare)][0] == "Kazakhstan"
    assert next(parsed(bare).iter("{http://www.w3.org/2000/svg}title")).text


def test_circles_are_by_area() -> None:
    svg = map.draw(BY_PLACE, places=PLACES, language="en", width=1000)
    circles = [node for node in parsed(svg).iter() if node.tag.endswith("circle") and node.get("class") == "place"]
    radii = sorted({float(node.get("r", 0)) + 0.6 for node in circles}, reverse=True)
    assert radii[0] / radii[1] == pytest.approx((9 / 6) ** 0.5, rel=0.02)


def test_ratios_are_never_stacked() -> None:
    svg = bars.draw(RATES, language="en", width=600)
    drawn = [box.text for box in boxes(svg) if box.text.endswith("%")]
    assert "50.0\u00a0%" in drawn
    assert all("." in number for number in drawn), "one number of decimals for all that stand under each other"
    assert "83.3\u00a0%" not in svg


def test_institutions_stand_by_size_and_what_is_not_known_last() -> None:
    keys = [Key(code, {"en": code or "Not stated"}) for code in ("small", "", "great", "middle")]
    cells = {("small",): Cell(1), ("",): Cell(9), ("great",): Cell(7), ("middle",): Cell(4)}
    table = replace(BY_COUNTRY, dimensions=(Dimension("institution", {"en": "Institution"}, tuple(keys)),), cells=cells)
    drawn = [box.text for box in boxes(bars.draw(table, language="en", width=640))]
    assert [label for label in drawn if label in ("small", "great", "middle", "Not stated")] == [
        "great", "middle", "small", "Not stated",
    ]  # fmt: skip


def test_bars_that_could_not_be_told_apart_give_way_to_the_totals_of_their_rows() -> None:
    kinds = Dimension("institution_type", {"en": "Kind"}, tuple(Key(f"k{n}", {"en": f"kind {n}"}) for n in range(5)))
    countries = BY_COUNTRY.dimensions[0]
    table = replace(
        BY_COUNTRY,
        dimensions=(countries, kinds),
        cells={(country.code, kind.code): Cell(1) for country in countries.keys for kind in kinds.keys},
        row_totals={country.code: Cell(4) for country in countries.keys},
        additive=False,
    )
    drawn = [box.text for box in boxes(bars.draw(table, language="en", width=640))]
    assert drawn.count("4") == len(countries.keys)
    assert "kind 0" not in drawn


def test_years_under_a_narrow_chart_do_not_touch() -> None:
    periods = [Key(f"{year}-Q{quarter}", {"en": "Q"}) for year in range(2022, 2027) for quarter in range(1, 5)]
    sheet = open_sheet("lines", BY_COUNTRY, language="en", width=340, medium="screen", title="")
    key_axis(sheet, periods, 40, 5.5, 100)
    years = [box for box in boxes(sheet.finished(120, "")) if box.text.endswith(("22", "23", "24", "25", "26"))]
    assert len(years) == 5
    assert all(after.left - before.right >= 3 for before, after in pairwise(years))


def test_spark_lines_break_where_nothing_is_known() -> None:
    svg = spark.draw(BY_QUARTER_TOTALS, language="en")
    path = next(node.get("d", "") for node in parsed(svg).iter() if node.tag.endswith("path"))
    assert path.count("M") == 2
    assert spark.draw(BY_QUARTER_TOTALS, language="ru", medium="print").count("<text") == 0


def test_lines_end_today_and_say_the_gap() -> None:
    svg = lines.draw(SAMPLES["lines, behind"][0], language="ru", width=640)
    drawn = [box.text for box in boxes(svg)]
    assert "Отставание: 4\u00a0мероприятия" in drawn
    assert "Проведено\u00a042" in drawn
    assert len([told for told in titles(svg) if "Проведено" in told]) == 9


def test_what_is_planned_for_the_rest_of_the_quarter_is_not_behind() -> None:
    table = SAMPLES["lines, behind"][0]
    quarters = table.dimensions[0]
    due = {(key.code,): table.cell(key.code, "plan") for key in quarters.keys}
    ninth = quarters.keys[8].code
    assert due[(ninth,)].value == 9
    by_day = replace(table, dimensions=(quarters,), cells={**due, (ninth,): Cell(5)})
    drawn = [box.text for box in boxes(lines.draw(table, language="en", width=640, due=by_day))]
    assert "On plan" in drawn
    assert not [text for text in drawn if "behind" in text]
