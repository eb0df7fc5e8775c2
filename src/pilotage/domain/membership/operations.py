"""Writes of users, their roles and their access tokens."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import AccessToken, Assignment, User
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
    """Changes name, language or whether the user may sign in."""
    with operation("edit user", by=by, why=why):
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


def assign_role(*, by: Actor, user: User, values: Mapping[str, Any], why: str = "") -> Assignment:
    """Gives a user a role with its scope. Raises ValidationError where the role needs a scope that is not given."""
    with operation("assign role", by=by, why=why):
        assignment = Assignment(user=user, **values)
        assignment.full_clean()
        assignment.save()
        return assignment


def end_assignment(*, by: Actor, assignment: Assignment, last_day: date, why: str = "") -> Assignment:
    """Ends a role after ``last_day``; what was done in it stays."""
    with operation("end assignment", by=by, why=why, effective_on=last_day):
        assignment.valid_until = last_day
        assignment.save()
        return assignment


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
