"""Rebuilding: the change log read once, record by record, into an SQLite file of the present schema.

The log of one model is read in the order of its records, so that one record at a time is in memory, whatever the size of
the programme. What the log does not hold because it follows from other fields is derived anew. An entry of an older
shape rebuilds too: a field that it does not know takes its default, one that is gone is left out.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, models, transaction
from django.db.models import prefetch_related_objects

from pilotage.kit.insertion import insert_rows
from pilotage.kit.models import Change
from pilotage.kit.past.moment import records_in, sqlite
from pilotage.kit.past.scope import GONE, Guards, guards_of, models_of_the_past
from pilotage.kit.personal import Personal
from pilotage.kit.records import HIDDEN, Record

REBUILDING = "rebuilding"
BATCH = 500
PRAGMAS = (
    "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-16000; "
    "PRAGMA temp_store=MEMORY; PRAGMA locking_mode=EXCLUSIVE;"
)
"""A file that is thrown away when its making fails needs no safety against failing."""

State = dict[str, Any]
logger = logging.getLogger(__name__)


def rebuild(file: Path, at: datetime, *, guarded: bool = True, former_texts: bool = False) -> int:
    """Writes all records as they were known at the instant ``at`` into ``file``; returns how many.

    ``guarded`` False leaves out the guards (confidentiality of today, persons of today): for proving that the log tells
    everything, never for showing. ``former_texts`` leaves free text as it read then: for readers of the log. ``file`` must
    not hold a database yet.
    """
    with _opened(file) as connection, transaction.atomic(using=REBUILDING), records_in(REBUILDING):
        tables, indexes = schema(connection)
        editor = connection.schema_editor()
        for statement in tables:
            editor.execute(statement)
        written = sum(_rebuild_model(model, at, guarded, former_texts) for model in models_of_the_past())
        for statement in indexes:
            editor.execute(statement)
    return written


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    connection = sqlite(str(file), REBUILDING, PRAGMAS)
    connections[REBUILDING] = connection
    try:
        # Django makes tables only while keys to other tables are not enforced.
        connection.disable_constraint_checking()
        yield connection
    finally:
        connection.close()
        del connections[REBUILDING]


def schema(connection: Any) -> tuple[list[str], list[str]]:
    """The statements that make the tables, and those that make the indexes once they are filled."""
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        for model in models_of_the_past():
            editor.create_model(model)
    statements = [statement for statement in editor.collected_sql if not statement.startswith("--")]
    tables = [statement for statement in statements if statement.startswith("CREATE TABLE")]
    return tables, [statement for statement in statements if statement not in tables]


def _rebuild_model(model: type[Record], at: datetime, guarded: bool, former_texts: bool) -> int:
    written = 0
    guards = guards_of(model, former_texts) if guarded else Guards({}, {}, file=False)
    states = _states(model, at, guards)
    while batch := list(islice(states, BATCH)):
        if model.derive is not Record.derive:
            batch = _derived(model, batch)
        written += _insert(model, batch, guards)
    return written


def _states(model: type[Record], at: datetime, guards: Guards) -> Iterator[State]:
    """Each record of ``model`` that existed then, as a full row."""
    names = {field.attname for field in model._meta.concrete_fields}
    changes = Change.objects.filter(record_type__in=[model._meta.label_lower, *model.formerly])
    if not guards:
        # What came later matters only where the present decides what is shown.
        changes = changes.filter(at__lte=at)
    columns = ("record_id", "action", "after", *(("at",) if guards else ()))
    rows = changes.order_by("record_id", "id").values_list(*columns)
    default = _Defaults(model)
    for key, entries in groupby(rows.iterator(chunk_size=2000), key=itemgetter(0)):
        then, now, last = _then_and_now(entries, at)
        if then is None:
            continue
        state = _renamed(then, model.renamed_fields) if model.renamed_fields else then
        row = default.row | state
        for name in state.keys() - names:
            del row[name]  # a field that is gone
        for name in default.made:
            if name not in state:
                row[name] = default.made[name]()
        for name in model.hidden_fields:
            # Secrets never reach the log; what stands for one must still differ from record to record.
            row[name] = f"{HIDDEN}{key}"
        if not guards or _guard(model, row, now, last, guards):
            yield row


def _then_and_now(entries: Iterable[tuple[Any, ...]], at: datetime) -> tuple[State | None, State | None, State]:
    """A record's state at ``at`` and after its last entry (None: it was not there, or is gone), and the last it had."""
    then: State | None = None
    now: State | None = None
    last: State = {}
    known = True
    for _key, action, after, *recorded_at in entries:
        if action == Change.Action.DELETED:
            now = None
        elif action == Change.Action.ADDED:
            now = last = after
        else:
            now = last = {**last, **after}
        # What follows a change of later is later, even where two clocks disagree.
        known = known and not (recorded_at and recorded_at[0] > at)
        if known:
            then = now
    return then, now, last


