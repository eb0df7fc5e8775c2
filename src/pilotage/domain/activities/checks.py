"""The data checks of activities and participants (domain handbook, section 9), over a whole phase at once.

Every check is one or two queries, however many records there are. What a rule can say of one activity while it is typed
stands in ``rules``; here the same is found in records that came in otherwise, or became wrong since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, groupby
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.models import (
    Activity,
    ActivityCountry,
    ActivityMove,
    Attendance,
    CheckReason,
    Tally,
)
from pilotage.domain.activities.persons import days_between, named_persons, probable_duplicates
from pilotage.domain.activities.queries import ActivityQuerySet
from pilotage.domain.activities.rules import PAIRS, TRAINING_TYPES, certificate_allowed
from pilotage.domain.activities.states import HELD
from pilotage.domain.activities.words import Mode, Sex, State, Type
from pilotage.domain.parties.models import Place
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.settings import setting
from pilotage.kit.partial_dates import bounds
from pilotage.kit.working_days import working_days_before


@dataclass(frozen=True, slots=True)
class Found:
    """One record that a check speaks of, with the values of its message."""

    activity: int | None
    params: dict[str, Any] = field(default_factory=dict)
    person: int | None = None
    message: Promise | str = ""
    """Where a check has several messages; else the check's own."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a check is asked about: the activities that the viewer sees, their phase and the day."""

    activities: ActivityQuerySet
    phase: Phase
    today: date
    with_register: bool = True
    """False where the viewer sees no names: checks of the register are left out."""

    def limit(self, name: str) -> Any:
        """The setting ``name`` as in force today."""
        return setting(self.phase, name, self.today)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the handbook's table."""

    code: str
    level: str
    """E or W."""
    area: str
    """``activity`` or ``participants``."""
    title: Promise
    """What is looked for."""
    message: Promise
    """What to say of one record, with the names of its values."""
    mend: str
    """The page that mends it: edit, tally, people, files, move, person."""
    find: Callable[[Question], Iterable[Found]]
    register: bool = False
    """True where it reads the register of persons."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found."""

    check: Check
    activity: int | None
    person: int | None
    text: str
    reason: str = ""
    """The written reason of a warning that stands as it is; empty where none is given."""

    @property
    def key(self) -> str:
        """Names the finding in a form: ``no_list:a17``."""
        return f"{self.check.code}:{'a' if self.activity else 'p'}{self.activity or self.person}"


def findings(
    activities: ActivityQuerySet,
    phase: Phase,
    today: date,
    *,
    with_register: bool = True,
    codes: Sequence[str] | None = None,
) -> list[Finding]:
    """All findings in ``activities`` of ``phase``, in the order of the handbook; ``codes`` narrows the checks."""
    question = Question(activities.order_by(), phase, today, with_register)
    reasons = reasons_given(phase)
    found = []
    for check in CHECKS:
        if (codes is not None and check.code not in codes) or (check.register and not with_register):
            continue
        for one in check.find(question):
            text = str(one.message or check.message)
            reason = reasons.get((check.code, one.activity, one.person), "") if check.level == "W" else ""
            found.append(Finding(check, one.activity, one.person, text % one.params if one.params else text, reason))
    return found


def findings_of(activity: Activity, today: date, *, with_register: bool = True) -> list[Finding]:
    """What the checks find in one activity."""
    return findings(
        Activity.objects.filter(pk=activity.pk), activity.phase, today,
        with_register=with_register, codes=[check.code for check in CHECKS if check.mend != "person"],
    )  # fmt: skip


def reasons_given(phase: Phase) -> dict[tuple[str, int | None, int | None], str]:
    """The written reasons of a phase by (check, activity, person)."""
    rows = CheckReason.objects.filter(Q(activity__phase=phase) | Q(person__phase=phase))
    return {
        (code, activity, person): reason
        for code, activity, person, reason in rows.values_list("check_code", "activity_id", "person_id", "reason")
    }


