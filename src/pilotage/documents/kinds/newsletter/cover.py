"""The cover's picture: the region's outline across the page, with the places of the quarter as discs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from pilotage.figures.forms.drawing.elements import escaped
from pilotage.figures.forms.outlines import outlines, project

PAGE_WIDTH = 595.28
"""Points: the full width of A4, so that sizes of type in the picture are true."""
LAND, BORDER, WORDS, PLACE = "#1B6270", "#7FABB2", "#E4EEEF", "#F6F4EF"
SMALLEST_TYPE = 8.5
DISC = 3.0
"""Radius in points of a place with one activity; the area grows with the count."""

_NAMES_AT = {"KZ": (48.6, 66.5), "UZ": (42.9, 61.6), "TM": (39.2, 57.4), "KG": (41.75, 75.6), "TJ": (38.55, 71.6)}
"""Degrees north and east where a country's name is read without touching a border, set by hand."""


@dataclass(frozen=True, slots=True)
class Venue:
    """One place of the quarter, in degrees, with the number of activities there."""

    north: float
    east: float
    count: int


def draw_cover(names: Mapping[str, str], venues: Iterable[Venue] = ()) -> str:
    """SVG for a dark ground: the countries whose codes have a name in ``names`` (in the document's language)."""
    region = outlines()
    scale = PAGE_WIDTH / region.width
    shapes = "".join(
        f'<path d="{path}" fill="{LAND}" fill-rule="evenodd" stroke="{BORDER}" stroke-width="{0.6 / scale:.2f}" '
        'stroke-linejoin="round"/>'
        for code, path in region.partners.items()
        if code in names
    )
    discs = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DISC * sqrt(venue.count) / scale:.2f}" fill="{PLACE}" '
        f'stroke="{LAND}" stroke-width="{0.9 / scale:.2f}"/>'
        for venue in sorted(venues, key=lambda venue: -venue.count)
        for x, y in [project(venue.north, venue.east)]
    )
    words = "".join(
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-family="Source Sans 3" font-weight="600" '
        f'font-size="{SMALLEST_TYPE / scale:.2f}" letter-spacing="{0.5 / scale:.2f}" fill="{WORDS}">{escaped(name)}</text>'
        for code, name in names.items()
        if code in _NAMES_AT
        for x, y in [project(*_NAMES_AT[code])]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {region.width} {region.height}" '
        f'width="{PAGE_WIDTH}pt" height="{region.height * scale:.2f}pt">{shapes}{discs}{words}</svg>'
    )
