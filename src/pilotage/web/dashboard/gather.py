"""What the dashboard shows, gathered in a fixed number of queries whatever the number of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, F, Prefetch, QuerySet, When, Window, prefetch_related_objects
from django.db.models.aggregates import Count
from django.db.models.functions import RowNumber

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.models import Activity, ActivityCountry
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.figures.compute import compute
from pilotage.figures.scopes import WHOLE
from pilotage.figures.side_by_side import plan_and_done, time_elapsed
from pilotage.figures.table import UNKNOWN, Cell, FigureTable, Gap

A_FEW = 6


@dataclass(frozen=True)
class Standing:
    """How a phase stands for one viewer, period and day."""

    phase: Phase
    period: str
    as_of: date
    day: date | None
    """The same day where it is past: what addresses say of it."""
    implemented: FigureTable
    """By country and component, in the period."""
    by_quarter: FigureTable
    """Since the start."""
    against_plan: FigureTable | None
    """By quarter, plan and done; None where no plan has dates."""
    due: FigureTable
    """By quarter, what the plan wants by the day."""
    participations: FigureTable
    """By country and sex, in the period."""
    by_place: FigureTable
    completion: FigureTable | None
    """Implemented as a share of the approved total; None where no total was approved."""
    elapsed: FigureTable | None
    coming: Sequence[Activity]
    coming_count: int
    late: Sequence[Activity]
    late_count: int

    @property
    def women(self) -> Cell:
        """Women among the participants."""
        return self.participations.column_totals.get("woman", Cell(0))

    @property
    def undated(self) -> int:
        """Activities that took place, of which the quarter is not known."""
        return int(self.by_quarter.cell(UNKNOWN).value or 0) if self._has_unknown else 0

    @property
    def _has_unknown(self) -> bool:
        return any(key.code == UNKNOWN for key in self.by_quarter.dimensions[0].keys)

    @property
    def gaps(self) -> list[Gap]:
        """What the figures could not count, each said once."""
        said = {gap.code: gap for gap in (*self.implemented.gaps, *self.participations.gaps)}
        return list(said.values())

    @property
    def notes(self) -> list[FigureTable]:
        """The figures shown, each once, for the notes that say how they are counted."""
        return [self.implemented, self.participations]


def standing(phase: Phase, viewer: Viewer, period: str, as_of: date, today: date) -> Standing:
    """Gathers everything for the dashboard. ``as_of`` is the day that the figures are true for."""
    day = None if as_of == today else as_of

    def figure(code: str, *dimensions: str, over: str | None = None, gaps: bool = True) -> FigureTable:
        return compute(
            code, phases=[phase], viewer=viewer, period=over or period, dimensions=dimensions, as_of=day, with_gaps=gaps
        )

    implemented = figure("activities-implemented", "country", "component")
    by_quarter = figure("activities-implemented", "quarter", over="to-date", gaps=False)
    plan = figure("activities-in-plan", "quarter", over=WHOLE, gaps=False)
    ahead = coming_and_late(visible_activities(viewer, phase).ahead(), as_of)
    coming, late = [one for one in ahead if not one.late], [one for one in ahead if one.late]
    prefetch_related_objects(
        [*coming, *late], Prefetch("country_links", ActivityCountry.objects.order_by("country_id"))
    )
    completion = figure("programme-completion", over="to-date", gaps=False)
    return Standing(
        phase=phase,
        period=period,
        as_of=as_of,
        day=day,
        implemented=implemented,
        by_quarter=by_quarter,
        against_plan=_against_plan(plan, by_quarter),
        due=figure("activities-in-plan", "quarter", over="to-date", gaps=False),
        participations=figure("participations", "country", "sex"),
        by_place=figure("activities-implemented", "place", gaps=False),
        completion=completion if completion.total.value is not None else None,
        elapsed=_elapsed(phase, as_of),
        coming=coming,
        coming_count=coming[0].of_all if coming else 0,
        late=late,
        late_count=late[0].of_all if late else 0,
    )


def coming_and_late(ahead: QuerySet[Activity], as_of: date) -> list[Any]:
    """The first few of those to come by their start, and of those that are ``late`` by their end; unknown dates last.

    Each says ``of_all``, how many there are of its kind.
    """
    late = Case(When(planned_last__lt=as_of, then=True), default=False, output_field=BooleanField())
    order = Case(When(planned_last__lt=as_of, then=F("planned_last")), default=F("planned_first"))
    first = ahead.annotate(
        late=late,
        of_all=Window(Count("pk"), partition_by=late),
        place=Window(RowNumber(), partition_by=late, order_by=[order.asc(nulls_last=True), F("code").asc()]),
    )
    return list(first.filter(place__lte=A_FEW).select_related("component").order_by("late", "place"))


def _against_plan(plan: FigureTable, done: FigureTable) -> FigureTable | None:
    if not any(key.code != UNKNOWN and plan.cell(key.code).value for key in plan.dimensions[0].keys):
        return None
    title = {"en": "Activities, planned and done", "ru": "Мероприятия: план и факт"}
    note = {"en": f"{plan.note['en']} {done.note['en']}", "ru": f"{plan.note['ru']} {done.note['ru']}"}
    return plan_and_done(plan, done, title, note)


def _elapsed(phase: Phase, as_of: date) -> FigureTable | None:
    end = phase.end_known_on(as_of)
    if not (phase.start and end):
        return None
    return time_elapsed(phase.short_title or phase.title, (phase.code,), phase.start, end, as_of)
