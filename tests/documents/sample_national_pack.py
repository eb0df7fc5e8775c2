"""A national pack in which every page is full, in both languages. Everything in it is invented."""

from __future__ import annotations

from typing import Any

from pilotage.documents.kinds.national_pack.content import NationalPack
from pilotage.documents.prose import passage
from pilotage.documents.steering.sealing import sealed
from tests.documents import sample_steering as sample
from tests.documents.sample_steering import Language, Pair, Say, key, state, table
from tests.documents.sample_steering_pictures import pictures


def build(language: Language) -> tuple[NationalPack, dict[str, bytes]]:
    """The content and the pictures of the sample in one language."""
    say = sample.sayer(language)
    head = sample.document(
        language,
        document=("Steering pack", "Материалы к заседанию"),
        subject=("National Steering Group of Kyrgyzstan", "Национальная руководящая группа Кыргызстана"),
        label=("Third meeting", "Третье заседание"),
        date=("18 November 2026", "18 ноября 2026 г."),
        place=("Bishkek", "Бишкек"),
    )
    content: Any = head | {
        "headline": say(
            "Eleven of fourteen planned activities are done; six of twenty-one recommendations are in force, and "
            "five wait for "
            "an answer",
            "Проведено одиннадцать мероприятий из четырнадцати; внедрены шесть рекомендаций из двадцати одной, пять "
            "ждут ответа",
        ),
        "key_figures": [
            key(
                say("11 of 14", "11 из 14"),
                say("planned activities delivered", "запланированных мероприятий проведено"),
                say("2 late, 1 postponed", "2 с опозданием, 1 перенесено"),
            ),
            key(
                "222",
                say("participations, 97 of them women’s", "участия, из них 97 — женщины"),
                say("43.7 %", "43,7 %"),
            ),
            key(
                say("6 of 21", "6 из 21"),
                say("recommendations adopted", "рекомендаций внедрено"),
                say("response rate 76 %", "доля ответов 76 %"),
            ),
        ],
        "agenda": agenda(say),
        "changes": changes(say),
        "follow_up": follow_up(say),
        "dashboard": dashboard(say),
        "activities": {
            "title": say(
                "Eleven activities in twelve months, one moved to November",
                "Одиннадцать мероприятий за двенадцать месяцев, одно перенесено на ноябрь",
            ),
            "figures": [],
            "groups": [
                {
                    "component": component,
                    "count": say(*count),
                    "activities": sample.activities(say, component["number"]),
                    "more": "",
                }
                for component, count in zip(sample.components(say), ACTIVITY_COUNTS, strict=True)
            ],
            "gaps": [
                say(
                    "1 activity has no tally yet; it is not in the participations.",
                    "По одному мероприятию ещё нет данных об участниках; в участия оно не вошло.",
                )
            ],
        },
        "participation": participation(say),
        "recommendations": {
            "title": say(
                "Five of twenty-one recommendations wait for an answer",
                "Пять рекомендаций из двадцати одной ждут ответа",
            ),
            "figures": [
                key("21", say("issued to five agencies", "выдано пяти ведомствам")),
                key(say("76 %", "76 %"), say("answered", "получили ответ"), say("16 of 21", "16 из 21")),
                key(say("29 %", "29 %"), say("adopted", "внедрено"), say("6 of 21", "6 из 21")),
                key("1", say("overdue", "просрочена")),
            ],
            "chart": {
                "image": "squares-agency.svg",
                "title": "",
                "caption": say(
                    "One square is one recommendation, oldest first. Programme records as of 30 September 2026.",
                    "Один квадрат — одна рекомендация, сначала самые давние. Данные программы на 30 сентября 2026 г.",
                ),
                "alt": say(
                    "Recommendations by agency and state: border service 6, of them 3 adopted, 1 overdue; customs 5, "
                    "1 adopted, 1 without answer; labour 3, 1 without answer; veterinary 5, 2 adopted; prosecutor 2, "
                    "both without answer.",
                    "Рекомендации по ведомствам и состояниям: пограничная служба 6, из них 3 внедрены, 1 просрочена; "
                    "таможня 5, 1 внедрена, 1 без ответа; труд 3, 1 без ответа; ветеринария 5, 2 внедрены; "
                    "прокуратура 2, обе без ответа.",
                ),
                "width": "full",
            },
            "groups": [
                {"name": say(*name), "count": say(*count), "recommendations": sample.recommendations(say, place)}
                for place, (name, count, _) in enumerate(sample.RECOMMENDATIONS)
            ],
            "gaps": [],
        },
        "needs": needs(say),
        "grants": grants(say),
        "logframe": None,
        "budget": None,
        "risks": risks(say),
        "plan": {
            "title": say(
                "2027: thirteen activities, two of them with neighbours",
                "2027 год: тринадцать мероприятий, часть из них — с соседями",
            ),
            "figures": [],
            "text": None,
            "months": [say(*month) for month in sample.MONTHS],
            "groups": sample.plan_groups(say),
            "note": say(
                "Filled: the days are known. Pale: only the month or quarter is. Estimates in euro.",
                "Заливка: известны дни. Бледный фон: известен только месяц или квартал. Оценки в евро.",
            ),
        },
        "decisions": decisions(say),
        "consultations": consultations(say),
    }
    return sealed(content), {name: svg for name, svg in pictures(language).items() if name in IMAGES}


