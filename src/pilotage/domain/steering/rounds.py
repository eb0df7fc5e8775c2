"""The round of a year: the national meetings, then the regional one, planned together with one data cut-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Place
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.agendas import make_agenda
from pilotage.domain.steering.bodies import require_body_edit
from pilotage.domain.steering.models import MeetingRound, SteeringBody
from pilotage.domain.steering.operations import add_meeting, plan_round
from pilotage.domain.steering.words import BodyKind, MeetingKind
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.records import edit_record
from pilotage.kit.texts import Text

KIND_OF = {
    BodyKind.NATIONAL: MeetingKind.NATIONAL_STEERING,
    BodyKind.REGIONAL: MeetingKind.REGIONAL_STEERING,
}


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """One meeting of a round: its body, day and place (None: the capital is not decided yet)."""

    body: SteeringBody
    day: date
    place: Place | None = None
    mode: str = ""


def title_of(body: SteeringBody, year: int) -> Text:
    """The title that a meeting of the body gets: the body's own with the year."""
    return {language: f"{words}, {year}" for language, words in body.title.items()}


def proposed_days(bodies: Sequence[SteeringBody], first: date) -> dict[int, date]:
    """Days for the meetings, by the body's key: nationals two a week on Tuesdays and Thursdays, the regional one later.

    The regional group draws the sum of the national ones: it meets as long after the last of them as its notice and
    the time for the national minutes want.
    """
    days: dict[int, date] = {}
    day = _next(first, (1, 3))
    national = [body for body in bodies if body.kind == BodyKind.NATIONAL]
    for body in national:
        days[body.pk] = day
        day = _next(day + timedelta(days=1), (1, 3))
    last = max(days.values(), default=first)
    for body in bodies:
        if body.kind == BodyKind.REGIONAL:
            days[body.pk] = _next(last + timedelta(weeks=4), (2,))
    return days


def plan_meetings(
    *,
    by: Actor,
    phase: Phase,
    year: int,
    cut_off: date,
    meetings: Sequence[PlannedMeeting],
    with_agenda: bool = True,
    viewer: Viewer | None = None,
) -> MeetingRound:
    """Plans a round with all its meetings, all or none. Raises NotAllowed, ValidationError (by the body's key or field)."""
    require_body_edit(viewer, phase)
    check_days(cut_off, meetings)
    with operation("plan round", by=by):
        planned = plan_round(by=by, phase=phase, year=year, cut_off=cut_off)
        for one in sorted(meetings, key=lambda meeting: meeting.day):
            add_to_round(by=by, planned=planned, one=one, with_agenda=with_agenda, viewer=viewer)
        return planned


def add_to_round(
    *, by: Actor, planned: MeetingRound, one: PlannedMeeting, with_agenda: bool = True, viewer: Viewer | None = None
) -> None:
    """Adds the meeting of one more body to a round. Raises ValidationError where the body has one there already."""
    require_body_edit(viewer, planned.phase)
    with operation("add meeting", by=by):
        if planned.meetings.filter(body=one.body).exclude(state="cancelled").exists():
            raise ValidationError(_("This body has a meeting in the round already."))
        meeting = add_meeting(
            by=by,
            phase=planned.phase,
            viewer=viewer,
            values={
                "kind": KIND_OF[BodyKind(one.body.kind)],
                "body": one.body,
                "round": planned,
                "title": title_of(one.body, planned.year),
                "starts": one.day.isoformat(),
                "ends": one.day.isoformat(),
                "place": one.place,
                "mode": one.mode,
            },
        )
        if with_agenda:
            make_agenda(by=by, meeting=meeting, viewer=viewer)


def edit_round(
    *, by: Actor, planned: MeetingRound, cut_off: date, version: int, viewer: Viewer | None = None
) -> MeetingRound:
    """Moves the data cut-off of a round that was read at ``version``. Raises StaleRecord, NotAllowed, ValidationError."""
    require_body_edit(viewer, planned.phase)
    first = min((one.begins_on for one in planned.meetings.all() if one.begins_on), default=None)
    if first is not None and cut_off > first:
        raise ValidationError({"cut_off": _("The data cut-off lies after the first meeting.")})
    with operation("edit round", by=by):
        return edit_record(planned, {"cut_off": cut_off}, version)


def check_days(cut_off: date, meetings: Sequence[PlannedMeeting]) -> None:
    """Raises ValidationError: no meeting before the cut-off, the regional one after every national one."""
    if not meetings:
        raise ValidationError(_("Choose at least one meeting."))
    found: dict[str, str] = {}
    national = [one.day for one in meetings if one.body.kind == BodyKind.NATIONAL]
    for one in meetings:
        if one.day < cut_off:
            found[f"day_{one.body.pk}"] = _("The meeting is before the data cut-off.")
        elif one.body.kind == BodyKind.REGIONAL and national and one.day <= max(national):
            found[f"day_{one.body.pk}"] = _("The regional group meets after the last national one.")
    if found:
        raise ValidationError(found)


def _next(day: date, weekdays: tuple[int, ...]) -> date:
    while day.weekday() not in weekdays:
        day += timedelta(days=1)
    return day
