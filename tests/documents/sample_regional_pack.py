"""A regional pack in which every page is full, in both languages. Everything in it is invented."""

from __future__ import annotations

from typing import Any

from pilotage.documents.kinds.regional_pack.content import RegionalPack
from pilotage.documents.steering.sealing import sealed
from tests.documents import sample_national_pack as national
from tests.documents import sample_steering as sample
from tests.documents.sample_national_pack import chart
from tests.documents.sample_steering import COUNTRIES, Language, Pair, Say, key, state, table
from tests.documents.sample_steering_pictures import pictures

IMAGES = (
    "dots-country.svg",
    "progress.svg",
    "countries.svg",
    "squares-country.svg",
    "strip.svg",
    "dots-c1.svg",
    "dots-c2.svg",
    "dots-c3.svg",
    "dots-c4.svg",
)


def build(language: Language) -> tuple[RegionalPack, dict[str, bytes]]:
    """The content and the pictures of the sample in one language."""
    say = sample.sayer(language)
    head = sample.document(
        language,
        document=("Steering pack", "Материалы к заседанию"),
        subject=("Regional Steering Group", "Региональная руководящая группа"),
        label=("Third meeting", "Третье заседание"),
        date=("9 December 2026", "9 декабря 2026 г."),
        place=("Tashkent", "Ташкент"),
    )
    source = say("Programme records as of 30 September 2026.", "Данные программы на 30 сентября 2026 г.")
    names = [say(*country) for country in COUNTRIES]
    content: Any = head | {
        "headline": say(
            "Four of five national plans are on time; every third recommendation in the region is in force",
            "Четыре национальных плана из пяти идут в срок; внедрена каждая третья рекомендация региона",
        ),
        "key_figures": [
            key(
                "118",
                say("activities in the year", "мероприятий за год"),
                say("304 since January 2024", "304 с января 2024 г."),
            ),
            key(say("2 140", "2 140"), say("participations", "участий"), say("34.2 % women", "34,2 % — женщины")),
            key(say("36 of 95", "36 из 95"), say("recommendations adopted", "рекомендаций внедрено")),
        ],
        "agenda": {
            "title": say("One day, eight items", "Один день, восемь вопросов"),
            "sessions": [
                {
                    "name": say("Joint session, 10:00–16:00", "Общая сессия, 10:00–16:00"),
                    "entries": [
                        {
                            "number": str(place + 1),
                            "time": time,
                            "title": say(*title),
                            "speaker": say(*speaker),
                            "page": page,
                        }
                        for place, (time, title, speaker, page) in enumerate(AGENDA)
                    ],
                }
            ],
            "papers": say(
                "Papers sent on 24 November 2026, 11 working days before the meeting.",
                "Материалы разосланы 24 ноября 2026 г., за 11 рабочих дней до заседания.",
            ),
        },
        "changes": regional_changes(say),
        "follow_up": national.follow_up(say),
        "dashboard": {
            "title": say(
                "96 of 118 planned activities are delivered", "Проведено 96 из 118 запланированных мероприятий"
            ),
            "figures": [
                key(
                    say("81 %", "81 %"),
                    say("delivery against plan", "выполнение плана"),
                    say("96 of 118 lines", "96 из 118 строк"),
                ),
                key(
                    say("68.8 %", "68,8 %"),
                    say("of the time elapsed", "срока прошло"),
                    say("33 of 48 months", "33 из 48 месяцев"),
                ),
                key(say("2 140", "2 140"), say("participations", "участия"), say("34.2 % women", "34,2 % — женщины")),
                key(say("38 %", "38 %"), say("adoption rate", "доля внедрённых"), say("36 of 95", "36 из 95")),
            ],
            "text": None,
            "charts": [
                chart(
                    "progress.svg",
                    "",
                    source,
                    say("Plan delivered 81 %, time elapsed 68.8 %.", "План выполнен на 81 %, прошло 68,8 % времени."),
                ),
                chart(
                    "dots-country.svg",
                    say("Tajikistan takes part most often", "Чаще всех участвует Таджикистан"),
                    say("One dot is one activity in one country. ", "Одна точка — одно мероприятие в одной стране. ")
                    + source,
                    say("Activities by country: 33, 36, 42, 20, 35.", "Мероприятия по странам: 33, 36, 42, 20, 35."),
                ),
            ],
            "tables": [],
            "gaps": [say("4 activities have no tally yet.", "По 4 мероприятиям ещё нет данных об участниках.")],
        },
        "comparison": {
            "title": say("Five countries on one scale", "Пять стран в одном масштабе"),
            "figures": [],
            "text": None,
            "charts": [
                chart(
                    "countries.svg",
                    say("Activities by component", "Мероприятия по компонентам"),
                    source,
                    say(
                        "Activities by country and component, on one scale.",
                        "Мероприятия по странам и компонентам, в одном масштабе.",
                    ),
                )
            ],
            "tables": [
                table(
                    "",
                    (say("Figure", "Показатель"), *names),
                    [
                        (
                            say("Delivery against plan", "Выполнение плана"),
                            say("86 %", "86 %"),
                            "79 %",
                            "91 %",
                            "60 %",
                            "83 %",
                        ),
                        (say("In time", "В срок"), "77 %", "64 %", "82 %", "45 %", "74 %"),
                        (say("Participations", "Участия"), "452", "222", "718", "206", "542"),
                        (say("Share of women", "Доля женщин"), "38 %", "44 %", "26 %", "25 %", "39 %"),
                        (say("Recommendations issued", "Выдано рекомендаций"), "20", "21", "23", "10", "21"),
                        (say("Response rate", "Доля ответов"), "85 %", "76 %", "87 %", "50 %", "90 %"),
                        (say("Adoption rate", "Доля внедрённых"), "45 %", "29 %", "48 %", "20 %", "38 %"),
                    ],
                    caption=say(
                        "n/a where there is no data; both counts of every share stand in the annex to the national "
                        "packs.",
                        "н/д — нет данных; обе величины каждой доли приведены в национальных материалах.",
                    ),
                    total=False,
                ),
            ],
            "gaps": [],
        },
        "components": [
            {
                "component": component,
                "title": say(*COMPONENT_TITLES[place]),
                "objective": say(*OBJECTIVES[place]),
                "figures": [
                    key(("50", "40", "44", "32")[place], say("activities by country", "мероприятий по странам")),
                    key(("742", "518", "497", "383")[place], say("participations", "участия")),
                    key(("12", "8", "10", "6")[place], say("recommendations adopted", "рекомендаций внедрено")),
                ],
                "text": None,
                "charts": [
                    chart(
                        f"dots-c{component['number']}.svg",
                        say("One dot is one activity", "Одна точка — одно мероприятие"),
                        source,
                        say("Activities of the component by country.", "Мероприятия компонента по странам."),
                        "half",
                    ),
                ],
                "activities": sample.activities(say, component["number"]),
                "more": say("and 38 more in the register", "и ещё 38 в реестре"),
                "gaps": [],
            }
            for place, component in enumerate(sample.components(say))
        ],
        "logframe": logframe(say),
        "recommendations": {
            "title": say(
                "Thirty-six recommendations are in force; eighteen wait for an answer",
                "Внедрены тридцать шесть рекомендаций; восемнадцать ждут ответа",
            ),
            "figures": [
                key("95", say("issued", "выдано")),
                key(say("81 %", "81 %"), say("answered", "получили ответ"), say("77 of 95", "77 из 95")),
                key(say("38 %", "38 %"), say("adopted", "внедрено")),
                key("5", say("overdue", "просрочены")),
            ],
            "chart": chart(
                "squares-country.svg",
                "",
                say(
                    "One square is one recommendation, oldest first.",
                    "Один квадрат — одна рекомендация, сначала самые давние.",
                ),
                say(
                    "Recommendations by country: Kazakhstan 20, Kyrgyzstan 21, Tajikistan 23, Turkmenistan 10, "
                    "Uzbekistan 21.",
                    "Рекомендации по странам: Казахстан 20, Кыргызстан 21, Таджикистан 23, Туркменистан 10, "
                    "Узбекистан 21.",
                ),
            ),
            "groups": [
                {
                    "name": names[1],
                    "count": say("21 issued, 16 answered, 6 adopted", "21 выдана, 16 ответов, 6 внедрены"),
                    "recommendations": sample.recommendations(say, 0),
                },
                {
                    "name": names[2],
                    "count": say("23 issued, 20 answered, 11 adopted", "23 выдано, 20 ответов, 11 внедрены"),
                    "recommendations": sample.recommendations(say, 1),
                },
            ],
            "gaps": [],
        },
        "procurement": national.needs(say),
        "budget": {
            "title": say("58 % spent at 69 % of the time", "Освоено 58 % при 69 % прошедшего времени"),
            "figures": [],
            "text": None,
            "charts": [],
            "tables": [
                table(
                    "",
                    (say("Heading", "Статья"), say("Budget", "Бюджет"), say("Incurred", "Освоено"), "%"),
                    [
                        (say("1 Human resources", "1 Персонал"), "7 240 000", "4 851 000", "67"),
                        (say("2 Travel", "2 Поездки"), "2 110 000", "1 329 000", "63"),
                        (say("3 Equipment and supplies", "3 Оборудование и материалы"), "4 900 000", "2 310 000", "47"),
                        (say("5 Other costs, services", "5 Прочие расходы, услуги"), "2 950 000", "1 563 000", "53"),
                        (say("8 Indirect costs", "8 Косвенные расходы"), "1 200 000", "619 000", "52"),
                        (say("Total, EUR", "Итого, евро"), "18 400 000", "10 672 000", "58"),
                    ],
                ),
            ],
            "gaps": [],
        },
        "risks": national.risks(say),
        "synthesis": synthesis(say, names),
        "plan": {
            "title": say("2027: what the five plans have in common", "2027 год: общее в пяти планах"),
            "figures": [],
            "text": None,
            "months": [say(*month) for month in sample.MONTHS],
            "groups": sample.plan_groups(say),
            "note": say(
                "Filled: the days are known. Pale: only the month or quarter is.",
                "Заливка: известны дни. Бледный фон: известен только месяц или квартал.",
            ),
        },
        "decisions": national.decisions(say),
        "reconciliation": reconciliation(say, names),
        "consultations": [],
    }
    return sealed(content), {name: svg for name, svg in pictures(language).items() if name in IMAGES}