IMAGES = ("squares-agency.svg", "people-agency.svg", "strip.svg", "delivery.svg", "components.svg")
ACTIVITY_COUNTS: tuple[Pair, ...] = (
    ("4 activities, 97 participations", "4 мероприятия, 97 участий"),
    ("2 activities, 24 participations", "2 мероприятия, 24 участия"),
    ("3 activities, 51 participations", "3 мероприятия, 51 участие"),
    ("2 activities, 50 participations", "2 мероприятия, 50 участий"),
)


def agenda(say: Say) -> dict[str, Any]:
    """Two sessions."""
    manager, chair = say("Programme manager", "Руководитель программы"), say("Chair", "Председатель")
    joint = [
        ("1", "10:00", ("Opening, adoption of the agenda", "Открытие, утверждение повестки дня"), chair, ""),
        (
            "2",
            "10:10",
            ("Previous decisions and action points", "Выполнение предыдущих решений и поручений"),
            say("National coordinator", "Национальный координатор"),
            "follow_up",
        ),
        ("3", "10:30", ("Progress since November 2025", "Ход реализации с ноября 2025 г."), manager, "dashboard"),
        (
            "4",
            "11:00",
            ("What became of the recommendations", "Что стало с рекомендациями"),
            say("Monitoring and evaluation", "Мониторинг и оценка"),
            "recommendations",
        ),
        (
            "5",
            "11:30",
            ("Equipment and grants", "Оборудование и гранты"),
            say("Procurement officer", "Специалист по закупкам"),
            "needs",
        ),
        ("6", "11:45", ("Risks", "Риски"), manager, "risks"),
        ("7", "12:00", ("Work plan 2027", "Рабочий план на 2027 год"), manager, "plan"),
        ("8", "12:20", ("Decisions", "Принятие решений"), chair, "decisions"),
    ]
    bilateral = [
        ("9", "14:00", ("State Border Service", "Государственная пограничная служба"), manager, "consultation-1"),
        (
            "10",
            "15:00",
            (
                "Ministry of Labour, Social Security and Migration",
                "Министерство труда, социального обеспечения и миграции",
            ),
            manager,
            "consultation-2",
        ),
    ]
    return {
        "title": say("A morning together, an afternoon one by one", "Утром вместе, днём — по отдельности"),
        "sessions": [
            {
                "name": say(*name),
                "entries": [
                    {"number": number, "time": time, "title": say(*title), "speaker": speaker, "page": page}
                    for number, time, title, speaker, page in entries
                ],
            }
            for name, entries in (
                (("Joint session, 10:00–12:45", "Общая сессия, 10:00–12:45"), joint),
                (("Bilateral consultations, 14:00–16:00", "Двусторонние консультации, 14:00–16:00"), bilateral),
            )
        ],
        "papers": say(
            "Papers sent on 3 November 2026, 11 working days before the meeting.",
            "Материалы разосланы 3 ноября 2026 г., за 11 рабочих дней до заседания.",
        ),
    }


