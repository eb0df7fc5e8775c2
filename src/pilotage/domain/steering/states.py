"""The moves of meetings and action points (domain handbook, section 5)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.domain.membership.models import Role
from pilotage.domain.steering.words import ActionState, MeetingState


@dataclass(frozen=True, slots=True)
class MeetingStep:
    """One allowed move of a meeting."""

    name: str
    label: Promise
    from_states: frozenset[MeetingState]
    to_state: MeetingState
    roles: frozenset[Role]
    needs: frozenset[str] = frozenset()


_SECRETARIAT = frozenset({Role.PM, Role.NC})

MEETING_STEPS = (
    MeetingStep(
        "convene", _("convene: papers sent"), frozenset({MeetingState.PLANNED}), MeetingState.CONVENED, _SECRETARIAT
    ),
    MeetingStep("hold", _("record as held"), frozenset({MeetingState.CONVENED}), MeetingState.HELD, _SECRETARIAT),
    MeetingStep(
        "draft_minutes",
        _("minutes drafted"),
        frozenset({MeetingState.HELD, MeetingState.CIRCULATED}),
        MeetingState.DRAFTED,
        _SECRETARIAT,
    ),
    MeetingStep(
        "circulate",
        _("circulate the minutes"),
        frozenset({MeetingState.DRAFTED}),
        MeetingState.CIRCULATED,
        _SECRETARIAT,
    ),
    MeetingStep(
        "approve",
        _("record the approval"),
        frozenset({MeetingState.CIRCULATED}),
        MeetingState.APPROVED,
        frozenset({Role.PM}),
    ),
    MeetingStep(
        "approve_tacitly",
        _("record the tacit approval"),
        frozenset({MeetingState.CIRCULATED}),
        MeetingState.APPROVED,
        frozenset({Role.PM}),
    ),
    MeetingStep(
        "publish", _("publish"), frozenset({MeetingState.APPROVED}), MeetingState.PUBLISHED, frozenset({Role.PM})
    ),
    MeetingStep(
        "cancel",
        _("cancel the meeting"),
        frozenset({MeetingState.PLANNED, MeetingState.CONVENED}),
        MeetingState.CANCELLED,
        frozenset({Role.PM}),
        frozenset({"reason"}),
    ),
)
MEETING_STEP_BY_NAME = {step.name: step for step in MEETING_STEPS}


@dataclass(frozen=True, slots=True)
class ActionStep:
    """One step of an action point. ``by_owner``: the owner makes it, signed in or by the agency's ways.

    Open → in progress → done, where the owner reports and a coordinator confirms: a report leaves the point in
    progress, marked as reported, until it is confirmed or returned.
    """

    name: str
    label: Promise
    from_states: frozenset[ActionState]
    to_state: ActionState
    roles: frozenset[Role]
    by_owner: bool = False
    needs_words: bool = False
    needs_report: bool = False


_UNFINISHED = frozenset({ActionState.OPEN, ActionState.IN_PROGRESS})
_CONFIRMING = frozenset({Role.NC, Role.PM})

ACTION_STEPS = (
    ActionStep(
        "start", _("start"), frozenset({ActionState.OPEN}), ActionState.IN_PROGRESS, frozenset({Role.NC}), by_owner=True
    ),
    ActionStep(
        "report_done",
        _("report as done"),
        _UNFINISHED,
        ActionState.IN_PROGRESS,
        frozenset({Role.NC}),
        by_owner=True,
        needs_words=True,
    ),
    ActionStep(
        "confirm",
        _("confirm as done"),
        frozenset({ActionState.IN_PROGRESS}),
        ActionState.DONE,
        _CONFIRMING,
        needs_report=True,
    ),
    ActionStep(
        "return",
        _("return to the owner"),
        frozenset({ActionState.IN_PROGRESS}),
        ActionState.IN_PROGRESS,
        _CONFIRMING,
        needs_words=True,
        needs_report=True,
    ),
    ActionStep(
        "cancel", _("cancel by the body"), _UNFINISHED, ActionState.CANCELLED, frozenset({Role.PM}), needs_words=True
    ),
)
ACTION_STEP_BY_NAME = {step.name: step for step in ACTION_STEPS}
