"""Text in several languages: one mapping from language code to wording."""

from collections.abc import Mapping

Text = dict[str, str]
"""Wording by language code, for example ``{"en": "Workshop", "ru": "Семинар"}``; a missing language is absent."""

FALLBACK = ("en", "ru")


def wording(text: Mapping[str, str], language: str) -> str:
    """The wording in ``language``, or else in the first language that has one (English, Russian, any)."""
    found, _ = wording_and_language(text, language)
    return found


def wording_and_language(text: Mapping[str, str], language: str) -> tuple[str, str]:
    """The wording and the language it is really in, so that a page can show a fallback as one (``lang`` attribute)."""
    for code in (language, *FALLBACK, *text):
        if text.get(code):
            return text[code], code
    return "", language
