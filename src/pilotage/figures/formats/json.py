"""A figure as JSON: everything that the table holds, in a shape that programs read without knowing our classes."""

from __future__ import annotations

from typing import Any

from pilotage.figures.formats.sentence import exact
from pilotage.figures.forms.finding import finding
from pilotage.figures.forms.values import name
from pilotage.figures.table import Cell, FigureTable, Keys
from pilotage.kit.texts import wording


def as_document(table: FigureTable, language: str) -> dict[str, Any]:
    """The table as primitives: texts in ``language``, title, note and gaps in every language.

    A number that is withheld is ``null`` with ``"withheld": true``; ``null`` without it is "no data". A key of "" is
    "not stated". Shares carry their numerator and denominator.
    """
    scope = table.scope
    return {
        "figure": table.figure,
        "language": language,
        "title": table.title,
        "finding": finding(table, language),
        "sentence": exact(table, language),
        "note": table.note,
        "unit": table.unit,
        "fictional": table.fictional,
        "additive": table.additive,
        "scope": {
            "phases": list(scope.phases),
            "programme": wording(scope.phases_label, language),
            "period": wording(scope.period_label, language),
            "start": scope.start.isoformat() if scope.start else None,
            "end": scope.end.isoformat() if scope.end else None,
            "to_date": scope.to_date,
            "as_of": scope.as_of.isoformat(),
            "recorded": scope.recorded.isoformat() if scope.recorded else None,
            "filters": [{"dimension": dimension, "key": key} for dimension, key in scope.filters],
        },
        "dimensions": [
            {
                "code": dimension.code,
                "label": wording(dimension.label, language),
                "overlapping": dimension.overlapping,
                "keys": [{"code": key.code, "label": name(key, language)} for key in dimension.keys],
            }
            for dimension in table.dimensions
        ],
        "total": _number(table.total),
        "cells": [_cell(table, keys, cell) for keys, cell in table.rows()] if table.dimensions else [],
        "row_totals": [{"key": key, **_number(cell)} for key, cell in table.row_totals.items()],
        "column_totals": [{"key": key, **_number(cell)} for key, cell in table.column_totals.items()],
        "gaps": [
            {"code": gap.code, "count": gap.count, "sentence": wording(gap.sentence, language)} for gap in table.gaps
        ],
    }


def _cell(table: FigureTable, keys: Keys, cell: Cell) -> dict[str, Any]:
    named = dict(zip((dimension.code for dimension in table.dimensions), keys, strict=True))
    return {"keys": named, **_number(cell)}


def _number(cell: Cell) -> dict[str, Any]:
    number: dict[str, Any] = {"value": cell.value}
    if cell.denominator is not None:
        number |= {"numerator": cell.numerator, "denominator": cell.denominator}
    return number | ({"withheld": True} if cell.suppressed else {})
