"""Bases: the records that figures count, and the way from each of them to every dimension."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, Model, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact, In, IsNull

from pilotage.domain.activities.models import (
    Activity,
    ActivityCountry,
    ActivityMove,
    Attendance,
    Deliverable,
    ParticipatingInstitution,
    Tally,
)
from pilotage.domain.activities.words import Mode
from pilotage.domain.recommendations.models import Recommendation, RecommendationMove
from pilotage.figures.scopes import DATES, NOBODY, CompiledScope, Rule


@dataclass(frozen=True, slots=True)
class Path:
    """How a base reaches a dimension."""

    column: Combinable | F
    """What the database groups by."""
    link: tuple[type[Model], str] | None = None
    """Where one record may have several values: the rows that hold them, and their column."""
    repeated: bool = False
    """True where the join may give one record twice under the same key."""
    own: bool = False
    """True where the value belongs to the record itself, not to its activity: a person's country, a tally line's sex."""

    @property
    def overlapping(self) -> bool:
        """True where one record may stand under several keys."""
        return self.link is not None


@dataclass(frozen=True, slots=True)
class Base:
    """Records of one model. ``to_activity`` leads from them to the activity that they are part of."""

    name: str
    model: type[Model]
    to_activity: str
    own: dict[str, Path]
    moves: tuple[type[Model], str] | None = None
    """The steps by which the state on an earlier day is known, and their link to the record."""
    of_activities: bool = True
    """False for records that need not be part of an activity."""
    to_phase: str = ""
    """Leads to the phase where that is not the activity's or the record's own."""
    certain: Callable[[CompiledScope, Rule], Q] | None = None
    """The records of the period, where other things than one date decide."""
    candidates: Callable[[CompiledScope, Rule], Q] | None = None
    """Those of which caveats speak, where ``certain`` is given: without regard to their dates."""

    @property
    def phase(self) -> str:
        """The column that leads to the phase."""
        return self.to_phase or f"{self.to_activity}phase"

    def path(self, dimension: str, rule: Rule) -> Path:
        """The way to ``dimension``. Raises KeyError where the base has none."""
        if dimension in self.own:
            return self.own[dimension]
        if not self.of_activities:
            return _recommendation_path(dimension, rule)
        return _activity_path(dimension, self.to_activity, rule)

    def selected(self, dimension: str, rule: Rule, raws: Sequence[Any]) -> Q:
        """The records that stand under one of the keys ``raws`` (as the database has them) of ``dimension``."""
        path = self.path(dimension, rule)
        values = [raw for raw in raws if raw not in (None, "")]
        unknown = len(values) < len(raws)
        if path.link:
            model, column = path.link
            links = model._default_manager.filter(activity=OuterRef(self.to_activity.removesuffix("__") or "pk"))
            found = Q(Exists(links.filter(**{f"{column}__in": values}))) if values else NOBODY
            return found | ~Q(Exists(links)) if unknown else found
        found = Q(In(path.column, values)) if values else NOBODY
        if None in raws:
            return found | Q(IsNull(path.column, True))
        if "" in raws:
            return found | Q(IsNull(path.column, True)) | Q(Exact(path.column, ""))
        return found


def _activity_path(dimension: str, prefix: str, rule: Rule) -> Path:
    plain = {
        "type": "type",
        "scope": "scope",
        "mode": "mode",
        "state": "state",
        "phase": "phase_id",
        "place": "venue_id",
    }
    if dimension in plain:
        return Path(F(f"{prefix}{plain[dimension]}"))
    if dimension in ("quarter", "year", "reporting_year"):
        return Path(F(f"{prefix}{DATES[rule]}_{dimension}"))
    if dimension == "component":
        # Coordination and management belong to no component: that is known, and not the same as not knowing it.
        return Path(
            Case(
                When(**{f"{prefix}component_id__isnull": False}, then=F(f"{prefix}component_id")),
                When(**{f"{prefix}thematic": False}, then=Value(0)),
            )
        )
    if dimension == "country":
        return Path(F(f"{prefix}country_links__country_id"), (ActivityCountry, "country_id"))
    if dimension == "institution":
        return Path(F(f"{prefix}institution_links__institution_id"), (ParticipatingInstitution, "institution_id"))
    if dimension == "institution_type":
        return Path(
            F(f"{prefix}institution_links__institution__type"),
            (ParticipatingInstitution, "institution__type"),
            repeated=True,
        )
    raise KeyError(dimension)


def _recommendation_path(dimension: str, rule: Rule) -> Path:
    if dimension in ("quarter", "year", "reporting_year"):
        return Path(F(f"{DATES[rule]}_{dimension}"))
    return Path(F(_OF_RECOMMENDATION[dimension]))


_OF_RECOMMENDATION = {
    "country": "country_id",
    "institution": "addressee_id",
    "institution_type": "addressee__type",
    "component": "component_id",
    "priority": "priority",
    "recommendation_state": "state",
    "phase": "phase_id",
}


def _mode_of_line() -> Case:
    """A line's own mode, or else the activity's where it had only one."""
    return Case(
        When(~Q(mode=""), then=F("mode")),
        When(activity__mode__in=(Mode.ONSITE, Mode.ONLINE), then=F("activity__mode")),
    )


ACTIVITIES = Base("activities", Activity, "", {}, (ActivityMove, "activity"))
RECOMMENDATIONS = Base(
    "recommendations", Recommendation, "", {}, (RecommendationMove, "recommendation"), of_activities=False
)
TALLIES = Base(
    "tallies",
    Tally,
    "activity__",
    {
        "country": Path(F("country_id"), own=True),
        "institution": Path(F("institution_id"), own=True),
        "institution_type": Path(F("institution_type"), own=True),
        "sex": Path(F("sex"), own=True),
        "mode": Path(_mode_of_line(), own=True),
    },
)
ATTENDANCES = Base(
    "attendances",
    Attendance,
    "activity__",
    {
        "country": Path(F("person__country_id"), own=True),
        "institution": Path(F("person__institution_id"), own=True),
        "institution_type": Path(F("person__institution__type"), own=True),
        "sex": Path(F("person__sex"), own=True),
        "mode": Path(_mode_of_line()),
    },
)
DELIVERABLES = Base("deliverables", Deliverable, "activity__", {"deliverable_type": Path(F("type"), own=True)})
INVOLVEMENTS = Base(
    "involvements",
    ParticipatingInstitution,
    "activity__",
    {
        "country": Path(F("institution__country_id"), own=True),
        "institution_type": Path(F("institution__type"), own=True),
        "institution": Path(F("institution_id"), own=True),
    },
)


def without_institutions() -> Q:
    """Activities for which no institution is named as taking part."""
    return ~Q(Exists(ParticipatingInstitution.objects.filter(activity=OuterRef("pk"))))
