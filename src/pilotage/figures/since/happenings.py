"""What became of records between two days: one word for each, from how they stood at the end of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pilotage.domain.activities.states import AHEAD
from pilotage.domain.activities.states import HELD as TOOK_PLACE
from pilotage.domain.activities.words import State as ActivityState
from pilotage.domain.recommendations.words import ANSWERED, AWAITING_ANSWER, NOT_COUNTED, TO_IMPLEMENT
from pilotage.domain.recommendations.words import State as RecommendationState
from pilotage.domain.steering.words import UNFINISHED, ActionState
from pilotage.figures.since.standing import Standing, Values
from pilotage.kit.partial_dates import bounds

Kind = Literal["added", "done", "moved", "answered", "adopted", "behind"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that may be said of records: ``noun`` and ``what`` together name it in addresses."""

    noun: Literal["activities", "recommendations", "action-points"]
    what: str
    kind: Kind

    @property
    def code(self) -> str:
        """``activities-done``."""
        return f"{self.noun}-{self.what}"


HAPPENINGS: tuple[Happening, ...] = (
    Happening("activities", "done", "done"),
    Happening("activities", "entered-late", "done"),
    Happening("activities", "added", "added"),
    Happening("activities", "later", "moved"),
    Happening("activities", "earlier", "moved"),
    Happening("activities", "postponed", "moved"),
    Happening("activities", "cancelled", "moved"),
    Happening("activities", "behind", "behind"),
    Happening("recommendations", "issued", "added"),
    Happening("recommendations", "answered", "answered"),
    Happening("recommendations", "adopted", "adopted"),
    Happening("recommendations", "unanswered", "behind"),
    Happening("recommendations", "overdue", "behind"),
    Happening("action-points", "agreed", "added"),
    Happening("action-points", "done", "done"),
    Happening("action-points", "overdue", "behind"),
)
"""In the order in which they are said: what came about, what moved, what fell behind."""

ACTIVITY_FIELDS = ("state", "planned_start", "planned_end", "baseline_start", "baseline_end", "actual_end")
RECOMMENDATION_FIELDS = ("state", "state_known", "response_due", "implementation_due")
ACTION_FIELDS = ("state", "due_on")
PUT_OFF = frozenset({ActivityState.POSTPONED})


def of_activity(standing: Standing, since: date, until: date) -> list[str]:
    """What became of an activity: at most one word, and "behind" beside it. A draft is not yet anything."""
    before, after = _unless_draft(standing.before), _unless_draft(standing.after)
    if after is None:
        return []
    state, was = after["state"], before["state"] if before else None
    if state in TOOK_PLACE:
        if was in TOOK_PLACE:
            return []
        ended = bounds(after["actual_end"])[1]
        return ["entered-late" if ended and ended <= since else "done"]
    if state == ActivityState.CANCELLED:
        return ["cancelled"] if was in AHEAD else []
    said = [] if before is None else _moved(before, after)
    if before is None:
        said = ["added"]
    if _is_late(after, until) and not (before and _is_late(before, since)):
        said.append("behind")
    return said


def of_recommendation(standing: Standing, since: date, until: date) -> list[str]:
    """What became of a recommendation. One whose state is not known tells nothing."""
    before, after = _counted(standing.before), _counted(standing.after)
    if after is None or not after["state_known"]:
        return []
    said = []
    state, was = after["state"], before["state"] if before else None
    if before is None:
        said.append("issued")
    if state == RecommendationState.ADOPTED and was != RecommendationState.ADOPTED:
        said.append("adopted")
    elif state in ANSWERED and was not in ANSWERED:
        said.append("answered")
    for word, states, field in (
        ("unanswered", AWAITING_ANSWER, "response_due"),
        ("overdue", TO_IMPLEMENT, "implementation_due"),
    ):
        if _passed(after, states, field, until) and not (before and _passed(before, states, field, since)):
            said.append(word)
    return said


def of_action_point(standing: Standing, since: date, until: date) -> list[str]:
    """What became of an action point."""
    before, after = standing.before, standing.after
    if after is None:
        return []
    said = ["agreed"] if before is None else []
    if after["state"] == ActionState.DONE and (before is None or before["state"] != ActionState.DONE):
        said.append("done")
    if _passed(after, UNFINISHED, "due_on", until) and not (before and _passed(before, UNFINISHED, "due_on", since)):
        said.append("overdue")
    return said


def planned_end(values: Values) -> str:
    """The planned end as written, or the next best that is known: as the register of activities reads it."""
    found = values["planned_end"] or values["planned_start"] or values["baseline_end"] or values["baseline_start"]
    return str(found or "")


def _moved(before: Values, after: Values) -> list[str]:
    was, is_now = bounds(planned_end(before)), bounds(planned_end(after))
    if was != is_now and was[1] and is_now[1]:
        return ["later" if (is_now[1], is_now[0]) > (was[1], was[0]) else "earlier"]
    return ["postponed"] if after["state"] in PUT_OFF and before["state"] not in PUT_OFF else []


def _is_late(values: Values, day: date) -> bool:
    last = bounds(planned_end(values))[1]
    return values["state"] in AHEAD and last is not None and last < day


def _passed(values: Values, states: frozenset[Any], field: str, day: date) -> bool:
    due = values[field]
    if isinstance(due, str):
        due = date.fromisoformat(due)
    return values["state"] in states and due is not None and due < day


def _unless_draft(values: Values | None) -> Values | None:
    return None if values is None or values["state"] == ActivityState.DRAFT else values


def _counted(values: Values | None) -> Values | None:
    return None if values is None or values["state"] in NOT_COUNTED else values
