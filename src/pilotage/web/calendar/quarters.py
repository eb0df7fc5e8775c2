"""The timeline: what was planned and done, by quarter and component, with one dot an activity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.figures.compute import compute
from pilotage.figures.scopes import TO_DATE, WHOLE
from pilotage.figures.table import UNKNOWN, FigureTable, Key
from pilotage.kit.periods import Period
from pilotage.web.dashboard.links import records_address

MOST_DOTS = 24
DONE, PLAN = "activities-implemented", "activities-in-plan"


@dataclass(frozen=True, slots=True)
class Square:
    """One quarter of one component."""

    hue: str
    done: int
    planned: int
    address: str

    @property
    def filled(self) -> range:
        """A dot for each activity done, as far as there is room."""
        return range(min(self.done, MOST_DOTS))

    @property
    def hollow(self) -> range:
        """A dot for each activity that is planned and not matched by one done."""
        return range(min(max(self.planned - self.done, 0), MOST_DOTS - len(self.filled)))


@dataclass(frozen=True, slots=True)
class Row:
    """One quarter."""

    key: Key
    squares: Sequence[Square]
    done: int
    planned: int
    now: bool
    year: str
    """The year where it begins with this row."""


@dataclass(frozen=True, slots=True)
class Quarters:
    """The whole table."""

    components: Sequence[Key]
    rows: Sequence[Row]
    done: int
    planned: int
    with_plan: bool


def quarters_of(phase: Phase, viewer: Viewer, country: str, component: str, today: date) -> Quarters:
    """Plan and done by quarter and component. Unknown quarters come last; so does coordination, which has no component."""
    filters = {name: code for name, code in (("country", country), ("component", component)) if code}

    def by_quarter(code: str, period: str) -> FigureTable:
        by = ("quarter", "component")
        return compute(
            code, phases=[phase], viewer=viewer, period=period, dimensions=by, filters=filters, with_gaps=False
        )

    done, plan = by_quarter(DONE, TO_DATE), by_quarter(PLAN, WHOLE)
    components = _keys(done, plan, 1)
    quarters = _keys(done, plan, 0)
    quarters.sort(key=lambda key: (key.code == UNKNOWN, key.code))
    with_plan = any(key.code != UNKNOWN and _total(plan, key.code) for key in quarters)
    rows = []
    year = ""
    for quarter in quarters:
        squares = []
        for one in components:
            keys = {"quarter": quarter.code, "component": one.code}
            address = records_address(phase, DONE, filters | keys, TO_DATE)
            planned = _count(plan, *keys.values()) if with_plan else 0
            squares.append(Square(one.hue or "general", _count(done, *keys.values()), planned, address))
        period = Period.parse(quarter.code) if quarter.code != UNKNOWN else None
        this_year = quarter.code[:4]
        now = bool(period and period.start and period.end and period.start <= today <= period.end)
        rows.append(
            Row(
                quarter, squares, _total(done, quarter.code), _total(plan, quarter.code) if with_plan else 0, now,
                this_year if this_year != year else "",
            )
        )  # fmt: skip
        year = this_year
    planned = int(plan.total.value or 0) if with_plan else 0
    return Quarters(components, rows, int(done.total.value or 0), planned, with_plan)


def _keys(one: FigureTable, other: FigureTable, place: int) -> list[Key]:
    keys = {key.code: key for table in (one, other) for key in table.dimensions[place].keys}
    return list(keys.values())


def _count(table: FigureTable, *keys: str) -> int:
    return int(table.cell(*keys).value or 0)


def _total(table: FigureTable, key: str) -> int:
    cell = table.row_totals.get(key)
    return int(cell.value or 0) if cell else 0
