"""The database of the tests: the migrations run once, and what they made is copied from then on.

On SQLite the migrated file is kept beside pytest's own cache under a name made of what the migrations say, so that the
next run begins at once; on PostgreSQL the first worker makes a template in the temporary cluster.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

TEMPLATE = "pilotage_template"
MOST = 4
"""Kept files: one for each branch that somebody goes to and fro between."""


def make_database(name: str, kept: Path, shared: Path) -> None:
    """Gives this process a migrated database ``name`` of its own.

    ``kept`` is a folder that outlives the run, ``shared`` one that all processes of this run see.
    """
    if connection.vendor == "sqlite":
        migrated = migrated_file(kept)
        _use(f"file:{name}?mode=memory&cache=shared")
        connection.ensure_connection()
        with closing(sqlite3.connect(migrated)) as source:
            source.backup(connection.connection)
        return
    # PostgreSQL copies no database that somebody is connected to.
    with _alone(shared / "template.lock"):
        if not (made := shared / "template.made").exists():
            _create(TEMPLATE)
            _use(TEMPLATE)
            call_command("migrate", verbosity=0, interactive=False)
            connection.close()
            made.touch()
        _create(name, template=TEMPLATE)
    _use(name)


def migrated_file(kept: Path) -> Path:
    """An SQLite file in which all migrations have run; made where none is kept that fits."""
    found = kept / f"{_digest()}.sqlite3"
    with _alone(kept / "lock"):
        if found.exists():
            os.utime(found)
            return found
        unfinished = kept / "unfinished.sqlite3"
        unfinished.unlink(missing_ok=True)
        before = str(connection.settings_dict["NAME"])
        _use(str(unfinished))
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            # The copies live in memory, where there is no write-ahead log.
            cursor.execute("PRAGMA journal_mode=DELETE")
        _use(before)
        os.replace(unfinished, found)
        for old in sorted(kept.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-MOST]:
            old.unlink()
    return found


def _digest() -> str:
    """Stands for all that the migrations make: their text, and that of whoever runs them."""
    digest = hashlib.sha256(django.__version__.encode())
    for config in apps.get_app_configs():
        for path in sorted((Path(config.path) / "migrations").glob("*.py")):
            digest.update(f"{config.label} {path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _create(name: str, template: str = "template0") -> None:
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Inside, no other process is inside for the same ``path``."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
