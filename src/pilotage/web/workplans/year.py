"""The year view: months as columns, lines as rows; dates moved by buttons and set by lists, without dragging."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import sees_cost
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.access import can_edit_plan, require_plan_edit
from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.domain.workplans.operations import edit_line, shift_line
from pilotage.domain.workplans.queries import plan_year_period
from pilotage.domain.workplans.rules import shifted_span, spread
from pilotage.domain.workplans.words import PlanState
from pilotage.kit.changes import StaleRecord
from pilotage.kit.partial_dates import bounds
from pilotage.kit.partial_words import written_partial, written_span
from pilotage.kit.periods import MONTHS_EN, MONTHS_RU
from pilotage.web.drafts import keep_typed
from pilotage.web.pages import PageRequest, phase_page, require
from pilotage.web.templatetags.pilotage import reader_language
from pilotage.web.workplans.common import address_of, found_plan, frame, writes_plans
from pilotage.web.workplans.views import groups_of

STEPS = (-3, -1, 1, 3)
Month = tuple[int, int]


@dataclass
class YearRow:
    """One line in the year."""

    line: PlanLine
    when: str
    marks: list[tuple[Month, str]]
    """Each month with ``sure``, ``perhaps`` or nothing."""
    before: bool = False
    """Begins before the year."""
    after: bool = False
    """Ends after the year."""
    editable: bool = False
    steps: frozenset[int] = frozenset()
    """By how many months it can be moved, known as well as before."""
    starts: list[tuple[str, str, bool]] = field(default_factory=list)
    ends: list[tuple[str, str, bool]] = field(default_factory=list)
    problem: str = ""


def months_of(plan: WorkPlan) -> list[Month]:
    """The months of the plan year, twelve in a whole one."""
    span = plan_year_period(plan.phase, plan.year)
    assert span.start and span.end
    first, last = (day.year * 12 + day.month - 1 for day in (span.start, span.end))
    return [(place // 12, place % 12 + 1) for place in range(first, last + 1)]


def row_of(line: PlanLine, plan: WorkPlan, months: list[Month], editable: bool) -> YearRow:
    """The line as the view shows it."""
    language = reader_language()
    start, end = line.baseline_start, line.baseline_end
    first, last = bounds(start or end)[0], bounds(end or start)[1]
    row = YearRow(
        line=line,
        when=written_span(start, end, language),
        marks=list(zip(months, spread(start, end, months), strict=True)),
        before=bool(first and (first.year, first.month) < months[0]),
        after=bool(last and (last.year, last.month) > months[-1]),
        editable=editable,
    )
    if editable:
        row.steps = frozenset(step for step in STEPS if shifted_span(start, end, step) is not None)
        row.starts, row.ends = choices(start, months), choices(end, months)
    return row


def choices(written: str, months: list[Month]) -> list[tuple[str, str, bool]]:
    """What a date can be set to: nothing, a quarter, a month of the year; and what it is now, where that is finer."""
    language = reader_language()
    quarters = dict.fromkeys(f"{year}-Q{(month - 1) // 3 + 1}" for year, month in months)
    codes = ["", *quarters, *(f"{year}-{month:02}" for year, month in months)]
    if written not in codes:
        codes.insert(1, written)
    return [(code, written_partial(code, language) if code else _("not set"), code == written) for code in codes]


@phase_page
def year(request: PageRequest, phase: Phase, year: int, scope: str, number: int) -> HttpResponseBase:
    """The year; one small form a line. A script may ask for the one row that it changed (``X-Part: row``)."""
    viewer = request.viewer
    if request.method == "POST":
        if viewer.user is None:
            return keep_typed(request)
        require(writes_plans(viewer, phase), _("Your role may not write this work plan."))
    plan = found_plan(viewer, phase, year, scope, number)
    may = plan.state == PlanState.DRAFT and viewer.user is not None and can_edit_plan(viewer, plan)
    months = months_of(plan)
    changed: PlanLine | None = None
    problem = ""
    if request.method == "POST":
        changed, problem = _change(request, plan)
        if request.headers.get("X-Part") == "row":
            row = row_of(changed, plan, months, may)
            row.problem = problem
            context = {**frame(request, plan), "row": row, "moved": True, "months": months}
            return render(request, "workplans/year_row.html", context, status=422 if problem else 200)
        if not problem:
            return redirect(f"{address_of(plan, 'year')}#line-{changed.pk}")
    groups = []
    for group in groups_of(plan):
        for line in group.lines:
            line.plan = plan
        rows = [row_of(line, plan, months, may and reaches(request, line)) for line in group.lines]
        for row in rows:
            if changed is not None and row.line.pk == changed.pk:
                row.problem = problem
        groups.append((group.component, rows))
    names = MONTHS_RU if reader_language() == "ru" else MONTHS_EN
    context = {
        **frame(request, plan),
        "months": [(one, names[one[1] - 1]) for one in months],
        "groups": groups,
        "may": may,
        "draft": plan.state == PlanState.DRAFT,
        "cost": sees_cost(viewer, phase),
    }
    return render(request, "workplans/year.html", context, status=422 if problem else 200)


def reaches(request: PageRequest, line: PlanLine) -> bool:
    """True where the viewer may write this line."""
    try:
        require_plan_edit(request.viewer, line.plan, line.component_id)
    except NotAllowed:
        return False
    return True


def _change(request: PageRequest, plan: WorkPlan) -> tuple[PlanLine, str]:
    """Makes the change that was sent. Returns the line as it stands then, and what was wrong."""
    sent: Any = request.POST
    key, version, by = (sent.get(name, "") for name in ("line", "version", "by"))
    lines = plan.lines.select_related("component", "activity")
    line = lines.filter(pk=int(key)).first() if key.isdigit() and len(key) < 13 else None
    if line is None:
        raise Http404(_("This line is not in the plan any more."))
    line.plan = plan
    who = {"by": request.viewer.user, "line": line, "version": int(version) if version.isdigit() else 0}
    problem = ""
    try:
        if by in {str(step) for step in STEPS}:
            shift_line(**who, months=int(by), viewer=request.viewer)  # type: ignore[arg-type]
        else:
            values = {name: sent.get(name, "")[:21] for name in ("baseline_start", "baseline_end")}
            edit_line(**who, values=values, viewer=request.viewer)  # type: ignore[arg-type]
    except ValidationError as refused:
        problem = " ".join(refused.messages)
    except StaleRecord as stale:
        said = {"person": stale.by}
        problem = _("%(person)s changed this line meanwhile; here is how it stands. Press again.") % said
    if problem:
        line = lines.get(pk=line.pk)
        line.plan = plan
    elif request.headers.get("X-Part") != "row":
        said = {"line": line.key, "when": written_span(line.baseline_start, line.baseline_end, reader_language())}
        messages.success(request, _("%(line)s: %(when)s.") % said)
    return line, problem
