"""Writes of steering: bodies, rounds, meetings, what is said and decided in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.steering.access import can_edit_meeting, require_meeting_edit, steps_open_to
from pilotage.domain.steering.bodies import check_body
from pilotage.domain.steering.deadlines import day_of, may_approve_tacitly
from pilotage.domain.steering.invitations import INVITING, is_still_ahead, take_back
from pilotage.domain.steering.models import (
    AgendaItem,
    BodyMember,
    Decision,
    Meeting,
    MeetingMove,
    MeetingRound,
    MeetingSession,
    Mention,
    MinutesComment,
    Presence,
    SteeringBody,
)
from pilotage.domain.steering.queries import quorum_of
from pilotage.domain.steering.states import MEETING_STEP_BY_NAME
from pilotage.domain.steering.texts import require_printable_texts
from pilotage.domain.steering.words import IN_THE_ROOM, MeetingKind, MeetingState, SessionKind
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.partial_dates import bounds
from pilotage.kit.records import edit_record

DATED = {
    "convene": "papers_sent_on",
    "circulate": "circulated_on",
    "approve": "approved_on",
    "approve_tacitly": "approved_on",
}
"""Which date a step gives the meeting."""
IN_A_CALENDAR = ("title", "starts", "ends", "place", "mode")
"""What a calendar shows of a meeting: where it changes, whoever was invited gets an update."""


def add_body(*, by: Actor, values: Mapping[str, Any], members: Sequence[Mapping[str, Any]] = ()) -> SteeringBody:
    """Sets up a steering body with its terms of reference and seats. Raises ValidationError by field."""
    with operation("add steering body", by=by):
        body = SteeringBody(**values)
        body.full_clean()
        check_body(body)
        body.save()
        for member in members:
            seat = BodyMember(body=body, **member)
            seat.full_clean()
            seat.save()
        return body


def plan_round(*, by: Actor, phase: Phase, year: int, cut_off: date) -> MeetingRound:
    """Plans the meetings of a year as one round with a single data cut-off. Raises ValidationError."""
    with operation("plan round", by=by):
        planned = MeetingRound(phase=phase, year=year, cut_off=cut_off)
        planned.full_clean()
        planned.save()
        return planned


def add_meeting(*, by: Actor, phase: Phase, values: Mapping[str, Any], viewer: Viewer | None = None) -> Meeting:
    """Plans a meeting with its joint session. Raises NotAllowed or ValidationError by field."""
    with operation("add meeting", by=by):
        meeting = Meeting(phase=phase, **values)
        if meeting.body is not None:
            meeting.country = meeting.body.country
        meeting.code = meeting.code or _next_code(Meeting, phase, "M")
        _check_meeting(meeting)
        meeting.save()
        require_meeting_edit(viewer, meeting)
        MeetingSession(meeting=meeting, kind=SessionKind.JOINT, position=0).save()
        return meeting


def edit_meeting(
    *, by: Actor, meeting: Meeting, values: Mapping[str, Any], version: int, viewer: Viewer | None = None
) -> Meeting:
    """Changes a meeting that was read at ``version``. Raises StaleRecord, NotAllowed, ValidationError."""
    require_meeting_edit(viewer, meeting)
    with operation("edit meeting", by=by):
        before = [getattr(meeting, name) for name in IN_A_CALENDAR]
        values = dict(values)
        changed = before != [values.get(name, getattr(meeting, name)) for name in IN_A_CALENDAR]
        if changed and _concerns_the_invited(meeting, values):
            # Those who were invited must learn of it: the next invitation replaces the earlier one.
            values["sequence"] = meeting.sequence + 1
        day = day_of(meeting)
        edit_record(meeting, values, version)
        _check_meeting(meeting)
        _move_sessions(meeting, day)
        for point in meeting.action_points.select_related("phase"):
            # The period in which it was given follows from the meeting's day.
            point.meeting = meeting
            point.save()
        return meeting


def _move_sessions(meeting: Meeting, before: date | None) -> None:
    """Lets the sessions follow their meeting to another day, at the same hours."""
    now = day_of(meeting)
    if before is None or now is None or before == now:
        return
    for session in meeting.sessions.exclude(starts_at=None, ends_at=None):
        session.starts_at = session.starts_at and session.starts_at + (now - before)
        session.ends_at = session.ends_at and session.ends_at + (now - before)
        session.save()


def _concerns_the_invited(meeting: Meeting, values: Mapping[str, Any]) -> bool:
    """True where somebody has the present invitation, and the meeting is, or now will be, still ahead."""
    if not meeting.invitations.filter(sequence=meeting.sequence).exists():
        return False
    today = timezone.localdate()
    last = bounds(values.get("ends", meeting.ends))[1]
    return is_still_ahead(meeting, today) or (meeting.state in INVITING and last is not None and last >= today)


def add_session(*, by: Actor, meeting: Meeting, institution: Any, viewer: Viewer | None = None) -> MeetingSession:
    """Adds the bilateral consultation with one institution after the joint session."""
    require_meeting_edit(viewer, meeting)
    with operation("add session", by=by):
        position = (meeting.sessions.aggregate(last=Max("position"))["last"] or 0) + 1
        session = MeetingSession(
            meeting=meeting, kind=SessionKind.BILATERAL, institution=institution, position=position
        )
        session.full_clean()
        session.save()
        return session


def add_agenda_item(
    *, by: Actor, session: MeetingSession, values: Mapping[str, Any], viewer: Viewer | None = None
) -> AgendaItem:
    """Adds an item to a session's agenda, last unless ``position`` says otherwise."""
    require_meeting_edit(viewer, session.meeting)
    _require_not_approved(session.meeting)
    with operation("add agenda item", by=by):
        position = (session.items.aggregate(last=Max("position"))["last"] or 0) + 1
        item = AgendaItem(**{"meeting": session.meeting, "session": session, "position": position, **values})
        item.full_clean()
        require_printable_texts(item, "title", "summary")
        item.save()
        return item


