"""What events leave behind: the register of persons with their attendance, deliverables, pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

from pilotage.cli.generate.events import Event
from pilotage.cli.generate.people import Crowd
from pilotage.cli.generate.pictures import landscape
from pilotage.cli.generate.programme import both
from pilotage.cli.generate.telling import GENERATOR, Telling
from pilotage.cli.generate.words import DELIVERABLES
from pilotage.domain.activities.bulk import add_attendances, add_persons
from pilotage.domain.activities.files import add_file
from pilotage.domain.activities.models import Activity, Attendance, Deliverable
from pilotage.domain.activities.operations import add_deliverable
from pilotage.domain.activities.words import Confidentiality
from pilotage.kit.search import fold


def add_register(telling: Telling, events: list[Event], activities: dict[int, Activity], crowd: Crowd) -> None:
    """Adds the persons and who was at which event. A person is known from the first event on."""
    listed = {event.number: listed_at(telling, event) for event in events if event.held}
    known: dict[str, datetime] = {}
    for number, seats in crowd.seats.items():
        for seat in seats:
            key = crowd.persons[seat.person].key
            known[key] = min(known.get(key, listed[number]), listed[number])
    by_activity = {activities[number].pk: at for number, at in listed.items()}
    add_persons(
        by=GENERATOR, persons=crowd.persons, recorded=lambda person: known.get(person.key, telling.clock.latest)
    )
    add_attendances(
        by=GENERATOR,
        attendances=_attendances(events, activities, crowd),
        recorded=lambda attendance: by_activity[attendance.activity_id],
    )


def listed_at(telling: Telling, event: Event) -> datetime:
    """When the list of those who came was entered: after the event was recorded as implemented."""
    return telling.clock.at(next(step.on for step in event.steps if step.move == "implement"), 16)


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


def add_deliverables(telling: Telling, events: list[Event], activities: dict[int, Activity]) -> dict[int, Deliverable]:
    """Adds a document for some events, most of all expert missions, and returns them by the event's number."""
    random_, found = telling.random, {}
    for event in events:
        likely = 0.85 if event.type == "expert_mission" else 0.22
        if not event.held or event.theme is None or random_.random() > likely:
            continue
        kind = random_.choices(tuple(DELIVERABLES), (30, 22, 14, 12, 14, 8))[0]
        english, russian = DELIVERABLES[kind]
        assert event.actual is not None
        sent = random_.random() < 0.75
        with telling.on(next(step.on for step in event.steps if step.move == "implement"), 17):
            found[event.number] = add_deliverable(
                by=GENERATOR,
                activity=activities[event.number],
                values={
                    "type": kind,
                    "title": both((english.format(event.topic[0]), russian.format(event.topic[1]))),
                    "transmitted_to": telling.world.services[event.countries[0], event.theme.services[0]]
                    if sent
                    else None,
                    "transmitted_on": f"{event.actual[1]:%Y-%m}" if sent else "",
                },
            )
    return found


def add_photos(telling: Telling, events: list[Event], activities: dict[int, Activity]) -> int:
    """Pictures of the latest public activities, with consent and alternative text."""
    shown = [event for event in events if event.held and activities[event.number].confidentiality == "public"]
    shown = shown[-telling.size.photos :] if telling.size.photos else []
    for event in shown:
        assert event.actual is not None
        with telling.on(event.steps[-1].on, 17, 30):
            add_file(
                by=GENERATOR,
                activity=activities[event.number],
                kind="photo",
                file=io.BytesIO(landscape(telling.random)),
                name=f"{fold(event.topic[0])}.png",
                values={
                    "alternative_text": both(
                        ("Drawing of hills in place of a photo", "Рисунок холмов вместо фотографии")
                    ),
                    "credit": "Silk Bridge",
                    "consent_on": event.actual[1],
                    "confidentiality": Confidentiality.PUBLIC.value,
                },
            )
    return len(shown)
