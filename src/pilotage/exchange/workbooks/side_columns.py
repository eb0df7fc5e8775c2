"""The columns of the sheets beside that of activities: institutions, tally, documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.models import Deliverable
from pilotage.domain.activities.words import Mode, Sex
from pilotage.domain.parties.models import Institution
from pilotage.exchange.workbooks.columns import DATE_HELP, Holds, column

INSTITUTION_COLUMNS = (
    column(
        "code", "Code", "Код", Holds.IDENTIFIER,
        _("Letters, digits and hyphens. A known code changes that institution, a new one adds one."),
        "id", "institution code", "код ведомства", width=24, longest=80,
    ),
    column(
        "name_en", "Name in English", "Название на английском", Holds.TEXT,
        _("At most 300 characters."), "name", "institution", "name en", "english name",
        "название на английском языке", field="name", language="en", required=True, width=50, longest=300,
    ),
    column(
        "name_ru", "Name in Russian", "Название на русском", Holds.TEXT,
        _("At most 300 characters."), "название", "наименование", "ведомство", "name ru", "russian name",
        "название на русском языке", field="name", language="ru", width=50, longest=300,
    ),
    column(
        "short_name_en", "Short name in English", "Сокращение на английском", Holds.TEXT,
        _("At most 60 characters."), "short name", "abbreviation", "acronym", field="short_name", language="en",
        width=18, longest=60,
    ),
    column(
        "short_name_ru", "Short name in Russian", "Сокращение на русском", Holds.TEXT,
        _("At most 60 characters."), "сокращение", "краткое название", "аббревиатура", field="short_name",
        language="ru", width=18, longest=60,
    ),
    column(
        "type", "Institution type", "Вид ведомства", Holds.CHOICE,
        _("One of the list."), "type", "тип", "вид", "тип ведомства", choices=Institution.Type, required=True,
        width=26,
    ),
    column(
        "country", "Country", "Страна", Holds.COUNTRY,
        _("Code or name; empty for international organisations."),
        width=18,
    ),
)  # fmt: skip

TALLY_COLUMNS = (
    column(
        "code", "Activity code", "Код мероприятия", Holds.IDENTIFIER,
        _("The code of an activity of the first sheet or of the register."),
        "code", "код", required=True, width=14, longest=40,
    ),
    column(
        "country", "Sending country", "Направляющая страна", Holds.COUNTRY,
        _("Code or name; empty where it is not stated."),
        "country", "страна", width=20,
    ),
    column(
        "institution", "Institution", "Ведомство", Holds.INSTITUTION,
        _("Code or name."), "agency", "организация", width=34,
    ),
    column(
        "institution_type", "Institution type", "Вид ведомства", Holds.CHOICE,
        _("One of the list; that of the institution where one is named."),
        "тип ведомства", choices=Institution.Type, width=26,
    ),
    column("sex", "Sex", "Пол", Holds.CHOICE, _("Women, men, other or not stated."), "gender", choices=Sex, width=14),
    column("mode", "Mode", "Формат", Holds.CHOICE, _("Onsite, online or hybrid."), "format", choices=Mode),
    column(
        "age_band", "Age band", "Возрастная группа", Holds.IDENTIFIER,
        _("Only where an indicator demands it, for example 18-35."),
        "age", "возраст", longest=10,
    ),
    column(
        "count", "Participants", "Участники", Holds.COUNT,
        _("A whole number."), "number", "number of participants", "count", "количество", "число участников",
        "количество участников", "всего", required=True, width=14,
    ),
)  # fmt: skip

DELIVERABLE_COLUMNS = (
    column(
        "code", "Activity code", "Код мероприятия", Holds.IDENTIFIER,
        _("The code of an activity of the first sheet."),
        "code", "код", required=True, width=14, longest=40,
    ),
    column(
        "type", "Document type", "Вид документа", Holds.CHOICE,
        _("One of the list."), "deliverable type", "тип документа", choices=Deliverable.DeliverableType,
        required=True, width=22,
    ),
    column(
        "title_en", "Document in English", "Документ на английском", Holds.TEXT,
        _("Its title. Type and title decide whether the document is known already."),
        "document", "deliverable", "document title", field="title", language="en", width=50, longest=300,
    ),
    column(
        "title_ru", "Document in Russian", "Документ на русском", Holds.TEXT,
        _("Its title. Type and title decide whether the document is known already."),
        "документ", "название документа", "итоговый документ", field="title", language="ru", width=50, longest=300,
    ),
    column(
        "transmitted_to", "Transmitted to", "Кому передан", Holds.INSTITUTION,
        _("An institution of the register, by code or name."),
        "передан", field="transmitted_to_id", width=34,
    ),
    column("transmitted_on", "Transmitted on", "Когда передан", Holds.PARTIAL_DATE, DATE_HELP, "дата передачи"),
)  # fmt: skip