def write_summary(
    *, by: Actor, item: AgendaItem, language: str, text: str, version: int, viewer: Viewer | None = None
) -> AgendaItem:
    """Writes what was said under an item, in one language; the other one stays. Raises StaleRecord.

    Comments on circulated minutes are taken over here too; after the approval nothing changes any more.
    """
    require_meeting_edit(viewer, item.meeting)
    if item.meeting.state != MeetingState.CIRCULATED:
        _require_in_the_room(item.meeting)
    with operation("write summary", by=by):
        if item.version != version:
            raise item.stale_since(version)
        item.summary = {**item.summary, language: text}
        item.full_clean()
        require_printable_texts(item, "summary")
        item.save()
        return item


def record_presence(
    *, by: Actor, meeting: Meeting, values: Mapping[str, Any], viewer: Viewer | None = None
) -> Presence:
    """Notes that a member, an alternate or a guest was in the room. A seat is filled once."""
    require_meeting_edit(viewer, meeting)
    _require_in_the_room(meeting)
    with operation("record presence", by=by):
        member = values.get("member")
        known = Presence.objects.filter(meeting=meeting, member=member).first() if member else None
        presence = known or Presence(meeting=meeting)
        for name, value in values.items():
            setattr(presence, name, value)
        if presence.member is not None and presence.member.body_id != meeting.body_id:
            raise ValidationError({"member": _("This seat belongs to another body.")})
        presence.full_clean()
        presence.save()
        return presence


def remove_presence(*, by: Actor, presence: Presence, viewer: Viewer | None = None) -> None:
    """Takes back a presence that was noted by mistake."""
    require_meeting_edit(viewer, presence.meeting)
    _require_in_the_room(presence.meeting)
    with operation("remove presence", by=by):
        presence.delete()


def record_decision(
    *, by: Actor, meeting: Meeting, values: Mapping[str, Any], viewer: Viewer | None = None
) -> Decision:
    """Records what the meeting decided. A steering body without quorum decides nothing: ValidationError says who lacks.

    The manager may let decisions stand with a written reason (``waive_quorum``), as where the terms of reference
    allow a written procedure.
    """
    require_meeting_edit(viewer, meeting)
    _require_in_the_room(meeting)
    _require_quorum(meeting)
    with operation("record decision", by=by):
        number = (meeting.decisions.aggregate(last=Max("number"))["last"] or 0) + 1
        decision = Decision(meeting=meeting, number=number, **values)
        decision.full_clean()
        if not decision.text:
            raise ValidationError({"text": _("Write the decision in at least one language.")})
        require_printable_texts(decision, "text")
        decision.save()
        return decision


