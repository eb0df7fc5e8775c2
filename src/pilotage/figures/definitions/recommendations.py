"""Recommendations: what was issued, answered, accepted and adopted, and how fast (domain handbook, 6)."""

from __future__ import annotations

from django.db.models import F, Q

from pilotage.domain.recommendations.words import (
    ANSWERED,
    AWAITING_ANSWER,
    NOT_COUNTED,
    TAKEN_UP,
    TO_IMPLEMENT,
    State,
)
from pilotage.figures import bases
from pilotage.figures.definitions.common import DAYS, PERCENT, TIME, note
from pilotage.figures.figure import Caveat, Figure, Group, Unit
from pilotage.figures.measures import Measure, MedianDays, Quotient, Records
from pilotage.figures.scopes import Rule
from pilotage.kit.texts import Text

RECOMMENDATIONS = Unit(
    "recommendations",
    {"en": ("recommendation", "recommendations"), "ru": ("рекомендация", "рекомендации", "рекомендаций")},
)
ISSUED = frozenset(State) - NOT_COUNTED
DIMENSIONS = ("country", "institution", "component", *TIME, "priority", "institution_type", "phase")
WITH_STATE = (*DIMENSIONS, "recommendation_state")

BY_ISSUE: Text = {
    "en": "A recommendation counts in the period in which it was issued; "
    "one given to five services is five recommendations, as each adopts alone.",
    "ru": "Рекомендация учитывается в том периоде, в котором она выдана; "
    "данная пяти ведомствам – это пять рекомендаций, так как каждое внедряет само.",
}
NOT_WITHDRAWN: Text = {
    "en": "Drafts, withdrawn and superseded ones are left out, and so are those whose state no source tells.",
    "ru": "Проекты, отозванные и заменённые не входят, как и те, о состоянии которых источники не сообщают.",
}


def known() -> Q:
    """Recommendations whose state is known."""
    return Q(state_known=True)


def dated() -> Q:
    """With a known state, and issued on a known day."""
    return known() & Q(issued_first=F("issued_last"))


UNDATED = Caveat(
    "undated",
    {
        "en": (
            "{n} recommendation is not counted: its date of issue is not known well enough for this period.",
            "{n} recommendations are not counted: their dates of issue are not known well enough for this period.",
        ),
        "ru": (
            "Не учтена {n} рекомендация: дата её выдачи известна недостаточно точно для этого периода.",
            "Не учтены {n} рекомендации: даты их выдачи известны недостаточно точно для этого периода.",
            "Не учтено {n} рекомендаций: даты их выдачи известны недостаточно точно для этого периода.",
        ),
    },
)


def _figure(
    code: str,
    title: Text,
    which: Text,
    states: frozenset[State],
    *,
    rule: Rule = Rule.ISSUED,
    measure: Measure | None = None,
    unit: Unit = RECOMMENDATIONS,
    headline: bool = False,
    exact_days: bool = False,
) -> Figure:
    issued = rule == Rule.ISSUED
    return Figure(
        code=code,
        group=Group.RECOMMENDATIONS,
        title=title,
        note=note(which, *([BY_ISSUE] if issued else []), NOT_WITHDRAWN),
        unit=unit,
        base=bases.RECOMMENDATIONS,
        rule=rule,
        states=states,
        measure=measure or Records(),
        thematic=None,
        only=dated if exact_days else known,
        dimensions=WITH_STATE if unit is RECOMMENDATIONS else DIMENSIONS,
        caveats=(UNDATED,) if issued else (),
        headline=headline,
        usual=("country",),
    )


