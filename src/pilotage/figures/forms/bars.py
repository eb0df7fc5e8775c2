"""Horizontal bars: one dimension, or two as stacked segments or grouped bars."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pilotage.figures.forms.common import LabelColumn, Link, caption_of, open_sheet
from pilotage.figures.forms.drawing.paint import HUES, Medium, hue_of
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.values import length, name, row_total, said, shown
from pilotage.figures.table import UNKNOWN, Cell, FigureTable, Key, Keys
from pilotage.kit.texts import wording

Arrangement = Literal["stacked", "grouped"]
MOST_IN_A_GROUP = 4
"""More bars than this for each row cannot be told apart: the totals of the rows are drawn instead."""
WITHOUT_ORDER = ("institution",)
"""Dimensions whose keys have no order of their own: their bars stand by size."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One cell in a bar."""

    keys: Keys
    hue: str
    length: float
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its segments from the left and the number at its end."""

    segments: tuple[Segment, ...]
    end: str

    @property
    def length(self) -> float:
        """In the table's unit."""
        return sum(segment.length for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Row:
    """A label with one bar, or with several where they are grouped."""

    keys: Keys
    label: str
    title: str
    bars: tuple[Bar, ...]


def draw(
    table: FigureTable,
    *,
    language: str,
    width: float,
    medium: Medium = "screen",
    link: Link | None = None,
    title: str | None = None,
    caption: str | None = None,
    arrangement: Arrangement | None = None,
) -> str:
    """SVG of ``table``: rows by its first dimension, segments by its second.

    Without an ``arrangement``, segments are stacked where their sum means something and grouped where it does not
    (ratios, distinct persons, records that count under several keys).
    """
    sheet = open_sheet("bars", table, language=language, width=width, medium=medium, title=title)
    y = sheet.top
    grouped = False
    if len(table.dimensions) == 2:
        grouped = (arrangement or ("stacked" if stackable(table) else "grouped")) == "grouped"
        if grouped and arrangement is None and len(table.dimensions[1].keys) > MOST_IN_A_GROUP:
            table = _of_rows(table)
            grouped = False
    if len(table.dimensions) == 2:
        y = sheet.legend(
            [(key_hue(key, place), name(key, language)) for place, key in enumerate(table.dimensions[1].keys)], y
        )
    bottom = draw_rows(sheet, rows_of(table, language, grouped), y, link)
    return sheet.finished(bottom, caption_of(table, caption, language))


def _of_rows(table: FigureTable) -> FigureTable:
    """``table`` by its first dimension alone: the totals of its rows."""
    cells: dict[Keys, Cell] = {(key.code,): row_total(key, table) for key in table.dimensions[0].keys}
    return replace(table, dimensions=table.dimensions[:1], cells=cells)


def stackable(table: FigureTable) -> bool:
    """Whether the segments of a row make up its total."""
    return table.additive and not table.dimensions[1].overlapping


def key_hue(key: Key, place: int) -> str:
    """The hue of a key among others: unknown is always hatched."""
    return "unknown" if key.code == UNKNOWN else hue_of(key.hue, place)


def rows_of(table: FigureTable, language: str, grouped: bool) -> list[Row]:
    """The rows of ``table`` as they are drawn."""

    def segment(keys: Keys, cell: Cell, hue: str, *labels: str) -> Segment:
        told = f"{', '.join(labels)}: {said(cell, table, language)}"
        return Segment(keys, hue, length(cell, table), shown(cell, table, language), told)

    if not table.dimensions:
        whole = segment((), table.total, "mark", wording(table.title, language))
        return [Row((), wording(table.title, language), whole.title, (Bar((whole,), whole.number),))]
    rows = []
    for key in table.dimensions[0].keys:
        label = name(key, language)
        if len(table.dimensions) == 1:
            hue = "unknown" if key.code == UNKNOWN else (key.hue if key.hue in HUES else "mark")
            one = segment((key.code,), table.cell(key.code), hue, label)
            rows.append(Row((key.code,), label, one.title, (Bar((one,), one.number),)))
            continue
        segments = tuple(
            segment(
                (key.code, other.code),
                table.cell(key.code, other.code),
                key_hue(other, place),
                label,
                name(other, language),
            )
            for place, other in enumerate(table.dimensions[1].keys)
        )
        total = row_total(key, table)
        if grouped:
            bars = tuple(Bar((part,), part.number) for part in segments)
        else:
            known = total.value is not None or total.suppressed
            bars = (Bar(segments, shown(total, table, language) if known else ""),)
        rows.append(Row((key.code,), label, f"{label}: {said(total, table, language)}", bars))
    return _by_size(rows) if table.dimensions[0].code in WITHOUT_ORDER else rows


def _by_size(rows: list[Row]) -> list[Row]:
    """The longest row first; those of one length as they stood, what is not known last."""
    return sorted(rows, key=lambda row: (row.keys == (UNKNOWN,), -max((bar.length for bar in row.bars), default=0)))


def draw_rows(
    sheet: Sheet,
    rows: list[Row],
    top: float,
    link: Link | None,
    *,
    left: float = 0,
    room: float | None = None,
    longest: float | None = None,
    labelled: bool = True,
) -> float:
    """Draws rows from ``top`` in ``room`` beside ``left``; ``longest`` sets the scale. Gives the y below them."""
    room = sheet.width if room is None else room
    column = LabelColumn.of([row.label if labelled else "" for row in rows], sheet, room)
    ends = max((sheet.measured(bar.end, bold=True) for row in rows for bar in row.bars), default=0)
    most = max((bar.length for row in rows for bar in row.bars), default=0) if longest is None else longest
    scale = max(1.0, room - column.width - ends - sheet.em * 0.5) / most if most else 0
    several = max((len(row.bars) for row in rows), default=1) > 1
    thickness = sheet.em * (1.08 if several else 1.4)
    zero, y = left + column.width, top
    for place, row in enumerate(rows):
        marks = thickness * len(row.bars)
        marks_top = column.marks_top(place, sheet, y, marks)
        address = link(row.keys) if link else None
        if labelled:
            sheet.add(sheet.group([column.drawn(place, sheet, y, marks, left)], address=address))
        for number, bar in enumerate(row.bars):
            bar_top = marks_top + number * thickness
            _draw_bar(sheet, row, bar, zero, bar_top, thickness - (1.5 if several else 0), scale, link)
        sheet.add(sheet.line(f"M{zero:.1f} {marks_top - 1.5:.1f}v{marks + 3:.1f}", "axis"))
        y += column.height(place, sheet, marks)
    return y


def _draw_bar(
    sheet: Sheet, row: Row, bar: Bar, zero: float, top: float, height: float, scale: float, link: Link | None
) -> None:
    x, size = zero, sheet.size.small
    single = len(bar.segments) == 1
    for segment in bar.segments:
        long = segment.length * scale
        if long <= 0 and not single:
            continue
        parts = []
        if long > 0:
            parts.append(sheet.box(x, top, max(0.8, long - (0 if single else 1)), height, segment.hue))
        if single:
            parts.append(sheet.text(x + long + sheet.em * 0.4, top + height / 2 + sheet.em * 0.35, bar.end, bold=True))
        elif segment.hue != "unknown" and sheet.measured(segment.number, size=size) + size * 0.5 <= long - 1:
            parts.append(
                sheet.text(
                    x + (long - 1) / 2,
                    top + height / 2 + size * 0.35,
                    segment.number,
                    size=size,
                    align="middle",
                    tone=HUES[segment.hue].tone,
                )
            )
        sheet.add(sheet.group(parts, title=segment.title, address=link(segment.keys) if link else None))
        x += long
    if not single and bar.end:
        end = sheet.text(x + sheet.em * 0.4, top + height / 2 + sheet.em * 0.35, bar.end, bold=True)
        sheet.add(sheet.group([end], title=row.title, address=link(row.keys) if link else None))
