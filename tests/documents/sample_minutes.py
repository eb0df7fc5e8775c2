"""Minutes in which every part is full, in both languages. Everything in them is invented."""

from __future__ import annotations

from typing import Any

from pilotage.documents.kinds.minutes.content import Minutes
from pilotage.documents.prose import passage
from pilotage.documents.steering.sealing import sealed
from tests.documents import sample_steering as sample
from tests.documents.sample_steering import Language, Pair, Say

BORDER = ("State Border Service", "Государственная пограничная служба")
CUSTOMS = ("State Customs Service", "Государственная таможенная служба")
LABOUR = ("Ministry of Labour, Social Security and Migration", "Министерство труда, социального обеспечения и миграции")
VETERINARY = ("Veterinary and Phytosanitary Service", "Ветеринарная и фитосанитарная служба")
DELEGATION = ("European Union Delegation", "Представительство Европейского Союза")
PROGRAMME = ("Programme", "Программа")


def build(language: Language) -> tuple[Minutes, dict[str, bytes]]:
    """The content of the sample in one language; minutes have no pictures."""
    say = sample.sayer(language)
    head = sample.document(
        language,
        document=("Minutes", "Протокол"),
        subject=("National Steering Group of Kyrgyzstan", "Национальная руководящая группа Кыргызстана"),
        label=("Third meeting", "Третье заседание"),
        date=("18 November 2026", "18 ноября 2026 г."),
        place=("Bishkek", "Бишкек"),
    )
    content: Any = head | {
        "notes": [],
        "status": {
            "word": say(
                "Draft for comments until 16 December 2026", "Проект, замечания принимаются до 16 декабря 2026 г."
            ),
            "tone": "ahead",
        },
        "facts": [
            {"label": say(*label), "value": say(*value)}
            for label, value in (
                (
                    ("Body", "Орган"),
                    (
                        "National Steering Group of Kyrgyzstan, terms of reference of 20 March 2024",
                        "Национальная руководящая группа Кыргызстана, положение от 20 марта 2024 г.",
                    ),
                ),
                (
                    ("Date and place", "Дата и место"),
                    (
                        "18 November 2026, 10:00–12:50, Bishkek, House of Friendship",
                        "18 ноября 2026 г., 10:00–12:50, Бишкек, Дом дружбы",
                    ),
                ),
                (
                    ("Chair", "Председатель"),
                    (
                        "Mr Daniyar Sultanov, Deputy Minister of Foreign Affairs",
                        "Г-н Данияр Султанов, заместитель министра иностранных дел",
                    ),
                ),
                (
                    ("Languages", "Языки"),
                    (
                        "Kyrgyz, Russian, English; the English text is authentic",
                        "Кыргызский, русский, английский; аутентичен английский текст",
                    ),
                ),
                (
                    ("Papers", "Материалы"),
                    (
                        "sent on 3 November 2026, 11 working days before",
                        "разосланы 3 ноября 2026 г., за 11 рабочих дней",
                    ),
                ),
            )
        ],
        "quorum": {
            "word": say(
                "Quorum: 7 of 9 voting members, chair and Delegation among them",
                "Кворум имеется: 7 из 9 голосующих членов, в их числе председатель и Представительство ЕС",
            ),
            "tone": "done",
        },
        "quorum_rule": say(
            "Half of the voting members, including the chair and the Delegation.",
            "Половина голосующих членов, включая председателя и Представительство ЕС.",
        ),
        "attendance": attendance(say),
        "opening": passage(
            say(
                "The chair opened the meeting at 10:00 and thanked the services for sending their comments in time. "
                "**The agenda was adopted without changes.**",
                "Председатель открыл заседание в 10:00 и поблагодарил ведомства за своевременные замечания. "
                "**Повестка дня утверждена без изменений.**",
            ),
            language,
        ),
        "items": items(say, language),
        "decisions": [
            {"number": number, "text": say(*text), "item": item, "addressee": say(*who)}
            for number, text, item, who in DECISIONS
        ],
        "actions": [action(say, *row) for row in ACTIONS],
        "sessions": [
            {
                "institution": say(*BORDER),
                "when": say("18 November, 14:00–14:50", "18 ноября, 14:00–14:50"),
                "present": say(
                    "Col. A. Toktosunov and two officers; programme manager, national coordinator",
                    "Полковник А. Токтосунов и два офицера; руководитель программы, национальный координатор",
                ),
                "text": passage(
                    say(
                        "The order on one page a day waits for the legal department; it is expected in January. "
                        "Second operators will be named before the training in February.\n\nThe service offers its "
                        "kennels for the regional course in the third quarter.",
                        "Приказ об одной странице в день ожидает заключения юридического управления; он ожидается в "
                        "январе. Вторые операторы будут назначены до февральского тренинга.\n\nСлужба предлагает "
                        "свой питомник для регионального курса в третьем квартале.",
                    ),
                    language,
                ),
                "actions": [
                    action(
                        say,
                        "A3.5",
                        (
                            "Name second operators for both laboratories",
                            "Назначить вторых операторов в обе лаборатории",
                        ),
                        BORDER,
                        ("31 January 2027", "31 января 2027 г."),
                    )
                ],
            },
            {
                "institution": say(*LABOUR),
                "when": say("18 November, 15:00–15:40", "18 ноября, 15:00–15:40"),
                "present": say("Ms A. Maratova; programme manager", "Г-жа А. Маратова; руководитель программы"),
                "text": passage(
                    say(
                        "The ministry will print the common leaflet if the text is agreed by March.",
                        "Министерство напечатает единую памятку, если текст будет согласован к марту.",
                    ),
                    language,
                ),
                "actions": [],
            },
        ],
        "signatures": [
            {
                "role": say("Chair", "Председатель"),
                "name": say("Daniyar Sultanov", "Данияр Султанов"),
                "position": say("Deputy Minister of Foreign Affairs", "Заместитель министра иностранных дел"),
            },
            {
                "role": say("For the Delegation", "От Представительства ЕС"),
                "name": say("Livia Carradine", "Ливия Каррадайн"),
                "position": say("Head of Cooperation", "Руководитель отдела сотрудничества"),
            },
            {
                "role": say("Secretary, for the programme", "Секретарь, от программы"),
                "name": say("Cholpon Beishenova", "Чолпон Бейшенова"),
                "position": say("National coordinator", "Национальный координатор программы"),
            },
        ],
        "annexes": [
            say("Agenda", "Повестка дня"),
            say("Steering pack, edition 2026-1", "Материалы к заседанию, издание 2026-1"),
            say("Signed attendance list", "Подписанный список присутствующих"),
        ],
    }
    return sealed(content), {}


