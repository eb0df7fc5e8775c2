"""What a workbook says: its sheets recognised, each row planned, everything kept for the preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.access import can_add_activity
from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.exchange.models import ImportChunk, ImportRun
from pilotage.exchange.workbooks.activities import ActivityRows
from pilotage.exchange.workbooks.cells import Row
from pilotage.exchange.workbooks.columns import Kind
from pilotage.exchange.workbooks.deliverables import read_deliverables
from pilotage.exchange.workbooks.headers import Layout, recognise
from pilotage.exchange.workbooks.institutions import InstitutionRows
from pilotage.exchange.workbooks.names import Names
from pilotage.exchange.workbooks.opening import OpenWorkbook, Unreadable
from pilotage.exchange.workbooks.outcome import Outcome
from pilotage.exchange.workbooks.reader_process import letters
from pilotage.exchange.workbooks.rows import read_row
from pilotage.exchange.workbooks.tally import read_tally
from pilotage.exchange.workbooks.told import told

CHUNK = 250
Progress = Callable[[int], None]
PART_READERS: dict[Kind, Callable[..., tuple[dict[str, Any], list[dict[str, Any]]]]] = {
    Kind.TALLY: read_tally,
    Kind.DELIVERABLES: read_deliverables,
}
"""Sheets whose rows belong to the activities of the first one."""
NOT_IN_FIRST = {
    Kind.TALLY: _("The tally names “%(code)s”, which is no row of the first sheet."),
    Kind.DELIVERABLES: _("The deliverables name “%(code)s”, which is no row of the first sheet."),
}


def may_import(viewer: Viewer, phase: Phase) -> bool:
    """True where some role of the viewer may bring in workbooks of activities."""
    return can_add_activity(viewer, phase)


def may_import_institutions(viewer: Viewer, phase: Phase) -> bool:
    """The register of institutions belongs to all phases: managers and M&E officers change it by workbook."""
    return bool(viewer.roles_in(phase) & {Role.PM, Role.ME})


def read_into(run: ImportRun, workbook: OpenWorkbook, tell: Progress) -> dict[str, Any]:
    """Keeps the rows of the workbook as chunks; returns what is to be kept with the run. Raises Unreadable."""
    phase = phases_with_everything().get(pk=run.phase_id)
    viewer = Viewer.of(run.user)
    names = Names(phase)
    layouts = {
        index: layout
        for index, sheet in enumerate(workbook.sheets)
        if not sheet["hidden"] and (layout := recognise(sheet["head"], names.country_headings, sheet["name"]))
    }
    main = [index for index, layout in layouts.items() if layout.kind not in PART_READERS]
    if not main:
        raise Unreadable("no_table")
    chosen = main[0]
    layout, sheet = layouts[chosen], workbook.sheets[chosen]["name"]
    problems = [*_layout_problems(layout, sheet)]
    for index in main[1:]:
        problems.append(
            told(
                workbook.sheets[index]["name"],
                "",
                _("Only the first table of a workbook is read; this sheet is left out."),
                "W",
            )
        )
    parts: dict[Kind, dict[str, Any]] = {Kind.TALLY: {}, Kind.DELIVERABLES: {}}
    planner: ActivityRows | InstitutionRows
    if layout.kind is Kind.ACTIVITIES:
        for index, other in layouts.items():
            if other.kind in PART_READERS:
                name = workbook.sheets[index]["name"]
                problems += _layout_problems(other, name)
                found, wrong = PART_READERS[other.kind](workbook.rows(index), other, name, names)
                parts[other.kind].update(found)
                problems += wrong
        planner = ActivityRows(phase, viewer, names, parts[Kind.TALLY], parts[Kind.DELIVERABLES])
    else:
        planner = InstitutionRows(names)
        if not may_import_institutions(viewer, phase):
            problems.append(
                told(sheet, "", _("Institutions are changed by the programme manager and the M&E officer alone."))
            )
    if layout.kind is Kind.ACTIVITIES and "code" not in layout.codes and not layout.missing:
        problems.append(
            told(
                sheet,
                f"{layout.header_row}",
                _("There is no column “Code”: every row will add a new activity."),
                "W",
            )
        )
    cells = ((number, values) for number, values in workbook.rows(chosen) if number > layout.header_row)
    rows = (read_row(number, values, layout, sheet, names) for number, values in cells)
    filled = (row for row in rows if row.values or row.tally or row.problems)
    counts = _keep(run, planner, filled, tell)
    if isinstance(planner, ActivityRows):
        for kind, message in NOT_IN_FIRST.items():
            problems += [
                told("", "", message, params={"code": code}) for code in sorted(parts[kind].keys() - planner.taken)[:50]
            ]
    if not counts["rows"]:
        problems.append(told(sheet, "", _("The sheet has no rows under its headings.")))
    return {"problems": problems, "kind": layout.kind.value, **counts}


def _layout_problems(layout: Layout, sheet: str) -> Iterator[dict[str, Any]]:
    row = layout.header_row
    for column in layout.missing:
        if (
            column.code == "title_en"
            and "title_ru" in layout.codes
            or column.code == "name_en"
            and "name_ru" in layout.codes
        ):
            continue
        if "code" in layout.codes and layout.kind not in PART_READERS:
            continue
        names = {"en": column.label["en"], "ru": column.label["ru"]}
        yield told(sheet, f"{row}", _("The column “%(en)s” (%(ru)s) is missing."), params=names)
    for place, column in layout.twice.items():
        second = {"name": column.label["en"]}
        yield told(
            sheet, f"{letters(place + 1)}{row}", _("The column “%(name)s” stands here a second time."), params=second
        )
    for place, heading in layout.unclear.items():
        yield told(
            sheet,
            f"{letters(place + 1)}{row}",
            _(
                "“%(heading)s” does not say which date. Write “Planned start” or “Actual start”, "
                "“Planned end” or “Actual end”."
            ),
            params={"heading": heading[:60]},
        )
    for place, heading in layout.unknown.items():
        yield told(
            sheet,
            f"{letters(place + 1)}{row}",
            _("The heading “%(heading)s” is not known; its column is left out."),
            "W",
            {"heading": heading[:60]},
        )


def _keep(
    run: ImportRun, planner: ActivityRows | InstitutionRows, rows: Iterator[Row], tell: Progress
) -> dict[str, int]:
    counts = dict.fromkeys(("rows", "added", "changed", "unchanged", "wrong", "warned"), 0)
    places = {Outcome.ADD: "added", Outcome.CHANGE: "changed", Outcome.SAME: "unchanged", Outcome.WRONG: "wrong"}
    position = 0
    while batch := list(islice(rows, CHUNK)):
        kept = planner.plan(batch)
        for row in kept:
            counts[places[Outcome(row["outcome"])]] += 1
            counts["warned"] += bool(row["problems"]) and row["outcome"] != Outcome.WRONG
        counts["rows"] += len(kept)
        said = sum(1 for row in kept if row["problems"])
        ImportChunk(run=run, position=position, rows=len(kept), wrong=said, payload=ImportChunk.packed(kept)).save()
        position += 1
        tell(counts["rows"])
    return counts
