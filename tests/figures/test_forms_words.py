"""What a chart says in words: everything that it shows, and a title that is true."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from pilotage.figures.forms import people
from pilotage.figures.forms.finding import finding, finding_of_gap, finding_of_progress, note_on_women
from pilotage.figures.forms.values import amount, default_caption, shown
from pilotage.figures.forms.words import in_words
from pilotage.figures.table import Cell, Dimension, FigureTable, Gap, Key
from tests.figures.tables import tables
from tools.chart_preview import BY_BOTH, BY_COUNTRY, BY_QUARTER, BY_SERVICE, COUNTRIES, DELIVERED, PEOPLE, RATES


@pytest.mark.parametrize("language", ["en", "ru"])
@settings(max_examples=80, deadline=None)
@given(table=tables())
def test_words_hold_every_value(language: str, table: FigureTable) -> None:
    told = in_words(table, language)
    assert all(shown(cell, table, language) in told for _, cell in table.rows())
    assert all(gap.sentence.get(language, "") in told for gap in table.gaps)


def test_words_read_as_a_text() -> None:
    assert in_words(BY_COUNTRY, "en").replace("\u00a0", " ") == (
        "Activities by country, 1 April 2021 – 30 June 2023, as of 30 June 2023: 25 activities. "
        "Country: Kazakhstan 7; Kyrgyzstan 12; Tajikistan 8; Turkmenistan 3; Uzbekistan 6."
    )
    assert in_words(BY_COUNTRY, "ru").replace("\u00a0", " ") == (
        "Мероприятия по странам, 1 апреля 2021 г. – 30 июня 2023 г., по состоянию на 30 июня 2023 г.: "
        "25 мероприятий. Страна: Казахстан 7; Кыргызстан 12; Таджикистан 8; Туркменистан 3; Узбекистан 6."
    )


def test_withheld_numbers_are_withheld_in_words_too() -> None:
    told = in_words(BY_SERVICE, "en")
    assert "Phytosanitary inspection withheld" in told
    assert "Ministry of Internal Affairs n/a" in told
    assert amount(Cell(3, suppressed=True), BY_SERVICE) is None


def with_values(*values: int, total: int, overlapping: bool = True) -> FigureTable:
    """Activities by country with other numbers."""
    cells = {(key.code,): Cell(value) for key, value in zip(COUNTRIES, values, strict=True)}
    dimension = replace(BY_COUNTRY.dimensions[0], overlapping=overlapping)
    return replace(BY_COUNTRY, cells=cells, total=Cell(total), dimensions=(dimension,))


@pytest.mark.parametrize(
    ("table", "english", "russian"),
    [
        (with_values(2, 3, 8, 1, 2, total=25), "Tajikistan takes part in every third activity",
         "Таджикистан участвует в каждом третьем мероприятии"),
        (with_values(15, 3, 8, 1, 2, total=25), "Kazakhstan leads with 15 of 25 activities",
         "Казахстан лидирует: 15 из 25 мероприятий"),
        (with_values(2, 3, 9, 1, 2, total=21), "Tajikistan leads with 9 of 21 activities",
         "Таджикистан лидирует: 9 из 21 мероприятия"),
        (with_values(5, 1, 1, 1, 2, total=10, overlapping=False), "Kazakhstan: every second activity",
         "Казахстан: каждое второе мероприятие"),
        # Nothing stands out: no clear lead; too few records; the lead is that of the unknown.
        (with_values(8, 8, 2, 1, 2, total=25), "Activities by country", "Мероприятия по странам"),
        (with_values(3, 0, 0, 0, 2, total=5), "Activities by country", "Мероприятия по странам"),
        (BY_SERVICE, "Recommendations by addressee", "Рекомендации по адресатам"),
        (BY_QUARTER, "Activities by quarter", "Мероприятия по кварталам"),
        (RATES, "Adoption rate by country and component", "Доля внедрённых рекомендаций"),
        (PEOPLE, "The share of women is 26 %", "Доля женщин – 26 %"),
        (BY_BOTH, "Kyrgyzstan takes part in every second activity", "Кыргызстан участвует в каждом втором мероприятии"),
        (replace(DELIVERED, dimensions=(), cells={}, total=Cell(70, 14, 20)), "Delivery against plan: 70 % (14 of 20)",
         "Выполнение плана: 70 % (14 из 20)"),
    ],
)  # fmt: skip
def test_titles_say_the_finding(table: FigureTable, english: str, russian: str) -> None:
    assert finding(table, "en").replace("\u00a0", " ") == english
    assert finding(table, "ru").replace("\u00a0", " ") == russian


SHARE = replace(DELIVERED, dimensions=(), cells={}, total=Cell(25, 20, 80))
NOTES = {
    0: ["share of women 25 %", "доля женщин – 25 %"],
    20: ["25 % women where the sex is stated", "доля женщин среди указавших пол – 25 %"],
    200: ["", ""],
}


@pytest.mark.parametrize(
    ("unknown", "english", "russian", "ending"),
    [
        (0, "The share of women is 25 %", "Доля женщин – 25 %", "25 % women<"),
        (20, "Of those whose sex is stated, 25 % are women", "Среди участников с указанным полом женщин 25 %",
         "* Of those whose sex is stated."),
        (200, "The sex of most participants is not stated", "Пол большинства участников не указан",
         "Where the sex of most is not stated, no share is given."),
    ],
)  # fmt: skip
def test_a_share_of_women_never_hides_whose_sex_is_unknown(
    unknown: int, english: str, russian: str, ending: str
) -> None:
    country, sex = PEOPLE.dimensions
    keys = {key.hue: key.code for key in sex.keys}
    row = country.keys[0].code
    numbers = {"woman": 20, "man": 60, "unknown": unknown}
    table = replace(
        PEOPLE,
        dimensions=(replace(country, keys=country.keys[:1]), sex),
        cells={(row, keys[hue]): Cell(number) for hue, number in numbers.items()},
        row_totals={row: Cell(80 + unknown)},
        column_totals={keys[hue]: Cell(number) for hue, number in numbers.items()},
        total=Cell(80 + unknown),
    )
    assert finding(table, "en").replace("\u00a0", " ") == english
    assert finding(table, "ru").replace("\u00a0", " ") == russian
    drawing = people.draw(table, language="en", width=640, title="", caption="")
    said = drawing.replace("\u00a0", " ")
    assert ending in said
    assert ("25 % women" in said) == (unknown < 80)
    noted = [note_on_women(table, SHARE, language).replace("\u00a0", " ") for language in ("en", "ru")]
    assert noted == NOTES[unknown]


def test_a_bar_whose_parts_are_withheld_stands_whole_and_says_why() -> None:
    country, sex = PEOPLE.dimensions
    row = country.keys[0].code
    table = replace(
        PEOPLE,
        dimensions=(replace(country, keys=country.keys[:1]), sex),
        cells={(row, key.code): Cell(None, suppressed=True) for key in sex.keys},
        row_totals={row: Cell(17)},
    )
    drawing = people.draw(table, language="en", width=640, title="", caption="")
    assert drawing.count("<rect") > people.draw(replace(table, row_totals={}), language="en", width=640).count("<rect")
    assert "too small to be given" in drawing
    assert "too small" not in people.draw(PEOPLE, language="en", width=640, title="", caption="")


def test_the_unknown_never_leads() -> None:
    keys = (Key("", {}), Key("KZ", {"en": "Kazakhstan"}))
    table = replace(
        BY_COUNTRY, dimensions=(Dimension("d", {}, keys),), cells={("",): Cell(20), ("KZ",): Cell(2)}, total=Cell(22)
    )
    assert finding(table, "en") == "Activities by country"


def test_gaps_have_the_right_forms() -> None:
    assert finding_of_gap(5, 4, BY_COUNTRY, "en").replace("\u00a0", " ") == "1 activity behind plan"
    assert finding_of_gap(5, 10, BY_COUNTRY, "ru").replace("\u00a0", " ") == "опережение: 5 мероприятий"
    assert finding_of_gap(25, 4, BY_COUNTRY, "ru").replace("\u00a0", " ") == "отставание: 21 мероприятие"
    assert finding_of_gap(5, 5, BY_COUNTRY, "en") == "on plan"
    assert (
        finding_of_progress(40, 50, "Delivery", "en").replace("\u00a0", " ") == "Delivery: 40 %, 10 points behind time"
    )
    assert "соответствует" in finding_of_progress(50, 50.2, "Выполнение", "ru")


def test_captions_say_day_rule_gaps_and_fiction() -> None:
    gap = Gap("undated", 2, {"en": "2 activities have no date.", "ru": "Даты двух мероприятий неизвестны."})
    table = replace(BY_COUNTRY, gaps=(gap,), fictional=True)
    assert default_caption(table, "en").replace("\u00a0", " ") == (
        "Phase 10, 1 April 2021 – 30 June 2023. As of 30 June 2023. A regional activity counts once in each country "
        "and once in the total. 2 activities have no date. Fictional data."
    )
    assert default_caption(table, "ru").endswith("Вымышленные данные.")


def test_medians_under_each_other_have_one_number_of_decimals() -> None:
    table = replace(with_values(73, 85, 80, 79, 81, total=80), unit="days", additive=False)
    first, second = (key.code for key in table.dimensions[0].keys[:2])
    assert shown(table.cell(second), table, "en") == "85"
    halved = replace(table, cells={**table.cells, (first,): Cell(73.5)})
    assert [shown(halved.cell(code), halved, "ru") for code in (first, second)] == ["73,5", "85,0"]
