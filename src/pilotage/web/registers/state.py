"""Everything that a register shows follows from its address: filters, search, order, page, columns."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from pilotage.kit.search import words_of
from pilotage.web.registers.definition import Column, Reading, Register
from pilotage.web.registers.filters import Chosen, Filter

OWN_KEYS = ("q", "sort", "page", "col", "format")


@dataclass(frozen=True)
class Shown:
    """One filter with what the address chose in it."""

    filter: Filter
    chosen: Chosen


class State:
    """A register's address, understood."""

    def __init__(self, register: Register, query: QueryDict, reading: Reading) -> None:
        self.register, self.reading = register, reading
        self.typed = query.get("q", "").replace("\x00", "")[:200].strip() if register.search else ""
        self.filters = [Shown(one, one.read(query.getlist(one.key), reading)) for one in register.filters_for(reading)]
        self.allowed = register.columns_for(reading)
        self.query = self._tidy(query)
        self.columns = self._columns()
        self.sort_key, self.descending = self._sort()

    def _tidy(self, query: QueryDict) -> QueryDict:
        """The address without what says nothing: empty fields of the form, the columns that are shown anyway."""
        tidy = QueryDict(mutable=True)
        for key, values in query.lists():
            given = [value for value in values if value]
            if key == "col" and set(given) == {column.key for column in self.allowed if column.shown}:
                continue
            if given:
                tidy.setlist(key, given)
        return tidy

    def _columns(self) -> list[Column]:
        wanted = set(self.query.getlist("col"))
        chosen = [column for column in self.allowed if column.key in wanted]
        return chosen or [column for column in self.allowed if column.shown]

    def _sort(self) -> tuple[str, bool]:
        sortable = {column.key for column in self.allowed if column.sort}
        for wanted in (self.query.get("sort", ""), self.register.order):
            key = wanted.removeprefix("-")
            if key in sortable:
                return key, wanted.startswith("-")
        return "", False

    @property
    def searchable(self) -> bool:
        """True where the register has a search."""
        return self.register.search is not None

    @property
    def page(self) -> str:
        """The number of the page, as it stands in the address."""
        return self.query.get("page", "1")

    @property
    def own_columns(self) -> bool:
        """True where the reader chose the columns."""
        return bool(self.query.getlist("col"))

    @property
    def usual_columns(self) -> str:
        """The address with the columns that are shown unless others are chosen."""
        return self.address(col=None)

    @property
    def narrowed(self) -> bool:
        """True where a search or a filter leaves records out."""
        return bool(self.typed) or any(shown.chosen.values for shown in self.filters)

    def narrow(self, queryset: QuerySet) -> QuerySet:
        """The records that search and filters leave."""
        words = words_of(self.typed)
        if words and self.register.search:
            queryset = self.register.search(queryset, words)
        elif self.typed:
            queryset = queryset.none()
        for shown in self.filters:
            if shown.chosen.values:
                queryset = shown.filter.narrow(queryset, shown.chosen.values, self.reading)
        return queryset

    def arrange(self, queryset: QuerySet) -> QuerySet:
        """The records in order, with what the shown columns need."""
        return self.in_order(self.with_columns(queryset))

    def with_columns(self, queryset: QuerySet) -> QuerySet:
        """Adds what the shown columns need."""
        if self.register.prepare:
            queryset = self.register.prepare(queryset, self.reading)
        prepared = []
        for column in self.columns:
            if column.prepare and column.prepare not in prepared:
                prepared.append(column.prepare)
                queryset = column.prepare(queryset, self.reading)
        return queryset

    def in_order(self, queryset: QuerySet) -> QuerySet:
        """The records in the order that the address asks for."""
        by = next((column for column in self.allowed if column.key == self.sort_key), None)
        if by is None:
            return queryset
        if by.prepare:
            queryset = by.prepare(queryset, self.reading)
        return queryset.order_by(*by.order(self.descending, self.reading.language), *self.register.then, "pk")

    def address(self, **changes: str | list[str] | None) -> str:
        """The address with some parts changed; None takes a part away. A change goes back to the first page."""
        query = self.query.copy()
        for key in ("page", "format"):
            query.pop(key, None)
        for key, value in changes.items():
            if value is None:
                query.pop(key, None)
            elif isinstance(value, list):
                query.setlist(key, value)
            else:
                query[key] = value
        for key in [key for key in query if not any(query.getlist(key))]:
            query.pop(key)
        return f"?{query.urlencode()}"

    def sort_address(self, column: Column) -> str:
        """The address that orders by ``column``: again turns the order round."""
        turn = column.key == self.sort_key and not self.descending
        return self.address(sort=f"-{column.key}" if turn else column.key)

    def without(self, key: str, value: str) -> str:
        """The address without one value of one filter."""
        rest = [one for one in self.query.getlist(key) if one not in {value, ""}]
        return self.address(**{key: rest or None})

    def kept(self) -> list[tuple[str, str]]:
        """What the filter form must carry along hidden: the order, and keys that are nobody's here."""
        known = {*OWN_KEYS, *(shown.filter.key for shown in self.filters)} - {"sort"}
        return [(key, value) for key, values in self.query.lists() if key not in known for value in values if value]