def changes(say: Say) -> dict[str, Any]:
    """Sentences from the change log."""
    first, second, third, fourth = sample.components(say)
    rows: list[tuple[Any, list[tuple[str, Pair]]]] = [
        (
            first,
            [
                (
                    "done",
                    (
                        "Four activities took place in Bishkek, Osh and online; 97 people took part.",
                        "Проведены четыре мероприятия в Бишкеке, Оше и онлайн; 97 участий.",
                    ),
                ),
                (
                    "adopted",
                    (
                        "The State Border Service took the course on travel documents into its academy’s curriculum "
                        "(order 118 of 24 March 2026).",
                        "Государственная пограничная служба включила курс о проездных документах в учебный план "
                        "академии (приказ № 118 от 24 марта 2026 г.).",
                    ),
                ),
                (
                    "behind",
                    (
                        "One page a day for shift leaders was due on 30 September and is not in force.",
                        "Одна страница в день для начальников смен должна была появиться к 30 сентября, но не введена.",
                    ),
                ),
            ],
        ),
        (
            second,
            [
                (
                    "done",
                    (
                        "Eight investigators worked through the regional cases in Tashkent; sixteen dog handlers "
                        "were trained in Cholpon-Ata.",
                        "Восемь следователей разобрали региональные дела в Ташкенте; шестнадцать кинологов обучены в "
                        "Чолпон-Ате.",
                    ),
                ),
                (
                    "moved",
                    (
                        "The course on financial investigation moved from June to November 2026, at the request of "
                        "the host.",
                        "Курс по финансовому расследованию перенесён с июня на ноябрь 2026 г. по просьбе принимающей "
                        "стороны.",
                    ),
                ),
            ],
        ),
        (
            third,
            [
                (
                    "adopted",
                    (
                        "Waiting times at three crossing points have been public since 2 June 2026.",
                        "С 2 июня 2026 г. время ожидания в трёх пунктах пропуска публикуется.",
                    ),
                ),
                (
                    "answered",
                    (
                        "The State Customs Service answered four of five recommendations and rejected one, with a "
                        "reason.",
                        "Государственная таможенная служба ответила на четыре рекомендации из пяти и отклонила одну, "
                        "указав причину.",
                    ),
                ),
                (
                    "added",
                    (
                        "Two recommendations were issued after the workshop on certificates without paper.",
                        "После семинара о сертификатах без бумаги выданы две рекомендации.",
                    ),
                ),
            ],
        ),
        (
            fourth,
            [
                (
                    "done",
                    (
                        "Forty teachers, nurses and village heads in Batken learned to give first psychological "
                        "support.",
                        "Сорок учителей, медсестёр и глав сёл в Баткене учились оказывать первую психологическую "
                        "помощь.",
                    ),
                ),
                (
                    "behind",
                    (
                        "Two of three recommendations to the Ministry of Labour wait for an answer past their date.",
                        "Две рекомендации из трёх, направленных Министерству труда, ждут ответа дольше срока.",
                    ),
                ),
            ],
        ),
    ]
    return {
        "title": say("Twelve months in ten sentences", "Двенадцать месяцев в десяти предложениях"),
        "lead": say(
            "Everything that was added, done, moved, answered, adopted or fell behind between the second meeting on "
            "12 November 2025 and 30 September 2026.",
            "Всё, что добавлено, проведено, перенесено, получило ответ, внедрено или отстаёт — со второго заседания "
            "12 ноября 2025 г. по 30 сентября 2026 г.",
        ),
        "kinds": {
            "added": say("new", "новое"),
            "done": say("done", "проведено"),
            "moved": say("moved", "перенесено"),
            "answered": say("answered", "получен ответ"),
            "adopted": say("adopted", "внедрено"),
            "behind": say("behind", "отстаёт"),
        },
        "groups": [
            {
                "component": component,
                "name": component["name"],
                "sentences": [
                    {"kind": kind, "text": say(*text), "link": f"https://meridian.example/changes/{place}"}
                    for place, (kind, text) in enumerate(sentences)
                ],
            }
            for component, sentences in rows
        ],
    }


