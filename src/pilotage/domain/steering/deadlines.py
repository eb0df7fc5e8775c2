"""By when papers, minutes and comments are due: the terms of reference counted from the days of a meeting.

A meeting without a steering body has no terms of reference and no deadlines; neither has one whose day is not known.
"""

from __future__ import annotations

from datetime import date

from pilotage.domain.steering.models import Meeting, Paper
from pilotage.domain.steering.rules import working_days_after, working_days_before
from pilotage.kit.partial_dates import bounds


def day_of(meeting: Meeting) -> date | None:
    """The first day of the meeting where it is known to the day."""
    first, last = bounds(meeting.starts)
    return first if first == last else None


def last_day_of(meeting: Meeting) -> date | None:
    """The last day of the meeting where it is known to the day."""
    first, last = bounds(meeting.ends)
    return first if first is not None and first == last else day_of(meeting)


def papers_due(meeting: Meeting) -> date | None:
    """The last day on which papers may be sent."""
    day = day_of(meeting)
    return working_days_before(day, meeting.body.notice_days) if day and meeting.body else None


def minutes_due(meeting: Meeting) -> date | None:
    """The day by which the draft minutes are to be circulated."""
    day = last_day_of(meeting)
    return working_days_after(day, meeting.body.minutes_days) if day and meeting.body else None


def comments_due(meeting: Meeting) -> date | None:
    """The last day for comments on the minutes as they were circulated."""
    if meeting.circulated_on is None or meeting.body is None:
        return None
    return working_days_after(meeting.circulated_on, meeting.body.comment_days)


def is_paper_late(paper: Paper, due: date | None, today: date) -> bool:
    """Sent after ``due``, or not sent although ``due`` has passed."""
    return due is not None and (paper.sent_on or today) > due


def are_papers_late(meeting: Meeting, today: date) -> bool:
    """True where the papers as a whole went out too late, or have not gone out although they should have."""
    due = papers_due(meeting)
    return due is not None and (meeting.papers_sent_on or today) > due


def are_minutes_late(meeting: Meeting, today: date) -> bool:
    """True where the minutes were circulated too late, or are not circulated although they should be."""
    due = minutes_due(meeting)
    return due is not None and (meeting.circulated_on or today) > due


def may_approve_tacitly(meeting: Meeting, day: date) -> bool:
    """True where the terms of reference allow it and the time for comments has passed on ``day``."""
    due = comments_due(meeting)
    return due is not None and meeting.body is not None and meeting.body.tacit_approval and day > due
