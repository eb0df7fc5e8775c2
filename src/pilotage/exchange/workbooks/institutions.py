"""Rows of institutions: what each will add or change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from pilotage.domain.parties.models import Institution
from pilotage.exchange.workbooks.cells import EMPTY, Row
from pilotage.exchange.workbooks.headers import plain
from pilotage.exchange.workbooks.names import Names
from pilotage.exchange.workbooks.outcome import Outcome, planned, shown
from pilotage.exchange.workbooks.side_columns import INSTITUTION_COLUMNS


@dataclass
class InstitutionRows:
    """Plans rows of institutions."""

    names: Names
    taken: set[str] = field(default_factory=set)

    def plan(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """What each of ``rows`` will do."""
        codes = [row.values["code"] for row in rows if isinstance(row.values.get("code"), str)]
        present = {institution.code: institution for institution in Institution.objects.filter(code__in=codes)}
        return [self._plan(row, present) for row in rows]

    def _plan(self, row: Row, present: Mapping[str, Institution]) -> dict[str, Any]:
        code = row.values.get("code") if isinstance(row.values.get("code"), str) else ""
        given = {name: value for name, value in row.values.items() if name != "code"}
        key = code or plain(str(given.get("name_en", "")))
        if key and key in self.taken:
            row.wrong("code", _("The institution of this row stands in an earlier row too."))
        self.taken.add(key)
        if code and not re.fullmatch(r"[-a-zA-Z0-9_]+", code):
            row.wrong("code", _("A code is made of Latin letters, digits and hyphens."))
        existing = present.get(str(code))
        values = _fields(given, existing)
        title = given.get("name_en") or given.get("name_ru") or code
        if existing is None:
            return self._plan_new(row, str(code), given, values, str(title))
        stored = {name: getattr(existing, name) for name in values}
        values = {name: value for name, value in values.items() if value != stored[name]}
        if not values:
            return planned(row, Outcome.SAME, str(existing))
        differences = []
        for column in INSTITUTION_COLUMNS:
            name = "country_id" if column.code == "country" else column.sets
            if column.code not in given or name not in values:
                continue
            before, after = stored[name], values[name]
            if column.language:
                before, after = before.get(column.language, ""), after.get(column.language, "")
            if before != after:
                told = {"before": shown(column, before, self.names), "after": shown(column, after, self.names)}
                differences.append({"column": column.code, **told})
        return planned(
            row,
            Outcome.CHANGE,
            str(existing),
            key=existing.pk,
            version=existing.version,
            values=values,
            differences=differences,
        )

    def _plan_new(
        self, row: Row, code: str, given: Mapping[str, Any], values: dict[str, Any], title: str
    ) -> dict[str, Any]:
        if not (given.get("name_en") or given.get("name_ru")) and not row.blocked:
            row.wrong("name_en", _("A new institution needs a name."))
        for wording in ("name_en", "name_ru"):
            same = self.names.institutions.matches(str(given.get(wording) or ""))
            if same:
                known = self.names.institution_codes.get(next(iter(same)), "")  # type: ignore[call-overload]
                row.wrong(
                    wording,
                    _("An institution of this name is there already (%(code)s). Write its code to change it."),
                    code=known,
                )
                break
        if code:
            values["code"] = code
        return planned(row, Outcome.ADD, title, values=values)


def _fields(given: Mapping[str, Any], existing: Institution | None) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column in INSTITUTION_COLUMNS:
        if column.code not in given:
            continue
        value = given[column.code]
        if column.language:
            text = values.setdefault(column.sets, dict(getattr(existing, column.sets)) if existing else {})
            text.pop(column.language, None)
            if value is not EMPTY:
                text[column.language] = value
        elif column.code == "country":
            values["country_id"] = None if value is EMPTY else value
        elif value is not EMPTY:
            values[column.sets] = value
    return values
