"""What the samples of steering documents have in common: a fictional programme, in both languages. All is invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from pilotage.documents.kinds.newsletter.content import Component, KeyFigure, Table
from pilotage.documents.steering.parts import ActivityLine, PlanGroup, PlanMark, RecommendationLine, State, Tone
from pilotage.documents.steering.words import STATEMENTS, WORDS

Language = Literal["en", "ru"]
Say = Callable[[str, str], str]
Pair = tuple[str, str]
FICTIONAL = "FICTIONAL PROGRAMME — invented data · ВЫМЫШЛЕННАЯ ПРОГРАММА — вымышленные данные"
COUNTRIES: tuple[Pair, ...] = (
    ("Kazakhstan", "Казахстан"),
    ("Kyrgyzstan", "Кыргызстан"),
    ("Tajikistan", "Таджикистан"),
    ("Turkmenistan", "Туркменистан"),
    ("Uzbekistan", "Узбекистан"),
)
STATES: dict[str, tuple[str, str, Tone]] = {
    "done": ("done", "выполнено", "done"),
    "progress": ("in progress", "в работе", "ahead"),
    "open": ("open", "открыто", "open"),
    "overdue": ("overdue", "просрочено", "late"),
    "cancelled": ("cancelled", "отменено", "none"),
    "issued": ("no answer", "нет ответа", "silent"),
    "considered": ("under consideration", "на рассмотрении", "open"),
    "accepted": ("accepted", "принята", "ahead"),
    "working": ("in progress", "в работе", "ahead"),
    "late": ("overdue", "просрочена", "late"),
    "rejected": ("rejected", "отклонена", "failed"),
    "adopted": ("adopted", "внедрена", "done"),
    "verified": ("verified", "проверено", "done"),
    "implemented": ("implemented", "проведено", "done"),
    "postponed": ("postponed", "перенесено", "late"),
    "high": ("high × likely", "высокий × вероятно", "failed"),
    "medium": ("medium × possible", "средний × возможно", "late"),
    "low": ("low × unlikely", "низкий × маловероятно", "open"),
    "equal": ("equal", "сходится", "done"),
    "explained": ("differs, explained", "расхождение объяснено", "late"),
}


def sayer(language: Language) -> Say:
    """Chooses between the two languages."""
    return lambda english, russian: english if language == "en" else russian


def state(say: Say, name: str) -> State:
    """A state by its short name."""
    english, russian, tone = STATES[name]
    return {"word": say(english, russian), "tone": tone}


def components(say: Say) -> list[Component]:
    """The four components."""
    return [
        {"number": "1", "hue": "c1", "name": say("Institutions of border control", "Институты пограничного контроля")},
        {"number": "2", "hue": "c2", "name": say("Detection and investigation", "Выявление и расследование")},
        {"number": "3", "hue": "c3", "name": say("Facilitation of trade", "Содействие торговле")},
        {"number": "4", "hue": "c4", "name": say("Cross-border cooperation", "Приграничное сотрудничество")},
    ]


def document(
    language: Language, *, document: Pair, subject: Pair, label: Pair, date: Pair, place: Pair
) -> dict[str, Any]:
    """The beginning and the end of every steering document."""
    say = sayer(language)
    return {
        "title": f"{say('MERIDIAN', 'МЕРИДИАН')}: {say(*document)}, {say(*subject)}, {say(*date)}",
        "keywords": [say("Central Asia", "Центральная Азия"), say("steering", "руководящая группа")],
        "words": WORDS[language],
        "programme": {
            "name": say(
                "Cooperation on Borders and Trade in Central Asia",
                "Сотрудничество в области границ и торговли в Центральной Азии",
            ),
            "short": say("MERIDIAN", "МЕРИДИАН"),
            "other_names": [{"text": say("МЕРИДИАН", "MERIDIAN"), "language": say("ru", "en")}],
            "owner": say("MERIDIAN consortium", "Консорциум «Меридиан»"),
        },
        "identity": {
            "document": say(*document),
            "subject": say(*subject),
            "label": say(*label),
            "date": say(*date),
            "place": say(*place),
            "as_of": say("Figures as of 30 September 2026", "Показатели по состоянию на 30 сентября 2026 г."),
            "confidentiality": say("For members of the steering group", "Для членов руководящей группы"),
            "year": 2026,
            "month": 11,
            "day": 3,
        },
        "funding": {"lines": STATEMENTS["funded"][language], "contribution": ""},
        "fictional": FICTIONAL,
        "seal": {
            "cut_off": say("Data cut-off 10 October 2026", "Данные внесены до 10 октября 2026 г."),
            "edition": say("Edition 2026-1", "Издание 2026-1"),
            "hash": "",
        },
        "notes": [
            say(
                "A figure of the year counts what ended between 1 October 2025 and 30 September 2026 and was "
                "recorded by the "
                "cut-off. A regional activity counts once in every country and once in the regional total.",
                "Показатель за год включает то, что завершилось с 1 октября 2025 г. по 30 сентября 2026 г. и было "
                "внесено до "
                "даты отсечения. Региональное мероприятие учитывается один раз в каждой стране и один раз в "
                "региональном итоге.",
            ),
            say(
                "Adoption rate = adopted ÷ issued; response rate = answered ÷ issued. “Under consideration” is no "
                "answer.",
                "Доля внедрённых = внедрённые ÷ выданные; доля ответов = ответы ÷ выданные. «На рассмотрении» — ещё "
                "не ответ.",
            ),
        ],
        "disclaimer": say(
            "This document was produced with the financial support of the European Union. Its contents are the sole "
            "responsibility of the MERIDIAN consortium and do not necessarily reflect the views of the European "
            "Union.",
            "Настоящий документ подготовлен при финансовой поддержке Европейского Союза. Ответственность за его "
            "содержание "
            "несёт исключительно консорциум «Меридиан»; оно не обязательно отражает точку зрения Европейского Союза.",
        ),
    }


def key(value: str, label: str, note: str = "", unit: str = "") -> KeyFigure:
    """A number set large."""
    figure: KeyFigure = {"value": value, "label": label}
    if note:
        figure["note"] = note
    if unit:
        figure["unit"] = unit
    return figure


def table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    text: int = 1,
    caption: str = "",
    total: bool = True,
) -> Table:
    """A table whose first ``text`` columns are words; its last row is the total unless it has none."""
    return {
        "title": title,
        "columns": [{"label": label, "numeric": place >= text} for place, label in enumerate(columns)],
        "rows": [{"cells": list(row)} for row in (rows[:-1] if total else rows)],
        "total": {"cells": list(rows[-1])} if total else None,
        "caption": caption,
    }


ACTIVITIES: dict[str, list[tuple[Pair, Pair, Pair, Pair, str]]] = {
    "1": [
        (
            ("12–14 Oct. 2025", "12–14 окт. 2025 г."),
            (
                "Training of trainers: authenticity of travel documents",
                "Подготовка тренеров: подлинность проездных документов",
            ),
            ("Bishkek", "Бишкек"),
            ("24, of them 9 women", "24, из них 9 женщин"),
            "verified",
        ),
        (
            ("2–3 Feb.", "2–3 февр."),
            (
                "Workshop on the strategy of integrated border management to 2030",
                "Семинар по стратегии интегрированного управления границами до 2030 г.",
            ),
            ("Bishkek", "Бишкек"),
            ("31, of them 12 women", "31, из них 12 женщин"),
            "verified",
        ),
        (
            ("18–20 May", "18–20 мая"),
            (
                "Contingency planning for a sudden influx of people, table-top exercise with Tajik colleagues",
                "Планирование на случай внезапного притока людей: штабное учение с таджикскими коллегами",
            ),
            ("Osh", "Ош"),
            ("42, of them 11 women", "42, из них 11 женщин"),
            "verified",
        ),
        (
            ("September", "сентябрь"),
            ("Management of shifts at border crossing points", "Организация смен в пунктах пропуска"),
            ("online", "онлайн"),
            ("", ""),
            "implemented",
        ),
    ],
    "2": [
        (
            ("9–13 March", "9–13 марта"),
            (
                "From the first sign to the court file: investigation of trafficking",
                "От первого признака до материалов суда: расследование торговли людьми",
            ),
            ("Tashkent", "Ташкент"),
            ("8, of them 3 women", "8, из них 3 женщины"),
            "verified",
        ),
        (
            ("1–5 June", "1–5 июня"),
            ("Dog handlers: search of cargo", "Кинологи: досмотр грузов"),
            ("Cholpon-Ata", "Чолпон-Ата"),
            ("16, of them 2 women", "16, из них 2 женщины"),
            "verified",
        ),
        (
            ("moved to Nov.", "перенесено на ноябрь"),
            ("Financial investigation, advanced course", "Финансовое расследование, углублённый курс"),
            ("Bishkek", "Бишкек"),
            ("", ""),
            "postponed",
        ),
    ],
    "3": [
        (
            ("20–22 Jan.", "20–22 янв."),
            (
                "Competency framework of customs officers, third regional workshop",
                "Модель компетенций таможенников, третий региональный семинар",
            ),
            ("Almaty", "Алматы"),
            ("6, of them 3 women", "6, из них 3 женщины"),
            "verified",
        ),
        (
            ("14–16 April", "14–16 апр."),
            (
                "Reading of scanned images, on-the-job training",
                "Чтение снимков сканирования, обучение на рабочем месте",
            ),
            ("Ak-Tilek", "Ак-Тилек"),
            ("18, of them 6 women", "18, из них 6 женщин"),
            "verified",
        ),
        (
            ("8–9 July", "8–9 июля"),
            ("Phytosanitary certificates without paper", "Фитосанитарные сертификаты без бумаги"),
            ("Bishkek", "Бишкек"),
            ("27, of them 16 women", "27, из них 16 женщин"),
            "verified",
        ),
    ],
    "4": [
        (
            ("4–8 May", "4–8 мая"),
            (
                "Study visit: keeping in touch with citizens abroad",
                "Ознакомительный визит: связь с гражданами за рубежом",
            ),
            ("Vienna", "Вена"),
            ("10, of them 6 women", "10, из них 6 женщин"),
            "verified",
        ),
        (
            ("22–24 June", "22–24 июня"),
            (
                "First psychological support for border communities",
                "Первая психологическая помощь в приграничных сёлах",
            ),
            ("Batken", "Баткен"),
            ("40, of them 29 women", "40, из них 29 женщин"),
            "verified",
        ),
    ],
}


def activities(say: Say, number: str) -> list[ActivityLine]:
    """The invented activities of a component."""
    return [
        {
            "date": say(*date),
            "title": say(*title),
            "place": say(*place),
            "participants": say(*people),
            "state": state(say, name),
        }
        for date, title, place, people, name in ACTIVITIES[number]
    ]


RECOMMENDATIONS: tuple[tuple[Pair, Pair, list[tuple[str, Pair, Pair, Pair, str, Pair]]], ...] = (
    (
        ("State Border Service", "Государственная пограничная служба"),
        ("6 issued, 6 answered, 3 adopted", "6 выдано, 6 ответов, 3 внедрены"),
        [
            (
                "R-014",
                (
                    "Enter the course on travel documents into the academy’s curriculum",
                    "Включить курс о проездных документах в учебный план академии",
                ),
                ("Nov. 2025", "нояб. 2025 г."),
                ("31 March", "31 марта"),
                "adopted",
                ("Order 118 of 24 March 2026.", "Приказ № 118 от 24 марта 2026 г."),
            ),
            (
                "R-021",
                (
                    "Give shift leaders one page a day instead of three registers",
                    "Дать начальникам смен одну страницу в день вместо трёх журналов",
                ),
                ("March", "март"),
                ("30 Sept.", "30 сент."),
                "late",
                (
                    "Tried at two crossing points; the order is being cleared.",
                    "Опробовано в двух пунктах пропуска; приказ согласуется.",
                ),
            ),
            (
                "R-022",
                (
                    "Name a second operator for each document laboratory",
                    "Назначить второго оператора в каждую лабораторию документов",
                ),
                ("March", "март"),
                ("31 Dec.", "31 дек."),
                "working",
                ("", ""),
            ),
        ],
    ),
    (
        ("State Customs Service", "Государственная таможенная служба"),
        ("5 issued, 4 answered, 1 adopted", "5 выдано, 4 ответа, 1 внедрена"),
        [
            (
                "R-017",
                (
                    "Publish waiting times at the three busiest crossing points",
                    "Публиковать время ожидания в трёх самых загруженных пунктах пропуска",
                ),
                ("Dec. 2025", "дек. 2025 г."),
                ("30 June", "30 июня"),
                "adopted",
                ("On the service’s site since 2 June 2026.", "На сайте службы с 2 июня 2026 г."),
            ),
            (
                "R-025",
                ("Adopt the competency framework for inspectors", "Принять модель компетенций инспекторов"),
                ("April", "апрель"),
                ("31 Dec.", "31 дек."),
                "accepted",
                ("", ""),
            ),
            (
                "R-026",
                (
                    "Exchange scanned images with the neighbour before arrival",
                    "Обмениваться снимками с соседней службой до прибытия",
                ),
                ("April", "апрель"),
                ("–", "–"),
                "rejected",
                (
                    "The law on official secrets does not allow it yet.",
                    "Пока не допускается законом о государственных секретах.",
                ),
            ),
            (
                "R-031",
                (
                    "Keep one list of approved laboratories with the veterinary service",
                    "Вести с ветеринарной службой единый перечень лабораторий",
                ),
                ("July", "июль"),
                ("31 Oct.", "31 окт."),
                "issued",
                ("", ""),
            ),
        ],
    ),
    (
        ("Ministry of Labour, Social Security and Migration", "Министерство труда, социального обеспечения и миграции"),
        ("3 issued, 1 answered", "3 выдано, 1 ответ"),
        [
            (
                "R-028",
                (
                    "Print one leaflet for migrant workers with the two neighbouring states",
                    "Печатать с двумя соседними странами единую памятку трудовым мигрантам",
                ),
                ("June", "июнь"),
                ("31 Aug.", "31 авг."),
                "considered",
                ("", ""),
            ),
            (
                "R-029",
                ("Open the consular hotline on Saturdays", "Открыть консульскую горячую линию по субботам"),
                ("June", "июнь"),
                ("31 Aug.", "31 авг."),
                "issued",
                ("Answer due since 31 August.", "Ответ ожидался до 31 августа."),
            ),
        ],
    ),
)


def recommendations(say: Say, place: int) -> list[RecommendationLine]:
    """The invented recommendations to one agency."""
    return [
        {
            "code": code,
            "text": say(*text),
            "issued": say(*issued),
            "due": say(*due),
            "state": state(say, name),
            "note": say(*note),
        }
        for code, text, issued, due, name, note in RECOMMENDATIONS[place][2]
    ]


MONTHS: tuple[Pair, ...] = tuple(
    zip(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
        strict=True,
    )
)
WORKSHOP, TRAINING, TRAINERS, VISIT, MISSION, EXERCISE = (
    ("workshop", "семинар"),
    ("training", "тренинг"),
    ("training of trainers", "подготовка тренеров"),
    ("study visit", "ознакомительный визит"),
    ("expert mission", "экспертная миссия"),
    ("on-the-job training", "обучение на рабочем месте"),
)
Line = tuple[str, Pair, Pair, str, Pair, str, list[tuple[int, int, str]]]
PLAN: dict[str, list[Line]] = {
    "1": [
        (
            "1.1",
            ("National trainers teach document checks", "Национальные тренеры обучают проверке документов"),
            TRAINING,
            "KG",
            ("9–11 February", "9–11 февраля"),
            "14 000",
            [(2, 2, "9–11")],
        ),
        (
            "1.2",
            (
                "Integrated border management strategy: action plan",
                "Стратегия интегрированного управления границами: план действий",
            ),
            WORKSHOP,
            "KG",
            ("April", "апрель"),
            "22 000",
            [(4, 4, "")],
        ),
        (
            "1.3",
            ("Joint contingency exercise", "Совместное учение на случай чрезвычайной ситуации"),
            EXERCISE,
            "KG, TJ",
            ("14–18 June, 6–10 September", "14–18 июня, 6–10 сентября"),
            "48 000",
            [(6, 6, "14–18"), (9, 9, "6–10")],
        ),
        (
            "1.4",
            ("Shift management at crossing points", "Организация смен в пунктах пропуска"),
            MISSION,
            "KG",
            ("fourth quarter", "IV квартал"),
            "18 500",
            [(10, 12, "")],
        ),
    ],
    "2": [
        (
            "2.1",
            ("Financial investigation, advanced course", "Финансовое расследование, углублённый курс"),
            TRAINING,
            "KG",
            ("19–23 January", "19–23 января"),
            "19 000",
            [(1, 1, "19–23")],
        ),
        (
            "2.2",
            ("Cross-border cases, regional moot court", "Трансграничные дела: региональный учебный суд"),
            WORKSHOP,
            "KZ, KG, TJ, TM, UZ",
            ("25–27 May", "25–27 мая"),
            "36 000",
            [(5, 5, "25–27")],
        ),
        (
            "2.3",
            ("Dog handlers: second course and certification", "Кинологи: второй курс и аттестация"),
            TRAINERS,
            "KG, UZ",
            ("third quarter", "III квартал"),
            "41 000",
            [(7, 9, "")],
        ),
    ],
    "3": [
        (
            "3.1",
            ("Competency framework: tests for inspectors", "Модель компетенций: тесты для инспекторов"),
            WORKSHOP,
            "KG",
            ("16–17 March", "16–17 марта"),
            "12 000",
            [(3, 3, "16–17")],
        ),
        (
            "3.2",
            ("Reading of scanned images, all three sites", "Чтение снимков сканирования на всех трёх площадках"),
            EXERCISE,
            "KG",
            ("March–May", "март–май"),
            "27 000",
            [(3, 5, "")],
        ),
        (
            "3.3",
            (
                "Electronic phytosanitary certificates: first exchange",
                "Электронные фитосанитарные сертификаты: первый обмен",
            ),
            MISSION,
            "KG, KZ",
            ("August", "август"),
            "16 000",
            [(8, 8, "")],
        ),
    ],
    "4": [
        (
            "4.1",
            ("One leaflet for three countries", "Одна памятка на три страны"),
            WORKSHOP,
            "KG, TJ, UZ",
            ("4–5 February", "4–5 февраля"),
            "15 000",
            [(2, 2, "4–5")],
        ),
        (
            "4.2",
            ("School gardens on both banks: second season", "Школьные сады на двух берегах: второй сезон"),
            EXERCISE,
            "KG, TJ",
            ("April–October", "апрель–октябрь"),
            "9 000",
            [(4, 10, "")],
        ),
        (
            "4.3",
            (
                "First psychological support, teachers of Osh and Batken",
                "Первая психологическая помощь, учителя Оша и Баткена",
            ),
            TRAINERS,
            "KG",
            ("12–16 October", "12–16 октября"),
            "21 000",
            [(10, 10, "12–16")],
        ),
    ],
    "": [
        (
            "M.1",
            ("National steering group", "Национальная руководящая группа"),
            WORKSHOP,
            "KG",
            ("18 November", "18 ноября"),
            "6 000",
            [(11, 11, "18")],
        ),
        (
            "M.2",
            ("Hand-over of lots 3 and 7", "Передача лотов 3 и 7"),
            MISSION,
            "KG",
            ("second quarter", "II квартал"),
            "2 500",
            [(4, 6, "")],
        ),
    ],
}
COUNTS: dict[str, Pair] = {
    "1": ("4 activities, EUR 102 500", "4 мероприятия, 102 500 евро"),
    "2": ("3 activities, EUR 96 000", "3 мероприятия, 96 000 евро"),
    "3": ("3 activities, EUR 55 000", "3 мероприятия, 55 000 евро"),
    "4": ("3 activities, EUR 45 000", "3 мероприятия, 45 000 евро"),
    "": ("2 events, EUR 8 500", "2 события, 8 500 евро"),
}


def plan_groups(say: Say) -> list[PlanGroup]:
    """The invented plan."""
    outputs = {
        "1": ("Output 1.2: national trainers in post", "Результат 1.2: национальные тренеры в штате"),
        "2": ("Output 2.1: cases opened together", "Результат 2.1: дела, открытые совместно"),
        "3": ("Output 3.3: certificates without paper", "Результат 3.3: сертификаты без бумаги"),
        "4": ("Output 4.1: communities that know each other", "Результат 4.1: знакомые друг с другом сёла"),
        "": ("", ""),
    }
    named = {component["number"]: component for component in components(say)}
    groups: list[PlanGroup] = []
    for number, lines in PLAN.items():
        component = named.get(number)
        groups.append(
            {
                "component": component,
                "name": component["name"]
                if component
                else say("Management, procurement, communication", "Управление, закупки, коммуникация"),
                "count": say(*COUNTS[number]),
                "lines": [
                    {
                        "code": code,
                        "title": say(*title),
                        "type": say(*kind),
                        "output": say(*outputs[number]),
                        "countries": countries,
                        "period": say(*period),
                        "cost": cost,
                        "marks": [mark(*one) for one in marks],
                        "note": "",
                    }
                    for code, title, kind, countries, period, cost, marks in lines
                ],
            }
        )
    return groups


def mark(first: int, last: int, text: str) -> PlanMark:
    """A mark in the calendar; one without days is not exact."""
    return {"first": first, "last": last, "text": text, "exact": bool(text)}
