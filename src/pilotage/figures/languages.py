"""Figures speak every language at once: what is frozen in an edition must not depend on who asked for it.

A figure's own words (title, note, unit, gaps) are written as Text beside its definition; the domain's words are taken
from its catalogue, once for each language.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.utils import translation

from pilotage.kit.numbers import plural, written
from pilotage.kit.texts import Text

LANGUAGES = ("en", "ru")


def text_of(message: Any) -> Text:
    """A lazily translated message of the domain in every language, beginning with a capital letter."""
    text = {}
    for language in LANGUAGES:
        with translation.override(language):
            said = str(message)
        text[language] = said[:1].upper() + said[1:]
    return text


@cache
def labels_of(choices: type[TextChoices]) -> dict[str, Text]:
    """The labels of the domain's choices by their codes, in their order."""
    return {choice.value: text_of(choice.label) for choice in choices}


def sentence(count: int, forms: dict[str, tuple[str, ...]]) -> Text:
    """A sentence about ``count`` things in every language, from its plural forms with ``{n}`` for the number."""
    return {
        language: plural(count, forms[language], language).format(n=written(count, language)) for language in LANGUAGES
    }


def joined(texts: list[Text], separator: str = ", ") -> Text:
    """Several texts as one, language by language, each falling back to English."""
    return {
        language: separator.join(text.get(language) or text.get("en", "") for text in texts) for language in LANGUAGES
    }
