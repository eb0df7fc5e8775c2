"""A small programme with one person for each role that workbooks, the API and the calendar are tried with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from pilotage.domain.membership.models import Assignment, User
from pilotage.domain.membership.operations import add_user, assign_role
from pilotage.domain.parties.models import Institution, Place
from pilotage.domain.parties.operations import add_country, add_institution, add_place
from pilotage.domain.programme.models import Component, Phase
from pilotage.domain.programme.operations import add_component, add_phase, add_programme
from pilotage.kit.actors import SystemActor
from tests.recorded import made_once

COUNTRIES = {
    "KZ": ("Kazakhstan", "Казахстан"),
    "KG": ("Kyrgyzstan", "Кыргызстан"),
    "TJ": ("Tajikistan", "Таджикистан"),
    "TM": ("Turkmenistan", "Туркменистан"),
    "UZ": ("Uzbekistan", "Узбекистан"),
    "AT": ("Austria", "Австрия"),
}
SYSTEM = SystemActor("tests")


@dataclass
class SmallProgramme:
    """What the tests need of it."""

    phase: Phase
    components: list[Component]
    border_service: Institution
    customs: Institution
    dushanbe: Place
    manager: User
    lead: User
    """Leads component 1."""
    coordinator: User
    """Coordinates in Tajikistan."""
    officer: User
    """Monitoring and evaluation."""
    reader: User
    """EU Delegation."""
    stranger: User
    """Signs in, has no role."""


def role_of(user: User) -> Assignment:
    """The first role of a person."""
    found = user.assignments.first()
    assert found is not None
    return found


@made_once
def small_programme(code: str = "demo-1") -> SmallProgramme:
    """Five countries, three components, two institutions, one place and six people."""
    countries = [add_country(by=SYSTEM, code=key, name={"en": en, "ru": ru}) for key, (en, ru) in COUNTRIES.items()][:5]
    programme = add_programme(by=SYSTEM, values={"code": code.split("-")[0], "title": {"en": "Demo", "ru": "Демо"}})
    values = {
        "programme": programme, "code": code, "number": 1, "title": {"en": "Demo 1", "ru": "Демо 1"},
        "short_title": {"en": "Demo 1", "ru": "Демо 1"},
        "original_start": date(2021, 4, 1), "original_end": date(2025, 9, 30),
    }  # fmt: skip
    phase = add_phase(by=SYSTEM, values=values, countries=countries)
    titles = (("Border management", "Управление границами"), ("Trade", "Торговля"), ("Migration", "Миграция"))
    components = [
        add_component(by=SYSTEM, values={"phase": phase, "number": str(number), "title": {"en": en, "ru": ru}})
        for number, (en, ru) in enumerate(titles, start=1)
    ]
    border = add_institution(
        by=SYSTEM,
        values={"name": {"en": "Border Service of Tajikistan", "ru": "Пограничная служба Таджикистана"}, "country_id": "TJ",
                "type": "border", "code": "tj-border", "short_name": {"en": "TBS", "ru": "ПСТ"}},
    )  # fmt: skip
    customs = add_institution(
        by=SYSTEM,
        values={"name": {"en": "Customs Service of Kyrgyzstan", "ru": "Таможенная служба Кыргызстана"}, "country_id": "KG",
                "type": "customs", "code": "kg-customs"},
    )  # fmt: skip
    dushanbe = add_place(
        by=SYSTEM, values={"name": {"en": "Dushanbe", "ru": "Душанбе"}, "code": "dushanbe", "country_id": "TJ"}
    )
    people: dict[str, dict[str, Any]] = {
        "manager": {"role": "PM"},
        "lead": {"role": "CL", "component": components[0]},
        "coordinator": {"role": "NC", "country_id": "TJ"},
        "officer": {"role": "ME"},
        "reader": {"role": "EUD"},
        "stranger": {},
    }
    users = {}
    for name, role in people.items():
        users[name] = add_user(
            by=SYSTEM, email=f"{name}@{code}.example.org", name=name.title(), password="a long password"
        )
        if role:
            assign_role(by=SYSTEM, user=users[name], values={**role, "programme": programme, "phase": phase})
    return SmallProgramme(
        phase=phase, components=components, border_service=border, customs=customs, dushanbe=dushanbe, **users
    )
