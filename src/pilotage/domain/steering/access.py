"""Who sees, prepares and runs meetings (domain handbook, section 3: Steering meeting)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.activities.words import Confidentiality
from pilotage.domain.membership.models import STAFF, Assignment, Role
from pilotage.domain.membership.permissions import PERMISSIONS, Level
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.deadlines import may_approve_tacitly
from pilotage.domain.steering.models import ActionPoint, BodyMember, Meeting, MeetingSession
from pilotage.domain.steering.states import ACTION_STEPS, MEETING_STEPS, ActionStep, MeetingStep
from pilotage.domain.steering.words import MeetingState

PUBLISHED = Q(confidentiality=Confidentiality.PUBLIC)
CIRCULATED = frozenset({MeetingState.CIRCULATED, MeetingState.APPROVED, MeetingState.PUBLISHED})
"""States in which members read the minutes."""


def visible_meetings(viewer: Viewer, phase: Phase) -> QuerySet[Meeting]:
    """The meetings of ``phase`` that ``viewer`` may see; the public those that are public."""
    meetings = Meeting.objects.filter(phase=phase)
    if viewer.roles_in(phase) & (STAFF | {Role.EUD}):
        return meetings
    return meetings.filter((PUBLISHED & ~Q(state=MeetingState.PLANNED)) | _own(viewer, phase))


def _own(viewer: Viewer, phase: Phase) -> Any:
    """The meetings that are the viewer's by scope or by a seat."""
    own: Any = Q(pk__in=())
    for held in viewer.held_in(phase):
        if PERMISSIONS["steering_meeting", Role(held.role)] == Level.OWN:
            own |= _in_scope(held)
    if viewer.user is not None and viewer.sees_phase(phase):
        own |= Exists(BodyMember.objects.filter(body=OuterRef("body"), user=viewer.user))
    return own


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


def own_meetings(viewer: Viewer, phase: Phase) -> QuerySet[Meeting]:
    """The meetings in which the viewer takes part (``takes_part``); everybody's for the staff and the Delegation."""
    meetings = Meeting.objects.filter(phase=phase).order_by()
    return meetings if viewer.roles_in(phase) & (STAFF | {Role.EUD}) else meetings.filter(_own(viewer, phase))


def can_add_meeting(viewer: Viewer, phase: Phase) -> bool:
    """True where the viewer may plan some meeting: the manager, and coordinators for their country."""
    return bool(viewer.held_with("steering_meeting", phase, {Level.EDIT, Level.APPROVE}))


def is_inside(viewer: Viewer, phase: Phase) -> bool:
    """Somebody with a role in the phase: not the public."""
    return bool(viewer.roles_in(phase) - {Role.PUB})


def takes_part(viewer: Viewer, meeting: Meeting) -> bool:
    """True for those whose meeting it is: the staff, the Delegation, members of its body, agencies that it concerns.

    Whoever has a role in the phase but none here, as a grantee or an agency of another country, sees of a public
    meeting what the public sees.
    """
    if viewer.roles_in(meeting.phase) & (STAFF | {Role.EUD}):
        return True
    if not is_inside(viewer, meeting.phase):
        return False
    # A page asks this several times of one meeting.
    known: dict[Viewer, bool] = meeting.__dict__.setdefault("_taken_part_in", {})
    if viewer not in known:
        known[viewer] = Meeting.objects.filter(_own(viewer, meeting.phase), pk=meeting.pk).exists()
    return known[viewer]


def sees_minutes(viewer: Viewer, meeting: Meeting) -> bool:
    """True where the viewer, who sees the meeting, reads its minutes.

    The secretariat reads them from the first word, members once they are circulated, the public once published.
    """
    if viewer.roles_in(meeting.phase) & (STAFF | {Role.EUD}) or meeting.state == MeetingState.PUBLISHED:
        return True
    return meeting.state in CIRCULATED and takes_part(viewer, meeting)


def sees_papers(viewer: Viewer, meeting: Meeting) -> bool:
    """True where the viewer, who sees the meeting, opens the papers that were sent: those whose meeting it is."""
    return takes_part(viewer, meeting)


def sees_names(viewer: Viewer, meeting: Meeting) -> bool:
    """True where the viewer, who sees the meeting, reads who was in the room. No names for the public (handbook, 10)."""
    return takes_part(viewer, meeting)


def seats_of(viewer: Viewer, meeting: Meeting) -> QuerySet[BodyMember]:
    """The seats of the meeting's body that are the viewer's: by the account, or by the institution of a role."""
    mine = Q(pk__in=())
    if viewer.user is not None:
        mine |= Q(user=viewer.user)
    for held in viewer.held_in(meeting.phase):
        if held.institution_id and held.role in {Role.SM, Role.CP}:
            mine |= Q(institution_id=held.institution_id)
    return BodyMember.objects.filter(body=meeting.body_id).filter(mine).select_related("institution")


def can_comment(viewer: Viewer, meeting: Meeting) -> bool:
    """True where the viewer may say something to the circulated minutes: members, the Delegation, the secretariat."""
    if meeting.state != MeetingState.CIRCULATED:
        return False
    roles = viewer.roles_in(meeting.phase)
    return bool(roles & {Role.SM, Role.EUD}) or can_edit_meeting(viewer, meeting) or seats_of(viewer, meeting).exists()


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
    return [
        step
        for step in MEETING_STEPS
        if meeting.state in step.from_states
        and step.roles & roles
        and (step.name != "approve_tacitly" or may_approve_tacitly(meeting, timezone.localdate()))
        and (step.name != "hold" or meeting.begins_on is None or meeting.begins_on <= timezone.localdate())
    ]


def visible_action_points(viewer: Viewer, phase: Phase) -> QuerySet[ActionPoint]:
    """The action points of the viewer's meetings whose minutes are circulated, and those that are the viewer's own.

    The staff and the Delegation see them from the first word.
    """
    points = ActionPoint.objects.filter(phase=phase)
    if viewer.roles_in(phase) & (STAFF | {Role.EUD}):
        return points
    visible = Q(meeting__in=own_meetings(viewer, phase).filter(state__in=CIRCULATED))
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
