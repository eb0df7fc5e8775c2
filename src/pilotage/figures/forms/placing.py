"""Places labels along a line without letting any two touch, each with a leader down to its point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """A label's place: ``level`` 0 is nearest to the line; the text begins, ends or (crowded) is centred at ``x``."""

    x: float
    level: int
    align: str
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
        found = _placed(points, order, turn, left, right, gap)
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
        start, end = (x - width, x) if leftward else (x, x + width)
        if start < left or end > right:
            return None
        levels = range(len(points) + 1)
        level = next((level for level in levels if _free(level, x, start, end, gap, result.values())), None)
        if level is None:
            return None
        result[index] = Placed(x, level, "end" if leftward else "start", start, end)
    return [result[index] for index in range(len(points))]


def crowded(points: Sequence[tuple[float, float]], left: float, right: float, gap: float) -> list[Placed]:
    """Places for short labels where ``placed`` has none: centred, no two touching, leaders regardless."""
    result: list[Placed] = []
    for x, width in points:
        middle = min(max(x, left + width / 2), right - width / 2)
        start, end = middle - width / 2, middle + width / 2
        taken = {one.level for one in result if start < one.end + gap and one.start < end + gap}
        level = next(level for level in range(len(points)) if level not in taken)
        result.append(Placed(middle, level, "middle", start, end))
    return result


def _free(level: int, x: float, start: float, end: float, gap: float, others: Iterable[Placed]) -> bool:
    for other in others:
        if other.level == level and start < other.end + gap and other.start < end + gap:
            return False
        if other.level > level and start < other.x < end:
            return False
        if other.level < level and other.start < x < other.end:
            return False
    return True
