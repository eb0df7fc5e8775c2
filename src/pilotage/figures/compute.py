"""Computing a figure: the one place of the project where records are grouped and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from math import prod
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import sees_persons
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.settings import approved_total, setting
from pilotage.figures.bases import ACTIVITIES, TALLIES, Base, Path
from pilotage.figures.definitions.common import NO_TALLY
from pilotage.figures.dimensions import KINDS
from pilotage.figures.figure import Figure
from pilotage.figures.gaps import beside, coverage
from pilotage.figures.languages import sentence
from pilotage.figures.measures import Distinct, OfApproved, Parts, Quotient, added, quotient
from pilotage.figures.registry import figure_of
from pilotage.figures.scopes import NOBODY, CompiledScope, Filters, Rule, UnknownChoice, compile_scope, phases_label
from pilotage.figures.suppression import TOTAL, Entry, Heads, withheld_by_sex, withheld_row, withheld_table
from pilotage.figures.table import UNKNOWN, Cell, Dimension, FigureTable, Gap, Key, Keys, Scope
from pilotage.figures.unknown import unknown_cells
from pilotage.kit.past.moment import past
from pilotage.kit.periods import Period

WITHHELD = Cell(None, suppressed=True)
STATE_THEN = "state_then"
STATES = frozenset({"state", "recommendation_state", "action_state"})
"""Dimensions whose keys are states."""
MOST_DIMENSIONS = 2


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
        return _quotient(asked.figure, asked.figure.measure, asked.scope, asked.dimensions, asked.threshold)
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


def combine(figure: Figure, dimensions: Sequence[str]) -> bool:
    """True where two dimensions may stand in one table: not two views of the same link (institution and its type)."""
    links = [path.link[0] for path in (figure.base.path(name, figure.rule) for name in dimensions) if path.link]
    return len(set(links)) == len(links)


def sees_small(viewer: Viewer | None, phases: Iterable[Phase]) -> bool:
    """True for the programme's own staff, from whom small numbers are not withheld."""
    return viewer is not None and all(viewer.is_staff_in(phase) for phase in phases)


def small_cell(phases: Iterable[Phase], as_of: date) -> int:
    """The number of persons below which a published number is withheld: the highest of the phases' settings."""
    return max(int(setting(phase, "small_cell", as_of)) for phase in phases)


