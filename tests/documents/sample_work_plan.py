"""A work plan in which every page is full, in both languages. Everything in it is invented."""

from __future__ import annotations

from typing import Any

from pilotage.documents.kinds.work_plan.content import WorkPlanDocument
from pilotage.documents.prose import passage
from pilotage.documents.steering.sealing import sealed
from tests.documents import sample_national_pack as national
from tests.documents import sample_steering as sample
from tests.documents.sample_steering import Language, Say, key, table


def build(language: Language) -> tuple[WorkPlanDocument, dict[str, bytes]]:
    """The content of the sample in one language; it has no pictures."""
    say = sample.sayer(language)
    head = sample.document(
        language,
        document=("Annual work plan", "Годовой рабочий план"),
        subject=("2027 · Kyrgyzstan", "2027 год · Кыргызстан"),
        label=("Version 2", "Версия 2"),
        date=("in force from 3 March 2027", "действует с 3 марта 2027 г."),
        place=("", ""),
    )
    groups = sample.plan_groups(say)
    groups[0]["lines"][1]["note"] = say(
        "Moved from February at the ministry’s request.", "Перенесено с февраля по просьбе министерства."
    )
    content: Any = head | {
        "identity": {**head["identity"], "as_of": say("Version 2 of 3 March 2027", "Версия 2 от 3 марта 2027 г.")},
        "notes": [],
        "headline": say(
            "Thirteen activities: what was learned becomes what is done",
            "Тринадцать мероприятий: изученное становится практикой",
        ),
        "status": {"word": say("In force", "Действует"), "tone": "done"},
        "facts": [
            {
                "label": say("Year", "Год плана"),
                "value": say("1 January – 31 December 2027", "1 января – 31 декабря 2027 г."),
            },
            {"label": say("Contract", "Контракт"), "value": "ENI/2023/000-000"},
            {
                "label": say("Replaces", "Заменяет"),
                "value": say("Version 1 of 12 January 2027", "Версию 1 от 12 января 2027 г."),
            },
            {
                "label": say("Lead", "Ведущий партнёр"),
                "value": say("Border Guard of Northland", "Пограничная охрана Северной земли"),
            },
        ],
        "key_figures": [
            key("13", say("activities", "мероприятий")),
            key("298 500", say("for capacity building", "на развитие потенциала"), unit=say("EUR", "евро")),
            key("6", say("led by national trainers", "силами национальных тренеров")),
        ],
        "approval": [
            {
                "step": say(*step),
                "date": say(*date),
                "by": say(*by),
                "state": {"word": say("done", "выполнено"), "tone": "done"},
            }
            for step, date, by in (
                (
                    ("Submitted", "Представлен"),
                    ("2 November 2026", "2 ноября 2026 г."),
                    ("Programme manager", "Руководитель программы"),
                ),
                (
                    ("Endorsed", "Одобрен"),
                    ("18 November 2026", "18 ноября 2026 г."),
                    ("National Steering Group, decision D3.3", "Национальная руководящая группа, решение D3.3"),
                ),
                (
                    ("Revision endorsed", "Изменения одобрены"),
                    ("24 February 2027", "24 февраля 2027 г."),
                    ("Written procedure", "Письменная процедура"),
                ),
                (
                    ("In force", "Вступил в силу"),
                    ("3 March 2027", "3 марта 2027 г."),
                    ("European Union Delegation", "Представительство Европейского Союза"),
                ),
            )
        ],
        "context": passage(CONTEXT[language], language),
        "priorities": [
            say(
                "National trainers lead every second training.", "Каждый второй тренинг проводят национальные тренеры."
            ),
            say(
                "Every recommendation of 2026 is answered before summer.",
                "До лета даны ответы на все рекомендации 2026 года.",
            ),
            say("Two exercises are held together with neighbours.", "Два учения проведены вместе с соседями."),
        ],
        "plan": {
            "title": say("The year at a glance", "Год на одной странице"),
            "figures": [],
            "text": None,
            "months": [say(*month) for month in sample.MONTHS],
            "groups": groups,
            "note": say(
                "Filled: the days are known. Pale: only the month or quarter is.",
                "Заливка: известны дни. Бледный фон: известен только месяц или квартал.",
            ),
        },
        "budget": {
            "title": say("EUR 307 000, a third of it in the first component", "307 000 евро, треть — первый компонент"),
            "figures": [],
            "text": None,
            "charts": [],
            "tables": [
                table(
                    "",
                    (
                        say("Component", "Компонент"),
                        say("Lines", "Строк"),
                        say("Version 1, EUR", "Версия 1, евро"),
                        say("Version 2, EUR", "Версия 2, евро"),
                        "%",
                    ),
                    [
                        (
                            say("1 Institutions of border control", "1 Институты пограничного контроля"),
                            "4",
                            "98 500",
                            "102 500",
                            "33",
                        ),
                        (
                            say("2 Detection and investigation", "2 Выявление и расследование"),
                            "3",
                            "96 000",
                            "96 000",
                            "31",
                        ),
                        (say("3 Facilitation of trade", "3 Содействие торговле"), "3", "55 000", "55 000", "18"),
                        (
                            say("4 Cross-border cooperation", "4 Приграничное сотрудничество"),
                            "3",
                            "36 000",
                            "45 000",
                            "15",
                        ),
                        (
                            say("Management, procurement, communication", "Управление, закупки, коммуникация"),
                            "2",
                            "8 500",
                            "8 500",
                            "3",
                        ),
                        (say("All lines", "Все строки"), "15", "294 000", "307 000", "100"),
                    ],
                )
            ],
            "gaps": [],
        },
        "risks": national.risks(say),
        "changes": plan_changes(say),
        "signatures": [],
    }
    return sealed(content), {}


