"""The register's page and its exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.domain.programme.models import Phase
from pilotage.kit.past.moment import current_day, past
from pilotage.web.registers.definition import Column, Reading, Register, Value
from pilotage.web.registers.exports import export
from pilotage.web.registers.state import Shown, State

EXPORTS = ("csv", "xlsx")


def reading_of(request: HttpRequest, phase: Phase) -> Reading:
    """Who reads this request."""
    language = (get_language() or "en").split("-")[0]
    return Reading(request.viewer, phase, language, current_day())  # type: ignore[attr-defined]


def register_page(
    request: HttpRequest,
    phase: Phase,
    register: Register,
    queryset: QuerySet,
    *,
    template: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """Answers the register's address: the page, or (``?format=csv``, ``?format=xlsx``) what it shows as a file.

    ``queryset`` holds what the viewer may see. ``template`` extends ``registers/register.html``. The number of queries
    depends on the columns alone, never on the number of records.
    """
    reading = reading_of(request, phase)
    state = State(register, request.GET, reading)
    narrowed = state.narrow(queryset)
    form = request.GET.get("format", "")
    if form in EXPORTS:
        moment = past()
        recorded = f"-as-known-{moment.day.isoformat()}" if moment else ""
        name = f"{phase.code}-{register.name}-{reading.today.isoformat()}{recorded}"
        return export(state, state.arrange(narrowed), form, name)
    # First the keys of one page, then their records: what columns count is counted for fifty rows, not for all.
    paginator = Paginator(state.in_order(narrowed).values_list("pk", flat=True), register.page_size)
    paginator.count = narrowed.order_by().count()
    page = paginator.get_page(state.page)
    keys = list(page.object_list)
    by_key = {record.pk: record for record in state.with_columns(queryset.filter(pk__in=keys)).order_by()}
    totals = register.totals(narrowed, reading) if register.totals and paginator.count > 1 else {}
    shown = {
        "register": register,
        "state": state,
        "page": page,
        "count": register.counted(paginator.count),
        "headings": [heading(state, column) for column in state.columns],
        "rows": [
            row(register, state.columns, record, reading) for record in (by_key[key] for key in keys if key in by_key)
        ],
        "totals": [totals.get(column.key) for column in state.columns] if totals else None,
        "filters": [filter_part(one, reading) for one in state.filters],
        "chips": chips(state),
        "problems": [
            _("%(filter)s: %(problem)s") % {"filter": one.filter.label, "problem": one.chosen.problem}
            for one in state.filters
            if one.chosen.problem
        ],
        "columns": [(column, column in state.columns) for column in state.allowed],
        "first_step": register.first_step(reading) if not state.narrowed else None,
        "exports": [(form.upper(), state.address(format=form)) for form in EXPORTS],
        "reset": state.address(q=None, **{one.filter.key: None for one in state.filters}),
    }
    return render(request, template, {**shown, **(context or {})})


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head."""

    column: Column
    address: str
    order: str
    """ascending, descending or none: what aria-sort says; empty where the column does not sort."""


def heading(state: State, column: Column) -> Heading:
    """The head of ``column``, leading to its order."""
    if not column.sort:
        return Heading(column, "", "")
    order = "none"
    if column.key == state.sort_key:
        order = "descending" if state.descending else "ascending"
    return Heading(column, state.sort_address(column), order)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value with where it leads."""

    column: Column
    value: Value
    link: str


@dataclass(frozen=True, slots=True)
class Row:
    """One record as the page shows it."""

    record: Any
    cells: list[Cell]
    state: str


def row(register: Register, columns: list[Column], record: Any, reading: Reading) -> Row:
    """The cells of ``record``."""
    cells = [
        Cell(column, column.value(record, reading), column.link(record, reading) if column.link else "")
        for column in columns
    ]
    return Row(record, cells, register.row_state(record, reading))


def filter_part(shown: Shown, reading: Reading) -> dict[str, Any]:
    """What the part of the page for one filter needs."""
    return {"filter": shown.filter, "values": shown.chosen.values, **shown.filter.context(reading)}


def chips(state: State) -> list[tuple[str, str, str]]:
    """What narrows the list, as (filter, value in words, address without it)."""
    found = [(_("Search"), f"“{state.typed}”", state.address(q=None))] if state.typed else []
    for shown in state.filters:
        for value, words in zip(shown.chosen.values, shown.chosen.words, strict=True):
            found.append((str(shown.filter.label), words, state.without(shown.filter.key, value)))
    return found
