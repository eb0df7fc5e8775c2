"""Who took part: persons of the register with their attendance, and the tally that the register reproduces."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from pilotage.cli.generate.events import Event
from pilotage.cli.generate.names import POSITIONS, Name, make_name, respelt
from pilotage.cli.generate.programme import World
from pilotage.cli.generate.size import Size
from pilotage.domain.activities.models import Person
from pilotage.domain.activities.rules import TRAINING_TYPES, TallyRow
from pilotage.domain.parties.models import Institution

WOMEN = {"border": 0.16, "customs": 0.27, "police": 0.2, "veterinary": 0.38, "phytosanitary": 0.45, "migration": 0.44}
"""Share of women among the staff of each kind of service; it grows by the year."""
TESTED = {"training", "training_of_trainers", "on_the_job_training"}


@dataclass(frozen=True)
class Seat:
    """One participant's place at an event, before it is a record."""

    person: int
    """Index in the register."""
    days: Decimal
    pre_test: Decimal | None
    post_test: Decimal | None
    satisfaction: int | None
    certificate: bool


@dataclass
class Crowd:
    """Everybody: the register, the seats by event, the tallies by event."""

    persons: list[Person] = field(default_factory=list)
    seats: dict[int, list[Seat]] = field(default_factory=dict)
    tallies: dict[int, tuple[TallyRow, ...]] = field(default_factory=dict)


