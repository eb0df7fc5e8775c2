"""Compiles the catalogues of translated wording where they are newer than what was compiled: no GNU gettext needed."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

PACKAGE = Path(__file__).resolve().parent.parent


def compile_catalogues() -> int:
    """Compiles every stale ``django.po`` of the package and returns how many there were.

    An installed package comes with its catalogues compiled, so a folder that cannot be written to is left alone.
    """
    stale = [source for source in catalogues() if is_stale(source)]
    if not stale:
        return 0
    # Only now: reading catalogues takes longer than starting without them.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = 0
    for source in stale:
        if not os.access(source.parent, os.W_OK):
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        keep_numbers_with_words(catalogue)
        written = source.with_suffix(f".mo.{os.getpid()}")
        with written.open("wb") as file:
            write_mo(file, catalogue)
        written.replace(source.with_suffix(".mo"))
        compiled += 1
    return compiled


def keep_numbers_with_words(catalogue: "Catalog") -> None:
    """Puts a hard space between a number and the word that it counts, so that no line ends between the two.

    A number is what is formatted as one, and in wording with plural forms every value that a word follows.
    """
    for message in catalogue:
        if not message.id or not message.string:
            continue
        if isinstance(message.string, str):
            message.string = re.sub(r"(%\(\w+\)d) (?=\w)", "\\1\u00a0", message.string)
        else:
            message.string = tuple(re.sub(r"(%\(\w+\)[ds]) (?=\w)", "\\1\u00a0", form) for form in message.string)


def catalogues() -> list[Path]:
    """Every catalogue of the package."""
    return sorted(PACKAGE.rglob("locale/*/LC_MESSAGES/django.po"))


def is_stale(source: Path) -> bool:
    """True where the catalogue was changed since it was compiled."""
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns
