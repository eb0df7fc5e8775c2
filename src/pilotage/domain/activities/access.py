"""Which activities a viewer sees, and which they may write (domain handbook, section 3)."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from pilotage.domain.activities.models import (
    Activity,
    ActivityCountry,
    Attendance,
    ParticipatingInstitution,
    Person,
)
from pilotage.domain.activities.queries import ActivityQuerySet
from pilotage.domain.activities.states import MOVES, Move
from pilotage.domain.activities.words import Confidentiality, State
from pilotage.domain.membership.models import STAFF, Assignment, Role
from pilotage.domain.membership.permissions import PERMISSIONS, Level
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.kit.records import RecordQuerySet

SEES_INTERNAL = STAFF | {Role.EUD}
SEES_RESTRICTED = frozenset({Role.PM, Role.ME})
PUBLISHED = Q(confidentiality=Confidentiality.PUBLIC) & ~Q(state=State.DRAFT)


def visible_activities(viewer: Viewer, phase: Phase) -> ActivityQuerySet:
    """The activities of ``phase`` that ``viewer`` may see."""
    activities = Activity.objects.filter(phase=phase)
    return activities.filter(_visible(viewer, phase))


def _visible(viewer: Viewer, phase: Phase) -> Q:
    roles = viewer.roles_in(phase)
    if roles & SEES_RESTRICTED:
        return Q()
    visible = PUBLISHED
    for held in viewer.held_in(phase):
        role = Role(held.role)
        level = PERMISSIONS["activity", role]
        if level == Level.NONE or level == Level.PUBLISHED:
            continue
        levels = [Confidentiality.PUBLIC, Confidentiality.PARTNERS]
        if role in SEES_INTERNAL:
            levels.append(Confidentiality.INTERNAL)
        allowed = Q(confidentiality__in=levels)
        if level == Level.EDIT:
            allowed |= Q(confidentiality=Confidentiality.RESTRICTED) & _in_scope(held)
        if level == Level.OWN:
            allowed &= _in_scope(held)
        if role not in STAFF:
            allowed &= ~Q(state=State.DRAFT)
        visible |= allowed
    return visible


def _in_scope(held: Assignment) -> Q:
    """The activities that fall into the scope of one assignment. No scope is the whole phase."""
    scope = Q()
    if held.component_id:
        scope &= Q(component_id=held.component_id)
    country = Q()
    if held.country_id:
        country = Q(Exists(ActivityCountry.objects.filter(activity=OuterRef("pk"), country_id=held.country_id)))
    if held.institution_id:
        own = Q(
            Exists(ParticipatingInstitution.objects.filter(activity=OuterRef("pk"), institution_id=held.institution_id))
        )
        return scope & (own | country) if country else scope & own
    return scope & country


def own_activities(viewer: Viewer, phase: Phase) -> ActivityQuerySet:
    """The activities that some role of the viewer may change: those in whose name the day's work is asked of them."""
    visible = visible_activities(viewer, phase)
    scopes = [_in_scope(held) for held in viewer.held_with("activity", phase, {Level.EDIT, Level.APPROVE})]
    if not scopes:
        return visible.none()
    if not all(scopes):
        return visible  # a role without a scope reaches the whole phase
    return visible.filter(reduce(or_, scopes))


def can_edit_activity(viewer: Viewer, activity: Activity) -> bool:
    """True where some role of the viewer may change this activity's fields and tally."""
    return any(
        scope_reaches(held, activity)
        for held in viewer.held_with("activity", activity.phase, {Level.EDIT, Level.APPROVE})
    )


def can_add_activity(viewer: Viewer, phase: Phase) -> bool:
    """True where some role of the viewer may add activities to the phase, in its scope."""
    return bool(viewer.held_with("activity", phase, {Level.EDIT, Level.APPROVE}))