DECISIONS: tuple[tuple[str, Pair, str, Pair], ...] = (
    (
        "D3.1",
        (
            "The group takes note of the progress to 30 September 2026 and of the two overdue items.",
            "Группа принимает к сведению ход реализации на 30 сентября 2026 г. и два просроченных пункта.",
        ),
        "3",
        PROGRAMME,
    ),
    (
        "D3.2",
        (
            "Agencies that have not answered do so by 31 January 2027.",
            "Ведомства, не давшие ответа, дают его до 31 января 2027 г.",
        ),
        "4",
        (
            "Customs, Ministry of Labour, General Prosecutor’s Office",
            "Таможня, Министерство труда, Генеральная прокуратура",
        ),
    ),
    (
        "D3.3",
        (
            "The work plan 2027, version 1 of 2 November 2026, is endorsed.",
            "Рабочий план на 2027 год, версия 1 от 2 ноября 2026 г., одобряется.",
        ),
        "7",
        PROGRAMME,
    ),
    (
        "D3.4",
        (
            "The customs and veterinary services sign the agreement on laboratories by 31 March 2027.",
            "Таможенная и ветеринарная службы подписывают соглашение о лабораториях до 31 марта 2027 г.",
        ),
        "8",
        ("Customs and veterinary services", "Таможенная и ветеринарная службы"),
    ),
)
ACTIONS: tuple[tuple[str, Pair, Pair, Pair], ...] = (
    (
        "A3.1",
        (
            "Send the two open items of 2025 with a new date",
            "Направить два невыполненных пункта 2025 года с новым сроком",
        ),
        BORDER,
        ("31 December 2026", "31 декабря 2026 г."),
    ),
    (
        "A3.2",
        (
            "Write to the three agencies whose answers are missing, with a personal link",
            "Направить трём ведомствам, не давшим ответа, письмо с личной ссылкой",
        ),
        PROGRAMME,
        ("30 November 2026", "30 ноября 2026 г."),
    ),
    (
        "A3.3",
        ("Circulate the comments on the laboratories’ draft", "Разослать замечания к проекту о лабораториях"),
        VETERINARY,
        ("15 January 2027", "15 января 2027 г."),
    ),
    (
        "A3.4",
        ("Offer two more weeks for the joint exercise", "Предложить ещё две недели для совместного учения"),
        PROGRAMME,
        ("31 January 2027", "31 января 2027 г."),
    ),
    (
        "A3.5",
        ("Name second operators for both laboratories", "Назначить вторых операторов в обе лаборатории"),
        BORDER,
        ("31 January 2027", "31 января 2027 г."),
    ),
)


