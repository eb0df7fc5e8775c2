"""Sentences around numbers and records, in every language of a document: each kind brings its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pilotage.kit.numbers import Number, counted, plural
from pilotage.kit.texts import Text, wording

Forms = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Plural forms of nouns by name and language: (one, other) in English, (one, few, many) in Russian."""


@dataclass(frozen=True)
class Sentences:
    """The sentences and nouns of one kind of document, by name. Raises KeyError for a name that it does not have."""

    said: Mapping[str, Text]
    nouns: Forms = field(default_factory=dict)

    def say(self, name: str, language: str, **values: object) -> str:
        """The sentence ``name`` with its values filled in."""
        sentence = wording(self.said[name], language)
        # A Russian day ends in the dot of «г.»: a sentence that ends in it has one dot, not two.
        return sentence.format(**values).replace("г..", "г.") if values else sentence

    def forms(self, name: str, language: str) -> tuple[str, ...]:
        """The plural forms of a noun."""
        return self.nouns[name].get(language, self.nouns[name]["en"])

    def some(self, number: Number, name: str, language: str) -> str:
        """A number with its noun: "18 activities"."""
        return counted(number, self.forms(name, language), language)

    def noun(self, number: Number, name: str, language: str) -> str:
        """The noun alone, in the form that goes with ``number``."""
        return plural(number, self.forms(name, language), language)
