"""Writes of work plans: versions, lines, submission, endorsement, entry into force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.access import can_edit_plan, moves_open_to, require_plan_edit
from pilotage.domain.workplans.models import PlanLine, PlanMove, WorkPlan
from pilotage.domain.workplans.queries import COMPARED
from pilotage.domain.workplans.rules import shifted_span
from pilotage.domain.workplans.states import BY_NAME
from pilotage.domain.workplans.words import PlanState
from pilotage.kit.actors import Actor
from pilotage.kit.changes import StaleRecord, operation
from pilotage.kit.partial_dates import bounds
from pilotage.kit.records import edit_record


def make_plan(
    *,
    by: Actor,
    phase: Phase,
    year: int,
    country: Country | None,
    like: WorkPlan | None = None,
    viewer: Viewer | None = None,
) -> WorkPlan:
    """Makes the next version of the plan of a year and scope, with the lines of ``like`` where it is given.

    From last year's plan only lines whose activity is not finished come over, their dates to be set anew; from an
    earlier version of the same year all lines do, as they stand. Raises NotAllowed or ValidationError.
    """
    with operation("make work plan", by=by):
        number = WorkPlan.objects.filter(phase=phase, year=year, country=country).aggregate(last=Max("number"))["last"]
        plan = WorkPlan(phase=phase, year=year, country=country, number=(number or 0) + 1)
        if like is not None:
            plan.context = like.context if like.year == year else {}
        plan.full_clean()
        plan.save()
        if viewer is not None and not can_edit_plan(viewer, plan):
            raise NotAllowed(_("Your role may not write this work plan."))
        if like is not None:
            _copy_lines(like, plan)
        return plan


def _copy_lines(source: WorkPlan, plan: WorkPlan) -> None:
    lines = source.lines.select_related("activity")
    same_year = source.year == plan.year
    kept = [line for line in lines if same_year or line.activity is None or line.activity.state in _STILL_OPEN]
    PlanLine.objects.bulk_create(
        [
            PlanLine(
                plan=plan,
                key=line.key if same_year else f"{plan.year}-{position:03}",
                position=position,
                note=line.note if same_year else {},
                **{name: getattr(line, name) for name in COMPARED if same_year or not name.startswith("baseline")},
            )
            for position, line in enumerate(kept, start=1)
        ]
    )


_STILL_OPEN = frozenset({"draft", "planned", "confirmed", "postponed"})


def edit_plan(
    *, by: Actor, plan: WorkPlan, values: Mapping[str, Any], version: int, viewer: Viewer | None = None
) -> WorkPlan:
    """Changes the context of a draft that was read at ``version``. Raises StaleRecord, NotAllowed, ValidationError."""
    with operation("edit work plan", by=by):
        if viewer is not None and not can_edit_plan(viewer, plan):
            raise NotAllowed(_("Your role may not write this work plan."))
        _require_draft(plan)
        return edit_record(plan, values, version)


def add_line(*, by: Actor, plan: WorkPlan, values: Mapping[str, Any], viewer: Viewer | None = None) -> PlanLine:
    """Adds a line to a draft. Raises NotAllowed or ValidationError by field."""
    with operation("add plan line", by=by):
        position = (plan.lines.aggregate(last=Max("position"))["last"] or 0) + 1
        line = PlanLine(plan=plan, position=position, **{"key": _free_key(plan, position), **values})
        _require_open(plan, viewer, line.component_id)
        _check_line(line)
        line.save()
        return line


def edit_line(
    *, by: Actor, line: PlanLine, values: Mapping[str, Any], version: int, viewer: Viewer | None = None
) -> PlanLine:
    """Changes a line of a draft that was read at ``version``. Raises StaleRecord, NotAllowed, ValidationError."""
    with operation("edit plan line", by=by):
        _require_open(line.plan, viewer, line.component_id)
        edit_record(line, values, version)
        _require_open(line.plan, viewer, line.component_id)
        _check_line(line)
        return line


def remove_line(
    *, by: Actor, line: PlanLine, why: str, version: int | None = None, viewer: Viewer | None = None
) -> None:
    """Takes a line out of a draft; the log and the earlier version keep it.

    Raises NotAllowed, ValidationError, and StaleRecord where it was changed since it was read at ``version``.
    """
    if viewer is not None and not why.strip():
        raise ValidationError(_("Say why the line goes."))
    with operation("remove plan line", by=by, why=why):
        _require_open(line.plan, viewer, line.component_id)
        if version is not None and line.version != version:
            raise line.stale_since(version)
        line.delete()


def shift_line(*, by: Actor, line: PlanLine, months: int, version: int, viewer: Viewer | None = None) -> PlanLine:
    """Moves both dates of a line by whole months, known as well as before. Raises as ``edit_line``."""
    if line.version != version:
        raise line.stale_since(version)
    moved = shifted_span(line.baseline_start, line.baseline_end, months)
    if moved is None:
        raise ValidationError(_("These dates are not known well enough to be moved so: set them instead."))
    values = {"baseline_start": moved[0], "baseline_end": moved[1]}
    return edit_line(by=by, line=line, values=values, version=version, viewer=viewer)


@dataclass
class LineEdits:
    """What a table of lines asks for; each has the name of its row in the table."""

    changed: dict[str, tuple[PlanLine, int, Mapping[str, Any]]] = field(default_factory=dict)
    """The line, the version that was read, the new values."""
    added: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    removed: dict[str, tuple[PlanLine, int, str]] = field(default_factory=dict)
    """The line, the version that was read, why it goes."""
    context: tuple[Mapping[str, str], int] | None = None
    """The plan's context, and the version of the plan that was read."""

    def __len__(self) -> int:
        return len(self.changed) + len(self.added) + len(self.removed) + (self.context is not None)