def edit_decision(
    *, by: Actor, decision: Decision, values: Mapping[str, Any], version: int, viewer: Viewer | None = None
) -> Decision:
    """Changes the wording of a decision until the minutes are approved. Raises StaleRecord, ValidationError."""
    require_meeting_edit(viewer, decision.meeting)
    _require_not_approved(decision.meeting)
    with operation("edit decision", by=by):
        edit_record(decision, values, version)
        require_printable_texts(decision, "text")
        return decision


def waive_quorum(*, by: Actor, viewer: Viewer | None, meeting: Meeting, reason: str) -> Meeting:
    """Lets decisions stand although the quorum was not reached, with the reason that the terms of reference give."""
    if viewer is not None and "PM" not in viewer.roles_in(meeting.phase):
        raise NotAllowed(_("Only the programme manager may do this."))
    if not reason.strip():
        raise ValidationError({"reason": _("Write the reason.")})
    with operation("waive quorum", by=by, why=reason):
        meeting.quorum_waived_reason = reason.strip()
        meeting.save()
        return meeting


def mention_recommendation(
    *,
    by: Actor,
    meeting: Meeting,
    recommendation: Recommendation,
    item: AgendaItem | None = None,
    came_out_of_it: bool = False,
    viewer: Viewer | None = None,
) -> Mention:
    """Notes that the meeting spoke of a recommendation, or that it came out of the meeting."""
    require_meeting_edit(viewer, meeting)
    if recommendation.phase_id != meeting.phase_id:
        raise ValidationError({"recommendation": _("This recommendation belongs to another phase.")})
    with operation("mention recommendation", by=by):
        mention = Mention.objects.filter(meeting=meeting, recommendation=recommendation).first()
        mention = mention or Mention(meeting=meeting, recommendation=recommendation)
        mention.item, mention.came_out_of_it = item, came_out_of_it
        mention.save()
        return mention


def comment_minutes(*, by: Actor, meeting: Meeting, values: Mapping[str, Any]) -> MinutesComment:
    """Keeps a comment on circulated minutes, whoever sent it and by whichever way."""
    if meeting.state != MeetingState.CIRCULATED:
        raise ValidationError(_("Comments are taken while the minutes are circulated."))
    with operation("comment minutes", by=by):
        comment = MinutesComment(
            **{
                "meeting": meeting,
                "by_id": by.actor_id,
                "by_name": by.actor_name,
                "received_on": timezone.localdate(),
                **values,
            }
        )
        comment.full_clean()
        comment.save()
        return comment


def answer_comment(
    *, by: Actor, comment: MinutesComment, outcome: str, reply: str, viewer: Viewer | None = None
) -> MinutesComment:
    """Says whether a comment was taken over, and why."""
    require_meeting_edit(viewer, comment.meeting)
    with operation("answer comment", by=by):
        comment.outcome, comment.reply = outcome, reply
        comment.full_clean()
        comment.save()
        return comment


def move_meeting(
    *,
    by: Actor,
    meeting: Meeting,
    step: str,
    viewer: Viewer | None = None,
    effective_on: date | None = None,
    reason: str = "",
) -> Meeting:
    """Makes one step of a meeting. Approved twice at the same moment, the second is told that it is done already."""
    known = MEETING_STEP_BY_NAME.get(step)
    day = effective_on or timezone.localdate()
    with operation(f"{step.replace('_', ' ')} meeting", by=by, why=reason, effective_on=day):
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if known is None or locked.state not in known.from_states:
            raise ValidationError(
                _("A meeting in the state “%(state)s” cannot make this step.") % {"state": locked.get_state_display()}
            )
        if viewer is not None and known not in steps_open_to(viewer, locked):
            raise NotAllowed(_("Your role may not take this step."))
        if "reason" in known.needs and not reason.strip():
            raise ValidationError({"reason": _("Write the reason.")})
        _require_ready(locked, step, day)
        origin, locked.state = locked.state, known.to_state
        dated = DATED.get(step)
        if dated:
            setattr(locked, dated, day)
        locked.approved_tacitly = step == "approve_tacitly" or (locked.approved_tacitly and step != "approve")
        locked.sequence += step == "cancel"
        locked.save()
        if step == "cancel":
            take_back(by=by, meeting=locked)
        MeetingMove(
            meeting=locked,
            move=step,
            from_state=origin,
            to_state=known.to_state,
            effective_on=day,
            reason=reason,
            by_id=by.actor_id,
            by_name=by.actor_name,
        ).save()
        return locked