def plan_changes(say: Say) -> dict[str, Any]:
    """Line by line."""
    words = {
        "added": ("added", "добавлено", "open"),
        "moved": ("moved", "перенесено", "ahead"),
        "changed": ("changed", "изменено", "ahead"),
        "removed": ("removed", "исключено", "failed"),
    }
    rows = [
        (
            "added",
            ("4.2 School gardens on both banks: second season", "4.2 Школьные сады на двух берегах: второй сезон"),
            ("–", "–"),
            ("April–October", "апрель–октябрь"),
            ("grant extended", "грант продлён"),
        ),
        (
            "moved",
            (
                "1.2 Integrated border management strategy: action plan",
                "1.2 Стратегия интегрированного управления границами: план действий",
            ),
            ("February", "февраль"),
            ("April", "апрель"),
            ("at the ministry’s request", "по просьбе министерства"),
        ),
        (
            "changed",
            ("1.3 Joint contingency exercise", "1.3 Совместное учение на случай чрезвычайной ситуации"),
            ("EUR 44 000", "44 000 евро"),
            ("EUR 48 000", "48 000 евро"),
            ("a second week", "вторая неделя"),
        ),
        (
            "removed",
            ("2.4 Seminar on seized vehicles", "2.4 Семинар об изъятых транспортных средствах"),
            ("September", "сентябрь"),
            ("–", "–"),
            ("another donor pays", "финансирует другой донор"),
        ),
    ]
    return {
        "title": say(
            "One line added, one moved, one changed, one gone",
            "Одна строка добавлена, одна перенесена, одна изменена, одна исключена",
        ),
        "lead": say(
            "Version 2 of 3 March 2027 against version 1 of 12 January 2027.",
            "Версия 2 от 3 марта 2027 г. по сравнению с версией 1 от 12 января 2027 г.",
        ),
        "changes": [
            {
                "kind": {"word": say(*words[kind][:2]), "tone": words[kind][2]},
                "line": say(*line),
                "before": say(*before),
                "after": say(*after),
                "reason": say(*reason),
            }
            for kind, line, before, after, reason in rows
        ],
    }


CONTEXT = {
    "en": """The programme enters its fourth and last year in Kyrgyzstan. Two things have changed since the plan of 2026:
national trainers are relieved of other duties for ten days a year, and waiting times at three crossing points
are public.

The steering group asked for three priorities. They follow from the recommendations of 2026, of which six are in
force and five wait for an answer, and from the requests of the partner services in November.

Equipment follows training, not the other way round: lot 4 is delivered before the second course for its
operators, and lot 7 only when the maintenance letter is signed.
""",
    "ru": """Программа вступает в Кыргызстане в четвёртый и последний год. С прошлого плана изменились две вещи: национальные
тренеры освобождены от других обязанностей на десять дней в году, а время ожидания в трёх пунктах пропуска
публикуется.

Руководящая группа попросила о трёх приоритетах. Они вытекают из рекомендаций 2026 года, шесть из которых
внедрены, а пять ждут ответа, и из просьб ведомств-партнёров, высказанных в ноябре.

Оборудование следует за обучением, а не наоборот: лот 4 поставляется до второго курса для операторов, а лот 7 —
только после подписания письма об обслуживании.
""",
}
