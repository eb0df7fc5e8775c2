"""What the meetings ordered, and what its owners made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pilotage.cli.generate.bodies import Bodies
from pilotage.cli.generate.prose import Drawn, prose, told
from pilotage.cli.generate.telling import Telling
from pilotage.cli.generate.words import COUNTRIES
from pilotage.domain.membership.models import Role
from pilotage.domain.parties.models import Institution
from pilotage.domain.recommendations.words import Channel
from pilotage.domain.steering.action_points import add_action_point, edit_action_point, move_action_point
from pilotage.domain.steering.models import ActionPoint, AgendaItem, Meeting
from pilotage.kit.actors import Actor

CHANNELS = (Channel.LINK, Channel.WORKBOOK, Channel.WORD_FORM, Channel.PAPER)
OFTEN = (42, 24, 16, 18)
"""The ways by which agencies answer without an account, and how often."""


@dataclass(frozen=True)
class Owner:
    """Whoever has to do it: an institution, or somebody of the programme."""

    values: dict[str, Any]
    actor: Actor
    channel: str = ""
    agency: Institution | None = None


def add_actions(
    telling: Telling, drawn: Drawn, bodies: Bodies, meeting: Meeting, items: list[AgendaItem], number: int
) -> list[ActionPoint]:
    """Gives out so many action points under the items of the meeting; their lives are told by ``live``."""
    entries = prose("meetings")["action"]
    points = []
    day = meeting.begins_on
    assert day is not None
    for _place in range(number):
        entry = drawn.one(entries)
        owner = _owner(telling, bodies, entry["owner"], meeting.country_id or telling.random.choice(COUNTRIES))
        item = telling.random.choice(items[1:-1] or items)
        due = _workday(day + timedelta(days=telling.random.randint(55, 170)))
        values = {**owner.values, "text": told(entry["text"]), "due_on": due, "item": item}
        points.append(add_action_point(by=telling.users[Role.PM], meeting=meeting, values=values))
    return points


def live(telling: Telling, drawn: Drawn, bodies: Bodies, points: list[ActionPoint], rounds_since: int) -> None:
    """Lets action points be started, reported, returned, confirmed or left lying, up to today.

    ``rounds_since`` is the number of rounds that came after: old ones are mostly done, none is forgotten.
    """
    shares = {0: (0.06, 0.42, 0.0), 1: (0.66, 0.18, 0.05)}.get(rounds_since, (0.88, 0.04, 0.06))
    for point in points:
        entry = next(one for one in prose("meetings")["action"] if told(one["text"]) == point.text)
        owner = _owner_of(telling, bodies, point)
        roll = telling.random.random()
        done, begun, cancelled = shares
        if roll < done:
            _finish(telling, drawn, point, owner, entry["done"])
        elif roll < done + begun:
            _begin(telling, drawn, point, owner, entry["done"])
        elif roll < done + begun + cancelled:
            _cancel(telling, drawn, point)
        elif telling.random.random() < 0.5:
            _put_off(telling, drawn, point)


def _finish(telling: Telling, drawn: Drawn, point: ActionPoint, owner: Owner, reports: list[str]) -> None:
    given, due = _dates(point)
    started = _workday(given + timedelta(days=telling.random.randint(5, 30)))
    reported = _workday(due + timedelta(days=telling.random.choices((-20, -6, 0, 12, 40), (20, 26, 18, 22, 14))[0]))
    if not _step(telling, point, "start", started, owner, drawn.one(prose("meetings")["action_words"]["started"])):
        return
    if not _step(telling, point, "report_done", max(reported, started), owner, drawn.one(reports)):
        return
    checked = _workday(max(reported, started) + timedelta(days=telling.random.randint(2, 9)))
    if telling.random.random() < 0.1:
        returned = drawn.one(prose("meetings")["action_words"]["returned"])
        if not _step(telling, point, "return", checked, None, returned):
            return
        again = _workday(checked + timedelta(days=12))
        if not _step(telling, point, "report_done", again, owner, drawn.one(reports)):
            return
        checked = _workday(again + timedelta(days=4))
    _step(telling, point, "confirm", checked, None, "")


def _begin(telling: Telling, drawn: Drawn, point: ActionPoint, owner: Owner, reports: list[str]) -> None:
    """Started; one in three is reported as done and waits for its confirmation."""
    given, _due = _dates(point)
    started = _workday(given + timedelta(days=telling.random.randint(3, 14)))
    if _step(telling, point, "start", started, owner, drawn.one(prose("meetings")["action_words"]["started"])):
        reported = _workday(started + timedelta(days=telling.random.randint(5, 25)))
        if telling.random.random() < 0.34:
            _step(telling, point, "report_done", reported, owner, drawn.one(reports))


def _cancel(telling: Telling, drawn: Drawn, point: ActionPoint) -> None:
    given, _due = _dates(point)
    words = drawn.one(prose("meetings")["action_words"]["cancelled"])
    _step(telling, point, "cancel", _workday(given + timedelta(days=60)), None, words)


def _put_off(telling: Telling, drawn: Drawn, point: ActionPoint) -> None:
    """A later due date, with the reason; the first one stays in the rates."""
    _given, due = _dates(point)
    asked = _workday(due - timedelta(days=10))
    if asked >= telling.size.today:
        return
    with telling.on(asked, 10):
        edit_action_point(
            by=telling.users[Role.PM],
            point=point,
            values={"due_on": _workday(due + timedelta(days=75))},
            version=point.version,
            why=drawn.one(prose("meetings")["action_words"]["moved"]),
        )


def _step(telling: Telling, point: ActionPoint, step: str, day: date, owner: Owner | None, words: str) -> bool:
    """Makes a step on its day, where that day has come. ``owner`` None is the manager."""
    if day >= telling.size.today:
        return False
    evidence = ""
    if step == "report_done" and telling.random.random() < 0.6:
        number = f"{telling.random.randint(2, 40)}-{telling.random.randint(100, 1900)}"
        form = prose("meetings")["action_words"]["evidence"][1]
        evidence = form.format(number=number, date=f"{day:%d.%m.%Y}")
    with telling.on(day, 12):
        move_action_point(
            by=owner.actor if owner else telling.users[Role.PM],
            point=point,
            step=step,
            words=words,
            effective_on=day,
            channel=owner.channel if owner else "",
            evidence_text=evidence,
        )
    return True


def _owner(telling: Telling, bodies: Bodies, kind: str, country: str) -> Owner:
    if kind.isupper():
        user = telling.users[Role(kind)]
        return Owner({"owner_user": user}, user)
    institution = telling.world.services[country, kind]
    return Owner({"owner_institution": institution}, bodies.speaker(institution), agency=institution)


def _owner_of(telling: Telling, bodies: Bodies, point: ActionPoint) -> Owner:
    if point.owner_user is not None:
        return Owner({}, point.owner_user)
    assert point.owner_institution is not None
    channel = telling.random.choices(CHANNELS, OFTEN)[0]
    return Owner({}, bodies.speaker(point.owner_institution), channel.value, point.owner_institution)


def _dates(point: ActionPoint) -> tuple[date, date]:
    assert point.meeting.begins_on is not None
    assert point.due_on is not None
    return point.meeting.begins_on, point.due_on


def _workday(day: date) -> date:
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])
