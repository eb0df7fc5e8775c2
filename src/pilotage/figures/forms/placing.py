"""Places labels along a line without letting any two touch, each with a leader down to its point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """A label's place: ``level`` 0 is nearest to the line; the text runs right from ``x`` or ends at it."""

    x: float
    level: int
    leftward: bool
    start: float
    end: float


def placed(points: Sequence[tuple[float, float]], left: float, right: float, gap: float) -> list[Placed] | None:
    """Places for labels given as (x of the point, width), within ``left`` and ``right``; None where one cannot fit.

    No text touches another of its level, no leader crosses a text on its way down. Texts of the first points run to
    the right, those of the others to the left; the turning point that needs the fewest levels is taken.
    """
    order = sorted(range(len(points)), key=lambda index: points[index][0])
    best: list[Placed] | None = None
    for turn in range(len(points), -1, -1):
        found = _placed(points, order, turn, left - gap, right + gap, gap)
        if found and (best is None or _levels(found) < _levels(best)):
            best = found
        if best and _levels(best) <= 1:
            break
    return best if points else []


def _levels(places: Sequence[Placed]) -> int:
    return max(place.level for place in places)


def _placed(
    points: Sequence[tuple[float, float]], order: Sequence[int], turn: int, left: float, right: float, gap: float
) -> list[Placed] | None:
    result: dict[int, Placed] = {}
    for index in (*reversed(order[:turn]), *order[turn:]):
        x, width = points[index]
        leftward = index in order[turn:]
        start, end = (x - width, x + gap) if leftward else (x - gap, x + width)
        if start < left or end > right:
            return None
        levels = range(len(points) + 1)
        level = next((level for level in levels if _free(level, x, start, end, gap, result.values())), None)
        if level is None:
            return None
        result[index] = Placed(x, level, leftward, start, end)
    return [result[index] for index in range(len(points))]


def _free(level: int, x: float, start: float, end: float, gap: float, others: Iterable[Placed]) -> bool:
    for other in others:
        if other.level == level and start < other.end + gap and other.start < end + gap:
            return False
        if other.level > level and start - gap < other.x < end + gap:
            return False
        if other.level < level and other.start - gap < x < other.end + gap:
            return False
    return True