# Activity


def _end_before_start(question: Question) -> Iterator[Found]:
    suspicious = Q()
    for start, end in PAIRS:
        # Written dates of one precision sort as text; those of another are looked at below.
        odd = Q(**{f"{start}__contains": "Q"}) | Q(**{f"{end}__contains": "Q"})
        odd |= Q(**{f"{start}__contains": "/"}) | Q(**{f"{end}__contains": "/"})
        suspicious |= ~Q(**{start: ""}) & ~Q(**{end: ""}) & (Q(**{f"{end}__lt": F(start)}) | odd)
    for row in question.activities.filter(suspicious).values("pk", *_DATES):
        for start, end in PAIRS:
            first, last = bounds(row[start])[0], bounds(row[end])[1]
            if first and last and last < first:
                yield Found(row["pk"], {"start": row[start], "end": row[end]})
                break


def _outside_phase(question: Question) -> Iterator[Found]:
    opens, closes = question.phase.start, question.phase.end
    suspicious = Q()
    for name in _DATES:
        known = ~Q(**{name: ""})
        odd = Q(**{f"{name}__contains": "/"})
        if opens:
            odd |= Q(**{f"{name}__lt": opens.isoformat()}) | Q(**{f"{name}__contains": "Q"})
        if closes:
            odd |= Q(**{f"{name}__gt": closes.isoformat()})
        suspicious |= known & odd
    if not (opens or closes):
        return
    for row in question.activities.filter(suspicious).values("pk", *_DATES):
        for name in _DATES:
            first, last = bounds(row[name])
            if (opens and last and last < opens) or (closes and first and first > closes):
                yield Found(row["pk"], {"date": row[name]})
                break


def _implemented_in_future(question: Question) -> Iterator[Found]:
    rows = question.activities.held().filter(ended_first__gt=question.today)
    yield from (Found(pk, {"date": written}) for pk, written in rows.values_list("pk", "actual_end"))


def _country_outside(question: Question) -> Iterator[Found]:
    links = ActivityCountry.objects.filter(activity__in=question.activities)
    links = links.exclude(country__in=_partner_countries(question.phase)).order_by("activity", "country")
    yield from _joined(links.values_list("activity_id", "country_id"))


def _venue_outside(question: Question) -> Iterator[Found]:
    rows = question.activities.exclude(type=Type.STUDY_VISIT).exclude(venue_country=None)
    rows = rows.exclude(venue_country__in=_partner_countries(question.phase))
    yield from (Found(pk, {"country": code}) for pk, code in rows.values_list("pk", "venue_country_id"))


def _participant_country(question: Question) -> Iterator[Found]:
    rows = Tally.objects.filter(activity__in=question.activities, count__gt=0).exclude(country=None)
    rows = rows.exclude(country__in=_partner_countries(question.phase))
    yield from _joined(rows.order_by("activity", "country").values_list("activity_id", "country_id").distinct())


def _duplicate(question: Question) -> Iterator[Found]:
    seen = set(question.activities.values_list("pk", flat=True))
    links = ActivityCountry.objects.filter(activity__phase=question.phase, activity__begins_on__isnull=False)
    links = links.exclude(activity__sort_en="").order_by("activity_id", "country_id")
    groups: dict[tuple[Any, ...], list[tuple[int, str]]] = {}
    for *kind, activity, code in links.values_list(
        "activity__begins_on", "activity__sort_en", "country_id", "activity_id", "activity__code"
    ).iterator(chunk_size=2000):
        groups.setdefault(tuple(kind), []).append((activity, code))
    twins: dict[int, str] = {}
    for alike in groups.values():
        for activity, _code in alike if len(alike) > 1 else ():
            other = next(code for twin, code in alike if twin != activity)
            twins.setdefault(activity, other)
    yield from (Found(activity, {"code": code}) for activity, code in sorted(twins.items()) if activity in seen)


