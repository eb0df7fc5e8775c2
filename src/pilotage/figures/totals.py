"""The totals of many questions at once: two queries for each kind of records, instead of two for each question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Aggregate, Count, Model, Q

from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.figures.asking import Asked
from pilotage.figures.computation import Computation
from pilotage.figures.compute import prepared
from pilotage.figures.measures import Parts, Quotient
from pilotage.figures.scopes import UnknownChoice
from pilotage.figures.table import FigureTable

Group = tuple[type[Model], str]
"""Records of one model, and the way from them to their phase."""


def totals(questions: Sequence[Asked], viewer: Viewer) -> list[FigureTable | None]:
    """The answer to each question, without dimensions; None for one that ``viewer`` may not have answered, or that
    asks for what does not exist.

    What needs more than the records themselves, such as the states of an earlier day or another figure, is computed by
    itself.
    """
    answers: list[FigureTable | None] = [None] * len(questions)
    together: dict[Group, dict[int, Computation]] = defaultdict(dict)
    for place, asked in enumerate(questions):
        try:
            one = prepared(
                asked.figure.code, phases=asked.phases, viewer=viewer, period=asked.period, filters=asked.filters,
                as_of=asked.as_of,
            )  # fmt: skip
        except (UnknownChoice, NotAllowed):
            continue
        if isinstance(asked.figure.measure, Quotient) or one.condition is None:
            answers[place] = asked.answer(viewer)
        else:
            together[asked.figure.base.model, asked.figure.base.phase][place] = one
    for (model, phase), computations in together.items():
        parts = _asked(
            model, phase, computations,
            {place: (one.condition or Q(), one.figure.measure.parts(False)) for place, one in computations.items()},
        )  # fmt: skip
        gaps = _gaps(computations)
        for place, one in computations.items():
            answers[place] = _Answered(
                one.figure, one.scope, (), one.threshold, parts=parts[place], lacking=gaps.get(place, {})
            ).table()
    return answers


@dataclass(frozen=True)
class _Answered(Computation):
    """A computation whose numbers were asked for together with those of others."""

    parts: Parts = field(default_factory=dict)
    lacking: Mapping[str, int] = field(default_factory=dict)

    def whole(self) -> Parts:
        return self.parts

    def counted_gaps(self) -> Mapping[str, int]:
        return self.lacking


def _gaps(computations: Mapping[int, Computation]) -> dict[int, Parts]:
    by_kind: dict[Group, dict[int, Computation]] = defaultdict(dict)
    for place, one in computations.items():
        if one.gap_conditions():
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
