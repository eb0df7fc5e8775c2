"""The records that a pack names, as plain rows: what members may read, in the state in which it was on the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from pilotage.domain.activities.models import Activity, ActivityMove
from pilotage.domain.activities.queries import within
from pilotage.domain.activities.states import HELD
from pilotage.domain.activities.words import Confidentiality, Mode, State
from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import Recommendation, RecommendationMove
from pilotage.domain.recommendations.words import NOT_COUNTED
from pilotage.domain.steering.models import ActionMove, ActionPoint, Decision, FollowUp, Meeting
from pilotage.domain.steering.queries import earlier_decisions, earlier_meetings
from pilotage.domain.steering.words import UNFINISHED
from pilotage.kit.periods import Period, written_day
from pilotage.kit.texts import Text

FOR_MEMBERS = (Confidentiality.PUBLIC, Confidentiality.PARTNERS)
"""What a pack may name; everything else is only counted."""


@dataclass(frozen=True, slots=True)
class ActivityItem:
    """One activity as a pack lists it."""

    code: str
    title: Text
    component: str
    countries: tuple[str, ...]
    institutions: frozenset[int]
    start: str
    end: str
    """Partial dates."""
    place: Text
    online: bool
    state: str
    """On the day of the figures."""
    participants: int | None
    women: int | None
    held: bool


@dataclass(frozen=True, slots=True)
class AdviceItem:
    """One recommendation as a pack lists it."""

    code: str
    text: Text
    """Empty where members may not read it."""
    country: str
    component: str
    addressee: int | None
    addressee_code: str
    addressee_name: Text
    issued: str
    since: date | None
    response_due: date | None
    implementation_due: date | None
    state: str
    state_since: date | None
    note: Text
    named: bool

    @property
    def due(self) -> date | None:
        """What it waits for now: the answer, or the implementation."""
        return self.response_due if self.state in ("issued", "under_consideration") else self.implementation_due


@dataclass(frozen=True)
class Records:
    """Everything that a pack names."""

    activities: tuple[ActivityItem, ...]
    recommendations: tuple[AdviceItem, ...]
    unnamed: int = 0
    """Activities that are counted but may not be named."""


def state_on(record: Any, moves: Iterable[Any]) -> str:
    """The state of ``record`` on a day, given the ``moves`` after that day: what the first of them began from."""
    first = min(moves, key=lambda move: (move.effective_on, move.pk), default=None)
    return str(first.from_state if first else record.state)


def records_of(phase: Phase, year: Period, as_of: date, country: Country | None) -> Records:
    """Reads them in a fixed number of queries."""
    activities = _activities(phase, year, as_of, country)
    named = tuple(item for item, may in activities if may)
    return Records(
        activities=named,
        recommendations=tuple(_recommendations(phase, as_of, country)),
        unnamed=sum(1 for item, may in activities if not may and item.held),
    )


def _activities(phase: Phase, year: Period, as_of: date, country: Country | None) -> list[tuple[ActivityItem, bool]]:
    """Thematic activities that ended in the window, or were planned to; with whether they may be named."""
    held = Q(state__in=HELD) & within("ended", year.start, year.end)
    planned = ~Q(state=State.DRAFT) & within("planned", year.start, year.end)
    records = Activity.objects.filter(held | planned, phase=phase, thematic=True)
    if country:
        records = records.filter(country_links__country=country)
    later = Prefetch("moves", ActivityMove.objects.filter(effective_on__gt=as_of), to_attr="later_moves")
    records = (
        records.with_participants()
        .in_order()
        .select_related("component", "venue", "venue_country")
        .prefetch_related("venue__earlier_names", "country_links", "institution_links", later)
        .defer("summary", "agencies_text", "experts_text", "outputs_text", "search")
    )
    found = []
    for activity in records:
        state = state_on(activity, activity.later_moves)
        done = activity.state in HELD and _ended_in(activity, year)
        if done and state not in HELD:
            # Held within the window by its date, entered as held afterwards.
            state = activity.state
        if not done and state in (*HELD, State.DRAFT):
            continue
        found.append((_item(activity, state, done), activity.confidentiality in FOR_MEMBERS))
    return found


def _ended_in(activity: Activity, year: Period) -> bool:
    first, last = activity.ended_first, activity.ended_last
    if last is None or (year.end and last > year.end):
        return False
    return year.start is None or (first is not None and first >= year.start)


def _item(activity: Any, state: str, held: bool) -> ActivityItem:
    if held:
        start, end = activity.actual_start or activity.actual_end, activity.actual_end
    else:
        start = activity.planned_start or activity.planned_end or activity.baseline_start or activity.baseline_end
        end = activity.planned_end or activity.baseline_end or start
    place: Text = {}
    if activity.venue:
        place = activity.venue.name_on(activity.ended_last or activity.ends_on)
    elif activity.venue_country and activity.mode != Mode.ONLINE:
        place = dict(activity.venue_country.name)
    return ActivityItem(
        code=activity.code,
        title=dict(activity.title),
        component=activity.component.number if activity.component else "",
        countries=tuple(sorted(link.country_id for link in activity.country_links.all())),
        institutions=frozenset(link.institution_id for link in activity.institution_links.all()),
        start=start,
        end=end or start,
        place=place,
        online=activity.mode == Mode.ONLINE,
        state=state,
        participants=activity.participants if held else None,
        women=activity.women if held else None,
        held=held,
    )


def _recommendations(phase: Phase, as_of: date, country: Country | None) -> Iterable[AdviceItem]:
    """Every recommendation that the figures to date count, oldest first."""
    records = Recommendation.objects.filter(phase=phase, state_known=True)
    if as_of < timezone.localdate():
        # On the present day what is issued counts even where nobody knows since when, as in the figures.
        records = records.filter(issued_last__lte=as_of)
    if country:
        records = records.filter(country=country)
    moves = Prefetch("moves", RecommendationMove.objects.order_by("effective_on", "id"), to_attr="all_moves")
    records = records.select_related("addressee", "component").prefetch_related(
        "addressee__earlier_names", moves
    ).in_order()  # fmt: skip
    for one in records:
        state = state_on(one, [move for move in one.all_moves if move.effective_on > as_of])
        if state in NOT_COUNTED:
            continue
        yield _advice(one, state, as_of)


def _advice(one: Any, state: str, as_of: date) -> AdviceItem:
    named = one.confidentiality in FOR_MEMBERS
    past: Sequence[Any] = [move for move in one.all_moves if move.effective_on <= as_of]
    return AdviceItem(
        code=one.code,
        text=dict(one.text) if named else {},
        country=one.country_id or "",
        component=one.component.number if one.component else "",
        addressee=one.addressee_id,
        addressee_code=one.addressee.code if one.addressee else "",
        addressee_name=one.addressee.name_on(as_of) if one.addressee else dict(one.addressee_text),
        issued=one.issued_on,
        since=one.issued_last,
        response_due=one.response_due,
        implementation_due=one.implementation_due,
        state=state,
        state_since=past[-1].effective_on if past else None,
        note=_act(one, state),
        named=named,
    )


def _act(one: Any, state: str) -> Text:
    """The order or law that adopted it."""
    if state != "adopted" or not (one.act_number or one.act_date):
        return {}

    said = {}
    for language, words in (("en", ("Order", "of")), ("ru", ("Приказ №", "от"))):
        # Some write the sign before the number themselves.
        number = one.act_number.lstrip("№ ").removeprefix("No.").strip()
        parts = [words[0], number] if one.act_number else [words[0].replace(" №", "")]
        if one.act_date:
            parts += [words[1], written_day(one.act_date, language)]
        body = one.act_body.get(language, "")
        said[language] = " ".join(parts) + (f", {body}" if body else "") + "."
    return said


def carried_on(meeting: Meeting, as_of: date) -> list[tuple[ActionPoint, str]]:
    """The action points that a meeting must speak of, each with its state on ``as_of``: none is dropped.

    Those of the last meeting, any older one that was not finished when it met, oldest meeting first.
    """
    earlier = earlier_meetings(meeting)
    last = earlier.first()
    later = Prefetch("moves", ActionMove.objects.filter(effective_on__gt=as_of), to_attr="later_moves")
    records = (
        ActionPoint.objects.filter(meeting__in=earlier)
        .select_related("meeting", "owner_institution", "owner_user")
        .prefetch_related("owner_institution__earlier_names", later)
        .order_by("meeting__begins_on", "code")
    )
    found: list[tuple[ActionPoint, str]] = []
    for point in records:
        state = state_on(point, point.later_moves)
        recent = last is not None and (
            point.meeting_id == last.pk
            or bool(point.done_on and last.begins_on and last.begins_on < point.done_on <= as_of)
        )
        if state in UNFINISHED or recent:
            found.append((point, state))
    return found


def decided_before(meeting: Meeting) -> list[Decision]:
    """The decisions that the meeting must hear of: of the last one, and older ones that are not settled.

    Each with ``heard``: what earlier meetings, latest first, heard of it.
    """
    decisions = earlier_decisions(meeting).select_related("meeting", "addressee", "work_plan", "item")
    earlier = earlier_meetings(meeting).order_by().values("pk")
    said = FollowUp.objects.filter(meeting__in=earlier).select_related("meeting")
    heard = Prefetch("follow_ups", said.order_by("-meeting__begins_on", "-meeting_id"), to_attr="heard")
    return list(decisions.prefetch_related("addressee__earlier_names", heard))
