"""What a meeting wants next, whose turn it is and by when: the list on the page of a round and of a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pilotage.domain.membership.models import Role
from pilotage.domain.steering.deadlines import (
    comments_due,
    day_of,
    last_day_of,
    may_approve_tacitly,
    minutes_due,
    papers_due,
)
from pilotage.domain.steering.invitations import is_still_ahead, to_invite
from pilotage.domain.steering.models import Meeting, MinutesComment
from pilotage.domain.steering.words import MeetingState


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do now: in words, by a role, by a day where there is one, on a page of the meeting."""

    words: Promise | str
    role: Role
    page: str
    """Name of the page on which it is done: edit, agenda, papers, invitations, attendance, minutes, move."""
    due: date | None = None
    step: str = ""
    """The step of the meeting, where it is one."""

    def is_late_on(self, today: date) -> bool:
        """True where its day has passed."""
        return self.due is not None and self.due < today


def secretariat(meeting: Meeting) -> Role:
    """Who prepares the meeting: the coordinator of its country, else the programme manager."""
    return Role.NC if meeting.country_id else Role.PM


def next_steps(meeting: Meeting, today: date) -> list[NextStep]:
    """What is to be done next, the nearest first. A few queries for a meeting.

    Nothing for a past meeting that was taken from published sources: what became of its minutes is not known here.
    """
    if meeting.sources and meeting.state == MeetingState.HELD:
        return []
    match meeting.state:
        case MeetingState.PLANNED:
            return list(_to_convene(meeting, today))
        case MeetingState.CONVENED:
            return list(_to_hold(meeting, today))
        case MeetingState.HELD:
            return list(_to_draft(meeting))
        case MeetingState.DRAFTED:
            due = minutes_due(meeting)
            return [NextStep(_("Circulate the minutes"), secretariat(meeting), "move", due, "circulate")]
        case MeetingState.CIRCULATED:
            return list(_to_approve(meeting, today))
        case MeetingState.APPROVED:
            return [NextStep(_("Publish the minutes"), Role.PM, "move", step="publish")]
        case _:
            return []


def _to_convene(meeting: Meeting, today: date) -> Iterator[NextStep]:
    role, due, day = secretariat(meeting), papers_due(meeting), day_of(meeting)
    if day is None:
        yield NextStep(_("Settle the day of the meeting"), role, "edit")
    if meeting.place_id is None and meeting.mode != "online":
        yield NextStep(_("Settle the place"), role, "edit", due)
    if not meeting.agenda.exists():
        yield NextStep(_("Make the agenda"), role, "agenda", due)
    if not meeting.papers.exists():
        yield NextStep(_("Add the papers"), role, "papers", due)
    if day is not None and meeting.agenda.exists():
        yield NextStep(_("Send the papers and convene the meeting"), role, "move", due, "convene")
    if day is not None and day > today and to_invite(meeting):
        yield NextStep(_("Send the calendar invitations"), role, "invitations", due)


def _to_hold(meeting: Meeting, today: date) -> Iterator[NextStep]:
    role, day = secretariat(meeting), day_of(meeting)
    if is_still_ahead(meeting, today) and (day is None or day > today) and to_invite(meeting):
        updated = meeting.invitations.exists()
        words = _("Send the update of the invitation") if updated else _("Send the calendar invitations")
        yield NextStep(words, role, "invitations", day)
    if day and day <= today:
        if not meeting.presences.exists():
            yield NextStep(_("Note who is present"), role, "attendance", day)
        yield NextStep(_("Record the meeting as held"), role, "move", last_day_of(meeting), "hold")
    else:
        yield NextStep(_("Hold the meeting"), role, "meeting", day)


def _to_draft(meeting: Meeting) -> Iterator[NextStep]:
    role, due = secretariat(meeting), minutes_due(meeting)
    if meeting.body_id and not meeting.presences.exists():
        yield NextStep(_("Note who is present"), role, "attendance")
    yield NextStep(_("Write the minutes in both languages"), role, "minutes", due)
    yield NextStep(_("Say that the draft is ready"), role, "move", due, "draft_minutes")


def _to_approve(meeting: Meeting, today: date) -> Iterator[NextStep]:
    waiting = meeting.comments.filter(outcome=MinutesComment.Outcome.OPEN).count()
    due = comments_due(meeting)
    if waiting:
        words = ngettext_lazy("Answer %(number)d comment", "Answer %(number)d comments", waiting)
        yield NextStep(words % {"number": waiting}, secretariat(meeting), "minutes", due)
    if may_approve_tacitly(meeting, today):
        if not waiting:
            yield NextStep(_("Record the tacit approval"), Role.PM, "move", step="approve_tacitly")
    elif due is not None and today <= due:
        yield NextStep(_("Comment on the minutes"), Role.SM, "minutes", due)
    elif not waiting:
        yield NextStep(_("Record the approval"), Role.PM, "move", step="approve")
