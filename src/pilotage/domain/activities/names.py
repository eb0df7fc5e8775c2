"""Names of the region under all their spellings: how two of them are known to be the same."""

from __future__ import annotations

import re

from pilotage.kit.search import fold

_PATRONYMIC = re.compile(r"(vich|vna|ichna|ogly|ogli|oglu|uly|uulu|kyzy|kizi|qizi|gyzy|zoda)$")
_SPELLINGS = (
    ("shch", "sh"), ("zh", "j"), ("dj", "j"), ("dzh", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"),
    ("ts", "c"), ("tz", "c"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("iy", "i"), ("yy", "i"), ("ij", "i"),
    ("ya", "a"), ("ia", "a"), ("yu", "u"), ("iu", "u"), ("yo", "o"), ("io", "o"), ("ye", "e"), ("ie", "e"),
    ("y", "i"), ("q", "k"), ("w", "v"), ("x", "ks"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def name_skeleton(name: str) -> str:
    """What stays of a name when script, spelling, order of its parts and patronymic are taken away.

    «Нурматов Азамат Бекович», "Azamat Nurmatov" and "Nurmatov A'zamat" give the same. Fewer than two parts give "":
    a first name alone says nothing of who it is.
    """
    parts = [part for part in re.split(r"[\s.,\-]+", fold(name)) if part]
    kept = [part for part in parts if not (len(part) > 5 and _PATRONYMIC.search(part))]
    if len(kept) < 2:
        return ""
    return " ".join(sorted(_plain_spelling(part) for part in kept[:3]))


def _plain_spelling(part: str) -> str:
    for spelling, plain in _SPELLINGS:
        part = part.replace(spelling, plain)
    return _DOUBLED.sub(r"\1", part)


def alike_key(name: str) -> str:
    """What a name is compared by, kept in a column: its skeleton, or where it has none the name itself after "="."""
    return (name_skeleton(name) or f"={fold(name)}")[:200] if name else ""
