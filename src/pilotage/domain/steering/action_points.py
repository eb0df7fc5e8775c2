"""Writes of action points: they live on from meeting to meeting until done or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.steering.access import action_steps_open_to, can_edit_meeting, owns, require_meeting_edit
from pilotage.domain.steering.models import ActionFile, ActionMove, ActionPoint, Meeting
from pilotage.domain.steering.states import ACTION_STEP_BY_NAME
from pilotage.domain.steering.words import IN_THE_ROOM, UNFINISHED, ActionState
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.printable import missing_characters


def add_action_point(
    *, by: Actor, meeting: Meeting, values: Mapping[str, Any], viewer: Viewer | None = None
) -> ActionPoint:
    """Adds something that one owner is to do by a day. Raises ValidationError without owner or date."""
    require_meeting_edit(viewer, meeting)
    if meeting.state not in IN_THE_ROOM:
        raise ValidationError(_("Action points are given while the meeting is open."))
    with operation("add action point", by=by):
        point = ActionPoint(phase=meeting.phase, meeting=meeting, **values)
        point.code = point.code or _next_code(meeting)
        point.first_due_on = point.due_on
        _check(point)
        point.save()
        return point


def edit_action_point(
    *,
    by: Actor,
    point: ActionPoint,
    values: Mapping[str, Any],
    version: int,
    viewer: Viewer | None = None,
    why: str = "",
) -> ActionPoint:
    """Changes an action point that was read at ``version``; the first due date stays. Raises StaleRecord."""
    require_meeting_edit(viewer, point.meeting)
    with operation("edit action point", by=by, why=why):
        if point.version != version:
            raise point.stale_since(version)
        if "due_on" in values and values["due_on"] != point.due_on and not why.strip():
            raise ValidationError({"why": _("Say why the due date moves.")})
        for name, value in values.items():
            setattr(point, name, value)
        _check(point)
        point.save()
        return point


def move_action_point(
    *,
    by: Actor,
    point: ActionPoint,
    step: str,
    words: str = "",
    viewer: Viewer | None = None,
    version: int | None = None,
    effective_on: date | None = None,
    channel: str = "",
    evidence_text: str = "",
    evidence: tuple[str, bytes] | None = None,
    meeting: Meeting | None = None,
) -> ActionPoint:
    """Makes one step. ``viewer`` None is the owner answering by link, sheet or form; ``evidence`` is a file's name and
    contents; ``meeting`` the one in whose room the step is taken. Raises StaleRecord, NotAllowed, ValidationError.
    """
    known = ACTION_STEP_BY_NAME.get(step)
    if known is None or point.state not in known.from_states or (known.needs_report and not point.reported_done_on):
        raise ValidationError(
            _("An action point in the state “%(state)s” cannot make this step.") % {"state": point.get_state_display()}
        )
    if viewer is not None and known not in action_steps_open_to(viewer, point):
        raise NotAllowed(_("Your role may not take this step."))
    if viewer is None and channel and not known.by_owner:
        raise NotAllowed(_("An owner can report, not make this step."))
    if version is not None and version != point.version:
        raise point.stale_since(version)
    if known.needs_words and not words.strip():
        raise ValidationError({"words": _("Write what was done, or the reason.")})
    day = effective_on or timezone.localdate()
    if day > timezone.localdate():
        raise ValidationError({"effective_on": _("The step is dated in the future.")})
    if step == "confirm" and viewer is not None:
        _require_other_hands(point, by)
    with operation(f"{step.replace('_', ' ')} action point", by=by, why=words, effective_on=day):
        origin, point.state = point.state, known.to_state
        point.reported_done_on = {"report_done": day, "return": None}.get(step, point.reported_done_on)
        if known.to_state == ActionState.DONE:
            point.done_on = point.reported_done_on
        point.save()
        ActionMove(
            action_point=point,
            move=step,
            from_state=origin,
            to_state=known.to_state,
            effective_on=day,
            words=words,
            evidence_text=evidence_text,
            evidence=ActionFile.keep(evidence, action_point=point),
            meeting=meeting,
            channel=channel,
            by_id=by.actor_id,
            by_name=by.actor_name,
        ).save()
        return point


def note_action_point(
    *,
    by: Actor,
    point: ActionPoint,
    words: str,
    viewer: Viewer | None = None,
    meeting: Meeting | None = None,
    effective_on: date | None = None,
) -> ActionPoint:
    """Keeps how an unfinished action point stands, in words; its state stays. Raises NotAllowed, ValidationError."""
    runs_meeting = viewer is not None and meeting is not None and can_edit_meeting(viewer, meeting)
    if viewer is not None and not (runs_meeting or can_edit_meeting(viewer, point.meeting) or owns(viewer, point)):
        raise NotAllowed(_("Your role does not reach this action point."))
    if point.state not in UNFINISHED:
        raise ValidationError(_("It is finished: nothing more is noted."))
    if not words.strip():
        raise ValidationError({"words": _("Write how it stands.")})
    day = effective_on or timezone.localdate()
    with operation("note action point", by=by, effective_on=day):
        ActionMove(
            action_point=point,
            move="note",
            from_state=point.state,
            to_state=point.state,
            effective_on=day,
            words=words.strip(),
            meeting=meeting,
            by_id=by.actor_id,
            by_name=by.actor_name,
        ).save()
        return point


def _require_other_hands(point: ActionPoint, by: Actor) -> None:
    reported = point.moves.filter(move="report_done").last()
    if reported is not None and reported.by_id is not None and reported.by_id == by.actor_id:
        raise NotAllowed(_("Nobody confirms an own report: another coordinator or the manager must do it."))


def _check(point: ActionPoint) -> None:
    found: dict[str, Any] = {}
    try:
        point.full_clean(validate_constraints=False)
        point.validate_constraints(exclude={"owner_user", "owner_institution"})
    except ValidationError as error:
        found = error.update_error_dict(found)
    if (point.owner_institution_id is None) == (point.owner_user_id is None):
        found.setdefault("owner_institution", []).append(_("An action point has exactly one owner."))
    if point.due_on is None:
        found.setdefault("due_on", []).append(_("Give the day by which it is due."))
    elif point.meeting.begins_on and point.due_on < point.meeting.begins_on:
        found.setdefault("due_on", []).append(_("It is due before the meeting that gave it."))
    if not point.text:
        found.setdefault("text", []).append(_("Write what is to be done, in at least one language."))
    for text in point.text.values():
        missing = missing_characters(text)
        if missing:
            found.setdefault("text", []).append(
                _("The text holds characters that cannot be printed: %(characters)s")
                % {"characters": " ".join(missing[:5])}
            )
    if found:
        raise ValidationError(found)


def _next_code(meeting: Meeting) -> str:
    number = meeting.action_points.count() + 1
    while ActionPoint.objects.filter(phase=meeting.phase, code=f"{meeting.code}/{number}").exists():
        number += 1
    return f"{meeting.code}/{number}"
