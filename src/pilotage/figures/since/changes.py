"""Which records changed how between two days, gathered under components or countries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import quote, urlencode

from django.db.models import Model, QuerySet

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.models import Activity, ActivityCountry
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Component, Phase
from pilotage.domain.recommendations.access import visible_recommendations
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.steering.access import visible_action_points
from pilotage.domain.steering.models import ActionPoint
from pilotage.figures.since import happenings
from pilotage.figures.since.happenings import HAPPENINGS, Happening
from pilotage.figures.since.sentences import GENERAL, REGION, sentence_of
from pilotage.figures.since.standing import Standing, standings
from pilotage.kit.texts import Text

Breakdown = Literal["component", "country"]


@dataclass(frozen=True, slots=True)
class Line:
    """One record that a sentence speaks of."""

    pk: int
    code: str
    title: Text
    component: str
    """Number of the component; empty for management, coordination and action points."""
    countries: tuple[str, ...]
    standing: Standing
    address: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One plain sentence in every language, with what it speaks of and the address that lists it."""

    happening: Happening
    text: Text
    lines: tuple[Line, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """The sentences of one component or country; ``key`` is its number or code, empty for what has none."""

    key: str
    name: Text
    component: Component | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Asked:
    """Which span of which phase, for whom: between the ends of the days ``since`` and ``until``.

    ``viewer`` None stands for a document that the programme makes: everything is read. ``country`` narrows to what
    concerns one country.
    """

    phase: Phase
    since: date
    until: date
    viewer: Viewer | None
    country: Country | None = None
    by: Breakdown = "component"

    def address(self, **extra: str) -> str:
        """The permanent address of the page that says this."""
        pairs = {"since": self.since.isoformat(), "until": self.until.isoformat(), "by": self.by}
        if self.country:
            pairs["country"] = self.country.code
        return f"/{self.phase.code}/what-changed/?{urlencode(pairs | extra)}"


def changed_since(asked: Asked) -> list[Group]:
    """What changed, group by group; groups of which there is nothing to say are left out.

    A record that concerns several countries stands under each of them. Recorded clock: an entry made between the two
    days counts, whenever the thing itself happened (domain handbook, 7). Raises ValueError where the span is empty.
    """
    if asked.until <= asked.since:
        raise ValueError("the span ends before it begins")
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    shown = list(_groups(asked))
    known = {key for key, _name, _component in shown}
    for noun, lines, judge in _read(asked):
        for line in lines:
            for what in judge(line.standing, asked.since, asked.until):
                # What concerns none of the groups stands with what concerns no one of them.
                for key in [key for key in _keys(line, asked) if key in known] or [""]:
                    found[key, f"{noun}-{what}"].append(line)
    groups = []
    for key, name, component in shown:
        sentences = [_sentence(asked, key, one, found[key, one.code]) for one in HAPPENINGS if (key, one.code) in found]
        if sentences:
            groups.append(Group(key, name, component, tuple(sentences)))
    return groups


def _sentence(asked: Asked, key: str, happening: Happening, lines: list[Line]) -> Sentence:
    ordered = tuple(sorted(lines, key=lambda line: (line.code, line.pk)))
    named = [(line.code, line.title, line.standing) for line in ordered]
    address = asked.address(group=key or "none", what=happening.code)
    return Sentence(happening, sentence_of(happening, named), ordered, address)


def _keys(line: Line, asked: Asked) -> Sequence[str]:
    if asked.by == "component":
        return (line.component,)
    if asked.country:
        return (asked.country.code,)
    return line.countries


def _groups(asked: Asked) -> Iterable[tuple[str, Text, Component | None]]:
    if asked.by == "component":
        for component in asked.phase.components.order_by("number"):
            yield component.number, component.title, component
        yield "", GENERAL, None
        return
    partners = asked.phase.partner_countries.values("country")
    for country in Country.objects.filter(pk__in=partners).order_by("code"):
        yield country.code, country.name, None
    yield "", REGION, None


Judge = Callable[[Standing, date, date], list[str]]


def _read(asked: Asked) -> Iterable[tuple[str, list[Line], Judge]]:
    yield "activities", _activities(asked), happenings.of_activity
    yield "recommendations", _recommendations(asked), happenings.of_recommendation
    yield "action-points", _action_points(asked), happenings.of_action_point


def _activities(asked: Asked) -> list[Line]:
    records = _seen(asked, Activity, visible_activities)
    if asked.country:
        concerned = ActivityCountry.objects.filter(country=asked.country).values("activity")
        records = records.filter(pk__in=concerned)
    countries: dict[int, list[str]] = defaultdict(list)
    links = ActivityCountry.objects.filter(activity__phase=asked.phase).order_by("country_id")
    for activity, country in links.values_list("activity_id", "country_id"):
        countries[activity].append(country)
    return _lines(asked, records, happenings.ACTIVITY_FIELDS, "title", "activities", countries)


def _recommendations(asked: Asked) -> list[Line]:
    records = _seen(asked, Recommendation, visible_recommendations)
    return _of_one_country(asked, records, "country", happenings.RECOMMENDATION_FIELDS, "recommendations")


def _action_points(asked: Asked) -> list[Line]:
    records = _seen(asked, ActionPoint, visible_action_points)
    return _of_one_country(asked, records, "meeting__country", happenings.ACTION_FIELDS, "action-points")


def _seen(asked: Asked, model: type[Model], visible: Callable[[Viewer, Phase], QuerySet[Any]]) -> QuerySet[Any]:
    if asked.viewer is None:
        return model._default_manager.filter(phase=asked.phase)
    return visible(asked.viewer, asked.phase)


def _of_one_country(asked: Asked, records: QuerySet[Any], path: str, fields: Sequence[str], noun: str) -> list[Line]:
    if asked.country:
        records = records.filter(**{path: asked.country})
    countries = {pk: [code] for pk, code in records.order_by().values_list("pk", f"{path}_id") if code}
    return _lines(asked, records, fields, "text", noun, countries)


def _lines(
    asked: Asked,
    records: QuerySet[Any],
    fields: Sequence[str],
    title: str,
    noun: str,
    countries: dict[int, list[str]],
) -> list[Line]:
    judged = standings(records, fields, asked.since, asked.until)
    has_component = any(field.name == "component" for field in records.model._meta.fields)
    columns = ["pk", "code", title, *(["component__number"] if has_component else [])]
    return [
        Line(
            pk=row["pk"],
            code=row["code"],
            title=row[title],
            component=row.get("component__number") or "",
            countries=tuple(countries.get(row["pk"], ())),
            standing=judged[row["pk"]],
            address=f"/{asked.phase.code}/{noun}/{quote(row['code'])}/",
        )
        for row in records.order_by().values(*columns)
        if judged[row["pk"]].after is not None
    ]
