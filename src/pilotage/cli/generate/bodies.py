"""The steering groups of the fictional programme, and whom it writes to at the agencies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pilotage.cli.demo.people import DOMAIN, PEOPLE
from pilotage.cli.generate.names import POSITIONS, make_name
from pilotage.cli.generate.prose import set_well
from pilotage.cli.generate.telling import GENERATOR, Telling
from pilotage.cli.generate.words import COUNTRIES, LANDS, SERVICES
from pilotage.cli.generate.years import REGION
from pilotage.domain.membership.models import Role
from pilotage.domain.parties.models import Institution
from pilotage.domain.recommendations.contacts import add_contact
from pilotage.domain.recommendations.models import AgencyContact
from pilotage.domain.steering.models import BodyMember, SteeringBody
from pilotage.domain.steering.operations import add_body
from pilotage.domain.steering.words import BodyKind
from pilotage.kit.actors import SystemActor
from pilotage.kit.texts import wording

CHAIR = {"en": "Deputy Minister of Foreign Affairs", "ru": "заместитель министра иностранных дел"}
MEMBER = {"en": "Deputy Head of Service", "ru": "заместитель руководителя службы"}
ENVOY = {"en": "Head of Cooperation", "ru": "руководитель отдела сотрудничества"}
LEADER = {"en": "Team Leader", "ru": "руководитель группы"}
NAMES = {person.role: person.name for person in PEOPLE}
TACIT = {"UZ", REGION}
"""Groups whose terms of reference allow minutes to be approved by silence."""


@dataclass
class Bodies:
    """The groups by scope, their seats, the contacts at the agencies."""

    groups: dict[str, SteeringBody] = field(default_factory=dict)
    seats: dict[str, list[BodyMember]] = field(default_factory=dict)
    contacts: dict[int, AgencyContact] = field(default_factory=dict)
    """By the key of the institution."""

    def speaker(self, institution: Institution) -> SystemActor:
        """Whoever answers for an agency without an account, as the agency's own page names them."""
        short = wording(institution.short_name, "ru") or wording(institution.name, "ru")
        return SystemActor(f"{self.contacts[institution.pk].name} ({short})"[:200])


def secretary_of(scope: str) -> dict[str, str]:
    """Who keeps the minutes: the programme's person with the office, as minutes print it."""
    role = Role.NC if scope == "KG" else Role.PM
    office = {
        Role.NC: {"en": "national coordinator", "ru": "национальный координатор программы"},
        Role.PM: {"en": "programme manager", "ru": "руководитель программы"},
    }[role]
    return {language: f"{NAMES[role]}, {words}" for language, words in office.items()}


def add_bodies(telling: Telling) -> Bodies:
    """Sets up a group in every country and one for the region, and a contact at every service."""
    bodies, phase = Bodies(), telling.world.phase
    with telling.on(telling.size.start + timedelta(days=7), 9):
        for code in COUNTRIES:
            english, russian = LANDS[code]
            titles = (f"National Steering Group of {english}", f"Национальная руководящая группа {russian}")
            _add(telling, bodies, code, BodyKind.NATIONAL, titles, _national_seats(telling, code))
        titles = ("Regional Steering Group of Silk Bridge", "Региональная руководящая группа «Шёлкового моста»")
        _add(telling, bodies, REGION, BodyKind.REGIONAL, titles, _regional_seats(telling))
    with telling.on(telling.size.start + timedelta(days=40), 9):
        for (code, kind), service in telling.world.services.items():
            name = make_name(telling.random, code, telling.random.choice("mf"))
            position = telling.random.choice(POSITIONS)
            russian_reads = telling.random.random() < 0.85
            bodies.contacts[service.pk] = add_contact(
                by=GENERATOR,
                phase=phase,
                institution=service,
                values={
                    "name": name.signed if russian_reads else name.latin,
                    "position": position[1] if russian_reads else position[0],
                    "email": f"{kind}.{code.lower()}@demo.example",
                    "language": "ru" if russian_reads else "en",
                },
            )
    return bodies


def _add(
    telling: Telling,
    bodies: Bodies,
    scope: str,
    kind: BodyKind,
    titles: tuple[str, str],
    seats: list[dict[str, Any]],
) -> None:
    body = add_body(
        by=GENERATOR,
        values={
            "phase": telling.world.phase,
            "kind": kind,
            "country_id": scope or None,
            "title": {"en": titles[0], "ru": set_well(titles[1])},
            "tacit_approval": scope in TACIT,
        },
        members=seats,
    )
    bodies.groups[scope] = body
    bodies.seats[scope] = list(body.members.select_related("institution"))


def _national_seats(telling: Telling, code: str) -> list[dict[str, Any]]:
    """The foreign office in the chair, the Delegation, every service with a vote; the partners observe."""
    world = telling.world
    seats = [_seat(telling, world.foreign[code], code, chair=True, position=CHAIR), _delegation(telling)]
    if code == "TJ":
        seats[0] |= {"delegate": NAMES[Role.SM], "user": telling.users.get(Role.SM)}
    for kind in SERVICES:
        seats.append(_seat(telling, world.services[code, kind], code))
    if code == "KG":
        seats[2] |= {"delegate": NAMES[Role.CP], "user": telling.users.get(Role.CP)}
    seats.append(
        {"institution": world.partners["lead"], "delegate": "Elīna Krūmiņa", "position": LEADER, "voting": False}
    )
    seats.append(
        {"institution": world.partners["joint"], "delegate": "Anna Keller", "position": LEADER, "voting": False}
    )
    return seats


def _regional_seats(telling: Telling) -> list[dict[str, Any]]:
    world = telling.world
    seats = [_seat(telling, world.foreign["UZ"], "UZ", chair=True, position=CHAIR), _delegation(telling)]
    seats += [_seat(telling, world.foreign[code], code, position=CHAIR) for code in COUNTRIES if code != "UZ"]
    seats += [_seat(telling, world.services[code, kind], code) for code in COUNTRIES for kind in ("border", "customs")]
    seats.append({"institution": world.partners["lead"], "delegate": "Elīna Krūmiņa", "position": LEADER})
    for key, name in (("2", "Rasa Matulytė"), ("3", "Lukas Gruber"), ("4", "Eva Steiner")):
        seats.append({"institution": world.partners[key], "delegate": name, "voting": False})
    return seats


def _seat(telling: Telling, institution: Institution, code: str, **more: Any) -> dict[str, Any]:
    delegate, alternate = (make_name(telling.random, code, telling.random.choice("mmf")) for _one in range(2))
    key = f"{institution.type if institution.type != 'other' else 'foreign'}.{code.lower()}"
    return {
        "institution": institution,
        "delegate": delegate.signed,
        "alternate": alternate.signed,
        "email": f"delegate.{key}@demo.example",
        "alternate_email": f"alternate.{key}@demo.example",
        "language": "ru",
        "position": MEMBER,
        **more,
    }


def _delegation(telling: Telling) -> dict[str, Any]:
    return {
        "institution": telling.world.partners["delegation"],
        "delegate": NAMES[Role.EUD],
        "position": ENVOY,
        "alternate": "Pieter Aalbers",
        "email": f"eud@{DOMAIN}",
        "delegation": True,
        "user": telling.users.get(Role.EUD),
    }
