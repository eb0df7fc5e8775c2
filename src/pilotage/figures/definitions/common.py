"""What several definitions share: units, dimensions, rules that notes repeat, what cannot be counted."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from pilotage.domain.activities.models import Tally
from pilotage.figures.figure import Caveat, Unit
from pilotage.kit.texts import Text

ACTIVITIES = Unit(
    "activities",
    {"en": ("activity", "activities"), "ru": ("мероприятие", "мероприятия", "мероприятий")},
)
PARTICIPATIONS = Unit(
    "participations",
    {"en": ("participation", "participations"), "ru": ("участие", "участия", "участий")},
)
WOMEN = Unit("women", {"en": ("woman", "women"), "ru": ("женщина", "женщины", "женщин")})
PERSONS = Unit("persons", {"en": ("person", "persons"), "ru": ("человек", "человека", "человек")})
INSTITUTIONS = Unit(
    "institutions",
    {"en": ("institution", "institutions"), "ru": ("ведомство", "ведомства", "ведомств")},
)
DELIVERABLES = Unit(
    "deliverables",
    {"en": ("deliverable", "deliverables"), "ru": ("материал", "материала", "материалов")},
)
DAYS = Unit("days", {"en": ("day", "days"), "ru": ("день", "дня", "дней")})
PERCENT = Unit("percent", {})

TIME = ("quarter", "year", "reporting_year")
KIND_OF_ACTIVITY = ("component", "type", "scope", "mode")
OF_ACTIVITY = ("country", *KIND_OF_ACTIVITY, *TIME, "institution", "institution_type", "place", "state", "phase")
OF_PARTICIPATION = ("country", *KIND_OF_ACTIVITY, *TIME, "institution", "institution_type", "phase")

BY_END: Text = {
    "en": "An activity counts in the period in which it ended.",
    "ru": "Мероприятие учитывается в том периоде, в котором оно завершилось.",
}
IN_EACH_COUNTRY: Text = {
    "en": "An activity for several countries counts once in each of them and once in the total, "
    "so that countries need not sum to the total.",
    "ru": "Мероприятие для нескольких стран учитывается по одному разу в каждой из них и один раз в итоге, "
    "поэтому сумма по странам может не совпадать с итогом.",
}
SENDING: Text = {
    "en": "The country is the one that sent the participants, not the venue.",
    "ru": "Страна – та, которая направила участников, а не страна проведения.",
}


def note(*sentences: Text) -> Text:
    """A note made of sentences, in both languages."""
    return {language: " ".join(one[language] for one in sentences) for language in ("en", "ru")}


def without_tally() -> Q:
    """Activities of which nobody has said how many took part."""
    return ~Q(Exists(Tally.objects.filter(activity=OuterRef("pk"))))


UNDATED = Caveat(
    "undated",
    {
        "en": (
            "{n} activity that took place is not counted: its end is not known well enough for this period.",
            "{n} activities that took place are not counted: their end is not known well enough for this period.",
        ),
        "ru": (
            "Не учтено {n} проведённое мероприятие: дата его завершения известна недостаточно точно для этого периода.",
            "Не учтены {n} проведённых мероприятия: даты их завершения известны недостаточно точно для этого периода.",
            "Не учтено {n} проведённых мероприятий: даты их завершения известны недостаточно точно для этого периода.",
        ),
    },
)
UNPLANNED = Caveat(
    "undated",
    {
        "en": (
            "{n} activity is not counted: its planned date is not known well enough for this period.",
            "{n} activities are not counted: their planned dates are not known well enough for this period.",
        ),
        "ru": (
            "Не учтено {n} мероприятие: запланированная дата известна недостаточно точно для этого периода.",
            "Не учтены {n} мероприятия: запланированные даты известны недостаточно точно для этого периода.",
            "Не учтено {n} мероприятий: запланированные даты известны недостаточно точно для этого периода.",
        ),
    },
)
NO_TALLY = Caveat(
    "no_tally",
    {
        "en": (
            "For {n} activity of the period the number of participants is not known.",
            "For {n} activities of the period the number of participants is not known.",
        ),
        "ru": (
            "По {n} мероприятию периода число участников неизвестно.",
            "По {n} мероприятиям периода число участников неизвестно.",
            "По {n} мероприятиям периода число участников неизвестно.",
        ),
    },
    without_tally,
)
