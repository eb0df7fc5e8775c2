"""The columns of the sheet of activities."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.words import ActivityScope, Confidentiality, Mode, PolicyTag, State, Type
from pilotage.exchange.workbooks.columns import DATE_HELP, LIST_HELP, Holds, column

ACTIVITY_COLUMNS = (
    column(
        "code", "Code", "Код", Holds.IDENTIFIER,
        _("Stays the same for ever. A known code changes that activity, a new one adds one."),
        "activity code", "код мероприятия", "id", "№", "no", "number", "номер", width=14, longest=40,
    ),
    column(
        "title_en", "Title in English", "Название на английском", Holds.TEXT,
        _("At most 300 characters."), "title", "activity", "activity title", "title en", "english title",
        "название англ", "название на английском языке", field="title", language="en", required=True, width=44,
        longest=300,
    ),
    column(
        "title_ru", "Title in Russian", "Название на русском", Holds.TEXT,
        _("At most 300 characters."), "название", "наименование", "мероприятие", "название мероприятия",
        "наименование мероприятия", "title ru", "russian title", "название рус", "название на русском языке",
        field="title", language="ru", width=44, longest=300,
    ),
    column(
        "type", "Type", "Вид", Holds.CHOICE,
        _("One of the list."), "тип", "activity type", "type of activity", "вид мероприятия", "тип мероприятия",
        choices=Type, required=True, width=20,
    ),
    column(
        "component", "Component", "Компонент", Holds.COMPONENT,
        _("Number or title. Empty only for management and coordination."),
        "component no", "компонент №", "направление", width=22,
    ),
    column(
        "output", "Output served", "Непосредственный результат", Holds.OUTPUT,
        _("Code or title of an output of the logframe."),
        "output", "output code", "код результата", width=22,
    ),
    column(
        "thematic", "Thematic", "Тематическое", Holds.YES_NO,
        _("Yes or no; yes where nothing is written."),
        "тематическое мероприятие",
    ),
    column(
        "scope", "Scope", "Охват", Holds.CHOICE,
        _("National, multi-country or regional."),
        "level", "уровень", choices=ActivityScope,
    ),
    column(
        "countries", "Beneficiary countries", "Страны-бенефициары", Holds.COUNTRIES,
        LIST_HELP, "country", "countries", "beneficiary country", "страна", "страны", "страна бенефициар", width=24,
    ),
    column(
        "mode", "Mode", "Формат", Holds.CHOICE,
        _("Onsite, online or hybrid."),
        "format", "формат проведения", choices=Mode,
    ),
    column(
        "venue", "Venue", "Место проведения", Holds.PLACE,
        _("A place of the register, by its name in either language or its code."),
        "place", "city", "location", "место", "город", width=20,
    ),
    column(
        "venue_country", "Country of the venue", "Страна проведения", Holds.COUNTRY,
        _("Code or name."), "venue country", width=18,
    ),
    column(
        "baseline_start", "Baseline start", "Начало по исходному плану", Holds.PARTIAL_DATE,
        DATE_HELP, "исходное начало",
    ),
    column(
        "baseline_end", "Baseline end", "Окончание по исходному плану", Holds.PARTIAL_DATE,
        DATE_HELP, "исходное окончание",
    ),
    column(
        "planned_start", "Planned start", "Начало по плану", Holds.PARTIAL_DATE,
        DATE_HELP, "planned start date", "planned date", "planned dates", "плановая дата", "плановые даты",
        "плановое начало", "план начало", "дата начала по плану",
    ),
    column(
        "planned_end", "Planned end", "Окончание по плану", Holds.PARTIAL_DATE,
        DATE_HELP, "planned end date", "плановое окончание", "план окончание", "дата окончания по плану",
    ),
    column(
        "actual_start", "Actual start", "Фактическое начало", Holds.PARTIAL_DATE,
        DATE_HELP, "actual date", "actual dates", "фактическая дата", "фактические даты", "факт начало",
        "фактическая дата начала", "actual start date",
    ),
    column(
        "actual_end", "Actual end", "Фактическое окончание", Holds.PARTIAL_DATE,
        DATE_HELP, "факт окончание", "фактическая дата окончания", "actual end date",
    ),
    column(
        "series", "Series", "Серия", Holds.SERIES,
        _("The same activity held once in each country: the code of the series, or a new one."),
        "series code", "код серии",
    ),
    column(
        "additional", "Additional to the work plan", "Сверх рабочего плана", Holds.YES_NO,
        _("Yes or no; no where nothing is written."),
        "additional", "дополнительное к рабочему плану", "дополнительное",
    ),
    column(
        "state", "State", "Состояние", Holds.CHOICE,
        _("For new activities. Later the state changes by a move on the activity's page, never by a workbook."),
        "status", "статус", choices=State,
    ),
    column(
        "institutions", "Participating institutions", "Участвующие ведомства", Holds.INSTITUTIONS,
        LIST_HELP, "institutions", "participating agencies", "agencies", "ведомства", "участники ведомства",
        width=30,
    ),
    column(
        "participants", "Participants in all", "Участников всего", Holds.COUNT,
        _(
            "The total, where it stands beside women and men, whose sum "
            "it must be. Its rest is counted as “sex not stated”."
        ),
        "participants", "total participants", "number of participants", "total", "участники", "всего участников",
        "количество участников", "число участников", "всего",
    ),
    column(
        "co_organisers", "Co-organisers", "Соорганизаторы", Holds.INSTITUTIONS,
        LIST_HELP, "co organisers", "co organizers", width=24,
    ),
    column(
        "experts", "Experts sent by", "Эксперты от организаций", Holds.INSTITUTIONS,
        LIST_HELP, "experts", "эксперты", width=24,
    ),
    column(
        "by_national_trainers", "By national trainers", "Силами национальных тренеров", Holds.YES_NO,
        _("Yes or no; empty where it is not known."),
        "national trainers", "национальные тренеры",
    ),
    column(
        "confidentiality", "Confidentiality", "Доступ", Holds.CHOICE,
        _("Who may see it: public, partners, internal, restricted."),
        "конфиденциальность", choices=Confidentiality,
    ),
    column(
        "cost", "Cost, EUR", "Стоимость, евро", Holds.MONEY,
        _("Seen by the programme's staff alone."),
        "cost", "cost eur", "стоимость",
    ),
    column(
        "summary_en", "Summary in English", "Краткое описание на английском", Holds.TEXT,
        _("At most 5 000 characters."),
        "summary", "description", field="summary", language="en", width=40, longest=5000,
    ),
    column(
        "summary_ru", "Summary in Russian", "Краткое описание на русском", Holds.TEXT,
        _("At most 5 000 characters."),
        "описание", "краткое описание", field="summary", language="ru", width=40, longest=5000,
    ),
    column(
        "outputs_text_en", "What came of it, in English", "Что получено, на английском", Holds.TEXT,
        _("At most 2 000 characters."),
        "what came of it", field="outputs_text", language="en", width=40, longest=2000,
    ),
    column(
        "outputs_text_ru", "What came of it, in Russian", "Что получено, на русском", Holds.TEXT,
        _("At most 2 000 characters."),
        "что получено", field="outputs_text", language="ru", width=40, longest=2000,
    ),
    column(
        "policy_tags", "Policy tags", "Политические рамки", Holds.CHOICES,
        _("Some of the list, separated by semicolons."),
        "policy tag", choices=PolicyTag, width=34,
    ),
    column(
        "sdg_goals", "Sustainable Development Goals", "Цели устойчивого развития", Holds.GOALS,
        _("Numbers from 1 to 17, separated by semicolons."),
        "sdg", "sdgs", "цур",
    ),
    column(
        "signed_list_on", "Signed list received on", "Подписанный список получен", Holds.DAY,
        _("A day: 20.06.2023."), "signed attendance list received on", "подписанный список участников получен",
    ),
    column(
        "report_on", "Report received on", "Отчёт получен", Holds.DAY,
        _("A day: 20.06.2023."), "report date", "дата отчёта",
    ),
)  # fmt: skip
UNCLEAR_DATES = (
    "date", "dates", "start", "start date", "begin", "end", "end date", "from", "to", "period",
    "дата", "даты", "начало", "дата начала", "окончание", "дата окончания", "конец", "сроки", "период", "дата проведения",
    "даты проведения",
)  # fmt: skip
"""Headings that may mean the plan or what became of it: they must say which."""