def _no_list(question: Question) -> Iterator[Found]:
    yield from _not_received(question, "signed_list_on", question.limit("list_days"))


def _no_report(question: Question) -> Iterator[Found]:
    yield from _not_received(question, "report_on", question.limit("report_days"))


def _not_received(question: Question, name: str, days: int) -> Iterator[Found]:
    due = working_days_before(question.today, days)
    rows = question.activities.held().filter(ended_last__lt=due, **{name: None})
    yield from (Found(pk, {"days": days}) for pk in rows.values_list("pk", flat=True))


def _postponed_often(question: Question) -> Iterator[Found]:
    moves = ActivityMove.objects.filter(activity__in=question.activities, move="postpone").order_by()
    times = moves.values("activity_id").annotate(times=Count("pk")).filter(times__gte=question.limit("postponements"))
    yield from (Found(row["activity_id"], {"times": row["times"]}) for row in times)


def _thematic_without_component(question: Question) -> Iterator[Found]:
    rows = question.activities.filter(thematic=True, component=None).exclude(state=State.DRAFT)
    yield from (Found(pk) for pk in rows.values_list("pk", flat=True))


# Participants


def _tally_sums(question: Question) -> ActivityQuerySet:
    return question.activities.annotate(
        people=Sum("tallies__count"),
        not_stated=Coalesce(Sum("tallies__count", filter=Q(tallies__sex=Sex.NOT_STATED)), 0),
        women_counted=Coalesce(Sum("tallies__count", filter=Q(tallies__sex=Sex.WOMAN)), 0),
    )


def _training_with_zero(question: Question) -> Iterator[Found]:
    due = working_days_before(question.today, question.limit("list_days"))
    rows = question.activities.held().filter(type__in=TRAINING_TYPES, ended_last__lt=due)
    rows = rows.exclude(Exists(Tally.objects.filter(activity=OuterRef("pk"), count__gt=0)))
    yield from (Found(pk) for pk in rows.values_list("pk", flat=True))


def _register_differs(question: Question) -> Iterator[Found]:
    lines = Attendance.objects.filter(activity=OuterRef("pk"), role=Attendance.AttendanceRole.PARTICIPANT).order_by()
    counted = lines.values("activity").annotate(n=Count("person", distinct=True)).values("n")
    women = (
        lines.filter(person__sex=Sex.WOMAN).values("activity").annotate(n=Count("person", distinct=True)).values("n")
    )
    rows = _tally_sums(question).annotate(registered=Subquery(counted), registered_women=Coalesce(Subquery(women), 0))
    rows = rows.filter(registered__gt=0).filter(
        Q(people=None) | ~Q(people=F("registered")) | ~Q(women_counted=F("registered_women"))
    )
    for pk, registered, registered_women, people, women_counted in rows.values_list(
        "pk", "registered", "registered_women", "people", "women_counted"
    ):
        params = {
            "registered": registered,
            "registered_women": registered_women,
            "people": people or 0,
            "women": women_counted,
        }
        yield Found(pk, params)


def _sex_not_stated(question: Question) -> Iterator[Found]:
    limit = question.limit("sex_not_stated_share")
    rows = _tally_sums(question).filter(people__gt=0, not_stated__gt=0)
    for pk, people, not_stated in rows.values_list("pk", "people", "not_stated"):
        if not_stated * 100 > limit * people:
            yield Found(pk, {"not_stated": not_stated, "people": people})