def action(say: Say, number: str, text: Pair, owner: Pair, due: Pair) -> dict[str, Any]:
    """A new action point."""
    return {"number": number, "text": say(*text), "owner": say(*owner), "due": say(*due), "state": None}


def attendance(say: Say) -> list[dict[str, Any]]:
    """Members, those who were missed, observers."""
    member, alternate, absent = (
        {"word": say("member", "член"), "tone": "done"},
        {"word": say("alternate", "заместитель"), "tone": "ahead"},
        {"word": say("absent", "отсутствовал"), "tone": "open"},
    )
    rows = [
        (
            ("Ministry of Foreign Affairs", "Министерство иностранных дел"),
            ("Mr Daniyar Sultanov", "Г-н Данияр Султанов"),
            ("Deputy Minister, chair", "Заместитель министра, председатель"),
            member,
        ),
        (
            DELEGATION,
            ("Ms Livia Carradine", "Г-жа Ливия Каррадайн"),
            ("Head of Cooperation", "Руководитель отдела сотрудничества"),
            member,
        ),
        (
            BORDER,
            ("Col. Azamat Toktosunov", "Полковник Азамат Токтосунов"),
            ("Head of department", "Начальник управления"),
            alternate,
        ),
        (
            CUSTOMS,
            ("Ms Gulnara Sadykova", "Г-жа Гульнара Садыкова"),
            ("Deputy chair", "Заместитель председателя"),
            member,
        ),
        (
            LABOUR,
            ("Ms Aigerim Maratova", "Г-жа Айгерим Маратова"),
            ("Head of department", "Начальник управления"),
            member,
        ),
        (VETERINARY, ("Mr Bakyt Orozbekov", "Г-н Бакыт Орозбеков"), ("Chief inspector", "Главный инспектор"), member),
        (
            ("Border Academy", "Пограничная академия"),
            ("Ms Nurzat Alieva", "Г-жа Нурзат Алиева"),
            ("Rector", "Ректор"),
            member,
        ),
        (("General Prosecutor’s Office", "Генеральная прокуратура"), ("", ""), ("", ""), absent),
        (("Ministry of Internal Affairs", "Министерство внутренних дел"), ("", ""), ("", ""), absent),
    ]
    guest = {"word": say("observer", "наблюдатель"), "tone": "none"}
    staff = {"word": say("programme", "программа"), "tone": "none"}
    others = [
        (
            ("Embassy of Northland", "Посольство Северной земли"),
            ("Mr Tomas Hald", "Г-н Томас Хальд"),
            ("First secretary", "Первый секретарь"),
            guest,
        ),
        (PROGRAMME, ("Mr Anton Velmar", "Г-н Антон Вельмар"), ("Programme manager", "Руководитель программы"), staff),
        (
            PROGRAMME,
            ("Ms Cholpon Beishenova", "Г-жа Чолпон Бейшенова"),
            ("National coordinator", "Национальный координатор"),
            staff,
        ),
    ]
    return [
        {
            "name": say(*name),
            "people": [
                {"institution": say(*institution), "name": say(*person), "role": say(*role), "state": state}
                for institution, person, role, state in people
            ],
        }
        for name, people in (
            (("Voting members", "Голосующие члены"), rows),
            (("Observers and programme", "Наблюдатели и программа"), others),
        )
    ]


