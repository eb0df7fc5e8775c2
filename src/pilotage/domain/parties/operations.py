"""Writes of countries, places and institutions."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from pilotage.domain.parties.models import Country, Institution, InstitutionName, Place, PlaceName
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.records import edit_record
from pilotage.kit.search import latin
from pilotage.kit.texts import Text, wording


def add_country(*, by: Actor, code: str, name: Text) -> Country:
    """Adds a country by its ISO 3166-1 alpha-2 code, or returns the one that is there."""
    existing = Country.objects.filter(code=code).first()
    if existing:
        return existing
    with operation("add country", by=by):
        country = Country(code=code, name=name)
        country.full_clean()
        country.save()
        return country


def add_place(*, by: Actor, values: Mapping[str, Any], earlier_names: list[tuple[Text, Any]] | None = None) -> Place:
    """Adds a place. ``earlier_names`` are (name, last day it was in force). Raises ValidationError by field."""
    with operation("add place", by=by):
        place = Place(**{"code": free_code(Place, values["name"]), **values})
        place.full_clean()
        place.save()
        for name, until in earlier_names or []:
            PlaceName(place=place, name=name, until=until).save()
        if earlier_names:
            place.save()
        return place


def add_place_names(*, by: Actor, place: Place, earlier_names: list[tuple[Text, Any]]) -> Place:
    """Adds names that a place had before, each with the last day it was in force."""
    with operation("edit place", by=by):
        for name, until in earlier_names:
            PlaceName(place=place, name=name, until=until).save()
        place.save()
        return place


def edit_place(*, by: Actor, place: Place, values: Mapping[str, Any], version: int, why: str = "") -> Place:
    """Changes fields of a place that was read at ``version``. Raises StaleRecord or ValidationError."""
    with operation("edit place", by=by, why=why):
        return edit_record(place, values, version)


def add_institution(
    *, by: Actor, values: Mapping[str, Any], earlier_names: list[tuple[Text, Any]] | None = None
) -> Institution:
    """Adds an institution. ``earlier_names`` are (name, last day it was in force). Raises ValidationError by field."""
    with operation("add institution", by=by):
        institution = Institution(**{"code": free_code(Institution, values["name"]), **values})
        institution.full_clean()
        institution.save()
        for name, until in earlier_names or []:
            InstitutionName(institution=institution, name=name, until=until).save()
        if earlier_names:
            institution.save()
        return institution


def edit_institution(
    *, by: Actor, institution: Institution, values: Mapping[str, Any], version: int, why: str = ""
) -> Institution:
    """Changes fields of an institution that was read at ``version``. Raises StaleRecord or ValidationError."""
    with operation("edit institution", by=by, why=why):
        return edit_record(institution, values, version)


def rename_institution(
    *, by: Actor, institution: Institution, name: Text, from_day: date, why: str = ""
) -> Institution:
    """Gives an institution a new name from ``from_day`` on; documents of earlier days keep the earlier name."""
    with operation("rename institution", by=by, why=why, effective_on=from_day):
        InstitutionName(institution=institution, name=institution.name, until=from_day - timedelta(days=1)).save()
        institution.name = name
        institution.full_clean()
        institution.save()
        return institution


def free_code(model: type[Place] | type[Institution], name: Text) -> str:
    """A stable code made of the English name, numbered where it is taken."""
    stem = slugify(latin(wording(name, "en")))[:50] or "record"
    code, number = stem, 2
    while model.objects.filter(code=code).exists():
        code, number = f"{stem}-{number}", number + 1
    return code
