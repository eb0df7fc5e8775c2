"""Draws every form with invented data into one page, to be looked at.

    python tools/chart_preview.py [--width 640] [--medium screen|print] [--theme light|dark] [--language en|ru] TARGET

Without a language both stand side by side. ``SAMPLES`` is also what benchmarks/charts.py measures.
"""

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pilotage.figures.forms import (
    bars,
    columns,
    dots,
    lines,
    map,
    people,
    progress,
    small_multiples,
    spark,
    squares,
    strip,
    timeline,
)
from pilotage.figures.table import Cell, Dimension, FigureTable, Key, Keys, Scope
from pilotage.kit.periods import Period

STATIC = Path(__file__).parent.parent / "src" / "pilotage" / "web" / "static"
Draw = Callable[..., str]

COUNTRIES = (
    Key("KZ", {"en": "Kazakhstan", "ru": "Казахстан"}, {"en": "KZ", "ru": "КЗ"}),
    Key("KG", {"en": "Kyrgyzstan", "ru": "Кыргызстан"}, {"en": "KG", "ru": "КГ"}),
    Key("TJ", {"en": "Tajikistan", "ru": "Таджикистан"}, {"en": "TJ", "ru": "ТД"}),
    Key("TM", {"en": "Turkmenistan", "ru": "Туркменистан"}, {"en": "TM", "ru": "ТМ"}),
    Key("UZ", {"en": "Uzbekistan", "ru": "Узбекистан"}, {"en": "UZ", "ru": "УЗ"}),
)
COMPONENTS = (
    Key("1", {"en": "Border security", "ru": "Безопасность границ"}, {"en": "1", "ru": "1"}, "c1"),
    Key("2", {"en": "Trade facilitation", "ru": "Упрощение процедур торговли"}, {"en": "2", "ru": "2"}, "c2"),
    Key("3", {"en": "Cross-border cooperation", "ru": "Трансграничное сотрудничество"}, {"en": "3", "ru": "3"}, "c3"),
    Key("4", {"en": "Mobility and migration", "ru": "Мобильность и миграция"}, {"en": "4", "ru": "4"}, "c4"),
    Key("0", {"en": "General", "ru": "Общее"}, {"en": "G", "ru": "О"}, "general"),
)
SEXES = (
    Key("woman", {"en": "Women", "ru": "Женщины"}, hue="woman"),
    Key("man", {"en": "Men", "ru": "Мужчины"}, hue="man"),
    Key("", {"en": "Not stated", "ru": "Не указано"}, hue="unknown"),
)
SERVICES = (
    Key("a", {"en": "State Customs Service", "ru": "Государственная таможенная служба"}),
    Key("b", {"en": "Border Service of the State Committee for National Security",
              "ru": "Пограничная служба Государственного комитета национальной безопасности"}),
    Key("c", {"en": "Ministry of Internal Affairs", "ru": "Министерство внутренних дел"}),
    Key("d", {"en": "Phytosanitary inspection", "ru": "Инспекция фитосанитарного контроля"}),
    Key("", {}),
)  # fmt: skip
ACTIVITIES = {"en": ("activity", "activities"), "ru": ("мероприятие", "мероприятия", "мероприятий")}
PARTICIPATIONS = {"en": ("participation", "participations"), "ru": ("участие", "участия", "участий")}
RECOMMENDATIONS = {"en": ("recommendation", "recommendations"), "ru": ("рекомендация", "рекомендации", "рекомендаций")}
DAYS = {"en": ("day", "days"), "ru": ("день", "дня", "дней")}
SCOPE = Scope(
    ("X",),
    {"en": "Phase 10", "ru": "10-я фаза"},
    date(2021, 4, 1),
    date(2023, 6, 30),
    date(2023, 6, 30),
    {"en": "1 April 2021 – 30 June 2023", "ru": "1 апреля 2021 г. – 30 июня 2023 г."},
    True,
)
COUNTRY = {"en": "Country", "ru": "Страна"}
COMPONENT = {"en": "Component", "ru": "Компонент"}
NOTE_OVERLAP = {
    "en": "A regional activity counts once in each country and once in the total.",
    "ru": "Региональное мероприятие учитывается один раз в каждой стране и один раз в общем итоге.",
}
PLACES = {
    "Astana": (51.13, 71.43), "Almaty": (43.24, 76.89), "Bishkek": (42.87, 74.59), "Osh": (40.53, 72.8),
    "Dushanbe": (38.56, 68.77), "Khujand": (40.28, 69.62), "Ashgabat": (37.95, 58.38), "Turkmenbashi": (40.02, 52.97),
    "Tashkent": (41.3, 69.24), "Termez": (37.22, 67.28), "Nukus": (42.46, 59.6), "Khorog": (37.49, 71.55),
}  # fmt: skip
CAPITALS = (
    map.Capital((51.13, 71.43), {"en": "Astana", "ru": "Астана"}, "right"),
    map.Capital((42.87, 74.59), {"en": "Bishkek", "ru": "Бишкек"}, "above"),
    map.Capital((38.56, 68.77), {"en": "Dushanbe", "ru": "Душанбе"}, "right"),
    map.Capital((37.95, 58.38), {"en": "Ashgabat", "ru": "Ашхабад"}, "above"),
    map.Capital((41.3, 69.24), {"en": "Tashkent", "ru": "Ташкент"}, "left"),
)
CROSSINGS = tuple(
    map.Crossing(at, {"en": title, "ru": title}, "/crossings/1")
    for title, at in (
        ("Dostuk", (40.77, 72.75)), ("Ak-Tilek", (42.89, 73.6)), ("Fotehobod", (40.7, 69.2)), ("Ayritom", (37.23, 67.43)),
        ("Farap", (39.17, 63.6)), ("Khorgos", (44.21, 80.4)), ("Torugart", (40.55, 75.4)), ("Artyk", (37.55, 59.3)),
        ("Kurmangazy", (46.6, 49.3)), ("Karasu", (43.03, 74.5)),
    )
)  # fmt: skip


