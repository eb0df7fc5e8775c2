"""The sentences of what changed, in English and Russian, with their plural forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pilotage.domain.recommendations.words import State as RecommendationState
from pilotage.figures.languages import LANGUAGES, labels_of
from pilotage.figures.since.happenings import Happening, planned_end
from pilotage.figures.since.standing import Standing
from pilotage.kit.numbers import HARD, plural, written
from pilotage.kit.partial_words import written_partial
from pilotage.kit.texts import Text, wording

GENERAL: Text = {"en": "Management and coordination", "ru": "Управление и координация"}
REGION: Text = {"en": "The region as a whole", "ru": "Регион в целом"}
NAMED = 3
"""How many records a sentence names; the rest are "and 4 more"."""

Named = tuple[str, Text, Standing]

SAID: dict[str, dict[str, tuple[str, ...]]] = {
    "activities-done": {
        "en": ("{n} activity took place", "{n} activities took place"),
        "ru": ("Проведено {n} мероприятие", "Проведены {n} мероприятия", "Проведено {n} мероприятий"),
    },
    "activities-entered-late": {
        "en": ("{n} activity of an earlier date was entered", "{n} activities of an earlier date were entered"),
        "ru": (
            "Внесено {n} мероприятие, прошедшее ранее",
            "Внесены {n} мероприятия, прошедшие ранее",
            "Внесено {n} мероприятий, прошедших ранее",
        ),
    },
    "activities-added": {
        "en": ("{n} activity was added to what is ahead", "{n} activities were added to what is ahead"),
        "ru": (
            "К предстоящим добавлено {n} мероприятие",
            "К предстоящим добавлены {n} мероприятия",
            "К предстоящим добавлено {n} мероприятий",
        ),
    },
    "activities-later": {
        "en": ("{n} activity was moved to a later date", "{n} activities were moved to later dates"),
        "ru": (
            "На более поздний срок перенесено {n} мероприятие",
            "На более поздний срок перенесены {n} мероприятия",
            "На более поздний срок перенесено {n} мероприятий",
        ),
    },
    "activities-earlier": {
        "en": ("{n} activity was brought forward", "{n} activities were brought forward"),
        "ru": (
            "На более ранний срок перенесено {n} мероприятие",
            "На более ранний срок перенесены {n} мероприятия",
            "На более ранний срок перенесено {n} мероприятий",
        ),
    },
    "activities-postponed": {
        "en": ("{n} activity was postponed without a new date", "{n} activities were postponed without a new date"),
        "ru": (
            "Без новой даты отложено {n} мероприятие",
            "Без новой даты отложены {n} мероприятия",
            "Без новой даты отложено {n} мероприятий",
        ),
    },
    "activities-cancelled": {
        "en": ("{n} activity was cancelled", "{n} activities were cancelled"),
        "ru": ("Отменено {n} мероприятие", "Отменены {n} мероприятия", "Отменено {n} мероприятий"),
    },
    "activities-behind": {
        "en": (
            "{n} activity has fallen behind: its planned end has passed",
            "{n} activities have fallen behind: their planned end has passed",
        ),
        "ru": (
            "Отстаёт от плана {n} мероприятие, его плановый срок прошёл",
            "Отстают от плана {n} мероприятия, их плановый срок прошёл",
            "Отстают от плана {n} мероприятий, их плановый срок прошёл",
        ),
    },
    "recommendations-issued": {
        "en": ("{n} recommendation was issued", "{n} recommendations were issued"),
        "ru": ("Выдана {n} рекомендация", "Выданы {n} рекомендации", "Выдано {n} рекомендаций"),
    },
    "recommendations-answered": {
        "en": ("{n} recommendation was answered", "{n} recommendations were answered"),
        "ru": (
            "Получен ответ на {n} рекомендацию",
            "Получены ответы на {n} рекомендации",
            "Получены ответы на {n} рекомендаций",
        ),
    },
    "recommendations-adopted": {
        "en": ("{n} recommendation was adopted", "{n} recommendations were adopted"),
        "ru": ("Внедрена {n} рекомендация", "Внедрены {n} рекомендации", "Внедрено {n} рекомендаций"),
    },
    "recommendations-unanswered": {
        "en": (
            "The time to answer {n} recommendation passed without an answer",
            "The time to answer {n} recommendations passed without an answer",
        ),
        "ru": (
            "Истёк срок ответа на {n} рекомендацию, ответа нет",
            "Истёк срок ответа на {n} рекомендации, ответов нет",
            "Истёк срок ответа на {n} рекомендаций, ответов нет",
        ),
    },
    "recommendations-overdue": {
        "en": ("{n} recommendation has become overdue", "{n} recommendations have become overdue"),
        "ru": (
            "Просрочено исполнение {n} рекомендации",
            "Просрочено исполнение {n} рекомендаций",
            "Просрочено исполнение {n} рекомендаций",
        ),
    },
    "action-points-agreed": {
        "en": ("{n} action point was agreed", "{n} action points were agreed"),
        "ru": ("Принято {n} поручение", "Приняты {n} поручения", "Принято {n} поручений"),
    },
    "action-points-done": {
        "en": ("{n} action point was done", "{n} action points were done"),
        "ru": ("Исполнено {n} поручение", "Исполнены {n} поручения", "Исполнено {n} поручений"),
    },
    "action-points-overdue": {
        "en": ("{n} action point has become overdue", "{n} action points have become overdue"),
        "ru": ("Просрочено {n} поручение", "Просрочены {n} поручения", "Просрочено {n} поручений"),
    },
}
AND_MORE: Text = {"en": "{names} and {n}\u00a0more", "ru": "{names} и ещё\u00a0{n}"}
WITH_DATES = frozenset({"activities-later", "activities-earlier"})


def sentence_of(happening: Happening, records: Sequence[Named]) -> Text:
    """The sentence about ``records`` (code, title, standing) in every language: how many, and the first of them."""
    said = {}
    for language in LANGUAGES:
        forms = SAID[happening.code][language]
        form = plural(len(records), forms, language).replace("{n} ", f"{{n}}{HARD}")
        start = form.format(n=written(len(records), language))
        if happening.code == "recommendations-answered":
            detail = _by_answer(records, language)
        else:
            detail = _names(happening, records, language)
        said[language] = f"{start}{'; ' if ': ' in start else ': '}{detail}."
    return said


def _names(happening: Happening, records: Sequence[Named], language: str) -> str:
    # Siblings in several countries bear one name: it is said once.
    counts = Counter(_name(happening, record, language) for record in records)
    names = list(counts)[:NAMED]
    listed = ", ".join(names)
    rest = len(records) - sum(counts[name] for name in names)
    return wording(AND_MORE, language).format(names=listed, n=written(rest, language)) if rest else listed


def _name(happening: Happening, record: Named, language: str) -> str:
    code, title, standing = record
    if happening.noun != "activities":
        return code
    quoted = _quoted(wording(title, language), language)
    if happening.code in WITH_DATES and standing.before and standing.after:
        was, is_now = (written_partial(planned_end(values), language) for values in (standing.before, standing.after))
        return f"{quoted} ({was} → {is_now})"
    return quoted


def _quoted(title: str, language: str) -> str:
    """A title in the quotation marks of the language; those inside it are of the second kind."""
    if language == "ru":
        return f"«{title.replace('«', '„').replace('»', '“')}»"
    return f"“{title.replace('“', '‘').replace('”', '’')}”"


def _by_answer(records: Sequence[Named], language: str) -> str:
    labels = labels_of(RecommendationState)
    answers = Counter(standing.after["state"] for _code, _title, standing in records if standing.after)
    ordered = [state for state in RecommendationState.values if state in answers]
    return ", ".join(
        f"{wording(labels[state], language).lower()}{HARD}–{HARD}{written(answers[state], language)}"
        for state in ordered
    )
