"""The lists of the design sample: activities held and activities to come, in both languages. All are invented."""

from __future__ import annotations

from collections.abc import Callable

from pilotage.documents.kinds.newsletter.content import Component, ListedActivity, UpcomingGroup, UpcomingItem

Say = Callable[[str, str], str]


def lists(say: Say) -> list[list[ListedActivity]]:
    rows: list[list[tuple[str, str, str, str, str, str]]] = [
        [
            (
                "7–9 April",
                "7–9 апреля",
                "Verification of travel documents, by national trainers",
                "Проверка проездных документов, ведут национальные тренеры",
                "Ashgabat",
                "Ашхабад",
            ),
            (
                "21 April",
                "21 апреля",
                "Profiling of travellers, online for the whole region",
                "Профилирование пассажиров, онлайн для всего региона",
                "Online",
                "Онлайн",
            ),
            (
                "12–14 May",
                "12–14 мая",
                "Management skills for heads of crossing points",
                "Управленческие навыки для начальников пунктов пропуска",
                "Dushanbe",
                "Душанбе",
            ),
            (
                "26–28 May",
                "26–28 мая",
                "Strategy of integrated border management",
                "Стратегия интегрированного управления границами",
                "Bishkek",
                "Бишкек",
            ),
            (
                "16–17 June",
                "16–17 июня",
                "Contingency planning for mixed migration flows",
                "Планирование на случай смешанных миграционных потоков",
                "Dushanbe",
                "Душанбе",
            ),
        ],
        [
            (
                "14–16 April",
                "14–16 апреля",
                "Investigating trafficking in human beings",
                "Расследование торговли людьми",
                "Tashkent",
                "Ташкент",
            ),
            (
                "5–7 May",
                "5–7 мая",
                "Smuggling of migrants: from first sign to court",
                "Контрабанда мигрантов: от первого признака до суда",
                "Almaty",
                "Алматы",
            ),
            (
                "19–21 May",
                "19–21 мая",
                "Crime intelligence at green borders",
                "Оперативная информация на «зелёной» границе",
                "Osh",
                "Ош",
            ),
            (
                "9–11 June",
                "9–11 июня",
                "Dog handlers: search of cargo",
                "Кинологи: досмотр грузов",
                "Dushanbe",
                "Душанбе",
            ),
        ],
        [
            (
                "2–3 April",
                "2–3 апреля",
                "E-learning for veterinary and phytosanitary training",
                "Электронное обучение для ветеринарных и фитосанитарных служб",
                "Dushanbe",
                "Душанбе",
            ),
            (
                "28–30 April",
                "28–30 апреля",
                "Risk management, taught by Kazakh trainers",
                "Управление рисками, ведут казахстанские тренеры",
                "Ashgabat",
                "Ашхабад",
            ),
            (
                "2–4 June",
                "2–4 июня",
                "Analysis of scanned images of cargo",
                "Анализ снимков при сканировании грузов",
                "Bishkek",
                "Бишкек",
            ),
            (
                "23–24 June",
                "23–24 июня",
                "Regional workshop on customs competencies",
                "Региональный семинар о таможенных компетенциях",
                "Astana",
                "Астана",
            ),
        ],
        [
            (
                "11–15 May",
                "11–15 мая",
                "Study visit on diaspora policies",
                "Ознакомительный визит: политика в отношении диаспоры",
                "Vienna",
                "Вена",
            ),
            (
                "26 May",
                "26 мая",
                "Exchange on external labour migration",
                "Обмен опытом о внешней трудовой миграции",
                "Tashkent",
                "Ташкент",
            ),
            (
                "10–11 June",
                "10–11 июня",
                "Psychological support in border communities",
                "Психологическая поддержка жителей приграничья",
                "Batken",
                "Баткен",
            ),
            (
                "date not known",
                "дата не известна",
                "Protection of children’s rights: local authorities",
                "Защита прав детей: местные власти",
                "Termez",
                "Термез",
            ),
        ],
    ]
    return [
        [{"date": say(row[0], row[1]), "title": say(row[2], row[3]), "place": say(row[4], row[5])} for row in component]
        for component in rows
    ]


def upcoming(say: Say, components: list[Component]) -> list[UpcomingGroup]:
    def item(date: tuple[str, str], title: tuple[str, str], place: tuple[str, str], number: int = 0) -> UpcomingItem:
        component = components[number - 1] if number else None
        return {"date": say(*date), "title": say(*title), "place": say(*place), "component": component}

    return [
        {
            "name": say("Capacity building", "Развитие потенциала"),
            "nothing": "",
            "items": [
                item(
                    ("6–10 July", "6–10 июля"),
                    ("Training of trainers: second line control", "Подготовка тренеров: контроль второй линии"),
                    ("Almaty", "Алматы"),
                    1,
                ),
                item(
                    ("14–16 July", "14–16 июля"),
                    ("Joint exercise on a shared crossing point", "Совместное учение на общем пункте пропуска"),
                    ("Kazakh–Kyrgyz border", "Казахстанско-кыргызская граница"),
                    1,
                ),
                item(
                    ("21–23 July", "21–23 июля"),
                    ("Training of trainers: financial investigation", "Подготовка тренеров: финансовые расследования"),
                    ("Tashkent", "Ташкент"),
                    2,
                ),
                item(
                    ("4–6 August", "4–6 августа"),
                    (
                        "Detection of forged documents, advanced course",
                        "Выявление поддельных документов, углублённый курс",
                    ),
                    ("Dushanbe", "Душанбе"),
                    2,
                ),
                item(
                    ("18–20 August", "18–20 августа"),
                    ("Training of trainers: customs valuation", "Подготовка тренеров: таможенная оценка"),
                    ("Astana", "Астана"),
                    3,
                ),
                item(
                    ("1–3 September", "1–3 сентября"),
                    ("Phytosanitary control of seeds", "Фитосанитарный контроль семян"),
                    ("Bishkek", "Бишкек"),
                    3,
                ),
                item(
                    ("15–17 September", "15–17 сентября"),
                    (
                        "Training of trainers: work with families of migrants",
                        "Подготовка тренеров: работа с семьями мигрантов",
                    ),
                    ("Osh", "Ош"),
                    4,
                ),
                item(
                    ("September, day open", "сентябрь, день уточняется"),
                    ("Forum of border districts", "Форум приграничных районов"),
                    ("Termez", "Термез"),
                    4,
                ),
            ],
        },
        {
            "name": say("Procurement", "Закупки"),
            "nothing": "",
            "items": [
                item(
                    ("July", "июль"),
                    ("Hand-over of document readers", "Передача считывателей документов"),
                    ("Ashgabat", "Ашхабад"),
                    1,
                ),
                item(
                    ("August", "август"),
                    (
                        "Tender for two mobile laboratories is launched",
                        "Объявление тендера на две мобильные лаборатории",
                    ),
                    ("", ""),
                    3,
                ),
            ],
        },
        {
            "name": say("Grants", "Гранты"),
            "nothing": "",
            "items": [
                item(
                    ("10 September", "10 сентября"),
                    ("First meeting of all nine grantees", "Первая встреча всех девяти грантополучателей"),
                    ("Tashkent", "Ташкент"),
                    4,
                ),
            ],
        },
        {
            "name": say("Management", "Управление программой"),
            "nothing": "",
            "items": [
                item(
                    ("24 September", "24 сентября"),
                    ("National steering group of Turkmenistan", "Национальная руководящая группа Туркменистана"),
                    ("Ashgabat", "Ашхабад"),
                ),
            ],
        },
    ]