AGENDA: tuple[tuple[str, Pair, Pair, str], ...] = (
    ("10:00", ("Opening, adoption of the agenda", "Открытие, утверждение повестки дня"), ("Chair", "Председатель"), ""),
    (
        "10:15",
        ("Previous decisions and action points", "Выполнение предыдущих решений и поручений"),
        ("Programme manager", "Руководитель программы"),
        "follow_up",
    ),
    (
        "10:45",
        ("Progress in the region and by country", "Ход реализации в регионе и по странам"),
        ("Programme manager", "Руководитель программы"),
        "dashboard",
    ),
    ("11:30", ("Components", "Компоненты"), ("Component leaders", "Руководители компонентов"), "components"),
    (
        "13:30",
        ("Recommendations", "Рекомендации"),
        ("Monitoring and evaluation", "Мониторинг и оценка"),
        "recommendations",
    ),
    (
        "14:15",
        ("What the national meetings asked for", "О чём просили национальные заседания"),
        ("National coordinators", "Национальные координаторы"),
        "synthesis",
    ),
    (
        "15:00",
        ("Regional plan 2027", "Региональный план на 2027 год"),
        ("Programme manager", "Руководитель программы"),
        "plan",
    ),
    ("15:30", ("Decisions", "Принятие решений"), ("Chair", "Председатель"), "decisions"),
)
COMPONENT_TITLES: tuple[Pair, ...] = (
    ("National trainers now teach their neighbours", "Национальные тренеры уже обучают соседей"),
    ("The same cases, read in five countries", "Одни и те же дела читают в пяти странах"),
    ("One framework for five customs administrations", "Одна модель для пяти таможенных администраций"),
    ("Three leaflets become one", "Три памятки становятся одной"),
)
OBJECTIVES: tuple[Pair, ...] = (
    (
        "International standards are adopted, good practice is taken in, and models of integrated border management "
        "are followed.",
        "Внедряются международные стандарты и передовая практика; используются модели интегрированного управления "
        "границами.",
    ),
    (
        "Detection, coordination and investigation become more effective within and between the countries.",
        "Выявление, координация и расследование становятся эффективнее внутри стран и между ними.",
    ),
    (
        "Rules and techniques for lawful flows of people and cargo are harmonised.",
        "Гармонизируются нормы и технические решения для законного перемещения людей и грузов.",
    ),
    (
        "People in border areas live better through local economic development.",
        "Жители приграничных районов живут лучше благодаря местному развитию.",
    ),
)


