"""Makes the fictional programme's records out of what was drawn, through operations."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from pilotage.cli.demo.people import DOMAIN, add_people, give_roles
from pilotage.cli.generate.events import Event, make_events
from pilotage.cli.generate.people import Crowd, Crowds
from pilotage.cli.generate.pictures import landscape
from pilotage.cli.generate.programme import World, both, make_world
from pilotage.cli.generate.size import Size
from pilotage.cli.generate.words import DELIVERABLES, SUMMARY
from pilotage.domain.activities.bulk import add_activities, add_attendances, add_persons
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.files import add_file
from pilotage.domain.activities.histories import add_past_moves
from pilotage.domain.activities.models import Activity, ActivityMove, Attendance, Series
from pilotage.domain.activities.operations import add_deliverable, add_series
from pilotage.domain.activities.words import Confidentiality, State
from pilotage.domain.membership.models import Role, User
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.kit.actors import SystemActor
from pilotage.kit.changes import operation
from pilotage.kit.search import fold

GENERATOR = SystemActor("Generator")
MOVED_BY = {
    "plan": Role.PM, "plan_again": Role.PM, "cancel": Role.PM, "confirm": Role.NC, "postpone": Role.CL,
    "implement": Role.NC, "verify": Role.ME,
}  # fmt: skip
Say = Callable[[str], None]


def generate(size: Size, say: Say = lambda _line: None) -> Phase:
    """Adds the fictional programme in one transaction and returns its phase. Raises ValidationError where it is there."""
    random_ = random.Random(size.seed)
    with operation("generate programme", by=GENERATOR):
        world = make_world(size, GENERATOR)
        world.phase = phases_with_everything().get(pk=world.phase.pk)
        users = demo_users()
        give_roles(
            GENERATOR,
            users,
            world.phase,
            {Role.CP: world.services["KG", "border"], Role.GR: world.partners["ngo"]},
        )
        events = make_events(size, random_)
        say(f"{len(events)} activities, {sum(event.held for event in events)} of them held")
        crowd = Crowds(size, world, random_).fill(events)
        activities = _add_activities(size, world, events, crowd, random_)
        add_past_moves(by=GENERATOR, moves=_moves(events, activities, users))
        add_persons(by=GENERATOR, persons=crowd.persons)
        add_attendances(by=GENERATOR, attendances=_attendances(events, activities, crowd))
        participations = sum(row.count for rows in crowd.tallies.values() for row in rows)
        say(f"{participations} participations, {len(crowd.persons)} persons in the register")
        _add_deliverables(events, activities, world, random_)
    photos = _add_photos(size, events, activities, random_)
    say(f"{photos} pictures")
    return world.phase


def demo_users() -> dict[Role, User]:
    """The people of the demo, by role; added where they are not there yet."""
    known = {user.email: user for user in User.objects.filter(email__endswith=f"@{DOMAIN}")}
    found = {
        role: known[f"{role.value.lower()}@{DOMAIN}"] for role in Role if f"{role.value.lower()}@{DOMAIN}" in known
    }
    return found or add_people(GENERATOR)


def _add_activities(
    size: Size, world: World, events: list[Event], crowd: Crowd, random_: random.Random
) -> dict[int, Activity]:
    series: dict[str, Series] = {}
    for event in events:
        if event.series and event.series not in series:
            series[event.series] = add_series(
                by=GENERATOR, phase=world.phase, code=event.series, title=both(event.title)
            )
    entries = (_entry(size, world, event, crowd, series, random_) for event in events)
    add_activities(by=GENERATOR, phase=world.phase, entries=entries)
    prefix = world.phase.code.upper()
    records = Activity.objects.filter(phase=world.phase).in_bulk(field_name="pk")
    by_code = {record.code: record for record in records.values()}
    return {event.number: by_code[f"{prefix}-{event.number:03}"] for event in events}


def _entry(
    size: Size, world: World, event: Event, crowd: Crowd, series: dict[str, Series], random_: random.Random
) -> ActivityEntry:
    venue_country = _venue_country(event, random_)
    venue = None if event.mode == "online" else random_.choice(world.places[venue_country])
    number = event.theme.number if event.theme else ""
    rows = crowd.tallies.get(event.number, ())
    services = {world.services[row.country, kind].code: world.services[row.country, kind].pk
                for row in rows for kind in _kinds(world, row.country)}  # fmt: skip
    joint = random_.random() < 0.24
    values = {
        "code": f"{world.phase.code.upper()}-{event.number:03}",
        "title": both(event.title),
        "summary": _summary(event),
        "component": world.components.get(number),
        "output": random_.choice(world.outputs[number]) if number else None,
        "type": event.type,
        "thematic": event.theme is not None,
        "scope": _scope(event),
        "mode": event.mode,
        "series": series.get(event.series),
        "venue": venue,
        "venue_country_id": venue.country_id if venue else None,
        **_dates(event),
        "state": event.state,
        "additional": event.additional,
        "confidentiality": _confidentiality(event, random_),
        "by_national_trainers": (random_.random() < 0.3) if event.type in {"training", "workshop"} else None,
        "cost": Decimal(random_.randint(8, 60) * 100 * max(1, len(event.countries))) if event.held else None,
        "policy_tags": random_.sample(
            ["ca_resilience", "ca_prosperity", "ca_together", "ibm_inter_agency", "ibm_international", "ct_prevent"], 2
        ),
        "sdg_goals": [16] if number in {"1", "2"} else [8, 16],
        "signed_list_on": _received(size, event, random_, 1, 6, 0.8),
        "report_on": _received(size, event, random_, 6, 20, 0.6),
    }
    return ActivityEntry(
        values,
        countries=frozenset(event.countries),
        institutions=frozenset(services[row.institution] for row in rows if row.institution in services),
        experts=frozenset({world.partners[number if number not in {"", "1"} else "lead"].pk})
        if event.held
        else frozenset(),
        co_organisers=frozenset({world.partners["joint"].pk}) if joint else frozenset(),
        tally=rows,
    )


def _kinds(world: World, country: str) -> list[str]:
    return [kind for code, kind in world.services if code == country]


def _venue_country(event: Event, random_: random.Random) -> str:
    if event.type == "study_visit":
        return random_.choice(("LV", "LT", "AT"))
    return random_.choice(event.countries)


def _scope(event: Event) -> str:
    return {1: "national", 5: "regional"}.get(len(event.countries), "multi_country")


def _summary(event: Event) -> dict[str, str]:
    if not event.held or event.theme is None:
        return {}
    who = ("the services", "служб") if len(event.countries) > 1 else ("one service", "одной службы")
    return both(
        (
            SUMMARY[0].format(who=who[0], topic=event.topic[0]),
            SUMMARY[1].format(who=who[1], topic=event.topic[1]),
        )
    )


def _dates(event: Event) -> dict[str, str]:
    """The dates as they are written: far plans are known to the month or quarter only."""
    baseline, planned = event.baseline, event.planned or event.baseline
    dates = {"planned_start": planned[0].isoformat(), "planned_end": planned[1].isoformat()}
    if event.state == State.DRAFT:
        quarter = f"{planned[0].year}-Q{(planned[0].month + 2) // 3}"
        return {"planned_start": quarter, "planned_end": quarter}
    dates |= {"baseline_start": baseline[0].isoformat(), "baseline_end": baseline[1].isoformat()}
    if event.state in {State.PLANNED, State.POSTPONED} and event.number % 3 == 0:
        dates |= {"planned_start": f"{planned[0]:%Y-%m}", "planned_end": f"{planned[1]:%Y-%m}"}
    if event.actual:
        dates |= {"actual_start": event.actual[0].isoformat(), "actual_end": event.actual[1].isoformat()}
    return dates


def _confidentiality(event: Event, random_: random.Random) -> str:
    if event.type == "coordination":
        return Confidentiality.INTERNAL.value
    kinds = (Confidentiality.PUBLIC, Confidentiality.PARTNERS, Confidentiality.INTERNAL, Confidentiality.RESTRICTED)
    return random_.choices(kinds, (80, 15, 4, 1))[0].value


def _received(size: Size, event: Event, random_: random.Random, least: int, most: int, share: float) -> date | None:
    """When a paper came after the event; a verified activity has it, a few others wait for it."""
    if event.actual is None:
        return None
    day = event.actual[1] + timedelta(days=random_.randint(least, most))
    sure = event.state == State.VERIFIED or random_.random() < share
    return min(day, size.today) if sure and (day <= size.today or event.state == State.VERIFIED) else None


def _moves(events: list[Event], activities: dict[int, Activity], users: dict[Role, User]) -> Iterator[ActivityMove]:
    for event in events:
        for step in event.steps:
            user = users[MOVED_BY[step.move]]
            yield ActivityMove(
                activity=activities[event.number],
                move=step.move,
                from_state=step.from_state,
                to_state=step.to_state,
                effective_on=step.on,
                reason=step.reason,
                by_id=user.pk,
                by_name=user.name,
            )


def _attendances(events: list[Event], activities: dict[int, Activity], crowd: Crowd) -> Iterator[Attendance]:
    for event in events:
        for place, seat in enumerate(crowd.seats.get(event.number, ()), 1):
            yield Attendance(
                activity=activities[event.number],
                person=crowd.persons[seat.person],
                mode="" if event.mode == "hybrid" else event.mode,
                days_present=seat.days,
                pre_test=seat.pre_test,
                post_test=seat.post_test,
                satisfaction=seat.satisfaction,
                certificate_number=f"SB-{event.number:04}-{place:03}" if seat.certificate else "",
            )


def _add_deliverables(
    events: list[Event], activities: dict[int, Activity], world: World, random_: random.Random
) -> None:
    for event in events:
        likely = 0.85 if event.type == "expert_mission" else 0.22
        if not event.held or event.theme is None or random_.random() > likely:
            continue
        kind = random_.choices(tuple(DELIVERABLES), (30, 22, 14, 12, 14, 8))[0]
        english, russian = DELIVERABLES[kind]
        assert event.actual is not None
        sent = random_.random() < 0.75
        add_deliverable(
            by=GENERATOR,
            activity=activities[event.number],
            values={
                "type": kind,
                "title": both((english.format(event.topic[0]), russian.format(event.topic[1]))),
                "transmitted_to": world.services[event.countries[0], event.theme.services[0]] if sent else None,
                "transmitted_on": f"{event.actual[1]:%Y-%m}" if sent else "",
            },
        )


def _add_photos(size: Size, events: list[Event], activities: dict[int, Activity], random_: random.Random) -> int:
    """Pictures of the latest public activities, with consent and alternative text."""
    shown = [event for event in events if event.held and activities[event.number].confidentiality == "public"]
    shown = shown[-size.photos :] if size.photos else []
    for event in shown:
        add_file(
            by=GENERATOR,
            activity=activities[event.number],
            kind="photo",
            file=io.BytesIO(landscape(random_)),
            name=f"{fold(event.topic[0])}.png",
            values={
                "alternative_text": both(("Drawing of hills in place of a photo", "Рисунок холмов вместо фотографии")),
                "credit": "Silk Bridge",
                "consent_on": event.actual[1] if event.actual else None,
                "confidentiality": Confidentiality.PUBLIC.value,
            },
        )
    return len(shown)
