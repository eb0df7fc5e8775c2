"""Fills an empty data folder with the demo, in one transaction."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from pilotage.cli.demo.activities import load_activities
from pilotage.cli.demo.meetings import link_recommendations, load_meetings
from pilotage.cli.demo.newsletters import load_newsletters
from pilotage.cli.demo.packs import begin_packs
from pilotage.cli.demo.parties import load_countries, load_institutions, load_places
from pilotage.cli.demo.people import PEOPLE, give_roles
from pilotage.cli.demo.phases import PARTNERS, load_components, load_phases, load_programme, load_stated_totals
from pilotage.cli.demo.recommendations import load_recommendations
from pilotage.cli.demo.tables import Tables
from pilotage.cli.demo.tasks import make_documents_of_rounds
from pilotage.cli.generate.loading import demo_users, generate
from pilotage.cli.generate.size import Size
from pilotage.domain.membership.models import Role
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.kit.actors import SystemActor
from pilotage.kit.changes import operation
from pilotage.kit.texts import wording

LOADER = SystemActor("Demo")
COUNTERPART = "Border Service of the State Committee for National Security of Kyrgyzstan"


def load_demo(folder: Path, *, fictional: bool, newsletters: bool = True, rounds: int | None = None) -> list[str]:
    """Loads the fictional programme, real facts and newsletters, and says in a line each what was loaded.

    Packs and minutes of the newest ``rounds`` (all where it is None) are begun, for the background worker to make.
    The fiction comes first: towns and people that both share are then recorded before anything that refers to them.
    """
    tables, said = Tables(folder), []
    if fictional:
        told: list[str] = []
        phase = generate(Size(today=timezone.localdate()), told.append)
        said.append(f"{wording(phase.programme.title, 'en')} (fictional): {'; '.join(told)}")
    with operation("load demo", by=LOADER):
        countries = load_countries(tables, LOADER)
        places = load_places(tables, LOADER)
        institutions = load_institutions(tables, LOADER)
        programme = load_programme(tables, LOADER)
        phases = load_phases(tables, LOADER, programme, countries, institutions)
        components = load_components(tables, LOADER, phases, institutions)
        activities = load_activities(tables, LOADER, phases, components, institutions, places)
        advice = load_recommendations(tables, LOADER, phases, countries, institutions)
        meetings = load_meetings(tables, LOADER, phases, countries, places)
        link_recommendations(tables, LOADER, meetings, advice)
        totals = load_stated_totals(tables, LOADER, programme, phases)
        users = demo_users(LOADER)
        grantee = next(
            iter(
                sorted(name for name, one in institutions.items() if one.type == "ngo" and one.country_id in PARTNERS)
            ),
            "",
        )
        scope = {Role.CP: institutions[COUNTERPART]}
        if grantee:
            scope[Role.GR] = institutions[grantee]
        for phase in phases_with_everything().filter(programme=programme):
            give_roles(LOADER, users, phase, scope)
        said.append(
            f"BOMCA: {activities} activities, {len(set(institutions.values()))} institutions, "
            f"{len(advice)} recommendations, {len(meetings)} meetings, {totals} stated totals"
        )
    if newsletters:
        said.append(f"newsletters: {load_newsletters(LOADER)} issued")
    if fictional:
        waiting, of = begin_packs(rounds)
        make_documents_of_rounds.enqueue()
        said.append(f"packs and minutes: {waiting} of {of} rounds; the background worker makes them after the start")
    return said


def sign_ins() -> str:
    """Whom to sign in as, one a line."""
    lines = [f"Sign in with one of these addresses and the password  {settings.DEMO_PASSWORD}"]
    for person in PEOPLE:
        scope = f", {person.scope}" if person.scope else ""
        lines.append(f"  {person.email:18} {person.role.label}{scope}")
    return "\n".join([*lines, "Without signing in you see what the public sees."]) + "\n"