def one(code: str, title: tuple[str, str], dimension: dict, keys: tuple[Key, ...], values: list, forms: dict, **rest):
    """A table of one dimension."""
    cells = {
        (key.code,): value if isinstance(value, Cell) else Cell(value) for key, value in zip(keys, values, strict=True)
    }
    total = rest.pop("total", None) or Cell(sum(cell.value or 0 for cell in cells.values()))
    text = {"en": title[0], "ru": title[1]}
    overlapping = rest.pop("overlapping", False)
    note, unit = rest.pop("note", {}), rest.pop("unit", "activities")
    return FigureTable(
        code,
        text,
        note,
        unit,
        forms,
        (Dimension("d", dimension, keys, overlapping),),
        cells,
        total,
        {},
        {},
        SCOPE,
        **rest,
    )


def two(code, title, first, second, rows, unit, forms, overlapping=False, total=None, note=None):
    """A table of two dimensions, each given as (label, keys)."""
    cells = {
        (a.code, b.code): value if isinstance(value, Cell) else Cell(value)
        for a, row in zip(first[1], rows, strict=True)
        for b, value in zip(second[1], row, strict=True)
    }
    number = {keys: cell.value or 0 for keys, cell in cells.items()}
    return FigureTable(
        code,
        {"en": title[0], "ru": title[1]},
        note or {},
        unit,
        forms,
        (Dimension("first", *first, overlapping), Dimension("second", *second)),
        cells,
        Cell(total if total is not None else sum(number.values())),
        {a.code: Cell(sum(number.get((a.code, b.code), 0) for b in second[1])) for a in first[1]},
        {b.code: Cell(sum(number.get((a.code, b.code), 0) for a in first[1])) for b in second[1]},
        SCOPE,
    )


