"""What a printed plan is made of: the version with its lines, the one before it, and its steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pilotage.documents.models import Edition, Publication
from pilotage.documents.steering.facts import ComponentFacts, components_of, corrections_of
from pilotage.domain.membership.models import Assignment, Role
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import Meeting
from pilotage.domain.workplans.models import PlanLine, PlanMove, WorkPlan
from pilotage.domain.workplans.queries import OUT, LineChange, compare_plans, plan_year_period
from pilotage.domain.workplans.states import BY_NAME
from pilotage.kit.models import Change
from pilotage.kit.periods import Period
from pilotage.kit.texts import Text


@dataclass(frozen=True)
class PlanFacts:
    """The records' part of a printed plan."""

    phase: Phase
    plan: WorkPlan
    span: Period
    countries: dict[str, Text]
    components: tuple[ComponentFacts, ...]
    lines: tuple[PlanLine, ...]
    moves: tuple[tuple[PlanMove, tuple[Role, ...]], ...]
    """The steps, with the roles in which they were made."""
    endorsed_at: Meeting | None
    """The meeting whose decision endorsed it, where one is recorded."""
    before: WorkPlan | None
    """The version that this one replaces; None for the first of its year and scope."""
    changes: tuple[LineChange, ...]
    """Against ``before``, what is the same left out."""
    reasons: dict[str, str]
    """Why a line went, by its key."""
    cut_off: datetime
    edition: int
    corrections: tuple[tuple[date, Text], ...]


def facts_of(publication: Publication, cut_off: datetime, correction: Text | None) -> PlanFacts:
    """Reads everything. Raises ValueError for a publication that is of no plan."""
    plan, phase = publication.work_plan, publication.phase
    if plan is None:
        raise ValueError("not a publication of a work plan")
    plan.phase = phase
    lines = plan.lines.select_related("component", "output", "activity").prefetch_related("activity__country_links")
    before = version_before(plan)
    changes = tuple(change for change in compare_plans(before, plan) if change.kind != "same") if before else ()
    return PlanFacts(
        phase=phase,
        plan=plan,
        span=plan_year_period(phase, plan.year),
        countries={link.country_id: dict(link.country.name) for link in phase.partner_countries.all()},
        components=components_of(phase),
        lines=tuple(lines.order_by("position", "pk")),
        moves=_moves(plan),
        endorsed_at=Meeting.objects.select_related("body")
        .filter(decisions__work_plan=plan)
        .order_by("begins_on")
        .last(),
        before=before,
        changes=changes,
        reasons=_reasons(plan) if before else {},
        cut_off=cut_off,
        edition=Edition.objects.filter(publication=publication).count() + 1,
        corrections=corrections_of(publication, cut_off, correction),
    )


def version_before(plan: WorkPlan) -> WorkPlan | None:
    """The last version of the same year and scope before this one that was in force."""
    versions = WorkPlan.objects.filter(phase=plan.phase, year=plan.year, country=plan.country, number__lt=plan.number)
    return versions.filter(state__in=OUT).order_by("-number").first()


def _moves(plan: WorkPlan) -> tuple[tuple[PlanMove, tuple[Role, ...]], ...]:
    moves = list(plan.moves.all())
    people = {move.by_id for move in moves if move.by_id}
    held: dict[int, set[Role]] = {}
    for user, role in Assignment.objects.filter(user__in=people).values_list("user_id", "role"):
        held.setdefault(user, set()).add(Role(role))
    found = []
    for move in moves:
        step = BY_NAME.get(move.move)
        roles = held.get(move.by_id or 0, set()) & step.roles if step else set()
        found.append((move, tuple(sorted(roles))))
    return tuple(found)


def _reasons(plan: WorkPlan) -> dict[str, str]:
    """The change log keeps why a line was taken out of the draft."""
    gone = Change.objects.filter(
        root_type=plan._meta.label_lower, root_id=str(plan.pk), record_type=PlanLine._meta.label_lower, action="deleted"
    )
    return {change.before.get("key", ""): change.why for change in gone.only("before", "why")}
