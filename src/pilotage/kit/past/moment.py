"""The past instant at which this thread looks, if any."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import connections
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

PAST = "past"
"""The alias of the database of a past instant. It stands in no setting: each thread opens the file it looks at."""


class WritingInThePast(RuntimeError):
    """Something was about to be written while looking at a past instant, where nothing can be changed."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A past instant whose records stand ready in a file."""

    at: datetime
    """Everything recorded at this instant or before is known, nothing else."""
    file: Path
    asked: str
    """How an address names it."""
    former_texts: bool = False
    """True where free texts read as they did then; else those that were changed since read as they do now."""

    @property
    def day(self) -> date:
        """The local day of the instant."""
        return timezone.localdate(self.at)

    @property
    def whole_day(self) -> bool:
        """True where the end of a day was asked for, not an instant within it."""
        return "T" not in self.asked


_looking: ContextVar[Moment | None] = ContextVar("looking_at_the_past", default=None)
_alias: ContextVar[str | None] = ContextVar("database_of_records", default=None)


def past() -> Moment | None:
    """The past instant that is looked at; None for the present."""
    return _looking.get()


def current_day() -> date:
    """The day on which whoever looks stands: today, or the local day of the past instant.

    For what is shown (late, overdue, to date). Whether a role or a key still holds is asked of the real day.
    """
    moment = _looking.get()
    return moment.day if moment else timezone.localdate()


def refuse_in_the_past(what: str) -> None:
    """Raises WritingInThePast, naming ``what`` was to be done, while a past instant is looked at."""
    if _looking.get() is not None:
        raise WritingInThePast(f"{what}: nothing can be written while looking at the past")


def records_alias() -> str | None:
    """The database that records are read from, where it is not the usual one."""
    return _alias.get()


@contextmanager
def looking_at(moment: Moment, through: Any = None) -> Iterator[Moment]:
    """Inside, all records are read as they were known then, and every write raises WritingInThePast.

    ``through`` is a connection to the moment's file that the caller has opened and closes: what is read bit by bit, a
    long list for one, is read through the same one from its first row to its last.
    """
    earlier = connections[PAST] if _alias.get() == PAST else None
    opened = through or open_file(moment.file)
    connections[PAST] = opened
    looking, alias = _looking.set(moment), _alias.set(PAST)
    try:
        yield moment
    finally:
        _alias.reset(alias)
        _looking.reset(looking)
        if through is None:
            opened.close()
        if earlier is None:
            del connections[PAST]
        else:
            connections[PAST] = earlier


@contextmanager
def records_in(alias: str) -> Iterator[None]:
    """Inside, records are read from the database ``alias``: for the rebuilding itself."""
    token = _alias.set(alias)
    try:
        yield
    finally:
        _alias.reset(token)


@contextmanager
def in_the_present() -> Iterator[None]:
    """Inside, records are those of today again, and may be written."""
    looking, alias = _looking.set(None), _alias.set(None)
    try:
        yield
    finally:
        _alias.reset(alias)
        _looking.reset(looking)


def open_file(file: Path) -> Any:
    """A connection to a rebuilt file that cannot write: neither by SQLite's mode nor by its own promise."""
    return sqlite(
        f"{file.resolve().as_uri()}?mode=ro&immutable=1",
        PAST,
        "PRAGMA query_only=1; PRAGMA cache_size=-4000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
    )


def sqlite(name: str, alias: str, init_command: str) -> Any:
    """A connection to an SQLite database that no setting names."""
    from django.db.backends.sqlite3.base import DatabaseWrapper

    # Django fills in what every database's settings have.
    complete = connections.configure_settings(
        {
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"},
            alias: {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": name,
                "OPTIONS": {"init_command": init_command},
            },
        }
    )
    return DatabaseWrapper(complete[alias], alias)


def instant_of(text: str) -> datetime:
    """The instant that an address names: the end of a local day (``2024-03-31``), or an instant
    (``2024-03-31T14:00``, local unless it says its offset). Raises ValueError.
    """
    text = text.strip().replace(" ", "+")
    if "T" not in text:
        day = parse_date(text)
        if day is None or not 1900 <= day.year <= 9000:
            raise ValueError(text)
        following = datetime.combine(day + timedelta(days=1), time.min, timezone.get_default_timezone())
        return following - timedelta(microseconds=1)
    found = parse_datetime(text)
    if found is None or not 1900 <= found.year <= 9000:
        raise ValueError(text)
    return timezone.make_aware(found, timezone.get_default_timezone()) if timezone.is_naive(found) else found
