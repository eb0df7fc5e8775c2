"""Persons of the register, as far as services give names (domain handbook, 4 and 6). Never inferred from tallies."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from pilotage.domain.activities.models import Attendance
from pilotage.domain.activities.states import HELD
from pilotage.figures import bases
from pilotage.figures.definitions.common import (
    BY_END,
    DAYS,
    OF_PARTICIPATION,
    PARTICIPATIONS,
    PERCENT,
    PERSONS,
    UNDATED,
    note,
)
from pilotage.figures.figure import Caveat, Figure, Group
from pilotage.figures.measures import Distinct, Quotient, Records, Total
from pilotage.figures.scopes import Rule


def participants() -> Q:
    """Attendance in the role of a participant."""
    return Q(role=Attendance.AttendanceRole.PARTICIPANT)


def without_days() -> Q:
    """Activities with a registered participant whose days present nobody wrote down."""
    return Q(Exists(Attendance.objects.filter(participants(), activity=OuterRef("pk"), days_present=None)))


FIGURES = (
    Figure(
        code="unique-participants",
        group=Group.PEOPLE,
        title={"en": "Unique participants", "ru": "Уникальные участники"},
        note=note(
            {
                "en": "Different persons of the register who took part in implemented thematic activities. "
                "Numbers of different periods, components or countries must not be added: the same person may be in each.",
                "ru": "Различные люди из реестра, участвовавшие в проведённых тематических мероприятиях. "
                "Числа разных периодов, компонентов и стран нельзя складывать: один и тот же человек может быть в каждом.",
            },
            BY_END,
        ),
        unit=PERSONS,
        base=bases.ATTENDANCES,
        rule=Rule.ENDED,
        states=HELD,
        only=participants,
        measure=Distinct(persons=("value",), column="person_id"),
        dimensions=(*OF_PARTICIPATION, "sex"),
        caveats=(UNDATED,),
        of_persons=True,
        from_register=True,
        headline=True,
    ),
    Figure(
        code="registered-participations",
        group=Group.PEOPLE,
        title={"en": "Registered participations", "ru": "Участия, внесённые в реестр"},
        note=note(
            {
                "en": "Participations of persons who are in the register, each time they took part.",
                "ru": "Участия людей, внесённых в реестр, за каждый раз.",
            },
            BY_END,
        ),
        unit=PARTICIPATIONS,
        base=bases.ATTENDANCES,
        rule=Rule.ENDED,
        states=HELD,
        only=participants,
        measure=Records(persons=("value",)),
        dimensions=(*OF_PARTICIPATION, "sex"),
        caveats=(UNDATED,),
        of_persons=True,
        from_register=True,
    ),
    Figure(
        code="register-coverage",
        group=Group.PEOPLE,
        title={"en": "Coverage of the register", "ru": "Охват реестра"},
        note=note(
            {
                "en": "Registered participations ÷ all participations by the tallies: "
                "how much of what happened the register of persons knows.",
                "ru": "Внесённые в реестр участия ÷ все участия по спискам: "
                "какую часть участий охватывает реестр людей.",
            },
            BY_END,
        ),
        unit=PERCENT,
        base=bases.ATTENDANCES,
        rule=Rule.ENDED,
        states=HELD,
        only=participants,
        measure=Quotient(numerator="registered-participations", denominator="participations"),
        dimensions=(*OF_PARTICIPATION, "sex"),
        caveats=(UNDATED,),
        of_persons=True,
        from_register=True,
    ),
    Figure(
        code="training-days",
        group=Group.PEOPLE,
        title={"en": "Training days", "ru": "Учебные дни"},
        note=note(
            {
                "en": "Days present, summed over the registered participants of implemented thematic activities.",
                "ru": "Дни присутствия в сумме по внесённым в реестр участникам проведённых тематических мероприятий.",
            },
            BY_END,
        ),
        unit=DAYS,
        base=bases.ATTENDANCES,
        rule=Rule.ENDED,
        states=HELD,
        only=participants,
        measure=Total(persons=("head",), column="days_present", head="person_id"),
        dimensions=(*OF_PARTICIPATION, "sex"),
        caveats=(
            UNDATED,
            Caveat(
                "no_days",
                {
                    "en": (
                        "For {n} activity the days present are not known of everybody.",
                        "For {n} activities the days present are not known of everybody.",
                    ),
                    "ru": (
                        "По {n} мероприятию дни присутствия известны не у всех.",
                        "По {n} мероприятиям дни присутствия известны не у всех.",
                        "По {n} мероприятиям дни присутствия известны не у всех.",
                    ),
                },
                without_days,
            ),
        ),
        of_persons=True,
        from_register=True,
    ),
)
