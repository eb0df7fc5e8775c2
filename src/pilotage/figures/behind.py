"""The records behind a number, as somebody may see them. The number counts all; the list shows what its reader may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.models import Activity
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.recommendations.access import visible_recommendations
from pilotage.domain.steering.access import visible_action_points
from pilotage.domain.steering.models import ActionPoint
from pilotage.domain.workplans.access import visible_plans
from pilotage.domain.workplans.models import PlanLine
from pilotage.figures.asking import Asked
from pilotage.figures.compute import sees_small
from pilotage.figures.measures import Measure, Total


@dataclass(frozen=True, slots=True)
class Behind:
    """The activities (recommendations, lines of plans) behind a number: those that the viewer may see, and how many in
    all."""

    activities: QuerySet[Any]
    """Annotated with ``counted``, the records of each that the number counts, where the viewer may know it."""
    shown: int
    all: int
    counted: bool

    @property
    def hidden(self) -> int:
        """How many of the activities the viewer does not see."""
        return self.all - self.shown


def behind(asked: Asked, viewer: Viewer) -> Behind:
    """The activities whose records the question counts, newest first. Two queries beside those that read the list.

    How many persons of each activity count is shown to staff alone: for the public it would be a small number.
    """
    members = asked.members(viewer)
    if not asked.figure.base.of_activities:
        seen: Any = members.filter(visible_own(asked, viewer))
        return Behind(seen, seen.count(), members.count(), False)
    link = asked.figure.base.to_activity.removesuffix("__")
    keys = members.values(f"{link}_id" if link else "pk").order_by()
    activities = Activity.objects.filter(pk__in=keys)
    visible = activities.filter(visible_activity(asked, viewer))
    counted = not asked.figure.of_persons or sees_small(viewer, asked.phases)
    if counted and link:
        own = members.filter(**{link: OuterRef("pk")}).order_by().values(link)
        visible = visible.annotate(counted=Subquery(own.annotate(n=_amount(asked.figure.measure)).values("n")))
    return Behind(visible, visible.count(), activities.count(), counted and bool(link))


def _amount(measure: Measure) -> Any:
    column = "count" if "women" in measure.persons else measure.column if isinstance(measure, Total) else ""
    return Sum(column) if column else Count("pk")


def visible_own(asked: Asked, viewer: Viewer) -> Q:
    """Of records that need not be part of an activity."""
    visible = Q()
    for phase in asked.phases:
        if asked.figure.base.model is ActionPoint:
            visible |= Q(pk__in=visible_action_points(viewer, phase).values("pk"))
        elif asked.figure.base.model is PlanLine:
            visible |= Q(plan__in=visible_plans(viewer, phase).values("pk"))
        else:
            visible |= Q(pk__in=visible_recommendations(viewer, phase).values("pk"))
    return visible


def visible_activity(asked: Asked, viewer: Viewer) -> Q:
    """Of activities."""
    visible = Q()
    for phase in asked.phases:
        visible |= Q(pk__in=visible_activities(viewer, phase).values("pk"))
    return visible
