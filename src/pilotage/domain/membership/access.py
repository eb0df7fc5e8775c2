"""Who may give and end roles."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pilotage.domain.membership.models import Role, User
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


def can_manage_user(viewer: Viewer, user: User) -> bool:
    """True where the viewer may correct, block and sign out ``user``: whoever manages every place they work in.

    An account reaches all its roles at once, in other programmes too: whoever could put another e-mail address into it
    would hold them all. Somebody whose roles have all ended is managed by a manager of any place they worked in.
    """
    roles = list(user.assignments.select_related("programme", "phase"))
    living = [one for one in roles if not one.has_ended()]
    reached = [can_assign(viewer, one.programme, one.phase) for one in living or roles]
    return bool(reached) and (all(reached) if living else any(reached))


def require_manage_user(viewer: Viewer, user: User) -> None:
    """Raises NotAllowed where the viewer may not change the account of ``user``."""
    if not can_manage_user(viewer, user):
        raise NotAllowed(
            _("%(name)s also works where you are not the manager: whoever manages all of it changes the account.")
            % {"name": user.name}
        )
