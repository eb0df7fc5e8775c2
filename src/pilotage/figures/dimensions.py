"""Dimensions: the ways in which figures are broken down, and the keys that each prints, in the field's order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices

from pilotage.domain.activities.models import Deliverable
from pilotage.domain.activities.words import ActivityScope, Mode, Sex, State, Type
from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.domain.recommendations.words import Priority
from pilotage.domain.recommendations.words import State as RecommendationState
from pilotage.domain.steering.models import SteeringBody
from pilotage.domain.steering.words import ActionState
from pilotage.domain.workplans.models import REGION
from pilotage.figures.languages import joined, labels_of
from pilotage.figures.scopes import CompiledScope, UnknownChoice
from pilotage.figures.table import UNKNOWN, Key
from pilotage.kit.partial_dates import quarter_number
from pilotage.kit.periods import Period, reporting_year, reporting_year_period
from pilotage.kit.texts import Text

UNKNOWN_KEY = Key(UNKNOWN, {"en": "Not stated", "ru": "Не указано"}, hue="unknown")
UNDATED_KEY = Key(
    UNKNOWN, {"en": "Date not known", "ru": "Дата неизвестна"}, {"en": "no date", "ru": "без даты"}, hue="unknown"
)
GENERAL = "general"
MOST_PERIODS = 240
"""No table prints more quarters or years than this, whatever period is asked for."""

Raw = Any
"""A value as the database groups by it; None and "" are unknown."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One dimension: what it is called, which keys it prints, and how its keys stand in the database."""

    code: str
    label: Text

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        """The keys to print, in order, by what the database has for them: those expected and those found."""
        raise NotImplementedError

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        """What the database has for the key ``code``. Raises UnknownChoice."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Choices(Kind):
    """A column with fixed choices."""

    choices: type[TextChoices] = Type
    always: tuple[str, ...] = ()
    """Choices that are printed even where nothing was found."""
    hues: dict[str, str] = field(default_factory=dict)
    unknown: str = ""
    """The choice that means "not known"."""

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        present = set(found)
        keys: dict[Raw, Key] = {
            code: Key(code, label, hue=self.hues.get(code, ""))
            for code, label in labels_of(self.choices).items()
            if code != self.unknown and (code in present or code in self.always)
        }
        return keys | {raw: UNKNOWN_KEY for raw in present & {None, "", self.unknown}}

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return self.unknown
        if code not in self.choices.values or code == self.unknown:
            raise UnknownChoice(self.code, code)
        return code


@dataclass(frozen=True, slots=True)
class Countries(Kind):
    """The partner countries in the phase's order, then others that were found."""

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        partners = {link.country_id: link.country for phase in scope.phases for link in phase.partner_countries.all()}
        others = sorted({code for code in found if code} - set(partners))
        if others:
            known = Country.objects.in_bulk(others)
            partners |= {code: known[code] for code in others}
        keys: dict[Raw, Key] = {
            code: Key(code, country.name, short=dict.fromkeys(("en", "ru"), code)) for code, country in partners.items()
        }
        return keys | ({None: UNKNOWN_KEY} if None in set(found) else {})

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return None
        if not (len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()):
            raise UnknownChoice(self.code, code)
        return code


@dataclass(frozen=True, slots=True)
class PlanCountries(Countries):
    """The scopes of work plans: the partner countries, then the region."""

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        present = set(found)
        keys = Countries.keys(self, scope, present - {REGION})
        label = {"en": "The region", "ru": "Регион"}
        return keys | ({REGION: Key(REGION, label, hue="general")} if REGION in present else {})

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        return REGION if code == REGION else Countries.raw(self, scope, code)


@dataclass(frozen=True, slots=True)
class Bodies(Kind):
    """The steering groups, national ones in the phase's order, then the regional one, then meetings of no body."""

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        present = set(found)
        several = len(scope.phases) > 1
        keys: dict[Raw, Key] = {}
        for phase in scope.phases:
            order = {link.country_id: place for place, link in enumerate(phase.partner_countries.all())}
            bodies = SteeringBody.objects.filter(phase=phase, pk__in=[pk for pk in present if pk])
            for body in sorted(bodies, key=lambda one: order.get(one.country_id or "", len(order))):
                code = body.country_id or REGION
                keys[body.pk] = Key(f"{phase.code}:{code}" if several else code, body.title)
        label = {"en": "Other meetings", "ru": "Другие заседания"}
        return keys | ({None: Key(UNKNOWN, label, hue="general")} if None in present else {})

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return None
        phase_code, _, country = code.rpartition(":")
        phases = [phase for phase in scope.phases if phase_code in ("", phase.code)]
        bodies = SteeringBody.objects.filter(phase__in=phases, country_id=None if country == REGION else country)
        pk = bodies.values_list("pk", flat=True).first()
        if pk is None:
            raise UnknownChoice(self.code, code)
        return pk


