"""The data checks of steering (domain handbook, section 9): papers, quorum, action points, minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.steering.access import require_meeting_edit
from pilotage.domain.steering.deadlines import are_minutes_late, is_paper_late, minutes_due, papers_due
from pilotage.domain.steering.models import ActionPoint, Meeting, MeetingReason
from pilotage.domain.steering.queries import quorum_of
from pilotage.domain.steering.words import HELD, MeetingState
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.periods import written_day


@dataclass(frozen=True, slots=True)
class SteeringCheck:
    """One line of the handbook's table."""

    code: str
    level: str
    """E or W."""
    title: Promise
    """What is looked for."""
    mend: str
    """The page of the meeting that mends it: papers, attendance, action, minutes."""
    find: Callable[[Meeting, date], Iterable[str]]
    """What is said of one meeting, nothing where it is well."""


@dataclass(frozen=True, slots=True)
class SteeringFinding:
    """One thing that a check found in a meeting."""

    check: SteeringCheck
    meeting: Meeting
    text: str
    reason: str = ""
    """The written reason of a warning that stands as it is; empty where none is given."""


def meeting_findings(meetings: QuerySet[Meeting], today: date) -> list[SteeringFinding]:
    """All findings in ``meetings``, in the order of the handbook. A fixed number of queries."""
    read = list(
        meetings.exclude(state=MeetingState.CANCELLED)
        .select_related("body", "phase", "country")
        .prefetch_related("papers", "decisions", "presences", "body__members__institution", "check_reasons")
    )
    without_day: dict[int, list[str]] = {}
    points = ActionPoint.objects.filter(meeting__in=[one.pk for one in read])
    incomplete = points.filter(Q(due_on=None) | Q(owner_institution=None, owner_user=None)).order_by("code")
    for key, code in incomplete.values_list("meeting_id", "code"):
        without_day.setdefault(key, []).append(code)
    found = []
    for check in STEERING_CHECKS:
        for meeting in read:
            if check.code == "action_point_incomplete":
                codes = without_day.get(meeting.pk)
                texts = [_("Without owner or date: %(codes)s.") % {"codes": ", ".join(codes)}] if codes else []
            else:
                texts = list(check.find(meeting, today))
            reason = _reason(meeting, check) if texts and check.level == "W" else ""
            found += [SteeringFinding(check, meeting, text, reason) for text in texts]
    return found


def give_meeting_reason(
    *, by: Actor, meeting: Meeting, check_code: str, reason: str, viewer: Viewer | None = None
) -> MeetingReason:
    """Writes down why a warning about a meeting stands. Raises NotAllowed, ValidationError where it is empty."""
    require_meeting_edit(viewer, meeting)
    if STEERING_CHECK_BY_CODE[check_code].level != "W":
        raise ValidationError(_("An error is mended; a reason does not lift it."))
    if not reason.strip():
        raise ValidationError({"reason": _("Write the reason.")})
    with operation("give meeting reason", by=by, why=reason):
        known = MeetingReason.objects.filter(meeting=meeting, check_code=check_code).first()
        known = known or MeetingReason(meeting=meeting, check_code=check_code)
        known.reason = reason.strip()
        known.full_clean()
        known.save()
        return known


def _reason(meeting: Meeting, check: SteeringCheck) -> str:
    return next((one.reason for one in meeting.check_reasons.all() if one.check_code == check.code), "")


def _day(day: date) -> str:
    return written_day(day, (get_language() or "en").split("-")[0])


def _papers_late(meeting: Meeting, today: date) -> Iterator[str]:
    due = papers_due(meeting)
    # Where nothing is known of the papers of a past meeting, nothing is said of them.
    known = meeting.state in {MeetingState.PLANNED, MeetingState.CONVENED} or meeting.papers_sent_on is not None
    papers = list(meeting.papers.all())
    if due is None or not known:
        return
    if meeting.papers_sent_on is None and today > due and meeting.state == MeetingState.PLANNED:
        yield _("The papers were due on %(due)s and are not sent.") % {"due": _day(due)}
    elif meeting.papers_sent_on is not None and meeting.papers_sent_on > due:
        yield (_("Sent on %(sent)s, due on %(due)s.") % {"sent": _day(meeting.papers_sent_on), "due": _day(due)})
    else:
        late = [paper for paper in papers if paper.sent_on and is_paper_late(paper, due, today)]
        if late:
            yield _("%(number)d of the papers sent after %(due)s.") % {"number": len(late), "due": _day(due)}


def _decision_without_quorum(meeting: Meeting, today: date) -> Iterator[str]:
    if meeting.body is None or meeting.quorum_waived_reason or not meeting.decisions.all():
        return
    reached = quorum_of(meeting)
    if not reached.reached:
        yield (
            _("%(decisions)d decisions, with %(present)d of %(voting)d voting members noted as present.")
            % {"decisions": len(meeting.decisions.all()), "present": reached.present, "voting": reached.voting}
        )


def _minutes_late(meeting: Meeting, today: date) -> Iterator[str]:
    if meeting.state not in HELD or not are_minutes_late(meeting, today):
        return
    if meeting.sources and meeting.circulated_on is None:
        # Taken from published sources, which say nothing of its minutes: that they are missing is not known.
        return
    due = minutes_due(meeting)
    assert due is not None
    if meeting.circulated_on:
        yield (_("Circulated on %(sent)s, due on %(due)s.") % {"sent": _day(meeting.circulated_on), "due": _day(due)})
    elif meeting.state in {MeetingState.HELD, MeetingState.DRAFTED}:
        yield _("The draft was due on %(due)s and is not circulated.") % {"due": _day(due)}


STEERING_CHECKS: tuple[SteeringCheck, ...] = (
    SteeringCheck("papers_late", "W", gettext_lazy("Papers of a meeting sent late"), "papers", _papers_late),
    SteeringCheck(
        "decision_without_quorum", "E", gettext_lazy("A decision without quorum"), "attendance",
        _decision_without_quorum,
    ),
    SteeringCheck(
        "action_point_incomplete", "E", gettext_lazy("An action point without owner or date"), "minutes",
        lambda meeting, today: (),
    ),
    SteeringCheck("minutes_late", "W", gettext_lazy("Minutes of a meeting late"), "minutes", _minutes_late),
)  # fmt: skip
STEERING_CHECK_BY_CODE = {check.code: check for check in STEERING_CHECKS}
