"""Whom we write to at the agencies, and who of the programme may do so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import AgencyContact
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation

WHOLE_PHASE = frozenset({Role.PM, Role.ME})
"""Write to any agency; a national coordinator to those of the own country."""


def may_write_to(viewer: Viewer, phase: Phase, institution: Institution | None = None) -> bool:
    """True where the viewer keeps contacts, links and sheets of the institution (None: of any at all)."""
    return any(
        held.role in WHOLE_PHASE
        or (
            held.role == Role.NC
            and (institution is None or not held.country_id or held.country_id == institution.country_id)
        )
        for held in viewer.held_in(phase)
    )


def may_enter_for(viewer: Viewer, phase: Phase, institution: Institution | None = None) -> bool:
    """True where the viewer may enter what the institution answered: the coordinator of its country, or itself."""
    return any(
        (
            held.role == Role.NC
            and (institution is None or not held.country_id or held.country_id == institution.country_id)
        )
        or (held.role == Role.CP and (institution is None or held.institution_id == institution.pk))
        for held in viewer.held_in(phase)
    )


def require_write_to(viewer: Viewer | None, phase: Phase, institution: Institution) -> None:
    """Raises NotAllowed where the viewer may not; None is the system."""
    if viewer is not None and not may_write_to(viewer, phase, institution):
        raise NotAllowed(_("Your role does not reach this agency."))


def agencies_of(viewer: Viewer, phase: Phase) -> QuerySet[Institution]:
    """The agencies whose contacts, links and sheets the viewer keeps."""
    agencies = Institution.objects.select_related("country")
    held = viewer.held_in(phase)
    if any(one.role in WHOLE_PHASE for one in held):
        return agencies
    coordinated = [one for one in held if one.role == Role.NC]
    if any(not one.country_id for one in coordinated):
        return agencies
    return agencies.filter(country__in=[one.country_id for one in coordinated])


def add_contact(
    *, by: Actor, phase: Phase, institution: Institution, values: Mapping[str, Any], viewer: Viewer | None = None
) -> AgencyContact:
    """Adds a person at an agency who is written to. Raises NotAllowed, ValidationError by field."""
    require_write_to(viewer, phase, institution)
    with operation("add agency contact", by=by):
        contact = AgencyContact(phase=phase, institution=institution, **values)
        contact.full_clean()
        contact.save()
        return contact


def edit_contact(
    *, by: Actor, contact: AgencyContact, values: Mapping[str, Any], viewer: Viewer | None = None
) -> AgencyContact:
    """Changes a contact; one who is no longer active is not written to, and the links end. Raises as ``add_contact``."""
    require_write_to(viewer, contact.phase, contact.institution)
    with operation("edit agency contact", by=by):
        for name, value in values.items():
            setattr(contact, name, value)
        contact.full_clean()
        contact.save()
        return contact