def _require_ready(meeting: Meeting, step: str, day: date) -> None:
    if step == "convene":
        if not meeting.agenda.exists():
            raise ValidationError(_("The meeting has no agenda yet."))
        if meeting.begins_on is None:
            raise ValidationError({"starts": _("Give the day of the meeting.")})
    if step == "hold" and meeting.begins_on and meeting.begins_on > day:
        raise ValidationError({"effective_on": _("The meeting has not begun on that day.")})
    if step == "circulate" and not any(item.summary for item in meeting.agenda.all()):
        raise ValidationError(_("The minutes are empty: write a summary for at least one agenda item."))
    if step == "approve_tacitly" and not may_approve_tacitly(meeting, day):
        raise ValidationError(
            _("Tacit approval wants terms of reference that allow it, and the time for comments to have passed.")
        )
    if step in {"approve", "approve_tacitly"} and meeting.comments.filter(outcome=MinutesComment.Outcome.OPEN).exists():
        raise ValidationError(_("Some comments are not answered yet."))


def _require_in_the_room(meeting: Meeting) -> None:
    if meeting.state not in IN_THE_ROOM:
        raise ValidationError(
            _("What is said in a meeting is written from its convening until its minutes are approved.")
        )


def _require_not_approved(meeting: Meeting) -> None:
    if meeting.state in {MeetingState.APPROVED, MeetingState.PUBLISHED, MeetingState.CANCELLED}:
        raise ValidationError(_("The minutes are approved: they no longer change."))


def _require_quorum(meeting: Meeting) -> None:
    if meeting.quorum_waived_reason:
        return
    reached = quorum_of(meeting)
    if reached.reached:
        return
    reasons = [
        _("%(present)d of %(voting)d voting members are present")
        % {"present": reached.present, "voting": reached.voting}
    ]
    if reached.chair_missing:
        reasons.append(_("the chair is missing"))
    if reached.delegation_missing:
        reasons.append(_("the Delegation is missing"))
    raise ValidationError(_("No quorum: %(reasons)s.") % {"reasons": "; ".join(reasons)}, code="no_quorum")


def _check_meeting(meeting: Meeting) -> None:
    meeting.full_clean()
    found: dict[str, str] = {}
    steering = meeting.kind in {MeetingKind.NATIONAL_STEERING, MeetingKind.REGIONAL_STEERING}
    if meeting.body is not None and not steering:
        found["body"] = _("Only a steering group meeting belongs to a steering body.")
    first, last = bounds(meeting.starts), bounds(meeting.ends)
    if first[0] and last[1] and last[1] < first[0]:
        found["ends"] = _("The end is before the start.")
    if meeting.body is not None and meeting.body.phase_id != meeting.phase_id:
        found["body"] = _("This body belongs to another phase.")
    if found:
        raise ValidationError(found)
    require_printable_texts(meeting, "title", "chair_text", "secretary_text", "summary")


def _next_code(model: type[Meeting], phase: Phase, prefix: str) -> str:
    number = model.objects.filter(phase=phase).count() + 1
    while model.objects.filter(phase=phase, code=f"{prefix}-{number:03}").exists():
        number += 1
    return f"{prefix}-{number:03}"


def may_edit(viewer: Viewer, meeting: Meeting) -> bool:
    """True where the viewer prepares and runs this meeting and its minutes are still open."""
    return can_edit_meeting(viewer, meeting) and meeting.state not in {
        MeetingState.APPROVED,
        MeetingState.PUBLISHED,
        MeetingState.CANCELLED,
    }