def follow_up(say: Say) -> dict[str, Any]:
    """Five decisions and six action points of the year before."""
    border, customs, programme = (
        say("State Border Service", "Государственная пограничная служба"),
        say("State Customs Service", "Государственная таможенная служба"),
        say("Programme", "Программа"),
    )
    decisions = [
        (
            "D2.1",
            ("The work plan 2026 is endorsed.", "Рабочий план на 2026 год одобрен."),
            programme,
            ("–", "–"),
            "done",
            ("In force since 12 January 2026.", "Действует с 12 января 2026 г."),
        ),
        (
            "D2.2",
            (
                "National trainers are relieved of other duties for ten days a year.",
                "Национальные тренеры освобождаются от других обязанностей на десять дней в году.",
            ),
            border,
            ("31 March 2026", "31 марта 2026 г."),
            "done",
            ("Order 97 of 2 March 2026.", "Приказ № 97 от 2 марта 2026 г."),
        ),
        (
            "D2.3",
            (
                "Waiting times are published at the three busiest crossing points.",
                "Время ожидания публикуется в трёх самых загруженных пунктах пропуска.",
            ),
            customs,
            ("30 June 2026", "30 июня 2026 г."),
            "done",
            ("", ""),
        ),
        (
            "D2.4",
            (
                "Laboratories of the two services accept one another’s results.",
                "Лаборатории двух служб признают результаты друг друга.",
            ),
            customs,
            ("30 Sept. 2026", "30 сент. 2026 г."),
            "overdue",
            (
                "A draft lies with both services; the veterinary service has comments.",
                "Проект у обеих служб; у ветеринарной службы есть замечания.",
            ),
        ),
    ]
    actions = [
        (
            "A2.1",
            ("Name one contact for each crossing point", "Назначить контактное лицо в каждом пункте пропуска"),
            border,
            ("31 Dec. 2025", "31 дек. 2025 г."),
            "done",
            ("", ""),
        ),
        (
            "A2.2",
            (
                "Send the list of equipment received with serial numbers",
                "Направить перечень полученного оборудования с серийными номерами",
            ),
            customs,
            ("28 Feb. 2026", "28 февр. 2026 г."),
            "done",
            ("Sent on 11 March, 11 days late.", "Направлен 11 марта, на 11 дней позже."),
        ),
        (
            "A2.3",
            (
                "Translate the guide on trafficking cases into Kyrgyz",
                "Перевести руководство по делам о торговле людьми на кыргызский язык",
            ),
            programme,
            ("30 June 2026", "30 июня 2026 г."),
            "done",
            ("", ""),
        ),
        (
            "A2.4",
            (
                "Agree the dates of the joint exercise with the Tajik side",
                "Согласовать с таджикской стороной сроки совместного учения",
            ),
            programme,
            ("31 Aug. 2026", "31 авг. 2026 г."),
            "progress",
            ("Two weeks are offered, in June and September 2027.", "Предложены две недели: в июне и сентябре 2027 г."),
        ),
        (
            "A2.5",
            (
                "Report on the use of the document laboratories",
                "Представить отчёт об использовании лабораторий документов",
            ),
            border,
            ("30 Sept. 2026", "30 сент. 2026 г."),
            "overdue",
            ("", ""),
        ),
        (
            "A2.6",
            (
                "Propose participants for the study visit on consular work",
                "Предложить участников ознакомительного визита по консульской работе",
            ),
            say("Ministry of Foreign Affairs", "Министерство иностранных дел"),
            ("28 Feb. 2026", "28 февр. 2026 г."),
            "done",
            ("", ""),
        ),
    ]
    return {
        "title": say("Seven of ten are done, two are overdue", "Семь из десяти выполнены, два просрочены"),
        "figures": [
            key("7", say("done", "выполнено"), say("5 of them in time", "из них 5 в срок")),
            key("1", say("in progress", "в работе")),
            key("2", say("overdue", "просрочено")),
            key("0", say("dropped", "потеряно")),
        ],
        "decisions": items(say, decisions),
        "actions": items(say, actions),
        "gaps": [],
    }