@dataclass(frozen=True)
class Computation:
    """One figure being computed for one scope."""

    figure: Figure
    scope: CompiledScope
    dimensions: tuple[str, ...]
    threshold: int
    """Numbers of persons below this are withheld; 0 withholds none."""
    with_gaps: bool = True

    def __post_init__(self) -> None:
        if len(self.dimensions) > MOST_DIMENSIONS or len(set(self.dimensions)) < len(self.dimensions):
            raise UnknownChoice("dimension", ", ".join(self.dimensions))
        for name in (*self.dimensions, *self.scope.filters):
            if name not in self.figure.dimensions:
                raise UnknownChoice("dimension", name)
        if not combine(self.figure, self.dimensions):
            raise UnknownChoice("dimension", ", ".join(self.dimensions))

    # Records

    def records(self) -> QuerySet[Any]:
        """The records that count: those of the phases, in the right states, of the period, narrowed by the filters."""
        figure, scope = self.figure, self.scope
        prefix = figure.base.to_activity
        records = self._in_states(figure.base.model._default_manager.filter(**self._of_phases(figure.base.phase)))
        if figure.base.annotated:
            records = records.annotate(**figure.base.annotated(scope))
        return records.filter(self._certain(prefix), self._selected())

    @property
    def condition(self) -> Q | None:
        """The same records as one condition; None where it takes more than the records themselves to tell them."""
        if self._earlier_states or self.figure.base.annotated:
            return None
        base = self.figure.base
        return (
            Q(**self._of_phases(base.phase))
            & self.figure.counted()
            & self._certain(base.to_activity)
            & self._selected()
        )

    def _certain(self, prefix: str = "") -> Q:
        """The records that certainly belong to the period."""
        own = self.figure.base.certain
        return own(self.scope, self.figure.rule) if own else self.scope.certain(self.figure.rule, prefix)

    def _of_phases(self, column: str) -> dict[str, Any]:
        if len(self.scope.phases) == 1:
            return {column: self.scope.phases[0]}
        return {f"{column}__in": self.scope.phases}

    @property
    def _earlier_states(self) -> bool:
        """True where the states of an earlier day count: of plans asked for a day that is past."""
        plans = self.figure.rule in (Rule.PLANNED, Rule.BASELINE, Rule.STOCK) or not self.figure.base.of_activities
        return self.scope.past and plans and self.figure.base.moves is not None

    def _in_states(self, records: QuerySet[Any]) -> QuerySet[Any]:
        if not self._earlier_states:
            return records.filter(self.figure.counted())
        # The state on a past day is what the first later move began from.
        assert self.figure.base.moves is not None
        moves, link = self.figure.base.moves
        later = moves._default_manager.filter(**{link: OuterRef("pk")}, effective_on__gt=self.scope.as_of)
        first = later.order_by("effective_on", "id").values("from_state")[:1]
        dated = records.annotate(**{STATE_THEN: Coalesce(Subquery(first), F("state"))})
        return dated.filter(self.figure.counted(STATE_THEN))

    def _selected(self) -> Q:
        selected = Q()
        for name, codes in self.scope.filters.items():
            raws = [KINDS[name].raw(self.scope, code) for code in codes]
            if name in STATES and self._earlier_states:
                selected &= Q(**{f"{STATE_THEN}__in": raws})
            else:
                selected &= self.figure.base.selected(name, self.figure.rule, raws)
        return selected

    # Numbers

    def path(self, dimension: str) -> Path:
        """How the figure's records reach ``dimension``."""
        if dimension in STATES and self._earlier_states:
            return Path(F(STATE_THEN))
        if dimension == "component" and self.figure.thematic:
            # Nothing but thematic activities: none is without a component for being coordination.
            return Path(F(f"{self.figure.base.to_activity}component_id"))
        return self.figure.base.path(dimension, self.figure.rule)

    def overlapping(self, dimension: str) -> bool:
        """True where one record, or one person, may count under several keys of ``dimension``."""
        path = self.path(dimension)
        return path.overlapping or (isinstance(self.figure.measure, Distinct) and not path.own)

    def grouped(self, dimensions: Sequence[str]) -> dict[tuple[Any, ...], Parts]:
        """The parts of every combination that has records, by what the database has for its keys."""
        paths = [self.path(name) for name in dimensions]
        names = [f"by_{place}" for place in range(len(paths))]
        parts = self.figure.measure.parts(any(path.repeated for path in paths))
        records = self.records().order_by()
        rows = records.values(**{name: path.column for name, path in zip(names, paths, strict=True)}).annotate(**parts)
        return {tuple(row[name] for name in names): {part: row[part] for part in parts} for row in rows}

    def whole(self) -> Parts:
        """The parts of the total, by a query of its own."""
        return self.records().order_by().aggregate(**self.figure.measure.parts(False))

    def margin(self, cells: Mapping[tuple[Any, ...], Parts], place: int) -> dict[Any, Parts]:
        """The totals by the dimension at ``place``: summed where cells do not overlap, else asked for."""
        other = self.dimensions[1 - place]
        if self.figure.measure.summable and not self.overlapping(other):
            return _summed(cells, place)
        return {keys[0]: parts for keys, parts in self.grouped((self.dimensions[place],)).items()}

    def total(
        self, cells: Mapping[tuple[Any, ...], Parts], rows: Mapping[Any, Parts], columns: Mapping[Any, Parts]
    ) -> Parts:
        """The parts of the total: summed from cells, or from totals, that do not overlap; else asked for."""
        clear = [self.figure.measure.summable and not self.overlapping(name) for name in self.dimensions]
        sums: Mapping[Any, Parts] = {}
        if all(clear):
            sums = cells
        elif len(clear) == MOST_DIMENSIONS:
            sums = rows if clear[0] else columns if clear[1] else {}
        if not sums:
            return self.whole()
        return reduce(added, sums.values())

    # The table

    def table(self) -> FigureTable:
        """The finished table."""
        measure = self.figure.measure
        cells = self.grouped(self.dimensions) if self.dimensions else {}
        raw_rows = self.margin(cells, 0) if len(self.dimensions) == 2 else {}
        raw_columns = self.margin(cells, 1) if len(self.dimensions) == 2 else {}
        total = self.total(cells, raw_rows, raw_columns)
        keyed = [self._keys(name, {keys[place] for keys in cells}) for place, name in enumerate(self.dimensions)]
        coded = _coded(cells, keyed)
        rows = _coded({(raw,): parts for raw, parts in raw_rows.items()}, keyed[:1])
        columns = _coded({(raw,): parts for raw, parts in raw_columns.items()}, keyed[1:])
        gaps = self.gaps(total)
        whole = measure.cell(total)
        unsaid = whole.value is None and whole.denominator is None and whole.numerator is None
        if unsaid and self.with_gaps and not gaps:
            whole = Cell(0)
        table = FigureTable(
            figure=self.figure.code,
            title=self.figure.title,
            note=self.figure.note,
            unit=self.figure.unit.code,
            unit_forms=self.figure.unit.forms,
            dimensions=tuple(
                Dimension(name, KINDS[name].label, _unique(keys), self.overlapping(name))
                for name, keys in zip(self.dimensions, keyed, strict=True)
            ),
            cells={keys: measure.cell(parts) for keys, parts in coded.items()},
            total=whole,
            row_totals={keys[0]: measure.cell(parts) for keys, parts in rows.items()},
            column_totals={keys[0]: measure.cell(parts) for keys, parts in columns.items()},
            scope=self.stated_scope(),
            gaps=gaps,
            fictional=any(phase.programme.fictional for phase in self.scope.phases),
            additive=measure.additive,
        )
        table = self._of_approved(table)
        table = self._with_unknown(table, keyed)
        return self._published(table, coded, rows, columns, total) if self.threshold else table

    def _of_approved(self, table: FigureTable) -> FigureTable:
        """The table with the approved totals of its phases as denominators, where the figure is a share of them."""
        measure = self.figure.measure
        if not isinstance(measure, OfApproved):
            return table
        chosen = self.scope.filters.get("phase")
        totals = {
            phase.code: approved_total(phase, self.scope.as_of)
            for phase in self.scope.phases
            if chosen is None or phase.code in chosen
        }
        every = [total for total in totals.values() if total]
        whole = sum(every) if len(every) == len(totals) else None
        keys: dict[Keys, str] = {(key.code,): key.code for one in table.dimensions for key in one.keys}
        cells = {at: measure.of(table.cells.get(at, Cell(None, 0)), totals[code]) for at, code in keys.items()}
        return replace(table, cells=cells, total=measure.of(table.total, whole))

    def _with_unknown(self, table: FigureTable, keyed: Sequence[Mapping[Any, Key]]) -> FigureTable:
        """The table with "n/a" where the tally says nothing, so that nobody reads a zero there."""
        if self.figure.base is not TALLIES or not self.figure.measure.additive or not self.dimensions:
            return table
        sex = self.dimensions.index("sex") if "sex" in self.dimensions else None
        printed = [[key.code for key in dimension.keys] for dimension in table.dimensions]
        groups_printed = prod(len(codes) for place, codes in enumerate(printed) if place != sex)
        known = {tuple(key for place, key in enumerate(keys) if place != sex) for keys in table.cells}
        asked = len(known) < groups_printed and any(gap.code == NO_TALLY.code for gap in table.gaps)
        lacking = self._lacking(keyed, sex) if asked else set()

        def filled(place: int, totals: Mapping[str, Cell]) -> dict[str, Cell]:
            groups = set() if place == sex else {(keys[place if sex is None else 0],) for keys in lacking}
            found = unknown_cells([printed[place]], {(key,) for key in totals}, groups, 0 if place == sex else None)
            return dict(totals) | {keys[0]: Cell(None) for keys in found}

        cells = unknown_cells(printed, table.cells, lacking, sex)
        changed = replace(table, cells=table.cells | dict.fromkeys(cells, Cell(None)))
        if len(self.dimensions) < MOST_DIMENSIONS:
            return changed
        return replace(changed, row_totals=filled(0, table.row_totals), column_totals=filled(1, table.column_totals))

    def _lacking(self, keyed: Sequence[Mapping[Any, Key]], sex: int | None) -> set[Keys]:
        """The groups, by the keys of every dimension but the sex, in which an activity has no tally. One query."""
        places = [place for place in range(len(self.dimensions)) if place != sex]
        columns = {f"by_{place}": ACTIVITIES.path(self.dimensions[place], self.figure.rule).column for place in places}
        activities: Any = self.missing(NO_TALLY.code)
        rows = activities.values(**columns).distinct() if columns else ()
        groups = set()
        for row in rows:
            raws = [(keyed[place], row[f"by_{place}"]) for place in places]
            groups.add(tuple(keys[raw].code if raw in keys else UNKNOWN for keys, raw in raws))
        return groups

    def _keys(self, dimension: str, found: set[Any]) -> dict[Any, Key]:
        keys = KINDS[dimension].keys(self.scope, found)
        chosen = self.scope.filters.get(dimension)
        return keys if chosen is None else {raw: key for raw, key in keys.items() if key.code in chosen}

    def stated_scope(self) -> Scope:
        """What the table says of its scope."""
        scope, moment = self.scope, past()
        pairs = tuple((name, code) for name, codes in sorted(scope.filters.items()) for code in codes)
        return Scope(
            phases=tuple(phase.code for phase in scope.phases),
            phases_label=phases_label(scope.phases),
            start=scope.start,
            end=scope.end,
            as_of=scope.as_of,
            period_label=scope.period_label,
            to_date=scope.to_date,
            filters=pairs,
            recorded=moment.at if moment else None,
        )

    # Gaps

    def gaps(self, total: Parts) -> tuple[Gap, ...]:
        """What could not be counted, in one query over the activities."""
        if not self.with_gaps:
            return ()
        counts = self.counted_gaps()
        found = [
            Gap(caveat.code, count, sentence(count, caveat.forms))
            for place, caveat in enumerate(self.figure.caveats)
            if (count := counts.get(f"gap_{place}"))
        ]
        found += beside(self.figure.measure, total, self.threshold)
        if self.figure.code == "unique-participants":
            found += self._coverage()
        return tuple(found)

    def counted_gaps(self) -> Mapping[str, int]:
        """How many records each caveat speaks of."""
        asked = {name: Count("pk", filter=lacking) for name, lacking in self.gap_conditions().items()}
        return self._candidates().aggregate(**asked) if asked else {}

    def gap_conditions(self) -> dict[str, Q]:
        """What each caveat speaks of among the candidates, where it can speak of anything."""
        asked = {f"gap_{place}": self.gap(place) for place in range(len(self.figure.caveats))}
        return {name: lacking for name, lacking in asked.items() if lacking is not NOBODY}

    def gap(self, place: int) -> Q:
        """The candidates that the figure's caveat at ``place`` speaks of."""
        lacking = self.figure.caveats[place].lacking
        if lacking is None:
            return self.scope.perhaps(self.figure.rule)
        if candidates := self.figure.base.candidates:
            return candidates(self.scope, self.figure.rule) & lacking()
        return lacking() if self.figure.rule == Rule.DUE else self.scope.certain(self.figure.rule) & lacking()

    def missing(self, gap: str) -> QuerySet[Any]:
        """The activities that the gap ``gap`` speaks of. Raises UnknownChoice."""
        for place, caveat in enumerate(self.figure.caveats):
            if caveat.code == gap:
                return self._candidates().filter(self.gap(place))
        raise UnknownChoice("gap", gap)

    def _candidates(self) -> QuerySet[Any]:
        """The activities (or recommendations) whose records would count, narrowed by what is known of one itself."""
        return self.candidate_base.model._default_manager.filter(self.candidate_condition()).order_by()

    @property
    def candidate_base(self) -> Base:
        """The kind of records that caveats speak of."""
        return ACTIVITIES if self.figure.base.of_activities else self.figure.base

    def candidate_condition(self) -> Q:
        """The candidates as one condition."""
        base = self.candidate_base
        candidates = Q(**self._of_phases(base.phase)) & self.figure.activities()
        for name, codes in self.scope.filters.items():
            if name in ("sex", "deliverable_type", "quarter", "year", "reporting_year"):
                continue
            raws = [KINDS[name].raw(self.scope, code) for code in codes]
            candidates &= base.selected(name, self.figure.rule, raws)
        return candidates

    def _coverage(self) -> list[Gap]:
        registered = self.whole_of("registered-participations")["value"] or 0
        participations = self.whole_of("participations")["value"] or 0
        return coverage(registered, participations, self.threshold)

    def whole_of(self, code: str) -> Parts:
        """The total of another figure for the same scope."""
        return Computation(figure_of(code), self.scope, (), 0).whole()

    # Before publication

    def _published(
        self,
        table: FigureTable,
        cells: Mapping[Keys, Parts],
        rows: Mapping[Keys, Parts],
        columns: Mapping[Keys, Parts],
        total: Parts,
    ) -> FigureTable:
        """The table with small numbers of persons withheld, and what would give them back."""
        if not self.dimensions:
            return _with(table, total=WITHHELD) if self._heads(total).small(self.threshold) else table
        if len(self.dimensions) == 1:
            heads: dict[str | None, Heads] = {keys[0]: self._heads(parts) for keys, parts in cells.items()}
            hidden: set[Entry] = {(key, TOTAL) for key in self._withheld_row(heads | {TOTAL: self._heads(total)})}
        else:
            known: dict[Entry, Heads] = {(keys[0], keys[1]): self._heads(parts) for keys, parts in cells.items()}
            known |= {(keys[0], TOTAL): self._heads(parts) for keys, parts in rows.items()}
            known |= {(TOTAL, keys[0]): self._heads(parts) for keys, parts in columns.items()}
            hidden = self._withheld_table(known | {(TOTAL, TOTAL): self._heads(total)})
        return _without(table, hidden)

    def _withheld_row(self, heads: dict[str | None, Heads]) -> set[str | None]:
        if self.dimensions[0] != "sex":
            return withheld_row(heads, self.threshold)
        if any(known.small(self.threshold) for key, known in heads.items() if key != UNKNOWN):
            total = {TOTAL} if heads[TOTAL].small(self.threshold) else set()
            return {key for key in heads if key is not TOTAL} | total
        return set()

    def _withheld_table(self, heads: dict[Entry, Heads]) -> set[Entry]:
        if "sex" not in self.dimensions:
            return withheld_table(heads, self.threshold)
        if self.dimensions[1] == "sex":
            return withheld_by_sex(heads, self.threshold, UNKNOWN)
        turned = withheld_by_sex({(b, a): known for (a, b), known in heads.items()}, self.threshold, UNKNOWN)
        return {(a, b) for b, a in turned}

    def _heads(self, parts: Parts) -> Heads:
        counted = tuple(parts[name] or 0 for name in self.figure.measure.persons)
        return Heads(counted, parts["all"] or 0 if "all" in parts else max(counted, default=0))