class Crowds:
    """Draws participants. A person is never at two events on the same day."""

    def __init__(self, size: Size, world: World, random_: random.Random) -> None:
        self.size, self.world, self.random = size, world, random_
        self.crowd = Crowd()
        self._of: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._busy: dict[int, set[date]] = defaultdict(set)
        self._taken: set[tuple[str, str]] = set()

    def fill(self, events: list[Event]) -> Crowd:
        """Gives every held event its participants, about as many in all as asked for."""
        held = [event for event in events if event.held]
        weights = [event.usual_people * self.random.uniform(0.7, 1.35) for event in held]
        share = self.size.participations / (sum(weights) or 1)
        for event, weight in zip(held, weights, strict=True):
            self._seat(event, max(3, round(weight * share)))
        self._add_doubles()
        self._add_mistakes([event for event in held if event.state == "implemented"], held)
        return self.crowd

    def _seat(self, event: Event, people: int) -> None:
        groups = self._groups(event, people)
        registered = self.random.random() < self.size.register
        rows: Counter[tuple[str, str, str]] = Counter()
        seats = []
        for service, number in groups.items():
            women = self._women(service, event)
            for _seat in range(number):
                sex = "woman" if self.random.random() < women else "man"
                rows[service.country_id or "", service.code, sex] += 1
                if registered:
                    seats.append(self._registered(event, service, sex))
        if not registered and self.random.random() < 0.12:
            rows = _forget_sex(rows, self.random)
        mode = "" if event.mode == "hybrid" else event.mode
        self.crowd.tallies[event.number] = tuple(
            TallyRow(count, country=country, institution=code, sex=sex, mode=mode)
            for (country, code, sex), count in sorted(rows.items())
        )
        if seats:
            self.crowd.seats[event.number] = seats

    def _groups(self, event: Event, people: int) -> dict[Institution, int]:
        kinds = event.theme.services if event.theme else ("border", "customs")
        services = [self.world.services[country, kind] for country in event.countries for kind in kinds]
        if len(event.countries) == 1 and len(kinds) > 2 and people < 12:
            services = services[:2]
        weights = [self.random.uniform(0.5, 1.5) for _service in services]
        drawn = Counter(self.random.choices(range(len(services)), weights, k=people))
        return {services[index]: number for index, number in sorted(drawn.items())}

    def _women(self, service: Institution, event: Event) -> float:
        years = (event.baseline[0] - self.size.start).days / 365
        return min(0.7, WOMEN.get(service.type, 0.3) + 0.02 * years)

    def _registered(self, event: Event, service: Institution, sex: str) -> Seat:
        assert event.actual is not None
        first, last = event.actual
        days = {first + timedelta(days=number) for number in range((last - first).days + 1)}
        person = self._person(service, sex, days)
        self._busy[person] |= days
        present = Decimal(len(days)) if self.random.random() < 0.9 else Decimal(self.random.randint(1, len(days)))
        pre = post = None
        if event.type in TESTED and self.random.random() < 0.85:
            pre = Decimal(self.random.randint(25, 75))
            post = min(Decimal(100), pre + self.random.randint(-3, 38))
        return Seat(
            person,
            present,
            pre,
            post,
            self.random.choices((3, 4, 5, 2), (18, 45, 34, 3))[0] if self.random.random() < 0.78 else None,
            event.type in TRAINING_TYPES and present * 100 >= len(days) * 80,
        )

    def _person(self, service: Institution, sex: str, days: set[date]) -> int:
        """Somebody of the service who is free: one in two has been before."""
        known = self._of[service.pk, sex]
        if known and self.random.random() < 0.62:
            for _try in range(4):
                person = self.random.choice(known)
                if not self._busy[person] & days:
                    return person
        person = self._new(service, sex)
        known.append(person)
        return person

    def _new(self, service: Institution, sex: str) -> int:
        country = service.country_id or "KG"
        for _try in range(30):
            name = make_name(self.random, country, "f" if sex == "woman" else "m")
            if (country, name.family) not in self._taken:
                break
        self._taken.add((country, name.family))
        return self._add(name.signed, name, service, sex)

    def _add(self, signed: str, name: Name, service: Institution, sex: str) -> int:
        number = len(self.crowd.persons) + 1
        consent = self.size.today - timedelta(days=self.random.randint(30, 700))
        position = self.random.choice(POSITIONS)
        self.crowd.persons.append(
            Person(
                phase=self.world.phase,
                key=f"P{number:05}",
                name_signed=signed,
                name_latin=name.latin,
                institution=service,
                position=position[0] if signed == name.latin else position[1],
                sex=sex,
                country_id=service.country_id,
                email=f"p{number:05}@demo.example" if self.random.random() < 0.55 else "",
                photo_consent_on=consent if self.random.random() < 0.6 else None,
                mailing_consent_on=consent if self.random.random() < 0.3 else None,
            )
        )
        return number - 1

    def _add_doubles(self) -> None:
        """A few persons entered twice under another spelling, for the data checks to find."""
        persons = self.crowd.persons
        for person in self.random.sample(persons, min(6, len(persons) // 40)):
            name = Name(person.name_signed, person.name_latin, person.name_latin)
            assert person.institution is not None
            self._add(respelt(self.random, name), name, person.institution, person.sex)

    def _add_mistakes(self, events: list[Event], held: list[Event]) -> None:
        """What happens in every register: a tally that is missing, one that the list does not bear out, a double trip."""
        tallies, seats = self.crowd.tallies, self.crowd.seats
        if events and events[0].type in TRAINING_TYPES:
            tallies.pop(events[0].number)
            seats.pop(events[0].number, None)
        listed = [event for event in events if event.number in seats]
        if len(listed) > 1:
            first, *rest = tallies[listed[-1].number]
            tallies[listed[-1].number] = (replace(first, count=first.count + 2), *rest)
        self._send_twice(listed, [event for event in held if event.number in seats])

    def _send_twice(self, listed: list[Event], held: list[Event]) -> None:
        """Puts somebody on the lists of two events that took place in two countries on the same day."""
        seats = self.crowd.seats
        for other in (event for event in listed if event.number in seats):
            for one in held:
                if one is other or set(one.countries) & set(other.countries) or {one.mode, other.mode} != {"onsite"}:
                    continue
                assert one.actual is not None
                assert other.actual is not None
                taken = {seat.person for seat in seats[other.number]}
                free = [seat for seat in seats[one.number] if seat.person not in taken]
                if one.actual[0] <= other.actual[1] and other.actual[0] <= one.actual[1] and free:
                    seats[other.number].append(replace(free[0], days=Decimal(other.days)))
                    return


def _forget_sex(rows: Counter[tuple[str, str, str]], random_: random.Random) -> Counter[tuple[str, str, str]]:
    """The same people, some of whose lists did not say who is a woman."""
    told: Counter[tuple[str, str, str]] = Counter()
    for (country, code, sex), number in rows.items():
        told[country, code, sex if random_.random() < 0.6 else "not_stated"] += number
    return told
