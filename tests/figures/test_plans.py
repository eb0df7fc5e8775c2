"""Delivery against plan, on-time rate, completion: as the handbook words them, against both versions of a plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pilotage.domain.activities.operations import move_activity
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.operations import change_setting
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.domain.workplans.operations import add_line, edit_line, make_plan, remove_line
from pilotage.figures.asking import Asked
from pilotage.figures.behind import behind
from pilotage.figures.compute import compute
from pilotage.figures.listings import listing
from pilotage.figures.table import Cell
from tests.figures.data import plan_in_force
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
BOTH = ("delivery-against-plan", "delivery-against-latest-plan")
IN_TIME = ("on-time-rate", "on-time-rate-latest")


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def held(trial: SmallProgramme, end: str, **values: Any) -> Any:
    return trial.activity("KZ", state="implemented", actual_start=end, actual_end=end, **values)


def plan_of(trial: SmallProgramme, *lines: tuple[str, Any], country: str | None = "KZ", year: int = 2023) -> WorkPlan:
    """A draft with a line for each (baseline end, activity)."""
    of = trial.countries[country] if country else None
    plan = make_plan(by=TESTER, phase=trial.phase, year=year, country=of)
    for end, activity in lines:
        values = {"title": {"en": "Line"}, "component": trial.components[0], "baseline_end": end, "activity": activity}
        add_line(by=TESTER, plan=plan, values=values)
    return plan


def fresh(trial: SmallProgramme) -> Phase:
    return phases_with_everything().get(pk=trial.phase.pk)


def counts(trial: SmallProgramme, code: str, **scope: Any) -> tuple[Any, Any]:
    cell = compute(code, phases=[fresh(trial)], viewer=None, **scope).total
    return cell.numerator, cell.denominator


def test_a_revision_cannot_hide_a_delay(trial: SmallProgramme) -> None:
    first = plan_of(trial, ("2023-03-10", held(trial, "2023-03-10")), ("2023-05-20", trial.activity("KZ")))
    plan_in_force(first, date(2023, 1, 1))
    revision = make_plan(by=TESTER, phase=trial.phase, year=2023, country=first.country, like=first)
    late = revision.lines.last()
    edit_line(by=TESTER, line=late, values={"baseline_end": "2023-11"}, version=1)
    plan_in_force(revision, date(2023, 5, 15))
    asked = {"period": "2023", "as_of": date(2023, 6, 30)}
    assert [counts(trial, code, **asked) for code in BOTH] == [(1, 2), (1, 1)]
    assert [counts(trial, code, **asked) for code in IN_TIME] == [(1, 2), (1, 1)]
    # A quarter that begins after the revision is measured against the revision.
    assert counts(trial, BOTH[0], period="2023-Q3", as_of=date(2023, 9, 30)) == (1, 1)


def test_implemented_is_judged_by_the_day_on_which_it_happened(trial: SmallProgramme) -> None:
    plan_in_force(plan_of(trial, ("2023-03", held(trial, "2023-05-02"))), date(2023, 1, 1))
    days = (date(2023, 3, 30), date(2023, 3, 31), date(2023, 5, 1), date(2023, 5, 2))
    found = [counts(trial, BOTH[0], period="2023", as_of=day) for day in days]
    assert found == [(0, 0), (0, 1), (0, 1), (1, 1)]
    # Late: the quarter of the baseline end had passed.
    assert counts(trial, IN_TIME[0], period="2023", as_of=date(2023, 5, 2)) == (0, 1)


def test_late_and_missing_ones_both_count_against_the_on_time_rate(trial: SmallProgramme) -> None:
    lines = (("2023-01", held(trial, "2023-03-31")), ("2023-02", held(trial, "2023-04-01")), ("2023-02", None))
    plan_in_force(plan_of(trial, *lines), date(2023, 1, 1))
    assert counts(trial, IN_TIME[0], period="2023", as_of=date(2023, 3, 30)) == (0, 0)
    assert counts(trial, IN_TIME[0], period="2023", as_of=date(2023, 4, 1)) == (1, 3)


def test_where_no_plan_was_in_force_there_is_no_figure(trial: SmallProgramme) -> None:
    plan_of(trial, ("2023-03", None))
    for code in (*BOTH, *IN_TIME):
        assert compute(code, phases=[fresh(trial)], viewer=None).total == Cell(None, 0, 0)


def test_the_first_plan_of_a_year_counts_although_it_was_endorsed_late(trial: SmallProgramme) -> None:
    plan_in_force(plan_of(trial, ("2023-03", None)), date(2023, 2, 20))
    assert counts(trial, BOTH[0], period="2023", as_of=date(2023, 12, 31)) == (0, 1)
    assert counts(trial, BOTH[0], period="2024", as_of=date(2024, 12, 31)) == (0, 0)


def test_to_date_every_year_is_measured_against_its_own_first_version(trial: SmallProgramme) -> None:
    plan_in_force(plan_of(trial, ("2022-03", None), year=2022), date(2022, 1, 1))
    plan_in_force(plan_of(trial, ("2023-03", held(trial, "2023-03-01")), country=None), date(2023, 1, 1))
    table = compute(BOTH[0], phases=[fresh(trial)], viewer=None, dimensions=("plan_country",))
    assert {keys[0]: (cell.numerator, cell.denominator) for keys, cell in table.cells.items()} == {
        "KZ": (0, 1),
        "region": (1, 1),
    }
    assert counts(trial, BOTH[0], filters={"plan_country": "region"}) == (1, 1)
    assert counts(trial, BOTH[0], filters={"quarter": "2022-Q1"}) == (0, 1)


def test_lines_without_a_date_are_said_and_not_counted(trial: SmallProgramme) -> None:
    plan_in_force(plan_of(trial, ("2023-03", None), ("", None)), date(2023, 1, 1))
    table = compute(BOTH[0], phases=[fresh(trial)], viewer=None)
    assert table.total.denominator == 1
    assert table.gaps[0].sentence["ru"].startswith("1 строка плана не имеет даты")


def test_additional_activities_stand_apart(trial: SmallProgramme) -> None:
    plan_in_force(plan_of(trial, ("2023-03", None)), date(2023, 1, 1))
    held(trial, "2023-03-03", additional=True)
    assert counts(trial, BOTH[0]) == (0, 1)
    assert compute("activities-additional", phases=[fresh(trial)], viewer=None).total.value == 1


def test_completion_is_of_the_approved_total_and_unknown_without_one(trial: SmallProgramme) -> None:
    held(trial, "2023-03-03")
    assert compute("programme-completion", phases=[fresh(trial)], viewer=None).total == Cell(None)
    change_setting(by=TESTER, phase=trial.phase, name="indicative_activities", value=40, valid_from=date(2021, 4, 1))
    change_setting(by=TESTER, phase=trial.phase, name="indicative_activities", value=50, valid_from=date(2024, 1, 1))
    assert counts(trial, "programme-completion", as_of=date(2023, 12, 31)) == (1, 40)
    assert counts(trial, "programme-completion") == (1, 50)


def test_a_line_that_a_revision_dropped_still_counts_against_the_first_version(trial: SmallProgramme) -> None:
    first = plan_in_force(plan_of(trial, ("2023-03", None), ("2023-03", None)), date(2023, 1, 1))
    revision = make_plan(by=TESTER, phase=trial.phase, year=2023, country=first.country, like=first)
    remove_line(by=TESTER, line=revision.lines.last(), why="no money")
    plan_in_force(revision, date(2023, 6, 1))
    assert [counts(trial, code, period="2023") for code in BOTH] == [(0, 2), (0, 1)]


def test_behind_a_rate_stand_the_lines_that_the_reader_may_see(trial: SmallProgramme) -> None:
    done = held(trial, "2023-03-01")
    plan_in_force(plan_of(trial, ("2023-03", done), ("2023-03", None)), date(2023, 1, 1))
    asked = Asked.read(BOTH[0], [fresh(trial)], {})
    found = behind(asked, Viewer.public())
    assert (found.shown, found.all) == (2, 2)
    rows = list(listing(asked, Viewer.public(), "ru").rows())
    assert [row[-3] for row in rows] == [done.code, ""]
    grantee = trial.user("GR", institution=trial.services["KG"])[1]
    assert behind(asked, grantee).hidden == 2


def test_a_cancelled_activity_counts_against_the_plan(trial: SmallProgramme) -> None:
    activity = trial.activity("KZ", state="planned", planned_end="2023-03")
    plan_in_force(plan_of(trial, ("2023-03", activity)), date(2023, 1, 1))
    move_activity(by=TESTER, viewer=None, activity=activity, move="cancel", reason="No budget")
    assert counts(trial, BOTH[0]) == (0, 1)
    assert PlanLine.objects.get().activity == activity