def _quotient(
    figure: Figure, measure: Quotient, scope: CompiledScope, dimensions: tuple[str, ...], threshold: int
) -> FigureTable:
    """A figure in per cent of another: both computed alike, then divided cell by cell."""
    over = Computation(figure_of(measure.numerator), scope, dimensions, threshold).table()
    under = Computation(figure_of(measure.denominator), scope, dimensions, threshold).table()

    def divided(first: Cell, second: Cell) -> Cell:
        if first.suppressed or second.suppressed:
            return WITHHELD
        return quotient(first.value or 0, second.value or 0)

    def combined_totals(first: Mapping[str, Cell], second: Mapping[str, Cell]) -> dict[str, Cell]:
        return {
            key: divided(first.get(key, Cell(0)), second.get(key, Cell(0))) for key in dict.fromkeys((*second, *first))
        }

    merged = tuple(
        Dimension(one.code, one.label, _merged(one.keys, other.keys), one.overlapping)
        for one, other in zip(under.dimensions, over.dimensions, strict=True)
    )
    return FigureTable(
        figure=figure.code,
        title=figure.title,
        note=figure.note,
        unit=figure.unit.code,
        unit_forms=figure.unit.forms,
        dimensions=merged,
        cells={
            keys: divided(over.cell(*keys), under.cell(*keys)) for keys in dict.fromkeys((*under.cells, *over.cells))
        },
        total=divided(over.total, under.total),
        row_totals=combined_totals(over.row_totals, under.row_totals),
        column_totals=combined_totals(over.column_totals, under.column_totals),
        scope=under.scope,
        gaps=under.gaps,
        fictional=under.fictional,
        additive=False,
    )


