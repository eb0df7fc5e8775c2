"""Which recommendations a viewer sees and may move (domain handbook, section 3)."""

from __future__ import annotations

from django.db.models import Q

from pilotage.domain.activities.words import Confidentiality
from pilotage.domain.membership.models import STAFF, Assignment, Role
from pilotage.domain.membership.permissions import PERMISSIONS, Level
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.queries import RecommendationQuerySet
from pilotage.domain.recommendations.states import MOVES, Move
from pilotage.domain.recommendations.words import State

SEES_INTERNAL = STAFF | {Role.EUD}
SEES_RESTRICTED = frozenset({Role.PM, Role.ME})
PUBLISHED = Q(confidentiality=Confidentiality.PUBLIC) & ~Q(state=State.DRAFT)


def visible_recommendations(viewer: Viewer, phase: Phase) -> RecommendationQuerySet:
    """The recommendations of ``phase`` that ``viewer`` may see."""
    recommendations = Recommendation.objects.filter(phase=phase)
    if viewer.roles_in(phase) & SEES_RESTRICTED:
        return recommendations
    visible = PUBLISHED
    for held in viewer.held_in(phase):
        visible |= _visible_by(held)
    return recommendations.filter(visible)


def _visible_by(held: Assignment) -> Q:
    role = Role(held.role)
    level = PERMISSIONS["recommendation", role]
    if level in {Level.NONE, Level.PUBLISHED}:
        return Q(pk__in=())
    if role is Role.CP:
        # The addressee sees what was said to it, whatever its confidentiality; nothing of other agencies.
        return Q(addressee_id=held.institution_id) & ~Q(state=State.DRAFT)
    levels = [Confidentiality.PUBLIC, Confidentiality.PARTNERS]
    if role in SEES_INTERNAL:
        levels.append(Confidentiality.INTERNAL)
    allowed = Q(confidentiality__in=levels)
    if level == Level.OWN:
        allowed &= _in_scope(held)
    if role not in STAFF:
        allowed &= ~Q(state=State.DRAFT)
    return allowed


def _in_scope(held: Assignment) -> Q:
    scope = Q()
    if held.component_id:
        scope &= Q(component_id=held.component_id)
    if held.country_id:
        scope &= Q(country_id=held.country_id)
    if held.institution_id:
        scope &= Q(addressee_id=held.institution_id)
    return scope


def scope_reaches(held: Assignment, recommendation: Recommendation) -> bool:
    """True where the recommendation lies in the scope of the assignment."""
    return (
        (not held.component_id or held.component_id == recommendation.component_id)
        and (not held.country_id or held.country_id == recommendation.country_id)
        and (not held.institution_id or held.institution_id == recommendation.addressee_id)
    )


def reads_story(viewer: Viewer, recommendation: Recommendation) -> bool:
    """True where the viewer, who sees the recommendation, reads what was answered, on what evidence, and its log.

    The staff and the Delegation do, the addressee, and members in whose scope it lies. Of a public recommendation to
    somebody else an agency or a grantee reads what the public reads.
    """
    for held in viewer.held_in(recommendation.phase):
        role = Role(held.role)
        if role in STAFF or role is Role.EUD:
            return True
        if PERMISSIONS["recommendation", role] != Level.NONE and scope_reaches(held, recommendation):
            return True
    return False


def can_edit_recommendation(viewer: Viewer, recommendation: Recommendation) -> bool:
    """True where a role of the viewer may change the text and dates. A counterpart only answers."""
    return any(
        scope_reaches(held, recommendation) and held.role != Role.CP
        for held in viewer.held_with("recommendation", recommendation.phase, {Level.EDIT, Level.APPROVE})
    )


def can_add_recommendation(viewer: Viewer, phase: Phase) -> bool:
    """True where a role of the viewer may draft recommendations in the phase, in its scope."""
    return any(held.role != Role.CP for held in viewer.held_with("recommendation", phase, {Level.EDIT, Level.APPROVE}))


def role_for(viewer: Viewer, recommendation: Recommendation, move: Move) -> Role | None:
    """The role in which the viewer may make ``move``; None where no role reaches so far."""
    for held in viewer.held_in(recommendation.phase):
        if held.role in move.roles and scope_reaches(held, recommendation):
            return Role(held.role)
    return None


def moves_open_to(viewer: Viewer, recommendation: Recommendation) -> list[Move]:
    """The moves that the viewer may make now."""
    return [
        move
        for move in MOVES
        if recommendation.state in move.from_states and role_for(viewer, recommendation, move) is not None
    ]
