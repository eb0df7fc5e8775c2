"""One person for each role of the handbook, with a scope in every programme of the demo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password

from pilotage.domain.membership.models import Role, User
from pilotage.domain.membership.operations import add_user, assign_role
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.kit.actors import Actor

DOMAIN = settings.DEMO_DOMAIN


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as. ``component``, ``country`` and ``institution`` are the scope, where the role has one."""

    role: Role
    name: str
    component: str = ""
    country: str = ""
    institution: bool = False

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.role.value.lower()}@{DOMAIN}"

    @property
    def scope(self) -> str:
        """The scope in words, for the list of sign-ins."""
        if self.component:
            return f"component {self.component}"
        return self.country or ("one institution" if self.institution else "")


PEOPLE = (
    DemoPerson(Role.PM, "Marta Liepa"),
    DemoPerson(Role.CL, "Jonas Petrauskas", component="2"),
    DemoPerson(Role.NC, "Айгүл Асанова", country="KG"),
    DemoPerson(Role.ME, "Timur Rahimov"),
    DemoPerson(Role.PO, "Ilze Kalna"),
    DemoPerson(Role.GO, "Мадина Юсупова"),
    DemoPerson(Role.CO, "Alina Kim"),
    DemoPerson(Role.FI, "Andris Ozols"),
    DemoPerson(Role.CP, "Нурлан Бекболотов", institution=True),
    DemoPerson(Role.GR, "Gulnora Saidova", institution=True),
    DemoPerson(Role.EUD, "Claire Dumont"),
    DemoPerson(Role.SM, "Бахтиёр Назаров", country="TJ"),
)


def add_people(by: Actor) -> dict[Role, User]:
    """Adds the people of the demo, all with the demo's password."""
    hashed = make_password(settings.DEMO_PASSWORD)
    return {
        person.role: add_user(by=by, email=person.email, name=person.name, password=None, hashed=hashed)
        for person in PEOPLE
    }


def give_roles(by: Actor, users: dict[Role, User], phase: Phase, institutions: dict[Role, Institution]) -> None:
    """Gives each of them their role in ``phase``; ``institutions`` are those of the counterpart and the grantee."""
    numbers = {component.number: component for component in phase.components.all()}
    partners = {link.country_id for link in phase.partner_countries.all()}
    for person in people_for(institutions):
        component = numbers.get(person.component)
        if (person.component and component is None) or (person.country and person.country not in partners):
            continue
        assign_role(
            by=by,
            user=users[person.role],
            values={
                "role": person.role.value,
                "programme": phase.programme,
                "phase": phase,
                "component": component,
                "country_id": person.country or None,
                "institution": institutions.get(person.role),
                "valid_from": phase.start,
            },
        )


def people_for(institutions: dict[Role, Institution]) -> Iterable[DemoPerson]:
    """Those whose scope can be given."""
    return (person for person in PEOPLE if not person.institution or person.role in institutions)
