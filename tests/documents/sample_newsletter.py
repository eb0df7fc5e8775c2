"""A newsletter in which every page is full, in both languages: the design sample. Everything in it is invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pilotage.documents.kinds.newsletter.content import (
    Chart,
    Component,
    DeliveryPage,
    FiguresPage,
    Foreword,
    Highlight,
    LastPage,
    Newsletter,
    ProgrammePage,
    Story,
)
from pilotage.documents.kinds.newsletter.words import STATEMENTS, WORDS
from pilotage.documents.prose import passage
from tests.documents import sample_prose as prose
from tests.documents.sample_lists import lists, upcoming
from tests.documents.sample_pictures import pictures

Language = Literal["en", "ru"]
Say = Callable[[str, str], str]
FICTIONAL = "FICTIONAL PROGRAMME — invented data · ВЫМЫШЛЕННАЯ ПРОГРАММА — вымышленные данные"


def build(language: Language) -> tuple[Newsletter, dict[str, bytes]]:
    """The content and the pictures of the sample in one language."""

    def say(english: str, russian: str) -> str:
        return english if language == "en" else russian

    components = _components(say)
    content: Newsletter = {
        "title": say(
            "MERIDIAN newsletter, issue 10, April–June 2026", "МЕРИДИАН: бюллетень, выпуск 10, апрель–июнь 2026 г."
        ),
        "keywords": [say("Central Asia", "Центральная Азия"), say("borders", "границы"), say("trade", "торговля")],
        "words": WORDS[language],
        "programme": {
            "name": say(
                "Cooperation on Borders and Trade in Central Asia",
                "Сотрудничество в области границ и торговли в Центральной Азии",
            ),
            "short": say("MERIDIAN", "МЕРИДИАН"),
            "other_names": [
                {"text": say("МЕРИДИАН", "MERIDIAN"), "language": say("ru", "en")},
            ],
            "owner": say("MERIDIAN consortium", "Консорциум «Меридиан»"),
        },
        "issue": {
            "number": "10",
            "label": say("Issue 10", "Выпуск 10"),
            "period": say("April–June 2026", "Апрель–июнь 2026 г."),
            "as_of": say("As of 30 June 2026", "По состоянию на 30 июня 2026 г."),
            "year": 2026,
            "month": 7,
            "day": 28,
        },
        "funding": {
            "lines": STATEMENTS["funded"][language],
            "contribution": say("with contributions of two Member States", "при участии двух государств-членов"),
        },
        "fictional": FICTIONAL,
        "cover": {
            "image": "cover.svg",
            "alt": say(
                "Outline of Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan and Uzbekistan with the nine places in "
                "which the quarter’s activities took place.",
                "Контуры Казахстана, Кыргызстана, Таджикистана, Туркменистана и Узбекистана и девять мест, где прошли "
                "мероприятия квартала.",
            ),
            "headline": say(
                "Dushanbe hosts every fourth activity, and nine projects begin in border villages",
                "Каждое четвёртое мероприятие прошло в Душанбе, а в приграничных сёлах начались девять проектов",
            ),
            "figures": [
                {
                    "value": "24",
                    "label": say("thematic activities in the quarter", "тематических мероприятия за квартал"),
                    "note": say("186 since January 2024", "186 с января 2024 г."),
                },
                {
                    "value": "612",
                    "label": say("participations from five countries", "участий из пяти стран"),
                    "note": say("31.0 % of them by women", "31,0 % из них — женщины"),
                },
                {
                    "value": "3",
                    "label": say("lots of equipment handed over", "лота оборудования передано"),
                    "note": say("for EUR 840 000", "на сумму 840 000 евро"),
                },
            ],
        },
        "foreword": {
            "title": say("The middle of the road", "Середина пути"),
            "pull": say(
                "A recommendation is worth what becomes of it. This year we ask every service what did.",
                "Рекомендация стоит столько, сколько из неё выросло. В этом году мы спрашиваем об этом каждое "
                "ведомство.",
            ),
            "forewords": _forewords(language, say),
        },
        "about": _about(say, components),
        "progress": _progress(say, components),
        "delivery": _delivery(say),
        "highlights": _highlights(language, say, components),
        "upcoming": {
            "title": say("July to September: four trainings for trainers", "Июль–сентябрь: четыре подготовки тренеров"),
            "groups": upcoming(say, components),
        },
        "story": _story(language, say, components[3]),
        "last": _last(say),
        "disclaimer": say(
            "This newsletter was produced with the financial support of the European Union. Its contents are the sole "
            "responsibility of the MERIDIAN consortium and do not necessarily reflect the views of the European Union.",
            "Настоящий бюллетень подготовлен при финансовой поддержке Европейского Союза. Ответственность за его "
            "содержание несёт исключительно консорциум «Меридиан»; оно не обязательно отражает точку зрения "
            "Европейского Союза.",
        ),
    }
    return content, pictures(language, say)


def _components(say: Say) -> list[Component]:
    return [
        {"number": "1", "hue": "c1", "name": say("Institutions of border control", "Институты пограничного контроля")},
        {"number": "2", "hue": "c2", "name": say("Detection and investigation", "Выявление и расследование")},
        {"number": "3", "hue": "c3", "name": say("Facilitation of trade", "Содействие торговле")},
        {"number": "4", "hue": "c4", "name": say("Cross-border cooperation", "Приграничное сотрудничество")},
    ]


def _forewords(language: Language, say: Say) -> list[Foreword]:
    return [
        {
            "heading": say("From the Delegation", "От Представительства"),
            "text": passage(prose.DELEGATION[language], language),
            "name": say("Ms Livia Carradine", "Г-жа Ливия Каррадайн"),
            "role": say(
                "Head of Cooperation, European Union Delegation",
                "Руководитель отдела сотрудничества, Представительство Европейского Союза",
            ),
            "portrait": None,
        },
        {
            "heading": say("From the programme", "От программы"),
            "text": passage(prose.MANAGER[language], language),
            "name": say("Mr Anton Velmar", "Г-н Антон Вельмар"),
            "role": say("Programme manager", "Руководитель программы"),
            "portrait": None,
        },
    ]


def _about(say: Say, components: list[Component]) -> ProgrammePage:
    objectives = [
        say(
            "International standards are adopted, good practice is taken in, and models of integrated border management "
            "are followed where they apply.",
            "Внедряются международные стандарты и передовая практика; там, где это применимо, используются модели "
            "интегрированного управления границами.",
        ),
        say(
            "Detection, coordination and investigation become more effective within and between the countries.",
            "Выявление, координация и расследование становятся эффективнее внутри стран и между ними.",
        ),
        say(
            "Institutions, techniques and rules for lawful flows of people and cargo across borders are harmonised.",
            "Гармонизируются институты, технические решения и нормы, от которых зависит законное перемещение людей и "
            "грузов через границы.",
        ),
        say(
            "People in border areas live better through local economic development, with a focus on human rights, gender "
            "equality and vulnerable groups.",
            "Жители приграничных районов живут лучше благодаря местному экономическому развитию; в центре внимания — "
            "права человека, гендерное равенство и уязвимые группы.",
        ),
    ]
    leads = [
        say("Border Guard of Northland", "Пограничная охрана Северной земли"),
        say("Customs Academy of Westmark", "Таможенная академия Вестмарка"),
        say("Revenue Board of Northland", "Налоговое управление Северной земли"),
        say("Centre for Migration and Communities", "Центр миграции и местных сообществ"),
    ]
    return {
        "title": say("Five countries, four components, four years", "Пять стран, четыре компонента, четыре года"),
        "objective": say(
            "More security, stability and sustainable growth in the region, closer cooperation across borders, and better "
            "living conditions for the people beside them",
            "Больше безопасности, стабильности и устойчивого роста в регионе, более тесное сотрудничество через границы и "
            "лучшие условия жизни для людей рядом с ними",
        ),
        "figures": [
            {
                "value": "18 400 000",
                "unit": say("EUR", "евро"),
                "label": say("contribution of the European Union", "вклад Европейского Союза"),
            },
            {
                "value": say("62.5 %", "62,5 %"),
                "label": say("of the time elapsed", "срока прошло"),
                "note": say("30 of 48 months", "30 из 48 месяцев"),
            },
        ],
        "facts": [
            {
                "label": say("Duration", "Срок"),
                "value": say("January 2024 – December 2027", "январь 2024 – декабрь 2027 г."),
            },
            {
                "label": say("Partner countries", "Страны-партнёры"),
                "value": say("KZ, KG, TJ, TM, UZ", "KZ, KG, TJ, TM, UZ"),
            },
            {"label": say("Partner services", "Ведомства-партнёры"), "value": "31"},
            {
                "label": say("Pillars", "Направления"),
                "value": say("Capacities, equipment, grants", "Потенциал, оборудование, гранты"),
            },
        ],
        "text": None,
        "components": [
            {"component": component, "objective": objective, "lead": lead}
            for component, objective, lead in zip(components, objectives, leads, strict=True)
        ],
    }


def _progress(say: Say, components: list[Component]) -> FiguresPage:
    counts = [
        ("7", "58", "168", "39", "23.2"),
        ("6", "47", "141", "31", "22.0"),
        ("6", "43", "159", "52", "32.7"),
        ("5", "38", "144", "68", "47.2"),
    ]
    comma = say(".", ",")
    source = say(
        "Programme records as of 30 June 2026. A regional activity counts once in every country and once in the total.",
        "Данные программы на 30 июня 2026 г. Региональное мероприятие учитывается один раз в каждой стране и "
        "один раз в итоге.",
    )
    return {
        "title": say(
            "24 activities in the quarter, 186 since the start", "24 мероприятия за квартал, 186 с начала программы"
        ),
        "figures": [],
        "text": None,
        "charts": [
            _chart(
                "timeline.svg",
                "",
                say(
                    "Time elapsed is filled; the frame is the quarter of this issue; circles are meetings of the "
                    "regional steering group.",
                    "Закрашено прошедшее время; рамка — квартал этого выпуска; круги — заседания региональной "
                    "руководящей группы.",
                ),
                say(
                    "Timeline from January 2024 to December 2027: 30 of 48 months elapsed; steering meetings in March 2024, "
                    "March 2025 and March 2026; mid-term review in May 2026.",
                    "Шкала с января 2024 по декабрь 2027 г.: прошло 30 месяцев из 48; заседания в марте 2024, марте 2025 и "
                    "марте 2026 г.; среднесрочный обзор в мае 2026 г.",
                ),
            ),
            _chart(
                "dots.svg",
                say(
                    "Tajikistan took part in every second activity",
                    "Таджикистан участвовал в каждом втором мероприятии",
                ),
                source,
                say(
                    "Activities of the quarter by country: Kazakhstan 8, Kyrgyzstan 10, Tajikistan 12, Turkmenistan 6, "
                    "Uzbekistan 9.",
                    "Мероприятия квартала по странам: Казахстан 8, Кыргызстан 10, Таджикистан 12, Туркменистан 6, "
                    "Узбекистан 9.",
                ),
                "half",
            ),
            _chart(
                "people.svg",
                say("Every third participation is a woman’s", "Каждое третье участие — женщина"),
                say(
                    "Participations by sending country, 30 June 2026; women ÷ (women + men).",
                    "Участия по направляющей стране на 30 июня 2026 г.; женщины ÷ (женщины + мужчины).",
                ),
                say(
                    "Participations by country, women in brackets: Kazakhstan 118 (41), Kyrgyzstan 134 (46), Tajikistan 172 "
                    "(44), Turkmenistan 70 (19), Uzbekistan 118 (40).",
                    "Участия по странам, в скобках женщины: Казахстан 118 (41), Кыргызстан 134 (46), Таджикистан 172 (44), "
                    "Туркменистан 70 (19), Узбекистан 118 (40).",
                ),
                "half",
            ),
        ],
        "tables": [
            {
                "title": "",
                "columns": [
                    {"label": say("Component", "Компонент"), "numeric": False},
                    {"label": say("Quarter", "За квартал"), "numeric": True},
                    {"label": say("To date", "С начала"), "numeric": True},
                    {"label": say("Participations", "Участия"), "numeric": True},
                    {"label": say("Women", "Женщины"), "numeric": True},
                    {"label": say("Share", "Доля"), "numeric": True},
                ],
                "rows": [
                    {"cells": [component["name"], *row[:4], f"{row[4]} %".replace(".", comma)], "component": component}
                    for component, row in zip(components, counts, strict=True)
                ],
                "total": {
                    "cells": [say("All components", "Все компоненты"), "24", "186", "612", "190", f"31{comma}0 %"]
                },
                "caption": "",
            },
        ],
        "gaps": [
            say(
                "4 activities are not in these figures because their dates are not known yet.",
                "4 мероприятия не вошли в эти показатели: их даты пока не известны.",
            )
        ],
    }


def _chart(image: str, title: str, caption: str, alt: str, width: Literal["full", "half"] = "full") -> Chart:
    return {"image": image, "title": title, "caption": caption, "alt": alt, "width": width}


def _delivery(say: Say) -> DeliveryPage:
    topics = [
        (
            "Batken, KG",
            "Баткен, KG",
            "Digital skills for women whose husbands work abroad",
            "Цифровые навыки для женщин, чьи мужья работают за рубежом",
            40,
        ),
        ("Osh, KG", "Ош, KG", "A dairy cooperative of three villages", "Молочный кооператив трёх сёл", 40),
        (
            "Khatlon, TJ",
            "Хатлон, TJ",
            "Legal advice before people leave for work",
            "Юридические консультации перед выездом на работу",
            75,
        ),
        (
            "Sughd, TJ",
            "Согд, TJ",
            "A school garden on both banks of the river",
            "Школьный сад на двух берегах реки",
            20,
        ),
        (
            "Turkistan, KZ",
            "Туркестан, KZ",
            "Small loans for young craftspeople",
            "Малые займы для молодых ремесленников",
            20,
        ),
        (
            "Surkhandarya, UZ",
            "Сурхандарья, UZ",
            "Child protection in border districts",
            "Защита детей в приграничных районах",
            60,
        ),
    ]
    return {
        "procurement": {
            "title": say("Seven of twelve lots are under contract", "По семи лотам из двенадцати заключены контракты"),
            "figures": [
                {"value": "2 310 000", "unit": say("EUR", "евро"), "label": say("contracted", "законтрактовано")},
                {"value": "840 000", "unit": say("EUR", "евро"), "label": say("handed over", "передано")},
            ],
            "text": None,
            "charts": [
                _chart(
                    "lots.svg",
                    "",
                    say(
                        "Each square is a lot at the stage it has reached on 30 June 2026; value in thousands of euro "
                        "(estimates before contract).",
                        "Каждый квадрат — лот на стадии, достигнутой к 30 июня 2026 г.; стоимость в тыс. евро (до контракта "
                        "— оценка).",
                    ),
                    say(
                        "Lots by stage: planned 2, in preparation 1, launched 1, under evaluation 1, contracted 2, in "
                        "delivery 2, handed over 3.",
                        "Лоты по стадиям: запланировано 2, готовится 1, объявлено 1, оценивается 1, контракт 2, поставка 2, "
                        "передано 3.",
                    ),
                )
            ],
            "tables": [],
            "gaps": [],
        },
        "grants": {
            "title": say("Nine projects share EUR 520 000", "Девять проектов на 520 000 евро"),
            "figures": [],
            "text": None,
            "charts": [],
            "tables": [],
            "gaps": [say("Three further projects have no start date yet.", "Ещё у трёх проектов нет даты начала.")],
        },
        "cards": [
            {
                "place": say(place, place_ru),
                "title": say(title, title_ru),
                "grantee": "",
                "period": say("March–December 2026", "март–декабрь 2026 г."),
                "elapsed": elapsed,
            }
            for place, place_ru, title, title_ru, elapsed in topics
        ],
    }


def _highlights(language: Language, say: Say, components: list[Component]) -> list[Highlight]:
    titles = [
        say("National trainers now teach their neighbours", "Национальные тренеры теперь обучают соседей"),
        say("Investigators finish the series on smuggling", "Следователи завершили цикл о контрабанде людей"),
        say("Customs competencies get one structure", "Таможенные компетенции приведены в единую систему"),
        say("Migration services learn from each other", "Миграционные службы учатся друг у друга"),
    ]
    counts = ["7", "6", "6", "5"]
    nouns = [
        say("activities, 168 participations", "мероприятий, 168 участий"),
        say("activities, 141 participations", "мероприятий, 141 участие"),
        say("activities, 159 participations", "мероприятий, 159 участий"),
        say("activities, 144 participations", "мероприятий, 144 участия"),
    ]
    listed = lists(say)
    spreads = [
        say(*pair)
        for pair in (
            (
                "Kazakhstan 2, Kyrgyzstan 3, Tajikistan 4, Turkmenistan 2, Uzbekistan 2.",
                "Казахстан 2, Кыргызстан 3, Таджикистан 4, Туркменистан 2, Узбекистан 2.",
            ),
            (
                "Kazakhstan 2, Kyrgyzstan 2, Tajikistan 3, Turkmenistan 1, Uzbekistan 3.",
                "Казахстан 2, Кыргызстан 2, Таджикистан 3, Туркменистан 1, Узбекистан 3.",
            ),
            (
                "Kazakhstan 3, Kyrgyzstan 2, Tajikistan 3, Turkmenistan 2, Uzbekistan 2.",
                "Казахстан 3, Кыргызстан 2, Таджикистан 3, Туркменистан 2, Узбекистан 2.",
            ),
            (
                "Kazakhstan 1, Kyrgyzstan 3, Tajikistan 2, Turkmenistan 1, Uzbekistan 2.",
                "Казахстан 1, Кыргызстан 3, Таджикистан 2, Туркменистан 1, Узбекистан 2.",
            ),
        )
    ]
    return [
        {
            "component": component,
            "title": titles[number],
            "count": {"value": counts[number], "label": nouns[number]},
            "text": passage(prose.HIGHLIGHTS[number][language], language),
            "chart": _chart(
                f"dots-{component['hue']}.svg",
                "",
                say("One dot is one activity.", "Одна точка — одно мероприятие."),
                spreads[number],
            ),
            "activities": listed[number],
            "more": say(*(("and 2 more", "и ещё 2") if number < 3 else ("and 1 more", "и ещё 1"))),
        }
        for number, component in enumerate(components)
    ]


def _story(language: Language, say: Say, component: Component) -> Story:
    return {
        "title": say("A garden on both banks of the river", "Сад на двух берегах реки"),
        "lead": say(
            "Two schools, one on each side of the border, plant the same trees. What grows first is an acquaintance.",
            "Две школы по разные стороны границы сажают одни и те же деревья. Первым вырастает знакомство.",
        ),
        "text": passage(prose.STORY[language], language),
        "photo": None,
        "pull": say("“We had looked at each other’s lights for years.”", "«Мы годами смотрели на огни друг друга»."),
        "figure": {
            "value": "640",
            "label": say("trees planted by pupils of two schools", "деревьев посадили ученики двух школ"),
        },
        "component": component,
    }


def _last(say: Say) -> LastPage:
    services = say(
        "Border service|Customs committee|Migration service",
        "Пограничная служба|Таможенный комитет|Миграционная служба",
    ).split("|")
    countries = say(
        "Kazakhstan|Kyrgyzstan|Tajikistan|Turkmenistan|Uzbekistan",
        "Казахстан|Кыргызстан|Таджикистан|Туркменистан|Узбекистан",
    ).split("|")
    return {
        "title": say("Thirty-one services, four partners", "Тридцать одно ведомство, четыре партнёра"),
        "groups": [
            {
                "name": say("The consortium", "Консорциум"),
                "organisations": [
                    {
                        "name": say("Border Guard of Northland", "Пограничная охрана Северной земли"),
                        "role": say("lead partner", "ведущий партнёр"),
                    },
                    {"name": say("Customs Academy of Westmark", "Таможенная академия Вестмарка"), "role": ""},
                    {"name": say("Revenue Board of Northland", "Налоговое управление Северной земли"), "role": ""},
                    {
                        "name": say("Centre for Migration and Communities", "Центр миграции и местных сообществ"),
                        "role": "",
                    },
                ],
            },
            *(
                {"name": country, "organisations": [{"name": service, "role": ""} for service in services]}
                for country in countries
            ),
        ],
        "contacts": [
            {
                "label": say("Write to us", "Напишите нам"),
                "text": "newsletter@meridian.example",
                "link": "mailto:newsletter@meridian.example",
            },
            {
                "label": say("All figures, with their records", "Все показатели с исходными записями"),
                "text": "meridian.example/figures",
                "link": "https://meridian.example/figures",
            },
        ],
        "notes": [
            say(
                "A figure of the quarter counts what ended between 1 April and 30 June 2026 and was recorded by "
                "10 July 2026. A later entry appears in the next issue.",
                "Показатель квартала включает то, что завершилось с 1 апреля по 30 июня 2026 г. и было внесено до 10 июля "
                "2026 г. Более поздние записи войдут в следующий выпуск.",
            ),
            say(
                "Participations count a person once for each activity; they are not the number of different people.",
                "Участия учитывают человека один раз в каждом мероприятии; это не число разных людей.",
            ),
            say(
                "Correction to issue 9: activities since the start were 162, not 163; one had been entered twice.",
                "Исправление к выпуску 9: мероприятий с начала программы было 162, а не 163; одно было внесено дважды.",
            ),
            say(
                "Outlines of countries imply no opinion on borders.",
                "Контуры стран не выражают какого-либо мнения о границах.",
            ),
        ],
    }
