"""Dimensions: the ways in which figures are broken down, and the keys that each prints, in the field's order."""

from __future__ import annotations

from pilotage.domain.activities.models import Deliverable
from pilotage.domain.activities.words import ActivityScope, Mode, Sex, State, Type
from pilotage.domain.parties.models import Institution
from pilotage.domain.recommendations.words import Priority
from pilotage.domain.recommendations.words import State as RecommendationState
from pilotage.domain.steering.words import ActionState
from pilotage.figures.dimensions.kind import Kind
from pilotage.figures.dimensions.records import (
    Bodies,
    Choices,
    Components,
    Countries,
    Institutions,
    Phases,
    Places,
    PlanCountries,
)
from pilotage.figures.dimensions.spans import Quarters, ReportingYears, Years

STATE_HUES = {
    State.IMPLEMENTED.value: "done",
    State.VERIFIED.value: "done",
    State.PLANNED.value: "ahead",
    State.CONFIRMED.value: "ahead",
    State.POSTPONED.value: "late",
    State.CANCELLED.value: "failed",
}
RECOMMENDATION_HUES = {
    RecommendationState.ISSUED.value: "ahead",
    RecommendationState.UNDER_CONSIDERATION.value: "ahead",
    RecommendationState.ACCEPTED.value: "late",
    RecommendationState.PARTLY_ACCEPTED.value: "late",
    RecommendationState.IN_PROGRESS.value: "late",
    RecommendationState.REPORTED_ADOPTED.value: "done",
    RecommendationState.ADOPTED.value: "done",
    RecommendationState.REJECTED.value: "failed",
}
ACTION_HUES = {
    ActionState.OPEN.value: "ahead",
    ActionState.IN_PROGRESS.value: "late",
    ActionState.DONE.value: "done",
    ActionState.CANCELLED.value: "failed",
}
SEX_HUES = {Sex.WOMAN.value: "woman", Sex.MAN.value: "man", Sex.OTHER.value: "other"}

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Countries("country", {"en": "Country", "ru": "Страна"}),
        PlanCountries("meeting_country", {"en": "Country of the meeting", "ru": "Страна заседания"}),
        Bodies("body", {"en": "Steering body", "ru": "Руководящая группа"}),
        PlanCountries("plan_country", {"en": "Plan of", "ru": "Чей план"}),
        Components("component", {"en": "Component", "ru": "Компонент"}),
        Choices("type", {"en": "Type", "ru": "Вид"}, Type),
        Choices("scope", {"en": "Scope", "ru": "Охват"}, ActivityScope, tuple(ActivityScope.values)),
        Choices("mode", {"en": "Mode", "ru": "Формат"}, Mode, (Mode.ONSITE.value, Mode.ONLINE.value)),
        Quarters("quarter", {"en": "Quarter", "ru": "Квартал"}),
        Years("year", {"en": "Year", "ru": "Год"}),
        ReportingYears("reporting_year", {"en": "Reporting year", "ru": "Отчётный год"}),
        Institutions("institution", {"en": "Institution", "ru": "Ведомство"}),
        Choices("institution_type", {"en": "Type of institution", "ru": "Тип ведомства"}, Institution.Type),
        Choices(
            "sex",
            {"en": "Sex", "ru": "Пол"},
            Sex,
            (Sex.WOMAN.value, Sex.MAN.value),
            SEX_HUES,
            Sex.NOT_STATED.value,
        ),
        Choices("state", {"en": "State", "ru": "Состояние"}, State, (), STATE_HUES),
        Choices("deliverable_type", {"en": "Type of deliverable", "ru": "Вид материала"}, Deliverable.DeliverableType),
        Choices("priority", {"en": "Priority", "ru": "Приоритет"}, Priority),
        Choices(
            "recommendation_state", {"en": "State", "ru": "Состояние"}, RecommendationState, (), RECOMMENDATION_HUES
        ),
        Choices("action_state", {"en": "State", "ru": "Состояние"}, ActionState, (), ACTION_HUES),
        Places("place", {"en": "Venue", "ru": "Место проведения"}),
        Phases("phase", {"en": "Programme phase", "ru": "Фаза программы"}),
    )
}
