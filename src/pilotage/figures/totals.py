"""The totals of many questions at once: two queries for each kind of records, instead of some for each question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Aggregate, Count, Model, Q

from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.figures.asking import Asked
from pilotage.figures.computation import Computation
from pilotage.figures.compute import prepared
from pilotage.figures.measures import Parts, Quotient
from pilotage.figures.quotients import divided, operands
from pilotage.figures.scopes import UnknownChoice
from pilotage.figures.table import FigureTable

Group = tuple[type[Model], str]
"""Records of one model, and the way from them to their phase."""


def totals(questions: Sequence[Asked], viewer: Viewer) -> list[FigureTable | None]:
    """The answer to each question, without dimensions; None for one that ``viewer`` may not have answered, or that
    asks for what does not exist.

    The number of queries depends on the kinds of records that are counted, not on the number of questions.
    """
    known: dict[tuple[Any, ...], Any] = {}
    asked = [_prepared(one, viewer, known) for one in questions]
    tables = iter(_tables([each for one in asked if one for each in _terms(one)]))
    return [_answer(one, tables) if one else None for one in asked]


def _prepared(asked: Asked, viewer: Viewer, known: dict[tuple[Any, ...], Any]) -> Computation | None:
    try:
        one = prepared(
            asked.figure.code, phases=asked.phases, viewer=viewer, period=asked.period, filters=asked.filters,
            as_of=asked.as_of,
        )  # fmt: skip
    except (UnknownChoice, NotAllowed):
        return None
    return replace(one, scope=replace(one.scope, known=known))


def _terms(one: Computation) -> tuple[Computation, ...]:
    """What must be computed: the figure itself, or the two that it divides."""
    measure = one.figure.measure
    return operands(measure, one.scope, (), one.threshold) if isinstance(measure, Quotient) else (one,)


def _answer(one: Computation, tables: Any) -> FigureTable:
    if isinstance(one.figure.measure, Quotient):
        return divided(one.figure, next(tables), next(tables))
    table: FigureTable = next(tables)
    return table


@dataclass(frozen=True)
class _Answered(Computation):
    """A computation whose numbers were asked for together with those of others."""

    parts: Parts = field(default_factory=dict)
    lacking: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, Parts] = field(default_factory=dict)

    def whole(self) -> Parts:
        return self.parts

    def counted_gaps(self) -> Mapping[str, int]:
        return self.lacking

    def whole_of(self, code: str) -> Parts:
        return self.others[code]


def _tables(computations: Sequence[Computation]) -> list[FigureTable]:
    """The finished tables, in the same order."""
    beside = [{code: one.alike(code) for code in one.read_beside} for one in computations]
    every = dict(enumerate([*computations, *(other for some in beside for other in some.values())]))
    parts = _wholes(every)
    gaps = _gaps(dict(enumerate(computations)))
    places = iter(range(len(computations), len(every)))
    return [
        _Answered(
            one.figure, one.scope, (), one.threshold, one.with_gaps, parts=parts[place], lacking=gaps.get(place, {}),
            others={code: parts[next(places)] for code in some},
        ).table()
        for place, (one, some) in enumerate(zip(computations, beside, strict=True))
    ]  # fmt: skip


def _wholes(computations: Mapping[int, Computation]) -> dict[int, Parts]:
    """The parts of each total."""
    by_kind: dict[Group, dict[int, Computation]] = defaultdict(dict)
    for place, one in computations.items():
        by_kind[one.figure.base.model, one.figure.base.phase][place] = one
    found: dict[int, Parts] = {}
    for (model, phase), some in by_kind.items():
        wanted = {place: (one.condition, one.measure.parts(False)) for place, one in some.items()}
        found |= _asked(model, phase, some, wanted)
    return found


def _gaps(computations: Mapping[int, Computation]) -> dict[int, Parts]:
    by_kind: dict[Group, dict[int, Computation]] = defaultdict(dict)
    for place, one in computations.items():
        if one.with_gaps and one.gap_conditions():
            by_kind[one.candidate_base.model, one.candidate_base.phase][place] = one
    found: dict[int, Parts] = {}
    for (model, phase), some in by_kind.items():
        wanted = {
            place: (
                one.candidate_condition(),
                {name: Count("pk", filter=lacking) for name, lacking in one.gap_conditions().items()},
            )
            for place, one in some.items()
        }
        found |= _asked(model, phase, some, wanted)
    return found


def _asked(
    model: type[Model],
    phase: str,
    computations: Mapping[int, Computation],
    wanted: Mapping[int, tuple[Q, Mapping[str, Any]]],
) -> dict[int, Parts]:
    """The aggregates of each question over the records that its condition leaves, in one query."""
    phases = {one.pk: one for computation in computations.values() for one in computation.scope.phases}
    aggregates = {
        f"q{place}_{name}": _narrowed(aggregate, condition)
        for place, (condition, parts) in wanted.items()
        for name, aggregate in parts.items()
    }
    records = model._default_manager.filter(**{f"{phase}__in": list(phases.values())}).order_by()
    numbers = records.aggregate(**aggregates)
    return {place: {name: numbers[f"q{place}_{name}"] for name in parts} for place, (_, parts) in wanted.items()}


def _narrowed(aggregate: Aggregate, condition: Q) -> Aggregate:
    narrowed = aggregate.copy()
    narrowed.filter = condition if aggregate.filter is None else condition & aggregate.filter
    return narrowed
