"""The sheets of the workbooks: their names and their columns."""

from __future__ import annotations

from pilotage.exchange.workbooks.activity_columns import ACTIVITY_COLUMNS
from pilotage.exchange.workbooks.columns import Column, Kind
from pilotage.exchange.workbooks.side_columns import DELIVERABLE_COLUMNS, INSTITUTION_COLUMNS, TALLY_COLUMNS
from pilotage.kit.texts import Text

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.ACTIVITIES: ACTIVITY_COLUMNS,
    Kind.INSTITUTIONS: INSTITUTION_COLUMNS,
    Kind.TALLY: TALLY_COLUMNS,
    Kind.DELIVERABLES: DELIVERABLE_COLUMNS,
}
SHEET_NAMES: dict[Kind, Text] = {
    Kind.ACTIVITIES: {"en": "Activities", "ru": "Мероприятия"},
    Kind.INSTITUTIONS: {"en": "Institutions", "ru": "Ведомства"},
    Kind.TALLY: {"en": "Tally", "ru": "Участники"},
    Kind.DELIVERABLES: {"en": "Deliverables", "ru": "Итоговые документы"},
}
