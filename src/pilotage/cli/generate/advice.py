"""The recommendations before they are records: who was advised what, out of which event, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from pilotage.cli.generate.events import Event
from pilotage.cli.generate.prose import Drawn, Pair, prose
from pilotage.cli.generate.telling import Telling
from pilotage.cli.generate.words import COUNTRIES, SERVICES, THEMES
from pilotage.domain.parties.models import Institution
from pilotage.domain.recommendations.states import BY_NAME
from pilotage.domain.recommendations.words import ANSWERED, OPEN, Origin, State

RESPONSE_DAYS = 90
OUTCOMES: dict[int, dict[State, int]] = {
    0: {State.ACCEPTED: 18, State.PARTLY_ACCEPTED: 10, State.IN_PROGRESS: 14, State.REPORTED_ADOPTED: 5,
        State.ADOPTED: 4, State.REJECTED: 6, State.UNDER_CONSIDERATION: 16, State.ISSUED: 26, State.WITHDRAWN: 1},
    180: {State.ADOPTED: 24, State.IN_PROGRESS: 18, State.ACCEPTED: 11, State.PARTLY_ACCEPTED: 8,
          State.REPORTED_ADOPTED: 10, State.REJECTED: 8, State.UNDER_CONSIDERATION: 6, State.ISSUED: 9,
          State.WITHDRAWN: 3, State.SUPERSEDED: 3},
    540: {State.ADOPTED: 50, State.IN_PROGRESS: 8, State.ACCEPTED: 4, State.PARTLY_ACCEPTED: 4,
          State.REPORTED_ADOPTED: 5, State.REJECTED: 10, State.UNDER_CONSIDERATION: 2, State.ISSUED: 5,
          State.WITHDRAWN: 5, State.SUPERSEDED: 5},
}  # fmt: skip
"""How often a recommendation came to which state, by its age in days at least."""
DELAYS = {
    "consider": (8, 45), "accept": (18, 95), "accept_partly": (25, 110), "reject": (20, 90), "start": (7, 70),
    "report_adopted": (50, 260), "verify": (6, 40), "return": (6, 25), "withdraw": (60, 200), "supersede": (60, 260),
}  # fmt: skip
"""Days from the step before, at least and at most."""


@dataclass(frozen=True)
class Step:
    """One step of a recommendation on its day."""

    move: str
    on: date


@dataclass
class Advice:
    """One recommendation to one service."""

    number: int
    text: Pair
    origin: Origin
    service: Institution
    country: str
    component: str
    issued: date
    drafted: date
    event: Event | None = None
    meeting: tuple[str, int] | None = None
    """Scope and year of the meeting that it came out of."""
    group: int = 0
    """The number of the first of its siblings; 0 where it has none."""
    steps: list[Step] = field(default_factory=list)

    @property
    def state(self) -> State:
        """What it came to."""
        return BY_NAME[self.steps[-1].move].to_state if self.steps else State.DRAFT

    def state_on(self, day: date) -> State:
        """What it had come to at the end of ``day``."""
        passed = [step for step in self.steps if step.on <= day]
        return BY_NAME[passed[-1].move].to_state if passed else State.DRAFT

    @property
    def code(self) -> str:
        """As it is printed."""
        return f"R-{self.number:03}"


class Advices:
    """All recommendations of the programme."""

    def __init__(self, telling: Telling, events: list[Event]) -> None:
        self.telling, self.drawn = telling, Drawn(telling.random)
        self.all: list[Advice] = []
        for event in events:
            if event.held and event.theme is not None and telling.random.random() < 0.62:
                self._out_of_event(event)
        for year in telling.calendar.rounds:
            for scope, day in year.days.items():
                if day < telling.size.today:
                    self._out_of_meeting(scope, year.year, day)
        self._out_of_reviews()
        self.all.sort(key=lambda one: (one.drafted, one.number))
        renumbered = {one.number: number for number, one in enumerate(self.all, start=1)}
        for one in self.all:
            one.number, one.group = renumbered[one.number], renumbered.get(one.group, 0)
        for one in self.all:
            self._live(one)
        self._reach_every_state()

    def counts(self, scope: str, day: date) -> dict[str, int]:
        """How many recommendations of the scope are answered and how many open, as was known on ``day``."""
        states = Counter(one.state_on(day) for one in self.all if not scope or one.country == scope)
        return {
            "answered": sum(number for state, number in states.items() if state in ANSWERED),
            "open": sum(number for state, number in states.items() if state in OPEN),
        }

    def open_on(self, scope: str, day: date) -> list[Advice]:
        """Those of the scope that were open on ``day``, oldest first."""
        return [one for one in self.all if (not scope or one.country == scope) and one.state_on(day) in OPEN]

    def _out_of_event(self, event: Event) -> None:
        random_, theme = self.telling.random, event.theme
        assert theme is not None
        assert event.actual is not None
        recorded = next(step.on for step in event.steps if step.move == "implement")
        drafted = max(event.actual[1] + timedelta(days=random_.randint(22, 40)), recorded + timedelta(days=1))
        pool = prose("recommendations")["topic"][event.topic[0]]
        several = len(event.countries) > 1
        for _number in range(1 if several or random_.random() < 0.6 else 2):
            kinds = theme.services[:1] if several else random_.sample(theme.services, random_.choice((1, 1, 2)))
            where = [(country, kind) for country in event.countries for kind in kinds]
            self._add(self.drawn.one(pool), Origin.ACTIVITY, where, drafted, theme.number, event=event)

    def _out_of_meeting(self, scope: str, year: int, day: date) -> None:
        random_ = self.telling.random
        pool = prose("recommendations")["origin"]["meeting"]
        kinds = random_.sample(list(SERVICES), random_.choice((1, 2, 3)) if scope else 1)
        where = [(country, kind) for country in ((scope,) if scope else COUNTRIES) for kind in kinds]
        self._add(self.drawn.one(pool), Origin.MEETING, where, day, "1", meeting=(scope, year))

    def _out_of_reviews(self) -> None:
        """Two reviews by outsiders, after a third and two thirds of the time that has passed."""
        size, random_ = self.telling.size, self.telling.random
        passed = (size.today - size.start).days
        for share in (0.34, 0.68):
            day = size.start + timedelta(days=round(passed * share))
            for pair in prose("recommendations")["origin"]["review"]:
                kind = random_.choice(list(SERVICES))
                where = [(country, kind) for country in random_.sample(COUNTRIES, random_.choice((1, 2, 5)))]
                self._add(pair, Origin.REVIEW, where, day, random_.choice(THEMES).number)

    def _add(
        self,
        text: Pair,
        origin: Origin,
        where: Sequence[tuple[str, str]],
        drafted: date,
        component: str,
        event: Event | None = None,
        meeting: tuple[str, int] | None = None,
    ) -> None:
        size = self.telling.size
        if drafted >= size.today:
            return
        issued = _workday(drafted + timedelta(days=self.telling.random.randint(6, 20)))
        first = len(self.all) + 1
        for country, kind in where:
            self.all.append(
                Advice(
                    number=len(self.all) + 1,
                    text=text,
                    origin=origin,
                    service=self.telling.world.services[country, kind],
                    country=country,
                    component=component,
                    issued=issued,
                    drafted=drafted,
                    event=event,
                    meeting=meeting,
                    group=first if len(where) > 1 else 0,
                )
            )

    def _live(self, one: Advice) -> None:
        age = (self.telling.size.today - one.issued).days
        if age <= 0:
            return
        outcomes = OUTCOMES[max(least for least in OUTCOMES if least < max(age, 1))]
        target = self.telling.random.choices(tuple(outcomes), tuple(outcomes.values()))[0]
        one.steps = self._steps(one.issued, self._path(target))

    def _path(self, target: State) -> list[str]:
        """Moves that lead to ``target``, not always the shortest."""
        chance = self.telling.random.random
        path = ["issue"]
        if target != State.ISSUED and (target == State.UNDER_CONSIDERATION or chance() < 0.3):
            path.append("consider")
        if target == State.REJECTED:
            return [*path, "reject"]
        if target in {State.ISSUED, State.UNDER_CONSIDERATION}:
            return path
        if target in {State.WITHDRAWN, State.SUPERSEDED}:
            return [*path, "withdraw" if target == State.WITHDRAWN else "supersede"]
        if chance() < 0.06:
            path += ["reject", "consider"]
        partly = target == State.PARTLY_ACCEPTED or (target != State.ACCEPTED and chance() < 0.2)
        path.append("accept_partly" if partly else "accept")
        if target in {State.ACCEPTED, State.PARTLY_ACCEPTED}:
            return path
        if target == State.IN_PROGRESS:
            return [*path, "start", *(["report_adopted", "return"] if chance() < 0.2 else [])]
        path += ["start"] if chance() < 0.8 else []
        if target == State.ADOPTED and chance() < 0.09:
            path += ["report_adopted", "return"]
        return [*path, "report_adopted", *(["verify"] if target == State.ADOPTED else [])]

    def _steps(self, issued: date, path: Sequence[str], *, hurried: bool = False) -> list[Step]:
        """The path with its days, as far as they have come; ``hurried`` makes all of it fit."""
        today, day = self.telling.size.today, issued
        steps = [Step("issue", issued)]
        room = (today - issued).days - 2
        for move in path[1:]:
            least, most = DELAYS[move]
            days = self.telling.random.randint(least, most)
            if move in {"accept", "accept_partly", "reject"} and self.telling.random.random() < 0.17:
                days += RESPONSE_DAYS
            if hurried:
                days = max(1, min(days, room // len(path)))
            day = day + timedelta(days=days) if hurried else _workday(day + timedelta(days=days))
            if day >= today:
                break
            steps.append(Step(move, day))
        return steps

    def _reach_every_state(self) -> None:
        """However small the programme: somebody has come to every state."""
        if len(self.all) < 3 * len(State):
            spare = list(self.all)
        else:
            common = Counter(one.state for one in self.all)
            spare = [one for one in self.all if common[one.state] > 4]
        missing = [state for state in State if not any(one.state == state for one in self.all)]
        for state, one in zip(missing, self._oldest(spare), strict=False):
            one.steps = [] if state == State.DRAFT else self._steps(one.issued, self._path(state), hurried=True)

    def _oldest(self, advices: list[Advice]) -> Iterator[Advice]:
        """The oldest first; a draft is made of the latest."""
        if not any(one.state == State.DRAFT for one in self.all) and advices:
            yield advices.pop()
        yield from advices


def _workday(day: date) -> date:
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])
