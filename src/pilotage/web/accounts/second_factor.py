"""The second factor of somebody who has lost it."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from pilotage.domain.membership.models import User
from pilotage.domain.membership.operations import end_second_factor
from pilotage.domain.membership.viewers import Viewer
from pilotage.kit.actors import Actor


def has_second_factor(user: User) -> bool:
    """True where the sign-in asks ``user`` for more than a password."""
    return Authenticator.objects.filter(user=user).exists()


def take_second_factor(*, by: Actor, user: User, why: str = "", viewer: Viewer | None = None) -> User:
    """Takes the second factor and its recovery codes away, and ends every session: a new one can then be set up.

    Raises NotAllowed.
    """
    with transaction.atomic():
        # The sessions' end stands in the log with the reason; the package's own rows are no records of ours.
        end_second_factor(by=by, user=user, why=why, viewer=viewer)
        Authenticator.objects.filter(user=user).delete()
        return user