def items(say: Say, rows: list[Any]) -> list[dict[str, Any]]:
    """Rows as items."""
    return [
        {
            "number": number,
            "text": say(*text),
            "owner": owner,
            "due": say(*due),
            "state": state(say, name),
            "note": say(*note),
        }
        for number, text, owner, due, name, note in rows
    ]


def chart(image: str, title: str, caption: str, alt: str, width: str = "full") -> dict[str, Any]:
    """A chart."""
    return {"image": image, "title": title, "caption": caption, "alt": alt, "width": width}


def dashboard(say: Say) -> dict[str, Any]:
    """Key figures, two small charts, one table."""
    source = say("Programme records as of 30 September 2026.", "Данные программы на 30 сентября 2026 г.")
    return {
        "title": say(
            "Most of the plan is done; the autumn has to catch up on three activities",
            "План в основном выполнен; осенью предстоит наверстать три мероприятия",
        ),
        "figures": [
            key(
                say("79 %", "79 %"),
                say("delivery against plan", "выполнение плана"),
                say("11 of 14 lines", "11 из 14 строк"),
            ),
            key(say("64 %", "64 %"), say("in time", "в срок"), say("9 of 14", "9 из 14")),
            key("222", say("participations", "участия"), say("43.7 % women", "43,7 % — женщины")),
            key(say("29 %", "29 %"), say("adoption rate", "доля внедрённых"), say("6 of 21", "6 из 21")),
        ],
        "text": None,
        "charts": [
            chart(
                "delivery.svg",
                say("Three activities behind plan", "Отставание от плана — три мероприятия"),
                source,
                say(
                    "Cumulated by quarter: planned 4, 8, 11, 14; done 3, 7, 10, 11.",
                    "Нарастающим итогом по кварталам: план 4, 8, 11, 14; проведено 3, 7, 10, 11.",
                ),
                "half",
            ),
            chart(
                "components.svg",
                say("Border control and trade lead", "Впереди пограничный контроль и торговля"),
                source,
                say("Activities by component: 4, 2, 3, 2.", "Мероприятия по компонентам: 4, 2, 3, 2."),
                "half",
            ),
        ],
        "tables": [
            table(
                say("The year beside the years before", "Год рядом с предыдущими"),
                (say("Figure", "Показатель"), "2024", "2025", "2026", say("To date", "С начала")),
                [
                    (say("Activities implemented", "Проведено мероприятий"), "8", "13", "11", "32"),
                    (
                        say("of them led by national trainers", "из них силами национальных тренеров"),
                        "0",
                        "3",
                        "5",
                        "8",
                    ),
                    (say("Participations", "Участия"), "171", "268", "222", "661"),
                    (
                        say("Share of women", "Доля женщин"),
                        say("28.1 %", "28,1 %"),
                        say("36.2 %", "36,2 %"),
                        say("43.7 %", "43,7 %"),
                        say("36.6 %", "36,6 %"),
                    ),
                    (say("Recommendations issued", "Выдано рекомендаций"), "0", "9", "12", "21"),
                    (say("Recommendations adopted", "Внедрено рекомендаций"), "0", "2", "4", "6"),
                    (say("Lots handed over", "Передано лотов"), "0", "1", "2", "3"),
                ],
                caption=say(
                    "Years of the programme run from 1 October to 30 September.",
                    "Годы программы — с 1 октября по 30 сентября.",
                ),
                total=False,
            )
        ],
        "gaps": [say("1 activity has no tally yet.", "По одному мероприятию ещё нет данных об участниках.")],
    }


