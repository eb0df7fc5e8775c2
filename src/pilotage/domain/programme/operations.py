"""Writes of programmes, phases, components and settings."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import (
    Addendum,
    Component,
    Output,
    Phase,
    PhaseCountry,
    PhaseSetting,
    Programme,
    StatedTotal,
)
from pilotage.domain.programme.settings import DEFINITIONS
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.records import edit_record, require_unchanged
from pilotage.kit.texts import Text


def add_programme(*, by: Actor, values: Mapping[str, Any]) -> Programme:
    """Adds a programme. Raises ValidationError by field."""
    with operation("add programme", by=by):
        programme = Programme(**values)
        programme.full_clean()
        programme.save()
        return programme


def add_phase(*, by: Actor, values: Mapping[str, Any], countries: list[Country]) -> Phase:
    """Adds a phase with its partner countries, in the order in which they are printed. Raises ValidationError."""
    with operation("add phase", by=by):
        phase = Phase(**values)
        phase.full_clean()
        phase.save()
        for position, country in enumerate(countries):
            PhaseCountry(phase=phase, country=country, position=position).save()
        return phase


def edit_phase(*, by: Actor, phase: Phase, values: Mapping[str, Any], version: int, why: str = "") -> Phase:
    """Changes fields of a phase that was read at ``version``. Raises StaleRecord or ValidationError."""
    with operation("edit phase", by=by, why=why):
        return edit_record(phase, values, version)


def set_partner_country(
    *,
    by: Actor,
    phase: Phase,
    country: Country,
    valid_from: date | None,
    valid_until: date | None,
    why: str = "",
    mark: int | None = None,
) -> PhaseCountry:
    """Makes a country a partner of the phase, or changes the dates for which it is one; its records stay.

    ``mark`` is how far the countries were known where a form was filled in (``mark_of``). Raises ValidationError where
    the dates end before they start; StaleRecord where somebody changed this country since.
    """
    if valid_from and valid_until and valid_until < valid_from:
        raise ValidationError({"valid_until": _("The end is before the start.")})
    with operation("set partner country", by=by, why=why):
        links = list(PhaseCountry.objects.filter(phase=phase))
        link = next((one for one in links if one.country_id == country.pk), None)
        if mark is not None and link is not None:
            require_unchanged([link], mark)
        if link is None:
            link = PhaseCountry(phase=phase, country=country, position=len(links))
        link.valid_from, link.valid_until = valid_from, valid_until
        link.full_clean()
        link.save()
        return link


def sign_addendum(
    *,
    by: Actor,
    phase: Phase,
    number: int,
    signed_on: date,
    new_end: date | None = None,
    new_eu_contribution: Decimal | None = None,
    note: Text | None = None,
) -> Addendum:
    """Records a signed change of end or budget; earlier values stay and hold for the days before the signature."""
    with operation("sign addendum", by=by, effective_on=signed_on):
        if phase.start and new_end and new_end < phase.start:
            raise ValidationError({"new_end": _("The phase would end before it starts.")})
        addendum = Addendum(
            phase=phase,
            number=number,
            signed_on=signed_on,
            new_end=new_end,
            new_eu_contribution=new_eu_contribution,
            note=note or {},
        )
        addendum.full_clean()
        addendum.save()
        return addendum


def add_component(*, by: Actor, values: Mapping[str, Any]) -> Component:
    """Adds a component to a phase. Raises ValidationError by field."""
    with operation("add component", by=by):
        component = Component(**values)
        component.full_clean()
        component.save()
        return component


def edit_component(
    *, by: Actor, component: Component, values: Mapping[str, Any], version: int, why: str = ""
) -> Component:
    """Changes fields of a component that was read at ``version``. Raises StaleRecord or ValidationError."""
    with operation("edit component", by=by, why=why):
        return edit_record(component, values, version)


def add_output(*, by: Actor, component: Component, code: str, title: Text) -> Output:
    """Adds an output to a component."""
    with operation("add output", by=by):
        output = Output(component=component, code=code, title=title)
        output.full_clean()
        output.save()
        return output


def change_setting(
    *,
    by: Actor,
    phase: Phase,
    name: str,
    value: Any,
    valid_from: date | None,
    why: str = "",
    mark: int | None = None,
) -> None:
    """Sets a handbook number for a phase from a date on (None: from the beginning).

    ``mark`` is how far its values were known where a form was filled in (``mark_of``). Raises ValidationError;
    StaleRecord where somebody set it since.
    """
    definition = DEFINITIONS.get(name)
    if definition is None or type(value) is not type(definition.default):
        raise ValidationError({name: _("This setting does not take such a value.")})
    with operation("change setting", by=by, why=why, effective_on=valid_from):
        if mark is not None:
            require_unchanged(PhaseSetting.objects.filter(phase=phase, name=name), mark)
        row = PhaseSetting.objects.filter(phase=phase, name=name, valid_from=valid_from).first()
        row = row or PhaseSetting(phase=phase, name=name, valid_from=valid_from)
        row.value = value
        row.save()


def add_stated_total(*, by: Actor, values: Mapping[str, Any]) -> StatedTotal:
    """Keeps a total as a published text stated it, with its source."""
    with operation("add stated total", by=by):
        total = StatedTotal(**values)
        total.full_clean()
        total.save()
        return total