def _renamed(state: State, names: Mapping[str, str]) -> State:
    return {names.get(name, name): value for name, value in state.items()}


class _Defaults:
    """What fields take that an entry does not know."""

    def __init__(self, model: type[Record]) -> None:
        self.row: State = {}
        self.made: dict[str, Any] = {}
        for field in model._meta.concrete_fields:
            if field.primary_key:
                continue
            if callable(field.default):
                self.made[field.attname] = field.get_default
            else:
                value = field.get_default()
                self.row[field.attname] = _nothing(field) if value is None and not field.null else value


def _nothing(field: Any) -> Any:
    """An empty value for a field that must have one and has no default."""
    if isinstance(field, (models.CharField, models.TextField)):
        return ""
    if isinstance(field, (models.IntegerField, models.DecimalField, models.BooleanField)):
        return 0
    return {} if isinstance(field, models.JSONField) else None


def _guard(model: type[Record], row: State, now: State | None, last: State, guards: Guards) -> bool:
    """Makes ``row`` as strict as today; False where nothing of it may be shown."""
    if now is None and guards.file:
        return False
    for name, order in guards.tightened.items():
        known = [value for value in (row.get(name), last.get(name)) if value in order]
        row[name] = max(known, key=order.index) if known else order[-1]
    for name, kind in guards.as_now.items():
        if now is None or (name not in now and row.get(name)):
            _blank(model, row, name, kind)
        elif row.get(name) != now[name]:
            if model.is_a_person or kind in (Personal.CONSENT, Personal.IMAGE, Personal.PROSE):
                row[name] = now[name]
            else:
                # Another person now stands there, or nobody: the one of now would be wrong, the one of then is gone.
                _blank(model, row, name, kind)
    return True


def _blank(model: type[Record], row: State, name: str, kind: Personal) -> None:
    field: Any = model._meta.get_field(name)
    if field.null:
        row[name] = None
    elif isinstance(field, models.JSONField):
        row[name] = {}
    elif kind == Personal.NAME:
        # Where a key stands for the person, it goes on to.
        row[name] = row.get("key") or GONE
    else:
        row[name] = f"{GONE}{row['id']}" if _unique(model, name) else ""


def _unique(model: type[Record], name: str) -> bool:
    field: Any = model._meta.get_field(name)
    return field.unique or any(
        isinstance(one, models.UniqueConstraint) and name in one.fields for one in model._meta.constraints
    )


def _derived(model: type[Record], rows: list[State]) -> list[State]:
    """The rows with the fields that follow from others. What the log holds stays as it says."""
    fields = [field for field in model._meta.concrete_fields]
    names = [field.attname for field in fields]
    records = []
    for row in rows:
        values = []
        for field in fields:
            value = row.get(field.attname)
            try:
                values.append(field.to_python(value) if isinstance(value, str) else value)
            except ValidationError:
                values.append(None)
        records.append(model.from_db(REBUILDING, names, values))
    if model.derives_from:
        prefetch_related_objects(records, *model.derives_from)
    for row, record in zip(rows, records, strict=True):
        with suppress(ValueError, ArithmeticError):  # a date of another time's form: what follows from it is unknown
            record.derive()
        row.update({name: getattr(record, name) for name in model.unlogged_fields})
    return rows


def _insert(model: type[Record], rows: list[State], guards: Guards) -> int:
    try:
        with transaction.atomic(using=REBUILDING):
            insert_rows(model, rows, REBUILDING)
        return len(rows)
    except (IntegrityError, ValidationError):
        return sum(_insert_alone(model, row, guards) for row in rows)


def _insert_alone(model: type[Record], row: State, guards: Guards) -> int:
    """One row of a batch that did not go in; the names of today may meet where those of then did not."""
    blanked = dict(row)
    for name, kind in guards.as_now.items():
        _blank(model, blanked, name, kind)
    for attempt in (row, blanked):
        with suppress(IntegrityError, ValidationError), transaction.atomic(using=REBUILDING):
            insert_rows(model, [attempt], REBUILDING)
            return 1
    logger.warning("%s %s of the log does not fit the present schema", model._meta.label_lower, row.get("id"))
    return 0
