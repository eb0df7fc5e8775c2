"""The cover's picture: the region's outline across the page, and on it every activity of the quarter as a dot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count as counting
from math import hypot

from pilotage.figures.forms.drawing.elements import escaped
from pilotage.figures.forms.measure import text_width
from pilotage.figures.forms.outlines import outlines, project

PAGE_WIDTH = 595.28
"""Points: the full width of A4, so that sizes of type in the picture are true."""
GROUND, LAND, BORDER, WORDS, QUIET, DOT = "#0B5563", "#1B6270", "#7FABB2", "#FFFFFF", "#BBD3D7", "#F3CE8A"
TYPE = 8.5
RADIUS, PITCH = 4.2, 9.6
"""Points: the radius of a dot, and how far the middles of neighbouring dots of one place are apart."""

_NAMES_AT = {"KZ": (48.6, 66.5), "UZ": (42.9, 61.6), "TM": (39.6, 57.6), "KG": (41.6, 75.9), "TJ": (38.3, 72.6)}
"""Degrees north and east where a country's name is read without touching a border, set by hand."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Venue:
    """One place of the quarter, in degrees, with its name and the number of activities there."""

    north: float
    east: float
    count: int
    name: str = ""


def draw_cover(names: Mapping[str, str], venues: Iterable[Venue] = (), within: Mapping[str, int] | None = None) -> str:
    """SVG for a dark ground: the countries whose codes have a name in ``names`` (in the document's language).

    ``within`` counts by country the activities of which only the country is known: their dots stand under its name.
    """
    region = outlines()
    scale = PAGE_WIDTH / region.width
    shapes = "".join(
        f'<path d="{path}" fill="{LAND}" fill-rule="evenodd" stroke="{BORDER}" stroke-width="{0.6 / scale:.2f}" '
        'stroke-linejoin="round"/>'
        for code, path in region.partners.items()
        if code in names
    )
    sheet = _Sheet(scale)
    for code, name in names.items():
        if code in _NAMES_AT:
            sheet.country(name, project(*_NAMES_AT[code]), (within or {}).get(code, 0))
    places = [(project(venue.north, venue.east), venue) for venue in venues]
    clusters = [sheet.cluster(at, venue.count) for at, venue in places]
    for (_at, venue), box in zip(places, clusters, strict=True):
        sheet.label(venue.name, box)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {region.width} {region.height}" '
        f'width="{PAGE_WIDTH}pt" height="{region.height * scale:.2f}pt" font-family="Source Sans 3">'
        f"{shapes}{''.join(sheet.parts)}</svg>"
    )


def draw_locator(partners: Collection[str], meant: Collection[str]) -> str:
    """SVG for a dark ground: the outlines of ``partners``, those of ``meant`` in the colour of the dots."""
    region = outlines()
    shapes = "".join(
        f'<path d="{region.partners[code]}" fill="{DOT if code in meant else LAND}" fill-rule="evenodd" '
        f'stroke="{GROUND if code in meant else BORDER}" stroke-width="1.6" stroke-linejoin="round"/>'
        for code in sorted(partners, key=lambda code: code in meant)
        if code in region.partners
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {region.width} {region.height}">{shapes}</svg>'


class _Sheet:
    """Dots and words in the map's own units; it knows what is taken, so that no name runs over another."""

    def __init__(self, scale: float) -> None:
        self.unit = 1 / scale
        """One point."""
        self.parts: list[str] = []
        self.taken: list[Box] = []

    def country(self, name: str, at: Point, dots: int) -> None:
        """A country's name in the middle of ``at``, with a row of dots under it."""
        x, y = at
        width = text_width(name, TYPE, "semibold") * self.unit * 1.05
        self._text(x, y, name, "middle", QUIET, bold=True)
        self.taken.append((x - width / 2, y - TYPE * self.unit, x + width / 2, y + 2 * self.unit))
        pitch, radius = PITCH * self.unit, RADIUS * self.unit
        left = x - (dots - 1) * pitch / 2
        for number in range(dots):
            self._dot(left + number * pitch, y + 9 * self.unit)
        if dots:
            self.taken.append((left - radius, y + 5 * self.unit, left + dots * pitch, y + 13 * self.unit))

    def cluster(self, at: Point, count: int) -> Box:
        """As many dots as activities, packed around their place; what they take up."""
        spots = [(at[0] + x * PITCH * self.unit, at[1] + y * PITCH * self.unit) for x, y in packed(count)]
        for x, y in spots:
            self._dot(x, y)
        reach = RADIUS * self.unit
        xs, ys = [x for x, _y in spots], [y for _x, y in spots]
        box = (min(xs) - reach, min(ys) - reach, max(xs) + reach, max(ys) + reach)
        self.taken.append(box)
        return box

    def label(self, name: str, box: Box) -> None:
        """The name of a place on the first side of its dots that is free; none where all are taken."""
        if not name:
            return
        left, top, right, bottom = box
        width, gap = text_width(name, TYPE) * self.unit, 3 * self.unit
        tall, middle = TYPE * self.unit, (top + bottom) / 2 + TYPE * 0.34 * self.unit
        centre = (left + right) / 2
        for x, y, anchor, start in (
            (right + gap, middle, "start", right + gap),
            (left - gap, middle, "end", left - gap - width),
            (centre, bottom + tall, "middle", centre - width / 2),
            (centre, top - gap, "middle", centre - width / 2),
        ):
            wanted = (start, y - tall * 0.8, start + width, y + tall * 0.2)
            inside = wanted[0] > 0 and wanted[2] < PAGE_WIDTH * self.unit
            if inside and not any(_overlap(wanted, other) for other in self.taken):
                self.taken.append(wanted)
                self._text(x, y, name, anchor, WORDS)
                return

    def _dot(self, x: float, y: float) -> None:
        self.parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS * self.unit:.2f}" fill="{DOT}" stroke="{LAND}" '
            f'stroke-width="{0.7 * self.unit:.2f}"/>'
        )

    def _text(self, x: float, y: float, words: str, anchor: str, fill: str, *, bold: bool = False) -> None:
        more = f' font-weight="600" letter-spacing="{0.5 * self.unit:.2f}"' if bold else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{TYPE * self.unit:.2f}" '
            f'fill="{fill}" stroke="{LAND}" stroke-width="{2 * self.unit:.2f}" stroke-linejoin="round" '
            f'paint-order="stroke"{more}>{escaped(words)}</text>'
        )


def packed(count: int) -> Sequence[Point]:
    """``count`` spots of a grid of triangles, the nearest to their common middle first, one unit apart."""
    if count <= 1:
        return [(0.0, 0.0)] * count
    size = next(size for size in counting(1) if (2 * size + 1) ** 2 >= 2 * count)
    spots = [
        (column + (row % 2) / 2, row * 0.866) for row in range(-size, size + 1) for column in range(-size, size + 1)
    ]
    middle = (0.5, 0.0) if count in (2, 4) else (0.5, 0.289) if count == 3 else (0.0, 0.0)
    nearest = sorted(spots, key=lambda spot: (round(hypot(spot[0] - middle[0], spot[1] - middle[1]), 3), spot))
    return [(x - middle[0], y - middle[1]) for x, y in nearest[:count]]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
