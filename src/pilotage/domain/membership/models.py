"""People who sign in, the roles they hold in a phase and the scope of each role."""

import hashlib
import secrets
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.parties.models import Country, Institution
from pilotage.domain.programme.models import Component, Phase, Programme
from pilotage.kit.changes import operation, running_operation
from pilotage.kit.records import Record, RecordQuerySet, Versioned


class Role(models.TextChoices):
    """The roles of the domain handbook, section 3."""

    PM = "PM", _("programme manager")
    CL = "CL", _("component lead")
    NC = "NC", _("national coordinator")
    ME = "ME", _("monitoring and evaluation officer")
    PO = "PO", _("procurement officer")
    GO = "GO", _("grants officer")
    CO = "CO", _("communication officer")
    FI = "FI", _("finance officer")
    CP = "CP", _("national counterpart")
    GR = "GR", _("grantee")
    EUD = "EUD", _("EU Delegation")
    SM = "SM", _("steering member")
    PUB = "PUB", _("public")


STAFF = frozenset({Role.PM, Role.CL, Role.NC, Role.ME, Role.PO, Role.GO, Role.CO, Role.FI})
"""The programme's own staff."""


class UserManager(BaseUserManager.from_queryset(RecordQuerySet)):  # type: ignore[misc]
    """Finds users by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(email__iexact=username)
        return found


class User(AbstractBaseUser, Versioned, Record):
    """A person who signs in with an e-mail address."""

    is_a_person = True

    hidden_fields: ClassVar[frozenset[str]] = frozenset({"password"})
    unlogged_fields: ClassVar[frozenset[str]] = frozenset({"last_login"})

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=2, choices=[("en", "English"), ("ru", "Русский")], blank=True, default=""
    )
    """Empty until somebody chooses: then pages follow the browser, and mails are in English."""
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    sessions_ended_at = models.DateTimeField(_("sessions ended at"), null=True, blank=True, editable=False)
    """Whoever signed in before this moment has to sign in again."""

    objects = UserManager()  # type: ignore[misc]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta(Record.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> int | None:
        """Who acts, for the change log."""
        return self.pk

    @property
    def actor_name(self) -> str:
        """Who acts, for the change log."""
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is held against: another password ends it, and so does the ending of all sessions."""
        since = self.sessions_ended_at.isoformat() if self.sessions_ended_at else ""
        given = f"{self.password}{since}"
        return salted_hmac("pilotage.session", given, secret=secret, algorithm="sha256").hexdigest()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves; a change of the own account (password, sign-in time) by the sign-in pages is an operation of its own."""
        if running_operation() is None and not self._state.adding:
            with operation("change own account", by=self):
                super().save(*args, **kwargs)
        else:
            super().save(*args, **kwargs)


class Assignment(Versioned, Record):
    """A role that a user holds in a phase (or in every phase of a programme), with its scope and its dates.

    A scope of None is the whole phase; no first day means from the beginning, no last one without end. A first day to
    come prepares a successor: until then the role gives nothing. A component lead of two components holds two
    assignments. The manager has no narrower scope: what is set up holds for everybody.
    """

    part_of = "user"

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=3, choices=[choice for choice in Role.choices if choice[0] != "PUB"])
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name=_("programme"))
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("phase"))
    component = models.ForeignKey(
        Component, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("component")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("country")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("institution")
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["user", "role"]

    def clean(self) -> None:
        needs = {Role.CL: "component", Role.NC: "country", Role.CP: "institution", Role.GR: "institution"}
        needed = needs.get(Role(self.role))
        if needed and getattr(self, f"{needed}_id") is None:
            raise ValidationError({needed: _("This role is held within a scope: choose it.")})
        if self.role == Role.PM and (self.component_id or self.country_id or self.institution_id):
            raise ValidationError({"role": _("The programme manager has no narrower scope: take it away.")})
        if self.phase is not None and self.phase.programme_id != self.programme_id:
            raise ValidationError({"phase": _("The phase is of another programme.")})
        if self.component is not None and self.component.phase_id != self.phase_id:
            raise ValidationError(
                {"component": _("A component belongs to one phase: the role must be held in that phase.")}
            )

    def is_held(self, on: date | None = None) -> bool:
        """True where the role has begun and not ended on the day (today for None)."""
        day = on or timezone.localdate()
        return (self.valid_from is None or self.valid_from <= day) and not self.has_ended(day)

    def has_ended(self, on: date | None = None) -> bool:
        """True where the last day lies before the day (today for None)."""
        return self.valid_until is not None and self.valid_until < (on or timezone.localdate())

    def is_to_come(self, on: date | None = None) -> bool:
        """True where the first day lies after the day (today for None), and the role was not withdrawn before."""
        return self.valid_from is not None and self.valid_from > (on or timezone.localdate()) and not self.has_ended(on)

    def holds_in(self, phase: Phase, on: date | None = None) -> bool:
        """True where this assignment gives its role in ``phase`` on the day."""
        if not self.is_held(on):
            return False
        return self.phase_id == phase.pk or (self.phase_id is None and self.programme_id == phase.programme_id)


class AccessToken(Record):
    """A key by which a machine acts in a person's role and scope. Only its digest is kept."""

    part_of = "user"
    hidden_fields: ClassVar[frozenset[str]] = frozenset({"digest"})
    unlogged_fields: ClassVar[frozenset[str]] = frozenset({"last_used_on"})

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="tokens", verbose_name=_("role and scope"))
    label = models.CharField(_("what it is for"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    may_write = models.BooleanField(_("may write"), default=False)
    expires_on = models.DateField(_("expires on"))
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_on = models.DateField(null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-id"]

    @staticmethod
    def new_secret() -> str:
        """A fresh key, shown once."""
        return f"plt_{secrets.token_urlsafe(32)}"

    @staticmethod
    def digest_of(secret: str) -> str:
        """What is kept of a key."""
        return hashlib.sha256(secret.encode()).hexdigest()
