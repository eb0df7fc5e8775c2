"""Personal links: one contact answers for one agency, without an account.

The address holds 128 random bits and a seal made with the server's own key, so that a made-up address is refused
before anything is looked up. Only a digest of it is kept.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.settings import setting
from pilotage.domain.recommendations.contacts import require_write_to
from pilotage.domain.recommendations.models import AgencyContact, AgencyLink
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation

STEM = 22
SEAL = 12
LONGEST_DAYS = 400


def issue_link(
    *, by: Actor, contact: AgencyContact, expires_on: date | None = None, viewer: Viewer | None = None
) -> tuple[AgencyLink, str]:
    """Gives out a link to a contact; the second value is the secret of its address, shown once.

    ``expires_on`` is the last day on which it works: by the phase's setting for None. Raises NotAllowed, ValidationError.
    """
    require_write_to(viewer, contact.phase, contact.institution)
    today = timezone.localdate()
    last = expires_on or today + timedelta(days=int(setting(contact.phase, "link_days", today)))
    if not today <= last <= today + timedelta(days=LONGEST_DAYS):
        raise ValidationError({"expires_on": _("A link works from today for at most 400 days.")})
    if not contact.active:
        raise ValidationError(_("This contact is no longer written to."))
    secret = new_secret()
    with operation("issue personal link", by=by):
        link = AgencyLink(
            phase=contact.phase,
            institution=contact.institution,
            contact=contact,
            digest=digest_of(secret),
            expires_on=last,
        )
        link.full_clean()
        link.save()
        return link, secret


def revoke_link(*, by: Actor, link: AgencyLink, viewer: Viewer | None = None, why: str = "") -> AgencyLink:
    """Ends a link at once. Raises NotAllowed."""
    require_write_to(viewer, link.phase, link.institution)
    with operation("revoke personal link", by=by, why=why):
        if link.revoked_at is None:
            link.revoked_at = timezone.now()
            link.save()
        return link


def link_for(secret: str) -> AgencyLink | None:
    """The link behind ``secret`` that works today; None for a forged, expired or revoked one, or an ended contact."""
    if not is_sealed(secret):
        return None
    return (
        AgencyLink.objects.select_related("institution__country", "contact")
        .filter(digest=digest_of(secret), revoked_at=None, expires_on__gte=timezone.localdate(), contact__active=True)
        .first()
    )


def ended_link(secret: str) -> AgencyLink | None:
    """The link behind ``secret`` where it worked once and no longer does; None for one that was never given out.

    Whoever holds the whole secret was given it: they may be told when it ended.
    """
    if not is_sealed(secret) or link_for(secret) is not None:
        return None
    return AgencyLink.objects.select_related("contact", "phase").filter(digest=digest_of(secret)).first()


def note_use(link: AgencyLink) -> None:
    """Keeps when something was last answered by the link. Opening it leaves no trace: mail scanners open links too."""
    link.last_used_at = timezone.now()
    link.save(update_fields=["last_used_at"])


def new_secret() -> str:
    """A fresh secret with its seal."""
    stem = secrets.token_urlsafe(16)
    return stem + _seal(stem)


def is_sealed(secret: str) -> bool:
    """True where the secret was made by this server; says nothing of whether it still works."""
    if len(secret) != STEM + SEAL or not secret.isascii():
        return False
    return constant_time_compare(secret[STEM:], _seal(secret[:STEM]))


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _seal(stem: str) -> str:
    mac = salted_hmac("pilotage.agency-link", stem, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac[: SEAL * 3 // 4]).decode()
