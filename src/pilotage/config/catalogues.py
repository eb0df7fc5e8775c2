"""Compiles the catalogues of translated wording where they are newer than what was compiled: no GNU gettext needed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent


def compile_catalogues() -> int:
    """Compiles every stale ``django.po`` of the package and returns how many there were."""
    compiled = 0
    for source in PACKAGE.rglob("locale/*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        written = target.with_suffix(".mo.new")
        with written.open("wb") as file:
            write_mo(file, catalogue)
        written.replace(target)
        compiled += 1
    return compiled
