"""The columns of the workbooks: what each is called in both languages, what it holds and what may be written there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.words import ActivityScope, Confidentiality, Mode, Sex, State, Type
from pilotage.domain.parties.models import Institution
from pilotage.kit.texts import Text


class Holds(StrEnum):
    """What a column holds, and so how its cells are read."""

    IDENTIFIER = "identifier"
    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes or no"
    PARTIAL_DATE = "date as well as it is known"
    DAY = "day"
    COUNTRY = "country"
    COUNTRIES = "countries"
    INSTITUTION = "institution"
    INSTITUTIONS = "institutions"
    COMPONENT = "component"
    OUTPUT = "output"
    PLACE = "place"
    MONEY = "amount in euro"
    COUNT = "number"


class Kind(StrEnum):
    """What a sheet is about."""

    ACTIVITIES = "activities"
    INSTITUTIONS = "institutions"
    TALLY = "tally"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``field`` is the field it sets; ``language`` the wording of that field, where it is translated."""

    code: str
    label: Text
    holds: Holds
    help: Promise | str
    also: tuple[str, ...] = ()
    """Other headings under which people write the same."""
    choices: type | None = None
    field: str = ""
    language: str = ""
    required: bool = False
    width: int = 16
    longest: int = 0

    @property
    def sets(self) -> str:
        """The field that the column sets."""
        return self.field or self.code


def _column(code: str, en: str, ru: str, holds: Holds, help: Promise | str, *also: str, **more: object) -> Column:
    return Column(code, {"en": en, "ru": ru}, holds, help, also, **more)  # type: ignore[arg-type]


_DATE_HELP = _("A day, a month, a quarter or a year: 20.06.2023, June 2023, 2023-Q2, 2023.")
_LIST_HELP = _("Codes or names in either language, separated by semicolons.")

