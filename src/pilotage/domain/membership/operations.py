"""Writes of users, their roles and their access tokens."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.access import require_assign
from pilotage.domain.membership.models import AccessToken, Assignment, Role, User
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase, Programme
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation


def add_user(*, by: Actor, email: str, name: str, password: str | None, language: str = "", hashed: str = "") -> User:
    """Adds a person who may sign in; without a password they set one by mail. Raises ValidationError by field.

    ``hashed`` is a password that was hashed before: one slow hash is enough for all the people of a demo.
    """
    with operation("add user", by=by):
        user = User(email=email.strip().lower(), name=name, language=language)
        if hashed:
            user.password = hashed
        elif password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.full_clean()
        user.save()
        return user


def edit_user(*, by: Actor, user: User, values: Mapping[str, Any], why: str = "") -> User:
    """Changes name, language or whether the user may sign in.

    Raises ValidationError where a phase would be left without a manager who can sign in.
    """
    with operation("edit user", by=by, why=why):
        if values.get("is_active") is False:
            yesterday = timezone.localdate() - timedelta(days=1)
            for held in user.assignments.filter(role=Role.PM).select_related("programme", "phase"):
                if held.is_held():
                    _require_manager_after(held, yesterday, besides=user)
        for name, value in values.items():
            setattr(user, name, value)
        user.full_clean()
        user.save()
        return user


def set_password(*, by: Actor, user: User, password: str, why: str = "") -> User:
    """Gives a user another password. Raises ValidationError where it is too easy to guess."""
    with operation("set password", by=by, why=why):
        validate_password(password, user)
        user.set_password(password)
        user.save()
        return user


def assign_role(
    *, by: Actor, user: User, values: Mapping[str, Any], why: str = "", viewer: Viewer | None = None
) -> Assignment:
    """Gives a user a role with its scope, in one phase or (``phase`` None) in all of the programme's.

    Raises NotAllowed; ValidationError by field where the role needs a scope that is not given or cannot have the one
    given, and where the user holds it already.
    """
    with operation("assign role", by=by, why=why):
        assignment = Assignment(user=user, **values)
        if viewer is not None:
            require_assign(viewer, assignment.programme, assignment.phase)
        assignment.full_clean()
        alike = {
            name: getattr(assignment, name)
            for name in ("role", "programme_id", "phase_id", "component_id", "country_id", "institution_id")
        }
        if any(held.is_held() for held in Assignment.objects.filter(user=user, **alike)):
            raise ValidationError({"role": _("%(name)s holds this role in this scope already.") % {"name": user.name}})
        assignment.save()
        return assignment


def end_assignment(
    *, by: Actor, assignment: Assignment, last_day: date, why: str = "", viewer: Viewer | None = None
) -> Assignment:
    """Ends a role after ``last_day``; what was done in it stays. A day that has passed withdraws it at once.

    Raises NotAllowed; ValidationError where a phase would have no manager on the day after.
    """
    if viewer is not None:
        require_assign(viewer, assignment.programme, assignment.phase)
    with operation("end assignment", by=by, why=why, effective_on=last_day):
        if assignment.role == Role.PM:
            _require_manager_after(assignment, last_day)
        assignment.valid_until = last_day
        assignment.save()
        return assignment


def _require_manager_after(ended: Assignment, last_day: date, besides: User | None = None) -> None:
    """Raises ValidationError where a phase in which ``ended`` held has no other manager on the day after."""
    # Two managers who end each other at the same time wait for each other here.
    Programme.objects.select_for_update().get(pk=ended.programme_id)
    others = Assignment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=last_day),
        role=Role.PM, programme_id=ended.programme_id, user__is_active=True,
    ).exclude(pk=ended.pk)  # fmt: skip
    if besides is not None:
        others = others.exclude(user=besides)
    covered = set(others.values_list("phase_id", flat=True))
    if None in covered:
        return
    phases = Phase.objects.filter(programme=ended.programme_id)
    if ended.phase_id:
        phases = phases.filter(pk=ended.phase_id)
    left = [phase.code for phase in phases.order_by("code") if phase.pk not in covered]
    if left:
        raise ValidationError(
            _("This is the last programme manager of %(phases)s. Give the role to somebody else first.")
            % {"phases": ", ".join(left)}
        )


def issue_token(
    *, by: User, assignment: Assignment, label: str, expires_on: date, may_write: bool = False
) -> tuple[AccessToken, str]:
    """Gives out a new access token for one's own assignment. The second value is the key, to be shown once."""
    if assignment.user_id != by.pk:
        raise ValidationError(_("A token can be issued for one's own role only."))
    secret = AccessToken.new_secret()
    with operation("issue token", by=by):
        token = AccessToken(
            user=by,
            assignment=assignment,
            label=label,
            digest=AccessToken.digest_of(secret),
            may_write=may_write,
            expires_on=expires_on,
        )
        token.full_clean()
        token.save()
        return token, secret


def revoke_token(*, by: Actor, token: AccessToken) -> AccessToken:
    """Ends a token at once."""
    with operation("revoke token", by=by):
        token.revoked_at = timezone.now()
        token.save()
        return token


def note_use(token: AccessToken) -> None:
    """Keeps the day on which a token was last used: one write a day, outside the change log like a sign-in."""
    today = timezone.localdate()
    if token.last_used_on != today:
        AccessToken.objects.filter(pk=token.pk).raw_update(last_used_on=today)
