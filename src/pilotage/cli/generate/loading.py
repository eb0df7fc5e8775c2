"""Makes the fictional programme's records out of what was drawn, through operations."""

from __future__ import annotations

import random
from collections.abc import Callable

from pilotage.cli.demo.people import DOMAIN, add_people, give_roles
from pilotage.cli.generate.activities import add_activities
from pilotage.cli.generate.advice import Advices
from pilotage.cli.generate.answers import Answers, add_reminders
from pilotage.cli.generate.bodies import add_bodies
from pilotage.cli.generate.clock import Clock
from pilotage.cli.generate.desk import give_out_today
from pilotage.cli.generate.events import make_events
from pilotage.cli.generate.outcomes import add_deliverables, add_photos, add_register
from pilotage.cli.generate.people import Crowds
from pilotage.cli.generate.plans import add_plans
from pilotage.cli.generate.programme import make_world
from pilotage.cli.generate.rounds import Rounds, add_other_meetings
from pilotage.cli.generate.size import Size
from pilotage.cli.generate.telling import GENERATOR, Telling
from pilotage.cli.generate.years import Calendar
from pilotage.domain.membership.models import Role, User
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation

Say = Callable[[str], None]


def generate(size: Size, say: Say = lambda _line: None) -> Phase:
    """Adds the fictional programme in one transaction and returns its phase. Raises ValidationError where it is there."""
    random_, calendar, clock = random.Random(size.seed), Calendar(size), Clock(size.today)
    with operation("generate programme", by=GENERATOR, recorded_at=clock.at(size.start, 8)):
        users = demo_users(GENERATOR)
        world = make_world(size, GENERATOR)
        world.phase = phases_with_everything().get(pk=world.phase.pk)
        give_roles(
            GENERATOR, users, world.phase, {Role.CP: world.services["KG", "border"], Role.GR: world.partners["ngo"]}
        )
        telling = Telling(size, calendar, clock, world, users, random_)
        events = make_events(size, calendar, random_)
        say(f"{len(events)} activities, {sum(event.held for event in events)} of them held")
        crowd = Crowds(size, world, random_).fill(events)
        activities = add_activities(telling, events, crowd)
        add_register(telling, events, activities, crowd)
        participations = sum(row.count for rows in crowd.tallies.values() for row in rows)
        say(f"{participations} participations, {len(crowd.persons)} persons in the register")
        documents = add_deliverables(telling, events, activities)
        bodies = add_bodies(telling)
        plans = add_plans(telling, bodies, events, activities)
        advices = Advices(telling, events)
        records = Answers(telling, bodies, activities, documents).add(advices)
        reminders = add_reminders(telling, bodies, advices, records)
        say(f"{len(records)} recommendations, {reminders} reminders")
        rounds = Rounds(telling, bodies, plans, events, advices, records).hold_all()
        others = add_other_meetings(telling)
        give_out_today(telling, bodies)
        say(f"{len(plans)} work plans, {len(rounds)} rounds of meetings, {others} other meetings")
    photos = add_photos(telling, events, activities)
    say(f"{photos} pictures")
    return world.phase


def demo_users(by: Actor) -> dict[Role, User]:
    """The people of the demo, by role; added where they are not there yet."""
    known = {user.email: user for user in User.objects.filter(email__endswith=f"@{DOMAIN}")}
    found = {
        role: known[f"{role.value.lower()}@{DOMAIN}"] for role in Role if f"{role.value.lower()}@{DOMAIN}" in known
    }
    return found or add_people(by)
