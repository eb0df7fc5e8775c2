"""Dimensions of fixed choices, and of records: countries, components, institutions, places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery, TextChoices

from pilotage.domain.activities.words import Type
from pilotage.domain.parties.models import Country, Institution, Place, PlaceName
from pilotage.domain.steering.models import SteeringBody
from pilotage.domain.workplans.models import REGION
from pilotage.figures.dimensions.kind import UNKNOWN_KEY, Kind, Raw
from pilotage.figures.languages import joined, labels_of
from pilotage.figures.scopes import CompiledScope, UnknownChoice
from pilotage.figures.table import UNKNOWN, Key

GENERAL = "general"


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
        former = PlaceName.objects.filter(place=OuterRef("pk"), until__gte=scope.as_of).order_by("until", "pk")
        named = Place.objects.only("code", "name", "sort_en").annotate(then=Subquery(former.values("name")[:1]))
        places = named.in_bulk([pk for pk in found if pk])
        keys: dict[Raw, Key] = {
            one.pk: Key(one.code, one.then or one.name) for one in sorted(places.values(), key=lambda one: one.sort_en)
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
