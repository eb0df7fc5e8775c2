"""Lines: the cumulated plan against what was done, the gap said where today is; names at the lines, no legend."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.figures.forms.axes import key_axis, tick_labels, value_axis, whole_ticks
from pilotage.figures.forms.common import Link, caption_of, open_sheet
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.finding import finding_of_gap
from pilotage.figures.forms.values import amount, forms, name
from pilotage.figures.table import FigureTable, Key
from pilotage.kit.numbers import HARD, Number, counted, written_shortly
from pilotage.kit.periods import Period

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot's edges and its scale: ``most`` is the value at its upper edge."""

    left: float
    right: float
    top: float
    bottom: float
    band: float
    most: float

    def point(self, place: float, value: float) -> Point:
        """Where the value at the end of period ``place`` stands; place −1 is the start, 2.5 the middle of the third."""
        y = self.bottom - (self.bottom - self.top) * value / self.most
        return self.left + self.band * (place + 1), y


def draw(
    table: FigureTable,
    *,
    language: str,
    width: float,
    medium: Medium = "screen",
    link: Link | None = None,
    title: str | None = None,
    caption: str | None = None,
    height: float | None = None,
    cumulate: bool = True,
    due: FigureTable | None = None,
) -> str:
    """SVG of a table of two dimensions: periods, then exactly two keys: the plan and what was done.

    The line of what was done ends on the table's as-of day. ``due``, by the same periods, is what the plan wants by that
    day: what is planned for the rest of a period is not behind. None where the period is over. ``cumulate`` is False
    where the cells are running totals already.
    """
    periods, (plan, done) = table.dimensions[0].keys, table.dimensions[1].keys
    today = _today(table, periods)
    planned = _running(table, periods, plan, len(periods), cumulate)
    reached = _running(table, periods, done, today + 1, cumulate)
    wanted: Number = planned[today] if reached else 0
    if due is not None:
        wanted = sum(due.cell(key.code).value or 0 for key in periods[: today + 1])  # type: ignore[misc]
    gap = finding_of_gap(wanted, reached[today], table, language) if reached else ""
    if title is None and gap:
        title = gap[0].upper() + gap[1:]
    sheet = open_sheet("lines", table, language=language, width=width, medium=medium, title=title)
    values = whole_ticks(float(max([*planned, *reached, 1])), 5)
    labels = tick_labels(values, table.unit, language)
    left = max(sheet.measured(label, size=sheet.size.small) for label in labels) + sheet.em * 0.6
    plan_label = f"{name(plan, language)}{HARD}{written_shortly(planned[-1], language) if planned else ''}"
    done_label = f"{name(done, language)}{HARD}{written_shortly(reached[-1], language) if reached else ''}"
    block = max(sheet.measured(done_label, bold=True), sheet.measured(gap))
    ahead = bool(reached) and reached[-1] > wanted
    day: float = today if due is None or not reached else today - 1 + _share(table, periods[today])
    right = _right_edge(
        sheet, left, sheet.measured(plan_label), 0 if ahead else block, (day + 1) / max(1, len(periods))
    )
    tall = height or min(max(width * 0.42, sheet.em * 12), sheet.em * 20)
    top = sheet.top + sheet.em * 1.6
    frame = Frame(left, right, top, top + tall, (right - left) / max(1, len(periods)), values[-1])
    value_axis(sheet, values, labels, left, right, frame.top, frame.bottom)
    goal = frame.point(day, float(wanted))
    plan_points = [frame.point(place, float(value)) for place, value in enumerate([0, *planned], -1)]
    if day < today:
        plan_points.insert(today + 1, goal)
    done_points = [frame.point(min(place, day), float(value)) for place, value in enumerate([0, *reached], -1)]
    sheet.add(sheet.line(_path(plan_points), "plan", 1.6, "5 3"), sheet.line(_path(done_points), "done", 2.6))
    plan_y = _plan_label_baseline(sheet, plan_points[-1][1], frame)
    sheet.add(sheet.text(right + sheet.em * 0.5, plan_y, plan_label, tone="quiet"))
    if reached:
        at = done_points[-1]
        sheet.add(sheet.line(f"M{at[0]:.1f} {at[1]:.1f}V{goal[1]:.1f}", "frame", 1.4))
        _draw_block(sheet, frame, at, goal, (done_label, gap), block, plan_y if right - at[0] < block else None)
    _draw_dots(sheet, table, done_points[1:], reached, link)
    below = key_axis(sheet, periods, left, frame.band, frame.bottom)
    return sheet.finished(below, caption_of(table, caption, language))


