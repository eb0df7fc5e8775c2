"""Throwing away every rebuilt file: after an erasure none may keep what was taken out of the log."""

from __future__ import annotations

import contextlib

from pilotage.kit.past.files import folder


def forget() -> None:
    """Removes all rebuilt files, those being made too: whoever makes one begins again from the log of now."""
    for path in folder().iterdir():
        if path.suffix in {".sqlite3", ".part"}:
            with contextlib.suppress(OSError):
                path.unlink()
