"""What a printed work plan says of itself, in its languages. Hard spaces stand before units and years."""

from __future__ import annotations

from pilotage.documents.sentences import Sentences
from pilotage.kit.texts import Text

SAID: dict[str, Text] = {
    "document": {"en": "Annual work plan", "ru": "Годовой рабочий план"},
    "subject": {"en": "{year} · {scope}", "ru": "{year} · {scope}"},
    "region": {"en": "Region", "ru": "Регион"},
    "version": {"en": "Version {number}", "ru": "Версия {number}"},
    "in_force": {"en": "in force from {day}", "ru": "действует с {day}"},
    "was_in_force": {"en": "in force {since} – {until}", "ru": "действовал {since} – {until}"},
    "not_in_force": {"en": "not in force yet", "ru": "ещё не вступил в силу"},
    "as_of": {"en": "Version {number}, records of {day}", "ru": "Версия {number}, данные на {day}"},
    "for_members": {"en": "For members of the steering group", "ru": "Для членов руководящей группы"},
    "headline": {"en": "{lines} planned for {year}", "ru": "План на {year}: {lines}"},
    "headline_cost": {"en": "{lines} planned for {year}, {cost}", "ru": "План на {year}: {lines}, {cost}"},
    "year": {"en": "Plan year", "ru": "Плановый год"},
    "scope": {"en": "Plan of", "ru": "Чей план"},
    "contract": {"en": "Contract", "ru": "Контракт"},
    "lead": {"en": "Lead partner", "ru": "Ведущий партнёр"},
    "replaces": {"en": "Replaces", "ru": "Заменяет"},
    "replaced": {"en": "version {number}, in force from {day}", "ru": "версию {number}, действовавшую с {day}"},
    "replaced_bare": {"en": "version {number}", "ru": "версию {number}"},
    "lines": {"en": "lines in the plan", "ru": "строк в плане"},
    "cost": {"en": "estimated for them", "ru": "оценка расходов"},
    "without_cost": {"en": "without an estimate: {count}", "ru": "без оценки: {count}"},
    "undated": {"en": "without a date yet", "ru": "пока без даты"},
    "done": {"en": "done", "ru": "выполнено"},
    "open": {"en": "to come", "ru": "предстоит"},
    "now": {"en": "not done yet", "ru": "ещё не сделано"},
    "submit": {"en": "Submitted", "ru": "Представлен"},
    "endorse": {"en": "Endorsed", "ru": "Одобрен"},
    "put_in_force": {"en": "In force", "ru": "Вступил в силу"},
    "return": {"en": "Returned to draft", "ru": "Возвращён на доработку"},
    "supersede": {"en": "Replaced by a later version", "ru": "Заменён следующей версией"},
    "budget": {"en": "Estimates", "ru": "Оценка расходов"},
    "budget_title": {"en": "{cost} in estimates", "ru": "Оценка расходов: {cost}"},
    "component": {"en": "Component", "ru": "Компонент"},
    "of_lines": {"en": "Lines", "ru": "Строк"},
    "euro": {"en": "EUR", "ru": "евро"},
    "before_euro": {"en": "Version {number}, EUR", "ru": "Версия {number}, евро"},
    "share": {"en": "%", "ru": "%"},
    "all_lines": {"en": "All lines", "ru": "Все строки"},
    "estimates": {
        "en": "Estimates of the lines of the plan; budget headings follow the budget, which is kept apart.",
        "ru": "Оценки по строкам плана; статьи бюджета ведутся отдельно, в бюджете.",
    },
    "no_estimate": {"en": "{count} without an estimate.", "ru": "{count} без оценки расходов."},
    "added": {"en": "added", "ru": "добавлено"},
    "removed": {"en": "removed", "ru": "исключено"},
    "moved": {"en": "moved", "ru": "перенесено"},
    "changed": {"en": "changed", "ru": "изменено"},
    "changes_lead": {
        "en": "Version {number} against version {before}; what is not named is unchanged.",
        "ru": "Версия {number} по сравнению с версией {before}; неназванное не изменилось.",
    },
    "no_changes": {"en": "No line differs", "ru": "Строки не отличаются"},
    "changes_title": {"en": "Changed: {parts}", "ru": "Изменения: {parts}"},
    "title": {"en": "title", "ru": "название"},
    "type": {"en": "type", "ru": "вид"},
    "output": {"en": "output", "ru": "результат"},
    "activity": {"en": "activity", "ru": "мероприятие"},
    "note_dates": {
        "en": "Baseline dates are those of this version; delivery is measured against them and against the version in "
        "force when the period began.",
        "ru": "Исходные даты – даты этой версии; выполнение считается по ним и по версии, действовавшей на начало "
        "периода.",
    },
}
FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "lines": {"en": ("line", "lines"), "ru": ("строка", "строки", "строк")},
}


_SENTENCES = Sentences(SAID, FORMS)
say, some = _SENTENCES.say, _SENTENCES.some
