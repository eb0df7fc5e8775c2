"""Asking for a past instant: it is ready, or it is being made, or there is nothing to show."""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.utils import timezone

from pilotage.kit.models import Change
from pilotage.kit.past.files import folder, make_file, name_for, ready_file
from pilotage.kit.past.moment import Moment, in_the_present, instant_of

AT_ONCE = 4_000
"""A log of so few entries is rebuilt within the request: in less than a second."""
SILENT = 120
"""Seconds after which a rebuilding that nobody finished may be asked for again."""
MOST_ATTEMPTS = 3


class Outcome(StrEnum):
    """What became of asking."""

    READY = "ready"
    BUILDING = "building"
    PRESENT = "present"
    """Today, or later: the present shows it."""
    NOTHING = "nothing"
    """Nothing had been recorded yet."""
    UNREADABLE = "unreadable"
    FAILED = "failed"
    """It was tried several times and did not succeed; the worker's log says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome, and the moment where there is one."""

    outcome: Outcome
    moment: Moment | None = None
    at: datetime | None = None
    first: datetime | None = None
    """When the first entry was recorded, where nothing had been."""


def ask(text: str, *, former_texts: bool = False) -> Answer:
    """The past instant that an address names. Where it must be rebuilt first and that takes long, this is begun.

    ``former_texts`` asks for free texts as they read then, which are for readers of the change log alone.
    """
    try:
        at = instant_of(text)
    except ValueError:
        return Answer(Outcome.UNREADABLE)
    if at >= timezone.now():
        return Answer(Outcome.PRESENT)
    with in_the_present():
        name = name_for(at, former_texts=former_texts)
        if name is None:
            first = Change.objects.order_by("at").values_list("at", flat=True).first()
            return Answer(Outcome.NOTHING, at=at, first=first)
        found = ready_file(name)
        # Numbers run on where entries were never kept, so entries are counted, as far as it matters.
        if found is None and Change.objects.order_by()[: AT_ONCE + 1].count() <= AT_ONCE:
            found = make_file(name, at, former_texts=former_texts)
        if found is not None:
            return Answer(Outcome.READY, Moment(at, found, text.strip().replace(" ", "+"), former_texts), at)
        return Answer(want(name, at, former_texts=former_texts), at=at)


def want(name: str, at: datetime, *, former_texts: bool = False) -> Outcome:
    """Has the file made in the background, once however many ask for it."""
    from pilotage.kit.past.tasks import rebuild_in_background

    note = folder() / f"{name}.wanted"
    attempts = 0
    try:
        told = json.loads(note.read_text())
        attempts = int(told["attempts"])
        if time.time() - note.stat().st_mtime < SILENT and not told["failed"]:
            return Outcome.BUILDING
    except (OSError, ValueError, KeyError, TypeError):
        pass
    if attempts >= MOST_ATTEMPTS:
        return Outcome.FAILED
    write_note(note, attempts + 1)
    rebuild_in_background.enqueue(name, at.isoformat(), former_texts)
    return Outcome.BUILDING


def write_note(note: Path, attempts: int, *, failed: bool = False) -> None:
    """Keeps that somebody asked for a file, how often it was tried, and whether the last try failed."""
    note.write_text(json.dumps({"attempts": attempts, "failed": failed}))


def carry_out(name: str, at: datetime, former_texts: bool = False) -> None:
    """What the background worker does: makes the file, unless somebody has."""
    note = folder() / f"{name}.wanted"
    if ready_file(name) is None:
        try:
            make_file(name, at, former_texts=former_texts)
        except Exception:
            with contextlib.suppress(OSError, ValueError, KeyError):
                write_note(note, int(json.loads(note.read_text())["attempts"]), failed=True)
            raise
    with contextlib.suppress(OSError):
        os.unlink(note)
