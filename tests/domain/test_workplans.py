"""Versions of the work plan: one in force per scope and date, compared line by line."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.workplans.access import visible_plans
from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.domain.workplans.operations import add_line, edit_line, make_plan, move_plan, remove_line
from pilotage.domain.workplans.queries import compare_plans, plan_in_force
from pilotage.domain.workplans.rules import shifted, spread
from pilotage.domain.workplans.words import PlanState
from pilotage.kit.changes import StaleRecord
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def plan_with_lines(trial: SmallProgramme, *titles: str, year: int = 2023, **given: Any) -> WorkPlan:
    plan = make_plan(by=TESTER, phase=trial.phase, year=year, country=trial.countries["KZ"], **given)
    for title in titles:
        values = {"title": {"en": title}, "component": trial.components[0], "baseline_end": f"{year}-Q2"}
        add_line(by=TESTER, plan=plan, values=values)
    return plan


def in_force(plan: WorkPlan, day: date) -> WorkPlan:
    move_plan(by=TESTER, plan=plan, move="submit", effective_on=day)
    move_plan(by=TESTER, plan=plan, move="endorse", endorsed_by="NSG Kazakhstan", effective_on=day)
    return move_plan(by=TESTER, plan=plan, move="put_in_force", effective_on=day)


def test_the_plan_in_force_is_known_for_every_day(trial: SmallProgramme) -> None:
    kz = trial.countries["KZ"]
    first = in_force(plan_with_lines(trial, "One"), date(2023, 1, 1))
    second = in_force(make_plan(by=TESTER, phase=trial.phase, year=2023, country=kz, like=first), date(2023, 7, 1))
    found = {
        day: plan_in_force(trial.phase, 2023, kz, day)
        for day in (date(2022, 12, 31), date(2023, 1, 1), date(2023, 6, 30), date(2023, 7, 1), date(2024, 1, 1))
    }
    assert list(found.values()) == [None, first, first, second, second]
    assert WorkPlan.objects.get(pk=first.pk).state == PlanState.SUPERSEDED


def test_a_revision_cannot_enter_into_force_before_the_version_that_it_replaces(trial: SmallProgramme) -> None:
    first = in_force(plan_with_lines(trial, "One"), date(2023, 3, 1))
    second = make_plan(by=TESTER, phase=trial.phase, year=2023, country=trial.countries["KZ"], like=first)
    with pytest.raises(ValidationError):
        in_force(second, date(2023, 2, 1))
    assert plan_in_force(trial.phase, 2023, trial.countries["KZ"], date(2023, 3, 2)) == first


def test_two_versions_are_compared_line_by_line(trial: SmallProgramme) -> None:
    first = plan_with_lines(trial, "Stays", "Moves", "Goes")
    second = make_plan(by=TESTER, phase=trial.phase, year=2023, country=trial.countries["KZ"], like=first)
    stays, moves, goes = second.lines.all()
    edit_line(by=TESTER, line=moves, values={"baseline_end": "2023-Q4"}, version=1)
    remove_line(by=TESTER, line=goes, why="no trainer")
    add_line(by=TESTER, plan=second, values={"title": {"en": "Comes"}, "component": trial.components[0]})
    changes = {change.key: change for change in compare_plans(first, second)}
    assert [change.kind for change in changes.values()] == ["same", "changed", "added", "removed"]
    assert changes[moves.key].changed == {"baseline_end": ("2023-Q2", "2023-Q4")}


def test_next_years_plan_begins_with_what_is_not_finished(trial: SmallProgramme) -> None:
    last = plan_with_lines(trial)
    done = trial.activity("KZ", state="implemented", actual_end="2023-05-05")
    late = trial.activity("KZ", state="postponed", planned_start="2023-09")
    for activity in (done, late):
        add_line(
            by=TESTER,
            plan=last,
            values={"title": activity.title, "activity": activity, "component": activity.component},
        )
    plan = make_plan(by=TESTER, phase=trial.phase, year=2024, country=trial.countries["KZ"], like=last)
    assert [line.activity for line in plan.lines.all()] == [late]
    assert plan.lines.get().baseline_end == ""


def test_only_a_draft_changes_and_two_editors_see_each_other(trial: SmallProgramme) -> None:
    plan = plan_with_lines(trial, "One")
    line = plan.lines.get()
    again = PlanLine.objects.get(pk=line.pk)
    edit_line(by=TESTER, line=line, values={"baseline_end": "2023-Q3"}, version=1)
    with pytest.raises(StaleRecord):
        edit_line(by=TESTER, line=again, values={"baseline_end": "2023-Q4"}, version=1)
    in_force(plan, date(2023, 1, 1))
    line = PlanLine.objects.get(pk=line.pk)
    with pytest.raises(ValidationError, match="new version"):
        edit_line(by=TESTER, line=line, values={"baseline_end": "2023-Q4"}, version=line.version)


def test_a_coordinator_writes_the_own_countrys_plan_and_a_lead_the_own_components_lines(trial: SmallProgramme) -> None:
    plan = plan_with_lines(trial, "One")
    line = plan.lines.get()
    other, as_other = trial.user("NC", country=trial.countries["KG"])
    lead, as_lead = trial.user("CL", component=trial.components[1])
    for user, viewer in ((other, as_other), (lead, as_lead)):
        with pytest.raises(NotAllowed):
            edit_line(by=user, viewer=viewer, line=line, values={"baseline_end": "2023"}, version=1)
    own, as_own = trial.user("NC", name="Own", country=trial.countries["KZ"])
    edit_line(by=own, viewer=as_own, line=line, values={"baseline_end": "2023"}, version=1)


def test_members_see_what_is_put_before_their_body_and_no_drafts(trial: SmallProgramme) -> None:
    plan = plan_with_lines(trial, "One")
    member = trial.user("SM", name="Member", country=trial.countries["KZ"])[1]
    neighbour = trial.user("SM", name="Neighbour", country=trial.countries["KG"])[1]
    assert not visible_plans(member, trial.phase).exists()
    move_plan(by=TESTER, plan=plan, move="submit")
    assert visible_plans(member, trial.phase).get() == plan
    assert not visible_plans(neighbour, trial.phase).exists()
    assert not visible_plans(Viewer.public(), trial.phase).exists()


def test_whoever_signs_in_sees_no_less_than_the_public(trial: SmallProgramme) -> None:
    plan = plan_with_lines(trial, "One")
    neighbour = trial.user("SM", name="Neighbour", country=trial.countries["KG"])[1]
    in_force(plan, date(2023, 1, 1))
    assert visible_plans(Viewer.public(), trial.phase).get() == plan
    assert visible_plans(neighbour, trial.phase).get() == plan


def test_a_plan_is_endorsed_by_a_named_body_and_not_empty(trial: SmallProgramme) -> None:
    plan = plan_with_lines(trial)
    with pytest.raises(ValidationError, match="no lines"):
        move_plan(by=TESTER, plan=plan, move="submit")
    add_line(by=TESTER, plan=plan, values={"title": {"en": "One"}})
    move_plan(by=TESTER, plan=plan, move="submit")
    with pytest.raises(ValidationError) as refused:
        move_plan(by=TESTER, plan=plan, move="endorse")
    assert "endorsed_by" in refused.value.message_dict


@pytest.mark.parametrize(
    ("written", "months", "moved"),
    [
        ("2023-01-31", 1, "2023-02-28"),
        ("2023-12", 1, "2024-01"),
        ("2023-Q1", -3, "2022-Q4"),
        ("2023-Q1", 1, None),
        ("2023", 3, None),
        ("2023", 12, "2024"),
        ("../2023-04", 3, "../2023-07"),
        ("", 1, None),
    ],
)
def test_a_date_moves_and_never_becomes_more_exact(written: str, months: int, moved: str | None) -> None:
    assert shifted(written, months) == moved


def test_a_month_is_sure_only_where_nobody_can_doubt_it() -> None:
    months = [(2023, month) for month in range(1, 8)]
    assert spread("2023-02-20", "2023-04", months) == ["", "sure", "sure", "sure", "", "", ""]
    assert spread("2023-Q1", "2023-Q2", months) == ["perhaps", "perhaps", "sure", "sure", "perhaps", "perhaps", ""]
    assert spread("", "2023-Q2", months).count("perhaps") == 3
    assert spread("", "", months) == [""] * 7