def _today(table: FigureTable, periods: tuple[Key, ...]) -> int:
    """The place of the last period that has begun on the as-of day; the last one where the keys are no periods."""
    last = -1
    for place, key in enumerate(periods):
        try:
            start = Period.parse(key.code).start
        except ValueError:
            return len(periods) - 1
        if start is None or start <= table.scope.as_of:
            last = place
    return last


def _share(table: FigureTable, key: Key) -> float:
    """How much of a period has passed on the as-of day."""
    period = Period.parse(key.code)
    if period.start is None or period.end is None:
        return 1.0
    return min(1.0, ((table.scope.as_of - period.start).days + 1) / ((period.end - period.start).days + 1))


def _running(table: FigureTable, periods: tuple[Key, ...], key: Key, count: int, cumulate: bool) -> list[Number]:
    values: list[Number] = []
    for period in periods[:count]:
        value = amount(table.cell(period.code, key.code), table) or 0
        values.append(value + values[-1] if cumulate and values else value)  # type: ignore[operator]
    return values


def _right_edge(sheet: Sheet, left: float, plan_label: float, block: float, today: float) -> float:
    """Where the plot ends, so that the plan's name stands beside it and today's block beside today's point."""
    edge = sheet.width - plan_label - sheet.em * 0.6
    if today > 0:
        edge = min(edge, left + (sheet.width - block - sheet.em * 0.9 - left) / today)
    return max(edge, left + sheet.em * 4)


def _plan_label_baseline(sheet: Sheet, end: float, frame: Frame) -> float:
    return max(frame.top - sheet.em, min(end + sheet.em * 0.35, frame.bottom - sheet.em * 0.2))


def _draw_block(
    sheet: Sheet, frame: Frame, at: Point, goal: Point, lines: tuple[str, str], width: float, plan_y: float | None
) -> None:
    """Done and gap in two lines: right below the point when behind, left above it when ahead: there no line runs."""
    leading = sheet.em * 1.25
    x, align = at[0] + sheet.em * 0.7, "start"
    if at[1] >= goal[1] - 0.05:
        first = min(at[1] + sheet.em * 0.6, frame.bottom - leading - sheet.em * 0.4)
        if plan_y is not None:
            first = max(first, plan_y + leading)
    else:
        first = max(at[1] - leading - sheet.em * 0.5, frame.top - sheet.em * 1.4)
        x, align = at[0] - sheet.em * 0.4, "end"
        if x - width < frame.left:
            x, align = frame.left + sheet.em * 0.3, "start"
    sheet.add(sheet.text(x, first, lines[0], bold=True, align=align, tone="mark"))
    sheet.add(sheet.text(x, first + leading, lines[1], align=align, tone="halo"))


def _draw_dots(sheet: Sheet, table: FigureTable, points: list[Point], values: list[Number], link: Link | None) -> None:
    periods, done = table.dimensions[0].keys, table.dimensions[1].keys[1]
    for place, ((x, y), value) in enumerate(zip(points, values, strict=True)):
        radius = sheet.em * (0.32 if place == len(points) - 1 else 0.2)
        number = counted(value, forms(table, sheet.language), sheet.language)
        told = f"{name(periods[place], sheet.language)}, {name(done, sheet.language)}: {number}"
        address = link((periods[place].code, done.code)) if link else None
        sheet.add(sheet.group([sheet.dot(x, y, radius, "done")], title=told, address=address))


def _path(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
