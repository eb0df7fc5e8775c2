"""The meetings of steering groups on the timeline of a phase."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from pilotage.domain.steering.models import Meeting
from pilotage.domain.steering.words import MeetingState
from pilotage.figures.forms.timeline import Milestone
from pilotage.kit.texts import Text

_FIRST: dict[bool, Text] = {
    True: {"en": "Regional group: 1st meeting", "ru": "Региональная группа: 1-е заседание"},
    False: {"en": "National group: 1st meeting", "ru": "Национальная группа: 1-е заседание"},
}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def steering_milestones(
    meetings: QuerySet[Meeting], as_of: date, *, regional: bool, coming: Meeting | None = None
) -> tuple[Milestone, ...]:
    """The meetings of one group that were held by ``as_of``, in their order, and the one that is ``coming``.

    Only the first is named in full: the timeline says the others by their number. Meetings without a known day are
    left out, yet counted.
    """
    found: list[Milestone] = []
    held = meetings.exclude(state__in=(MeetingState.CANCELLED, MeetingState.PLANNED, MeetingState.CONVENED))
    known = [meeting for meeting in held.order_by("begins_on", "pk") if meeting.pk != (coming and coming.pk)]
    for number, meeting in enumerate([*known, *([coming] if coming else [])], 1):
        day = meeting.begins_on
        if day is None or (day > as_of and meeting != coming):
            continue
        ending = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
        label = _FIRST[regional] if not found and number == 1 else {"en": f"{number}{ending}", "ru": f"{number}-е"}
        found.append(Milestone(f"m{meeting.pk}", day, label, meeting=True, done=day <= as_of))
    return tuple(found)
