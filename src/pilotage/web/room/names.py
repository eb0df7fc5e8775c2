"""Names that are typed in the room: agencies, and people of the programme, as the page offers them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import STAFF, User
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import Meeting
from pilotage.web.activities.names import institution_names


def staff_of(phase: Phase) -> QuerySet[User]:
    """The programme's own people, who may own action points."""
    held = Q(assignments__phase=phase) | Q(assignments__phase=None, assignments__programme=phase.programme_id)
    return User.objects.filter(held, assignments__role__in=STAFF, is_active=True).distinct().order_by("name")


def institution_named(phase: Phase, typed: str) -> Institution | None:
    """The institution of that name; None for nothing. Raises ValidationError where there is none."""
    if not typed.strip():
        return None
    key = institution_names(phase).find(typed)
    if key is None:
        raise ValidationError(
            _("“%(name)s” is no institution that is known here: choose one from the list.") % {"name": typed[:80]}
        )
    return Institution.objects.get(pk=key)


def owner_named(meeting: Meeting, typed: str) -> dict[str, Any]:
    """The one owner of an action point by name: an institution, or somebody of the staff. Raises ValidationError."""
    typed = typed.strip()
    if not typed:
        return {}
    key = institution_names(meeting.phase).find(typed)
    if key is not None:
        return {"owner_institution": Institution.objects.get(pk=key)}
    people = [one for one in staff_of(meeting.phase) if one.name.casefold() == typed.casefold()]
    if len(people) != 1:
        raise ValidationError(
            {"owner_institution": _("“%(name)s” is neither an institution nor one person of the staff: choose one from "
                                    "the list.") % {"name": typed[:80]}}
        )  # fmt: skip
    return {"owner_user": people[0]}
