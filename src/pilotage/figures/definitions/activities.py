"""What took place: activities by their states, joint events, national trainers (domain handbook, 6)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from pilotage.domain.activities.models import CoOrganiser
from pilotage.domain.activities.states import AHEAD, HELD
from pilotage.domain.activities.words import State
from pilotage.figures import bases
from pilotage.figures.definitions.common import (
    ACTIVITIES,
    BY_END,
    IN_EACH_COUNTRY,
    INSTITUTIONS,
    OF_ACTIVITY,
    TIME,
    UNDATED,
    note,
)
from pilotage.figures.figure import Caveat, Figure, Group
from pilotage.figures.measures import Distinct
from pilotage.figures.scopes import Rule


def joint() -> Q:
    """Activities with a co-organiser."""
    return Q(Exists(CoOrganiser.objects.filter(activity=OuterRef("pk"))))


def by_national_trainers() -> Q:
    """Activities that are said to have been delivered by national trainers."""
    return Q(by_national_trainers=True)


FIGURES = (
    Figure(
        code="activities-implemented",
        group=Group.ACTIVITIES,
        title={"en": "Activities implemented", "ru": "Проведённые мероприятия"},
        note=note(
            {
                "en": "Thematic activities that were implemented or verified; "
                "coordination and management events are not among them.",
                "ru": "Тематические мероприятия, которые проведены или проверены; "
                "координационные и управленческие встречи не входят.",
            },
            BY_END,
            IN_EACH_COUNTRY,
        ),
        unit=ACTIVITIES,
        base=bases.ACTIVITIES,
        rule=Rule.ENDED,
        states=HELD,
        dimensions=OF_ACTIVITY,
        caveats=(UNDATED,),
        headline=True,
        usual=("country", "component"),
    ),
    Figure(
        code="activities-verified",
        group=Group.ACTIVITIES,
        title={"en": "Activities verified", "ru": "Проверенные мероприятия"},
        note=note(
            {
                "en": "Thematic activities whose tally, signed list and report were verified: "
                "those that contractual reports count.",
                "ru": "Тематические мероприятия, по которым проверены число участников, подписанный список и отчёт: "
                "только они учитываются в договорных отчётах.",
            },
            BY_END,
            IN_EACH_COUNTRY,
        ),
        unit=ACTIVITIES,
        base=bases.ACTIVITIES,
        rule=Rule.ENDED,
        states=frozenset({State.VERIFIED}),
        dimensions=OF_ACTIVITY,
        caveats=(UNDATED,),
        usual=("component",),
    ),
    Figure(
        code="events-organised",
        group=Group.ACTIVITIES,
        title={"en": "Events organised", "ru": "Организованные события"},
        note=note(
            {
                "en": "Implemented activities together with coordination and management events.",
                "ru": "Проведённые мероприятия вместе с координационными и управленческими встречами.",
            },
            BY_END,
            IN_EACH_COUNTRY,
        ),
        unit=ACTIVITIES,
        base=bases.ACTIVITIES,
        rule=Rule.ENDED,
        states=HELD,
        thematic=None,
        dimensions=OF_ACTIVITY,
        caveats=(UNDATED,),
        usual=("type",),
    ),
    Figure(
        code="joint-events",
        group=Group.ACTIVITIES,
        title={"en": "Joint events", "ru": "Совместные события"},
        note=note(
            {
                "en": "Events organised together with a co-organiser, coordination and management events included.",
                "ru": "События, организованные вместе с соорганизатором, включая координационные и управленческие.",
            },
            BY_END,
            IN_EACH_COUNTRY,
        ),
        unit=ACTIVITIES,
        base=bases.ACTIVITIES,
        rule=Rule.ENDED,
        states=HELD,
        thematic=None,
        only=joint,
        dimensions=OF_ACTIVITY,
        caveats=(UNDATED,),
    ),
    Figure(
        code="activities-by-national-trainers",
        group=Group.ACTIVITIES,
        title={
            "en": "Activities delivered by national trainers",
            "ru": "Мероприятия, проведённые национальными тренерами",
        },
        note=note(
            {
                "en": "Implemented activities that are recorded as delivered by national trainers.",
                "ru": "Проведённые мероприятия, о которых записано, что их провели национальные тренеры.",
            },
            BY_END,
            IN_EACH_COUNTRY,
        ),
        unit=ACTIVITIES,
        base=bases.ACTIVITIES,
        rule=Rule.ENDED,
        states=HELD,
        only=by_national_trainers,
        dimensions=OF_ACTIVITY,
        caveats=(UNDATED,),
    ),
    Figure(
        code="activities-thematic",
        group=Group.ACTIVITIES,
        title={"en": "Thematic activities", "ru": "Тематические мероприятия"},
        note=note(
            {
                "en": "All thematic activities that took place or are still to come, whatever their dates; "
                "drafts and cancelled ones are left out.",
                "ru": "Все тематические мероприятия, проведённые или предстоящие, независимо от дат; "
                "черновики и отменённые не входят.",
            },
            IN_EACH_COUNTRY,
        ),
        unit=ACTIVITIES,
        base=bases.ACTIVITIES,
        rule=Rule.STOCK,
        states=HELD | AHEAD,
        dimensions=tuple(name for name in OF_ACTIVITY if name not in TIME),
        usual=("component", "state"),
    ),
    Figure(
        code="institutions-involved",
        group=Group.ACTIVITIES,
        title={"en": "Institutions that took part", "ru": "Участвовавшие ведомства"},
        note=note(
            {
                "en": "Different institutions named as taking part in implemented activities. "
                "An institution counts once, however often it took part.",
                "ru": "Различные ведомства, указанные как участники проведённых мероприятий. "
                "Ведомство учитывается один раз, сколько бы раз оно ни участвовало.",
            },
            BY_END,
        ),
        unit=INSTITUTIONS,
        base=bases.INVOLVEMENTS,
        rule=Rule.ENDED,
        states=HELD,
        measure=Distinct(column="institution_id"),
        dimensions=("country", "institution_type", "component", "type", *TIME, "phase"),
        caveats=(
            UNDATED,
            Caveat(
                "no_institutions",
                {
                    "en": (
                        "For {n} activity of the period no institution is named.",
                        "For {n} activities of the period no institution is named.",
                    ),
                    "ru": (
                        "По {n} мероприятию периода ведомства не указаны.",
                        "По {n} мероприятиям периода ведомства не указаны.",
                        "По {n} мероприятиям периода ведомства не указаны.",
                    ),
                },
                bases.without_institutions,
            ),
        ),
        usual=("country", "institution_type"),
    ),
)
