"""Which database a query goes to: the usual one, or, while the past is looked at, the file of that instant."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, models

from pilotage.kit.past.moment import records_alias, refuse_in_the_past
from pilotage.kit.past.scope import read_from_the_past


class PastRouter:
    """Sends records to the past; sessions, tasks, the log and whoever signs in stay in the present."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        """The alias for reading ``model``; None leaves it to Django."""
        alias = records_alias()
        if alias is None:
            return None
        return alias if read_from_the_past(model) else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str | None:
        """The alias for writing ``model``. Raises WritingInThePast for a record of the past."""
        if records_alias() is None:
            return None
        if read_from_the_past(model):
            refuse_in_the_past(model.__name__)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool | None:
        """A user of today may stand beside a record of the past: nothing of it can be saved."""
        return True if records_alias() is not None else None
