"""Record: the base of everything that is kept. Written only inside operations, logged field by field."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from pilotage.kit.changes import StaleRecord, note_change, primitive, require_operation
from pilotage.kit.insertion import insert_all
from pilotage.kit.translated import TranslatedField

HIDDEN = "•••"
"""Stands in the log for a secret (a password hash): that it changed is known, what it was is not."""


class RecordQuerySet(models.QuerySet[Any]):
    """Bulk writes that are logged like single ones."""

    def bulk_create(  # type: ignore[override]
        self,
        objs: Iterable[Any],
        batch_size: int | None = None,
        *,
        recorded: Callable[[Any], datetime] | None = None,
    ) -> list[Any]:
        """Adds clean records; ``batch_size`` is for callers of Django's own method and changes nothing.

        ``recorded`` gives each its own recorded date, in a simulation alone (``kit.changes.operation``).
        """
        records = list(objs)
        if records:
            require_operation(records[0])
        for record in records:
            record.derive()
        insert_all(self.model, records)
        for record in records:
            note_change(record, "added", {}, record.logged_values(), recorded(record) if recorded else None)
            record.remember()
        return records

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        records = list(objs)
        if records:
            require_operation(records[0])
        # Django does it by our own update, which logs.
        written = super().bulk_update(records, list(fields), batch_size)
        for record in records:
            record.remember()
        return written

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def update(self, **kwargs: Any) -> int:
        records = list(self)
        if not records:
            return 0
        require_operation(records[0])
        stored: Any = self.model._base_manager
        written = int(stored.filter(pk__in=[record.pk for record in records]).raw_update(**kwargs))
        for record in records:
            models.Model.refresh_from_db(record)
            before, after = record.difference()
            if after:
                note_change(record, "changed", before, after)
            record.remember()
        return written

    update.alters_data = True  # type: ignore[attr-defined]

    def raw_update(self, **kwargs: Any) -> int:
        """Django's own update, unlogged: for this module alone."""
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        records = list(self)
        for record in records:
            note_change(record, "deleted", record.logged_values(), {})
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Record(models.Model):
    """Something the programme keeps. Subclasses say which of their texts are searched and what they are part of."""

    part_of: ClassVar[str] = ""
    """The foreign key to the record on whose page this one's changes are shown (a tally row is part of its activity)."""
    hidden_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields whose values are secrets and never reach the log."""
    unlogged_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields that follow from others or from traffic (last sign-in) and are not worth a log entry."""
    derives_from: ClassVar[tuple[str, ...]] = ()
    """Relations that ``derive`` reads: they are rebuilt before, when the past is."""
    tightened: ClassVar[Mapping[str, Sequence[str]]] = {}
    """Fields that say who may see the record, with their values from the loosest to the strictest: at a past instant
    the stricter of then and now holds."""
    is_a_person: ClassVar[bool] = False
    """True where the record stands for one person: their name at a past instant is that of today."""
    formerly: ClassVar[tuple[str, ...]] = ()
    """Names (``app.model``) under which older entries of the log speak of this model."""
    renamed_fields: ClassVar[Mapping[str, str]] = {}
    """Fields as older entries of the log call them → as they are called now."""

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **kwargs: Any) -> Self:
        record = super().from_db(db, field_names, values, **kwargs)
        record.remember()
        return record

    def refresh_from_db(  # type: ignore[override]
        self, using: str | None = None, fields: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        names = None if fields is None else list(fields)
        super().refresh_from_db(using, names, **kwargs)
        if names is None:
            self.remember()
        else:
            # A deferred field that is read now; what was set in the others is still unsaved.
            wanted = {field.attname for field in self._meta.concrete_fields if {field.name, field.attname} & set(names)}
            for name in wanted & self.__dict__.keys():
                self._stored[name] = copy.copy(self.__dict__[name])

    def remember(self) -> None:
        """Keeps the present values as those that the database has."""
        self.__dict__.pop("_stored", None)
        stored = self.__dict__.copy()
        for name in _mutable_names(type(self)):
            if name in stored:
                stored[name] = copy.copy(stored[name])
        self._stored = stored

    def derive(self) -> None:
        """Sets the fields that follow from others (bounds of dates, search text). Called before every write."""

    def logged_values(self) -> dict[str, Any]:
        """All logged fields as primitives, secrets hidden."""
        if self.hidden_fields:
            return {name: self._logged(name, getattr(self, name)) for name in _logged_names(type(self))}
        return {name: primitive(getattr(self, name)) for name in _logged_names(type(self))}

    def difference(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Fields before and after, where they differ from what the database had."""
        stored = getattr(self, "_stored", {})
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for field in self._meta.concrete_fields:
            name = field.attname
            if name in self.unlogged_fields or name not in stored or name not in self.__dict__:
                continue
            old, new = primitive(stored[name]), primitive(getattr(self, name))
            if old != new:
                before[name], after[name] = self._logged(name, old), self._logged(name, new)
        return before, after

    def _logged(self, name: str, value: Any) -> Any:
        return HIDDEN if name in self.hidden_fields else primitive(value)

    def root_reference(self) -> tuple[str, str]:
        """Type and key of the record on whose page the changes of this one are shown."""
        if not self.part_of:
            return self._meta.label_lower, str(self.pk)
        field: Any = self._meta.get_field(self.part_of)
        related = field.related_model
        assert isinstance(related, type) and issubclass(related, models.Model)
        return related._meta.label_lower, str(getattr(self, field.attname))

    def save(self, *args: Any, force_version: bool = False, **kwargs: Any) -> None:
        for field in _translated_fields(type(self)):
            # As it will be stored: the log must not tell of blanks that the database never had.
            field.pre_save(self, self._state.adding)
        self.derive()
        if self._state.adding:
            require_operation(self)
            super().save(*args, **kwargs)
            note_change(self, "added", {}, self.logged_values())
        else:
            before, after = self.difference()
            if after or force_version:
                require_operation(self)
                if "version" in self.__dict__:
                    self.__dict__["version"] = self._bump_version(before, after)
            super().save(*args, **kwargs)
            if after:
                note_change(self, "changed", before, after)
        self.remember()

    def _bump_version(self, before: dict[str, Any], after: dict[str, Any]) -> int:
        """The next version; refuses where the database has moved on since this record was read."""
        seen: Any = self._stored["version"]
        held = int(seen)
        stored: Any = type(self)._base_manager
        taken = stored.filter(pk=self.pk, version=held).raw_update(version=held + 1)
        if not taken:
            raise self.stale_since(held)
        before["version"], after["version"] = held, held + 1
        return held + 1

    def stale_since(self, version: int) -> StaleRecord:
        """What others changed in this record after ``version``."""
        from pilotage.kit.models import Change

        changes = Change.objects.filter(record_type=self._meta.label_lower, record_id=str(self.pk)).order_by("id")
        theirs: dict[str, tuple[Any, Any]] = {}
        last = None
        for change in changes:
            if change.after.get("version", 0) <= version:
                continue
            last = change
            for name, value in change.after.items():
                if name != "version":
                    theirs[name] = (theirs.get(name, (change.before.get(name),))[0], value)
        if last is None:
            last = changes.last()
        assert last is not None
        return StaleRecord(theirs, last.actor_name, last.at)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        note_change(self, "deleted", self.logged_values(), {})
        return super().delete(*args, **kwargs)


class Versioned(models.Model):
    """A record that two people may have open at once: its version tells whether it was saved meanwhile."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save_new_version(self) -> None:
        """Counts a change of a part (a tally, a link) as one of the whole, so that two editors see each other."""
        self.save(force_version=True)  # type: ignore[call-arg]


@cache
def _translated_fields(model: type[Record]) -> tuple[TranslatedField, ...]:
    return tuple(field for field in model._meta.concrete_fields if isinstance(field, TranslatedField))


@cache
def _logged_names(model: type[Record]) -> tuple[str, ...]:
    names = (field.attname for field in model._meta.concrete_fields)
    return tuple(name for name in names if name not in model.unlogged_fields)


@cache
def _mutable_names(model: type[Record]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if isinstance(field, models.JSONField))


def mark_of(records: Iterable[Record]) -> int:
    """The place in the change log up to which ``records`` of one model, which count no versions, are known now."""
    last: int | None = _changes_of(list(records)).aggregate(last=models.Max("id"))["last"]
    return last or 0


def require_unchanged(records: Iterable[Record], mark: int) -> None:
    """Raises StaleRecord where one of ``records`` was added or changed after ``mark`` (see ``mark_of``)."""
    later = list(_changes_of(list(records)).filter(id__gt=mark).order_by("id"))
    if not later:
        return
    theirs: dict[str, tuple[Any, Any]] = {}
    for change in later:
        for name, value in change.after.items():
            theirs[name] = (theirs.get(name, (change.before.get(name),))[0], value)
    raise StaleRecord(theirs, later[-1].actor_name, later[-1].at)


def _changes_of(records: list[Record]) -> models.QuerySet:
    from pilotage.kit.models import Change

    kinds = {one._meta.label_lower for one in records}
    return Change.objects.filter(record_type__in=kinds, record_id__in=[str(one.pk) for one in records])


R = TypeVar("R", bound=Record)


def edit_record(record: R, values: Mapping[str, Any], version: int) -> R:
    """Sets ``values`` on a Versioned ``record`` that was read at ``version``, inside the running operation.

    Raises StaleRecord where somebody saved it since, ValidationError (by field) where a value is not allowed.
    """
    if record.version != version:  # type: ignore[attr-defined]
        raise record.stale_since(version)
    for name, value in values.items():
        setattr(record, name, value)
    record.full_clean()
    record.save()
    return record