@dataclass(frozen=True, slots=True)
class Components(Kind):
    """The components by number, then coordination and management, which belong to none."""

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        present = set(found)
        keys: dict[Raw, Key] = {}
        several = len(scope.phases) > 1
        for phase in scope.phases:
            for place, component in enumerate(sorted(phase.components.all(), key=lambda one: one.number), 1):
                label = component.short_title or component.title
                number = dict.fromkeys(("en", "ru"), component.number)
                if several:
                    label = joined([phase.short_title or phase.title, label], ": ")
                    number = joined([phase.short_title or phase.title, number], "\u00a0")
                code = f"{phase.code}:{component.number}" if several else component.number
                keys[component.pk] = Key(code, label, number, f"c{place}" if place <= 4 else "")
        if 0 in present:
            label = {"en": "Coordination and management", "ru": "Координация и управление"}
            keys[0] = Key(GENERAL, label, {"en": "Coord.", "ru": "Коорд."}, GENERAL)
        return keys | ({None: UNKNOWN_KEY} if None in present else {})

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return None
        if code == GENERAL:
            return 0
        phase_code, _, number = code.rpartition(":")
        for phase in scope.phases:
            for component in phase.components.all():
                if component.number == number and phase_code in ("", phase.code):
                    return component.pk
        raise UnknownChoice(self.code, code)


@dataclass(frozen=True, slots=True)
class Institutions(Kind):
    """The institutions found, by country in the phase's order and by name."""

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        named = Institution.objects.only("code", "name", "short_name", "country_id", "sort_en")
        known = named.in_bulk([pk for pk in found if pk])
        order = {
            link.country_id: place for phase in scope.phases for place, link in enumerate(phase.partner_countries.all())
        }
        ranked = sorted(known.values(), key=lambda one: (order.get(one.country_id or "", len(order)), one.sort_en))
        keys: dict[Raw, Key] = {one.pk: Key(one.code, one.name, one.short_name) for one in ranked}
        return keys | ({None: UNKNOWN_KEY} if None in set(found) else {})

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return None
        pk = Institution.objects.filter(code=code).values_list("pk", flat=True).first()
        if pk is None:
            raise UnknownChoice(self.code, code)
        return pk


@dataclass(frozen=True, slots=True)
class Places(Kind):
    """The venues found, by name as of the day that the figure is true for."""

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        named = Place.objects.only("code", "name", "sort_en").prefetch_related("earlier_names")
        places = named.in_bulk([pk for pk in found if pk])
        keys: dict[Raw, Key] = {
            one.pk: Key(one.code, one.name_on(scope.as_of))
            for one in sorted(places.values(), key=lambda one: one.sort_en)
        }
        return keys | ({None: UNKNOWN_KEY} if None in set(found) else {})

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return None
        pk = Place.objects.filter(code=code).values_list("pk", flat=True).first()
        if pk is None:
            raise UnknownChoice(self.code, code)
        return pk


@dataclass(frozen=True, slots=True)
class Phases(Kind):
    """The phases asked for."""

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        return {phase.pk: Key(phase.code, phase.title, phase.short_title) for phase in scope.phases}

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        for phase in scope.phases:
            if phase.code == code:
                return phase.pk
        raise UnknownChoice(self.code, code)


@dataclass(frozen=True, slots=True)
class Spans(Kind):
    """Quarters or years without holes, over the period asked for and what was found."""

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        present = set(found)
        numbers = {number for number in present if number is not None}
        numbers |= {self.number(scope, day) for day in closed_bounds(scope)}
        keys: dict[Raw, Key] = {}
        if numbers:
            for number in self.between(min(numbers), max(numbers))[:MOST_PERIODS]:
                keys[number] = self.key(scope, number)
        return keys | ({None: UNDATED_KEY} if None in present else {})

    def number(self, scope: CompiledScope, day: date) -> int:
        """The number under which ``day`` is stored."""
        raise NotImplementedError

    def between(self, first: int, last: int) -> Sequence[int]:
        """All numbers from ``first`` to ``last``."""
        return range(first, last + 1)

    def key(self, scope: CompiledScope, number: int) -> Key:
        """The key of a number."""
        raise NotImplementedError


def closed_bounds(scope: CompiledScope) -> tuple[date, ...]:
    """First and last day to print, where both are known: of the period, but not beyond the end of the phases."""
    if scope.start is None or scope.end is None:
        return ()
    ends = [phase.end for phase in scope.phases]
    last = max((day for day in ends if day), default=scope.end) if all(ends) else scope.end
    return scope.start, max(scope.start, min(scope.end, last))


@dataclass(frozen=True, slots=True)
class Quarters(Spans):
    """Calendar quarters, stored as year × 10 + quarter."""

    def number(self, scope: CompiledScope, day: date) -> int:
        return quarter_number(day)

    def between(self, first: int, last: int) -> Sequence[int]:
        return [number for number in range(first, last + 1) if 1 <= number % 10 <= 4]

    def key(self, scope: CompiledScope, number: int) -> Key:
        year, quarter = divmod(number, 10)
        period = Period.quarter(year, quarter)
        roman = ("I", "II", "III", "IV")[quarter - 1]
        short = {"en": f"Q{quarter}\u00a0{year}", "ru": f"{roman}\u00a0кв.\u00a0{year}"}
        return Key(period.code, period.label, short)

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return None
        try:
            period = Period.parse(code)
        except ValueError:
            period = Period.between(None, None)
        if period.start is None or period.code != code or "Q" not in code:
            raise UnknownChoice(self.code, code)
        return quarter_number(period.start)


