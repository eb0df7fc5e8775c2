"""The work plans of the fictional programme: a version a year for each country and the region, some revised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pilotage.cli.generate.bodies import Bodies
from pilotage.cli.generate.events import Event
from pilotage.cli.generate.programme import both
from pilotage.cli.generate.prose import Drawn, prose, told
from pilotage.cli.generate.telling import GENERATOR, Telling
from pilotage.cli.generate.years import NATIONAL, REGION, PlanYear
from pilotage.domain.activities.models import Activity
from pilotage.domain.membership.models import Role
from pilotage.domain.workplans.bulk import add_lines
from pilotage.domain.workplans.models import WorkPlan
from pilotage.domain.workplans.operations import edit_line, edit_plan, make_plan, move_plan, remove_line
from pilotage.kit.texts import wording

Plans = dict[tuple[str, int], WorkPlan]
"""The first versions, by scope and year."""


def add_plans(telling: Telling, bodies: Bodies, events: list[Event], activities: Mapping[int, Activity]) -> Plans:
    """Makes every plan that has been begun by today, as far as it has come; returns the first versions."""
    drawn, found = Drawn(telling.random), {}
    for year in telling.calendar.plan_years:
        for scope in (*NATIONAL, REGION):
            planned = [event for event in events if event.scope == scope and event.baseline[1].year == year]
            planned = [event for event in planned if not event.additional]
            version = telling.calendar.plan(scope, year)
            if not planned or version.made > telling.size.today:
                continue
            found[scope, year] = plan = _first(telling, drawn, version, planned, activities)
            plan = _take_through(telling, bodies, plan, version)
            revision = telling.calendar.revision(scope, year)
            if revision and revision.made <= telling.size.today and plan.state == "in_force":
                _revise(telling, bodies, plan, revision, planned)
    return found


def _first(
    telling: Telling, drawn: Drawn, version: PlanYear, planned: list[Event], activities: Mapping[int, Activity]
) -> WorkPlan:
    manager, phase = telling.users[Role.PM], telling.world.phase
    country = telling.world.countries[version.scope] if version.scope else None
    with telling.on(version.made, 11):
        plan = make_plan(by=manager, phase=phase, year=version.year, country=country)
        context = told(drawn.one(prose("meetings")["plan_context"]["text"]), {"year": version.year})
        edit_plan(by=manager, plan=plan, values={"context": context}, version=plan.version)
        lines = [
            _line(telling, version.year, number, event, activities[event.number])
            for number, event in enumerate(planned, start=1)
        ]
        add_lines(by=GENERATOR, plan=plan, lines=lines)
    return plan


def _line(telling: Telling, year: int, number: int, event: Event, activity: Activity) -> dict[str, Any]:
    first, last = event.baseline
    estimate = telling.random.randint(8, 60) * 100 * max(1, len(event.countries))
    return {
        "key": f"{year}-{number:03}",
        "title": both(event.title),
        "component_id": activity.component_id,
        "output_id": activity.output_id,
        "type": event.type,
        "activity": activity,
        "baseline_start": first.isoformat(),
        "baseline_end": last.isoformat(),
        "cost_estimate": Decimal(estimate),
    }


def _take_through(telling: Telling, bodies: Bodies, plan: WorkPlan, version: PlanYear) -> WorkPlan:
    """Submits, endorses and puts the plan in force, as far as the days have come."""
    manager, today = telling.users[Role.PM], telling.size.today
    if version.submitted > today:
        return plan
    with telling.on(version.submitted, 12):
        plan = move_plan(by=manager, plan=plan, move="submit", effective_on=version.submitted)
    if version.endorsed > today or (version.round and version.endorsed >= today):
        return plan
    with telling.on(version.endorsed, 17, 30):
        words = _endorsement(bodies, version)
        plan = move_plan(by=manager, plan=plan, move="endorse", effective_on=version.endorsed, endorsed_by=words)
    if version.in_force <= today:
        with telling.on(version.in_force, 8, 30):
            delegation = telling.users[Role.EUD]
            plan = move_plan(by=delegation, plan=plan, move="put_in_force", effective_on=version.in_force)
    return plan


def _endorsement(bodies: Bodies, version: PlanYear) -> str:
    title = wording(bodies.groups[version.scope].title, "en")
    if version.round is not None:
        return f"{title}, {version.endorsed:%d.%m.%Y}"
    how = "inception meeting" if version.year <= version.endorsed.year and not version.revision else "written procedure"
    return f"{title}, {how}, {version.endorsed:%d.%m.%Y}"


def _revise(telling: Telling, bodies: Bodies, plan: WorkPlan, revision: PlanYear, planned: list[Event]) -> None:
    """The second version: what was cancelled goes, what was put off by then gets its new dates."""
    manager = telling.users[Role.PM]
    country = telling.world.countries[revision.scope] if revision.scope else None
    with telling.on(revision.made, 11):
        later = make_plan(by=manager, phase=telling.world.phase, year=revision.year, country=country, like=plan)
        lines = {line.key: line for line in later.lines.select_related("plan", "component", "activity")}
        for number, event in enumerate(planned, start=1):
            line = lines[f"{revision.year}-{number:03}"]
            reason, dates = _changed_by(event, revision.made)
            if reason:
                remove_line(by=manager, line=line, why=reason)
            elif dates:
                values = {"baseline_start": dates[0].isoformat(), "baseline_end": dates[1].isoformat()}
                edit_line(by=manager, line=line, values=values, version=line.version)
    if later.lines.exists():
        _take_through(telling, bodies, later, revision)


def _changed_by(event: Event, day: date) -> tuple[str, tuple[date, date] | None]:
    """Why the event was cancelled by ``day``, and its new dates where it was put off."""
    dates = None
    for step in event.steps:
        if step.on < day and step.move == "cancel":
            return step.reason, None
        if step.on < day and step.planned:
            dates = step.planned
    return "", dates
