"""A figure: which records count, and what is made of them. One definition serves every medium."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.db.models.expressions import Combinable
from django.db.models.lookups import In

from pilotage.domain.activities.words import State
from pilotage.domain.recommendations.words import State as RecommendationState
from pilotage.domain.steering.words import ActionState
from pilotage.figures.bases import Base
from pilotage.figures.measures import Measure, Records
from pilotage.figures.scopes import Rule
from pilotage.kit.texts import Text


class Group(StrEnum):
    """The parts of the catalogue."""

    ACTIVITIES = "activities"
    PLAN = "plan"
    PARTICIPATION = "participation"
    PEOPLE = "people"
    PRODUCTS = "products"
    RECOMMENDATIONS = "recommendations"
    ACTION_POINTS = "action-points"


GROUPS: dict[Group, Text] = {
    Group.ACTIVITIES: {"en": "What took place", "ru": "Что проведено"},
    Group.PLAN: {"en": "Plan and timeliness", "ru": "План и сроки"},
    Group.PARTICIPATION: {"en": "Participation", "ru": "Участие"},
    Group.PEOPLE: {"en": "People in the register", "ru": "Люди в реестре"},
    Group.PRODUCTS: {"en": "What came of it", "ru": "Результаты"},
    Group.RECOMMENDATIONS: {"en": "Recommendations and what became of them", "ru": "Рекомендации и их судьба"},
    Group.ACTION_POINTS: {"en": "Action points of meetings", "ru": "Поручения заседаний"},
}


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted, with the forms that go with a number: (one, other) in English, (one, few, many) in Russian."""

    code: str
    forms: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something that a figure could not count: which activities, and how that is said of ``{n}`` of them."""

    code: str
    forms: dict[str, tuple[str, ...]]
    lacking: Callable[[], Q] | None = None
    """The activities of the period that lack something; None for those that perhaps belong to the period."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that the programme speaks of, defined once."""

    code: str
    group: Group
    title: Text
    note: Text
    unit: Unit
    base: Base
    rule: Rule
    dimensions: tuple[str, ...]
    states: frozenset[State] | frozenset[RecommendationState] | frozenset[ActionState]
    """The states of the activities, or of the recommendations, that count; empty for records without states."""
    measure: Measure = Records()
    thematic: bool | None = True
    """Only thematic activities; False for the others alone, None for both."""
    only: Callable[[], Q] | None = None
    """Further narrowing of the base's records."""
    caveats: tuple[Caveat, ...] = ()
    of_persons: bool = False
    """Counts people: small numbers are withheld before publication."""
    from_register: bool = False
    """Comes out of the register of persons: only for those who may see persons."""
    headline: bool = False
    """Shown with its value in the catalogue."""
    usual: tuple[str, ...] = ("country",)
    """The dimensions that its page opens with."""
    beside: str = ""
    """The code of a figure that must be read beside it: the same against the latest version of the plan."""

    def counted(self, state_then: Combinable | None = None) -> Q:
        """The base's records that count, before period and filters; ``state_then`` is the state of an earlier day."""
        prefix, counted = self.base.to_activity, Q()
        if self.states:
            counted = (
                Q(In(state_then, sorted(self.states)))
                if state_then
                else Q(**{f"{prefix}state__in": sorted(self.states)})
            )
        if self.thematic is not None:
            counted &= Q(**{f"{prefix}thematic": self.thematic})
        return counted & self.only() if self.only else counted

    def activities(self) -> Q:
        """The activities whose records count, before period and filters: those that caveats speak of."""
        counted = Q(state__in=sorted(self.states)) if self.states else Q()
        if self.thematic is not None:
            counted &= Q(thematic=self.thematic)
        return counted & self.only() if self.only and not self.base.to_activity else counted