class LinesRefused(Exception):
    """Rows of a table that cannot be kept, by their names; nothing of the table is kept then."""

    def __init__(self, problems: dict[str, ValidationError | StaleRecord | NotAllowed]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def save_lines(*, by: Actor, plan: WorkPlan, edits: LineEdits, viewer: Viewer | None = None) -> int:
    """Keeps a whole table of lines, and the plan's context, or nothing of it.

    Returns how much was written; raises LinesRefused, in which what is wrong with the context is called ``context``.
    """
    problems: dict[str, ValidationError | StaleRecord | NotAllowed] = {}
    with operation("edit plan lines", by=by):
        for row, (line, version, values) in edits.changed.items():
            with _noting(problems, row):
                edit_line(by=by, line=line, values=values, version=version, viewer=viewer)
        for row, (line, version, why) in edits.removed.items():
            with _noting(problems, row):
                remove_line(by=by, line=line, why=why, version=version, viewer=viewer)
        for row, values in edits.added.items():
            with _noting(problems, row):
                add_line(by=by, plan=plan, values=values, viewer=viewer)
        if edits.context is not None:
            with _noting(problems, "context"):
                context, version = edits.context
                edit_plan(by=by, plan=plan, values={"context": dict(context)}, version=version, viewer=viewer)
        if problems:
            raise LinesRefused(problems)
    return len(edits)


@contextmanager
def _noting(problems: dict[str, ValidationError | StaleRecord | NotAllowed], row: str) -> Iterator[None]:
    try:
        yield
    except (ValidationError, StaleRecord, NotAllowed) as problem:
        problems[row] = problem


def move_plan(
    *,
    by: Actor,
    plan: WorkPlan,
    move: str,
    viewer: Viewer | None = None,
    effective_on: date | None = None,
    reason: str = "",
    endorsed_by: str = "",
) -> WorkPlan:
    """Makes one step of a plan; entering into force supersedes the version before it from that day on."""
    step = BY_NAME.get(move)
    if step is None or plan.state not in step.from_states:
        raise ValidationError(_("This step is not possible from the present state."))
    if viewer is not None and step not in moves_open_to(viewer, plan):
        raise NotAllowed(_("Your role may not take this step."))
    if "reason" in step.needs and not reason.strip():
        raise ValidationError({"reason": _("Write the reason.")})
    if "body" in step.needs and not endorsed_by.strip():
        raise ValidationError({"endorsed_by": _("Say which steering body endorsed it.")})
    if step.name == "submit" and not plan.lines.exists():
        raise ValidationError(_("The plan has no lines yet."))
    day = effective_on or timezone.localdate()
    with operation(f"{step.name.replace('_', ' ')} work plan", by=by, why=reason, effective_on=day):
        if step.name == "put_in_force":
            _supersede_others(by, plan, day)
            plan.in_force_from = day
        _record_move(by, plan, step.name, step.to_state, day, reason, endorsed_by)
        return plan


def _supersede_others(by: Actor, plan: WorkPlan, day: date) -> None:
    # Without the usual order, which joins the country: PostgreSQL locks no row that need not be there.
    others = (
        WorkPlan.objects.order_by("pk")
        .select_for_update()
        .filter(phase=plan.phase, year=plan.year, country=plan.country, state=PlanState.IN_FORCE)
    )
    for other in others.exclude(pk=plan.pk):
        if other.in_force_from and other.in_force_from >= day:
            raise ValidationError(
                {"effective_on": _("A version is in force from that day on or later: choose a later day.")}
            )
        other.in_force_until = day - timedelta(days=1)
        _record_move(by, other, "supersede", PlanState.SUPERSEDED, day)


def _record_move(
    by: Actor, plan: WorkPlan, move: str, state: PlanState, day: date, reason: str = "", endorsed_by: str = ""
) -> None:
    origin = plan.state
    plan.state = state
    plan.save()
    PlanMove(
        plan=plan,
        move=move,
        from_state=origin,
        to_state=state,
        effective_on=day,
        reason=reason,
        endorsed_by=endorsed_by,
        by_id=by.actor_id,
        by_name=by.actor_name,
    ).save()


def _require_open(plan: WorkPlan, viewer: Viewer | None, component_id: int | None) -> None:
    if viewer is not None:
        require_plan_edit(viewer, plan, component_id)
    _require_draft(plan)


def _require_draft(plan: WorkPlan) -> None:
    if plan.state != PlanState.DRAFT:
        raise ValidationError(_("Only a draft can be changed. Make a new version of the plan."))


def _check_line(line: PlanLine) -> None:
    line.full_clean()
    check_line_rules(line)


def check_line_rules(line: PlanLine) -> None:
    """Raises ValidationError, by field, for what the fields of a line may not say together."""
    found: dict[str, str] = {}
    if not line.title:
        found["title"] = _("Name the activity.")
    start, end = bounds(line.baseline_start), bounds(line.baseline_end)
    if start[0] and end[1] and end[1] < start[0]:
        found["baseline_end"] = _("The end is before the start.")
    if line.component is not None and line.component.phase_id != line.plan.phase_id:
        found["component"] = _("This component belongs to another phase.")
    if line.activity is not None and line.activity.phase_id != line.plan.phase_id:
        found["activity"] = _("This activity belongs to another phase.")
    if found:
        raise ValidationError(found)


def _free_key(plan: WorkPlan, position: int) -> str:
    """A key that no version of this plan has had, so that a comparison never takes one line for another."""
    versions = WorkPlan.objects.filter(phase=plan.phase, year=plan.year, country=plan.country)
    taken = set(PlanLine.objects.filter(plan__in=versions).values_list("key", flat=True))
    number = position
    while f"{plan.year}-{number:03}" in taken:
        number += 1
    return f"{plan.year}-{number:03}"
