"""What a dimension is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pilotage.figures.scopes import CompiledScope
from pilotage.figures.table import UNKNOWN, Key
from pilotage.kit.texts import Text

UNKNOWN_KEY = Key(UNKNOWN, {"en": "Not stated", "ru": "Не указано"}, hue="unknown")

Raw = Any
"""A value as the database groups by it; None and "" are unknown."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One dimension: what it is called, which keys it prints, and how its keys stand in the database."""

    code: str
    label: Text

    def keys(self, scope: CompiledScope, found: Iterable[Raw]) -> dict[Raw, Key]:
        """The keys to print, in order, by what the database has for them: those expected and those found."""
        raise NotImplementedError

    def raw(self, scope: CompiledScope, code: str) -> Raw:
        """What the database has for the key ``code``. Raises UnknownChoice."""
        raise NotImplementedError
