"""Map of Central Asia: places as circles by area, capitals named where the hand puts them, crossing points as ticks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Literal

from pilotage.figures.forms.axes import ticks
from pilotage.figures.forms.common import Link, caption_of, open_sheet
from pilotage.figures.forms.drawing.elements import element
from pilotage.figures.forms.drawing.paint import Medium
from pilotage.figures.forms.drawing.sheet import Sheet
from pilotage.figures.forms.outlines import Outlines, outlines, project
from pilotage.figures.forms.spreading import Box, Circle, covered, spread
from pilotage.figures.forms.values import length, name, said, shown
from pilotage.figures.forms.wordings import BORDERS, CROSSING_POINTS, OUTSIDE_MAP
from pilotage.figures.table import FigureTable
from pilotage.kit.numbers import written_shortly
from pilotage.kit.texts import Text, wording

Degrees = tuple[float, float]
"""Latitude north and longitude east."""
LARGEST = 0.036
"""Radius of the largest circle as a share of the map's width."""


@dataclass(frozen=True, slots=True)
class Capital:
    """A name on the map, on the side of its point that is free."""

    at: Degrees
    name: Text
    side: Literal["left", "right", "above", "below"] = "right"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A border crossing point."""

    at: Degrees
    name: Text
    address: str | None = None


def draw(
    table: FigureTable,
    *,
    places: Mapping[str, Degrees],
    capitals: Sequence[Capital] = (),
    crossings: Sequence[Crossing] = (),
    language: str,
    width: float,
    medium: Medium = "screen",
    link: Link | None = None,
    title: str | None = None,
    caption: str | None = None,
) -> str:
    """SVG of a table of one dimension, places, found by key code in ``places``.

    Keys without a position are named under the map with their number; positions outside its frame count as none.
    """
    sheet = open_sheet("map", table, language=language, width=width, medium=medium, title=title)
    ground = _Ground(sheet, outlines())
    ground.draw_land()
    ground.draw_crossings(crossings)
    off = ground.draw_circles(table, places, link)
    ground.draw_capitals(capitals)
    y = ground.draw_key(table, bool(crossings), off)
    notes = [part for part in (caption_of(table, caption, language), wording(BORDERS, language)) if part]
    return sheet.finished(y, " ".join(notes) if caption != "" else "")


def outline(*, width: float, medium: Medium = "print", language: str, title: str) -> str:
    """SVG of the region alone, for covers."""
    sheet = Sheet(
        identity=("outline",),
        width=width,
        medium=medium,
        language=language,
        title=title,
        description=wording(BORDERS, language),
        heading=False,
    )
    ground = _Ground(sheet, outlines())
    ground.draw_land(frame=False)
    return sheet.finished(ground.bottom)


class _Ground:
    """The map's frame on a sheet: ``scale`` turns map units into the sheet's."""

    def __init__(self, sheet: Sheet, shapes: Outlines) -> None:
        self.sheet, self.shapes = sheet, shapes
        self.scale = sheet.width / shapes.width
        self.top = sheet.top
        self.bottom = self.top + shapes.height * self.scale
        self.circles: list[Circle] = []
        self.points: list[tuple[float, float]] = []
        """Where the places are; the circles stand there or as near as there is room."""

    def point(self, at: Degrees) -> tuple[float, float]:
        """Degrees as a place on the sheet."""
        x, y = project(*at)
        return x * self.scale, self.top + y * self.scale

    def inside(self, at: Degrees) -> bool:
        """Whether a place is in the frame."""
        x, y = project(*at)
        return 0 <= x <= self.shapes.width and 0 <= y <= self.shapes.height

    def draw_land(self, frame: bool = True) -> None:
        """Water, neighbours, partners; without a ``frame`` the partners alone."""
        thin: dict[str, str | float] = {"stroke-width": 1 / self.scale, "stroke-linejoin": "round"}
        paths = [
            element("path", {"d": path, **self.sheet.land("land"), **thin}) for path in self.shapes.partners.values()
        ]
        if frame:
            paths.insert(0, element("path", {"d": self.shapes.neighbours, **self.sheet.land("far"), **thin}))
            size: dict[str, str | float] = {"width": self.shapes.width, "height": self.shapes.height}
            paths.insert(0, element("rect", {**size, **self.sheet.land("water")}))
        # The frame cuts what stands over its edge: an inner svg does that everywhere, a clip path would need a name.
        attributes: dict[str, str | float] = {
            "y": self.top,
            "width": self.sheet.width,
            "height": self.bottom - self.top,
            "viewBox": f"0 0 {self.shapes.width} {self.shapes.height}",
        }
        self.sheet.add(element("svg", attributes, *paths))

    def draw_crossings(self, crossings: Sequence[Crossing]) -> None:
        """Short upright ticks."""
        sheet, tall = self.sheet, self.sheet.em * 0.42
        for crossing in crossings:
            if self.inside(crossing.at):
                x, y = self.point(crossing.at)
                tick = sheet.line(f"M{x:.1f} {y - tall:.1f}v{tall * 2:.1f}", "frame", 2)
                sheet.add(sheet.group([tick], title=wording(crossing.name, sheet.language), address=crossing.address))

    def draw_circles(self, table: FigureTable, places: Mapping[str, Degrees], link: Link | None) -> list[str]:
        """Circles, the largest first; gives what has no place on the map as "name number"."""
        sheet, off = self.sheet, []
        sized = []
        for key in table.dimensions[0].keys:
            cell = table.cell(key.code)
            at = places.get(key.code)
            value = length(cell, table)
            if at is None or not self.inside(at):
                if value or cell.suppressed:
                    off.append(f"{name(key, sheet.language)} {shown(cell, table, sheet.language)}")
            elif value:
                sized.append((value, key, cell, at))
        sized.sort(key=lambda one: (-one[0], one[1].code))
        self.most = sized[0][0] if sized else 0.0
        self.points = [self.point(at) for _value, _key, _cell, at in sized]
        radii = [self.radius(value) for value, _key, _cell, _at in sized]
        self.circles = spread(
            [(x, y, radius) for (x, y), radius in zip(self.points, radii, strict=True)], sheet.em * 0.1
        )
        for (x, y), (put_x, put_y, radius) in zip(self.points, self.circles, strict=True):
            if hypot(put_x - x, put_y - y) > radius:
                sheet.add(sheet.line(f"M{x:.1f} {y:.1f}L{put_x:.1f} {put_y:.1f}", "lead", 1))
                sheet.add(sheet.dot(x, y, sheet.em * 0.12, "ink"))
        for (_value, key, cell, _at), (x, y, radius) in zip(sized, self.circles, strict=True):
            parts = [sheet.dot(x, y, radius, "place")]
            number, size = shown(cell, table, sheet.language), sheet.size.small
            if radius > size * 0.62 and sheet.measured(number, size=size, bold=True) <= radius * 1.65:
                parts.append(sheet.text(x, y + size * 0.35, number, size=size, bold=True, align="middle", tone="on"))
            told = f"{name(key, sheet.language)}: {said(cell, table, sheet.language)}"
            sheet.add(sheet.group(parts, title=told, address=link((key.code,)) if link else None))
        return off

    def radius(self, value: float) -> float:
        """By area: twice the value, twice the ink. Never so small that it cannot be pressed or seen."""
        largest = min(max(self.sheet.width * LARGEST, self.sheet.em), self.sheet.em * 2)
        return max(self.sheet.em * 0.3, largest * sqrt(value / self.most)) if self.most else 0.0

    def draw_capitals(self, capitals: Sequence[Capital]) -> None:
        """Names beside their points, or beside the circle that stands for them, on the side that is free."""
        sheet, size, taken = self.sheet, self.sheet.size.small, list[Box]()
        for capital in capitals:
            x, y = self.point(capital.at)
            own = [
                circle for circle, (cx, cy) in zip(self.circles, self.points, strict=True)
                if abs(cx - x) < 3 and abs(cy - y) < 3
            ]  # fmt: skip
            if own:
                x, y, radius = max(own, key=lambda circle: circle[2])
            else:
                radius = sheet.em * 0.3
                sheet.add(sheet.dot(x, y, sheet.em * 0.2, "ink"))
            away, text = radius + size * 0.3, wording(capital.name, sheet.language)
            wide = sheet.measured(text, size=size, bold=True)
            sides: dict[str, tuple[float, float, Literal["start", "middle", "end"]]] = {
                "right": (away, size * 0.35, "start"),
                "left": (-away, size * 0.35, "end"),
                "above": (0.0, -away, "middle"),
                "below": (0.0, away + size * 0.75, "middle"),
            }
            others = [circle for circle in self.circles if circle not in own]
            boxes = {side: _box(x + dx, y + dy, wide, size, align) for side, (dx, dy, align) in sides.items()}
            order = [capital.side, *(side for side in sides if side != capital.side)]
            side = min(order, key=lambda one: (self.beyond(boxes[one]) + covered(boxes[one], others, taken), 0))
            dx, dy, align = sides[side]
            taken.append(boxes[side])
            sheet.add(sheet.text(x + dx, y + dy, text, size=size, bold=True, align=align, tone="halo"))

    def beyond(self, box: Box) -> float:
        """How far a name runs over the edges, weighed like what is covered."""
        left, top, right, bottom = box
        over = max(0.0, -left) + max(0.0, right - self.sheet.width)
        return (over + max(0.0, self.top - top) + max(0.0, bottom - self.bottom)) * self.sheet.em

    def draw_key(self, table: FigureTable, crossings: bool, off: Sequence[str]) -> float:
        """Sizes of circles, the sign of crossing points and what is off the map, below it; gives the y below."""
        sheet, size = self.sheet, self.sheet.size.small
        samples = sorted({1.0, *ticks(self.most, 2)[1:2], self.most} - {0.0}) if self.most > 1 else []
        tallest = max((self.radius(value) for value in samples), default=size * 0.6)
        x, middle = 0.0, self.bottom + tallest + sheet.em * 0.5
        for value in samples:
            radius = self.radius(value)
            text = written_shortly(value, sheet.language)
            sheet.add(
                sheet.dot(x + radius, middle, radius, "place"),
                sheet.text(x + radius * 2 + size * 0.3, middle + size * 0.35, text, size=size, tone="quiet"),
            )
            x += radius * 2 + size * 1.1 + sheet.measured(text, size=size)
        if crossings:
            x += sheet.em * 0.5
            tall = sheet.em * 0.42
            text = wording(CROSSING_POINTS, sheet.language)
            sheet.add(
                sheet.line(f"M{x:.1f} {middle - tall:.1f}v{tall * 2:.1f}", "frame", 2),
                sheet.text(x + size * 0.5, middle + size * 0.35, text, size=size, tone="quiet"),
            )
        y = middle + tallest if samples or crossings else self.bottom
        if off:
            y += size * 1.5
            sheet.add(
                sheet.fitted(
                    0,
                    y,
                    f"{wording(OUTSIDE_MAP, sheet.language)}: {'; '.join(off)}",
                    sheet.width,
                    size=size,
                    tone="quiet",
                )
            )
        return y


def _box(x: float, y: float, wide: float, size: float, align: str) -> Box:
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[align]
    return left, y - size * 0.8, left + wide, y + size * 0.25
