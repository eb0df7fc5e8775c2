"""The sentences that steering documents write around numbers and records, in every language."""

from __future__ import annotations

from pilotage.documents.kinds.newsletter.sentences import FICTIONAL as FICTIONAL
from pilotage.documents.sentences import Sentences
from pilotage.kit.numbers import HARD, Number, written_shortly
from pilotage.kit.texts import Text

SAID: dict[str, Text] = {
    # Head
    "pack": {"en": "Steering pack", "ru": "Материалы к заседанию"},
    "minutes": {"en": "Minutes", "ru": "Протокол"},
    "title": {"en": "{programme}: {document}, {subject}, {date}", "ru": "{programme}: {document}, {subject}, {date}"},
    "meeting_number": {"en": "{ordinal} meeting", "ru": "{ordinal} заседание"},
    "as_of": {"en": "Figures as of {day}", "ru": "Показатели по состоянию на {day}"},
    "held_on": {"en": "Meeting of {day}", "ru": "Заседание от {day}"},
    "for_members": {"en": "For members of the steering group", "ru": "Для членов руководящей группы"},
    "cut_off": {"en": "Entries recorded by {day}", "ru": "Учтены записи, внесённые по {day}"},
    "edition": {"en": "Edition {number}", "ru": "Издание {number}"},
    "consortium_of": {"en": "The {programme} consortium", "ru": "консорциум программы «{programme}»"},
    "steering": {"en": "steering group", "ru": "руководящая группа"},
    "disclaimer": {
        "en": "This document was produced with the financial support of the European Union. Its contents are the sole "
        "responsibility of {owner} and do not necessarily reflect the views of the European Union.",
        "ru": "Настоящий документ подготовлен при финансовой поддержке Европейского Союза. Ответственность за его "
        "содержание несёт исключительно {owner}; оно не обязательно отражает точку зрения Европейского Союза.",
    },
    "draft_mark": {
        "en": "DRAFT of {day} · not cleared, figures may change",
        "ru": "ПРОЕКТ от {day} · не согласовано, показатели могут измениться",
    },
    "draft": {"en": "draft", "ru": "проект"},
    # Cover
    "headline": {
        "en": "{activities} since the last round; {adopted} of {issued} recommendations are in force",
        "ru": "{activities} со времени прошлого цикла; внедрено рекомендаций: {adopted} из {issued}",
    },
    "headline_first": {
        "en": "{activities} since the start; {adopted} of {issued} recommendations are in force",
        "ru": "{activities} с начала программы; внедрено рекомендаций: {adopted} из {issued}",
    },
    "headline_bare": {"en": "{activities} since the last round", "ru": "{activities} со времени прошлого цикла"},
    "of": {"en": "{part} of {whole}", "ru": "{part} из {whole}"},
    "to_date_since": {"en": "{count} since {day}", "ru": "{count} с {day}"},
    "recommendations_adopted": {"en": "recommendations adopted", "ru": "рекомендаций внедрено"},
    "response_rate": {"en": "response rate {share}", "ru": "доля ответов {share}"},
    "cover_region": {"en": "Outlines of {countries}.", "ru": "Контуры стран: {countries}."},
    "cover_country": {
        "en": "Outlines of {countries}; {country} is filled.",
        "ru": "Контуры стран: {countries}; выделена страна: {country}.",
    },
    # Agenda
    "agenda_title": {"en": "{items} and {consultations}", "ru": "{items} и {consultations}"},
    "joint_session": {"en": "Joint session", "ru": "Общая сессия"},
    "bilateral_session": {"en": "Bilateral consultations", "ru": "Двусторонние консультации"},
    "minutes_of_time": {"en": "{minutes} min", "ru": "{minutes} мин"},
    "papers_sent": {
        "en": "Papers sent on {day}, {days} before the meeting.",
        "ru": "Материалы разосланы {day}, за {days} до заседания.",
    },
    # Changes
    "changes_title": {"en": "{many} in plain sentences", "ru": "{many} простыми словами"},
    "changes_lead": {
        "en": "Everything that was added, done, moved, answered, adopted or fell behind from {since} to {until}.",
        "ru": "Всё, что добавлено, проведено, перенесено, получило ответ, внедрено или отстаёт с {since} по {until}.",
    },
    "added": {"en": "new", "ru": "новое"},
    "done": {"en": "done", "ru": "проведено"},
    "moved": {"en": "moved", "ru": "перенесено"},
    "answered_kind": {"en": "answered", "ru": "получен ответ"},
    "adopted_kind": {"en": "adopted", "ru": "внедрено"},
    "behind": {"en": "behind", "ru": "отстаёт"},
    # Follow-up
    "follow_up_title": {"en": "{done} of {all} action points are done", "ru": "Исполнено поручений: {done} из {all}"},
    "follow_up_late": {
        "en": "{done} of {all} action points are done, {late} overdue",
        "ru": "Исполнено поручений: {done} из {all}, просрочено: {late}",
    },
    "follow_up_decisions": {"en": "What the last meeting decided", "ru": "Что решило прошлое заседание"},
    "points_done": {"en": "action points done", "ru": "поручений исполнено"},
    "points_open": {"en": "in progress or open", "ru": "в работе или не начаты"},
    "points_overdue": {"en": "overdue", "ru": "просрочено"},
    "points_dropped": {"en": "dropped", "ru": "потеряно"},
    "in_time": {"en": "{count} of them by the first due date", "ru": "из них {count} к первому сроку"},
    "done_on": {"en": "Done on {day}.", "ru": "Исполнено {day}."},
    "reported_done": {
        "en": "Reported done on {day}, not confirmed yet.",
        "ru": "Сообщено об исполнении {day}, не подтверждено.",
    },
    "first_due": {"en": "First due on {day}.", "ru": "Первый срок – {day}."},
    "of_meeting": {"en": "Of the meeting of {day}.", "ru": "Из протокола от {day}."},
    "heard_on": {
        "en": "Of the meeting of {day}; last reported on {heard}.",
        "ru": "Из протокола от {day}; доложено {heard}.",
    },
    "not_reported": {"en": "not reported yet", "ru": "не доложено"},
    "decided": {"en": "taken", "ru": "принято"},
    "in_force": {"en": "in force", "ru": "действует"},
    "endorsed": {"en": "endorsed", "ru": "одобрен"},
    "in_force_since": {"en": "The plan has been in force since {day}.", "ru": "План действует с {day}."},
    "action_points_of_decision": {
        "en": "{done} of {all} action points under this item are done.",
        "ru": "По этому вопросу исполнено поручений: {done} из {all}.",
    },
    "programme": {"en": "Programme", "ru": "Программа"},
    "overdue": {"en": "overdue", "ru": "просрочено"},
    "cancelled": {"en": "cancelled", "ru": "отменено"},
    # Dashboard
    "dashboard_title": {
        "en": "{activities} and {participations} in the period",
        "ru": "{activities} и {participations} за период",
    },
    "dashboard_title_bare": {"en": "{activities} in the period", "ru": "{activities} за период"},
    "activities_key": {"en": "activities implemented", "ru": "мероприятий проведено"},
    "participations_key": {"en": "participations", "ru": "участий"},
    "delivery_key": {"en": "delivery against plan", "ru": "выполнение плана"},
    "on_time_key": {"en": "delivered on time", "ru": "проведено в срок"},
    "adoption_key": {"en": "adoption rate", "ru": "доля внедрённых рекомендаций"},
    "trainers_key": {"en": "led by national trainers", "ru": "силами национальных тренеров"},
    "time_key": {"en": "of the time elapsed", "ru": "срока прошло"},
    "by_component": {"en": "Activities by component", "ru": "Мероприятия по компонентам"},
    "people_by_component": {"en": "Participations by component", "ru": "Участия по компонентам"},
    "timeline": {
        "en": "The phase; the period of this pack is framed.",
        "ru": "Фаза; период этих материалов выделен рамкой.",
    },
    "records_as_of": {"en": "Programme records as of {day}.", "ru": "Данные программы на {day}."},
    "years_title": {"en": "The period beside the one before", "ru": "Период рядом с предыдущим"},
    "figure": {"en": "Figure", "ru": "Показатель"},
    "this_period": {"en": "This period", "ru": "Этот период"},
    "period_before": {"en": "The one before", "ru": "Предыдущий"},
    "to_date": {"en": "To date", "ru": "С начала"},
    "periods_are": {
        "en": "This period: {year}. The one before: {before}.",
        "ru": "Этот период: {year}. Предыдущий: {before}.",
    },
    "period_is": {"en": "This period: {year}.", "ru": "Этот период: {year}."},
    # Activities
    "activities_title": {"en": "{done} held", "ru": "Проведено: {done}"},
    "activities_title_open": {
        "en": "{done} held; {open} not held as planned",
        "ru": "Проведено: {done}; не состоялось по плану: {open}",
    },
    "participants_women": {"en": "{all}, women {women}", "ru": "{all}, женщин {women}"},
    "no_tally": {"en": "not known yet", "ru": "пока неизвестно"},
    "held": {"en": "held", "ru": "проведено"},
    "not_held": {"en": "not held yet", "ru": "ещё не проведено"},
    "general": {"en": "Management and coordination", "ru": "Управление и координация"},
    "more_activities": {"en": "and {count} more in the register", "ru": "и ещё {count} в реестре"},
    "not_named": {
        "en": "{count} counted above may not be named in this pack.",
        "ru": "{count}, учтённое выше, в этих материалах не называется.",
    },
    "online": {"en": "online", "ru": "онлайн"},
    "share_of_women_of": {"en": "women {share}", "ru": "женщины {share}"},
    # Participation
    "participation_title": {"en": "{count} by {institutions}", "ru": "{count}: {institutions}"},
    "participation_caption": {
        "en": "By the institution that sent them; women are the inner part. A person counts once for each activity.",
        "ru": "По направившему ведомству; внутренняя часть – женщины. Человек учитывается один раз в каждом мероприятии.",
    },
    "institution": {"en": "Institution", "ru": "Ведомство"},
    "women": {"en": "Women", "ru": "Женщины"},
    "men": {"en": "Men", "ru": "Мужчины"},
    "all": {"en": "All", "ru": "Всего"},
    "share_of_women": {"en": "Share of women", "ru": "Доля женщин"},
    "all_institutions": {"en": "All institutions", "ru": "Все ведомства"},
    "all_countries": {"en": "Region", "ru": "Регион"},
    "women_key": {"en": "by women", "ru": "из них женщины"},
    "institutions_key": {"en": "institutions took part", "ru": "ведомств участвовали"},
    # Recommendations
    "advice_title": {
        "en": "{adopted} of {issued} in force; waiting for an answer: {waiting}",
        "ru": "Внедрено {adopted} из {issued}; ждут ответа: {waiting}",
    },
    "advice_none_waiting": {
        "en": "Every recommendation is answered; {adopted} of {issued} are in force",
        "ru": "На все рекомендации получен ответ; внедрено {adopted} из {issued}",
    },
    "issued_key": {"en": "issued", "ru": "выдано"},
    "answered_key": {"en": "answered", "ru": "получили ответ"},
    "adopted_key": {"en": "adopted", "ru": "внедрено"},
    "overdue_key": {"en": "overdue", "ru": "просрочено"},
    "late_key": {"en": "answers late", "ru": "ответ запаздывает"},
    "squares": {
        "en": "One square is one recommendation, oldest first. Programme records as of {day}.",
        "ru": "Один квадрат – одна рекомендация, сначала самые давние. Данные программы на {day}.",
    },
    "advice_count": {
        "en": "{issued} issued, {answered} answered, {adopted} adopted",
        "ru": "выдано {issued}, с ответом {answered}, внедрено {adopted}",
    },
    "no_answer": {"en": "no answer", "ru": "нет ответа"},
    "answer_late": {"en": "no answer, late", "ru": "нет ответа, срок истёк"},
    "no_addressee": {"en": "Addressee not stated", "ru": "Адресат не указан"},
    "not_for_members": {"en": "The text is not for this pack.", "ru": "Текст в этих материалах не приводится."},
    "settled_not_listed": {
        "en": "{count} settled before the period {are} counted, not listed.",
        "ru": "{count}, по которым всё решено до начала периода, учтены, но не перечислены.",
    },
    "more_advice": {"en": "and {count} more in the register", "ru": "и ещё {count} в реестре"},
    # Plan
    "plan_title": {"en": "{year}: {activities}", "ru": "{year}{g}: {activities}"},
    "plan_note": {
        "en": "Filled: the days are known. Pale: only the month or quarter is. Estimates in euro. {version}",
        "ru": "Заливка: известны дни. Бледный фон: известен только месяц или квартал. Оценки в евро. {version}",
    },
    "plan_version": {"en": "Version {number}, {state}.", "ru": "Версия {number}, {state}."},
    "plan_lines": {"en": "activities in the plan", "ru": "мероприятий в плане"},
    "plan_cost": {"en": "estimated for them", "ru": "оценка расходов"},
    # Decisions
    "decisions_title": {"en": "{count} asked of the group", "ru": "От группы ожидается: {count}"},
    "take_note": {
        "en": "The group takes note of the progress to {day}.",
        "ru": "Группа принимает к сведению ход реализации на {day}.",
    },
    "take_note_background": {
        "en": "{activities} and {participations} since the last round",
        "ru": "{activities} и {participations} со времени прошлого цикла",
    },
    "endorse_plan": {"en": "The work plan {year} is endorsed.", "ru": "Рабочий план на {year}{g} одобряется."},
    "endorse_plan_background": {
        "en": "{activities}{cost}; version {number}",
        "ru": "{activities}{cost}; версия {number}",
    },
    "ask_answers": {
        "en": "Agencies that have not answered recommendations past their date do so within 30 days.",
        "ru": "Ведомства, не ответившие на рекомендации в срок, дают ответ в течение 30 дней.",
    },
    "ask_answers_background": {"en": "{advice} to {agencies}", "ru": "{advice}, {agencies}"},
    "confirm_dates": {
        "en": "Owners of overdue action points confirm a new date at this meeting.",
        "ru": "Ответственные за просроченные поручения подтверждают на заседании новые сроки.",
    },
    "points_background": {"en": "{points} overdue", "ru": "просрочено: {points}"},
    # Consultations
    "session_at": {"en": "{day}, {time}", "ru": "{day}, {time}"},
    "participations_to_date": {"en": "participations to date", "ru": "участий с начала программы"},
    "participations_period": {"en": "participations in the period", "ru": "участий за период"},
    "advice_adopted": {"en": "recommendations adopted", "ru": "рекомендаций внедрено"},
    "last_consultation": {"en": "Last consultation", "ru": "Прошлая консультация"},
    "contacts": {"en": "Contact", "ru": "Контактное лицо"},
    "points_of_agency": {"en": "Action points", "ru": "Поручения"},
    "points_open_of_agency": {"en": "{open} open, {late} overdue", "ru": "не исполнено {open}, просрочено {late}"},
    "topic_answers": {
        "en": "{advice} wait for an answer: {codes}",
        "ru": "Ждут ответа: {advice} ({codes})",
    },
    "topic_overdue": {"en": "Overdue: {codes}", "ru": "Просрочено исполнение: {codes}"},
    # Notes
    "note_counting": {
        "en": "A figure of the period counts what ended in it ({year}) and was recorded by {cut_off}.",
        "ru": "Показатель за период включает то, что завершилось в нём ({year}) и было внесено по {cut_off}.",
    },
    "note_regional": {
        "en": "An activity for several countries counts once in each of them and once in the regional total.",
        "ru": "Мероприятие для нескольких стран учитывается по одному разу в каждой из них и один раз в региональном итоге.",
    },
    "note_rates": {
        "en": "Response rate = answered ÷ issued; adoption rate = adopted ÷ issued, of recommendations neither withdrawn "
        "nor superseded. “Under consideration” is no answer.",
        "ru": "Доля ответов = с ответом ÷ выданные; доля внедрённых = внедрённые ÷ выданные, без отозванных и заменённых. "
        "«На рассмотрении» – ещё не ответ.",
    },
    "note_withheld": {
        "en": "Numbers of persons below five are withheld.",
        "ru": "Числа менее пяти человек не приводятся.",
    },
    "note_correction": {"en": "Correction of {day}: {text}", "ru": "Исправление от {day}: {text}"},
}
FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "activities": {"en": ("activity", "activities"), "ru": ("мероприятие", "мероприятия", "мероприятий")},
    "participations": {"en": ("participation", "participations"), "ru": ("участие", "участия", "участий")},
    "recommendations": {
        "en": ("recommendation", "recommendations"),
        "ru": ("рекомендация", "рекомендации", "рекомендаций"),
    },
    "items": {"en": ("item", "items"), "ru": ("вопрос", "вопроса", "вопросов")},
    "consultations": {
        "en": ("bilateral consultation", "bilateral consultations"),
        "ru": ("двусторонняя консультация", "двусторонние консультации", "двусторонних консультаций"),
    },
    "institutions": {"en": ("institution", "institutions"), "ru": ("ведомство", "ведомства", "ведомств")},
    "agencies": {"en": ("agency", "agencies"), "ru": ("ведомство", "ведомства", "ведомств")},
    "changes": {"en": ("change", "changes"), "ru": ("изменение", "изменения", "изменений")},
    "decisions": {"en": ("decision", "decisions"), "ru": ("решение", "решения", "решений")},
    "points": {"en": ("action point", "action points"), "ru": ("поручение", "поручения", "поручений")},
    "working_days": {
        "en": ("working day", "working days"),
        "ru": ("рабочий день", "рабочих дня", "рабочих дней"),
    },
    "members": {"en": ("member", "members"), "ru": ("член", "члена", "членов")},
    "countries": {"en": ("country", "countries"), "ru": ("страна", "страны", "стран")},
    "meetings": {"en": ("meeting", "meetings"), "ru": ("заседание", "заседания", "заседаний")},
    "figures": {"en": ("figure", "figures"), "ru": ("показатель", "показателя", "показателей")},
}
ORDINALS: dict[str, tuple[str, ...]] = {
    "en": ("", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"),
    "ru": ("", "Первое", "Второе", "Третье", "Четвёртое", "Пятое", "Шестое", "Седьмое", "Восьмое", "Девятое",
           "Десятое"),
}  # fmt: skip


_SENTENCES = Sentences(SAID, FORMS)
say, some, noun = _SENTENCES.say, _SENTENCES.some, _SENTENCES.noun


def part_of(part: Number, whole: Number, language: str) -> str:
    """ "6 of 21"."""
    numbers = {"part": written_shortly(part, language), "whole": written_shortly(whole, language)}
    return say("of", language, **numbers).replace(" ", HARD)


def ordinal(number: int, language: str) -> str:
    """ "Third", «Третье» (of a meeting)."""
    names = ORDINALS["ru" if language == "ru" else "en"]
    if 0 < number < len(names):
        return names[number]
    return f"{number}-е" if language == "ru" else f"{number}th"


def capital(said: str) -> str:
    """With a capital letter."""
    return said[:1].upper() + said[1:]
