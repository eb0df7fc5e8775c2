"""The pictures of the steering samples, drawn by the house's own forms from invented counts."""

from __future__ import annotations

from datetime import date

from pilotage.figures.forms import bars, dots, lines, people, progress, small_multiples, squares, strip
from pilotage.figures.forms.dots import Dot
from pilotage.figures.table import Cell, Dimension, FigureTable, Key, Scope
from pilotage.kit.periods import Period
from tests.documents.sample_pictures import COMPONENTS, COUNTRIES, FULL, HALF, SEXES

AS_OF = date(2026, 9, 30)
YEAR = {"en": "October 2025 – September 2026", "ru": "октябрь 2025 – сентябрь 2026 г."}
ACTIVITIES = {"en": ("activity", "activities"), "ru": ("мероприятие", "мероприятия", "мероприятий")}
PARTICIPATIONS = {"en": ("participation", "participations"), "ru": ("участие", "участия", "участий")}
RECOMMENDATIONS = {"en": ("recommendation", "recommendations"), "ru": ("рекомендация", "рекомендации", "рекомендаций")}
LOTS = {"en": ("lot", "lots"), "ru": ("лот", "лота", "лотов")}
STATES = (
    Key("issued", {"en": "No answer", "ru": "Нет ответа"}, hue="unknown"),
    Key("considered", {"en": "Under consideration", "ru": "На рассмотрении"}, hue="plan"),
    Key("accepted", {"en": "Accepted, in progress", "ru": "Принята, в работе"}, hue="ahead"),
    Key("late", {"en": "Overdue", "ru": "Просрочена"}, hue="late"),
    Key("rejected", {"en": "Rejected", "ru": "Отклонена"}, hue="failed"),
    Key("adopted", {"en": "Adopted", "ru": "Внедрена"}, hue="done"),
)
AGENCIES = (
    Key("border", {"en": "State Border Service", "ru": "Государственная пограничная служба"}),
    Key("customs", {"en": "State Customs Service", "ru": "Государственная таможенная служба"}),
    Key(
        "labour",
        {
            "en": "Ministry of Labour, Social Security and Migration",
            "ru": "Министерство труда, социального обеспечения и миграции",
        },
    ),
    Key("vet", {"en": "Veterinary and Phytosanitary Service", "ru": "Ветеринарная и фитосанитарная служба"}),
    Key("prosecutor", {"en": "General Prosecutor’s Office", "ru": "Генеральная прокуратура"}),
)
BY_AGENCY = {
    "border": (0, 0, 2, 1, 0, 3),
    "customs": (1, 0, 2, 0, 1, 1),
    "labour": (1, 1, 1, 0, 0, 0),
    "vet": (0, 0, 3, 0, 0, 2),
    "prosecutor": (2, 0, 0, 0, 0, 0),
}
BY_COUNTRY = {
    "KZ": (2, 1, 7, 1, 0, 9),
    "KG": (4, 1, 8, 1, 1, 6),
    "TJ": (1, 2, 7, 2, 0, 11),
    "TM": (5, 0, 3, 0, 0, 2),
    "UZ": (1, 1, 9, 1, 1, 8),
}


def pictures(language: str) -> dict[str, bytes]:
    """Every picture that the samples name, by name."""
    made = {"language": language, "medium": "print", "title": "", "caption": ""}
    services = dimension("institution", ("Institution", "Ведомство"), AGENCIES)
    sexes, countries = dimension("sex", ("Sex", "Пол"), SEXES), dimension("country", ("Country", "Страна"), COUNTRIES)
    by_sex = {"border": (24, 67), "customs": (19, 28), "labour": (31, 14), "vet": (16, 11), "prosecutor": (7, 5)}
    by_component = {
        "KZ": (9, 8, 11, 5),
        "KG": (12, 7, 9, 8),
        "TJ": (14, 10, 9, 9),
        "TM": (6, 4, 7, 3),
        "UZ": (9, 11, 8, 7),
    }
    component_table = counts(
        ("Activities", "Мероприятия"),
        "activities",
        ACTIVITIES,
        countries,
        dimension("component", ("Component", "Компонент"), COMPONENTS),
        by_component,
        total=118,
    )
    stages = tuple(
        Key(code, {"en": english, "ru": russian}, hue="done" if code in ("delivery", "over") else "ahead")
        for code, english, russian in (
            ("planned", "Planned", "Запланировано"),
            ("prepared", "In preparation", "В подготовке"),
            ("launched", "Launched", "Объявлено"),
            ("evaluated", "Under evaluation", "На оценке"),
            ("contracted", "Contracted", "Контракт подписан"),
            ("delivery", "In delivery", "В поставке"),
            ("over", "Handed over", "Передано"),
        )
    )
    stage = dimension("stage", ("Stage", "Стадия"), stages)
    drawn = {
        "squares-agency.svg": squares.draw(states(AGENCIES, BY_AGENCY), squares=records(BY_AGENCY), width=FULL, **made),
        "squares-country.svg": squares.draw(
            states(COUNTRIES, BY_COUNTRY), squares=records(BY_COUNTRY), width=FULL, **made
        ),
        "people-agency.svg": people.draw(
            counts(("Participations", "Участия"), "participations", PARTICIPATIONS, services, sexes, by_sex),
            width=FULL,
            **made,
        ),
        "countries.svg": small_multiples.draw(component_table, width=FULL, **made),
        "dots-country.svg": dots.draw(
            component_table,
            dots=[
                Dot(country, str(place + 1), {"en": "An activity", "ru": "Мероприятие"})
                for country, row in by_component.items()
                for place, number in enumerate(row)
                for _ in range(number)
            ],
            width=FULL,
            **made,
        ),
        "strip.svg": strip.draw(
            single(("Lots", "Лоты"), "lots", LOTS, stage, (2, 1, 1, 1, 2, 2, 3)),
            values=single(
                ("EUR", "евро"), "euro", {}, stage, (640_000, 300_000, 450_000, 400_000, 780_000, 690_000, 840_000)
            ),
            width=FULL,
            **made,
        ),
        "delivery.svg": lines.draw(cumulated(), width=HALF, **made),
        "progress.svg": progress.draw(
            ratio(("Plan delivered", "План выполнен"), 96, 118),
            time=ratio(("Time elapsed", "Прошло времени"), 33, 48),
            width=FULL,
            **made,
        ),
        "components.svg": bars.draw(
            single(
                ("Activities", "Мероприятия"),
                "activities",
                ACTIVITIES,
                dimension("component", ("Component", "Компонент"), COMPONENTS),
                (4, 2, 3, 2),
            ),
            width=HALF,
            **made,
        ),
    }
    for key in COMPONENTS:
        row = {code: (numbers[int(key.code) - 1],) for code, numbers in by_component.items()}
        one = counts(
            ("Activities", "Мероприятия"),
            "activities",
            ACTIVITIES,
            countries,
            dimension("component", ("Component", "Компонент"), (key,)),
            row,
        )
        marks = [
            Dot(code, key.code, {"en": "An activity", "ru": "Мероприятие"})
            for code, (number,) in row.items()
            for _ in range(number)
        ]
        drawn[f"dots-c{key.code}.svg"] = dots.draw(one, dots=marks, width=HALF, **made)
    return {name: svg.encode() for name, svg in drawn.items()}