def _merged(first: Sequence[Key], second: Sequence[Key]) -> tuple[Key, ...]:
    known = {key.code: key for key in (*first, *second)}
    unknown = known.pop(UNKNOWN, None)
    return (*known.values(), *((unknown,) if unknown else ()))


def _summed(cells: Mapping[tuple[Any, ...], Parts], place: int) -> dict[Any, Parts]:
    sums: dict[Any, Parts] = {}
    for keys, parts in cells.items():
        key = keys[place]
        sums[key] = added(sums[key], parts) if key in sums else parts
    return sums


def _coded(cells: Mapping[tuple[Any, ...], Parts], keyed: Sequence[Mapping[Any, Key]]) -> dict[Keys, Parts]:
    """Cells by key codes; what the database keeps apart but people read as one (null and empty) is added up."""
    coded: dict[Keys, Parts] = {}
    for raws, parts in cells.items():
        if all(raw in keys for raw, keys in zip(raws, keyed, strict=True)):
            codes = tuple(keys[raw].code for raw, keys in zip(raws, keyed, strict=True))
            coded[codes] = added(coded[codes], parts) if codes in coded else parts
    return coded


def _unique(keys: Mapping[Any, Key]) -> tuple[Key, ...]:
    return tuple({key.code: key for key in keys.values()}.values())


def _without(table: FigureTable, hidden: set[Entry]) -> FigureTable:
    """The table without the numbers at ``hidden``."""
    if len(table.dimensions) == 1:
        cells = {(key,) for key, _ in hidden if key is not TOTAL}
        total = (TOTAL, TOTAL) in hidden
    else:
        cells = {(row, column) for row, column in hidden if row is not TOTAL and column is not TOTAL}  # type: ignore[misc]
        total = (TOTAL, TOTAL) in hidden
    return _with(
        table,
        cells=table.cells | {keys: WITHHELD for keys in cells},  # type: ignore[dict-item]
        total=WITHHELD if total else table.total,
        row_totals={key: WITHHELD if (key, TOTAL) in hidden else cell for key, cell in table.row_totals.items()},
        column_totals={key: WITHHELD if (TOTAL, key) in hidden else cell for key, cell in table.column_totals.items()},
    )


def _with(table: FigureTable, **changes: Any) -> FigureTable:
    return replace(table, **changes)