def participation(say: Say) -> dict[str, Any]:
    """People by institution and sex."""
    rows = [
        ("State Border Service", "Государственная пограничная служба", "67", "24", "91", "26.4"),
        ("State Customs Service", "Государственная таможенная служба", "28", "19", "47", "40.4"),
        (
            "Ministry of Labour, Social Security and Migration",
            "Министерство труда, социального обеспечения и миграции",
            "14",
            "31",
            "45",
            "68.9",
        ),
        ("Veterinary and Phytosanitary Service", "Ветеринарная и фитосанитарная служба", "11", "16", "27", "59.3"),
        ("General Prosecutor’s Office", "Генеральная прокуратура", "5", "7", "12", "58.3"),
    ]
    point = say(".", ",")
    return {
        "title": say(
            "Women take nearly every second place; in the border service, every fourth",
            "Почти каждое второе участие — женщины, в пограничной службе — каждое четвёртое",
        ),
        "figures": [
            key("222", say("participations by institution", "участий по ведомствам")),
            key("97", say("by women", "женщин"), f"43{point}7 %"),
            key("41", say("of them in the lead of a group", "из них во главе группы")),
        ],
        "text": None,
        "charts": [
            chart(
                "people-agency.svg",
                "",
                say(
                    "Participations by sending institution; women are the inner part.",
                    "Участия по направившему ведомству; внутренняя часть — женщины.",
                ),
                say(
                    "Participations by institution, women in brackets: border 91 (24), customs 47 (19), labour 45 "
                    "(31), veterinary 27 (16), prosecutor 12 (7).",
                    "Участия по ведомствам, в скобках женщины: пограничная служба 91 (24), таможня 47 (19), труд 45 "
                    "(31), ветеринария 27 (16), прокуратура 12 (7).",
                ),
            )
        ],
        "tables": [
            table(
                "",
                (
                    say("Institution", "Ведомство"),
                    say("Men", "Мужчины"),
                    say("Women", "Женщины"),
                    say("All", "Всего"),
                    say("Share of women", "Доля женщин"),
                ),
                [
                    *(
                        (say(english, russian), men, women, both, f"{share.replace('.', point)} %")
                        for english, russian, men, women, both, share in rows
                    ),
                    (say("All institutions", "Все ведомства"), "125", "97", "222", f"43{point}7 %"),
                ],
                caption=say(
                    "A person counts once for each activity.", "Человек учитывается один раз в каждом мероприятии."
                ),
            )
        ],
        "gaps": [],
    }


def needs(say: Say) -> dict[str, Any]:
    """The strip and the lots."""
    return {
        "title": say("Three lots are in use, two on their way", "Три лота уже в работе, два в пути"),
        "figures": [
            key(say("840 000", "840 000"), say("handed over", "передано"), unit=say("EUR", "евро")),
            key(
                say("1 470 000", "1 470 000"),
                say("contracted or in delivery", "законтрактовано или в поставке"),
                unit=say("EUR", "евро"),
            ),
        ],
        "text": None,
        "charts": [
            chart(
                "strip.svg",
                "",
                say(
                    "Each square is one lot in the stage that it has reached; value in euro. As of 30 September 2026.",
                    "Каждый квадрат — один лот в достигнутой стадии; стоимость в евро. На 30 сентября 2026 г.",
                ),
                say(
                    "Lots by stage: planned 2, in preparation 1, launched 1, under evaluation 1, contracted 2, in "
                    "delivery 2, handed over 3.",
                    "Лоты по стадиям: запланировано 2, в подготовке 1, объявлено 1, на оценке 1, контракт 2, в "
                    "поставке 2, передано 3.",
                ),
            )
        ],
        "tables": [
            {
                "title": say("Lots for Kyrgyzstan", "Лоты для Кыргызстана"),
                "columns": [
                    {"label": say("Lot", "Лот"), "numeric": False, "share": 2},
                    {"label": say("Receiver", "Получатель"), "numeric": False, "share": 2},
                    {"label": say("Stage", "Стадия"), "numeric": False},
                    {"label": say("Value, EUR", "Стоимость, евро"), "numeric": True},
                ],
                "rows": [
                    {
                        "cells": [
                            say("3 · Document examination sets", "3 · Комплекты для проверки документов"),
                            say("State Border Service", "Государственная пограничная служба"),
                            say("handed over", "передано"),
                            "310 000",
                        ]
                    },
                    {
                        "cells": [
                            say("4 · Mobile laboratory", "4 · Мобильная лаборатория"),
                            say("Veterinary and Phytosanitary Service", "Ветеринарная и фитосанитарная служба"),
                            say("in delivery", "в поставке"),
                            "390 000",
                        ]
                    },
                    {
                        "cells": [
                            say("7 · Kennels and training ground", "7 · Питомник и площадка"),
                            say("State Customs Service", "Государственная таможенная служба"),
                            say("under evaluation", "на оценке"),
                            "400 000",
                        ]
                    },
                ],
                "total": {"cells": [say("Three lots", "Три лота"), "", "", "1 100 000"]},
                "caption": "",
            }
        ],
        "gaps": [],
    }


