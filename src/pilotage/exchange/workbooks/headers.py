"""Recognising what a sheet is about and which column is which: English or Russian, in any order, merged or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from pilotage.domain.activities.words import Sex
from pilotage.exchange.workbooks.activity_columns import UNCLEAR_DATES
from pilotage.exchange.workbooks.columns import Column, Kind
from pilotage.exchange.workbooks.sheets import COLUMNS
from pilotage.kit.search import fold

_SEX_WORDS = {
    "women": Sex.WOMAN, "woman": Sex.WOMAN, "female": Sex.WOMAN, "females": Sex.WOMAN, "zhenshchiny": Sex.WOMAN,
    "zhenshchin": Sex.WOMAN, "zhen": Sex.WOMAN, "men": Sex.MAN, "man": Sex.MAN, "male": Sex.MAN, "males": Sex.MAN,
    "muzhchiny": Sex.MAN, "muzhchin": Sex.MAN, "muzh": Sex.MAN, "other": Sex.OTHER, "drugoe": Sex.OTHER, "inoe": Sex.OTHER,
    "not stated": Sex.NOT_STATED, "sex not stated": Sex.NOT_STATED, "pol ne ukazan": Sex.NOT_STATED,
    "ne ukazan": Sex.NOT_STATED,
    "ne ukazano": Sex.NOT_STATED, "unknown": Sex.NOT_STATED,
}  # fmt: skip
_FILLERS = frozenset(
    {"participants", "participant", "uchastniki", "uchastnikov", "tally", "number", "of", "from", "iz", "chislo"}
)
_SPLIT = re.compile(r"\s*[/|\n\r]+\s*")
_NOT_LETTERS = re.compile(r"[^0-9a-z№]+")


@dataclass(frozen=True, slots=True)
class TallyColumn:
    """A column of the first sheet that counts one sex from one sending country (empty: not stated)."""

    sex: str
    country: str


@dataclass
class Layout:
    """What was recognised in a sheet. Places count from 0."""

    kind: Kind
    header_row: int
    columns: dict[int, Column] = field(default_factory=dict)
    tally: dict[int, TallyColumn] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    twice: dict[int, Column] = field(default_factory=dict)
    unclear: dict[int, str] = field(default_factory=dict)
    """Headings such as “Date”, that do not say which date."""
    understood: dict[Any, Any] = field(default_factory=dict)
    """What cells of the sheet were found to mean (``rows.read_row``)."""

    @property
    def codes(self) -> set[str]:
        """The codes of the columns that are there."""
        return {column.code for column in self.columns.values()}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """In which place each column stands."""
        return {column.code: place for place, column in self.columns.items()}

    @property
    def missing(self) -> list[Column]:
        """Required columns that are not there."""
        return [column for column in COLUMNS[self.kind] if column.required and column.code not in self.codes]


_SHEETS = {
    Kind.ACTIVITIES: frozenset({"activities", "meropriyatiya", "plan"}),
    Kind.INSTITUTIONS: frozenset({"institutions", "vedomstva", "agencies", "organisations", "organizatsii"}),
    Kind.TALLY: frozenset({"tally", "uchastniki", "participants"}),
    Kind.DELIVERABLES: frozenset({"deliverables", "itogovye dokumenty", "dokumenty", "documents"}),
}
"""Names of sheets, in their plain form, that tell what a sheet is about."""


def plain(text: str) -> str:
    """A heading as it is compared: Latin, lower case, signs gone."""
    return " ".join(_NOT_LETTERS.sub(" ", fold(text)).split())


@cache
def known_headings(kind: Kind) -> Mapping[str, Column]:
    """Every heading that means a column, in its plain form."""
    known: dict[str, Column] = {}
    for column in COLUMNS[kind]:
        for heading in (*column.label.values(), column.code, *column.also):
            known.setdefault(plain(heading), column)
    return known


@cache
def unclear_headings() -> frozenset[str]:
    """Headings that speak of a date and do not say which, in their plain form."""
    return frozenset(map(plain, UNCLEAR_DATES))


def recognise(
    head: Sequence[tuple[int, Sequence[object]]], countries: Mapping[str, str], name: str = ""
) -> Layout | None:
    """The layout of a sheet whose first filled rows are ``head``; None where its headings say nothing to us.

    ``name`` is the sheet's: it decides where the headings suit two kinds. ``countries`` maps plain names and codes of
    countries to codes. A heading that spreads over two rows (a merged
    "Tajikistan" above "women" and "men") is read as one.
    """
    best: Layout | None = None
    reached = 2.0
    for place, (number, cells) in enumerate(head):
        above = _spread(head[place - 1][1]) if place and head[place - 1][0] == number - 1 else []
        for kind in Kind:
            layout = _layout(kind, number, cells, above, countries)
            score = _score(layout) + (1.5 if plain(name) in _SHEETS[kind] else 0)
            if score > reached:
                best, reached = layout, score
    return best


def _score(layout: Layout) -> float:
    required = sum(1 for column in COLUMNS[layout.kind] if column.required) - len(layout.missing)
    return len(layout.columns) + 0.5 * required - 0.25 * len(layout.unknown) + 0.1 * len(layout.tally)


def _layout(
    kind: Kind, number: int, cells: Sequence[object], above: Sequence[str], countries: Mapping[str, str]
) -> Layout:
    layout = Layout(kind, number)
    for place, cell in enumerate(cells):
        heading = cell.strip() if isinstance(cell, str) else ""
        over = above[place] if place < len(above) else ""
        if not heading:
            continue
        column = _column(kind, heading) or (_column(kind, f"{over} {heading}") if over else None)
        tally = tally_column(f"{over} {heading}", countries) if kind is Kind.ACTIVITIES and column is None else None
        if column is not None and column.code in layout.codes:
            layout.twice[place] = column
        elif column is not None:
            layout.columns[place] = column
        elif tally is not None:
            layout.tally[place] = tally
        elif kind is Kind.ACTIVITIES and any(said in unclear_headings() for said in _wordings(heading)):
            layout.unclear[place] = heading
        else:
            layout.unknown[place] = heading
    return layout


def _spread(cells: Sequence[object]) -> list[str]:
    """A row of merged headings: each stands over the empty cells to its right."""
    spread, last = [], ""
    for cell in cells:
        last = cell.strip() if isinstance(cell, str) and cell.strip() else last
        spread.append(last)
    return spread + [last] * 8


def _column(kind: Kind, heading: str) -> Column | None:
    known = known_headings(kind)
    for wording in _wordings(heading):
        if wording in known:
            return known[wording]
    return None


def _wordings(heading: str) -> Iterable[str]:
    """The whole heading, then each language of a bilingual one; asterisks and remarks in brackets left out."""
    yield plain(heading)
    bare = re.sub(r"\([^)]*\)|\*", " ", heading)
    yield plain(bare)
    for part in _SPLIT.split(bare):
        if part:
            yield plain(part)


def tally_column(heading: str, countries: Mapping[str, str]) -> TallyColumn | None:
    """What a heading such as "KZ women", "Женщины, Казахстан" or "women" counts; None where it counts nobody."""
    for wording in _wordings(heading):
        words = [word for word in wording.split() if word not in _FILLERS]
        for length in range(min(3, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                sex = _SEX_WORDS.get(" ".join(words[start : start + length]))
                if sex is None:
                    continue
                rest = " ".join(words[:start] + words[start + length :])
                if not rest or rest in {"country not stated", "strana ne ukazana"}:
                    return TallyColumn(sex, "")
                if rest in countries:
                    return TallyColumn(sex, countries[rest])
    return None
