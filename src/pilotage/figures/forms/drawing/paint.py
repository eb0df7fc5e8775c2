"""Colours and type. On screen a mark has a class (web/static/css/charts.css); in print it has the colour itself.

Component hues are ten steps of lightness apart, so that they differ in greyscale; marks have 3:1 against paper and
panel at least, or an outline that has; text has 4.5:1 (tests/figures/test_forms_colours.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Medium = Literal["screen", "print"]


@dataclass(frozen=True, slots=True)
class Hue:
    """A mark's colours in print: ``fill``, an outline where the fill is pale, and the tone of text upon it."""

    fill: str
    stroke: str = ""
    tone: str = "on"


@dataclass(frozen=True, slots=True)
class Type:
    """Sizes in the medium's unit (CSS pixels, points)."""

    title: float
    text: float
    small: float


INK = "#17212B"
PAPER = "#FFFFFF"
HUES = {
    "mark": Hue("#0B5563"),
    "c1": Hue("#1F4671"),
    "c2": Hue("#C17F2E", tone="on-mid"),
    "c3": Hue("#3F8159"),
    "c4": Hue("#8A4576"),
    "general": Hue("#C3C9CF", "#66717C", "on-pale"),
    "woman": Hue("#0B5563"),
    "man": Hue("#BCD3D7", "#4F7F88", "on-pale"),
    "other": Hue("#E4D9C0", "#857346", "on-pale"),
    "unknown": Hue("", "#66717C", "on-pale"),
    "done": Hue("#0B5563"),
    "ahead": Hue("#549AA4", tone="on-mid"),
    "late": Hue("#A86200"),
    "failed": Hue("#A4262C"),
    "plan": Hue("#D5DADF", "#66717C", "on-pale"),
    "ink": Hue(INK),
    "place": Hue("#0B5563", PAPER),
    "elapsed": Hue("#8A8371", tone="on-mid"),
}
"""``unknown`` is filled with the sheet's hatching."""
TONES = {
    "ink": INK,
    "quiet": "#55606B",
    "on": PAPER,
    "on-mid": INK,
    "on-pale": INK,
    "mark": "#0B5563",
    "late": "#A86200",
    "halo": INK,
}
"""``halo`` is ink and ``mark`` the accent, both with a rim of paper, for words that stand on lines or land."""
LINES = {"axis": "#8A949D", "grid": "#DDE1E5", "lead": "#8A949D", "hatch": "#66717C", "frame": "#A86200", "on": PAPER}
LAND = {"land": ("#EAE3D3", "#FFFFFF"), "far": ("#F4F2EC", "#FFFFFF"), "water": ("#DCE6EA", "")}
TYPE: dict[str, Type] = {"screen": Type(16, 13.5, 12), "print": Type(11, 8.8, 8)}
CYCLE = ("c1", "c2", "c3", "c4", "general", "mark", "ahead", "late", "failed", "elapsed")


def hue_of(given: str, place: int) -> str:
    """The hue that the field has given to a key, or else one by the key's ``place`` in its dimension."""
    return given if given in HUES else CYCLE[place % len(CYCLE)]
