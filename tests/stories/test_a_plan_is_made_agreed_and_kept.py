"""A coordinator makes next year's plan, the group endorses it, a revision moves a late line, and nobody can hide that."""

from __future__ import annotations

from datetime import date

import pytest

from pilotage.domain.activities.models import Activity
from pilotage.domain.workplans.models import WorkPlan
from tests.browse import form_of, signed_in, words_of
from tests.records import SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
FIRST, REVISION = "/trial-1/plans/2024/kz/1/", "/trial-1/plans/2024/kz/2/"


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def agree(trial: SmallProgramme, address: str, day: date) -> None:
    """The manager submits and records the endorsement; the Delegation puts the plan in force."""
    manager = signed_in(trial.user("PM", name=f"Manager {day}")[0])
    delegation = signed_in(trial.user("EUD", name=f"Delegate {day}")[0])
    manager.post(f"{address}move/", {"move": "submit", "effective_on": day})
    manager.post(f"{address}move/", {"move": "endorse", "endorsed_by": "NSG, D2", "effective_on": day})
    answer = delegation.post(f"{address}move/", {"move": "put_in_force", "effective_on": day})
    assert answer["Location"] == address


def test_a_plan_is_made_agreed_and_kept(trial: SmallProgramme) -> None:
    coordinator = signed_in(trial.user("NC", country=trial.countries["KZ"])[0])
    done = trial.activity("KZ", state="implemented", actual_start="2024-03-04", actual_end="2024-03-05")
    late = trial.activity("KZ", state="planned", planned_end="2024-09")

    coordinator.post("/trial-1/plans/new/", {"year": "2024", "scope": "KZ", "like": ""})
    form = form_of(coordinator.get(f"{FIRST}edit/"), "version")
    for place, (activity, end) in enumerate(((done, "2024-03"), (late, "2024-05"))):
        assert isinstance(activity, Activity)
        form |= {f"n{place}-activity": activity.code, f"n{place}-baseline_end": end, f"n{place}-component": "1"}
    assert "2 changes are kept." in words_of(coordinator.post(f"{FIRST}edit/", form, follow=True))
    assert coordinator.post(f"{FIRST}move/", {"move": "submit"}).status_code == 403
    agree(trial, FIRST, date(2024, 1, 10))

    key = WorkPlan.objects.get().pk
    start = form_of(coordinator.get(f"/trial-1/plans/new/?from={key}&as=revision"), "scope")
    assert coordinator.post("/trial-1/plans/new/", start)["Location"] == f"{REVISION}edit/"
    line = WorkPlan.objects.get(number=2).lines.get(activity=late)
    moved = {"line": line.pk, "version": line.version, "by": "3"}
    for _step in range(2):
        coordinator.post(f"{REVISION}year/", moved)
        line.refresh_from_db()
        moved["version"] = line.version
    assert line.baseline_end == "2024-11"
    agree(trial, REVISION, date(2024, 6, 1))

    page = words_of(coordinator.get(f"{REVISION}compare/"))
    assert "End May 2024 → became November 2024" in page
    asked = "?period=2024&as-of=2024-06-30&by=none"
    public = signed_in()
    for code, said in (("delivery-against-plan", "50 % (1 of 2)"), ("delivery-against-latest-plan", "100 % (1 of 1)")):
        assert said in words_of(public.get(f"/trial-1/figures/{code}/{asked}"))
