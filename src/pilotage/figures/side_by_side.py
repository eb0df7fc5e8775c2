"""Two figures in one table, for charts that compare: the plan against what was done, what was done against time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pilotage.figures.table import Cell, Dimension, FigureTable, Key, Keys, Scope
from pilotage.kit.periods import Period, written_day
from pilotage.kit.texts import Text

PLAN = Key("plan", {"en": "Planned", "ru": "План"}, hue="plan")
DONE = Key("done", {"en": "Done", "ru": "Проведено"}, hue="done")
DAYS = {"en": ("day", "days"), "ru": ("день", "дня", "дней")}


def plan_and_done(plan: FigureTable, done: FigureTable, title: Text, note: Text) -> FigureTable:
    """One table by period, with what was planned and what was done, out of two tables by the same periods.

    Records without a known date stay out of both lines; they are among the gaps of ``done`` or under its unknown key.
    Raises ValueError where the tables do not have one dimension of periods each.
    """
    if len(plan.dimensions) != 1 or len(done.dimensions) != 1 or plan.dimensions[0].code != done.dimensions[0].code:
        raise ValueError("both tables are by one dimension, the same")
    keys: dict[str, Key] = {}
    for table in (plan, done):
        keys |= {key.code: key for key in table.dimensions[0].keys if _is_period(key.code)}
    ordered = tuple(keys[code] for code in sorted(keys))
    cells: dict[Keys, Cell] = {}
    for which, table in ((PLAN, plan), (DONE, done)):
        cells |= {(key.code, which.code): table.cell(key.code) for key in ordered}
    totals = {
        PLAN.code: Cell(sum(plan.cell(key.code).value or 0 for key in ordered)),
        DONE.code: Cell(sum(done.cell(key.code).value or 0 for key in ordered)),
    }
    return replace(
        done,
        title=title,
        note=note,
        dimensions=(
            replace(done.dimensions[0], keys=ordered),
            Dimension("plan_and_done", {"en": "Plan and done", "ru": "План и факт"}, (PLAN, DONE)),
        ),
        cells=cells,
        total=Cell(None),
        row_totals={},
        column_totals=totals,
        additive=True,
    )


def time_elapsed(phases_label: Text, codes: tuple[str, ...], start: date, end: date, as_of: date) -> FigureTable:
    """Days elapsed of the days of a phase, both ends included, never below 0 nor above all (domain handbook, 6)."""
    days = (end - start).days + 1
    elapsed = min(max((as_of - start).days + 1, 0), days)
    label = Period.between(start, end).label
    return FigureTable(
        figure="time-elapsed",
        title={"en": "Time elapsed", "ru": "Прошло времени"},
        note={
            "en": f"Days from {written_day(start, 'en')} to the day of the figure, of all days of the phase.",
            "ru": f"Дни с {written_day(start, 'ru')} до даты показателя из всех дней фазы.",
        },
        unit="percent",
        unit_forms={},
        dimensions=(),
        cells={},
        total=Cell(elapsed * 100 / days, elapsed, days),
        row_totals={},
        column_totals={},
        scope=Scope(codes, phases_label, start, end, as_of, label),
        additive=False,
    )


def _is_period(code: str) -> bool:
    try:
        return Period.parse(code).start is not None
    except ValueError:
        return False
