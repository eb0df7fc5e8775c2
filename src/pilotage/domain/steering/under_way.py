"""The round of meetings that is under way: what a programme's first page leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import visible_meetings
from pilotage.domain.steering.models import Meeting, MeetingRound
from pilotage.domain.steering.words import HELD, MeetingState

THROUGH = frozenset({MeetingState.APPROVED, MeetingState.PUBLISHED, MeetingState.CANCELLED})


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The latest round as one viewer sees it: which meeting comes next, which was held last."""

    round: MeetingRound
    held: int
    of: int
    next: Meeting | None
    last: Meeting | None


def round_under_way(viewer: Viewer, phase: Phase, day: date) -> UnderWay | None:
    """The latest round, as long as one of its meetings is to come or its minutes are not approved. One query.

    None for a viewer who sees none of its meetings, and where the round is through.
    """
    visible = visible_meetings(viewer, phase).filter(round__isnull=False)
    latest = visible.order_by("-round__year").values("round__year")[:1]
    related = ("round", "body", "country", "place")
    meetings = list(visible.filter(round__year=latest).select_related(*related).order_by("begins_on", "code"))
    if all(meeting.state in THROUGH for meeting in meetings):
        return None
    ahead = [one for one in meetings if one.state not in HELD | THROUGH and (one.begins_on or day) >= day]
    held = [one for one in meetings if one.state in HELD]
    counted = [one for one in meetings if one.state != MeetingState.CANCELLED]
    planned = meetings[0].round
    assert planned is not None
    return UnderWay(planned, len(held), len(counted), next(iter(ahead), None), held[-1] if held else None)
