"""Writes of steering bodies: terms of reference and seats, which change by date and are never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import BodyMember, SteeringBody
from pilotage.domain.steering.texts import require_printable_texts
from pilotage.domain.steering.words import BodyKind
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.records import edit_record


def may_edit_bodies(viewer: Viewer, phase: Phase) -> bool:
    """True where the viewer sets up bodies and rounds: the programme manager."""
    return Role.PM in viewer.roles_in(phase)


def may_edit_seats(viewer: Viewer, body: SteeringBody) -> bool:
    """True where the viewer keeps the seats of this body: the manager, and the coordinator of its country."""
    return any(
        held.role == Role.PM or (held.role == Role.NC and held.country_id == body.country_id)
        for held in viewer.held_in(body.phase)
    )


def require_body_edit(viewer: Viewer | None, phase: Phase) -> None:
    """Raises NotAllowed where the viewer may not; None is the system."""
    if viewer is not None and not may_edit_bodies(viewer, phase):
        raise NotAllowed(_("Only the programme manager may do this."))


def edit_body(
    *, by: Actor, body: SteeringBody, values: Mapping[str, Any], version: int, viewer: Viewer | None = None
) -> SteeringBody:
    """Changes terms of reference that were read at ``version``. Raises StaleRecord, NotAllowed, ValidationError."""
    require_body_edit(viewer, body.phase)
    with operation("edit steering body", by=by):
        edit_record(body, values, version)
        check_body(body)
        return body


def check_body(body: SteeringBody) -> None:
    """Raises ValidationError where kind and country do not fit, or the quorum is no share."""
    found: dict[str, str] = {}
    if body.kind == BodyKind.NATIONAL and body.country_id is None:
        found["country"] = _("A national group has a country: choose it.")
    if body.kind == BodyKind.REGIONAL and body.country_id is not None:
        found["country"] = _("The regional group has no single country.")
    if not 1 <= body.quorum_share <= 100:
        found["quorum_share"] = _("A share lies between 1 and 100 %.")
    if found:
        raise ValidationError(found)
    require_printable_texts(body, "title")


def add_seat(*, by: Actor, body: SteeringBody, values: Mapping[str, Any], viewer: Viewer | None = None) -> BodyMember:
    """Adds a seat. Raises NotAllowed, ValidationError by field."""
    _require_seat_edit(viewer, body)
    with operation("add seat", by=by):
        seat = BodyMember(body=body, **values)
        _check_seat(seat)
        seat.save()
        return seat


def edit_seat(
    *, by: Actor, seat: BodyMember, values: Mapping[str, Any], version: int, viewer: Viewer | None = None
) -> BodyMember:
    """Changes a seat that was read at ``version``. Where another delegate follows, ``replace_seat`` keeps the earlier one.

    Raises StaleRecord, NotAllowed, ValidationError by field.
    """
    _require_seat_edit(viewer, seat.body)
    with operation("edit seat", by=by):
        edit_record(seat, values, version)
        _check_seat(seat)
        return seat


def replace_seat(
    *,
    by: Actor,
    seat: BodyMember,
    last_day: date,
    values: Mapping[str, Any],
    version: int,
    viewer: Viewer | None = None,
) -> BodyMember:
    """Ends a seat on ``last_day`` and gives it to another delegate from the next day on. The earlier one is kept.

    Raises StaleRecord where the seat was changed after ``version``: somebody else may have given it away already.
    """
    _require_seat_edit(viewer, seat.body)
    with operation("replace seat", by=by):
        edit_record(seat, {"valid_until": last_day}, version)
        _check_seat(seat)
        kept = {
            name: getattr(seat, name)
            for name in ("institution", "voting", "chair", "delegation", "alternate", "alternate_email", "language")
        }
        following = date.fromordinal(last_day.toordinal() + 1)
        return add_seat(by=by, body=seat.body, values={**kept, **values, "valid_from": following}, viewer=viewer)


def _require_seat_edit(viewer: Viewer | None, body: SteeringBody) -> None:
    if viewer is not None and not may_edit_seats(viewer, body):
        raise NotAllowed(_("Your role does not reach this body."))


def _check_seat(seat: BodyMember) -> None:
    seat.full_clean()
    if seat.valid_from and seat.valid_until and seat.valid_until < seat.valid_from:
        raise ValidationError({"valid_until": _("The end is before the start.")})
    if seat.chair and _chairs_beside(seat):
        raise ValidationError({"chair": _("The body has a chair already: end that seat, or take the chair from it.")})
    require_printable_texts(seat, "delegate", "alternate", "position")


def _chairs_beside(seat: BodyMember) -> bool:
    """True where another seat is the chair on one of the days on which this one is."""
    first, last = seat.valid_from or date.min, seat.valid_until or date.max
    others = BodyMember.objects.filter(body=seat.body, chair=True).exclude(pk=seat.pk)
    return any(
        (start or date.min) <= last and first <= (end or date.max)
        for start, end in others.values_list("valid_from", "valid_until")
    )
