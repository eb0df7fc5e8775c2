"""What a phase needs of somebody today, and how it stands, in a few numbers that lead to their records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilotage.domain.activities.access import own_activities
from pilotage.domain.activities.models import Tally
from pilotage.domain.activities.states import AHEAD, HELD, MOVES
from pilotage.domain.activities.words import State
from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.figures.compute import compute
from pilotage.figures.forms.values import shown
from pilotage.kit.numbers import percent, written
from pilotage.kit.texts import wording
from pilotage.web.checks.reach import lines_awaiting
from pilotage.web.dashboard.links import figure_address
from pilotage.web.meetings.walk import Walk, walk_of
from pilotage.web.places import may_change_settings


@dataclass(frozen=True, slots=True)
class Need:
    """A number of records that wait for somebody, and where they are."""

    count: int
    written: str
    label: str
    address: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number that says how the phase stands."""

    written: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Today:
    """One phase on the first page."""

    phase: Phase
    roles: tuple[str, ...]
    needs: tuple[Need, ...]
    numbers: tuple[Number, ...]
    walk: Walk | None = None


def todays(phase: Phase, viewer: Viewer, today: date, language: str) -> Today:
    """The phase as ``viewer`` finds it this morning, in a handful of queries."""
    roles = tuple(str(held.get_role_display()) for held in viewer.held_in(phase))
    needs = tuple(need for need in _needs(phase, viewer, today, language) if need.count)
    numbers = tuple(_numbers(phase, viewer, today, language))
    return Today(phase, roles, needs, numbers, walk_of(viewer, phase, today))


def _needs(phase: Phase, viewer: Viewer, today: date, language: str) -> Iterator[Need]:
    roles = viewer.roles_in(phase)
    if may_change_settings(viewer, phase) and not phase.components.all():
        yield Need(1, "", _("Set the phase up: its components come first"), f"/{phase.code}/settings/")
    moves = {move.name: move.roles for move in MOVES}
    no_tally = ~Q(Exists(Tally.objects.filter(activity=OuterRef("pk"))))
    counts = own_activities(viewer, phase).aggregate(
        late=Count("pk", filter=Q(state__in=AHEAD, planned_last__lt=today)),
        drafts=Count("pk", filter=Q(state=State.DRAFT)),
        planned=Count("pk", filter=Q(state=State.PLANNED)),
        to_verify=Count("pk", filter=Q(state=State.IMPLEMENTED)),
        no_tally=Count("pk", filter=Q(state__in=HELD) & no_tally),
    )

    def need(count: int, label: str, query: str, late: bool = False, register: str = "activities") -> Need:
        return Need(count, written(count, language), label, f"/{phase.code}/{register}/?{query}", late)

    number = counts["late"]
    yield need(number, ngettext("activity is late", "activities are late", number), "late=1", late=True)
    if moves["plan"] & roles:
        number = counts["drafts"]
        label = ngettext("draft waits to be put into the plan", "drafts wait to be put into the plan", number)
        yield need(number, label, "state=draft")
    if moves["confirm"] & roles:
        number = counts["planned"]
        label = ngettext("planned activity waits to be confirmed", "planned activities wait to be confirmed", number)
        yield need(number, label, "state=planned")
    if Role.ME in roles:
        number = counts["to_verify"]
        label = ngettext(
            "implemented activity waits to be verified", "implemented activities wait to be verified", number
        )
        yield need(number, label, "state=implemented")
    number = counts["no_tally"]
    label = ngettext("activity has no participants entered", "activities have no participants entered", number)
    yield need(number, label, "without_tally=1")
    number = lines_awaiting(viewer, phase, today)
    label = ngettext("line of the data checks waits for you", "lines of the data checks wait for you", number)
    yield need(number, label, "own=on", register="checks")


def _numbers(phase: Phase, viewer: Viewer, today: date, language: str) -> Iterator[Number]:
    for code in ("activities-implemented", "participations"):
        table = compute(code, phases=[phase], viewer=viewer, with_gaps=False)
        yield Number(shown(table.total, table, language), wording(table.title, language), figure_address(phase, code))
    end = phase.end_known_on(today)
    if phase.start and end:
        days = (end - phase.start).days + 1
        elapsed = min(max((today - phase.start).days + 1, 0), days)
        label = {"en": "Time elapsed", "ru": "Прошло времени"}
        yield Number(percent(elapsed * 100 / days, language, 0), wording(label, language), f"/{phase.code}/timeline/")
