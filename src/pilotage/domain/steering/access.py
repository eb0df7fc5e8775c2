"""Who sees, prepares and runs meetings (domain handbook, section 3: Steering meeting)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pilotage.domain.activities.words import Confidentiality
from pilotage.domain.membership.models import STAFF, Assignment, Role
from pilotage.domain.membership.permissions import PERMISSIONS, Level
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import ActionPoint, BodyMember, Meeting, MeetingSession
from pilotage.domain.steering.states import ACTION_STEPS, MEETING_STEPS, ActionStep, MeetingStep
from pilotage.domain.steering.words import MeetingState

PUBLISHED = Q(confidentiality=Confidentiality.PUBLIC)


def visible_meetings(viewer: Viewer, phase: Phase) -> QuerySet[Meeting]:
    """The meetings of ``phase`` that ``viewer`` may see; the public those that are public."""
    meetings = Meeting.objects.filter(phase=phase)
    if viewer.roles_in(phase) & (STAFF | {Role.EUD}):
        return meetings
    visible = PUBLISHED & ~Q(state=MeetingState.PLANNED)
    for held in viewer.held_in(phase):
        if PERMISSIONS["steering_meeting", Role(held.role)] == Level.OWN:
            visible |= _in_scope(held)
    return meetings.filter(visible)


def _in_scope(held: Assignment) -> Q:
    """A member sees the meetings of the own body, a counterpart those of its country's body or with its institution."""
    scope = Q()
    if held.country_id:
        scope |= Q(country_id=held.country_id)
    if held.institution_id:
        seats = BodyMember.objects.filter(body=OuterRef("body"), institution_id=held.institution_id)
        sessions = MeetingSession.objects.filter(meeting=OuterRef("pk"), institution_id=held.institution_id)
        scope |= Q(Exists(seats)) | Q(Exists(sessions))
    return scope or Q(body__isnull=False)


def can_edit_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """True where the viewer prepares and runs this meeting: the manager any, a coordinator those of the country."""
    return any(
        held.role == Role.PM or not held.country_id or held.country_id == meeting.country_id
        for held in viewer.held_with("steering_meeting", meeting.phase, {Level.EDIT, Level.APPROVE})
    )


def require_meeting_edit(viewer: Viewer | None, meeting: Meeting) -> None:
    """Raises NotAllowed where the viewer may not; None is the system."""
    if viewer is not None and not can_edit_meeting(viewer, meeting):
        raise NotAllowed(_("Your role does not reach this meeting."))


def steps_open_to(viewer: Viewer, meeting: Meeting) -> list[MeetingStep]:
    """The steps of the meeting that the viewer may take now."""
    if not can_edit_meeting(viewer, meeting):
        return []
    roles = viewer.roles_in(meeting.phase)
    return [step for step in MEETING_STEPS if meeting.state in step.from_states and step.roles & roles]


def visible_action_points(viewer: Viewer, phase: Phase) -> QuerySet[ActionPoint]:
    """The action points of the meetings that the viewer sees, and those that are the viewer's own."""
    points = ActionPoint.objects.filter(phase=phase)
    visible = Q(meeting__in=visible_meetings(viewer, phase)) if viewer.sees_phase(phase) else Q(pk__in=())
    if viewer.user is not None:
        visible |= Q(owner_user=viewer.user)
    for held in viewer.held_in(phase):
        if held.institution_id:
            visible |= Q(owner_institution_id=held.institution_id)
    return points.filter(visible)


def owns(viewer: Viewer, point: ActionPoint) -> bool:
    """True where the viewer is the owner, or holds a role for the owning institution."""
    if viewer.user is not None and point.owner_user_id == viewer.user.pk:
        return True
    return any(
        held.institution_id and held.institution_id == point.owner_institution_id
        for held in viewer.held_in(point.phase)
    )


def action_steps_open_to(viewer: Viewer, point: ActionPoint) -> list[ActionStep]:
    """The steps of the action point that the viewer may take now."""
    country = point.meeting.country_id
    roles = {
        Role(held.role) for held in viewer.held_in(point.phase) if not held.country_id or held.country_id == country
    }
    owner = owns(viewer, point)
    return [
        step
        for step in ACTION_STEPS
        if point.state in step.from_states
        and (step.roles & roles or (step.by_owner and owner))
        and (not step.needs_report or point.reported_done_on)
    ]