ACTIVITY_COLUMNS = (
    _column(
        "code",
        "Code",
        "Код",
        Holds.IDENTIFIER,
        _("Stays the same for ever. A known code changes that activity, a new one adds one."),
        "activity code",
        "код мероприятия",
        "id",
        "№",
        "no",
        "number",
        "номер",
        width=14,
        longest=40,
    ),
    _column(
        "title_en",
        "Title in English",
        "Название на английском",
        Holds.TEXT,
        _("At most 300 characters."),
        "title",
        "activity",
        "activity title",
        "title en",
        "english title",
        "название англ",
        "название на английском языке",
        field="title",
        language="en",
        required=True,
        width=44,
        longest=300,
    ),
    _column(
        "title_ru",
        "Title in Russian",
        "Название на русском",
        Holds.TEXT,
        _("At most 300 characters."),
        "название",
        "наименование",
        "мероприятие",
        "название мероприятия",
        "наименование мероприятия",
        "title ru",
        "russian title",
        "название рус",
        "название на русском языке",
        field="title",
        language="ru",
        width=44,
        longest=300,
    ),
    _column(
        "type",
        "Type",
        "Вид",
        Holds.CHOICE,
        _("One of the list."),
        "тип",
        "activity type",
        "type of activity",
        "вид мероприятия",
        "тип мероприятия",
        choices=Type,
        required=True,
        width=20,
    ),
    _column(
        "component",
        "Component",
        "Компонент",
        Holds.COMPONENT,
        _("Number or title. Empty only for management and coordination."),
        "component no",
        "компонент №",
        "направление",
        width=22,
    ),
    _column(
        "thematic",
        "Thematic",
        "Тематическое",
        Holds.YES_NO,
        _("Yes or no; yes where nothing is written."),
        "тематическое мероприятие",
    ),
    _column(
        "scope",
        "Scope",
        "Охват",
        Holds.CHOICE,
        _("National, multi-country or regional."),
        "level",
        "уровень",
        choices=ActivityScope,
    ),
    _column(
        "countries",
        "Beneficiary countries",
        "Страны-бенефициары",
        Holds.COUNTRIES,
        _LIST_HELP,
        "country",
        "countries",
        "beneficiary country",
        "страна",
        "страны",
        "страна бенефициар",
        width=24,
    ),
    _column(
        "mode",
        "Mode",
        "Формат",
        Holds.CHOICE,
        _("Onsite, online or hybrid."),
        "format",
        "формат проведения",
        choices=Mode,
    ),
    _column(
        "venue",
        "Venue",
        "Место проведения",
        Holds.PLACE,
        _("A place of the register, by its name in either language or its code."),
        "place",
        "city",
        "location",
        "место",
        "город",
        width=20,
    ),
    _column(
        "venue_country",
        "Country of the venue",
        "Страна проведения",
        Holds.COUNTRY,
        _("Code or name."),
        "venue country",
        width=18,
    ),
    _column(
        "baseline_start",
        "Baseline start",
        "Начало по исходному плану",
        Holds.PARTIAL_DATE,
        _DATE_HELP,
        "исходное начало",
    ),
    _column(
        "baseline_end",
        "Baseline end",
        "Окончание по исходному плану",
        Holds.PARTIAL_DATE,
        _DATE_HELP,
        "исходное окончание",
    ),
    _column(
        "planned_start",
        "Planned start",
        "Начало по плану",
        Holds.PARTIAL_DATE,
        _DATE_HELP,
        "planned start date",
        "плановое начало",
        "план начало",
        "дата начала по плану",
    ),
    _column(
        "planned_end",
        "Planned end",
        "Окончание по плану",
        Holds.PARTIAL_DATE,
        _DATE_HELP,
        "planned end date",
        "плановое окончание",
        "план окончание",
        "дата окончания по плану",
    ),
    _column(
        "actual_start",
        "Actual start",
        "Фактическое начало",
        Holds.PARTIAL_DATE,
        _DATE_HELP,
        "start",
        "start date",
        "date",
        "dates",
        "начало",
        "дата начала",
        "дата",
        "даты",
        "факт начало",
        "фактическая дата начала",
        "actual start date",
    ),
    _column(
        "actual_end",
        "Actual end",
        "Фактическое окончание",
        Holds.PARTIAL_DATE,
        _DATE_HELP,
        "end",
        "end date",
        "окончание",
        "дата окончания",
        "факт окончание",
        "фактическая дата окончания",
        "actual end date",
    ),
    _column(
        "state",
        "State",
        "Состояние",
        Holds.CHOICE,
        _("For new activities. Later the state changes by a move on the activity's page, never by a workbook."),
        "status",
        "статус",
        choices=State,
    ),
    _column(
        "institutions",
        "Participating institutions",
        "Участвующие ведомства",
        Holds.INSTITUTIONS,
        _LIST_HELP,
        "institutions",
        "participating agencies",
        "agencies",
        "ведомства",
        "участники ведомства",
        width=30,
    ),
    _column(
        "co_organisers",
        "Co-organisers",
        "Соорганизаторы",
        Holds.INSTITUTIONS,
        _LIST_HELP,
        "co organisers",
        "co organizers",
        width=24,
    ),
    _column(
        "experts",
        "Experts sent by",
        "Эксперты от организаций",
        Holds.INSTITUTIONS,
        _LIST_HELP,
        "experts",
        "эксперты",
        width=24,
    ),
    _column(
        "by_national_trainers",
        "By national trainers",
        "Силами национальных тренеров",
        Holds.YES_NO,
        _("Yes or no; empty where it is not known."),
        "national trainers",
        "национальные тренеры",
    ),
    _column(
        "confidentiality",
        "Confidentiality",
        "Доступ",
        Holds.CHOICE,
        _("Who may see it: public, partners, internal, restricted."),
        "конфиденциальность",
        choices=Confidentiality,
    ),
    _column(
        "cost",
        "Cost, EUR",
        "Стоимость, евро",
        Holds.MONEY,
        _("Seen by the programme's staff alone."),
        "cost",
        "cost eur",
        "стоимость",
    ),
    _column(
        "summary_en",
        "Summary in English",
        "Краткое описание на английском",
        Holds.TEXT,
        _("At most 5 000 characters."),
        "summary",
        "description",
        field="summary",
        language="en",
        width=40,
        longest=5000,
    ),
    _column(
        "summary_ru",
        "Summary in Russian",
        "Краткое описание на русском",
        Holds.TEXT,
        _("At most 5 000 characters."),
        "описание",
        "краткое описание",
        field="summary",
        language="ru",
        width=40,
        longest=5000,
    ),
)

INSTITUTION_COLUMNS = (
    _column(
        "code",
        "Code",
        "Код",
        Holds.IDENTIFIER,
        _("Letters, digits and hyphens. A known code changes that institution, a new one adds one."),
        "id",
        "institution code",
        "код ведомства",
        width=24,
        longest=80,
    ),
    _column(
        "name_en",
        "Name in English",
        "Название на английском",
        Holds.TEXT,
        _("At most 300 characters."),
        "name",
        "institution",
        "name en",
        "english name",
        "название на английском языке",
        field="name",
        language="en",
        required=True,
        width=50,
        longest=300,
    ),
    _column(
        "name_ru",
        "Name in Russian",
        "Название на русском",
        Holds.TEXT,
        _("At most 300 characters."),
        "название",
        "наименование",
        "ведомство",
        "name ru",
        "russian name",
        "название на русском языке",
        field="name",
        language="ru",
        width=50,
        longest=300,
    ),
    _column(
        "short_name_en",
        "Short name in English",
        "Сокращение на английском",
        Holds.TEXT,
        _("At most 60 characters."),
        "short name",
        "abbreviation",
        "acronym",
        field="short_name",
        language="en",
        width=18,
        longest=60,
    ),
    _column(
        "short_name_ru",
        "Short name in Russian",
        "Сокращение на русском",
        Holds.TEXT,
        _("At most 60 characters."),
        "сокращение",
        "краткое название",
        "аббревиатура",
        field="short_name",
        language="ru",
        width=18,
        longest=60,
    ),
    _column(
        "type",
        "Institution type",
        "Вид ведомства",
        Holds.CHOICE,
        _("One of the list."),
        "type",
        "тип",
        "вид",
        "тип ведомства",
        choices=Institution.Type,
        required=True,
        width=26,
    ),
    _column(
        "country",
        "Country",
        "Страна",
        Holds.COUNTRY,
        _("Code or name; empty for international organisations."),
        width=18,
    ),
)

