"""Many records at once: cleaning them, and adding their small parts, without the same work for each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.base import ModelState

from pilotage.kit.changes import note_change, require_operation
from pilotage.kit.insertion import insert_all
from pilotage.kit.records import Record

KEPT = 20_000
"""How many values a Cleaning remembers at most."""
_PLAIN = (str, int, bool)

R = TypeVar("R", bound=Record)


class Cleaning:
    """Cleans many records of one model: a value that a field has found good once is not tried again."""

    def __init__(self) -> None:
        self._good: dict[tuple[str, type, Any], Any] = {}

    def clean(self, record: Record, left_out: Collection[str] = ()) -> None:
        """Does what ``full_clean`` does, short of asking the database. Raises ValidationError by field."""
        errors: dict[str, Any] = {}
        for field in _fields_to_clean(type(record)):
            if field.name in left_out:
                continue
            value = getattr(record, field.attname)
            if field.blank and value in field.empty_values:
                continue
            # The type belongs to it: 1 and True are one key otherwise.
            key = (field.name, type(value), value) if type(value) in _PLAIN else None
            if key is not None and key in self._good:
                setattr(record, field.attname, self._good[key])
                continue
            try:
                cleaned = field.clean(value, record)
            except ValidationError as error:
                errors[field.name] = error.error_list
                continue
            setattr(record, field.attname, cleaned)
            if key is not None and len(self._good) < KEPT:
                self._good[key] = cleaned
        if errors:
            raise ValidationError(errors)


@cache
def _fields_to_clean(model: type[Record]) -> tuple[Any, ...]:
    own = (model.clean, model.clean_fields)
    assert own == (models.Model.clean, models.Model.clean_fields), "the model cleans in a way of its own"
    return tuple(field for field in model._meta.fields if not field.generated)


def add_rows(
    model: type[Record], rows: Sequence[Mapping[str, Any]], recorded: Callable[[Any], datetime] | None = None
) -> None:
    """Adds many small parts of records (links, lines of a tally) from clean values, without making a record of each.

    ``rows`` name every column but the key; ``recorded`` gives each its own recorded date, in a simulation alone. They
    are logged as single ones are. For models that derive, hide and translate nothing.
    """
    if not rows:
        return
    require_operation(model)
    key, line = model._meta.pk, _line_of(model)
    assert key is not None
    lines = [line(**row) for row in rows]
    insert_all(model, lines)
    for one, row in zip(lines, rows, strict=True):
        note_change(one, "added", {}, {key.attname: one.pk, **row}, recorded(one) if recorded else None)


def new_records(model: type[R], rows: Iterable[Mapping[str, Any]]) -> list[R]:
    """Unsaved records as ``model(**row)`` makes them; rows that name nothing but columns cost a fraction of that."""
    blank = model()
    fresh = {
        field.attname: field.default
        for field in model._meta.concrete_fields
        if field.has_default() and callable(field.default)
    }
    columns = blank.__dict__.keys() - {"_state"}
    made = []
    for row in rows:
        if not columns >= row.keys():
            made.append(model(**row))
            continue
        record = model.__new__(model)
        record.__dict__.update(blank.__dict__)
        record._state = ModelState()
        record.__dict__.update({name: make() for name, make in fresh.items()})
        record.__dict__.update(row)
        made.append(record)
    return made


class _Line(SimpleNamespace):
    """Stands for a record where only its values, its key and its place in the log are wanted."""

    _state = SimpleNamespace()
    _key: ClassVar[str]
    _root: ClassVar[tuple[str, str]]

    @property
    def pk(self) -> Any:
        """The key, once it is inserted."""
        return getattr(self, self._key)

    def root_reference(self) -> tuple[str, str]:
        """As a record's."""
        label, column = self._root
        return label, str(getattr(self, column))


@cache
def _line_of(model: type[Record]) -> Any:
    assert model.derive is Record.derive and model.part_of and not model.hidden_fields and not model.unlogged_fields
    root: Any = model._meta.get_field(model.part_of)
    known = {"_meta": model._meta, "_key": model._meta.pk.attname}  # type: ignore[union-attr]
    return type(model.__name__, (_Line,), {**known, "_root": (root.related_model._meta.label_lower, root.attname)})