FIGURES = (
    _figure(
        "recommendations-issued",
        {"en": "Recommendations issued", "ru": "Выданные рекомендации"},
        {"en": "Recommendations that were issued to an agency.", "ru": "Рекомендации, выданные ведомствам."},
        ISSUED,
        headline=True,
    ),
    _figure(
        "recommendations-answered",
        {"en": "Recommendations answered", "ru": "Рекомендации, на которые получен ответ"},
        {
            "en": "Issued recommendations that were accepted, partly accepted or rejected, whatever came after. "
            "Under consideration is no answer: silence is not acceptance.",
            "ru": "Выданные рекомендации, которые приняты, частично приняты или отклонены, что бы ни было потом. "
            "«На рассмотрении» – не ответ: молчание не означает согласия.",
        },
        ANSWERED,
    ),
    _figure(
        "recommendations-accepted",
        {"en": "Recommendations accepted", "ru": "Принятые рекомендации"},
        {
            "en": "Issued recommendations that were accepted wholly or in part: those being implemented and those "
            "adopted are among them.",
            "ru": "Выданные рекомендации, принятые полностью или частично, включая те, что в работе, и внедрённые.",
        },
        TAKEN_UP,
    ),
    _figure(
        "recommendations-adopted",
        {"en": "Recommendations adopted into practice", "ru": "Рекомендации, внедрённые в практику"},
        {
            "en": "Issued recommendations whose adoption was reported with evidence and verified by somebody else.",
            "ru": "Выданные рекомендации, о внедрении которых сообщено с подтверждением и которое проверено другим лицом.",
        },
        frozenset({State.ADOPTED}),
        headline=True,
    ),
    _figure(
        "adoption-rate",
        {"en": "Adoption rate", "ru": "Доля внедрённых рекомендаций"},
        {
            "en": "Adopted recommendations in per cent of those issued.",
            "ru": "Внедрённые рекомендации в процентах от выданных.",
        },
        ISSUED,
        measure=Quotient(numerator="recommendations-adopted", denominator="recommendations-issued"),
        unit=PERCENT,
        headline=True,
    ),
    _figure(
        "implementation-of-accepted",
        {"en": "Implementation of accepted recommendations", "ru": "Исполнение принятых рекомендаций"},
        {
            "en": "Adopted recommendations in per cent of those accepted wholly or in part.",
            "ru": "Внедрённые рекомендации в процентах от принятых полностью или частично.",
        },
        TAKEN_UP,
        measure=Quotient(numerator="recommendations-adopted", denominator="recommendations-accepted"),
        unit=PERCENT,
    ),
    _figure(
        "response-rate",
        {"en": "Response rate", "ru": "Доля рекомендаций с ответом"},
        {
            "en": "Answered recommendations in per cent of those issued; under consideration is unanswered.",
            "ru": "Рекомендации с ответом в процентах от выданных; «на рассмотрении» – без ответа.",
        },
        ISSUED,
        measure=Quotient(numerator="recommendations-answered", denominator="recommendations-issued"),
        unit=PERCENT,
        headline=True,
    ),
    _figure(
        "recommendations-overdue",
        {"en": "Recommendations overdue", "ru": "Просроченные рекомендации"},
        {
            "en": "Accepted, partly accepted or in progress, and due for implementation before the day.",
            "ru": "Приняты, частично приняты или в работе, а срок исполнения истёк до этого дня.",
        },
        TO_IMPLEMENT,
        rule=Rule.OVERDUE,
        headline=True,
    ),
    _figure(
        "answers-late",
        {"en": "Late answers", "ru": "Запаздывающие ответы"},
        {
            "en": "Recommendations that are unanswered past their response date on the day.",
            "ru": "Рекомендации, на которые нет ответа, хотя срок ответа истёк до этого дня.",
        },
        AWAITING_ANSWER,
        rule=Rule.UNANSWERED,
    ),
    _figure(
        "days-to-answer",
        {"en": "Median days to answer", "ru": "Медианный срок ответа, дней"},
        {
            "en": "The middle number of days from the issue to the answer, of recommendations that were answered and "
            "issued on a known day; half of the answers took longer.",
            "ru": "Срединное число дней от выдачи до ответа по рекомендациям с ответом и с известным днём выдачи; "
            "половина ответов заняла больше.",
        },
        ANSWERED,
        measure=MedianDays(start="issued_first", end="answered_on"),
        unit=DAYS,
        exact_days=True,
    ),
    _figure(
        "days-to-adopt",
        {"en": "Median days to adopt", "ru": "Медианный срок внедрения, дней"},
        {
            "en": "The middle number of days from the issue to the adoption, of recommendations that were adopted and "
            "issued on a known day; half took longer.",
            "ru": "Срединное число дней от выдачи до внедрения по внедрённым рекомендациям с известным днём выдачи; "
            "половина заняла больше.",
        },
        frozenset({State.ADOPTED}),
        measure=MedianDays(start="issued_first", end="adopted_on"),
        unit=DAYS,
        exact_days=True,
    ),
)
