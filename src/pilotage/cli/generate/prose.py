"""The prose of the fictional programme: written in both languages, with slots, kept in ``texts/``."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pilotage.kit.texts import Text

TEXTS = Path(__file__).parent / "texts"
HARD = "\u00a0"
_SHORT = re.compile(r"(?<![\w-])(а|в|во|до|за|и|из|к|ко|на|не|о|об|от|по|с|со|у|№) ", re.IGNORECASE)
_COUNTED = re.compile(r"(\d) (?=дн|мес|год|руб|%|ноября|декабря)")

Pair = Sequence[str]
"""English and Russian, or one wording alone."""


@cache
def prose(name: str) -> dict[str, Any]:
    """The texts of ``name``.toml."""
    return tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))


def told(pair: Pair, english: dict[str, Any] | None = None, russian: dict[str, Any] | None = None) -> Text:
    """A pair as wording, its slots filled for each language; Russian with its hard spaces."""
    return {
        "en": pair[0].format(**(english or {})),
        "ru": set_well(pair[1].format(**(russian if russian is not None else english or {}))),
    }


def set_well(russian: str) -> str:
    """Short words stay with the word that follows, numbers with what they count."""
    return _COUNTED.sub(rf"\1{HARD}", _SHORT.sub(rf"\1{HARD}", russian))


class Drawn:
    """Draws from lists so that nothing comes again before all the rest has come."""

    def __init__(self, random_: random.Random) -> None:
        self.random = random_
        self._left: dict[int, list[Any]] = {}

    def one(self, choices: Sequence[Any]) -> Any:
        """The next of ``choices``."""
        left = self._left.get(id(choices))
        if not left:
            left = self._left[id(choices)] = self.random.sample(list(choices), len(choices))
        return left.pop()