def _overlapping_trips(question: Question) -> Iterator[Found]:
    """Reads all trips person by person and compares neighbours: a join of attendance with itself grows with the square."""
    seen = set(question.activities.values_list("pk", flat=True))
    onsite = Q(mode=Mode.ONSITE) | Q(mode="", activity__mode__in=[Mode.ONSITE, ""])
    rows = (
        Attendance.objects.filter(onsite, activity__phase=question.phase, activity__state__in=HELD)
        .filter(activity__venue__kind__in=[Place.Kind.CITY, Place.Kind.CROSSING])
        .exclude(activity__actual_start="")
        .order_by("person_id")
    )
    names = ("person_id", "person__key", "activity_id", "activity__code", "activity__venue_id",
             "activity__actual_start", "activity__actual_end", "days_present")  # fmt: skip
    for _person, trips in groupby(rows.values_list(*names).iterator(chunk_size=2000), key=lambda row: row[0]):
        certain = [(days, row) for row in trips if (days := _certain_days(*row[5:]))]
        for (one, here), (other, there) in combinations(certain, 2):
            day = _shared_day(one, other)
            if day is None or here[4] == there[4]:
                continue
            if here[2] not in seen:
                here, there = there, here
            if here[2] in seen:
                yield Found(here[2], {"person": here[1], "code": there[3], "day": day.isoformat()})


def _certain_days(start: str, end: str, days_present: Any) -> tuple[date, date] | None:
    """First and last day on which somebody was certainly there; None where that cannot be said."""
    days = days_between(start, end)
    if days is None or (days_present is not None and days_present < days):
        return None
    first, last = bounds(start)[0], bounds(end or start)[0]
    return (first, last) if first and last else None


def _shared_day(one: tuple[date, date] | None, other: tuple[date, date] | None) -> date | None:
    if one is None or other is None:
        return None
    day = max(one[0], other[0])
    return day if day <= min(one[1], other[1]) else None


def _probable_duplicates(question: Question) -> Iterator[Found]:
    for earlier, later in probable_duplicates(named_persons(question.phase)):
        yield Found(None, {"key": earlier.key}, person=later.id)


def _score_wrong(question: Question) -> Iterator[Found]:
    lines = Attendance.objects.filter(activity__in=question.activities).select_related(None)
    scored = Q(pre_test__isnull=False) | Q(post_test__isnull=False)
    outside = Q()
    for name in ("pre_test", "post_test"):
        outside |= Q(**{f"{name}__lt": 0}) | Q(**{f"{name}__gt": 100})
    rows = lines.filter(outside | (scored & Q(days_present=0))).order_by("activity_id", "person_id")
    for activity, key, days in rows.values_list("activity_id", "person__key", "days_present"):
        absent = days is not None and days == 0
        yield Found(activity, {"person": key}, message=_SCORE_OF_ABSENTEE if absent else _SCORE_OUT_OF_RANGE)


def _certificate_below(question: Question) -> Iterator[Found]:
    presence = question.limit("certificate_presence")
    lines = Attendance.objects.filter(activity__in=question.activities, days_present__isnull=False)
    lines = lines.exclude(certificate_number="").order_by("activity_id", "person_id")
    names = ("activity_id", "person__key", "days_present", "activity__actual_start", "activity__actual_end")
    for activity, key, present, start, end in lines.values_list(*names):
        days = days_between(start, end)
        if days and not certificate_allowed(present, days, presence):
            yield Found(activity, {"person": key, "present": f"{present:g}", "days": days, "presence": presence})


def _partner_countries(phase: Phase) -> list[str]:
    return [link.country_id for link in phase.partner_countries.all()]


def _joined(rows: Iterable[tuple[int, str]]) -> Iterator[Found]:
    """One finding an activity, with all its countries."""
    codes: dict[int, list[str]] = {}
    for activity, country in rows:
        codes.setdefault(activity, []).append(country)
    yield from (Found(activity, {"country": ", ".join(countries)}) for activity, countries in codes.items())


_DATES = tuple(name for pair in PAIRS for name in pair)
_SCORE_OUT_OF_RANGE = _("%(person)s: a test score outside 0–100.")
_SCORE_OF_ABSENTEE = _("%(person)s: a test score, but no day present.")

