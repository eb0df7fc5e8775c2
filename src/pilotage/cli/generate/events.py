"""The activities before they are records: what, where, for whom, when it was planned and what became of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from pilotage.cli.generate.size import Size
from pilotage.cli.generate.words import CANCELLED, COUNTRIES, MANAGEMENT, POSTPONED, THEMES, TYPES, Theme
from pilotage.cli.generate.years import REGION, Calendar
from pilotage.domain.activities.states import BY_NAME
from pilotage.domain.activities.words import Mode, State


@dataclass(frozen=True)
class Step:
    """One past move of an activity."""

    move: str
    from_state: str
    on: date
    reason: str = ""
    planned: tuple[date, date] | None = None
    """The new plan, where it was put off."""

    @property
    def to_state(self) -> str:
        """Where it led."""
        return str(BY_NAME[self.move].to_state.value)


@dataclass
class Event:
    """One activity as it will be entered."""

    number: int
    type: str
    title: tuple[str, str]
    topic: tuple[str, str]
    theme: Theme | None
    countries: tuple[str, ...]
    usual_people: int
    baseline: tuple[date, date]
    series: str = ""
    mode: str = Mode.ONSITE.value
    planned: tuple[date, date] | None = None
    actual: tuple[date, date] | None = None
    state: str = State.DRAFT.value
    additional: bool = False
    drafted: date = date.min
    """When it was first written down."""
    steps: list[Step] = field(default_factory=list)

    @property
    def held(self) -> bool:
        """True where it has taken place."""
        return self.actual is not None

    @property
    def scope(self) -> str:
        """Whose plan it belongs to: its country's, or the region's."""
        return self.countries[0] if len(self.countries) == 1 else REGION

    @property
    def days(self) -> int:
        """How long it lasted, in days."""
        first, last = self.actual or self.planned or self.baseline
        return (last - first).days + 1


def make_events(size: Size, calendar: Calendar, random_: random.Random) -> list[Event]:
    """As many events as asked for, in the order of their planned days."""
    events: list[Event] = []
    while len(events) < size.activities:
        events.extend(_new_events(size, random_)[: size.activities - len(events)])
    events.sort(key=lambda event: event.baseline)
    for number, event in enumerate(events, 1):
        event.number = number
        _live(event, size, calendar, random_)
    return events


def _new_events(size: Size, random_: random.Random) -> list[Event]:
    if random_.random() < 0.07:
        kind, title, days, people = random_.choice(MANAGEMENT)
        countries = (random_.choice(COUNTRIES),) if kind == "hand_over_ceremony" else COUNTRIES
        return [Event(0, kind, title, title, None, countries, people, _days(size, random_, days))]
    theme = random_.choices(THEMES, weights=(30, 26, 26, 18))[0]
    kind, _weight, (least, most), people, (english, russian) = random_.choices(TYPES, [row[1] for row in TYPES])[0]
    topic = random_.choice(theme.topics)
    quoted = f"{topic[1][0].upper()}{topic[1][1:]}" if "«" in russian else topic[1]
    title = (english.format(topic[0]), russian.format(quoted))
    span = random_.randint(least, most)
    roll = random_.random()
    if kind in {"conference"} or (roll < 0.22 and kind not in {"expert_mission", "on_the_job_training"}):
        return [Event(0, kind, title, topic, theme, COUNTRIES, round(people * 1.4), _days(size, random_, span))]
    if roll < 0.34:
        some = tuple(sorted(random_.sample(COUNTRIES, random_.randint(2, 3)), key=COUNTRIES.index))
        return [Event(0, kind, title, topic, theme, some, people, _days(size, random_, span))]
    if roll < 0.44 and kind in {"workshop", "training", "seminar"}:
        return _series(size, random_, kind, title, topic, theme, people, span)
    return [Event(0, kind, title, topic, theme, (random_.choice(COUNTRIES),), people, _days(size, random_, span))]


def _series(
    size: Size,
    random_: random.Random,
    kind: str,
    title: tuple[str, str],
    topic: tuple[str, str],
    theme: Theme,
    people: int,
    span: int,
) -> list[Event]:
    first, _last = _days(size, random_, span)
    series = f"s{theme.number}-{first:%y%m}-{random_.randint(100, 999)}"
    legs = []
    for position, country in enumerate(COUNTRIES):
        start = _working_day(min(first + timedelta(days=14 * position), size.end - timedelta(days=span + 3)))
        days = (start, start + timedelta(days=span - 1))
        legs.append(Event(0, kind, title, topic, theme, (country,), people, days, series=series))
    return legs


def _days(size: Size, random_: random.Random, span: int) -> tuple[date, date]:
    """First and last day, in the seasons when people work: little in July, August and the first half of January."""
    length = (size.end - size.start).days - span - 40
    while True:
        start = _working_day(size.start + timedelta(days=35 + random_.randint(0, max(1, length))))
        quiet = start.month in {7, 8} or (start.month == 1 and start.day < 15)
        if not quiet or random_.random() < 0.25:
            return start, start + timedelta(days=span - 1)


def _working_day(day: date) -> date:
    return day + timedelta(days=(0, 0, 0, 4, 3, 2, 1)[day.weekday()])


def _enter(event: Event, size: Size, calendar: Calendar, random_: random.Random) -> date:
    """Sets when the event was written down, and gives the day from which it is in the plan.

    Most are in the plan of their year, which the steering groups agreed the year before. What comes later, or before a
    plan is in force, is additional.
    """
    plan = calendar.plan(event.scope, event.baseline[1].year)
    ahead = event.baseline[0] - timedelta(days=random_.randint(40, 70))
    late = random_.random() < 0.07 or plan.in_force > event.baseline[0] - timedelta(days=12)
    if late and ahead - timedelta(days=3) <= size.today:
        event.additional = True
        event.drafted = max(size.start, ahead - timedelta(days=random_.randint(3, 12)))
        return ahead
    # What lies beyond the next plan has stood in the indicative list from the beginning.
    event.drafted = plan.made if plan.made <= size.today else size.start + timedelta(days=10)
    return plan.in_force


def _live(event: Event, size: Size, calendar: Calendar, random_: random.Random) -> None:
    """Lets the event go through its states up to today."""
    event.mode = random_.choices(("onsite", "online", "hybrid"), (84, 10, 6))[0]
    if event.type in {"study_visit", "on_the_job_training", "expert_mission", "hand_over_ceremony"}:
        event.mode = "onsite"
    start, end = event.baseline
    event.planned = event.baseline
    _step(event, "plan", _enter(event, size, calendar, random_), size)
    if event.state == State.DRAFT or (random_.random() < 0.06 and _cancel(event, size, random_)):
        return
    for _time in range(3):
        if random_.random() > (0.13 if _time == 0 else 0.35) or not _postpone(event, size, random_):
            break
    if event.state == State.POSTPONED:
        # What was put off and not taken up again is given up some months later.
        _step(event, "cancel", event.planned[1] + timedelta(days=80), size, random_.choice(CANCELLED))
        return
    start, end = event.planned
    if end < size.today and end > size.today - timedelta(days=60) and random_.random() < 0.12:
        # Late: still not recorded as implemented.
        if random_.random() < 0.5:
            _step(event, "confirm", start - timedelta(days=25), size)
        return
    if end >= size.today and start - size.today > timedelta(days=45):
        return
    _step(event, "confirm", start - timedelta(days=random_.randint(20, 40)), size)
    slip = _slip(random_)
    actual = (_working_day(start + timedelta(days=slip)), end)
    actual = (actual[0], actual[0] + (end - start))
    if event.state != State.CONFIRMED or actual[1] >= size.today or actual[1] > size.end:
        return
    event.actual = actual
    _step(event, "implement", actual[1] + timedelta(days=random_.randint(1, 7)), size)
    if event.state != State.IMPLEMENTED:
        # It ended so lately that nobody has recorded it yet.
        event.actual = None
        return
    if random_.random() < 0.9:
        _step(event, "verify", actual[1] + timedelta(days=random_.randint(22, 45)), size)


def _slip(random_: random.Random) -> int:
    """Days by which the event came after its plan: most are on time, some are a quarter late."""
    roll = random_.random()
    if roll < 0.68:
        return 0
    return random_.randint(1, 14) if roll < 0.86 else random_.randint(30, 120)


def _step(
    event: Event, move: str, on: date, size: Size, reason: str = "", planned: tuple[date, date] | None = None
) -> None:
    """Makes a move on its day, where that day has come; never before the move that precedes it."""
    if event.steps:
        on = max(on, event.steps[-1].on)
    on = max(on, event.drafted)
    if on > size.today:
        return
    event.steps.append(Step(move, event.state, on, reason, planned))
    event.state = event.steps[-1].to_state


def _cancel(event: Event, size: Size, random_: random.Random) -> bool:
    _step(event, "cancel", event.baseline[0] - timedelta(days=random_.randint(5, 40)), size, random_.choice(CANCELLED))
    return event.state == State.CANCELLED


def _postpone(event: Event, size: Size, random_: random.Random) -> bool:
    """Moves the plan by one to five months; False where it no longer fits into the phase."""
    assert event.planned is not None
    start, end = event.planned
    later = _working_day(start + timedelta(days=random_.randint(30, 150)))
    if later + (end - start) > size.end:
        return False
    put_off = (later, later + (end - start))
    day = start - timedelta(days=random_.randint(5, 30))
    _step(event, "postpone", day, size, random_.choice(POSTPONED), put_off)
    if event.state != State.POSTPONED:
        return False
    event.planned = put_off
    if random_.random() < 0.8:
        _step(event, "plan_again", later - timedelta(days=random_.randint(45, 75)), size)
    return event.state == State.PLANNED
