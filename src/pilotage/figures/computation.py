"""One figure being computed: the one place of the project where records are grouped and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import prod
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from pilotage.domain.programme.settings import approved_total
from pilotage.figures.bases import ACTIVITIES, TALLIES, Base, Path
from pilotage.figures.definitions.common import NO_TALLY
from pilotage.figures.dimensions import KINDS
from pilotage.figures.figure import Figure
from pilotage.figures.gaps import beside, coverage
from pilotage.figures.languages import sentence
from pilotage.figures.measures import Distinct, Measure, OfApproved, Parts, added
from pilotage.figures.registry import figure_of
from pilotage.figures.scopes import NOBODY, CompiledScope, Rule, UnknownChoice, phases_label
from pilotage.figures.table import UNKNOWN, Cell, Dimension, FigureTable, Gap, Key, Keys, Scope
from pilotage.figures.unknown import unknown_cells
from pilotage.figures.withholding import published
from pilotage.kit.past.moment import past

STATES = frozenset({"state", "recommendation_state", "action_state"})
"""Dimensions whose keys are states."""
MOST_DIMENSIONS = 2


def combine(figure: Figure, dimensions: Sequence[str]) -> bool:
    """True where two dimensions may stand in one table: not two views of the same link (institution and its type)."""
    links = [path.link[0] for path in (figure.base.path(name, figure.rule) for name in dimensions) if path.link]
    return len(set(links)) == len(links)


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
        return self.figure.base.model._default_manager.filter(self.condition)

    @property
    def condition(self) -> Q:
        """The same records as one condition."""
        of_phases = Q(**self._of_phases(self.figure.base.phase))
        return of_phases & self.figure.counted(self._state_then) & self._certain() & self._selected()

    @property
    def measure(self) -> Measure:
        """What is made of the records, on the day that is asked for."""
        return self.figure.measure.on(self.scope.as_of if self.scope.past else None)

    def _certain(self) -> Q:
        """The records that certainly belong to the period."""
        base, rule = self.figure.base, self.figure.rule
        return base.certain(self.scope, rule) if base.certain else self.scope.certain(rule, base.to_activity)

    def _of_phases(self, column: str) -> dict[str, Any]:
        if len(self.scope.phases) == 1:
            return {column: self.scope.phases[0]}
        return {f"{column}__in": self.scope.phases}

    @property
    def _earlier_states(self) -> bool:
        """True where the states of an earlier day count: of plans asked for a day that is past."""
        plans = self.figure.rule in (Rule.PLANNED, Rule.BASELINE, Rule.STOCK) or not self.figure.base.of_activities
        return self.scope.past and plans and self.figure.base.moves is not None

    @property
    def _state_then(self) -> Coalesce | None:
        """The state of a record on the past day: what the first later move began from. None where today's counts."""
        if not self._earlier_states:
            return None
        assert self.figure.base.moves is not None
        moves, link = self.figure.base.moves
        later = moves._default_manager.filter(**{link: OuterRef("pk")}, effective_on__gt=self.scope.as_of)
        first = later.order_by("effective_on", "id").values("from_state")[:1]
        return Coalesce(Subquery(first), F("state"))

    def _selected(self) -> Q:
        selected = Q()
        for name, codes in self.scope.filters.items():
            raws = [KINDS[name].raw(self.scope, code) for code in codes]
            if name in STATES and self._state_then:
                selected &= Q(In(self._state_then, raws))
            else:
                selected &= self.figure.base.selected(name, self.figure.rule, raws)
        return selected

    # Numbers

    def path(self, dimension: str) -> Path:
        """How the figure's records reach ``dimension``."""
        if dimension in STATES and self._state_then:
            return Path(self._state_then)
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
        parts = self.measure.parts(any(path.repeated for path in paths))
        records = self.records().order_by()
        rows = records.values(**{name: path.column for name, path in zip(names, paths, strict=True)}).annotate(**parts)
        return {tuple(row[name] for name in names): {part: row[part] for part in parts} for row in rows}

    def whole(self) -> Parts:
        """The parts of the total, by a query of its own."""
        return self.records().order_by().aggregate(**self.measure.parts(False))

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
        measure = self.measure
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
        if not self.threshold:
            return table
        return published(table, measure, self.threshold, cells=coded, rows=rows, columns=columns, total=total)

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
        if self.read_beside:
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

    @property
    def read_beside(self) -> tuple[str, ...]:
        """The figures whose totals say how much of the truth this one holds."""
        return ("registered-participations", "participations") if self.figure.code == "unique-participants" else ()

    def _coverage(self) -> list[Gap]:
        registered, participations = (self.whole_of(code)["value"] or 0 for code in self.read_beside)
        return coverage(registered, participations, self.threshold)

    def alike(self, code: str) -> Computation:
        """Another figure for the same scope."""
        return Computation(figure_of(code), self.scope, (), 0)

    def whole_of(self, code: str) -> Parts:
        """The total of another figure for the same scope."""
        return self.alike(code).whole()


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
