"""What minutes say of themselves, in every language."""

from __future__ import annotations

from pilotage.kit.texts import Text, wording

SAID: dict[str, Text] = {
    "approved": {"en": "Approved on {day}", "ru": "Утверждён {day}"},
    "for_comments": {"en": "Draft for comments until {day}", "ru": "Проект, замечания принимаются до {day}"},
    "not_circulated": {"en": "Draft, not circulated yet", "ru": "Проект, ещё не разослан"},
    "not_held": {"en": "The meeting has not been held yet", "ru": "Заседание ещё не состоялось"},
    "earlier_decision": {"en": "Decision {number} of {day}", "ru": "Решение {number} от {day}"},
    "body": {"en": "Body", "ru": "Орган"},
    "when": {"en": "Date and place", "ru": "Дата и место"},
    "chair": {"en": "Chair", "ru": "Председатель"},
    "secretary": {"en": "Secretary", "ru": "Секретарь"},
    "mode": {"en": "Held", "ru": "Формат"},
    "papers": {"en": "Papers", "ru": "Материалы"},
    "sent_on": {"en": "sent on {day}", "ru": "разосланы {day}"},
    "waived": {"en": "Decisions without quorum", "ru": "Решения без кворума"},
    "no_quorum_needed": {"en": "No quorum is needed", "ru": "Кворум не требуется"},
    "quorum": {"en": "Reached: {present} voting members", "ru": "Имеется: голосующих членов {present}"},
    "no_quorum": {"en": "Not reached: {present} voting members", "ru": "Отсутствует: голосующих членов {present}"},
    "chair_missing": {"en": "the chair was missing", "ru": "не было председателя"},
    "eud_missing": {"en": "the Delegation was missing", "ru": "не было Представительства ЕС"},
    "rule": {"en": "At least {share} % of the voting members", "ru": "Не менее {share} % голосующих членов"},
    "including": {"en": ", including {who}", "ru": ", включая {who}"},
    "the_chair": {"en": "the chair", "ru": "председателя"},
    "the_eud": {"en": "the Delegation", "ru": "Представительство ЕС"},
    "and": {"en": "and", "ru": "и"},
    "eud": {"en": "Delegation", "ru": "Представительство ЕС"},
    "voting": {"en": "Voting members", "ru": "Голосующие члены"},
    "not_voting": {"en": "Members without a vote", "ru": "Члены без права голоса"},
    "others": {"en": "Observers, guests and programme", "ru": "Наблюдатели, гости и программа"},
    "present": {"en": "In the room", "ru": "Участники"},
    "absent": {"en": "absent", "ru": "отсутствовал"},
    "not_noted": {"en": "not noted yet", "ru": "ещё не отмечено"},
    "for_eud": {"en": "For the Delegation", "ru": "От Представительства ЕС"},
    "for_programme": {"en": "Secretary, for the programme", "ru": "Секретарь, от программы"},
}


def minutes_say(name: str, language: str, **values: object) -> str:
    """The sentence ``name`` with its values filled in, its hard spaces kept."""
    sentence = wording(SAID[name], language)
    return (sentence.format(**values) if values else sentence).replace(" %", "\u00a0%")
