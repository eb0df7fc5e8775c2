"""What a register is: its columns, filters and order, declared once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.functional import Promise

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.kit.search import by_search_column
from pilotage.kit.texts import wording

if TYPE_CHECKING:
    from pilotage.web.registers.filters import Filter

Value = str | int | Decimal | date | bool | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, which phase, in which language, on which day."""

    viewer: Viewer
    phase: Phase
    language: str
    today: date

    def said(self, text: Mapping[str, str] | None) -> str:
        """A translated text in the reader's language, or the language that there is."""
        return wording(text or {}, self.language)


def everybody(reading: Reading) -> bool:
    """No restriction beyond that of the records."""
    return True


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its value is read, shown, sorted and, where it sums, totalled."""

    key: str
    label: Promise
    value: Callable[[Any, Reading], Value]
    kind: str = "text"
    """text, number, day, partial (a partial date as written), span (a span of days in words), state, flag."""
    sort: str = ""
    """Path to order by; ``{language}`` stands for the reader's. Empty: not sortable."""
    link: Callable[[Any, Reading], str] | None = None
    shown: bool = True
    """Shown unless the reader chose other columns."""
    prepare: Callable[[QuerySet, Reading], QuerySet] | None = None
    """Adds what the value needs: annotations, related records. Called only where the column is shown or sorted by."""
    may: Callable[[Reading], bool] = everybody
    heading: bool = False
    """The column that names the row (a row heading for screen readers)."""

    @property
    def numeric(self) -> bool:
        """Aligned to the right, with tabular figures."""
        return self.kind == "number"

    def order(self, descending: bool, language: str) -> list[OrderBy]:
        """The order by this column, unknown values last both ways."""
        path = F(self.sort.format(language=language))
        return [path.desc(nulls_last=True) if descending else path.asc(nulls_last=True)]


@dataclass(frozen=True, slots=True)
class FirstStep:
    """What to do where a register is empty."""

    label: str
    address: str


@dataclass(frozen=True)
class Register:
    """A list of records of one noun."""

    name: str
    """Stands in the names of exported files."""
    columns: tuple[Column, ...]
    counted: Callable[[int], str]
    """The number with its noun, in the reader's language: "270 activities"."""
    empty: Promise
    """What to say where there are no records at all."""
    filters: tuple[Filter, ...] = ()
    order: str = ""
    """Key of the column, with "-" for descending."""
    then: tuple[OrderBy, ...] = ()
    """The order of rows that the chosen column leaves alike."""
    search: Callable[[QuerySet, Sequence[str]], QuerySet] | None = by_search_column
    search_help: Promise | str = ""
    first_step: Callable[[Reading], FirstStep | None] = lambda reading: None
    totals: Callable[[QuerySet, Reading], Mapping[str, Value]] | None = None
    """Sums over all rows that the filters leave, by column."""
    prepare: Callable[[QuerySet, Reading], QuerySet] | None = None
    page_size: int = 50
    row_state: Callable[[Any, Reading], str] = field(default=lambda record, reading: "")
    """A word that the row is marked with (``late``), for its look."""

    def columns_for(self, reading: Reading) -> list[Column]:
        """The columns that the reader may see."""
        return [column for column in self.columns if column.may(reading)]

    def filters_for(self, reading: Reading) -> list[Filter]:
        """The filters that the reader may use."""
        return [one for one in self.filters if one.may(reading)]
