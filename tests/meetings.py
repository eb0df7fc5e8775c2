"""A steering group of Kazakhstan with two meetings: one that left things to do, and one that is about to be run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pilotage.domain.membership.models import User
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.steering.action_points import add_action_point
from pilotage.domain.steering.models import ActionPoint, Decision, Meeting, SteeringBody
from pilotage.domain.steering.operations import (
    add_agenda_item,
    add_body,
    add_meeting,
    move_meeting,
    record_decision,
    record_presence,
    write_summary,
)
from tests.recorded import made_once
from tests.records import TESTER, SmallProgramme, small_programme


@dataclass
class Steering:
    """The body, its earlier meeting with what it left, the meeting to be run, and who runs it."""

    trial: SmallProgramme
    body: SteeringBody
    before: Meeting
    decision: Decision
    point: ActionPoint
    meeting: Meeting
    coordinator: User
    viewer: Viewer

    @property
    def room(self) -> str:
        """The address of the room."""
        return f"/{self.trial.phase.code}/meetings/{self.meeting.code}/room/"


@made_once
def make_steering(code: str = "trial") -> Steering:
    """Makes it all through operations: 12 September 2022 and 11 September 2023."""
    trial = small_programme(code)
    services = list(trial.services.values())
    title = {"en": "National Steering Group", "ru": "Национальная руководящая группа"}
    body = add_body(
        by=TESTER,
        values={"phase": trial.phase, "kind": "national", "country": trial.countries["KZ"], "title": title},
        members=[
            {"institution": services[0], "chair": True, "delegate": "Ms Chair"},
            {"institution": services[1], "delegation": True, "delegate": "Mr Envoy", "alternate": "Ms Deputy"},
            {"institution": services[2], "delegate": "Mr Member"},
        ],
    )
    before = convened(trial, body, date(2022, 9, 12))
    for seat in body.members.all():
        record_presence(by=TESTER, meeting=before, values={"member": seat, "name": seat.delegate})
    decision = record_decision(
        by=TESTER, meeting=before, values={"text": {"en": "Plan endorsed", "ru": "План одобрен"}}
    )
    values = {"text": {"en": "Send the list", "ru": "Направить список"}, "due_on": date(2023, 1, 31)}
    point = add_action_point(by=TESTER, meeting=before, values={**values, "owner_institution": trial.services["KZ"]})
    item = before.agenda.get(position=1)
    write_summary(by=TESTER, item=item, language="en", text="All was said.", version=item.version)
    for step in ("hold", "draft_minutes", "circulate", "approve"):
        before = move_meeting(by=TESTER, meeting=before, step=step, effective_on=date(2022, 9, 13))
    coordinator, viewer = trial.user("NC", name="Aida", country=trial.countries["KZ"])
    meeting = convened(trial, body, date(2023, 9, 11))
    return Steering(trial, body, before, decision, point, meeting, coordinator, viewer)


def convened(trial: SmallProgramme, body: SteeringBody, day: date) -> Meeting:
    """A meeting of the body with two agenda items, its papers sent."""
    values: dict[str, Any] = {
        "kind": "national_steering", "body": body, "title": {"en": "Meeting", "ru": "Заседание"},
        "starts": day.isoformat(), "ends": day.isoformat(),
    }  # fmt: skip
    meeting = add_meeting(by=TESTER, phase=trial.phase, values=values)
    session = meeting.sessions.get()
    for title, kind in (({"en": "Progress", "ru": "Ход работ"}, "progress"), ({"en": "Decisions"}, "decisions")):
        add_agenda_item(by=TESTER, session=session, values={"title": title, "kind": kind})
    return move_meeting(by=TESTER, meeting=meeting, step="convene", effective_on=day - timedelta(days=20))
