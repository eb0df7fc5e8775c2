"""Adding many rows of one table quickly, by the statement that Django itself writes.

Django prepares every value of every row anew; for a workbook of 20 000 activities with their tallies that is most of
the time. Here its compiler writes the statement once for a batch, and the values are prepared by kind.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby
from typing import Any

from django.db import connections, models, router, transaction
from django.db.models.sql import InsertQuery

PARAMETERS = 999
"""The fewest parameters of one statement that every supported engine takes."""
AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
"""Fields whose cleaned values need no preparation on any engine."""

Prepare = Callable[[Any], Any]


_statements: dict[tuple[type[models.Model], str, int, str], tuple[str, bool]] = {}
"""What the compiler wrote, by table, database, number of rows and whether keys come back, are given or neither."""


def insert_all(model: type[models.Model], records: Sequence[models.Model]) -> None:
    """Inserts unsaved ``records`` of ``model`` in one transaction and gives each its key.

    The values must be clean. Raises IntegrityError where a constraint of the database refuses one.
    """
    using = router.db_for_write(model)
    key = model._meta.pk
    assert key is not None
    written = 0
    for keys in _insert(model, records, using, [key]):
        for record, row in zip(records[written : written + len(keys)], keys, strict=True):
            setattr(record, key.attname, row[0])
            record._state.adding = False
            record._state.db = using
        written += len(keys)


def insert_values(model: type[models.Model], lines: Sequence[Any]) -> None:
    """Inserts rows of ``model`` whose values are the attributes of plain objects; nobody learns their keys."""
    for _none in _insert(model, lines, router.db_for_write(model), []):
        pass


def insert_rows(model: type[models.Model], rows: Sequence[Mapping[str, Any]], using: str) -> None:
    """Inserts full rows, keys among them, into the database ``using``: field names → values as they are stored."""
    for _none in _insert(model, rows, using, [], stored=True):
        pass


def _insert(
    model: type[models.Model], lines: Sequence[Any], using: str, returned: list[Any], stored: bool = False
) -> Iterator[list[Any]]:
    """Writes batch by batch, column by column; gives what the engine returns for each batch, where anything is wanted.

    ``stored`` lines are mappings with the key among them; others are objects whose fields may still be prepared.
    """
    if not lines:
        return
    connection = connections[using]
    fields = [field for field in model._meta.concrete_fields if stored or field is not model._meta.pk]
    columns = [_preparation(field, connection, stored) for field in fields]
    kind = "stored" if stored else "returning" if returned else ""
    size = max(1, PARAMETERS // len(fields))
    batches = (lines[start : start + size] for start in range(0, len(lines), size))
    with transaction.atomic(using=using, savepoint=False), connection.cursor() as cursor:
        for length, alike in groupby(batches, len):
            wanted = (model, using, length, kind)
            if wanted not in _statements:
                # Only the number of lines matters to the compiler where the values are not those of records.
                shaped = [model()] * length if stored else lines[:length]
                _statements[wanted] = _statement(model, fields, shaped, using, returned)
            statement, by_column = _statements[wanted]
            parameters = (_laid_out(columns, batch, by_column) for batch in alike)
            if returned:
                for one in parameters:
                    cursor.execute(statement, one)
                    yield cursor.fetchall()
            else:
                # All at once: Django looks through a statement each time that it is given one.
                cursor.executemany(statement, list(parameters))


def _laid_out(columns: Sequence[Prepare], batch: Sequence[Any], by_column: bool) -> list[Any]:
    values = [list(map(column, batch)) for column in columns]
    return values if by_column else list(chain.from_iterable(zip(*values, strict=True)))


def _statement(
    model: type[models.Model], fields: Sequence[Any], batch: Sequence[Any], using: str, returned: list[Any]
) -> tuple[str, bool]:
    """The statement, and whether it takes one array a column (PostgreSQL) or one value a cell."""
    query = InsertQuery(model)
    query.insert_values(fields, list(batch))
    compiler = query.get_compiler(using=using)
    compiler.returning_fields = returned or None
    ((statement, values),) = compiler.as_sql()
    return str(statement), len(batch) > 1 and len(values) == len(fields)


def _preparation(field: Any, connection: Any, stored: bool) -> Prepare:
    """Makes what reads the value of ``field`` from a record in the form that the engine takes."""
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    read: Prepare = operator.itemgetter(field.attname) if stored else operator.attrgetter(field.attname)
    if not stored and type(field).pre_save is not models.Field.pre_save:
        read = partial(_pre_saved, field)
    if isinstance(kind, AS_THEY_ARE):
        return read
    if isinstance(kind, models.JSONField):
        empty = {kind: field.get_db_prep_save(kind(), connection) for kind in (dict, list)}

        def prepared_json(record: models.Model) -> Any:
            value = read(record)
            return empty[type(value)] if value in ({}, []) else field.get_db_prep_save(value, connection)

        return prepared_json
    known: dict[Any, Any] = {}

    def prepared(record: models.Model) -> Any:
        value = read(record)
        if value not in known:
            known[value] = field.get_db_prep_save(value, connection)
        return known[value]

    return prepared


def _pre_saved(field: Any, record: models.Model) -> Any:
    return field.pre_save(record, True)
