"""What the M&E officer verified stays as it was verified, until the verification is taken back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.words import State

COUNTED = (
    "component_id", "type", "thematic", "scope", "mode", "venue_id", "venue_country_id", "actual_start", "actual_end",
    "by_national_trainers",
)  # fmt: skip
"""Facts that figures count by. Texts, links to outputs, costs and who may see the activity stay open."""
LINKS = {
    "countries": ("country_links", "country_id"),
    "co_organisers": ("co_organiser_links", "institution_id"),
    "institutions": ("institution_links", "institution_id"),
}
VERIFIED_FACTS = frozenset({*COUNTED, *LINKS})


def require_as_verified(activity: Activity, entry: ActivityEntry) -> None:
    """Raises ValidationError, by field, where ``entry`` (set on the unsaved ``activity``) alters a verified fact."""
    if activity.state != State.VERIFIED:
        return
    _before, after = activity.difference()
    altered = [name for name in COUNTED if name in after]
    for name, (related, attribute) in LINKS.items():
        wanted = getattr(entry, name)
        if wanted is not None and {getattr(link, attribute) for link in getattr(activity, related).all()} != set(
            wanted
        ):
            altered.append(name)
    if entry.tally is not None:
        altered.append("tally")
    if altered:
        said = _("This was verified. Take the verification back to correct it.")
        raise ValidationError({name.removesuffix("_id"): [said] for name in altered})
