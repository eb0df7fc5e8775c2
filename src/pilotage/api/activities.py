"""Activities over the wire: reading them, and writing them by the same operations as the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import sees_cost, visible_activities
from pilotage.domain.activities.entries import ActivityEntry, tally_row
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.queries import ActivityQuerySet
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.activities.words import Sex
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.domain.programme.models import Output, Phase
from pilotage.domain.programme.settings import setting
from pilotage.kit.partial_dates import bounds
from pilotage.kit.search import by_search_column, words_of

PLAIN = (
    "code", "version", "title", "summary", "type", "thematic", "scope", "mode", "venue_country_id", "baseline_start",
    "baseline_end", "planned_start", "planned_end", "actual_start", "actual_end", "state", "confidentiality",
    "additional", "by_national_trainers", "sources",
)  # fmt: skip
LISTS = ("institutions", "co_organisers", "experts")


def with_parts(activities: ActivityQuerySet) -> ActivityQuerySet:
    """Everything that the wire form of an activity needs, in a fixed number of queries."""
    return activities.select_related("component", "output", "venue").prefetch_related(
        "country_links",
        "institution_links__institution",
        "co_organiser_links__institution",
        "expert_links__institution",
        "tallies__institution",
    )


def narrowed(activities: ActivityQuerySet, chosen: dict[str, Any]) -> ActivityQuerySet:
    """Only what the request asks for."""
    for name in ("state", "type", "scope", "mode"):
        if chosen.get(name):
            activities = activities.filter(**{f"{name}__in": chosen[name].split(",")})
    if chosen.get("component"):
        activities = activities.filter(component__number__in=chosen["component"].split(","))
    if chosen.get("country"):
        activities = activities.filter(country_links__country_id__in=chosen["country"].upper().split(",")).distinct()
    if chosen.get("institution"):
        activities = activities.filter(institution_links__institution__code=chosen["institution"])
    activities = by_search_column(activities, words_of(chosen.get("q") or ""))
    if chosen.get("start"):
        activities = activities.filter(ends_on__gte=chosen["start"])
    if chosen.get("end"):
        activities = activities.filter(begins_on__lte=chosen["end"])
    return activities


def written(activity: Activity, viewer: Viewer, phase: Phase) -> dict[str, Any]:
    """One activity as the viewer may have it. Persons never leave this way; small numbers only to the staff."""
    rows = [tally_row(record) for record in activity.tallies.all()]
    document = {name.removesuffix("_id"): getattr(activity, name) for name in PLAIN}
    document |= {
        "component": activity.component.number if activity.component else None,
        "output": activity.output.code if activity.output else None,
        "venue": activity.venue.code if activity.venue else None,
        "countries": sorted(link.country_id for link in activity.country_links.all()),
        "institutions": sorted(link.institution.code for link in activity.institution_links.all()),
        "co_organisers": sorted(link.institution.code for link in activity.co_organiser_links.all()),
        "experts": sorted(link.institution.code for link in activity.expert_links.all()),
        "cost": activity.cost if sees_cost(viewer, phase) else None,
        "fictional": phase.programme.fictional,
        "address": f"{settings.BASE_URL}/{phase.code}/activities/{activity.code}/",
        **_people(rows, viewer, phase),
    }
    return document


def _people(rows: Sequence[TallyRow], viewer: Viewer, phase: Phase) -> dict[str, Any]:
    if not rows:
        return {
            "participants": None,
            "women": None,
            "tally": [] if viewer.is_staff_in(phase) else None,
            "withheld": False,
        }
    people = sum(row.count for row in rows)
    women = sum(row.count for row in rows if row.sex == Sex.WOMAN)
    if viewer.is_staff_in(phase):
        lines = [{"count": row.count, **dict(zip(KIND, row.kind, strict=True))} for row in rows]
        return {"participants": people, "women": women, "tally": lines, "withheld": False}
    least = setting(phase, "small_cell")
    small = 0 < people < least
    few_of_one_sex = any(0 < number < least for number in (women, people - women))
    return {
        "participants": None if small else people,
        "women": None if small or few_of_one_sex else women,
        "tally": None,
        "withheld": small or few_of_one_sex,
    }


KIND = ("country", "institution", "institution_type", "sex", "mode", "age_band")


def found(viewer: Viewer, phase: Phase, code: str) -> Activity:
    """The activity of that code, where the viewer may see it. Raises Http404."""
    activity = with_parts(visible_activities(viewer, phase)).filter(code=code).first()
    if activity is None:
        raise Http404
    activity.phase = phase
    return activity


def entry_of(phase: Phase, given: dict[str, Any], present: Activity | None = None) -> ActivityEntry:
    """What a request says of an activity, its codes resolved. Raises ValidationError by field for unknown ones."""
    wrong: dict[str, str] = {}
    values = {
        name: given[name] for name in given.keys() & set(PLAIN) - {"version", "sources", "state", "venue_country_id"}
    }
    if "cost" in given:
        values["cost"] = given["cost"]
    for name in ("title", "summary"):
        if name in values:
            values[name] = {**(getattr(present, name) if present else {}), **(values[name] or {})}
    for name, value in list(values.items()):
        if value is None and name not in {"by_national_trainers", "cost"}:
            values[name] = "" if name in TEXTS else values[name]
        if name in DATES and values[name]:
            check_date(name, values[name], wrong)
    one = {
        "component": (phase.components.all(), "number"),
        "output": (Output.objects.filter(component__phase=phase), "code"),
        "venue": (Place.objects.all(), "code"),
        "venue_country": (Country.objects.all(), "code"),
    }
    for name, (records, attribute) in one.items():
        if name in given:
            record = records.filter(**{attribute: given[name]}).first() if given[name] else None
            if given[name] and record is None:
                wrong[name] = _("“%(value)s” is not known.") % {"value": given[name]}
            values[name] = record
    lists = {name: _keys(name, given[name] or [], wrong) for name in LISTS if name in given}
    if "countries" in given:
        lists["countries"] = frozenset(code.upper() for code in given["countries"] or [])
    tally = tally_of(given["tally"], wrong) if given.get("tally") is not None else None
    if wrong:
        raise ValidationError(wrong)
    return ActivityEntry(values, tally=tally, **lists)


TEXTS = frozenset({"type", "scope", "mode", "confidentiality"})
DATES = frozenset(name for name in PLAIN if name.endswith(("_start", "_end")))


def check_date(name: str, text: str, wrong: dict[str, str]) -> None:
    try:
        bounds(text)
    except ValueError:
        wrong[name] = _("“%(value)s” is not a date. Write 2023-06-20, 2023-06, 2023-Q2 or 2023.") % {"value": text}


def _keys(name: str, codes: Iterable[str], wrong: dict[str, str]) -> frozenset[Any]:
    wanted = set(codes)
    known = dict(Institution.objects.filter(code__in=wanted).values_list("code", "pk"))
    for code in sorted(wanted - known.keys()):
        wrong[name] = _("“%(value)s” is not known.") % {"value": code}
    return frozenset(known.values())


def tally_of(lines: Iterable[dict[str, Any]], wrong: dict[str, str]) -> tuple[TallyRow, ...]:
    """The lines of a tally; what they name must be known."""
    rows = tuple(TallyRow(**line) for line in lines)
    countries = set(Country.objects.values_list("code", flat=True))
    wanted = {row.institution for row in rows if row.institution}
    institutions = set(Institution.objects.filter(code__in=wanted).values_list("code", flat=True))
    for row in rows:
        for value, known in (
            (row.country, countries), (row.institution, institutions), (row.sex, set(Sex.values)),
            (row.institution_type, set(Institution.Type.values)),
        ):  # fmt: skip
            if value and value not in known:
                wrong["tally"] = _("“%(value)s” is not known.") % {"value": value}
    return rows