def grants(say: Say) -> dict[str, Any]:
    """Two grants."""
    return {
        "title": say("Two projects, and the water runs", "Два проекта, и вода пошла"),
        "figures": [
            key("108 000", say("granted", "выделено"), unit=say("EUR", "евро")),
            key(say("61 %", "61 %"), say("paid", "выплачено")),
        ],
        "text": passage(
            say(
                "Both projects report in time. The pump in Batken has worked since May; the legal clinic in Osh has "
                "seen 212 people.",
                "Оба проекта отчитываются в срок. Насос в Баткене работает с мая; юридическая консультация в Оше "
                "приняла 212 человек.",
            ),
            say("en", "ru"),
        ),
        "charts": [],
        "tables": [
            table(
                "",
                (
                    say("Project", "Проект"),
                    say("Grant, EUR", "Грант, евро"),
                    say("Paid, EUR", "Выплачено, евро"),
                    say("Until", "До"),
                ),
                [
                    (
                        say("School gardens on both banks, Batken", "Школьные сады на двух берегах, Баткен"),
                        "49 500",
                        "34 650",
                        say("March 2027", "март 2027 г."),
                    ),
                    (
                        say(
                            "Legal clinic for returning migrants, Osh",
                            "Юридическая консультация для вернувшихся мигрантов, Ош",
                        ),
                        "58 500",
                        "31 200",
                        say("June 2027", "июнь 2027 г."),
                    ),
                    (say("Both", "Оба"), "108 000", "65 850", ""),
                ],
            ),
        ],
        "gaps": [],
    }


def risks(say: Say) -> dict[str, Any]:
    """Four risks."""
    rows = [
        (
            ("Trained officers are moved to other posts", "Обученных сотрудников переводят на другие должности"),
            ("people and organisation", "люди и организация"),
            "high",
            (
                "Trainers stay two years by order 97; a pool of reserve trainers",
                "По приказу № 97 тренеры остаются на два года; резерв тренеров",
            ),
            ("State Border Service", "Государственная пограничная служба"),
        ),
        (
            ("The receiver has no budget for maintenance", "У получателя нет средств на обслуживание"),
            ("planning, processes and systems", "планирование, процессы и системы"),
            "medium",
            ("Maintenance letter before the tender is launched", "Письмо об обслуживании до объявления тендера"),
            ("Procurement officer", "Специалист по закупкам"),
        ),
        (
            ("A closed border delays joint exercises", "Закрытие границы задерживает совместные учения"),
            ("external environment", "внешняя среда"),
            "medium",
            ("Two weeks are kept; an online version is ready", "Есть запасная неделя и онлайн-вариант"),
            ("Component leader 1", "Руководитель компонента 1"),
        ),
        (
            ("Translations arrive late", "Переводы приходят поздно"),
            ("communication and information", "коммуникация и информация"),
            "low",
            ("Two translators under contract", "Договор с двумя переводчиками"),
            ("Programme", "Программа"),
        ),
    ]
    return {
        "title": say("The greatest risk is that people move on", "Главный риск — люди уходят на другие места"),
        "risks": [
            {
                "text": say(*text),
                "category": say(*category),
                "level": state(say, level),
                "mitigation": say(*mitigation),
                "owner": say(*owner),
            }
            for text, category, level, mitigation, owner in rows
        ],
    }


