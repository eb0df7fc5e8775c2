"""The one picture of the design sample for which the house has no form yet: lots at the stage that they have reached."""

from __future__ import annotations

from html import escape

INK, SOFT, TEAL = "#17212B", "#55606B", "#0B5563"
POINTS_A_MILLIMETRE = 72 / 25.4
FULL = 174 * POINTS_A_MILLIMETRE


def text(
    x: float, y: float, words: str, *, size: float = 8.5, fill: str = INK, anchor: str = "start", weight: int = 400
):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="Source Sans 3" font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}" text-anchor="{anchor}">{escape(words)}</text>'
    )


def rect(x: float, y: float, width: float, height: float, fill: str, more: str = "") -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" {more}/>'


def svg(width: float, height: float, *marks: str) -> bytes:
    inner = "".join(marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}" '
        f'width="{width:.1f}pt" height="{height:.1f}pt">{inner}</svg>'
    ).encode()


def lots(stages: list[tuple[str, int, str]], width: float = FULL) -> bytes:
    """Each lot a square that stands in the stage it has reached; value under the stage."""
    step = width / len(stages)
    parts = []
    for number, (label, count, value) in enumerate(stages):
        x = number * step
        parts.append(rect(x, 46, step - 5, 0.8, INK))
        for square in range(count):
            shade = TEAL if number >= len(stages) - 3 else "#7FA3A9"
            parts.append(rect(x + square * 15, 30, 12, 12, shade))
        first, _, second = label.partition("\n")
        parts.append(text(x, 59, first) + text(x, 69, second))
        parts.append(text(x, 22 if count else 40, str(count), weight=600) + text(x, 82, value, fill=SOFT, size=8))
    return svg(width, 88, *parts)
