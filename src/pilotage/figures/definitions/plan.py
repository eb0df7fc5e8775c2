"""The plan and how it is kept: what is to come, what was put off, what came in time (domain handbook, 6)."""

from __future__ import annotations

from django.db.models import F, Q

from pilotage.domain.activities.states import AHEAD, HELD
from pilotage.domain.activities.words import State
from pilotage.figures import bases
from pilotage.figures.definitions.common import (
    ACTIVITIES,
    IN_EACH_COUNTRY,
    OF_ACTIVITY,
    PERCENT,
    UNPLANNED,
    note,
)
from pilotage.figures.figure import Caveat, Figure, Group
from pilotage.figures.measures import ShareOfRecords
from pilotage.figures.scopes import Rule
from pilotage.kit.texts import Text

BY_PLAN: Text = {
    "en": "An activity counts in the period in which it is planned to end.",
    "ru": "Мероприятие учитывается в том периоде, в котором запланировано его завершение.",
}


def _in_state(state: State, code: str, title: Text, which: Text, headline: bool = False) -> Figure:
    """A figure of the thematic activities that are in one state on the day."""
    return Figure(
        code=code,
        group=Group.PLAN,
        title=title,
        note=note(which, BY_PLAN, IN_EACH_COUNTRY),
        unit=ACTIVITIES,
        base=bases.ACTIVITIES,
        rule=Rule.PLANNED,
        states=frozenset({state}),
        dimensions=tuple(name for name in OF_ACTIVITY if name != "state"),
        caveats=(UNPLANNED,),
        headline=headline,
        usual=("component",),
    )


def has_baseline() -> Q:
    """Lines of the plan: activities with a baseline that were not added later."""
    return Q(additional=False)


def without_baseline() -> Q:
    """Activities that nobody gave a baseline end."""
    return Q(due_on=None)


NO_BASELINE = Caveat(
    "no_baseline",
    {
        "en": (
            "{n} activity has no baseline date, so that nobody can say whether it came in time.",
            "{n} activities have no baseline date, so that nobody can say whether they came in time.",
        ),
        "ru": (
            "У {n} мероприятия нет исходной плановой даты, поэтому судить о его своевременности нельзя.",
            "У {n} мероприятий нет исходной плановой даты, поэтому судить об их своевременности нельзя.",
            "У {n} мероприятий нет исходной плановой даты, поэтому судить об их своевременности нельзя.",
        ),
    },
    without_baseline,
)

FIGURES: tuple[Figure, ...] = (
    _in_state(
        State.PLANNED,
        "activities-planned",
        {"en": "Activities planned", "ru": "Запланированные мероприятия"},
        {
            "en": "Thematic activities that are in the plan and neither confirmed nor held yet.",
            "ru": "Тематические мероприятия, которые включены в план, но ещё не подтверждены и не проведены.",
        },
        headline=True,
    ),
    _in_state(
        State.CONFIRMED,
        "activities-confirmed",
        {"en": "Activities confirmed", "ru": "Подтверждённые мероприятия"},
        {
            "en": "Thematic activities that are confirmed and not held yet.",
            "ru": "Тематические мероприятия, которые подтверждены, но ещё не проведены.",
        },
        headline=True,
    ),
    _in_state(
        State.POSTPONED,
        "activities-postponed",
        {"en": "Activities postponed", "ru": "Перенесённые мероприятия"},
        {
            "en": "Thematic activities that were put off and are not back in the plan; by their new date.",
            "ru": "Тематические мероприятия, которые перенесены и ещё не возвращены в план; по новой дате.",
        },
        headline=True,
    ),
    _in_state(
        State.CANCELLED,
        "activities-cancelled",
        {"en": "Activities cancelled", "ru": "Отменённые мероприятия"},
        {
            "en": "Thematic activities that were cancelled.",
            "ru": "Тематические мероприятия, которые отменены.",
        },
    ),
    Figure(
        code="activities-in-plan",
        group=Group.PLAN,
        title={"en": "Activities in the plan", "ru": "Мероприятия в плане"},
        note=note(
            {
                "en": "Thematic activities by the plan as it stands, held or still to come; "
                "drafts and cancelled ones are left out.",
                "ru": "Тематические мероприятия по действующему плану, проведённые или предстоящие; "
                "черновики и отменённые не входят.",
            },
            BY_PLAN,
            IN_EACH_COUNTRY,
        ),
        unit=ACTIVITIES,
        base=bases.ACTIVITIES,
        rule=Rule.PLANNED,
        states=HELD | AHEAD,
        dimensions=OF_ACTIVITY,
        caveats=(UNPLANNED,),
        usual=("quarter",),
    ),
    Figure(
        code="activities-in-baseline",
        group=Group.PLAN,
        title={"en": "Activities in the first plan", "ru": "Мероприятия в первоначальном плане"},
        note=note(
            {
                "en": "Thematic activities by the end of their baseline, which later changes leave alone, "
                "so that a revision cannot hide a delay; cancelled ones stay.",
                "ru": "Тематические мероприятия по исходной плановой дате, которую поздние изменения не меняют, "
                "так что пересмотр плана не скроет задержку; отменённые остаются.",
            },
            IN_EACH_COUNTRY,
        ),
        unit=ACTIVITIES,
        base=bases.ACTIVITIES,
        rule=Rule.BASELINE,
        states=HELD | AHEAD | {State.CANCELLED},
        only=has_baseline,
        dimensions=OF_ACTIVITY,
        caveats=(UNPLANNED,),
        usual=("quarter",),
    ),
    Figure(
        code="delivered-on-time",
        group=Group.PLAN,
        title={"en": "Delivered on time", "ru": "Проведено в срок"},
        note=note(
            {
                "en": "Of the activities whose tolerance has passed – the end of the quarter of their baseline end – "
                "the share that was held within it. Late, missing and cancelled ones all count against; "
                "activities added to the plan later are left out.",
                "ru": "Доля мероприятий, проведённых в срок, среди тех, чей допустимый срок истёк (конец квартала "
                "исходной плановой даты завершения). Опоздавшие, непроведённые и отменённые ухудшают показатель; "
                "мероприятия, добавленные в план позднее, не входят.",
            },
            IN_EACH_COUNTRY,
        ),
        unit=PERCENT,
        base=bases.ACTIVITIES,
        rule=Rule.DUE,
        states=HELD | AHEAD | {State.CANCELLED},
        thematic=None,
        only=has_baseline,
        measure=ShareOfRecords(condition=Q(state__in=sorted(HELD), ended_last__lte=F("due_on"))),
        dimensions=tuple(name for name in OF_ACTIVITY if name != "state"),
        caveats=(NO_BASELINE,),
        headline=True,
        usual=("component",),
    ),
)