def decisions(say: Say) -> dict[str, Any]:
    """Four decisions."""
    rows = [
        (
            (
                "The group takes note of the progress to 30 September 2026 and of the two overdue items.",
                "Группа принимает к сведению ход реализации на 30 сентября 2026 г. и два просроченных пункта.",
            ),
            ("pages 3 to 9 of this pack", "страницы 3–9 настоящих материалов"),
            "dashboard",
        ),
        (
            ("The work plan 2027 is endorsed.", "Рабочий план на 2027 год одобряется."),
            (
                "13 activities, EUR 298 500 for capacity building; version 1 of 2 November 2026",
                "13 мероприятий, 298 500 евро на развитие потенциала; версия 1 от 2 ноября 2026 г.",
            ),
            "plan",
        ),
        (
            (
                "Agencies that have not answered do so by 31 January 2027.",
                "Ведомства, не давшие ответа, дают его до 31 января 2027 г.",
            ),
            ("5 recommendations to three agencies", "5 рекомендаций трём ведомствам"),
            "recommendations",
        ),
        (
            (
                "The customs and veterinary services sign the agreement on laboratories by 31 March 2027.",
                "Таможенная и ветеринарная службы подписывают соглашение о лабораториях до 31 марта 2027 г.",
            ),
            ("open since decision D2.4", "не выполнено решение D2.4"),
            "follow_up",
        ),
    ]
    return {
        "title": say("Four decisions are asked of the group", "От группы ожидаются четыре решения"),
        "decisions": [
            {"number": str(place + 1), "text": say(*text), "background": say(*background), "page": page}
            for place, (text, background, page) in enumerate(rows)
        ],
    }


def consultations(say: Say) -> list[dict[str, Any]]:
    """Two sheets."""
    return [
        {
            "institution": say("State Border Service", "Государственная пограничная служба"),
            "session": say(
                "18 November 2026, 14:00, with the first deputy chairman",
                "18 ноября 2026 г., 14:00, с первым заместителем председателя",
            ),
            "figures": [
                key("91", say("participations, 24 of them women’s", "участий, из них 24 — женщины")),
                key(say("3 of 6", "3 из 6"), say("recommendations adopted", "рекомендаций внедрено")),
                key("310 000", say("in equipment", "в оборудовании"), unit=say("EUR", "евро")),
            ],
            "facts": [
                {
                    "label": say("Focal point", "Координатор"),
                    "value": say("Department of international cooperation", "Управление международного сотрудничества"),
                },
                {
                    "label": say("National trainers", "Тренеры"),
                    "value": say("7, of them 5 active", "7, из них 5 действующих"),
                },
                {
                    "label": say("Last consultation", "Прошлая встреча"),
                    "value": say("12 November 2025", "12 ноября 2025 г."),
                },
                {
                    "label": say("Lots received", "Получено лотов"),
                    "value": say(
                        "1; hand-over certificate 14 of 2 July 2026", "1; акт передачи № 14 от 2 июля 2026 г."
                    ),
                },
            ],
            "activities": sample.activities(say, "1")[:3],
            "recommendations": sample.recommendations(say, 0),
            "topics": [
                say(
                    "One page a day: what keeps the order from being signed?",
                    "Одна страница в день: что мешает подписать приказ?",
                ),
                say(
                    "Second operators for the laboratories, before the training in February",
                    "Вторые операторы лабораторий — до февральского тренинга",
                ),
                say("Dates of the joint exercise in 2027", "Сроки совместного учения в 2027 году"),
            ],
        },
        {
            "institution": say(
                "Ministry of Labour, Social Security and Migration",
                "Министерство труда, социального обеспечения и миграции",
            ),
            "session": say("18 November 2026, 15:00", "18 ноября 2026 г., 15:00"),
            "figures": [
                key("45", say("participations, 31 of them women’s", "участий, из них 31 — женщины")),
                key(say("1 of 3", "1 из 3"), say("recommendations answered", "рекомендаций получили ответ")),
            ],
            "facts": [],
            "activities": sample.activities(say, "4"),
            "recommendations": sample.recommendations(say, 2),
            "topics": [say("The leaflet for three countries: who prints it?", "Памятка на три страны: кто печатает?")],
        },
    ]
