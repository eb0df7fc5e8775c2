"""How wide a text is, by the font's own widths, so that nothing overlaps; wrapping and shortening with it."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

ELLIPSIS = "…"
_LONGEST = 900
"""Characters beyond this are never laid out: no label has room for them."""


def text_width(text: str, size: float, weight: str = "regular") -> float:
    """Width of ``text`` on one line in Source Sans 3, in the unit of ``size``. Weights: "regular" and "semibold".

    Kerning is left out, so that the result is rather too wide than too narrow. A character that the font lacks
    counts as wide as the widest sign that another font may put in its place.
    """
    widths = _widths(weight)
    total = 0
    for character in text:
        width = widths.get(character)
        total += _foreign(character) if width is None else width
    return total * size / 1000


def shortened(text: str, room: float, size: float, weight: str = "regular") -> str:
    """``text`` on one line, cut with an ellipsis where it is wider than ``room``."""
    line = " ".join(text[:_LONGEST].split(" "))
    if len(text) <= _LONGEST and text_width(line, size, weight) <= room:
        return line
    room -= text_width(ELLIPSIS, size, weight)
    return _fitting(line, room, size, weight).rstrip(" ,;:–-") + ELLIPSIS


def wrapped(text: str, room: float, size: float, weight: str = "regular", lines: int = 2) -> list[str]:
    """``text`` broken at spaces into at most ``lines`` lines of ``room``, the last one shortened where it must be."""
    words = text[:_LONGEST].replace("\n", " ").split(" ")
    words = [word for word in words if word]
    if len(text) > _LONGEST:
        words.append(ELLIPSIS)
    result: list[str] = []
    space = text_width(" ", size, weight)
    while words:
        if len(result) == lines - 1:
            result.append(shortened(" ".join(words), room, size, weight))
            break
        line = words.pop(0)
        width = text_width(line, size, weight)
        if width > room:
            start = _fitting(line, room, size, weight)
            words.insert(0, line[len(start) :])
            line = start
        else:
            while words:
                more = text_width(words[0], size, weight)
                if width + space + more > room:
                    break
                line, width = f"{line} {words.pop(0)}", width + space + more
        result.append(line)
    return result or [""]


def _fitting(line: str, room: float, size: float, weight: str) -> str:
    """The longest start of ``line`` that fits; one character at least, so that wrapping comes to an end."""
    widths, total, limit = _widths(weight), 0, room * 1000 / size
    for index, character in enumerate(line):
        width = widths.get(character)
        total += _foreign(character) if width is None else width
        if total > limit:
            return line[: max(1, index)]
    return line


@cache
def _widths(weight: str) -> dict[str, int]:
    runs = json.loads(Path(__file__).with_name("widths.json").read_text(encoding="utf-8"))[weight]
    return {chr(first + place): width for first, *widths in runs for place, width in enumerate(widths)}


@cache
def _foreign(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    # A control character is drawn as a replacement sign.
    return 1400 if unicodedata.east_asian_width(character) in "WF" else 1000
