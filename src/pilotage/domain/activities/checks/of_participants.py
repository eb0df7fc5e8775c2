"""What the checks of participants look for: tallies, and the register of persons (domain handbook, section 9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, groupby
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, RowRange, Sum, Window
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.checks.asking import Condition, Found, Params, Question
from pilotage.domain.activities.models import Attendance, Tally
from pilotage.domain.activities.persons import days_between, probable_duplicates
from pilotage.domain.activities.rules import TRAINING_TYPES, certificate_allowed
from pilotage.domain.activities.states import HELD
from pilotage.domain.activities.words import Mode, Sex
from pilotage.domain.parties.models import Place
from pilotage.kit.partial_dates import bounds
from pilotage.kit.working_days import working_days_before

SCORE_OUT_OF_RANGE = _("%(person)s: a test score outside 0–100.")
SCORE_OF_ABSENTEE = _("%(person)s: a test score, but no day present.")
AT_A_TIME = 2000
"""So many persons, or lines, are read by one query."""


def _without_participants(question: Question) -> Q:
    due = working_days_before(question.today, question.limit("list_days"))
    counted = Tally.objects.filter(activity=OuterRef("pk"), count__gt=0)
    return Q(state__in=HELD, type__in=TRAINING_TYPES, ended_last__lt=due) & ~Q(Exists(counted))


training_with_zero = Condition(_without_participants)


def _tallies(rows: QuerySet[Any]) -> QuerySet[Any]:
    """What the tallies count, by activity."""
    return (
        rows.order_by()
        .values("activity")
        .annotate(
            people=Sum("count"),
            not_stated=Coalesce(Sum("count", filter=Q(sex=Sex.NOT_STATED)), 0),
            women_counted=Coalesce(Sum("count", filter=Q(sex=Sex.WOMAN)), 0),
        )
    )


def _too_many_not_stated(question: Question) -> Q:
    tallies = _tallies(Tally.objects.filter(activity__phase=question.phase))
    too_many = tallies.annotate(hundredfold=F("not_stated") * 100).filter(
        hundredfold__gt=F("people") * question.limit("sex_not_stated_share")
    )
    return Q(pk__in=too_many.values("activity"))


def _how_many_not_stated(question: Question, keys: Sequence[int]) -> Mapping[int, Params]:
    rows = _tallies(Tally.objects.filter(activity__in=keys))
    return {row["activity"]: {name: row[name] for name in ("not_stated", "people")} for row in rows}


sex_not_stated = Condition(_too_many_not_stated, _how_many_not_stated)


def register_differs(question: Question) -> Iterator[Found]:
    """Two sums of each activity that has a register, held against each other."""
    lines = Attendance.objects.filter(
        activity__in=question.activities.order_by(), role=Attendance.AttendanceRole.PARTICIPANT
    )
    registers = lines.order_by("activity").values("activity").annotate(
        registered=Count("pk"), registered_women=Count("pk", filter=Q(person__sex=Sex.WOMAN))
    )  # fmt: skip
    with_register = list(registers)
    if not with_register:
        return
    counted = {row["activity"]: row for row in _tallies(Tally.objects.filter(activity__in=lines.values("activity")))}
    for row in with_register:
        tally = counted.get(row["activity"])
        people, women = (tally["people"], tally["women_counted"]) if tally else (0, 0)
        if (people, women) != (row["registered"], row["registered_women"]):
            registered = {name: row[name] for name in ("registered", "registered_women")}
            yield Found(row["activity"], {**registered, "people": people, "women": women})


def overlapping_trips(question: Question) -> Iterator[Found]:
    """Reads the trips of those persons alone who set out before an earlier trip of theirs had ended.

    A join of attendance with itself would grow with the square.
    """
    onsite = Q(mode=Mode.ONSITE) | Q(mode="", activity__mode__in=[Mode.ONSITE, ""])
    trips = (
        Attendance.objects.filter(onsite, activity__phase=question.phase, activity__state__in=HELD)
        .filter(activity__venue__kind__in=[Place.Kind.CITY, Place.Kind.CROSSING])
        .exclude(activity__actual_start="")
        .order_by("person_id", "activity__begins_on", "pk")
    )
    seen = set(question.activities.values_list("pk", flat=True))
    if len(seen) == 1:
        trips = trips.filter(person__in=Attendance.objects.filter(activity__in=seen).values("person"))
    earlier_end = Window(
        Max(Coalesce("activity__ended_last", "activity__begins_on")),
        partition_by=F("person_id"),
        order_by=[F("activity__begins_on").asc(), F("pk").asc()],
        frame=RowRange(start=None, end=-1),
    )
    overlapping = trips.annotate(earlier_end=earlier_end).filter(earlier_end__gte=F("activity__begins_on"))
    persons = sorted(set(overlapping.order_by().values_list("person_id", flat=True)))
    names = ("person_id", "person__key", "activity_id", "activity__code", "activity__venue_id",
             "activity__actual_start", "activity__actual_end", "days_present")  # fmt: skip
    for start in range(0, len(persons), AT_A_TIME):
        rows = trips.filter(person__in=persons[start : start + AT_A_TIME]).values_list(*names)
        for _person, theirs in groupby(rows, key=lambda row: row[0]):
            certain = [(days, row) for row in theirs if (days := _certain_days(*row[5:]))]
            for (one, here), (other, there) in combinations(certain, 2):
                day = _shared_day(one, other)
                if day is None or here[4] == there[4]:
                    continue
                if here[2] not in seen:
                    here, there = there, here
                if here[2] in seen:
                    yield Found(here[2], {"person": here[1], "code": there[3], "day": day})


def _certain_days(start: str, end: str, days_present: Any) -> tuple[date, date] | None:
    """First and last day on which somebody was certainly there; None where that cannot be said."""
    days = days_between(start, end)
    if days is None or (days_present is not None and days_present < days):
        return None
    first, last = bounds(start)[0], bounds(end or start)[0]
    return (first, last) if first and last else None


def _shared_day(one: tuple[date, date], other: tuple[date, date]) -> date | None:
    day = max(one[0], other[0])
    return day if day <= min(one[1], other[1]) else None


def same_person(question: Question) -> Iterator[Found]:
    """Persons who are probably in the register already under another spelling."""
    assert question.persons is not None
    pairs = probable_duplicates(question.phase)
    visible = set(question.persons.values_list("pk", flat=True)) if pairs else set()
    for earlier, later in pairs:
        if later.id in visible:
            yield Found(None, {"key": earlier.key}, person=later.id)


def score_wrong(question: Question) -> Iterator[Found]:
    """Scores outside 0 to 100, and scores of those who were not there."""
    lines = Attendance.objects.filter(activity__in=question.activities.order_by())
    scored = Q(pre_test__isnull=False) | Q(post_test__isnull=False)
    outside = Q()
    for name in ("pre_test", "post_test"):
        outside |= Q(**{f"{name}__lt": 0}) | Q(**{f"{name}__gt": 100})
    rows = lines.filter(outside | (scored & Q(days_present=0))).order_by("activity_id", "person_id", "pk")
    for activity, key, days in rows.values_list("activity_id", "person__key", "days_present"):
        absent = days is not None and days == 0
        yield Found(activity, {"person": key}, message=SCORE_OF_ABSENTEE if absent else SCORE_OUT_OF_RANGE)


def certificate_below(question: Question) -> Iterator[Found]:
    """Certificates of those who were there for less of the days than a certificate needs.

    Read are the lists of those activities alone in which the shortest presence is too short.
    """
    presence = question.limit("certificate_presence")
    lines = Attendance.objects.filter(activity__in=question.activities.order_by(), days_present__isnull=False)
    lines = lines.exclude(certificate_number="").order_by()
    shortest = dict(lines.values_list("activity_id").annotate(present=Min("days_present")))
    held = question.activities.exclude(actual_start="").order_by().values_list("pk", "actual_start", "actual_end")
    too_short = {
        activity: days
        for activity, start, end in (held if shortest else ())
        if activity in shortest
        and (days := days_between(start, end))
        and not certificate_allowed(shortest[activity], days, presence)
    }
    if not too_short:
        return
    rows = lines.filter(activity__in=too_short).order_by("activity_id", "person_id", "pk")
    for activity, key, present in rows.values_list("activity_id", "person__key", "days_present"):
        days = too_short[activity]
        if not certificate_allowed(present, days, presence):
            yield Found(activity, {"person": key, "present": f"{present:g}", "days": days, "presence": presence})
