"""Looking at the past in tests: a file rebuilt for the moment, gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from pilotage.kit.past.moment import Moment, looking_at, records_alias
from pilotage.kit.past.rebuilding import rebuild
from pilotage.kit.past.scope import models_of_the_past

TRAFFIC = {
    "last_login", "last_used_on", "last_used_at", "claimed_at", "attempts", "problem",
}  # fmt: skip
"""Fields that neither follow from others nor are logged: traces of traffic."""


@contextmanager
def as_known(at: datetime, *, guarded: bool = True, former_texts: bool = False) -> Iterator[Moment]:
    """Inside, records are those that were known at the instant ``at``."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "past.sqlite3"
        rebuild(file, at, guarded=guarded, former_texts=former_texts)
        with looking_at(Moment(at, file, at.isoformat())) as moment:
            yield moment


def everything(*, besides: frozenset[str] = frozenset()) -> dict[str, dict[Any, dict[str, Any]]]:
    """Every field of every record that has a past, derived ones too; secrets and traces of traffic are left out."""
    found: dict[str, dict[Any, dict[str, Any]]] = {}
    for model in models_of_the_past():
        left_out = TRAFFIC | model.hidden_fields | besides
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in left_out]
        stored: Any = model._base_manager
        rows = stored.using(records_alias() or DEFAULT_DB_ALIAS).order_by().values(*names)
        records = {row["id" if "id" in row else names[0]]: row for row in rows}
        if records:
            found[model._meta.label_lower] = records
    return found