def regional_changes(say: Say) -> dict[str, Any]:
    """By country here, not by component."""
    page = national.changes(say)
    names = (COUNTRIES[0], COUNTRIES[1], COUNTRIES[2], COUNTRIES[4])
    groups = [
        {**group, "component": None, "name": say(*name)} for group, name in zip(page["groups"], names, strict=True)
    ]
    return {**page, "groups": groups}


def logframe(say: Say) -> dict[str, Any]:
    """Indicators with words for their lights."""
    column = [
        {"label": say("Indicator", "Показатель"), "numeric": False, "share": 3},
        {"label": say("Baseline", "Базовое"), "numeric": True},
        {"label": say("Target", "Цель"), "numeric": True},
        {"label": say("Current", "Текущее"), "numeric": True},
        {"label": say("Achieved", "Достигнуто"), "numeric": True},
        {"label": say("On track", "По графику"), "numeric": False, "share": 1},
    ]
    rows = [
        (
            (
                "OC 1.1 Services that follow the standard of document checks",
                "ИР 1.1 Ведомства, следующие стандарту проверки документов",
            ),
            "2",
            "10",
            "7",
            "63 %",
            ("green", "зелёный"),
        ),
        (
            ("OP 1.2 National trainers in post", "НР 1.2 Национальные тренеры в штате"),
            "0",
            "40",
            "31",
            "78 %",
            ("green", "зелёный"),
        ),
        (
            ("OC 2.1 Cases opened together by two services", "ИР 2.1 Дела, открытые совместно двумя ведомствами"),
            "4",
            "20",
            "11",
            "44 %",
            ("amber", "жёлтый"),
        ),
        (
            (
                "OP 3.3 Certificates exchanged without paper, per month",
                "НР 3.3 Сертификаты, переданные без бумаги, в месяц",
            ),
            "0",
            "500",
            "90",
            "18 %",
            ("red", "красный"),
        ),
        (
            ("OP 4.1 Members of border communities reached", "НР 4.1 Охвачено жителей приграничных сёл"),
            "0",
            "3 000",
            "2 410",
            "80 %",
            ("green", "зелёный"),
        ),
        (
            ("OC 3.1 Minutes of waiting of a lorry, median", "ИР 3.1 Ожидание грузовика, медиана, минут"),
            "480",
            "120",
            "260",
            "61 %",
            ("amber", "жёлтый"),
        ),
    ]
    return {
        "title": say("Three indicators of six are on track", "Три показателя из шести идут по графику"),
        "figures": [],
        "text": None,
        "charts": [],
        "tables": [
            {
                "title": "",
                "columns": column,
                "rows": [
                    {"cells": [say(*name), base, target, now, achieved, say(*light)]}
                    for name, base, target, now, achieved, light in rows
                ],
                "total": None,
                "caption": say(
                    "Achieved = (current − baseline) ÷ (target − baseline).",
                    "Достигнуто = (текущее − базовое) ÷ (цель − базовое).",
                ),
            }
        ],
        "gaps": [],
    }


