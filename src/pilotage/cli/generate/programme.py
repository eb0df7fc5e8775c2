"""The programme itself: countries, places, invented institutions, the phase with its components and outputs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pilotage.cli.generate.size import Size
from pilotage.cli.generate.words import (
    COUNTRIES,
    FOREIGN,
    LANDS,
    OBJECTIVE,
    PARTNERS,
    PLACES,
    PROGRAMME,
    SERVICES,
    THEMES,
    TITLE,
)
from pilotage.domain.parties.countries import country_name
from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.domain.parties.operations import add_country, add_institution, add_place
from pilotage.domain.programme.models import Component, Output, Phase
from pilotage.domain.programme.operations import add_component, add_output, add_phase, add_programme, sign_addendum
from pilotage.kit.actors import Actor
from pilotage.kit.texts import Text


@dataclass
class World:
    """What activities refer to."""

    phase: Phase
    countries: dict[str, Country] = field(default_factory=dict)
    components: dict[str, Component] = field(default_factory=dict)
    outputs: dict[str, list[Output]] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    services: dict[tuple[str, str], Institution] = field(default_factory=dict)
    """By country and type."""
    foreign: dict[str, Institution] = field(default_factory=dict)
    """The foreign offices, by country."""
    partners: dict[str, Institution] = field(default_factory=dict)


def both(pair: tuple[str, str]) -> Text:
    """A pair of English and Russian as wording."""
    return {"en": pair[0], "ru": pair[1]}


def make_world(size: Size, by: Actor) -> World:
    """Adds the programme and everything that its activities refer to. Countries and towns that are there are used."""
    countries = {code: add_country(by=by, code=code, name=country_name(code)) for code in sorted(PLACES)}
    partners = {key: _partner(by, key) for key in PARTNERS}
    programme = add_programme(
        by=by,
        values={"code": size.code, "title": both(TITLE), "short_title": both(PROGRAMME), "fictional": True},
    )
    phase = _phase(size, by, programme.pk, countries, partners["lead"])
    world = World(phase, countries, partners=partners)
    for theme in THEMES:
        component = add_component(
            by=by,
            values={
                "phase": phase,
                "number": theme.number,
                "title": both(theme.title),
                "short_title": both(theme.short),
                "specific_objective": both(theme.objective),
                "lead_partner": partners["lead" if theme.number == "1" else theme.number],
            },
        )
        world.components[theme.number] = component
        world.outputs[theme.number] = [
            add_output(by=by, component=component, code=f"{theme.number}.{number}", title=both(title))
            for number, title in enumerate(theme.outputs, 1)
        ]
    for code, places in PLACES.items():
        world.places[code] = [_place(by, code, *place) for place in places]
    for code in COUNTRIES:
        for kind, wording in SERVICES.items():
            world.services[code, kind] = _service(by, code, kind, wording)
        world.foreign[code] = _service(by, code, Institution.Type.OTHER.value, FOREIGN)
    return world


def _phase(size: Size, by: Actor, programme: int, countries: dict[str, Country], lead: Institution) -> Phase:
    phase = add_phase(
        by=by,
        values={
            "programme_id": programme,
            "code": f"{size.code}-1",
            "number": 1,
            "title": both((f"{TITLE[0]}, Phase 1", f"{TITLE[1]}, фаза 1")),
            "short_title": both(PROGRAMME),
            "objective": both(OBJECTIVE),
            "contract_number": "FICTION/0000/000-000",
            "original_start": size.start,
            "original_end": size.end,
            "original_eu_contribution": Decimal(6_400_000) + Decimal(12_500) * min(size.activities, 500),
            "co_financing": Decimal(320_000),
            "lead_partner": lead,
            "funding_statement": "co_funded",
            "indicative_activities": max(10, round(size.activities * 0.92 / 10) * 10),
            "contact_email": "office@demo.example",
        },
        countries=[countries[code] for code in COUNTRIES],
    )
    signed = date.fromordinal(size.today.toordinal() - 400)
    if signed > size.start:
        sign_addendum(
            by=by,
            phase=phase,
            number=1,
            signed_on=signed,
            new_end=date(size.end.year, 8, 31),
            new_eu_contribution=(phase.original_eu_contribution or Decimal(0)) + 450_000,
            note=both(
                (
                    "Extension by six months with additional funds.",
                    "Продление на\u00a0шесть месяцев с\u00a0увеличением бюджета.",
                )
            ),
        )
    return phase


def _partner(by: Actor, key: str) -> Institution:
    english, russian, kind, country = PARTNERS[key]
    return add_institution(
        by=by,
        values={"name": both((english, russian)), "type": kind, "country_id": country, "fictional": True},
    )


def _service(by: Actor, country: str, kind: str, wording: tuple[str, str, str, str]) -> Institution:
    english, russian = LANDS[country]
    initials = "".join(word[0] for word in english.split()), "".join(word[0] for word in russian.split())
    name = both((wording[0].format(english), wording[1].format(russian)))
    earlier: list[tuple[Text, date | None]] = []
    if (country, kind) == ("UZ", "customs"):
        earlier = [(both((f"Customs Committee of {english}", f"Таможенный комитет {russian}")), date(2023, 6, 30))]
    return add_institution(
        by=by,
        values={
            "name": name,
            "short_name": both((wording[2].format(initials[0]), wording[3].format(initials[1]))),
            "type": kind,
            "country_id": country,
            "fictional": True,
        },
        earlier_names=earlier,
    )


def _place(by: Actor, country: str, english: str, russian: str, kind: str, latitude: float, longitude: float) -> Place:
    known = Place.objects.filter(country_id=country, name__en=english).first()
    return known or add_place(
        by=by,
        values={
            "name": both((english, russian)),
            "country_id": country,
            "kind": kind,
            "latitude": Decimal(str(latitude)),
            "longitude": Decimal(str(longitude)),
        },
    )