def dimension(code: str, label: tuple[str, str], keys: tuple[Key, ...]) -> Dimension:
    """A dimension with its label in both languages."""
    return Dimension(code, {"en": label[0], "ru": label[1]}, keys)


def states(keys: tuple[Key, ...], rows: dict[str, tuple[int, ...]]) -> FigureTable:
    """Recommendations by who and state."""
    who = dimension("addressee", ("Addressee", "Адресат"), keys)
    return counts(
        ("Recommendations", "Рекомендации"),
        "recommendations",
        RECOMMENDATIONS,
        who,
        dimension("state", ("State", "Состояние"), STATES),
        rows,
    )


def records(rows: dict[str, tuple[int, ...]]) -> list[squares.Square]:
    """A square for each."""
    return [
        squares.Square(
            who,
            STATES[place].code,
            {"en": "R", "ru": "Р"},
            date(2025 + (number + place) % 2, 1 + (number * 5 + place * 3) % 12, 1),
        )
        for who, row in rows.items()
        for place, many in enumerate(row)
        for number in range(many)
    ]


def counts(title, unit, forms, first: Dimension, second: Dimension, rows, total: int | None = None) -> FigureTable:
    """A table of two dimensions."""
    cells = {
        (code, key.code): Cell(number)
        for code, row in rows.items()
        for key, number in zip(second.keys, row, strict=True)
    }
    summed = sum(int(cell.value or 0) for cell in cells.values())
    return FigureTable(
        figure=unit,
        title={"en": title[0], "ru": title[1]},
        note={},
        unit=unit,
        unit_forms=forms,
        dimensions=(first, second),
        cells=cells,
        total=Cell(summed if total is None else total),
        row_totals={code: Cell(sum(row)) for code, row in rows.items()},
        column_totals={},
        scope=scope(),
        fictional=True,
    )


def single(title, unit, forms, keys: Dimension, values) -> FigureTable:
    """A table of one dimension."""
    cells = {(key.code,): Cell(value) for key, value in zip(keys.keys, values, strict=True)}
    return FigureTable(
        figure=unit,
        title={"en": title[0], "ru": title[1]},
        note={},
        unit=unit,
        unit_forms=forms,
        dimensions=(keys,),
        cells=cells,
        total=Cell(sum(values)),
        row_totals={},
        column_totals={},
        scope=scope(),
        fictional=True,
    )


def ratio(title, numerator: int, denominator: int) -> FigureTable:
    """A share as a table without dimensions."""
    return FigureTable(
        figure="share",
        title={"en": title[0], "ru": title[1]},
        note={},
        unit="percent",
        unit_forms={},
        dimensions=(),
        cells={},
        total=Cell(100 * numerator / denominator, numerator, denominator),
        row_totals={},
        column_totals={},
        scope=scope(),
        additive=False,
    )


def cumulated() -> FigureTable:
    """Plan and done, quarter by quarter."""
    quarters = tuple(
        Key(period.code, period.label) for period in (Period.quarter(2025 + n // 4, n % 4 + 1) for n in range(3, 7))
    )
    kinds = (
        Key("plan", {"en": "Planned", "ru": "План"}, hue="plan"),
        Key("done", {"en": "Done", "ru": "Проведено"}, hue="done"),
    )
    plan, done = (4, 4, 3, 3), (3, 4, 3, 1)
    return counts(
        ("Plan against done", "План и выполнение"),
        "activities",
        ACTIVITIES,
        dimension("quarter", ("Quarter", "Квартал"), quarters),
        dimension("kind", ("", ""), kinds),
        {key.code: pair for key, pair in zip(quarters, zip(plan, done, strict=True), strict=True)},
    )


def scope() -> Scope:
    """The year that all pictures speak of."""
    return Scope(("M1",), {"en": "MERIDIAN", "ru": "МЕРИДИАН"}, date(2025, 10, 1), AS_OF, AS_OF, YEAR)
