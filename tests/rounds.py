"""A steering body and its meetings, made through operations, for tests that need them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pilotage.domain.steering.agendas import make_agenda
from pilotage.domain.steering.models import BodyMember, Meeting, Presence, SteeringBody
from pilotage.domain.steering.operations import (
    add_body,
    add_meeting,
    move_meeting,
    plan_round,
    record_presence,
    write_summary,
)
from tests.records import TESTER, SmallProgramme

DAY = date(2023, 9, 12)


def a_body(trial: SmallProgramme, iso: str = "KG", **values: Any) -> SteeringBody:
    """A national group of three seats: the country's service in the chair, another one, and the Delegation."""
    country = trial.countries[iso]
    others = [service for code, service in trial.services.items() if code != iso]
    return add_body(
        by=TESTER,
        values={
            "phase": trial.phase,
            "kind": "national",
            "country": country,
            "title": {"en": f"Steering Group of {country.name['en']}", "ru": f"Группа: {country.name['ru']}"},
            **values,
        },
        members=[
            {"institution": trial.services[iso], "delegate": "Asel", "email": "asel@example.org", "chair": True},
            {"institution": others[0], "delegate": "Bek", "email": "bek@example.org", "language": "ru"},
            {"institution": others[1], "delegate": "Claire", "delegation": True},
        ],
    )


def a_meeting(trial: SmallProgramme, body: SteeringBody | None, day: date = DAY, **values: Any) -> Meeting:
    """A planned meeting with the standard agenda."""
    facts: dict[str, Any] = {
        "kind": "national_steering" if body else "donor_coordination",
        "body": body,
        "title": {"en": f"Meeting of {day.year}", "ru": f"Заседание {day.year} года"},
        "starts": day.isoformat(),
        "ends": day.isoformat(),
        **values,
    }
    meeting = add_meeting(by=TESTER, phase=trial.phase, values=facts)
    make_agenda(by=TESTER, meeting=meeting)
    return meeting


def convened(trial: SmallProgramme, body: SteeringBody | None, day: date = DAY, **values: Any) -> Meeting:
    """A meeting whose papers went out three weeks before."""
    meeting = a_meeting(trial, body, day, **values)
    return move_meeting(by=TESTER, meeting=meeting, step="convene", effective_on=day - timedelta(days=21))


def with_everybody(meeting: Meeting) -> Meeting:
    """The same meeting with every seat filled by its member."""
    assert meeting.body is not None
    for seat in BodyMember.objects.filter(body=meeting.body):
        values = {"member": seat, "name": seat.delegate, "present_as": Presence.As.MEMBER}
        record_presence(by=TESTER, meeting=meeting, values=values)
    return meeting


def circulated(trial: SmallProgramme, body: SteeringBody | None, day: date = DAY, **values: Any) -> Meeting:
    """A meeting that was held; its minutes went out a week later."""
    meeting = convened(trial, body, day, **values)
    if body is not None:
        with_everybody(meeting)
    item = meeting.agenda.order_by("position").first()
    assert item is not None
    write_summary(by=TESTER, item=item, language="en", text="All was said.", version=item.version)
    for step, later in (("hold", 0), ("draft_minutes", 3), ("circulate", 7)):
        meeting = move_meeting(by=TESTER, meeting=meeting, step=step, effective_on=day + timedelta(days=later))
    return meeting


def in_a_round(trial: SmallProgramme, body: SteeringBody, year: int = 2023) -> Meeting:
    """A convened public meeting of a round."""
    planned = plan_round(by=TESTER, phase=trial.phase, year=year, cut_off=date(year, 6, 30))
    return convened(trial, body, date(year, 9, 12), round=planned, confidentiality="public")
