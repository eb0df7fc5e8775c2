"""The recommendations as records: what the agencies answered by which way, the evidence, the reminders."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from pilotage.cli.generate.advice import RESPONSE_DAYS, Advice, Advices, Step
from pilotage.cli.generate.bodies import Bodies
from pilotage.cli.generate.prose import Drawn, prose, told
from pilotage.cli.generate.telling import GENERATOR, Telling
from pilotage.domain.activities.models import Activity, Deliverable
from pilotage.domain.membership.models import Role
from pilotage.domain.recommendations.histories import (
    CLEAR,
    PastAnswer,
    PastRecommendation,
    add_past_recommendations,
    add_past_reminders,
)
from pilotage.domain.recommendations.models import Recommendation, Reminder
from pilotage.domain.recommendations.operations import Answer
from pilotage.domain.recommendations.reminders import plan_of, stage_on
from pilotage.domain.recommendations.states import BY_NAME
from pilotage.domain.recommendations.words import Channel
from pilotage.kit.actors import Actor
from pilotage.kit.texts import wording

WAYS = (
    *[Channel.LINK] * 8, *[Channel.WORKBOOK] * 5, *[Channel.WORD_FORM] * 3, *[Channel.PAPER] * 3, Channel.LETTER,
)  # fmt: skip
"""How answers reach us, as often as they do."""
STAFF = {"issue": Role.CL, "verify": Role.ME, "return": Role.ME, "withdraw": Role.PM, "supersede": Role.PM}
SCANS = 150
"""So many answers on paper have their scan; in a very large programme the rest are only said to have one."""
CONFIDENTIALITY = (("public", "partners", "internal"), (56, 38, 6))


class Answers:
    """Turns what was drawn into recommendations with their past."""

    def __init__(
        self,
        telling: Telling,
        bodies: Bodies,
        activities: Mapping[int, Activity],
        documents: Mapping[int, Deliverable],
    ) -> None:
        self.telling, self.bodies = telling, bodies
        self.activities, self.documents = activities, documents
        self.drawn = Drawn(telling.random)
        self.words = prose("recommendations")["words"]
        self._scans = 0
        self._pictures = [_sheet(number) for number in range(12)]

    def add(self, advices: Advices) -> dict[str, Recommendation]:
        """Adds all of them; returns them by code."""
        return add_past_recommendations(
            by=GENERATOR, phase=self.telling.world.phase, past=(self._past(one) for one in advices.all)
        )

    def _past(self, one: Advice) -> PastRecommendation:
        random_, world = self.telling.random, self.telling.world
        event = one.event
        values: dict[str, Any] = {
            "code": one.code,
            "text": told(one.text),
            "origin": one.origin,
            "activity": self.activities[event.number] if event else None,
            "deliverable": self.documents.get(event.number) if event else None,
            "component": world.components[one.component],
            "addressee": one.service,
            "group_key": f"R-{one.group:03}" if one.group else "",
            "priority": random_.choices(("high", "medium", "low"), (25, 55, 20))[0],
            "confidentiality": random_.choices(*CONFIDENTIALITY)[0],
            "response_due": one.issued + timedelta(days=RESPONSE_DAYS),
        }
        drafted = self.telling.clock.at(one.drafted, 12)
        steps, last = [], drafted
        cleared = min(one.drafted + timedelta(days=3), one.issued)
        if one.steps or (cleared < self.telling.size.today and one.number % 2):
            last = max(last, self.telling.clock.at(cleared, 13))
            clearance = Answer(CLEAR, effective_on=cleared)
            steps.append(PastAnswer(last, clearance, self.telling.users[Role.PM], Role.PM))
        for step in one.steps:
            last = max(last, self.telling.clock.at(step.on, 14))
            steps.append(self._answer(one, step, last))
        return PastRecommendation(values, drafted, steps)

    def _answer(self, one: Advice, step: Step, at: datetime) -> PastAnswer:
        move = BY_NAME[step.move]
        if not move.by_agency:
            role = STAFF[step.move]
            words = self.drawn.one(self.words[step.move]) if step.move in self.words else ""
            return PastAnswer(at, Answer(step.move, words, effective_on=step.on), self.telling.users[role], role)
        channel, actor, role = self._way(one)
        again = step.move == "consider" and any(other.move == "reject" and other.on < step.on for other in one.steps)
        words = self.drawn.one(self.words["reconsider" if again else step.move])
        given: dict[str, Any] = {"effective_on": step.on}
        if step.move in {"accept", "accept_partly"}:
            if self.telling.random.random() < 0.9:
                days = self.telling.random.randint(100, 380)
                given["implementation_due"] = _workday(step.on + timedelta(days=days))
            if step.move == "accept_partly":
                given["accepted_text"] = told(self.drawn.one(self.words["accepted_text"]))
        if step.move == "report_adopted":
            given |= self._evidence(one, step)
        if channel == Channel.PAPER:
            given["evidence"] = self._scan()
        return PastAnswer(at, Answer(step.move, words, **given), actor, role, channel)

    def _way(self, one: Advice) -> tuple[Channel, Actor, Role]:
        """By which way the answer came, and who stands for it: the agency, or a coordinator who typed it in."""
        users = self.telling.users
        channel = self.drawn.one(WAYS)
        if (one.country, one.service.type) == ("KG", "border") and channel == Channel.LINK:
            return Channel.ACCOUNT, users[Role.CP], Role.CP
        if channel in {Channel.PAPER, Channel.LETTER} and one.country == "KG":
            return channel, users[Role.NC], Role.NC
        if channel == Channel.LETTER:
            channel = Channel.LINK
        return channel, self.bodies.speaker(one.service), Role.CP

    def _evidence(self, one: Advice, step: Step) -> dict[str, Any]:
        random_ = self.telling.random
        if random_.random() > 0.72:
            return {"evidence_text": self.drawn.one(self.words["evidence"])}
        names = [wording(one.service.name, language) for language in ("en", "ru")]
        body = told(self.drawn.one(self.words["bodies"]), {"agency": names[0]}, {"agency": names[1]})
        signed = step.on - timedelta(days=random_.randint(2, 30))
        return {
            "act_number": random_.choice(("№ {}", "№ {}-п", "{}/од")).format(random_.randint(12, 980)),
            "act_date": max(signed, one.issued),
            "act_body": body,
        }

    def _scan(self) -> tuple[str, bytes] | None:
        self._scans += 1
        if self._scans > SCANS:
            return None
        number = self._scans % len(self._pictures)
        return f"answer-sheet-{number + 1:02}.png", self._pictures[number]


def add_reminders(telling: Telling, bodies: Bodies, advices: Advices, records: Mapping[str, Recommendation]) -> int:
    """Logs the reminders that went out every Monday: one digest for each contact, each stage of each item once."""
    plan = plan_of(telling.world.phase, telling.size.today)
    digests: dict[tuple[int, date], list[dict[str, Any]]] = defaultdict(list)
    for one in advices.all:
        record, told_of = records[one.code], set()
        for kind, due, ended in _waits(telling, one, record):
            for monday in _mondays(due, min(ended, telling.size.today)):
                stage = stage_on(due, monday, plan)
                if stage and (kind, stage) not in told_of:
                    told_of.add((kind, stage))
                    item = {"kind": kind, "code": one.code, "due": due.isoformat(), "stage": stage, "text": record.text}
                    digests[one.service.pk, monday].append(item)
    reminders = (
        Reminder(
            phase=telling.world.phase,
            institution_id=institution,
            contact=bodies.contacts[institution],
            day=day,
            items=items,
            sent_at=telling.clock.at(day, 7),
            attempts=1,
        )
        for (institution, day), items in sorted(digests.items(), key=lambda pair: (pair[0][1], pair[0][0]))
    )
    return add_past_reminders(by=GENERATOR, reminders=reminders)


def _waits(telling: Telling, one: Advice, record: Recommendation) -> Iterator[tuple[str, date, date]]:
    """What was waited for: the kind, when it was due, and when the waiting ended (or a day ahead)."""
    ahead = telling.size.today + timedelta(days=1)
    ends = {step.move: step.on for step in reversed(one.steps)}
    answered = min((ends[move] for move in ("accept", "accept_partly", "reject") if move in ends), default=ahead)
    closed = min((ends[move] for move in ("withdraw", "supersede") if move in ends), default=ahead)
    if one.steps and record.response_due:
        yield "response", record.response_due, min(answered, closed)
    if record.implementation_due:
        yield "implementation", record.implementation_due, min(ends.get("report_adopted", ahead), closed)


def _mondays(due: date, ended: date) -> Iterator[date]:
    day = due - timedelta(days=14)
    day += timedelta(days=-day.weekday() % 7)
    while day < ended and day <= due + timedelta(days=60):
        yield day
        day += timedelta(days=7)


def _sheet(number: int) -> bytes:
    """A drawing of a filled-in answer sheet in place of a scan."""
    picture = Image.new("L", (420, 594), 244)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((24, 24, 396, 570), outline=170)
    draw.text((40, 40), f"Answer sheet {number + 1:02} (fictional)", fill=60)
    for row in range(9):
        top = 84 + row * 50
        draw.line((40, top, 380, top), fill=190)
        draw.line((40, top + 18, 120 + (row * 53 + number * 31) % 240, top + 18), fill=90, width=3)
        draw.rectangle((40, top + 28, 52, top + 40), outline=90, fill=60 if (row + number) % 3 == 0 else None)
    output = io.BytesIO()
    picture.save(output, "PNG", optimize=True)
    return output.getvalue()


def _workday(day: date) -> date:
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])
