"""The work plan and what became of it: delivery, timeliness, completion (domain handbook, 6).

Each rate is two figures: against the version in force when the period began, and against the latest version. A
revision may take a late line out of the plan; it cannot take it out of the first of the two.
"""

from __future__ import annotations

from django.db.models import Q

from pilotage.domain.activities.states import HELD
from pilotage.figures import bases, plan_lines
from pilotage.figures.bases import Base
from pilotage.figures.definitions.common import (
    ACTIVITIES,
    BY_END,
    IN_EACH_COUNTRY,
    OF_ACTIVITY,
    PERCENT,
    TIME,
    UNDATED,
    note,
)
from pilotage.figures.figure import Caveat, Figure, Group
from pilotage.figures.measures import Measure, OfApproved
from pilotage.figures.scopes import Rule
from pilotage.kit.texts import Text

DIMENSIONS = ("plan_country", "component", "type", *TIME, "phase")

AT_START: Text = {
    "en": "Measured against the version in force when the period began (its plan year, where that began later), or the "
    "first that entered into force after it, so that a revision cannot hide a delay; "
    "read it beside the same figure against the latest version.",
    "ru": "Считается по версии, действовавшей на начало периода (или планового года, если он начался позже), а если "
    "её ещё не было – по первой вступившей в силу, чтобы пересмотр плана не скрыл задержку; "
    "рядом следует читать тот же показатель по последней версии.",
}
LATEST: Text = {
    "en": "Measured against the latest version in force by the day; "
    "read it beside the same figure against the version at the start of the period.",
    "ru": "Считается по последней версии, действующей на дату показателя; "
    "рядом следует читать тот же показатель по версии на начало периода.",
}
APART: Text = {
    "en": "Additional activities are no lines of the plan and are counted apart.",
    "ru": "Дополнительные мероприятия не входят в строки плана и учитываются отдельно.",
}
DELIVERED: Text = {
    "en": "Of the lines of the work plan whose baseline end has passed by the end of the period, the share whose "
    "activity was implemented by the day of the figure.",
    "ru": "Из строк рабочего плана, исходный срок которых истёк к концу периода, – доля тех, по которым мероприятие "
    "проведено к дате показателя.",
}
IN_TIME: Text = {
    "en": "Of the lines of the work plan whose tolerance has passed – the end of the quarter of the baseline end – the "
    "share implemented within it; late and missing ones both count against.",
    "ru": "Из строк рабочего плана, допустимый срок которых истёк (конец квартала исходной даты завершения), – доля "
    "проведённых в этот срок; опоздавшие и непроведённые ухудшают показатель.",
}


def without_baseline() -> Q:
    """Lines for which the plan states no date, or none that ends."""
    return Q(due_last=None)


NO_DATE = Caveat(
    "no_baseline",
    {
        "en": (
            "{n} line of the plan has no date and is not counted.",
            "{n} lines of the plan have no date and are not counted.",
        ),
        "ru": (
            "{n} строка плана не имеет даты и не учтена.",
            "{n} строки плана не имеют дат и не учтены.",
            "{n} строк плана не имеют дат и не учтены.",
        ),
    },
    without_baseline,
)


def _rate(
    code: str, title: Text, which: Text, base: Base, measure: Measure, rule: Rule, beside: str, headline: bool = False
) -> Figure:
    """A share of lines of the plan."""
    return Figure(
        code=code,
        group=Group.PLAN,
        title=title,
        note=note(which, AT_START if rule == Rule.PLAN_AT_START else LATEST, APART),
        unit=PERCENT,
        base=base,
        rule=rule,
        states=frozenset(),
        thematic=None,
        measure=measure,
        dimensions=DIMENSIONS,
        caveats=(NO_DATE,),
        headline=headline,
        usual=("plan_country",),
        beside=beside,
    )


def additional() -> Q:
    """Activities that were added beside the work plan."""
    return Q(additional=True)


FIGURES: tuple[Figure, ...] = (
    _rate(
        "delivery-against-plan",
        {"en": "Delivery against plan", "ru": "Выполнение плана"},
        DELIVERED,
        plan_lines.DUE,
        plan_lines.IMPLEMENTED,
        Rule.PLAN_AT_START,
        "delivery-against-latest-plan",
        headline=True,
    ),
    _rate(
        "delivery-against-latest-plan",
        {"en": "Delivery against the latest plan", "ru": "Выполнение плана в последней версии"},
        DELIVERED,
        plan_lines.DUE,
        plan_lines.IMPLEMENTED,
        Rule.PLAN_LATEST,
        "delivery-against-plan",
        headline=True,
    ),
    _rate(
        "on-time-rate",
        {"en": "On-time rate", "ru": "Доля выполненного в срок"},
        IN_TIME,
        plan_lines.TOLERATED,
        plan_lines.ON_TIME,
        Rule.PLAN_AT_START,
        "on-time-rate-latest",
        headline=True,
    ),
    _rate(
        "on-time-rate-latest",
        {"en": "On-time rate by the latest plan", "ru": "Доля выполненного в срок по последней версии плана"},
        IN_TIME,
        plan_lines.TOLERATED,
        plan_lines.ON_TIME,
        Rule.PLAN_LATEST,
        "on-time-rate",
    ),
    Figure(
        code="activities-additional",
        group=Group.PLAN,
        title={"en": "Additional activities implemented", "ru": "Проведённые дополнительные мероприятия"},
        note=note(
            {
                "en": "Activities that were held although no work plan in force had them; never part of the delivery "
                "against plan.",
                "ru": "Мероприятия, проведённые сверх действующего рабочего плана; в выполнение плана не входят.",
            },
            BY_END,
            IN_EACH_COUNTRY,
        ),
        unit=ACTIVITIES,
        base=bases.ACTIVITIES,
        rule=Rule.ENDED,
        states=HELD,
        thematic=None,
        only=additional,
        dimensions=tuple(name for name in OF_ACTIVITY if name != "state"),
        caveats=(UNDATED,),
        usual=("country",),
    ),
    Figure(
        code="programme-completion",
        group=Group.PLAN,
        title={"en": "Programme completion", "ru": "Выполнение программы"},
        note={
            "en": "Thematic activities implemented, in per cent of the approved indicative total of the phase as in "
            "force on the day. Where no total was approved there is no such figure.",
            "ru": "Проведённые тематические мероприятия в процентах от утверждённого ориентировочного числа на фазу, "
            "действующего на дату показателя. Если такое число не утверждено, показателя нет.",
        },
        unit=PERCENT,
        base=bases.ACTIVITIES,
        rule=Rule.ENDED,
        states=HELD,
        measure=OfApproved(),
        dimensions=("phase",),
        caveats=(UNDATED,),
        headline=True,
        usual=(),
    ),
)
