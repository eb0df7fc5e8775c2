"""The outlines of Central Asia and the projection that they are drawn in (written by tools/outlines.py)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin, sqrt
from pathlib import Path

# Albers' equal-area conic, so that no country looks larger than it is. Parallels at a sixth from each edge.
_SOUTH, _NORTH = radians(39), radians(52)
_LATITUDE, _LONGITUDE = radians(45.4), radians(67)
_N = (sin(_SOUTH) + sin(_NORTH)) / 2
_C = cos(_SOUTH) ** 2 + 2 * _N * sin(_SOUTH)
_RHO = sqrt(_C - 2 * _N * sin(_LATITUDE)) / _N
_SCALE = 1900.0
_X, _Y = 506.0, 356.0


@dataclass(frozen=True, slots=True)
class Outlines:
    """SVG path data in a frame of ``width`` by ``height`` map units: partners by country code, all others as one."""

    width: int
    height: int
    partners: dict[str, str]
    neighbours: str


def project(lat: float, lon: float) -> tuple[float, float]:
    """Degrees north and east as map units: x to the right, y down, the frame's left upper corner at 0, 0."""
    rho = sqrt(_C - 2 * _N * sin(radians(lat))) / _N
    theta = _N * (radians(lon) - _LONGITUDE)
    return _X + _SCALE * rho * sin(theta), _Y - _SCALE * (_RHO - rho * cos(theta))


@cache
def outlines() -> Outlines:
    """The prepared outlines."""
    return Outlines(**json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8")))
