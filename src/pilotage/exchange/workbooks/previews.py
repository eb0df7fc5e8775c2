"""Leafing through the kept rows of an import without reading more of them than a page shows."""

from __future__ import annotations

from typing import Any

from pilotage.exchange.models import ImportChunk, ImportRun
from pilotage.exchange.workbooks.columns import Kind
from pilotage.exchange.workbooks.sheets import COLUMNS, SHEET_NAMES
from pilotage.kit.texts import Text


def labels_of(kind: Kind) -> dict[str, Text]:
    """What the differences of a row are called: each column, and what stands in sheets of its own."""
    labels = {column.code: column.label for column in COLUMNS[kind]}
    return {
        Kind.TALLY.value: SHEET_NAMES[Kind.TALLY],
        Kind.DELIVERABLES.value: SHEET_NAMES[Kind.DELIVERABLES],
        **labels,
    }


class PreviewRows:
    """The rows of a run as something that Django's Paginator can slice; only those with problems on wish."""

    def __init__(self, run: ImportRun, *, only_problems: bool = False) -> None:
        self.run, self.only_problems = run, only_problems
        counts = ImportChunk.objects.filter(run=run).values_list("position", "wrong" if only_problems else "rows")
        self.counts = [(position, count) for position, count in counts if count]

    def __len__(self) -> int:
        return sum(count for _position, count in self.counts)

    def __getitem__(self, wanted: slice) -> list[dict[str, Any]]:
        start, stop, before = wanted.start or 0, wanted.stop, 0
        rows: list[dict[str, Any]] = []
        for position, count in self.counts:
            if before + count > start and before < stop:
                contents = ImportChunk.objects.get(run=self.run, position=position).contents
                kept = [row for row in contents if row["problems"]] if self.only_problems else contents
                rows += kept[max(0, start - before) : stop - before]
            before += count
        return rows
