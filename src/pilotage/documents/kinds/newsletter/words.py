"""The newsletter's own wording, by language, and its statements of funding."""

from __future__ import annotations

from typing import Literal

from pilotage.documents.kinds.newsletter.content import Words

WORDS: dict[str, Words] = {
    "en": {
        "newsletter": "Newsletter",
        "contents": "In this issue",
        "specific_objective": "Specific objective",
        "objective": "Overall objective",
        "led_by": "Led by",
        "components": "Components",
        "date": "Date",
        "activity": "Activity",
        "place": "Place",
        "partners": "Partners",
        "contacts": "Contacts",
        "notes": "How to read the figures",
        "disclaimer": "Disclaimer",
        "emblem_alt": "Emblem of the European Union: twelve gold stars in a circle on blue",
        "elapsed": "of the time elapsed",
        "foreword": "Foreword",
        "programme": "The programme",
        "progress": "Progress",
        "procurement": "Procurement",
        "grants": "Grants",
        "highlights": "Highlights",
        "upcoming": "Next quarter",
        "story": "Featured story",
        "activities_of": "Activities of component",
    },
    "ru": {
        "newsletter": "Информационный бюллетень",
        "contents": "В этом выпуске",
        "specific_objective": "Конкретная цель",
        "objective": "Общая цель",
        "led_by": "Ведущий партнёр",
        "components": "Компоненты",
        "date": "Дата",
        "activity": "Мероприятие",
        "place": "Место",
        "partners": "Партнёры",
        "contacts": "Контакты",
        "notes": "Как читать показатели",
        "disclaimer": "Ограничение ответственности",
        "emblem_alt": "Эмблема Европейского Союза: двенадцать золотых звёзд по кругу на синем поле",
        "elapsed": "срока прошло",
        "foreword": "Вступительное слово",
        "programme": "О программе",
        "progress": "Ход реализации",
        "procurement": "Закупки",
        "grants": "Гранты",
        "highlights": "Главное за квартал",
        "upcoming": "Следующий квартал",
        "story": "Тема номера",
        "activities_of": "Мероприятия компонента",
    },
}

STATEMENTS: dict[Literal["funded", "co-funded"], dict[str, list[str]]] = {
    "funded": {
        "en": ["Funded by", "the European Union"],
        "ru": ["Финансируется", "Европейским Союзом"],
    },
    "co-funded": {
        "en": ["Co-funded by", "the European Union"],
        "ru": ["Софинансируется", "Европейским Союзом"],
    },
}
"""The statement in the lines in which it is set beside the emblem; which one applies, the contract says."""
