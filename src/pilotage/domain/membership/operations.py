"""Writes of users, their roles and their access tokens."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.access import require_assign, require_manage_user
from pilotage.domain.membership.models import AccessToken, Assignment, Role, User
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase, Programme
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.records import edit_record


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


def edit_user(
    *,
    by: Actor,
    user: User,
    values: Mapping[str, Any],
    version: int | None = None,
    why: str = "",
    viewer: Viewer | None = None,
) -> User:
    """Changes name, e-mail address or language; ``version`` is the one that was read, where a form was filled in.

    Raises NotAllowed; StaleRecord; ValidationError by field, also where the address is somebody else's.
    """
    if viewer is not None:
        require_manage_user(viewer, user)
    given = dict(values)
    if "email" in given:
        given["email"] = given["email"].strip().lower()
    with operation("edit user", by=by, why=why):
        return edit_record(user, given, user.version if version is None else version)


def block_user(*, by: Actor, user: User, why: str = "", viewer: Viewer | None = None) -> User:
    """Takes the sign-in away from somebody who left: sessions and access tokens end at once, the roles stay as they are.

    Raises NotAllowed; ValidationError for oneself, and where a phase would be left without a manager who can sign in.
    """
    if viewer is not None:
        require_manage_user(viewer, user)
    if by.actor_id == user.pk:
        raise ValidationError(_("You would lock yourself out: another manager blocks your sign-in."))
    with operation("block user", by=by, why=why):
        for held in user.assignments.filter(role=Role.PM).select_related("programme", "phase"):
            _require_manager_after(held, _yesterday(), besides=user)
        user.is_active = False
        _end_access(by, user)
        return user


def unblock_user(*, by: Actor, user: User, why: str = "", viewer: Viewer | None = None) -> User:
    """Lets somebody sign in again, in the roles that they still hold. Tokens that were ended stay ended."""
    if viewer is not None:
        require_manage_user(viewer, user)
    with operation("unblock user", by=by, why=why):
        user.is_active = True
        user.save()
        return user


def sign_out_user(*, by: Actor, user: User, why: str = "", viewer: Viewer | None = None) -> User:
    """Ends every session and access token of ``user``, as after a lost computer; they may sign in again."""
    if viewer is not None:
        require_manage_user(viewer, user)
    with operation("sign out user", by=by, why=why):
        _end_access(by, user)
        return user


def end_second_factor(*, by: Actor, user: User, why: str = "", viewer: Viewer | None = None) -> User:
    """Ends every session and access token, as a lost second factor is taken away by whoever keeps it. Raises NotAllowed."""
    if viewer is not None:
        require_manage_user(viewer, user)
    with operation("take away second factor", by=by, why=why):
        _end_access(by, user)
        return user


def _end_access(by: Actor, user: User) -> None:
    user.sessions_ended_at = timezone.now()
    user.save()
    for token in user.tokens.filter(revoked_at=None):
        revoke_token(by=by, token=token)


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
    """Gives a user a role with its scope and dates, in one phase or (``phase`` None) in all of the programme's.

    Raises NotAllowed; ValidationError by field where the role needs a scope that is not given or cannot have the one
    given, where it ends before it begins, and where the user holds it already in those days.
    """
    with operation("assign role", by=by, why=why):
        assignment = Assignment(user=user, **values)
        if viewer is not None:
            require_assign(viewer, assignment.programme, assignment.phase)
        assignment.full_clean()
        first, last = assignment.valid_from or date.min, assignment.valid_until or date.max
        if last < first:
            raise ValidationError({"valid_until": _("The role would end before it begins.")})
        alike = {
            name: getattr(assignment, name)
            for name in ("role", "programme_id", "phase_id", "component_id", "country_id", "institution_id")
        }
        for held in Assignment.objects.filter(user=user, **alike):
            meets = (held.valid_from or date.min) <= last and first <= (held.valid_until or date.max)
            if meets and not held.has_ended():
                raise ValidationError(
                    {"role": _("%(name)s holds this role in this scope already.") % {"name": user.name}}
                )
        assignment.save()
        return assignment


def end_assignment(
    *,
    by: Actor,
    assignment: Assignment,
    last_day: date,
    version: int | None = None,
    why: str = "",
    viewer: Viewer | None = None,
) -> Assignment:
    """Ends a role after ``last_day``; what was done in it stays. A day that has passed withdraws it at once.

    ``version`` is the one that was read, where a form was filled in. Raises NotAllowed; StaleRecord; ValidationError
    where a phase would have no manager on the day after.
    """
    if viewer is not None:
        require_assign(viewer, assignment.programme, assignment.phase)
    with operation("end assignment", by=by, why=why, effective_on=last_day):
        if assignment.role == Role.PM:
            _require_manager_after(assignment, last_day)
        return edit_record(assignment, {"valid_until": last_day}, assignment.version if version is None else version)


def _yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def _require_manager_after(ended: Assignment, last_day: date, besides: User | None = None) -> None:
    """Raises ValidationError where a phase in which ``ended`` would hold has no other manager on its first lost day.

    That is the day after ``last_day``, or the first day of a role that is withdrawn before it begins. Nothing is lost
    with a role that ends by then anyhow.
    """
    lost = max(last_day + timedelta(days=1), ended.valid_from or date.min, timezone.localdate())
    if ended.has_ended(lost):
        return
    # Two managers who end each other at the same time wait for each other here.
    Programme.objects.select_for_update().get(pk=ended.programme_id)
    others = Assignment.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=lost),
        Q(valid_until=None) | Q(valid_until__gte=lost),
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
