"""The sentences that gathering writes around numbers and records, in every language of a newsletter."""

from __future__ import annotations

from pilotage.documents.sentences import Sentences
from pilotage.kit.numbers import HARD
from pilotage.kit.texts import Text

LANGUAGES = ("en", "ru")

FICTIONAL = "FICTIONAL PROGRAMME — invented data · ВЫМЫШЛЕННАЯ ПРОГРАММА — вымышленные данные"

SAID: dict[str, Text] = {
    "issue": {"en": "Issue", "ru": "Выпуск"},
    "draft": {"en": "draft", "ru": "черновик"},
    "as_of": {"en": "As of", "ru": "По состоянию на"},
    "activities_in_quarter": {"en": "in the quarter", "ru": "за квартал"},
    "recorded": {"en": "recorded in the quarter", "ru": "записано за квартал"},
    "since": {"en": "{count} since {month}", "ru": "{count} с {month}"},
    "elapsed": {"en": "of the time elapsed", "ru": "срока прошло"},
    "months_of": {"en": "{done} of {all} months", "ru": "{done} из {all} месяцев"},
    "eu_contribution": {"en": "contribution of the European Union", "ru": "вклад Европейского Союза"},
    "duration": {"en": "Duration", "ru": "Срок"},
    "countries": {"en": "Partner countries", "ru": "Страны-партнёры"},
    "lead": {"en": "Lead partner", "ru": "Ведущий партнёр"},
    "lead_of": {"en": "lead partner", "ru": "ведущий партнёр"},
    "component_lead": {"en": "component {numbers}", "ru": "компонент {numbers}"},
    "contract": {"en": "Contract", "ru": "Договор"},
    "title_progress": {
        "en": "{quarter} in the quarter, {to_date} since the start",
        "ru": "{quarter} за квартал, {to_date} с начала программы",
    },
    "title_progress_recorded": {
        "en": "{quarter} of the quarter and {to_date} since the start are on record",
        "ru": "В записях учтено {quarter} за квартал и {to_date} с начала программы",
    },
    "component": {"en": "Component", "ru": "Компонент"},
    "all_components": {"en": "All components", "ru": "Все компоненты"},
    "type": {"en": "Type of activity", "ru": "Вид мероприятия"},
    "all_types": {"en": "All types", "ru": "Все виды"},
    "quarter": {"en": "Quarter", "ru": "За квартал"},
    "to_date": {"en": "To date", "ru": "С начала"},
    "participations": {"en": "Participations", "ru": "Участия"},
    "women": {"en": "Women", "ru": "Женщины"},
    "share": {"en": "Share", "ru": "Доля"},
    "by_type": {"en": "By type of activity", "ru": "По видам мероприятий"},
    "types_before": {"en": "Before this quarter also: {types}.", "ru": "До этого квартала также: {types}."},
    "most_often": {"en": "Most often: {type}, {count} of {total}", "ru": "Чаще всего: {type} – {count} из {total}"},
    "most_in_one": {"en": "Most in {country}: {count}", "ru": "Больше всего – {country}: {count}"},
    "most_in_two": {
        "en": "Most in {first} and {second}: {count} each",
        "ru": "Больше всего – {first} и {second}: по {count}",
    },
    "from_to": {
        "en": "{least} to {most} activities in every country",
        "ru": "От {least} до {most} мероприятий в каждой стране",
    },
    "each_country": {
        "en": "As many in every country: {most}",
        "ru": "В каждой стране поровну: по {most}",
    },
    "ahead_calendar": {
        "en": "Filled days are days of activities, in the colour of their component; those without a known day are only "
        "in the list.",
        "ru": "Закрашены дни мероприятий, цветом компонента; мероприятия без точного дня есть только в перечне.",
    },
    "one_dot": {"en": "One dot is one activity.", "ru": "Одна точка – одно мероприятие."},
    "timeline": {
        "en": "Time elapsed is filled; the frame is the quarter of this issue.",
        "ru": "Закрашено прошедшее время; рамкой выделен квартал этого выпуска.",
    },
    "in_quarter": {"en": "day not known", "ru": "день неизвестен"},
    "online": {"en": "Online", "ru": "Онлайн"},
    "nothing_listed": {
        "en": "No activity of this component is on record for the quarter.",
        "ru": "Мероприятий этого компонента за квартал в записях нет.",
    },
    "capacity_building": {"en": "Capacity building", "ru": "Развитие потенциала"},
    "nothing_planned": {
        "en": "No activity of the quarter is published yet.",
        "ru": "Мероприятия квартала пока не опубликованы.",
    },
    "title_upcoming": {"en": "{period}: {count} ahead", "ru": "{period}: впереди {count}"},
    "consortium": {"en": "The consortium", "ru": "Консорциум"},
    "draft_mark": {
        "en": "DRAFT of {day} — not issued",
        "ru": "ЧЕРНОВИК от {day} — не выпущен",
    },
    "records_as_of": {
        "en": "Programme records as of {day}.",
        "ru": "Данные программы на {day}.",
    },
    "trainers_headline": {
        "en": "National trainers delivered every {ordinal} activity",
        "ru": "Каждое {ordinal} мероприятие провели национальные тренеры",
    },
    "plain_headline": {"en": "{activities} in {countries}", "ru": "{activities} в {countries}"},
    "places": {"en": "Where the quarter took place", "ru": "Где прошли мероприятия квартала"},
    "map_caption": {
        "en": "A disc is a place; its area grows with the number of activities. Outlines imply no opinion on borders.",
        "ru": "Кружок – место; площадь растёт с числом мероприятий. Очертания не выражают мнения о границах.",
    },
    "not_published": {
        "en": "Of the activities counted, {count} are not named here: they are not public.",
        "ru": "Из учтённых мероприятий {count} здесь не названы: сведения о них не публикуются.",
    },
    "title_last": {"en": "Who carries the programme", "ru": "Кто осуществляет программу"},
    "title_last_services": {
        "en": "{count} took part in the quarter",
        "ru": "В квартале участвовало {count}",
    },
    "write_to_us": {"en": "Write to us", "ru": "Напишите нам"},
    "website": {"en": "Website", "ru": "Сайт"},
    "figures_address": {"en": "All figures, with their records", "ru": "Все показатели с исходными записями"},
    "note_counting": {
        "en": "A figure of the quarter counts what ended {period} and was recorded by {cut_off}. A later entry appears "
        "in the next issue.",
        "ru": "Показатель квартала включает то, что завершилось в период {period} и внесено до {cut_off}. Более поздние "
        "записи войдут в следующий выпуск.",
    },
    "note_regional": {
        "en": "A regional activity counts once in every country and once in the total, so that rows need not sum to it.",
        "ru": "Региональное мероприятие учитывается один раз в каждой стране и один раз в итоге, поэтому сумма строк может "
        "с ним не совпадать.",
    },
    "note_participations": {
        "en": "Participations count a person once for each activity; they are not the number of different people. "
        "Numbers of persons below 5 are withheld.",
        "ru": "Участия учитывают человека один раз в каждом мероприятии; это не число разных людей. Числа менее 5 человек "
        "не публикуются.",
    },
    "note_stated": {
        "en": "The programme itself states {stated} for the quarter; {recorded} are on record here. The charts, tables "
        "and lists show only what is recorded.",
        "ru": "Сама программа указывает за квартал: {stated}; в записях здесь учтено: {recorded}. Диаграммы, таблицы и "
        "перечни показывают только то, что записано.",
    },
    "stated_short": {"en": "the programme itself states {stated}", "ru": "сама программа указывает {stated}"},
    "note_borders": {
        "en": "Outlines of countries imply no opinion on borders.",
        "ru": "Очертания стран не выражают какого-либо мнения о границах.",
    },
    "note_correction": {"en": "Correction of {day}: {text}", "ru": "Исправление от {day}: {text}"},
    "note_ahead": {
        "en": "Next quarter lists what lay ahead on {day}; what has been held since is in it too.",
        "ru": "Раздел о следующем квартале показывает то, что предстояло на {day}, в том числе уже состоявшееся с тех пор.",
    },
    "partial_tally": {
        "en": "Participants are recorded for {known} of {all}.",
        "ru": "Участники записаны по {known} из {all}.",
    },
    "cover_alt": {
        "en": "Outline of {countries}. Each dot is one activity of the quarter, where it took place: {places}.",
        "ru": "Контуры стран: {countries}. Каждая точка – одно мероприятие квартала там, где оно прошло: {places}.",
    },
    "cover_dots": {
        "en": "One dot is one activity of the quarter. Outlines imply no opinion on borders.",
        "ru": "Одна точка – одно мероприятие квартала. Очертания не выражают мнения о границах.",
    },
    "cover_dots_of": {
        "en": "One dot is one activity: {shown} of the quarter’s {total} have a place on the map. Outlines imply no "
        "opinion on borders.",
        "ru": "Одна точка – одно мероприятие: на карте {shown} из {total} за квартал. Очертания не выражают мнения "
        "о границах.",
    },
    "cover_alt_bare": {"en": "Outline of {countries}.", "ru": "Контуры стран: {countries}."},
    "title": {
        "en": "{programme} newsletter, issue {number}, {period}",
        "ru": "{programme}: бюллетень, выпуск {number}, {period}",
    },
    "consortium_of": {"en": "the {programme} consortium", "ru": "консорциум программы «{programme}»"},
    "disclaimer": {
        "en": "This newsletter was produced with the financial support of the European Union. Its contents are the sole "
        "responsibility of {owner} and do not necessarily reflect the views of the European Union.",
        "ru": "Настоящий бюллетень подготовлен при финансовой поддержке Европейского Союза. Ответственность за его "
        "содержание несёт исключительно {owner}; оно не обязательно отражает точку зрения Европейского Союза.",
    },
    "and_more": {"en": "and {count} more", "ru": "и ещё {count}"},
    "photo": {"en": "Photo: {credit}", "ru": "Фото: {credit}"},
}
FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "activities": {"en": ("activity", "activities"), "ru": ("мероприятие", "мероприятия", "мероприятий")},
    "of_activities": {"en": ("activity", "activities"), "ru": ("мероприятию", "мероприятиям", "мероприятиям")},
    "thematic": {
        "en": ("thematic activity", "thematic activities"),
        "ru": ("тематическое мероприятие", "тематических мероприятия", "тематических мероприятий"),
    },
    "participations": {"en": ("participation", "participations"), "ru": ("участие", "участия", "участий")},
    "joint": {
        "en": ("joint activity with other organisations", "joint activities with other organisations"),
        "ru": (
            "совместное мероприятие с другими организациями",
            "совместных мероприятия с другими организациями",
            "совместных мероприятий с другими организациями",
        ),
    },
    "national_trainers": {
        "en": ("activity delivered by national trainers", "activities delivered by national trainers"),
        "ru": (
            "мероприятие провели национальные тренеры",
            "мероприятия провели национальные тренеры",
            "мероприятий провели национальные тренеры",
        ),
    },
    "in_countries": {"en": ("country", "countries"), "ru": ("стране", "странах", "странах")},
    "institutions": {
        "en": ("institution", "institutions"),
        "ru": ("ведомство", "ведомства", "ведомств"),
    },
    "countries": {"en": ("country", "countries"), "ru": ("страна", "страны", "стран")},
    "components": {"en": ("component", "components"), "ru": ("компонент", "компонента", "компонентов")},
    "months": {"en": ("month", "months"), "ru": ("месяц", "месяца", "месяцев")},
}
NUMBERS_EN = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS_RU = ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять")
FEMININE_RU = {1: "одна", 2: "две"}
MONTHS_RU_FROM = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


_SENTENCES = Sentences(SAID, FORMS)
say, forms, some, noun = _SENTENCES.say, _SENTENCES.forms, _SENTENCES.some, _SENTENCES.noun


def in_words(number: int, name: str, language: str, *, feminine: bool = False) -> str:
    """A small number in words with its noun, "five countries"; a large one in figures."""
    names = NUMBERS_RU if language == "ru" else NUMBERS_EN
    if not 0 < number < len(names):
        return some(number, name, language)
    said = FEMININE_RU.get(number, names[number]) if feminine and language == "ru" else names[number]
    return f"{said}{HARD}{noun(number, name, language)}"