def synthesis(say: Say, names: list[str]) -> dict[str, Any]:
    """Five meetings."""
    rows = [
        (
            ("11 November 2026, Astana; 15 members of 17", "11 ноября 2026 г., Астана; 15 членов из 17"),
            [
                ("Plan 2027 endorsed", "План на 2027 год одобрен"),
                ("Laboratories open to neighbours for training", "Лаборатории открыты для обучения соседей"),
            ],
            [("A second course for dog handlers", "Второй курс для кинологов")],
        ),
        (
            ("18 November 2026, Bishkek; 14 members of 16", "18 ноября 2026 г., Бишкек; 14 членов из 16"),
            [
                ("Plan 2027 endorsed", "План на 2027 год одобрен"),
                ("Five answers by 31 January", "Пять ответов до 31 января"),
            ],
            [
                ("One leaflet for three countries", "Одна памятка на три страны"),
                ("Earlier dates for the joint exercise", "Более ранние сроки совместного учения"),
            ],
        ),
        (
            ("20 November 2026, Dushanbe; 16 members of 16", "20 ноября 2026 г., Душанбе; 16 членов из 16"),
            [("Plan 2027 endorsed with one line added", "План на 2027 год одобрен, добавлена одна строка")],
            [("Radios for the Badakhshan section", "Радиостанции для Бадахшанского участка")],
        ),
        (
            ("24 November 2026, Ashgabat; 9 members of 12", "24 ноября 2026 г., Ашхабад; 9 членов из 12"),
            [("Plan 2027 endorsed", "План на 2027 год одобрен")],
            [("More activities online", "Больше мероприятий онлайн")],
        ),
        (
            ("27 November 2026, Tashkent; 17 members of 18", "27 ноября 2026 г., Ташкент; 17 членов из 18"),
            [
                ("Plan 2027 endorsed", "План на 2027 год одобрен"),
                ("Moot court hosted in May", "Учебный суд пройдёт в мае в Ташкенте"),
            ],
            [],
        ),
    ]
    return {
        "title": say(
            "Five meetings, one shared wish: more joint exercises",
            "Пять заседаний и одно общее пожелание: больше совместных учений",
        ),
        "lead": say(
            "All five groups had a quorum and endorsed their plans.",
            "Все пять групп имели кворум и одобрили свои планы.",
        ),
        "decisions_label": say("Decided", "Решили"),
        "requests_label": say("Ask the region", "Просят регион"),
        "meetings": [
            {
                "country": name,
                "meeting": say(*meeting),
                "state": {"word": say("quorum", "кворум есть"), "tone": "done"},
                "decisions": [say(*one) for one in decided],
                "requests": [say(*one) for one in asked],
            }
            for name, (meeting, decided, asked) in zip(names, rows, strict=True)
        ],
    }


