"""Who was in the room, written at once for all seats: the list that is passed round and typed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.steering.models import Meeting, Presence
from pilotage.domain.steering.operations import record_presence, remove_presence
from pilotage.domain.steering.queries import seats_on
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """How a seat was filled: by the member, by the alternate, or by nobody (``present_as`` empty)."""

    seat: int
    present_as: str = ""
    name: str = ""


def set_seats(*, by: Actor, meeting: Meeting, taken: Sequence[SeatTaken], viewer: Viewer | None = None) -> None:
    """Writes the attendance of the body's seats. Seats that are not named stay. Raises NotAllowed, ValidationError."""
    if meeting.body is None:
        raise ValidationError(_("This meeting has no steering body and no seats."))
    seats = {seat.pk: seat for seat in seats_on(meeting.body, meeting.begins_on)}
    known = {presence.member_id: presence for presence in meeting.presences.exclude(member=None)}
    with operation("record presence", by=by):
        for one in taken:
            seat, presence = seats.get(one.seat), known.get(one.seat)
            if seat is None:
                raise ValidationError(_("This seat belongs to another body."))
            if not one.present_as:
                if presence is not None:
                    remove_presence(by=by, presence=presence, viewer=viewer)
                continue
            usual = seat.alternate if one.present_as == Presence.As.ALTERNATE else seat.delegate
            values = {
                "member": seat,
                "present_as": one.present_as,
                "name": one.name.strip() or usual or _("name not noted"),
                "institution": seat.institution,
            }
            if presence is None or any(getattr(presence, name) != value for name, value in values.items()):
                record_presence(by=by, meeting=meeting, values=values, viewer=viewer)


def add_guest(*, by: Actor, meeting: Meeting, values: Mapping[str, Any], viewer: Viewer | None = None) -> Presence:
    """Notes an observer, a guest or somebody of the staff; such a person fills no seat."""
    if values.get("present_as") in {Presence.As.MEMBER, Presence.As.ALTERNATE} and meeting.body is not None:
        raise ValidationError({"present_as": _("Members and alternates are noted at their seat.")})
    return record_presence(by=by, meeting=meeting, values={**values, "member": None}, viewer=viewer)