def quarters(first: int, last: int) -> tuple[Key, ...]:
    """Quarters from ``first`` to ``last``, counted from 2021-Q1 as 0."""
    periods = [Period.quarter(2021 + number // 4, number % 4 + 1) for number in range(first, last + 1)]
    return tuple(Key(period.code, period.label) for period in periods)


BY_COUNTRY = one(
    "activities", ("Activities by country", "Мероприятия по странам"), COUNTRY, COUNTRIES, [7, 12, 8, 3, 6], ACTIVITIES,
    overlapping=True, total=Cell(25), note=NOTE_OVERLAP,
)  # fmt: skip
BY_BOTH = two(
    "activities-2", ("Activities by country and component", "Мероприятия по странам и компонентам"),
    (COUNTRY, COUNTRIES), (COMPONENT, COMPONENTS),
    [[3, 1, 1, 2, 0], [4, 3, 2, 1, 2], [3, 1, 2, 1, 1], [1, 0, 1, 0, 1], [2, 2, 1, 1, 0]],
    "activities", ACTIVITIES, overlapping=True, total=25, note=NOTE_OVERLAP,
)  # fmt: skip
BY_SERVICE = one(
    "recommendations", ("Recommendations by addressee", "Рекомендации по адресатам"), {"en": "Service", "ru": "Ведомство"},
    SERVICES, [24, 17, Cell(None), Cell(3, suppressed=True), 2], RECOMMENDATIONS, unit="recommendations",
)  # fmt: skip
RATES = two(
    "rates", ("Adoption rate by country and component", "Доля внедрённых рекомендаций"),
    (COUNTRY, COUNTRIES[:3]), (COMPONENT, COMPONENTS[:2]),
    [[Cell(50, 6, 12), Cell(33.3, 3, 9)], [Cell(80, 8, 10), Cell(None, 0, 0)], [Cell(100, 4, 4), Cell(12.5, 1, 8)]],
    "percent", {}, overlapping=False,
)  # fmt: skip
RATES = replace(RATES, additive=False, total=Cell(54, 22, 43), row_totals={}, column_totals={})
BY_QUARTER = two(
    "quarters", ("Activities by quarter", "Мероприятия по кварталам"),
    ({"en": "Quarter", "ru": "Квартал"}, quarters(1, 9)), (COMPONENT, COMPONENTS),
    [[0, 0, 0, 0, 1], [1, 0, 0, 0, 1], [1, 1, 0, 1, 0], [2, 1, 1, 0, 0], [3, 1, 2, 2, 0], [1, 2, 1, 1, 1], [4, 2, 3, 1, 1],
     [2, 1, 1, 2, 0], [3, 4, 2, 3, 0]],
    "activities", ACTIVITIES,
)  # fmt: skip
PLAN_AND_DONE = two(
    "plan", ("Plan and done", "План и выполнение"), ({"en": "Quarter", "ru": "Квартал"}, quarters(1, 18)),
    ({"en": "", "ru": ""}, (Key("plan", {"en": "Plan", "ru": "План"}), Key("done", {"en": "Done", "ru": "Проведено"}))),
    [[2, 1], [3, 1], [4, 3], [4, 4], [5, 8], [6, 6], [6, 11], [7, 6], [9, 2], [8, 0], [7, 0], [6, 0], [6, 0], [5, 0],
     [4, 0], [3, 0], [2, 0], [1, 0]],
    "activities", ACTIVITIES,
)  # fmt: skip
AHEAD = two(
    "plan-ahead", ("Plan and done", "План и выполнение"), ({"en": "Quarter", "ru": "Квартал"}, quarters(1, 9)),
    ({"en": "", "ru": ""}, (Key("plan", {"en": "Plan", "ru": "План"}), Key("done", {"en": "Done", "ru": "Проведено"}))),
    [[2, 1], [3, 1], [4, 3], [4, 4], [5, 8], [6, 6], [6, 15], [7, 6], [9, 8]], "activities", ACTIVITIES,
)  # fmt: skip
PEOPLE = two(
    "people", ("Participations by country and sex", "Участия по странам и полу"), (COUNTRY, COUNTRIES),
    ({"en": "Sex", "ru": "Пол"}, SEXES), [[86, 202, 12], [160, 301, 0], [44, 310, 40], [12, 96, 0], [71, 180, 22]],
    "participations", PARTICIPATIONS,
)  # fmt: skip
DELIVERED = one(
    "delivery", ("Delivery against plan", "Выполнение плана"), COMPONENT, COMPONENTS[:4],
    [Cell(70, 14, 20), Cell(58.3, 7, 12), Cell(90, 9, 10), Cell(None, 0, 0)], {}, unit="percent", total=Cell(71.4, 30, 42),
    additive=False,
)  # fmt: skip
TIME = one(
    "time", ("Time elapsed", "Прошло времени"), {}, (), [], DAYS, unit="percent", total=Cell(49.9, 821, 1644),
)  # fmt: skip
PLACE_KEYS = tuple(Key(place, {"en": place, "ru": place}) for place in (*PLACES, "Vienna"))
BY_PLACE = one(
    "places", ("Activities by venue", "Мероприятия по местам проведения"), {"en": "Venue", "ru": "Место"}, PLACE_KEYS,
    [5, 3, 9, 2, 6, 2, 2, 1, 5, 1, 1, 1, 2], ACTIVITIES,
)  # fmt: skip
DOTS = [
    dots.Dot(
        country.code, component.code, {"en": f"Workshop {number + 1}", "ru": f"Семинар {number + 1}"},
        f"/activities/{number}", dated=not (country.code == "TJ" and component.code == "3"),
    )
    for country in COUNTRIES for component in COMPONENTS
    for number in range(int(BY_BOTH.cell(country.code, component.code).value or 0))
]  # fmt: skip
STATES = (
    Key("issued", {"en": "No answer", "ru": "Нет ответа"}, hue="unknown"),
    Key("considered", {"en": "Under consideration", "ru": "На рассмотрении"}, hue="plan"),
    Key("accepted", {"en": "Accepted, in progress", "ru": "Принята, в работе"}, hue="ahead"),
    Key("overdue", {"en": "Overdue", "ru": "Просрочена"}, hue="late"),
    Key("rejected", {"en": "Rejected", "ru": "Отклонена"}, hue="failed"),
    Key("adopted", {"en": "Adopted", "ru": "Внедрена"}, hue="done"),
)
BY_STATE = two(
    "recommendations-state", ("Recommendations by addressee", "Рекомендации по адресатам"),
    ({"en": "Addressee", "ru": "Адресат"}, SERVICES), ({"en": "State", "ru": "Состояние"}, STATES),
    [[2, 1, 4, 1, 0, 6], [5, 0, 2, 2, 1, 1], [0, 2, 3, 0, 0, 9], [1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]],
    "recommendations", RECOMMENDATIONS,
)  # fmt: skip
SQUARES = [
    squares.Square(
        service.code, state.code, {"en": f"R-{number + 1}", "ru": f"Р-{number + 1}"},
        date(2022, 1 + (number * 5 + place) % 12, 1) if number != 3 else None, f"/recommendations/{number}",
    )
    for service in SERVICES for place, state in enumerate(STATES)
    for number in range(int(BY_STATE.cell(service.code, state.code).value or 0))
]  # fmt: skip
STAGES = tuple(
    Key(code, {"en": english, "ru": russian}, hue="done" if code in ("delivery", "over") else "ahead")
    for code, english, russian in (
        ("planned", "Planned", "Запланировано"), ("prepared", "In preparation", "В подготовке"),
        ("launched", "Launched", "Объявлено"), ("evaluated", "Under evaluation", "На оценке"),
        ("contracted", "Contracted", "Контракт подписан"), ("delivery", "In delivery", "В поставке"),
        ("over", "Handed over", "Передано"),
    )
)  # fmt: skip
BY_STAGE = one(
    "lots", ("Lots by stage", "Лоты по стадиям"), {"en": "Stage", "ru": "Стадия"}, STAGES, [2, 1, 0, 9, 2, 2, 3],
    {"en": ("lot", "lots"), "ru": ("лот", "лота", "лотов")}, unit="lots",
)  # fmt: skip
STAGE_VALUES = one(
    "lots-value", ("Value of lots, EUR", "Стоимость лотов, евро"), {"en": "Stage", "ru": "Стадия"}, STAGES,
    [640_000, 300_000, 0, 1_450_000, 780_000, 690_000, Cell(None)], {}, unit="euro",
)  # fmt: skip
MILESTONES = (
    timeline.Milestone("start", date(2021, 4, 1), {"en": "Start", "ru": "Начало"}),
    timeline.Milestone("rsg1", date(2021, 12, 9), {"en": "1st regional group", "ru": "1-я региональная группа"}, True),
    timeline.Milestone("tender", date(2022, 3, 20), {"en": "First tender", "ru": "Первый тендер"}),
    timeline.Milestone("rsg2", date(2022, 11, 24), {"en": "2nd regional group", "ru": "2-я региональная группа"}, True),
    timeline.Milestone("mid", date(2023, 5, 12), {"en": "Mid-term review", "ru": "Среднесрочная оценка"}),
    timeline.Milestone(
        "rsg3", date(2023, 11, 15), {"en": "3rd regional group", "ru": "3-я региональная группа"}, True, False
    ),
    timeline.Milestone("last", date(2025, 6, 30), {"en": "Last hand-over", "ru": "Последняя передача"}, done=False),
    timeline.Milestone("end", date(2025, 9, 30), {"en": "End", "ru": "Окончание"}, done=False),
)  # fmt: skip


def address(keys: Keys) -> str:
    """A link to what is behind a cell."""
    return "/records?" + "&".join(keys)


def timeline_sample(**options: object) -> str:
    """The timeline takes dates, not a table."""
    return timeline.draw(
        start=date(2021, 4, 1), end=date(2025, 9, 30), as_of=date(2023, 6, 30), label={"en": "Phase 10", "ru": "10-я фаза"},
        milestones=MILESTONES, framed=Period.quarter(2023, 2), **options,
    )  # fmt: skip


SAMPLES: dict[str, tuple[FigureTable, Draw]] = {
    "bars": (BY_COUNTRY, lambda **options: bars.draw(BY_COUNTRY, link=address, **options)),
    "bars, long names": (BY_SERVICE, lambda **options: bars.draw(BY_SERVICE, link=address, **options)),
    "bars, stacked": (BY_BOTH, lambda **options: bars.draw(BY_BOTH, link=address, **options)),
    "bars, grouped": (RATES, lambda **options: bars.draw(RATES, link=address, **options)),
    "columns": (BY_QUARTER, lambda **options: columns.draw(BY_QUARTER, link=address, **options)),
    "lines, behind": (PLAN_AND_DONE, lambda **options: lines.draw(PLAN_AND_DONE, link=address, **options)),
    "lines, ahead": (AHEAD, lambda **options: lines.draw(AHEAD, link=address, **options)),
    "progress": (DELIVERED, lambda **options: progress.draw(DELIVERED, time=TIME, link=address, **options)),
    "timeline": (TIME, timeline_sample),
    "dots": (BY_BOTH, lambda **options: dots.draw(BY_BOTH, dots=DOTS, **options)),
    "squares": (BY_STATE, lambda **options: squares.draw(BY_STATE, squares=SQUARES, **options)),
    "strip": (BY_STAGE, lambda **options: strip.draw(BY_STAGE, values=STAGE_VALUES, link=address, **options)),
    "people": (PEOPLE, lambda **options: people.draw(PEOPLE, link=address, **options)),
    "map": (
        BY_PLACE,
        lambda **options: map.draw(
            BY_PLACE, places=PLACES, capitals=CAPITALS, crossings=CROSSINGS, link=address, **options
        ),
    ),
    "small multiples": (BY_BOTH, lambda **options: small_multiples.draw(BY_BOTH, link=address, **options)),
}


def page(width: float, medium: str, theme: str, languages: list[str]) -> str:
    """Every form, one column a language."""
    css = (STATIC / "css" / "charts.css").read_text()
    if theme == "dark":
        css = css.replace("(prefers-color-scheme: dark)", "all")
    fonts = (STATIC / "fonts" / "fonts.css").read_text().replace('url("', f'url("{STATIC.as_uri()}/fonts/')
    cells = []
    for _, draw in SAMPLES.values():
        cells += [f"<figure>{draw(language=language, width=width, medium=medium)}</figure>" for language in languages]
    sparks = "".join(spark.draw(BY_QUARTER_TOTALS, language=language, medium=medium) for language in languages)
    return (
        f"<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><style>{fonts}{css}"
        f"body{{margin:12px;background:var(--paper)}}"
        f"main{{display:grid;grid-template-columns:repeat({len(languages)},{width}px);gap:40px 30px}}"
        f"figure{{margin:0}}</style><main>{''.join(cells)}</main>{sparks}"
    )


BY_QUARTER_TOTALS = one(
    "spark", ("Activities by quarter", "Мероприятия по кварталам"), {"en": "Quarter", "ru": "Квартал"}, quarters(1, 9),
    [1, 2, 3, 4, 8, 6, Cell(None), 6, 12], ACTIVITIES,
)  # fmt: skip


def main() -> None:
    """Writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("--width", type=float, default=640)
    parser.add_argument("--medium", choices=("screen", "print"), default="screen")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--language", choices=("en", "ru"))
    given = parser.parse_args()
    languages = [given.language] if given.language else ["en", "ru"]
    given.target.write_text(page(given.width, given.medium, given.theme, languages), encoding="utf-8")


if __name__ == "__main__":
    main()
