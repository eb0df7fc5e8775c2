"""What of the database has a past, and which of its fields are shown as they are now.

An app says by its configuration: ``kept_in_past = False`` where its records are frozen or traces of work, and
``read_as_now = True`` where the past is kept for joins only: who may see what is always decided by today's roles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.db import models

from pilotage.kit.personal import Declared, Personal
from pilotage.kit.records import Record

AS_NOW = frozenset({Personal.NAME, Personal.CONTACT, Personal.POSITION, Personal.CONSENT, Personal.IMAGE})
"""What points at a person is shown as it is now, or not at all: what was taken away does not come back by the past."""
TEXTS = frozenset({Personal.PROSE})
"""Free text may name persons. As it read then it is for whoever reads it in the change log; others get that of now."""
GONE = "—"
"""Stands for the name of a person whose record is gone."""


@cache
def kept_in_past(model: type[models.Model]) -> bool:
    """True for records whose past can be rebuilt."""
    config = apps.get_app_config(model._meta.app_label)
    return issubclass(model, Record) and not model._meta.proxy and bool(getattr(config, "kept_in_past", True))


@cache
def read_from_the_past(model: type[models.Model]) -> bool:
    """True for records that pages of the past read from there."""
    config = apps.get_app_config(model._meta.app_label)
    return kept_in_past(model) and not getattr(config, "read_as_now", False)


@cache
def models_of_the_past() -> tuple[type[Record], ...]:
    """All models that are rebuilt, those first that others derive from."""
    ordered: list[type[Record]] = []

    def add(model: type[Record], above: tuple[type[Record], ...] = ()) -> None:
        if model in ordered or model in above:
            return
        for path in model.derives_from:
            reached: type[Record] = model
            for name in path.split("__"):
                related = reached._meta.get_field(name).related_model
                assert isinstance(related, type) and issubclass(related, Record)
                reached = related
                add(reached, (*above, model))
        ordered.append(model)

    for model in apps.get_models():
        if kept_in_past(model):
            assert issubclass(model, Record)
            add(model)
    return tuple(ordered)


@dataclass(frozen=True, slots=True)
class Guards:
    """What of one model is not shown as it was."""

    tightened: Mapping[str, Sequence[str]]
    """Fields that are shown as the stricter of then and now, with their values from the loosest to the strictest."""
    as_now: Mapping[str, Personal]
    """Logged fields that are shown as they are now, with what they tell about a person."""
    file: bool
    """True for a stored file: one that was deleted since is not shown at all."""

    def __bool__(self) -> bool:
        return bool(self.tightened or self.as_now or self.file)

    @property
    def fields(self) -> list[str]:
        """The fields whose change makes rebuilt files stale."""
        return sorted({*self.tightened, *self.as_now})


@cache
def guards_of(model: type[Record], former_texts: bool = False) -> Guards:
    """The guards of ``model``, from what it and its app declare; ``former_texts`` leaves free text as it read then."""
    kinds = AS_NOW if former_texts else AS_NOW | TEXTS
    declared = _declared(model._meta.app_label).get(model.__name__, {})
    fields = {
        field.attname: field for field in model._meta.concrete_fields if field.attname not in model.unlogged_fields
    }
    as_now = {name: kind for name, kind in declared.items() if kind in kinds and name in fields}
    file = any(isinstance(field, models.FileField) for field in fields.values())
    return Guards(model.tightened, as_now, file)


@cache
def texts_of(model: type[models.Model]) -> frozenset[str]:
    """The fields of ``model`` that are free text and may name persons."""
    declared = _declared(model._meta.app_label).get(model.__name__, {})
    return frozenset(name for name, kind in declared.items() if kind in TEXTS)


@cache
def _declared(label: str) -> Declared:
    module = import_module(f"{apps.get_app_config(label).name}.personal")
    declared: Declared = module.PERSONAL
    return declared
