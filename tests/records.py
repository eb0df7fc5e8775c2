"""A small programme made through operations, for tests that need one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import add_activity
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.membership.models import User
from pilotage.domain.membership.operations import add_user, assign_role
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Country, Institution
from pilotage.domain.parties.operations import add_country, add_institution
from pilotage.domain.programme.models import Component, Phase, Programme
from pilotage.domain.programme.operations import add_component, add_phase, add_programme
from pilotage.kit.actors import SystemActor
from tests.recorded import made_once

TESTER = SystemActor("tests")
NAMES = {
    "KZ": {"en": "Kazakhstan", "ru": "Казахстан"},
    "KG": {"en": "Kyrgyzstan", "ru": "Кыргызстан"},
    "TJ": {"en": "Tajikistan", "ru": "Таджикистан"},
}


@dataclass
class SmallProgramme:
    """One programme of one phase with two components, three countries and one border service in each."""

    programme: Programme
    phase: Phase
    components: tuple[Component, Component]
    countries: dict[str, Country]
    services: dict[str, Institution]

    def user(self, role: str, name: str = "", **scope: Any) -> tuple[User, Viewer]:
        """A person who holds ``role`` in the phase, and the viewer that they are."""
        user = add_user(
            by=TESTER, email=f"{(name or role).lower().replace(' ', '.')}@example.org", name=name or role, password=None
        )
        assign_role(
            by=TESTER, user=user, values={"role": role, "programme": self.programme, "phase": self.phase, **scope}
        )
        return user, Viewer.of(user)

    def activity(self, *countries: str, tally: tuple[TallyRow, ...] | None = None, **values: Any) -> Activity:
        """An activity of component 1, draft unless ``state`` says otherwise."""
        fields = {"title": {"en": "Workshop", "ru": "Семинар"}, "type": "workshop", "component": self.components[0]}
        entry = ActivityEntry({**fields, **values}, countries=frozenset(countries), tally=tally)
        return add_activity(by=TESTER, phase=self.phase, entry=entry)


@made_once
def small_programme(code: str = "trial", end: date = date(2025, 9, 30)) -> SmallProgramme:
    """Makes the programme, its phase (from 1 April 2021 to ``end``) and what belongs to them."""
    countries = {iso: add_country(by=TESTER, code=iso, name=name) for iso, name in NAMES.items()}
    programme = add_programme(
        by=TESTER, values={"code": code, "title": {"en": "Trial", "ru": "Проба"}, "fictional": True}
    )
    phase = add_phase(
        by=TESTER,
        values={
            "programme": programme,
            "code": f"{code}-1",
            "number": 1,
            "title": {"en": "Trial, phase 1", "ru": "Проба, фаза 1"},
            "original_start": date(2021, 4, 1),
            "original_end": end,
        },
        countries=list(countries.values()),
    )
    one, two = (
        add_component(
            by=TESTER,
            values={
                "phase": phase,
                "number": number,
                "title": {"en": f"Component {number}", "ru": f"Компонент {number}"},
            },
        )
        for number in ("1", "2")
    )
    services = {
        iso: add_institution(
            by=TESTER,
            values={
                "name": {"en": f"Border Service of {name['en']}", "ru": f"Пограничная служба ({name['ru']})"},
                "type": "border",
                "country": countries[iso],
                "fictional": True,
            },
        )
        for iso, name in NAMES.items()
    }
    return SmallProgramme(programme, phase, (one, two), countries, services)
