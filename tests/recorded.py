"""Programmes that many tests begin with: recorded through operations once, then put back row by row.

What a maker records costs hundreds of operations each time, and is the same each time. The first test of a process that
asks for it lets the operations run; those after it get the very rows that these left, and copies of the objects.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.utils import translation

from pilotage.kit.models import Change

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Made:
    """What a maker left: the objects that it returns, and the rows of each table."""

    objects: bytes
    tables: dict[str, Any]


_made: dict[Hashable, Made] = {}


def made_once(make: Callable[P, R]) -> Callable[P, R]:
    """``make`` runs once for the same arguments and language; afterwards its rows are put back and copies returned.

    Only where nothing was recorded before it in the test: anything else, it really runs. ``make`` writes through
    operations, into the database alone, and does not ask what time it is.
    """

    @wraps(make)
    def found(*args: P.args, **kwargs: P.kwargs) -> R:
        if Change.objects.exists():
            return make(*args, **kwargs)
        key = (make, args, tuple(sorted(kwargs.items())), translation.get_language())
        if key in _made:
            _put_back(_made[key].tables)
        else:
            before = {table: _rows(table) for table in _tables()}
            objects = pickle.dumps(make(*args, **kwargs))
            after = {table: _rows(table) for table in _tables()}
            changed = {table for table in after if after[table] != before[table]}
            # Makers add: what the migrations recorded stays as it was.
            assert not {table for table in changed if before[table]}, changed
            _made[key] = Made(objects, {table: after[table] for table in changed})
        return pickle.loads(_made[key].objects)  # type: ignore[no-any-return]

    return found


@cache
def _tables() -> tuple[str, ...]:
    return tuple(connection.introspection.table_names())


@cache
def _columns(table: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return tuple(column.name for column in described)


def _rows(table: str) -> Any:
    """All rows as the database keeps them: no value is read into Python's types and back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copied:
                return b"".join(copied)
        # A plus before it takes a column's type away, and with it Django's reading of dates and truths.
        columns = ", ".join(f'+"{name}"' for name in _columns(table))
        cursor.execute(f'SELECT {columns} FROM "{table}"')
        return cursor.fetchall()


def _put_back(tables: dict[str, Any]) -> None:
    # In one transaction: tables come in any order, and their ties are looked at when it ends.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in tables.items():
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copied:
                    copied.write(rows)
            else:
                marks = ", ".join(["%s"] * len(_columns(table)))
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
