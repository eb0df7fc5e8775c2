"""Keeps circles of a map from lying on each other, and finds the free side for a name."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

Circle = tuple[float, float, float]
"""x, y, radius."""
Box = tuple[float, float, float, float]
"""left, top, right, bottom."""
ROUNDS = 80


def spread(circles: Sequence[Circle], gap: float) -> list[Circle]:
    """The circles moved apart until no two touch, each as little as can be; the same input gives the same places.

    Smaller ones give way to larger ones. Where there is no room within the rounds, what is left overlaps.
    """
    moved = [[x, y, radius] for x, y, radius in circles]
    for _round in range(ROUNDS):
        touched = False
        for first in range(len(moved)):
            for second in range(first + 1, len(moved)):
                touched |= _part(moved[first], moved[second], gap, first - second)
        if not touched:
            break
    return [(x, y, radius) for x, y, radius in moved]


def _part(one: list[float], other: list[float], gap: float, turn: int) -> bool:
    across, down = other[0] - one[0], other[1] - one[1]
    apart, wanted = hypot(across, down), one[2] + other[2] + gap
    if apart >= wanted - 0.01:
        return False
    if apart < 0.01:
        across, down, apart = (1.0 if turn % 2 else 0.6), (0.3 if turn % 3 else -0.8), 1.0
        apart = hypot(across, down)
    push = (wanted - min(apart, wanted)) / apart
    # By area: the larger of two stays nearly where it is.
    share = one[2] ** 2 / (one[2] ** 2 + other[2] ** 2)
    other[0] += across * push * share
    other[1] += down * push * share
    one[0] -= across * push * (1 - share)
    one[1] -= down * push * (1 - share)
    return True


def covered(box: Box, circles: Sequence[Circle], boxes: Sequence[Box]) -> float:
    """How much of ``box`` others cover, in square units: 0 where it is free."""
    left, top, right, bottom = box
    found = 0.0
    for x, y, radius in circles:
        found += _common(box, (x - radius, y - radius, x + radius, y + radius))
    for other in boxes:
        found += _common((left, top, right, bottom), other)
    return found


def _common(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0
