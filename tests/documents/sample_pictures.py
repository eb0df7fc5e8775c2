"""The pictures of the design sample, drawn by the house's own forms from invented counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pilotage.documents.kinds.newsletter.cover import Venue, draw_cover
from pilotage.figures.forms import dots, people, timeline
from pilotage.figures.forms.dots import Dot
from pilotage.figures.forms.timeline import Milestone
from pilotage.figures.table import Cell, Dimension, FigureTable, Key, Scope
from pilotage.kit.periods import Period
from tests.documents.sample_charts import lots

Say = Callable[[str, str], str]
MILLIMETRE = 72 / 25.4
FULL, HALF, NARROW = 174 * MILLIMETRE, 83 * MILLIMETRE, 55.3 * MILLIMETRE
AS_OF = date(2026, 6, 30)

COUNTRIES = (
    Key("KZ", {"en": "Kazakhstan", "ru": "Казахстан"}),
    Key("KG", {"en": "Kyrgyzstan", "ru": "Кыргызстан"}),
    Key("TJ", {"en": "Tajikistan", "ru": "Таджикистан"}),
    Key("TM", {"en": "Turkmenistan", "ru": "Туркменистан"}),
    Key("UZ", {"en": "Uzbekistan", "ru": "Узбекистан"}),
)
COMPONENTS = tuple(
    Key(number, {"en": f"Component {number}", "ru": f"Компонент {number}"}, {"en": number, "ru": number}, f"c{number}")
    for number in "1234"
)
SEXES = (
    Key("woman", {"en": "women", "ru": "женщины"}, hue="woman"),
    Key("man", {"en": "men", "ru": "мужчины"}, hue="man"),
)
ACTIVITIES = {
    "KZ": (2, 2, 3, 1), "KG": (3, 2, 2, 3), "TJ": (4, 3, 3, 2), "TM": (2, 1, 2, 1), "UZ": (2, 3, 2, 2),
}  # fmt: skip
"""Of the quarter, by country and component; a regional one counts in each of its countries."""
PEOPLE = {"KZ": (41, 77), "KG": (46, 88), "TJ": (44, 128), "TM": (19, 51), "UZ": (40, 78)}
VENUES = (
    Venue(38.56, 68.77, 6), Venue(41.31, 69.24, 4), Venue(42.87, 74.59, 3), Venue(37.95, 58.38, 3), Venue(43.24, 76.89, 2),
    Venue(51.17, 71.43, 2), Venue(40.51, 72.8, 1), Venue(40.06, 70.82, 1), Venue(37.22, 67.28, 1),
)  # fmt: skip
MILESTONES = (
    Milestone(
        "rsg1", date(2024, 3, 20), {"en": "First regional group", "ru": "Первая региональная группа"}, meeting=True
    ),
    Milestone("rsg2", date(2025, 3, 12), {"en": "second", "ru": "вторая"}, meeting=True),
    Milestone("rsg3", date(2026, 3, 18), {"en": "third", "ru": "третья"}, meeting=True),
    Milestone("end", date(2027, 11, 15), {"en": "Final conference", "ru": "Итоговая конференция"}, done=False),
)


def activities(component: str | None = None) -> FigureTable:
    """Activities of the quarter by country and component, or of one component alone."""
    columns = tuple(key for key in COMPONENTS if component in (None, key.code))
    cells = {
        (country, key.code): counts[int(key.code) - 1] for country, counts in ACTIVITIES.items() for key in columns
    }
    totals = {"1": 7, "2": 6, "3": 6, "4": 5}
    return _table(
        "activities-implemented",
        ({"en": "Activities", "ru": "Мероприятия"}, "activities"),
        {"en": ("activity", "activities"), "ru": ("мероприятие", "мероприятия", "мероприятий")},
        Dimension("component", {"en": "Component", "ru": "Компонент"}, columns),
        cells,
        sum(totals[key.code] for key in columns),
    )


def participations() -> FigureTable:
    """Participations of the quarter by sending country and sex."""
    cells = {(code, sex): n for code, pair in PEOPLE.items() for sex, n in zip(("woman", "man"), pair, strict=True)}
    return _table(
        "participations",
        ({"en": "Participations", "ru": "Участия"}, "participations"),
        {"en": ("participation", "participations"), "ru": ("участие", "участия", "участий")},
        Dimension("sex", {"en": "Sex", "ru": "Пол"}, SEXES),
        cells,
        sum(cells.values()),
    )


def pictures(language: str, say: Say) -> dict[str, bytes]:
    """Every picture that the sample names."""
    stages = [
        (say("Planned", "Запланировано"), 2, "640"),
        (say("In preparation", "Готовится"), 1, "300"),
        (say("Launched", "Объявлено"), 1, "450"),
        (say("Under\nevaluation", "Оценивается"), 1, "400"),
        (say("Contracted", "Контракт"), 2, "780"),
        (say("In delivery", "Поставка"), 2, "690"),
        (say("Handed over", "Передано"), 3, "840"),
    ]
    phase = timeline.draw(
        start=date(2024, 1, 1), end=date(2027, 12, 31), as_of=AS_OF, label={"en": "MERIDIAN", "ru": "МЕРИДИАН"},
        milestones=MILESTONES, framed=Period.quarter(2026, 2), language=language, width=FULL, medium="print", title="",
    )  # fmt: skip
    drawn = {
        "cover.svg": draw_cover({key.code: key.label[language] for key in COUNTRIES}, VENUES),
        "timeline.svg": phase,
        "dots.svg": _dots(activities(), language, HALF),
        "people.svg": people.draw(
            participations(), language=language, width=HALF, medium="print", title="", caption=""
        ),
    } | {f"dots-c{key.code}.svg": _dots(activities(key.code), language, NARROW) for key in COMPONENTS}
    return {name: svg.encode() for name, svg in drawn.items()} | {"lots.svg": lots(stages)}


def _dots(table: FigureTable, language: str, width: float) -> str:
    marks = [
        Dot(
            country,
            component,
            {"en": "An activity", "ru": "Мероприятие"},
            dated=(country, component, n) != ("UZ", "4", 1),
        )
        for (country, component), cell in table.cells.items()
        for n in range(int(cell.value or 0))
    ]
    return dots.draw(table, dots=marks, language=language, width=width, medium="print", title="", caption="")


def _table(
    figure: str,
    title: tuple[dict[str, str], str],
    forms: dict[str, tuple[str, ...]],
    columns: Dimension,
    counts: dict[tuple[str, str], int],
    total: int,
) -> FigureTable:
    by_column = {key.code: sum(n for (_, column), n in counts.items() if column == key.code) for key in columns.keys}
    by_row = {key.code: sum(n for (row, _), n in counts.items() if row == key.code) for key in COUNTRIES}
    quarter = Period.quarter(2026, 2)
    return FigureTable(
        figure=figure,
        title=title[0],
        note={},
        unit=title[1],
        unit_forms=forms,
        dimensions=(Dimension("country", {"en": "Country", "ru": "Страна"}, COUNTRIES, overlapping=True), columns),
        cells={keys: Cell(n) for keys, n in counts.items()},
        total=Cell(total),
        row_totals={code: Cell(n) for code, n in by_row.items()},
        column_totals={code: Cell(n) for code, n in by_column.items()},
        scope=Scope(("M1",), {"en": "MERIDIAN", "ru": "МЕРИДИАН"}, quarter.start, quarter.end, AS_OF, quarter.label),
        fictional=True,
    )
