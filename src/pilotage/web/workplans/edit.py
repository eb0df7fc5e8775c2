"""The lines of a draft edited as a table: one form, kept whole or not at all, nothing typed lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilotage.domain.activities.words import Type
from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.access import can_edit_plan
from pilotage.domain.workplans.models import WorkPlan
from pilotage.domain.workplans.operations import LineEdits, LinesRefused, save_lines
from pilotage.domain.workplans.words import PlanState
from pilotage.web.drafts import take_typed
from pilotage.web.pages import PageRequest, require
from pilotage.web.workplans.common import address_of, frame, working_page, writes_plans
from pilotage.web.workplans.line_words import LABELS, component_words
from pilotage.web.workplans.pasting import pasted_rows
from pilotage.web.workplans.rows import Row, Sheet, differs, note_problems, row_of

SPARE = 3
"""Empty rows at the end of the table."""
MOST_NEW = 200
"""New rows in one form: what is more is kept in the field that it was pasted into, for after the next saving."""


@working_page(writes_plans)
def edit(request: PageRequest, phase: Phase, plan: WorkPlan) -> HttpResponseBase:
    """The table. ``more`` adds empty rows, ``paste`` fills rows from a copied sheet, ``save`` keeps everything."""
    require(can_edit_plan(request.viewer, plan), _("Your role does not reach this work plan."))
    if plan.state != PlanState.DRAFT:
        return render(request, "workplans/edit.html", {**frame(request, plan), "closed": True})
    kept = take_typed(request)
    data: Mapping[str, Any] | None = request.POST if request.method == "POST" else kept
    part = str((request.GET if data is None else data).get("part", ""))
    sheet = Sheet(plan, phase, request.viewer, int(part) if re.fullmatch("[0-9]{1,4}", part) else 1)
    if data is None:
        return _show(request, sheet, sheet.stored(SPARE), plan.context, plan.version)
    rows = sheet.sent(data)
    context = _context(data)
    version = data.get("version", "")
    version = int(version) if str(version).isdigit() else plan.version
    if kept is not None:
        return _show(request, sheet, rows, context, version, kept=True)
    if "more" in data or "paste" in data:
        return _with_more(request, sheet, rows, context, version, data)
    return _save(request, sheet, rows, context, version)


def _context(data: Mapping[str, Any]) -> dict[str, str]:
    sent = {language: str(data.get(f"context_{language}", "")).replace("\r\n", "\n") for language in ("en", "ru")}
    return {language: text for language, text in sent.items() if text.strip()}


def _with_more(
    request: PageRequest, sheet: Sheet, rows: list[Row], context: dict[str, str], version: int, data: Mapping[str, Any]
) -> HttpResponseBase:
    new = [int(row.name[1:]) for row in rows if row.line is None]
    after = max(new, default=-1) + 1
    if "more" in data:
        added = sheet.empty(after, min(5, max(0, MOST_NEW - len(new))))
        return _show(request, sheet, [*rows, *added], context, version, typed=True, problem="" if added else _full())
    rows = [row for row in rows if not row.blank]
    free = max(0, MOST_NEW - sum(row.line is None for row in rows))
    added, left = pasted_rows(sheet, str(data.get("pasted", "")), after, free)
    problem = "" if added else _("There was nothing to paste. Copy rows from a sheet and put them into the field.")
    if left:
        problem = " ".join([_full(), _("What was left over stays in the field below the table.")])
    rows += [*added, *sheet.empty(after + len(added), min(SPARE, free - len(added)))]
    return _show(request, sheet, rows, context, version, typed=True, pasted=len(added), problem=problem, left=left)


def _full() -> str:
    """What is said where no more new rows have room."""
    said = ngettext("%(number)d new row is the most at once.", "%(number)d new rows are the most at once.", MOST_NEW)
    return " ".join([said % {"number": MOST_NEW}, _("Save these first.")])


def _save(
    request: PageRequest, sheet: Sheet, rows: list[Row], context: dict[str, str], version: int
) -> HttpResponseBase:
    plan, viewer = sheet.plan, request.viewer
    edits, stale = _edits(sheet, rows)
    problems: dict[str, Any] = {}
    if context != {language: text for language, text in plan.context.items() if text}:
        edits.context = (context, version)
    broken = any(row.problems for row in rows)
    if not broken:
        try:
            assert viewer.user is not None
            written = save_lines(by=viewer.user, plan=plan, edits=edits, viewer=viewer)
        except LinesRefused as refused:
            problems = refused.problems
            for row in rows:
                if row.name in problems:
                    note_problems(row, problems[row.name])
        else:
            if written:
                said = ngettext("%(number)d change is kept.", "%(number)d changes are kept.", written)
                messages.success(request, said % {"number": written})
            else:
                messages.info(request, _("Nothing was changed."))
            return redirect(f"{address_of(plan, 'edit')}?part={sheet.part}" if sheet.parts > 1 else address_of(plan))
    problem = ""
    if "context" in problems:
        row = Row("context", {})
        note_problems(row, problems["context"])
        problem = " ".join(text for texts in row.problems.values() for text in texts)
        plan.refresh_from_db()
        version = plan.version
    return _show(request, sheet, rows, context, version, status=409 if stale else 422, problem=problem)


def _edits(sheet: Sheet, rows: list[Row]) -> tuple[LineEdits, bool]:
    """What the rows ask for, and whether others changed some of them meanwhile. Rows say what is wrong with them."""
    edits, stale = LineEdits(), False
    codes = sheet.codes(rows)
    for row in rows:
        if row.locked or row.blank:
            continue
        if row.remove and row.line is not None:
            if not row.why:
                row.problems["why"] = [_("Say why the line goes.")]
            if row.version != row.line.version:
                row.typed, row.version = row_of(row.line).typed, row.line.version
                row.problems[""] = [_("Somebody changed this line while you had it open. Look again before it goes.")]
                stale = True
            edits.removed[row.name] = (row.line, row.version, row.why)
            continue
        values = sheet.read(row, codes)
        if values is None:
            continue
        if row.line is None:
            edits.added[row.name] = values
        elif differs(row.line, values):
            if row.version != row.line.version:
                stale = sheet.taken_over(row, values) or stale
            else:
                edits.changed[row.name] = (row.line, row.version, values)
    return edits, stale


def _show(
    request: PageRequest,
    sheet: Sheet,
    rows: list[Row],
    context: dict[str, str],
    version: int,
    *,
    status: int = 200,
    kept: bool = False,
    typed: bool = False,
    pasted: int = 0,
    left: str = "",
    problem: str = "",
) -> HttpResponseBase:
    shown = {
        **frame(request, sheet.plan),
        "rows": list(enumerate(rows, start=sheet.first)),
        "part": sheet.part,
        "spans": sheet.spans(),
        "most_new": MOST_NEW,
        "left": left,
        "context": context,
        "version": version,
        "components": [(one.number, component_words(one)) for one in sheet.own],
        "without_component": sheet.reaches(None),
        "outputs": sheet.outputs.values(),
        "types": Type.choices,
        "activity_codes": sheet.activities.order_by("-begins_on").values_list("code", "title")[:400],
        "wrong": [(number, row) for number, row in enumerate(rows, start=sheet.first) if row.problems],
        "labels": {name.removesuffix("_id"): label for name, label in LABELS.items()},
        "kept": kept,
        "typed": typed,
        "pasted": pasted,
        "problem": problem,
        "stale": status == 409,
    }
    return render(request, "workplans/edit.html", shown, status=422 if problem and status == 200 else status)
