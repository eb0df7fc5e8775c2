"""Whole attendance lists at once. One transaction or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.steering.models import Meeting, Presence
from pilotage.domain.steering.words import IN_THE_ROOM
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation

LINKS = frozenset({"meeting", "member", "institution"})


def record_presences(*, by: Actor, meeting: Meeting, people: Sequence[Mapping[str, Any]]) -> list[Presence]:
    """Notes everybody who was in the room of a meeting that has no list yet. A seat is filled once.

    Holds every rule of ``record_presence``; whether seats and institutions exist is for the caller to know, who has
    just read them. Raises ValidationError, and nobody is noted.
    """
    if meeting.state not in IN_THE_ROOM:
        raise ValidationError(
            _("What is said in a meeting is written from its convening until its minutes are circulated.")
        )
    with operation("record presence", by=by):
        noted = [Presence(meeting=meeting, **values) for values in people]
        for presence in noted:
            if presence.member is not None and presence.member.body_id != meeting.body_id:
                raise ValidationError({"member": _("This seat belongs to another body.")})
            presence.clean_fields(exclude=LINKS)
        Presence.objects.bulk_create(noted)
        return noted
