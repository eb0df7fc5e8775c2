"""The meetings of the fictional programme: a round of the steering groups every year, and some other meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pilotage.cli.generate.actions import add_actions, live
from pilotage.cli.generate.advice import Advices
from pilotage.cli.generate.bodies import Bodies, secretary_of
from pilotage.cli.generate.events import Event
from pilotage.cli.generate.plans import Plans
from pilotage.cli.generate.prose import Drawn, prose, told
from pilotage.cli.generate.sittings import (
    Course,
    close,
    consult,
    convene,
    fill_room,
    prepare,
    set_times,
    sit_down,
    speak,
)
from pilotage.cli.generate.telling import Telling
from pilotage.cli.generate.words import SERVICES
from pilotage.cli.generate.years import Round
from pilotage.domain.membership.models import Role
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.steering.agendas import edit_agenda_item, make_agenda
from pilotage.domain.steering.bulk import record_presences
from pilotage.domain.steering.models import ActionPoint, AgendaItem, Decision, Meeting, Presence
from pilotage.domain.steering.operations import (
    add_meeting,
    mention_recommendation,
    move_meeting,
    plan_round,
    record_decision,
)
from pilotage.domain.steering.room import follow_up_decision
from pilotage.domain.steering.rounds import title_of
from pilotage.domain.steering.words import ItemKind, MeetingKind, Standing
from pilotage.kit.texts import wording

PLANNED_AHEAD = 75
"""Days before the first meeting of a round on which it is planned."""
LATE_PAPERS, LATE_MINUTES, WAIVED = {("TJ", 1)}, {("TM", 2)}, {("UZ", 1)}
"""Scope and number of the round in which something went wrong, so that the data checks find examples."""
KEPT_BACK = "UZ"
"""Approves its minutes and publishes them late."""


@dataclass
class Year:
    """One round with its meetings by scope."""

    round: Round
    number: int
    meetings: dict[str, Meeting] = field(default_factory=dict)


class Rounds:
    """Holds the rounds one after the other."""

    def __init__(
        self,
        telling: Telling,
        bodies: Bodies,
        plans: Plans,
        events: list[Event],
        advices: Advices,
        records: Mapping[str, Recommendation],
    ) -> None:
        self.telling, self.bodies, self.plans, self.events = telling, bodies, plans, events
        self.advices, self.records = advices, records
        self.drawn = Drawn(telling.random)
        self.years: list[Year] = []
        self._decided: dict[str, list[Decision]] = {}
        self._unsettled: dict[str, list[Decision]] = {}
        self._points: dict[str, list[ActionPoint]] = {}
        """Action points of the last meeting, by scope."""

    def hold_all(self) -> list[Year]:
        """Plans every round and holds its meetings as far as the days have come."""
        for number, one in enumerate(self.telling.calendar.rounds):
            year = Year(one, number)
            self._plan(year)
            for scope in one.days:
                self._hold(year, scope)
            self.years.append(year)
        return self.years

    def _plan(self, year: Year) -> None:
        telling, one = self.telling, year.round
        manager, phase = telling.users[Role.PM], telling.world.phase
        planned_on = max(
            min(one.days.values()) - timedelta(days=PLANNED_AHEAD), telling.size.start + timedelta(days=45)
        )
        with telling.on(planned_on, 10):
            planned = plan_round(by=manager, phase=phase, year=one.year, cut_off=one.cut_off)
            for scope, day in one.days.items():
                body = self.bodies.groups[scope]
                chair = next(seat for seat in self.bodies.seats[scope] if seat.chair)
                place = telling.world.places[scope or "UZ"][0]
                meeting = add_meeting(
                    by=manager,
                    phase=phase,
                    values={
                        "code": f"NSG-{scope}-{one.year}" if scope else f"RSG-{one.year}",
                        "kind": MeetingKind.NATIONAL_STEERING if scope else MeetingKind.REGIONAL_STEERING,
                        "body": body,
                        "round": planned,
                        "title": title_of(body, one.year),
                        "starts": day.isoformat(),
                        "ends": (day + timedelta(days=1)).isoformat(),
                        "place": place,
                        "chair_text": {
                            language: f"{chair.delegate}, {wording(chair.position, language)}"
                            for language in ("en", "ru")
                        },
                        "secretary_text": secretary_of(scope),
                        "mode": "hybrid" if not scope else "onsite",
                        "confidentiality": "public" if not scope else "partners",
                    },
                )
                make_agenda(by=manager, meeting=meeting)
                year.meetings[scope] = meeting

    def _hold(self, year: Year, scope: str) -> None:
        telling, day, key = self.telling, year.round.day(scope), (scope, year.number)
        meeting, today = year.meetings[scope], telling.size.today
        course = Course.of(
            day,
            late_papers=key in LATE_PAPERS,
            late_minutes=key in LATE_MINUTES,
            kept_back=scope == KEPT_BACK,
        )
        prepared = min(course.sent, day - timedelta(days=20))
        if scope:
            prepared = min(prepared, year.round.made)
        if prepared > today:
            return
        slots = self._slots(year, scope, day)
        with telling.on(prepared, 10):
            self._prepare(meeting, scope, slots)
        if course.sent > today:
            return
        meeting = convene(telling, meeting, course)
        if day >= today:
            return
        with telling.on(day, 17):
            fill_room(telling, self.bodies, meeting, scope, delegation_missing=key in WAIVED)
            sit_down(telling, self.bodies, meeting, scope)
            items = speak(telling, self.drawn, meeting, slots)
            self._follow_up(meeting, scope)
            self._decide(meeting, scope, items, slots)
            self._mention(meeting, scope, year.round.year, day, items)
            number = telling.random.choice((2, 3, 3, 4)) if scope else 4
            points = add_actions(telling, self.drawn, self.bodies, meeting, items, number)
            meeting = move_meeting(by=telling.users[Role.PM], meeting=meeting, step="hold", effective_on=day)
        later = sum(one.days[scope] < today for one in telling.calendar.rounds[year.number + 1 :])
        ahead = len(telling.calendar.rounds) - 1 - year.number
        live(telling, self.drawn, self.bodies, points, max(later, min(ahead, 1)))
        self._points[scope] = points
        tacit = self.bodies.groups[scope].tacit_approval
        year.meetings[scope] = close(telling, self.drawn, self.bodies, meeting, course, tacit=tacit)

    def _prepare(self, meeting: Meeting, scope: str, slots: dict[str, Any]) -> None:
        telling = self.telling
        code = telling.world.phase.code
        year, area = slots["year"], f"?country={scope}" if scope else ""
        plan = f"/{code}/plans/{slots['next']}/{scope or 'region'}/1/"
        links = [f"/{code}/meetings/rounds/{year}/", plan, f"/{code}/recommendations/{area}"]
        links.append(f"/{code}/action-points/")
        papers = prose("meetings")["papers"]["national" if scope else "regional"]
        prepare(telling, meeting, list(zip(papers, links, strict=False)), slots)
        if scope:
            for kind in telling.random.sample(list(SERVICES), 2):
                consult(telling, meeting, telling.world.services[scope, kind])
        consult(telling, meeting, telling.world.partners["joint"])
        set_times(telling, meeting, meeting.begins_on or telling.size.today)

    def _slots(self, year: Year, scope: str, day: date) -> dict[str, Any]:
        """Years and counts for the prose, as they were known at the meeting."""
        earlier = [one.round.day(scope) for one in self.years]
        since = earlier[-1] if earlier else self.telling.size.start
        own = [event for event in self.events if not scope or scope in event.countries]
        held = [event for event in own if event.actual and since < event.actual[1] <= day]
        ahead = [
            event
            for event in own
            if event.planned and day < event.planned[0] <= date(day.year, 12, 31) and event.state != "cancelled"
        ]
        slots = {"year": year.round.year, "next": year.round.year + 1, "held": len(held), "ahead": len(ahead)}
        points = self._points.get(scope, [])
        done = sum(point.done_on is not None and point.done_on <= day for point in points)
        slots |= {"points": len(points), "done": done, "unfinished": len(points) - done}
        return slots | self.advices.counts(scope, day)

    def _follow_up(self, meeting: Meeting, scope: str) -> None:
        texts = prose("meetings")["follow_up"]
        decided = self._decided.get(scope, [])
        heard = [(decision, texts[0]) for decision in self._unsettled.pop(scope, [])]
        heard += [(decision, self.drawn.one(texts)) for decision in decided[1:]]
        # The first one is passed over in silence: like those under way it stands on the list of the meeting after.
        under_way = [decision for decision, said in heard if said["standing"] == Standing.UNDER_WAY]
        self._unsettled[scope] = decided[:1] + under_way
        for decision, said in heard:
            follow_up_decision(by=self.telling.users[Role.PM], decision=decision, meeting=meeting, **said)

    def _mention(self, meeting: Meeting, scope: str, year: int, day: date, items: list[AgendaItem]) -> None:
        """Notes the recommendations that came out of the meeting, and some open ones that it spoke of."""
        item = next((item for item in items if item.kind == ItemKind.RECOMMENDATIONS), None)
        given = [one for one in self.advices.all if one.meeting == (scope, year)]
        spoken = [one for one in self.advices.open_on(scope, day) if one not in given]
        spoken = self.telling.random.sample(spoken, min(len(spoken), 6))
        for one in (*given, *spoken):
            mention_recommendation(
                by=self.telling.users[Role.PM],
                meeting=meeting,
                recommendation=self.records[one.code],
                item=item,
                came_out_of_it=one in given,
            )

    def _decide(self, meeting: Meeting, scope: str, items: list[AgendaItem], slots: dict[str, Any]) -> None:
        texts = prose("meetings")["decision"]
        chosen: list[tuple[str, Sequence[str]]] = [(ItemKind.PROGRESS, self.drawn.one(texts["progress"]))]
        plan = self.plans.get((scope, slots["next"]))
        if plan is not None:
            chosen.append((ItemKind.WORK_PLAN, self.drawn.one(texts["plan"])))
        for _number in range(1 if scope else 2):
            chosen.append((ItemKind.DECISIONS, self.drawn.one(texts["national" if scope else "regional"])))
        found = []
        for kind, pair in chosen:
            values = {
                "item": next((item for item in items if item.kind == kind), None),
                "text": told(pair, slots),
                "work_plan": plan if kind == ItemKind.WORK_PLAN else None,
            }
            found.append(record_decision(by=self.telling.users[Role.PM], meeting=meeting, values=values))
        self._decided[scope] = found


def add_other_meetings(telling: Telling) -> int:
    """The inception meeting, and each year a coordination of donors and a consultation with partners."""
    drawn, start, today = Drawn(telling.random), telling.size.start, telling.size.today
    planned = [(MeetingKind.INCEPTION, start + timedelta(days=20), "UZ")]
    for year in range(start.year, today.year + 1):
        planned.append((MeetingKind.DONOR_COORDINATION, date(year, 4, 14), "KZ"))
        planned.append((MeetingKind.PARTNER_CONSULTATION, date(year, 6, 17), "KG"))
    number = 0
    for kind, day, town in planned:
        if start + timedelta(days=15) <= day < today - timedelta(days=20):
            number += 1
            _other(telling, drawn, kind, day, town)
    return number


def _other(telling: Telling, drawn: Drawn, kind: MeetingKind, day: date, town: str) -> None:
    texts, manager = prose("meetings"), telling.users[Role.PM]
    slots = {"year": day.year}
    course = Course.of(day)
    with telling.on(course.sent - timedelta(days=2), 10):
        meeting = add_meeting(
            by=manager,
            phase=telling.world.phase,
            values={
                "code": f"{kind.name[:3]}-{day.year}",
                "kind": kind,
                "country": telling.world.countries[town] if kind == MeetingKind.DONOR_COORDINATION else None,
                "title": told(texts["title"][kind.value], slots),
                "starts": day.isoformat(),
                "ends": day.isoformat(),
                "place": telling.world.places[town][0],
                "mode": "onsite",
                "confidentiality": "public",
            },
        )
        make_agenda(by=manager, meeting=meeting)
        papers = [(texts["papers"]["other"][0], f"/{telling.world.phase.code}/meetings/")]
        prepare(telling, meeting, papers, slots)
    meeting = convene(telling, meeting, course)
    with telling.on(day, 17):
        _take_part(telling, meeting)
        for item in meeting.agenda.all():
            said = told(drawn.one(texts["other_meetings"][kind.value]), slots)
            if item.kind in {ItemKind.PROGRESS, ItemKind.OTHER}:
                _say(telling, item, said)
        meeting = move_meeting(by=manager, meeting=meeting, step="hold", effective_on=day)
    for step, on in (("draft_minutes", course.drafted), ("circulate", course.circulated), ("approve", course.approved)):
        if on < telling.size.today:
            with telling.on(on, 15):
                meeting = move_meeting(by=manager, meeting=meeting, step=step, effective_on=on)


def _take_part(telling: Telling, meeting: Meeting) -> None:
    people = (("joint", "Anna Keller"), ("4", "Eva Steiner"), ("delegation", telling.users[Role.EUD].name))
    guests = [
        {"name": name, "institution": telling.world.partners[key], "present_as": Presence.As.GUEST}
        for key, name in people
    ]
    record_presences(by=telling.users[Role.PM], meeting=meeting, people=guests)


def _say(telling: Telling, item: AgendaItem, said: dict[str, str]) -> None:
    edit_agenda_item(by=telling.users[Role.PM], item=item, values={"summary": said}, version=item.version)