CHECKS: tuple[Check, ...] = (
    Check(
        "end_before_start", "E", "activity", _("The end is before the start"),
        _("Starts %(start)s, ends %(end)s."), "edit", _end_before_start,
    ),
    Check(
        "implemented_in_future", "E", "activity", _("Implemented, but ends after today"),
        _("Its end is %(date)s."), "edit", _implemented_in_future,
    ),
    Check(
        "country_outside_programme", "E", "activity", _("A beneficiary country outside the programme"),
        _("Not a partner country: %(country)s."), "edit", _country_outside,
    ),
    Check(
        "outside_phase", "E", "activity", _("A date outside the phase"),
        _("%(date)s lies outside the phase."), "edit", _outside_phase,
    ),
    Check(
        "venue_outside_region", "W", "activity", _("The venue is outside the region, and this is no study visit"),
        _("The venue is in %(country)s."), "edit", _venue_outside,
    ),
    Check(
        "participant_country", "W", "activity", _("Participants from a country outside the programme"),
        _("Participants from %(country)s."), "tally", _participant_country,
    ),
    Check(
        "duplicate_activity", "W", "activity", _("The same title, date and country twice"),
        _("Looks the same as %(code)s."), "edit", _duplicate,
    ),
    Check(
        "no_list", "W", "activity", _("No signed attendance list in time"),
        _("No signed list %(days)d working days after the end."), "files", _no_list,
    ),
    Check(
        "no_report", "W", "activity", _("No report in time"),
        _("No report %(days)d working days after the end."), "files", _no_report,
    ),
    Check(
        "postponed_often", "W", "activity", _("Postponed again and again"),
        _("Postponed %(times)d times."), "move", _postponed_often,
    ),
    Check(
        "thematic_without_component", "E", "activity", _("A thematic activity without component"),
        _("It counts for no component."), "edit", _thematic_without_component,
    ),
    Check(
        "training_with_zero", "W", "participants", _("A training without participants"),
        _("It has taken place, but no participants are counted."), "tally", _training_with_zero,
    ),
    Check(
        "register_differs", "W", "participants", _("The register differs from the tally"),
        _(
            "Register: %(registered)d participants, %(registered_women)d of them women. "
            "Tally: %(people)d and %(women)d."
        ),
        "people", _register_differs, register=True,
    ),
    Check(
        "sex_not_stated", "W", "participants", _("Sex not stated for too many"),
        _("Not stated for %(not_stated)d of %(people)d."), "tally", _sex_not_stated,
    ),
    Check(
        "overlapping_trips", "E", "participants", _("One person in two cities on the same day"),
        _("%(person)s was also at %(code)s on %(day)s."), "people", _overlapping_trips, register=True,
    ),
    Check(
        "probable_duplicate_person", "W", "participants", _("Probably the same person twice"),
        _("Named like %(key)s."), "person", _probable_duplicates, register=True,
    ),
    Check(
        "score_wrong", "E", "participants", _("A test score out of range, or of an absentee"),
        _SCORE_OUT_OF_RANGE, "people", _score_wrong, register=True,
    ),
    Check(
        "certificate_below_presence", "E", "participants", _("A certificate below the presence it needs"),
        _("%(person)s was there %(present)s of %(days)d days; a certificate needs %(presence)d %%."),
        "people", _certificate_below, register=True,
    ),
)  # fmt: skip

CHECK_BY_CODE = {check.code: check for check in CHECKS}

REFUSED_AT_ENTRY: tuple[Promise, ...] = (
    _("More women than participants"),
    _("Lines by sex, country or institution that do not sum to the total typed beside them"),
    _("Two lines of the tally of the same kind"),
)
"""Errors that no record can hold, as entry refuses them everywhere: pages, workbooks, API."""


def without_reason(found: Iterable[Finding]) -> list[Finding]:
    """Those that still want something: all errors, and warnings without a written reason."""
    return [finding for finding in found if finding.check.level == "E" or not finding.reason]


__all__ = [
    "CHECKS",
    "CHECK_BY_CODE",
    "REFUSED_AT_ENTRY",
    "Check",
    "Finding",
    "findings",
    "findings_of",
    "reasons_given",
    "without_reason",
]
