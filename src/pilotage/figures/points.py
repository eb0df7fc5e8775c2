"""Action points as a base of figures: when they were given and when they are due, and the way to every dimension."""

from __future__ import annotations

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Coalesce

from pilotage.domain.activities.queries import within
from pilotage.domain.steering.models import ActionMove, ActionPoint
from pilotage.domain.workplans.models import REGION
from pilotage.figures.bases import Base, Path
from pilotage.figures.scopes import CompiledScope, Rule

MOVES = (ActionMove, "action_point")


def _paths(date: str) -> dict[str, Path]:
    """The way to every dimension; ``date`` is the prefix of the columns by which quarters and years are told."""
    return {
        "meeting_country": Path(Coalesce(F("meeting__country_id"), Value(REGION), output_field=CharField()), own=True),
        "body": Path(F("meeting__body_id"), own=True),
        "institution": Path(F("owner_institution_id"), own=True),
        "institution_type": Path(F("owner_institution__type"), own=True),
        "action_state": Path(F("state"), own=True),
        "quarter": Path(F(f"{date}_quarter"), own=True),
        "year": Path(F(f"{date}_year"), own=True),
        "reporting_year": Path(F(f"{date}_reporting_year"), own=True),
        "phase": Path(F("phase_id"), own=True),
    }


def given_in(scope: CompiledScope, rule: Rule) -> Q:
    """Given at a meeting of the period, as far as the day has come."""
    start = None if scope.to_date else scope.start
    end = min(scope.end, scope.as_of) if scope.end else scope.as_of
    if scope.start is None and scope.end is None and not scope.past:
        # Of the whole phase, also what was given on a day that nobody knows.
        return Q()
    return within("given", start, end)


def overdue_on(scope: CompiledScope, rule: Rule) -> Q:
    """Due before the day."""
    return Q(due_on__lt=scope.as_of)


def first_due_by(scope: CompiledScope, rule: Rule) -> Q:
    """First due within the period and by the day, whatever the date was moved to (domain handbook, 6)."""
    last = min(scope.end, scope.as_of) if scope.end else scope.as_of
    due = Q(first_due_on__lte=last)
    return due & Q(first_due_on__gte=scope.start) if scope.start and not scope.to_date else due


def done_in_time() -> Q:
    """Done by the first due date: what the owner reported and a coordinator confirmed."""
    return Q(done_on__lte=F("first_due_on"))


GIVEN = Base("action_points", ActionPoint, "", _paths("given"), MOVES, of_activities=False, certain=given_in)
OVERDUE = Base(
    "action_points_overdue", ActionPoint, "", _paths("given"), MOVES, of_activities=False, certain=overdue_on
)
FIRST_DUE = Base(
    "action_points_due", ActionPoint, "", _paths("first_due"), MOVES, of_activities=False, certain=first_due_by
)
