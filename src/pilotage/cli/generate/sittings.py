"""One meeting of the fictional programme from its planning to the publication of its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from pilotage.cli.generate.bodies import Bodies
from pilotage.cli.generate.prose import Drawn, prose, told
from pilotage.cli.generate.telling import Telling
from pilotage.cli.generate.years import NOTICE, working_day
from pilotage.domain.membership.models import Role
from pilotage.domain.parties.models import Institution
from pilotage.domain.steering.agendas import edit_agenda_item, edit_session
from pilotage.domain.steering.bulk import record_presences
from pilotage.domain.steering.models import AgendaItem, Meeting, MinutesComment, Presence
from pilotage.domain.steering.operations import (
    add_agenda_item,
    add_session,
    answer_comment,
    comment_minutes,
    move_meeting,
    waive_quorum,
)
from pilotage.domain.steering.papers import add_paper, edit_paper
from pilotage.domain.steering.words import ItemKind, SessionKind
from pilotage.kit.actors import SystemActor
from pilotage.kit.texts import wording

STAFF_PRESENT = (Role.PM, Role.ME, Role.NC)
WAIVED = "Written procedure under item 7 of the terms of reference: the Delegation agreed by letter on the same day."


@dataclass(frozen=True)
class Course:
    """The days of one meeting."""

    day: date
    sent: date
    drafted: date
    circulated: date
    commented: date
    answered: date
    approved: date
    published: date

    @classmethod
    def of(cls, day: date, *, late_papers: bool = False, late_minutes: bool = False, kept_back: bool = False) -> Course:
        """As the terms of reference want it; with what went wrong, or with minutes that are not published at once."""
        circulated = working_day(day + timedelta(days=26 if late_minutes else 13))
        return cls(
            day=day,
            sent=working_day(day - timedelta(days=8 if late_papers else NOTICE)),
            drafted=working_day(day + timedelta(days=9)),
            circulated=circulated,
            commented=working_day(circulated + timedelta(days=5)),
            answered=working_day(circulated + timedelta(days=15)),
            approved=working_day(circulated + timedelta(days=16)),
            published=working_day(circulated + timedelta(days=60 if kept_back else 20)),
        )


def prepare(telling: Telling, meeting: Meeting, papers: list[Any], slots: dict[str, Any]) -> None:
    """Adds the papers; they are sent when the meeting is convened."""
    for pair, link in papers:
        add_paper(by=telling.users[Role.PM], meeting=meeting, values={"title": told(pair, slots), "link": link})


def consult(telling: Telling, meeting: Meeting, institution: Institution) -> None:
    """Adds the bilateral consultation with one institution, with its one item."""
    session = add_session(by=telling.users[Role.PM], meeting=meeting, institution=institution)
    english, russian = (wording(institution.name, language) for language in ("en", "ru"))
    title = told(prose("meetings")["title"]["bilateral"], {"agency": english}, {"agency": russian})
    values = {"title": title, "kind": ItemKind.PROGRESS, "minutes": 40}
    add_agenda_item(by=telling.users[Role.PM], session=session, values=values)


def convene(telling: Telling, meeting: Meeting, course: Course) -> Meeting:
    """Sends the papers out."""
    manager = telling.users[Role.PM]
    with telling.on(course.sent, 14):
        for paper in meeting.papers.all():
            edit_paper(by=manager, paper=paper, values={"sent_on": course.sent})
        return move_meeting(by=manager, meeting=meeting, step="convene", effective_on=course.sent)


def fill_room(telling: Telling, bodies: Bodies, meeting: Meeting, scope: str, *, delegation_missing: bool) -> None:
    """Notes who came: nearly all members, here and there an alternate, and the programme's people."""
    random_, secretary = telling.random, telling.users[Role.PM]
    people: list[dict[str, Any]] = []
    for seat in bodies.seats[scope]:
        needed = seat.chair or seat.delegation
        if (seat.delegation and delegation_missing) or (not needed and random_.random() < 0.09):
            continue
        instead = bool(seat.alternate) and not seat.chair and random_.random() < 0.14
        name = (seat.alternate if instead else seat.delegate) or wording(seat.institution.name, "en")
        present_as = Presence.As.ALTERNATE if instead else Presence.As.MEMBER
        if not seat.voting:
            present_as = Presence.As.OBSERVER
        people.append({"member": seat, "name": name, "institution": seat.institution, "present_as": present_as})
    for role in STAFF_PRESENT:
        if role != Role.NC or scope in {"KG", ""}:
            people.append({"name": telling.users[role].name, "present_as": Presence.As.STAFF})
    record_presences(by=secretary, meeting=meeting, people=people)
    if delegation_missing:
        waive_quorum(by=secretary, viewer=None, meeting=meeting, reason=WAIVED)


