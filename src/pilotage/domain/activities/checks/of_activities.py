"""What the checks of activities look for (domain handbook, section 9: Activity)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from pilotage.domain.activities.checks.asking import Condition, Found, Params, Question
from pilotage.domain.activities.models import Activity, ActivityCountry, ActivityMove, Tally
from pilotage.domain.activities.rules import PAIRS
from pilotage.domain.activities.states import HELD
from pilotage.domain.activities.words import State, Type
from pilotage.domain.programme.models import Phase
from pilotage.kit.partial_dates import PartialDate, bounds
from pilotage.kit.texts import Text
from pilotage.kit.working_days import working_days_before

DATES = tuple(name for pair in PAIRS for name in pair)


def end_before_start(question: Question) -> Iterator[Found]:
    """Read are those whose dates are of unlike precision, or out of order as they are written."""
    suspicious = Q()
    for start, end in PAIRS:
        # Written dates of one precision sort as text; those of another are looked at below.
        odd = Q(**{f"{start}__contains": "Q"}) | Q(**{f"{end}__contains": "Q"})
        odd |= Q(**{f"{start}__contains": "/"}) | Q(**{f"{end}__contains": "/"})
        suspicious |= ~Q(**{start: ""}) & ~Q(**{end: ""}) & (Q(**{f"{end}__lt": F(start)}) | odd)
    for row in question.activities.filter(suspicious).order_by("pk").values("pk", *DATES):
        for start, end in PAIRS:
            first, last = bounds(row[start])[0], bounds(row[end])[1]
            if first and last and last < first:
                yield Found(row["pk"], {"start": PartialDate.parse(row[start]), "end": PartialDate.parse(row[end])})
                break


def outside_phase(question: Question) -> Iterator[Found]:
    """Read are those with a date that, as it is written, may lie before the phase or after it."""
    opens, closes = question.phase.start, question.phase.end
    suspicious = Q()
    for name in DATES:
        known = ~Q(**{name: ""})
        odd = Q(**{f"{name}__contains": "/"})
        if opens:
            odd |= Q(**{f"{name}__lt": opens.isoformat()}) | Q(**{f"{name}__contains": "Q"})
        if closes:
            odd |= Q(**{f"{name}__gt": closes.isoformat()})
        suspicious |= known & odd
    if not (opens or closes):
        return
    for row in question.activities.filter(suspicious).order_by("pk").values("pk", *DATES):
        for name in DATES:
            first, last = bounds(row[name])
            if (opens and last and last < opens) or (closes and first and first > closes):
                yield Found(row["pk"], {"date": PartialDate.parse(row[name])})
                break


def _ends(question: Question, keys: Sequence[int]) -> Mapping[int, Params]:
    written = Activity.objects.filter(pk__in=keys).values_list("pk", "actual_end")
    return {key: {"date": PartialDate.parse(end)} for key, end in written}


implemented_in_future = Condition(lambda question: Q(state__in=HELD, ended_first__gt=question.today), _ends)


def _links_outside(question: Question) -> QuerySet[Any]:
    return ActivityCountry.objects.exclude(country__in=partner_countries(question.phase)).order_by("country")


def _counted_outside(question: Question) -> QuerySet[Any]:
    rows = Tally.objects.filter(count__gt=0).exclude(country=None)
    return rows.exclude(country__in=partner_countries(question.phase)).order_by("country")


def _with_rows(rows: Callable[[Question], QuerySet[Any]]) -> Condition:
    """The activities that have some of ``rows``; said are the countries of these."""

    def where(question: Question) -> Q:
        of_phase = rows(question).filter(activity__phase=question.phase)
        return Q(pk__in=of_phase.order_by().values("activity"))

    def told(question: Question, keys: Sequence[int]) -> Mapping[int, Params]:
        of_these = rows(question).filter(activity__in=keys)
        return _joined(of_these.values_list("activity_id", "country__name"))

    return Condition(where, told)


country_outside = _with_rows(_links_outside)
participant_country = _with_rows(_counted_outside)


def _venue_countries(question: Question, keys: Sequence[int]) -> Mapping[int, Params]:
    return _joined(Activity.objects.filter(pk__in=keys).values_list("pk", "venue_country__name"))


venue_outside = Condition(
    lambda question: (
        ~Q(type=Type.STUDY_VISIT)
        & Q(venue_country__isnull=False)
        & ~Q(venue_country__in=partner_countries(question.phase))
    ),
    _venue_countries,
)


def duplicate(question: Question) -> Iterator[Found]:
    """Title, first day and a country alike. Only the days on which something is twice are read."""
    links = ActivityCountry.objects.filter(activity__phase=question.phase, activity__begins_on__isnull=False)
    links = links.exclude(activity__sort_en="").order_by()
    seen = set(question.activities.values_list("pk", flat=True))
    if len(seen) == 1:
        links = links.filter(activity__begins_on__in=question.activities.values("begins_on"))
    kind = ("activity__begins_on", "activity__sort_en", "country_id")
    alike = links.values(*kind).annotate(times=Count("pk")).filter(times__gt=1)
    days = {row["activity__begins_on"] for row in alike}
    groups: dict[tuple[Any, ...], list[tuple[int, str]]] = {}
    rows = links.filter(activity__begins_on__in=days).order_by("activity_id", "country_id") if days else links.none()
    for *twin, activity, code in rows.values_list(*kind, "activity_id", "activity__code"):
        groups.setdefault(tuple(twin), []).append((activity, code))
    twins: dict[int, str] = {}
    for group in groups.values():
        for activity, _code in group if len(group) > 1 else ():
            twins.setdefault(activity, next(code for other, code in group if other != activity))
    yield from (Found(activity, {"code": code}) for activity, code in sorted(twins.items()) if activity in seen)


def _not_received(name: str, limit: str) -> Condition:
    """Held, and still without what was due so many working days after the end."""

    def where(question: Question) -> Q:
        due = working_days_before(question.today, question.limit(limit))
        return Q(state__in=HELD, ended_last__lt=due, **{name: None})

    def told(question: Question, keys: Sequence[int]) -> Mapping[int, Params]:
        return dict.fromkeys(keys, {"days": question.limit(limit)})

    return Condition(where, told)


no_list = _not_received("signed_list_on", "list_days")
no_report = _not_received("report_on", "report_days")


def _postponements(moves: QuerySet[Any], question: Question) -> QuerySet[Any]:
    times = moves.filter(move="postpone").order_by().values("activity").annotate(times=Count("pk"))
    return times.filter(times__gte=question.limit("postponements"))


def _times(question: Question, keys: Sequence[int]) -> Mapping[int, Params]:
    rows = _postponements(ActivityMove.objects.filter(activity__in=keys), question)
    return {row["activity"]: {"times": row["times"]} for row in rows}


postponed_often = Condition(
    lambda question: Q(
        pk__in=_postponements(ActivityMove.objects.filter(activity__phase=question.phase), question).values("activity")
    ),
    _times,
)

thematic_without_component = Condition(
    lambda question: Q(thematic=True, component__isnull=True) & ~Q(state=State.DRAFT)
)


def partner_countries(phase: Phase) -> list[str]:
    """The codes of the phase's partner countries."""
    return [link.country_id for link in phase.partner_countries.all()]


def _joined(rows: Iterable[tuple[int, Text]]) -> dict[int, Params]:
    """All countries of an activity, each once, as one value."""
    names: dict[int, list[Text]] = {}
    for activity, name in rows:
        if name not in names.setdefault(activity, []):
            names[activity].append(name)
    return {activity: {"country": tuple(countries)} for activity, countries in names.items()}