TALLY_COLUMNS = (
    _column(
        "code",
        "Activity code",
        "Код мероприятия",
        Holds.IDENTIFIER,
        _("The code of an activity of the first sheet or of the register."),
        "code",
        "код",
        required=True,
        width=14,
        longest=40,
    ),
    _column(
        "country",
        "Sending country",
        "Направляющая страна",
        Holds.COUNTRY,
        _("Code or name; empty where it is not stated."),
        "country",
        "страна",
        width=20,
    ),
    _column(
        "institution",
        "Institution",
        "Ведомство",
        Holds.INSTITUTION,
        _("Code or name."),
        "agency",
        "организация",
        width=34,
    ),
    _column(
        "institution_type",
        "Institution type",
        "Вид ведомства",
        Holds.CHOICE,
        _("One of the list; that of the institution where one is named."),
        "тип ведомства",
        choices=Institution.Type,
        width=26,
    ),
    _column("sex", "Sex", "Пол", Holds.CHOICE, _("Women, men, other or not stated."), "gender", choices=Sex, width=14),
    _column("mode", "Mode", "Формат", Holds.CHOICE, _("Onsite, online or hybrid."), "format", choices=Mode),
    _column(
        "age_band",
        "Age band",
        "Возрастная группа",
        Holds.IDENTIFIER,
        _("Only where an indicator demands it, for example 18-35."),
        "age",
        "возраст",
        longest=10,
    ),
    _column(
        "count",
        "Participants",
        "Участники",
        Holds.COUNT,
        _("A whole number."),
        "number",
        "number of participants",
        "count",
        "количество",
        "число участников",
        "количество участников",
        "всего",
        required=True,
        width=14,
    ),
)

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.ACTIVITIES: ACTIVITY_COLUMNS,
    Kind.INSTITUTIONS: INSTITUTION_COLUMNS,
    Kind.TALLY: TALLY_COLUMNS,
}
SHEET_NAMES: dict[Kind, Text] = {
    Kind.ACTIVITIES: {"en": "Activities", "ru": "Мероприятия"},
    Kind.INSTITUTIONS: {"en": "Institutions", "ru": "Ведомства"},
    Kind.TALLY: {"en": "Tally", "ru": "Участники"},
}
SEX_LABELS: dict[str, Text] = {
    Sex.WOMAN: {"en": "women", "ru": "женщины"},
    Sex.MAN: {"en": "men", "ru": "мужчины"},
    Sex.OTHER: {"en": "other", "ru": "другое"},
    Sex.NOT_STATED: {"en": "not stated", "ru": "пол не указан"},
}
CHOICES_ALSO: dict[type, dict[str, str]] = {
    Type: {
        "тренинг": Type.TRAINING,
        "обучение": Type.TRAINING,
        "training course": Type.TRAINING,
        "course": Type.TRAINING,
        "курс": Type.TRAINING,
        "учебный курс": Type.TRAINING,
        "tot": Type.TRAINING_OF_TRAINERS,
        "воркшоп": Type.WORKSHOP,
        "рабочая встреча": Type.WORKSHOP,
        "meeting": Type.COORDINATION,
        "встреча": Type.COORDINATION,
        "mission": Type.EXPERT_MISSION,
        "ojt": Type.ON_THE_JOB_TRAINING,
    },
    ActivityScope: {"multi country": ActivityScope.MULTI_COUNTRY, "multicountry": ActivityScope.MULTI_COUNTRY},
    Mode: {
        "in person": Mode.ONSITE,
        "offline": Mode.ONSITE,
        "on site": Mode.ONSITE,
        "офлайн": Mode.ONSITE,
        "очно": Mode.ONSITE,
        "virtual": Mode.ONLINE,
        "онлайн": Mode.ONLINE,
        "дистанционно": Mode.ONLINE,
        "смешанный": Mode.HYBRID,
    },
    State: {
        "done": State.IMPLEMENTED,
        "completed": State.IMPLEMENTED,
        "завершено": State.IMPLEMENTED,
        "canceled": State.CANCELLED,
    },
    Sex: {
        "w": Sex.WOMAN,
        "f": Sex.WOMAN,
        "female": Sex.WOMAN,
        "woman": Sex.WOMAN,
        "ж": Sex.WOMAN,
        "жен": Sex.WOMAN,
        "женский": Sex.WOMAN,
        "m": Sex.MAN,
        "male": Sex.MAN,
        "man": Sex.MAN,
        "м": Sex.MAN,
        "муж": Sex.MAN,
        "мужской": Sex.MAN,
        "unknown": Sex.NOT_STATED,
        "не указан": Sex.NOT_STATED,
        "женщина": Sex.WOMAN,
        "мужчина": Sex.MAN,
    },
    Confidentiality: {},
    Institution.Type: {},
}