def sit_down(telling: Telling, bodies: Bodies, meeting: Meeting, scope: str) -> None:
    """Writes down who took part in the bilateral consultations: the agency's member and the programme manager."""
    manager = telling.users[Role.PM]
    seats = {seat.institution_id: seat for seat in bodies.seats[scope] if seat.delegate}
    office = {"en": "programme manager", "ru": "руководитель программы"}
    for session in meeting.sessions.filter(kind=SessionKind.BILATERAL).select_related("meeting", "institution"):
        seat = seats.get(session.institution_id or 0)
        if seat is None:
            continue
        present = {
            language: f"{_named(seat.delegate, wording(seat.position, language))}; {_named(manager.name, words)}"
            for language, words in office.items()
        }
        edit_session(
            by=manager,
            session=session,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            institution=session.institution,
            present=present,
        )


def _named(name: str, position: str) -> str:
    return f"{name}, {position}" if position else name


def speak(telling: Telling, drawn: Drawn, meeting: Meeting, slots: dict[str, Any]) -> list[AgendaItem]:
    """Writes what was said under every item, in both languages; returns the items of the joint session."""
    summaries = prose("meetings")["summary"]
    items = list(
        meeting.agenda.select_related("session__institution", "meeting").order_by("session__position", "position", "id")
    )
    for item in items:
        said = told(drawn.one(summaries[_kind_of(item)]), slots)
        edit_agenda_item(by=telling.users[Role.PM], item=item, values={"summary": said}, version=item.version)
    return [item for item in items if item.session.kind == SessionKind.JOINT]


def _kind_of(item: AgendaItem) -> str:
    """Under which heading of the prose its summary stands."""
    if item.session.kind != SessionKind.BILATERAL:
        return str(item.kind)
    return "bilateral" if item.session.institution and item.session.institution.country_id else "bilateral_partner"


def set_times(telling: Telling, meeting: Meeting, day: date) -> None:
    """The joint session on the first morning, the consultations one after the other on the second day."""
    for session in meeting.sessions.select_related("meeting", "institution").order_by("position"):
        joint = session.kind == SessionKind.JOINT
        first, on = (9, day) if joint else (8 + session.position, day + timedelta(days=1))
        starts, ends = (
            timezone.make_aware(datetime.combine(on, time(hour))) for hour in (first, first + (4 if joint else 1))
        )
        edit_session(
            by=telling.users[Role.PM], session=session, starts_at=starts, ends_at=ends, institution=session.institution
        )


def close(telling: Telling, drawn: Drawn, bodies: Bodies, meeting: Meeting, course: Course, *, tacit: bool) -> Meeting:
    """Takes the minutes as far as the days have come: drafted, circulated, commented, approved, published."""
    manager, today = telling.users[Role.PM], telling.size.today
    steps = [("draft_minutes", course.drafted), ("circulate", course.circulated)]
    for step, day in steps:
        if day > today:
            return meeting
        with telling.on(day, 15):
            meeting = move_meeting(by=manager, meeting=meeting, step=step, effective_on=day)
    _comment(telling, drawn, bodies, meeting, course)
    steps = [("approve_tacitly" if tacit else "approve", course.approved), ("publish", course.published)]
    for step, day in steps:
        if day > today:
            return meeting
        with telling.on(day, 16):
            meeting = move_meeting(by=manager, meeting=meeting, step=step, effective_on=day)
    return meeting


def _comment(telling: Telling, drawn: Drawn, bodies: Bodies, meeting: Meeting, course: Course) -> None:
    texts, today = prose("meetings")["comments"], telling.size.today
    scope = meeting.country_id or ""
    members = [seat for seat in bodies.seats[scope] if seat.voting and seat.delegate]
    unanswered = course.answered > today
    for number in range(1 if unanswered else telling.random.choice((0, 1, 1, 2))):
        if course.commented > today:
            return
        seat = telling.random.choice(members)
        with telling.on(course.commented, 11, number):
            comment = comment_minutes(
                by=SystemActor(seat.delegate),
                meeting=meeting,
                values={
                    "text": drawn.one(texts["delegation" if seat.delegation else "text"]),
                    "institution": seat.institution,
                    "author": seat.delegate,
                    "received_on": course.commented,
                },
            )
        if unanswered:
            continue
        taken = telling.random.random() < 0.7
        outcome = MinutesComment.Outcome.TAKEN if taken else MinutesComment.Outcome.NOT_TAKEN
        with telling.on(course.answered, 11, number):
            reply = drawn.one(texts["taken" if taken else "not_taken"])
            answer_comment(by=telling.users[Role.PM], comment=comment, outcome=outcome, reply=reply)
