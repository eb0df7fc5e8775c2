"""Who may give and end roles."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pilotage.domain.membership.models import Role
from pilotage.domain.membership.permissions import PERMISSIONS, Level
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase, Programme


def manages_programme(viewer: Viewer, programme: Programme) -> bool:
    """True where the viewer sets up the whole programme: by a role in all of it, or by one in each of its phases.

    A role in the whole programme reaches phases that are still to come, so that the manager of one phase alone must not
    be able to give it.
    """
    held = [one for one in viewer.assignments if PERMISSIONS["setting", Role(one.role)] == Level.EDIT and one.is_held()]
    if any(one.phase_id is None and one.programme_id == programme.pk for one in held):
        return True
    reached = {one.phase_id for one in held}
    phases = set(programme.phases.values_list("pk", flat=True))
    return bool(phases) and phases <= reached


def can_assign(viewer: Viewer, programme: Programme, phase: Phase | None) -> bool:
    """True where the viewer may give and end roles in ``phase``, or for None in the whole programme."""
    if phase is None:
        return manages_programme(viewer, programme)
    return Level.EDIT in viewer.levels("setting", phase)


def require_assign(viewer: Viewer, programme: Programme, phase: Phase | None) -> None:
    """Raises NotAllowed where the viewer may not give or end roles there."""
    if can_assign(viewer, programme, phase):
        return
    if phase is None:
        raise NotAllowed(_("Roles in the whole programme are given and ended by whoever manages all of its phases."))
    raise NotAllowed(_("Roles in a phase are given and ended by its programme manager."))