def reconciliation(say: Say, names: list[str]) -> dict[str, Any]:
    """National and regional figures side by side."""
    rows: list[tuple[Pair, tuple[str, ...], str, str, str, str, Pair]] = [
        (
            ("Activities implemented", "Проведено мероприятий"),
            ("33", "36", "42", "20", "35"),
            "2",
            "50",
            "118",
            "equal",
            ("", ""),
        ),
        (("Participations", "Участия"), ("452", "222", "718", "206", "542"), "0", "0", "2 140", "equal", ("", "")),
        (
            ("of them women", "из них женщины"),
            ("172", "97", "187", "52", "211"),
            "0",
            "0",
            "731",
            "explained",
            (
                "12 women of an activity corrected after the national pack of Uzbekistan.",
                "12 женщин: мероприятие исправлено после выпуска национальных материалов Узбекистана.",
            ),
        ),
        (
            ("Recommendations issued", "Выдано рекомендаций"),
            ("20", "21", "23", "10", "21"),
            "0",
            "0",
            "95",
            "equal",
            ("", ""),
        ),
        (
            ("Recommendations adopted", "Внедрено рекомендаций"),
            ("9", "6", "11", "2", "8"),
            "0",
            "0",
            "36",
            "equal",
            ("", ""),
        ),
        (("Lines in the plans", "Строк в планах"), ("36", "14", "46", "33", "42"), "4", "57", "118", "equal", ("", "")),
    ]
    return {
        "title": say("National packs and the regional one agree", "Национальные и региональные материалы сходятся"),
        "lead": say(
            "National + regional only − counted in several countries = region, for every figure, at one data cut-off.",
            "Национальные + только регион − учтённые в нескольких странах = регион, по каждому показателю, на одну "
            "дату отсечения.",
        ),
        "countries": [say(*pair) for pair in (("KZ", "KZ"), ("KG", "KG"), ("TJ", "TJ"), ("TM", "TM"), ("UZ", "UZ"))],
        "rows": [
            {
                "figure": say(*figure),
                "national": list(national),
                "regional_only": only,
                "counted_twice": twice,
                "regional": whole,
                "state": state(say, name),
                "note": say(*note),
            }
            for figure, national, only, twice, whole, name, note in rows
        ],
        "notes": [
            say(
                "Recomputed from the frozen figures of the five national packs; hashes in their own feet.",
                "Пересчитано по зафиксированным показателям пяти национальных комплектов; их хеши — в их нижних полях.",
            )
        ],
    }