def scope_reaches(held: Assignment, activity: Activity) -> bool:
    """True where the activity lies in the scope of the assignment."""
    if held.component_id and held.component_id != activity.component_id:
        return False
    if held.country_id and held.country_id not in {link.country_id for link in activity.country_links.all()}:
        return False
    if held.institution_id:
        return held.institution_id in {link.institution_id for link in activity.institution_links.all()}
    return True


def is_partner(viewer: Viewer, activity: Activity) -> bool:
    """True for roles that see every activity, and for those in whose scope this one lies; not for the others here."""
    for held in viewer.held_in(activity.phase):
        level = PERMISSIONS["activity", Role(held.role)]
        if level not in {Level.NONE, Level.PUBLISHED, Level.OWN}:
            return True
        if level == Level.OWN and scope_reaches(held, activity):
            return True
    return False


def require_edit(viewer: Viewer, activity: Activity) -> None:
    """Raises NotAllowed where the viewer may not change the activity."""
    if not can_edit_activity(viewer, activity):
        raise NotAllowed(_("Your role does not reach this activity."))


def moves_open_to(viewer: Viewer, activity: Activity) -> list[Move]:
    """The moves that the viewer may make now."""
    reaching = {Role(held.role) for held in viewer.held_in(activity.phase) if scope_reaches(held, activity)}
    return [move for move in MOVES if activity.state in move.from_states and move.roles & reaching]


def sees_persons(viewer: Viewer, phase: Phase) -> bool:
    """True where the viewer sees names of participants in this phase, at least within a scope."""
    return bool(viewer.levels("person", phase) - {Level.NONE, Level.PUBLISHED})


def visible_persons(viewer: Viewer, phase: Phase) -> RecordQuerySet:
    """The persons of the phase's register that ``viewer`` may see."""
    persons = Person.objects.filter(phase=phase)
    visible = Q(pk__in=())
    for held in viewer.held_in(phase):
        level = PERMISSIONS["person", Role(held.role)]
        if level in {Level.VIEW, Level.EDIT, Level.APPROVE}:
            if level == Level.EDIT and held.country_id:
                visible |= Q(country_id=held.country_id)
            else:
                return persons
        elif level == Level.OWN:
            visible |= _own_persons(held)
    return persons.filter(visible)


def _own_persons(held: Assignment) -> Q:
    own = Q()
    if held.institution_id:
        own &= Q(institution_id=held.institution_id)
    if held.country_id:
        own &= Q(country_id=held.country_id)
    if held.component_id:
        own &= Q(Exists(Attendance.objects.filter(person=OuterRef("pk"), activity__component_id=held.component_id)))
    return own


def can_edit_persons(viewer: Viewer, phase: Phase) -> bool:
    """True where the viewer may add and change persons and attendance."""
    return bool(viewer.held_with("person", phase, {Level.EDIT}))


def sees_all_persons(viewer: Viewer, phase: Phase) -> bool:
    """True where the viewer sees everybody in the register: no scope narrows what the role sees."""
    open_to = {Level.VIEW, Level.APPROVE, Level.EDIT}
    return any(
        PERMISSIONS["person", Role(held.role)] != Level.EDIT or not held.country_id
        for held in viewer.held_with("person", phase, open_to)
    )


def sees_former_texts(viewer: Viewer, phase: Phase) -> bool:
    """True where the viewer reads what free texts said before they were changed: in the log, and in the past.

    Such a text may name somebody who was taken out of it since. The programme's staff wrote it and read it; partners and
    the public read what it says today (domain handbook, 10).
    """
    return viewer.is_staff_in(phase)


def sees_scores(viewer: Viewer, phase: Phase) -> bool:
    """Individual test scores are for the M&E officer alone among the signed-in roles (domain handbook, 10)."""
    return Role.ME in viewer.roles_in(phase)


def sees_cost(viewer: Viewer, phase: Phase) -> bool:
    """The cost of an activity is internal."""
    return bool(viewer.roles_in(phase) & SEES_INTERNAL)