def items(say: Say, language: str) -> list[dict[str, Any]]:
    """What was said under each item."""
    manager = ("Mr Velmar, programme manager", "Г-н Вельмар, руководитель программы")
    rows: list[tuple[str, Pair, Pair, Pair]] = [
        (
            "2",
            ("Previous decisions and action points", "Выполнение предыдущих решений и поручений"),
            ("Ms Beishenova, national coordinator", "Г-жа Бейшенова, национальный координатор"),
            (
                "Seven of ten points are done, one is in progress, two are overdue. The border service explained "
                "that the report on the laboratories waits for figures from Osh. The chair asked for a new date in "
                "writing.",
                "Семь пунктов из десяти выполнены, один в работе, два просрочены. Пограничная служба пояснила, что "
                "отчёт о лабораториях ждёт данных из Оша. Председатель попросил назвать новый срок письменно.",
            ),
        ),
        (
            "3",
            ("Progress since November 2025", "Ход реализации с ноября 2025 г."),
            manager,
            (
                "Eleven of fourteen activities are done, nine of them in time. Three things were discussed:\n\n- the "
                "course on financial investigation, moved to late November;\n- the share of women, 44 %, and the "
                "border service’s 26 %;\n- national trainers, who led five activities.\n\nThe Delegation welcomed "
                "that trainers are relieved of other duties.",
                "Проведено одиннадцать мероприятий из четырнадцати, девять — в срок. Обсудили:\n\n- курс по "
                "финансовому расследованию, перенесённый на конец ноября;\n- долю женщин: 44 % в целом и 26 % в "
                "пограничной службе;\n- национальных тренеров, которые провели пять "
                "мероприятий.\n\nПредставительство ЕС приветствовало освобождение тренеров от других обязанностей.",
            ),
        ),
        (
            "4",
            ("What became of the recommendations", "Что стало с рекомендациями"),
            ("Ms Ferrand, monitoring and evaluation", "Г-жа Ферран, мониторинг и оценка"),
            (
                "Six of twenty-one are in force, sixteen have been answered. Customs rejected one because the law on "
                "official secrets does not allow it; the group took note.",
                "Внедрены шесть рекомендаций из двадцати одной, на шестнадцать получены ответы. Таможня отклонила "
                "одну, поскольку её не допускает закон о государственных секретах; группа приняла это к сведению.",
            ),
        ),
        (
            "7",
            ("Work plan 2027", "Рабочий план на 2027 год"),
            manager,
            (
                "Thirteen activities for EUR 298 500. The labour ministry asked for an earlier date for the leaflet; "
                "line 4.1 moved to February in the room.",
                "Тринадцать мероприятий на 298 500 евро. Министерство труда попросило ускорить работу над памяткой; "
                "строка 4.1 перенесена на февраль прямо на заседании.",
            ),
        ),
        (
            "8",
            ("Laboratories", "Лаборатории"),
            ("Chair", "Председатель"),
            (
                "Both services confirmed that the draft can be signed once the comments are in.",
                "Обе службы подтвердили, что проект можно подписать после учёта замечаний.",
            ),
        ),
    ]
    return [
        {
            "number": number,
            "title": say(*title),
            "speaker": say(*speaker),
            "text": passage(say(*text), language),
            "earlier": [
                {
                    "number": say("Decision 3 of 19 November 2025", "Решение 3 от 19 ноября 2025 г."),
                    "text": say(
                        "Both laboratories accept each other's results.",
                        "Обе лаборатории признают результаты друг друга.",
                    ),
                    "state": {"word": say("under way", "исполняется"), "tone": "ahead"},
                    "heard": say("The draft waits for comments from Osh.", "Проект ждёт замечаний из Оша."),
                }
            ]
            if number == "2"
            else [],
            "decisions": [
                {"number": code, "text": say(*decision), "item": item, "addressee": say(*who)}
                for code, decision, item, who in DECISIONS
                if item == number
            ],
            "actions": [action(say, *row) for row in ACTIONS[place : place + 1]] if place in (0, 2) else [],
        }
        for place, (number, title, speaker, text) in enumerate(rows)
    ]
