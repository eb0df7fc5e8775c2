"""The activities of the fictional programme, with what became of each of them, as records."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pilotage.cli.generate.events import Event, Step
from pilotage.cli.generate.people import Crowd
from pilotage.cli.generate.programme import World, both
from pilotage.cli.generate.size import Size
from pilotage.cli.generate.telling import GENERATOR, Telling
from pilotage.cli.generate.words import SUMMARY
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.histories import PastActivity, PastStep, add_past_activities
from pilotage.domain.activities.models import Activity, Series
from pilotage.domain.activities.operations import add_series
from pilotage.domain.activities.words import Confidentiality, State
from pilotage.domain.membership.models import Role

MOVED_BY = {
    "plan": Role.PM, "plan_again": Role.PM, "cancel": Role.PM, "confirm": Role.NC, "postpone": Role.CL,
    "implement": Role.NC, "verify": Role.ME,
}  # fmt: skip


def add_activities(telling: Telling, events: list[Event], crowd: Crowd) -> dict[int, Activity]:
    """Adds every event as an activity with its past, and returns them by number."""
    series: dict[str, Series] = {}
    phase = telling.world.phase
    for event in events:
        if event.series and event.series not in series:
            series[event.series] = add_series(by=GENERATOR, phase=phase, code=event.series, title=both(event.title))
    past = (_past(telling, event, crowd, series) for event in events)
    add_past_activities(by=GENERATOR, phase=phase, past=past)
    by_code = {record.code: record for record in Activity.objects.filter(phase=phase)}
    return {event.number: by_code[f"{phase.code.upper()}-{event.number:03}"] for event in events}


def _past(telling: Telling, event: Event, crowd: Crowd, series: dict[str, Series]) -> PastActivity:
    entry = _entry(telling, event, crowd, series)
    steps = [_past_step(telling, event, step) for step in event.steps]
    steps += _papers(telling, event)
    # What was told of one moment comes in the order of the steps: a paper before the verification that rests on it.
    steps.sort(key=lambda step: (step.at, bool(step.move)))
    clock = telling.clock
    implemented = next((step for step in event.steps if step.move == "implement"), None)
    return PastActivity(
        entry, clock.at(event.drafted, 10), steps, clock.at(implemented.on, 16) if implemented else None
    )


def _past_step(telling: Telling, event: Event, step: Step) -> PastStep:
    values: dict[str, Any] = {}
    baseline = event.baseline
    if step.move == "plan":
        values = {"baseline_start": baseline[0].isoformat(), "baseline_end": baseline[1].isoformat()}
        values |= _planned(event, baseline)
    elif step.planned:
        values = _planned(event, step.planned)
    elif step.move == "confirm":
        first, last = event.planned or baseline
        values = {"planned_start": first.isoformat(), "planned_end": last.isoformat()}
    elif step.move == "implement" and event.actual:
        values = {
            "actual_start": event.actual[0].isoformat(),
            "actual_end": event.actual[1].isoformat(),
            "summary": _summary(event),
            "cost": Decimal(telling.random.randint(8, 60) * 100 * max(1, len(event.countries))),
        }
    user = telling.users[MOVED_BY[step.move]]
    return PastStep(telling.clock.at(step.on, 15), step.on, user, step.move, values, step.reason)


def _planned(event: Event, dates: tuple[date, date]) -> dict[str, str]:
    """Far plans are known to the month only, in every third case."""
    if event.number % 3 == 0:
        return {"planned_start": f"{dates[0]:%Y-%m}", "planned_end": f"{dates[1]:%Y-%m}"}
    return {"planned_start": dates[0].isoformat(), "planned_end": dates[1].isoformat()}


def _papers(telling: Telling, event: Event) -> list[PastStep]:
    """When the signed list and the report came: before the verification where there is one."""
    if event.actual is None or not any(step.move == "implement" for step in event.steps):
        return []
    implemented = next(step.on for step in event.steps if step.move == "implement")
    verified = next((step.on for step in event.steps if step.move == "verify"), telling.size.today)
    papers = []
    for name, least, most, share in (("signed_list_on", 1, 6, 0.8), ("report_on", 6, 20, 0.6)):
        day = _received(telling.size, event, telling.random, least, most, share)
        if day is not None:
            day = min(day, verified)
            at = telling.clock.at(max(day, implemented), 15)
            papers.append(PastStep(at, day, telling.users[Role.NC], values={name: day}))
    return papers


def _entry(telling: Telling, event: Event, crowd: Crowd, series: dict[str, Series]) -> ActivityEntry:
    """The event as it was first written down: a draft of which the quarter is known."""
    random_, world = telling.random, telling.world
    venue_country = _venue_country(event, random_)
    venue = None if event.mode == "online" else random_.choice(world.places[venue_country])
    number = event.theme.number if event.theme else ""
    rows = crowd.tallies.get(event.number, ())
    services = {world.services[row.country, kind].code: world.services[row.country, kind].pk
                for row in rows for kind in _kinds(world, row.country)}  # fmt: skip
    joint = random_.random() < 0.24
    first = event.baseline[0]
    quarter = f"{first.year}-Q{(first.month + 2) // 3}"
    values = {
        "code": f"{world.phase.code.upper()}-{event.number:03}",
        "title": both(event.title),
        "component": world.components.get(number),
        "output": random_.choice(world.outputs[number]) if number else None,
        "type": event.type,
        "thematic": event.theme is not None,
        "scope": _scope(event),
        "mode": event.mode,
        "series": series.get(event.series),
        "venue": venue,
        "venue_country_id": venue.country_id if venue else None,
        "planned_start": quarter,
        "planned_end": quarter,
        "state": State.DRAFT.value,
        "additional": event.additional,
        "confidentiality": _confidentiality(event, random_),
        "by_national_trainers": (random_.random() < 0.3) if event.type in {"training", "workshop"} else None,
        "policy_tags": random_.sample(
            ["ca_resilience", "ca_prosperity", "ca_together", "ibm_inter_agency", "ibm_international", "ct_prevent"], 2
        ),
        "sdg_goals": [16] if number in {"1", "2"} else [8, 16],
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
