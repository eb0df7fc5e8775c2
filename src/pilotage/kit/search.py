"""Searching and sorting that work in both scripts on every database.

SQLite neither lowers nor orders Cyrillic, so records keep a folded column: case gone, accents gone, Cyrillic written
in Latin letters. «Душанбе», "dushanbe" and "Dushanbe" fold to the same text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import filterfalse
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

Records = TypeVar("Records", bound=QuerySet[Any])

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    # Kazakh, Kyrgyz, Tajik, Turkmen and Uzbek letters
    "ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
    "ӣ": "i", "ӯ": "u", "ҳ": "h", "ҷ": "j", "ў": "o", "җ": "j",
}  # fmt: skip
_APOSTROPHES = dict.fromkeys(map(ord, "'ʻʼ’‘`ʹ"), None)
_TABLE: dict[int, str | None] = {**{ord(letter): written for letter, written in _LATIN.items()}, **_APOSTROPHES}


def latin(text: str) -> str:
    """``text`` in lower-case Latin letters: a spelling to compare by, not one to print."""
    return unicodedata.normalize("NFC", text).casefold().translate(_TABLE)


def fold(text: str) -> str:
    """The form in which texts are searched: Latin, lower case, no accents, single spaces."""
    plain = latin(text)
    if not plain.isascii():
        plain = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", plain)))
    return " ".join(plain.split())


def words_of(typed: str) -> list[str]:
    """The folded words of a search, at most eight."""
    return fold(typed[:200].replace("\x00", " ")).split()[:8]


def by_search_column(records: Records, words: Sequence[str]) -> Records:
    """Every word must stand in the folded ``search`` column: both scripts, any order."""
    found = Q()
    for word in words:
        found &= Q(search__icontains=word)
    return records.filter(found)


def search_text(*values: str | Mapping[str, str]) -> str:
    """One folded text for all ``values``; translated texts give all their languages."""
    words: list[str] = []
    for value in values:
        words.extend(value.values() if isinstance(value, Mapping) else [value])
    return " · ".join(dict.fromkeys(fold(word) for word in words if word))


def sort_key(text: str) -> str:
    """The form in which one language's texts are sorted: case folded, accents gone, ё just after е."""
    decomposed = unicodedata.normalize("NFC", text).casefold().strip("«»“”\"' ")
    return decomposed.replace("ё", "е\uffff")[:200]
