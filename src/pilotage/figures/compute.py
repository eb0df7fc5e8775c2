"""A figure as anybody asks for it: checked against what may be known, computed, or led back to its records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import sees_persons
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.settings import setting
from pilotage.figures.computation import Computation
from pilotage.figures.figure import Figure
from pilotage.figures.measures import Quotient
from pilotage.figures.quotients import divided, operands
from pilotage.figures.registry import figure_of
from pilotage.figures.scopes import Filters, compile_scope
from pilotage.figures.table import FigureTable
from pilotage.kit.periods import Period


def compute(
    code: str,
    *,
    phases: Sequence[Phase],
    viewer: Viewer | None,
    period: Period | str | None = None,
    dimensions: Sequence[str] = (),
    filters: Filters | None = None,
    as_of: date | None = None,
    with_gaps: bool = True,
) -> FigureTable:
    """The figure ``code`` of ``phases``, broken down by up to two ``dimensions``.

    ``period`` is a Period, its code, ``to-date``, ``all`` or ``year-2``; None is the figure's own usual one.
    ``filters`` narrow to keys of any dimension that the figure has. ``as_of`` is today where it is not given.
    ``viewer`` None stands for publication: everything may be computed, and small numbers of persons are withheld, as
    they are for everybody who is not staff. Raises UnknownChoice (a figure, dimension, key or period that does not
    exist) and NotAllowed (a figure of the register of persons for somebody who may not see persons).
    ``with_gaps`` False leaves out what could not be counted, and its query: for a page that shows the figure twice.
    """
    asked = prepared(
        code, phases=phases, viewer=viewer, period=period, dimensions=dimensions, filters=filters, as_of=as_of,
        with_gaps=with_gaps,
    )  # fmt: skip
    if isinstance(asked.figure.measure, Quotient):
        terms = operands(asked.figure.measure, asked.scope, asked.dimensions, asked.threshold)
        return divided(asked.figure, *(one.table() for one in terms))
    return asked.table()


def prepared(
    code: str,
    *,
    phases: Sequence[Phase],
    viewer: Viewer | None,
    period: Period | str | None = None,
    dimensions: Sequence[str] = (),
    filters: Filters | None = None,
    as_of: date | None = None,
    with_gaps: bool = True,
) -> Computation:
    """The computation of a figure, checked against what ``viewer`` may know but not begun. Raises as ``compute``."""
    figure = figure_of(code)
    require_sight(figure, phases, viewer)
    scope = compile_scope(phases=phases, period=period, filters=filters or {}, as_of=as_of, rule=figure.rule)
    threshold = small_cell(phases, scope.as_of) if figure.of_persons and not sees_small(viewer, phases) else 0
    if threshold and "sex" in scope.filters:
        # Beside the number of all, that of one sex would give away how few the others are.
        raise NotAllowed(_("Numbers of one sex alone are for the programme's staff; choose sex as a breakdown."))
    return Computation(figure, scope, tuple(dimensions), threshold, with_gaps)


def members(
    code: str,
    *,
    phases: Sequence[Phase],
    viewer: Viewer | None,
    period: Period | str | None = None,
    filters: Filters | None = None,
    keys: Mapping[str, str] | None = None,
    as_of: date | None = None,
) -> QuerySet[Any]:
    """The records behind a figure, or behind its cell under ``keys`` (dimension → key code): all that it counts.

    What somebody may *see* of them is narrower: ``pilotage.figures.behind``. Raises as ``compute``.
    """
    figure = figure_of(code)
    require_sight(figure, phases, viewer)
    narrowed = combined(filters or {}, keys or {})
    scope = compile_scope(phases=phases, period=period, filters=narrowed, as_of=as_of, rule=figure.rule)
    return Computation(figure, scope, (), 0).records().filter(figure.measure.listed)


def combined(filters: Filters, keys: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Filters narrowed further by the keys of a cell: a key stands for its dimension alone."""
    narrowed = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in filters.items()}
    return narrowed | {name: (key,) for name, key in keys.items()}


def may_see(figure: Figure, phases: Iterable[Phase], viewer: Viewer | None) -> bool:
    """True where ``viewer`` may have the figure of all ``phases`` computed."""
    return viewer is None or not figure.from_register or all(sees_persons(viewer, phase) for phase in phases)


def require_sight(figure: Figure, phases: Iterable[Phase], viewer: Viewer | None) -> None:
    """Raises NotAllowed where ``viewer`` may not have the figure computed."""
    if not may_see(figure, phases, viewer):
        raise NotAllowed(_("This figure comes out of the register of persons, which your role does not reach."))


def sees_small(viewer: Viewer | None, phases: Iterable[Phase]) -> bool:
    """True for the programme's own staff, from whom small numbers are not withheld."""
    return viewer is not None and all(viewer.is_staff_in(phase) for phase in phases)


def small_cell(phases: Iterable[Phase], as_of: date) -> int:
    """The number of persons below which a published number is withheld: the highest of the phases' settings."""
    return max(int(setting(phase, "small_cell", as_of)) for phase in phases)