@dataclass(frozen=True, slots=True)
class Years(Spans):
    """Calendar years."""

    def number(self, scope: CompiledScope, day: date) -> int:
        return day.year

    def key(self, scope: CompiledScope, number: int) -> Key:
        return Key(str(number), Period.year(number).label if 1 <= number <= 9999 else {"en": str(number)})

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return None
        if not (len(code) == 4 and code.isascii() and code.isdigit()):
            raise UnknownChoice(self.code, code)
        return int(code)


@dataclass(frozen=True, slots=True)
class ReportingYears(Spans):
    """The programme's own years, counted from its start; with their dates where one phase is spoken of."""

    def number(self, scope: CompiledScope, day: date) -> int:
        starts = [phase.start for phase in scope.phases if phase.start]
        return max((reporting_year(day, start) for start in starts), default=1) if starts else 1

    def between(self, first: int, last: int) -> Sequence[int]:
        return range(max(1, first), last + 1)

    def key(self, scope: CompiledScope, number: int) -> Key:
        short = {"en": f"Year\u00a0{number}", "ru": f"{number}-й\u00a0год"}
        first = scope.phases[0]
        if (
            len(scope.phases) == 1
            and first.start
            and not (first.end and reporting_year(first.end, first.start) < number)
        ):
            return Key(str(number), reporting_year_period(number, first.start, first.end).label, short)
        return Key(str(number), short)

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        if code == UNKNOWN:
            return None
        if not (code.isascii() and code.isdigit() and len(code) <= 2):
            raise UnknownChoice(self.code, code)
        return int(code)


STATE_HUES = {
    State.IMPLEMENTED.value: "done",
    State.VERIFIED.value: "done",
    State.PLANNED.value: "ahead",
    State.CONFIRMED.value: "ahead",
    State.POSTPONED.value: "late",
    State.CANCELLED.value: "failed",
}
RECOMMENDATION_HUES = {
    RecommendationState.ISSUED.value: "ahead",
    RecommendationState.UNDER_CONSIDERATION.value: "ahead",
    RecommendationState.ACCEPTED.value: "late",
    RecommendationState.PARTLY_ACCEPTED.value: "late",
    RecommendationState.IN_PROGRESS.value: "late",
    RecommendationState.REPORTED_ADOPTED.value: "done",
    RecommendationState.ADOPTED.value: "done",
    RecommendationState.REJECTED.value: "failed",
}
ACTION_HUES = {
    ActionState.OPEN.value: "ahead",
    ActionState.IN_PROGRESS.value: "late",
    ActionState.DONE.value: "done",
    ActionState.CANCELLED.value: "failed",
}
SEX_HUES = {Sex.WOMAN.value: "woman", Sex.MAN.value: "man", Sex.OTHER.value: "other"}

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Countries("country", {"en": "Country", "ru": "Страна"}),
        PlanCountries("meeting_country", {"en": "Country of the meeting", "ru": "Страна заседания"}),
        Bodies("body", {"en": "Steering body", "ru": "Руководящая группа"}),
        PlanCountries("plan_country", {"en": "Plan of", "ru": "Чей план"}),
        Components("component", {"en": "Component", "ru": "Компонент"}),
        Choices("type", {"en": "Type", "ru": "Вид"}, Type),
        Choices("scope", {"en": "Scope", "ru": "Охват"}, ActivityScope, tuple(ActivityScope.values)),
        Choices("mode", {"en": "Mode", "ru": "Формат"}, Mode, (Mode.ONSITE.value, Mode.ONLINE.value)),
        Quarters("quarter", {"en": "Quarter", "ru": "Квартал"}),
        Years("year", {"en": "Year", "ru": "Год"}),
        ReportingYears("reporting_year", {"en": "Reporting year", "ru": "Отчётный год"}),
        Institutions("institution", {"en": "Institution", "ru": "Ведомство"}),
        Choices("institution_type", {"en": "Type of institution", "ru": "Тип ведомства"}, Institution.Type),
        Choices(
            "sex",
            {"en": "Sex", "ru": "Пол"},
            Sex,
            (Sex.WOMAN.value, Sex.MAN.value),
            SEX_HUES,
            Sex.NOT_STATED.value,
        ),
        Choices("state", {"en": "State", "ru": "Состояние"}, State, (), STATE_HUES),
        Choices("deliverable_type", {"en": "Type of deliverable", "ru": "Вид материала"}, Deliverable.DeliverableType),
        Choices("priority", {"en": "Priority", "ru": "Приоритет"}, Priority),
        Choices(
            "recommendation_state", {"en": "State", "ru": "Состояние"}, RecommendationState, (), RECOMMENDATION_HUES
        ),
        Choices("action_state", {"en": "State", "ru": "Состояние"}, ActionState, (), ACTION_HUES),
        Places("place", {"en": "Venue", "ru": "Место проведения"}),
        Phases("phase", {"en": "Programme phase", "ru": "Фаза программы"}),
    )
}
