"""The tables of real facts as they lie in the folder: CSV beside CSV, joined by code, name or row."""

from __future__ import annotations

import csv
from datetime import date
from functools import cached_property
from pathlib import Path

Row = dict[str, str]


class Tables:
    """One folder of CSV files. A blank cell means: not stated."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, name: str) -> list[Row]:
        """All rows of ``name``.csv."""
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return [{key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(file)]

    def by(self, name: str, *keys: str) -> dict[tuple[str, ...], Row]:
        """The rows of ``name``.csv by the values of ``keys``."""
        return {tuple(row[key] for key in keys): row for row in self.rows(name)}

    @cached_property
    def documents(self) -> dict[str, str]:
        """Titles of the sources that are documents without an address."""
        return {row["id"]: row["title"] for row in self.rows("documents")}

    def sources(self, *addresses: str) -> list[str]:
        """Addresses as they are kept with a record: each once, documents by their title."""
        return list(dict.fromkeys(self.documents.get(address, address) for address in addresses if address))


def listed(cell: str) -> list[str]:
    """The parts of a cell that holds several."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def text(english: str, russian: str = "") -> dict[str, str]:
    """Wording in two languages, what is not stated left out."""
    return {language: wording for language, wording in (("en", english), ("ru", russian)) if wording}


def day(cell: str) -> date | None:
    """A full date, or None where there is none or only a part of it."""
    return date.fromisoformat(cell) if len(cell) == 10 else None
