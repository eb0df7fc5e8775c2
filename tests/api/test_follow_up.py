"""Recommendations, meetings and work plans over the wire: each asker gets what the pages would show, and no more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from pilotage.domain.membership.operations import issue_token
from pilotage.domain.steering.action_points import add_action_point
from pilotage.domain.steering.models import Meeting
from pilotage.domain.steering.operations import mention_recommendation, move_meeting, record_decision, write_summary
from pilotage.domain.workplans.operations import add_line, make_plan, move_plan
from tests.answers import issued
from tests.records import TESTER, SmallProgramme, small_programme
from tests.rounds import a_body, convened, with_everybody

pytestmark = pytest.mark.django_db
BASE = "/api/phases/trial-1"


@pytest.fixture
def trial() -> SmallProgramme:
    cache.clear()
    return small_programme()


def key_of(trial: SmallProgramme, role: str, **scope: Any) -> str:
    user, viewer = trial.user(role, **scope)
    expires = timezone.localdate() + timedelta(days=3)
    _token, key = issue_token(by=user, assignment=viewer.assignments[0], label="tests", expires_on=expires)
    return key


def ask(path: str, key: str = "") -> Any:
    return Client().get(f"{BASE}/{path}", headers={"Authorization": f"Bearer {key}"} if key else {})


def codes(path: str, key: str = "") -> list[str]:
    return [one["code"] for one in ask(path, key).json()["items"]]


def test_an_agency_reads_its_own_recommendations_alone(trial: SmallProgramme) -> None:
    issued(trial, "KG", 1)
    issued(trial, "KZ", 2)
    issued(trial, "TJ", 3, confidentiality="public")
    manager, agency = key_of(trial, "PM"), key_of(trial, "CP", institution=trial.services["KG"])
    assert codes("recommendations", manager) == ["R-001", "R-002", "R-003"]
    assert codes("recommendations", agency) == ["R-001", "R-003"]
    assert codes("recommendations") == ["R-003"]
    assert ask("recommendations/R-002", agency).status_code == 404
    one = ask("recommendations/R-001", agency).json()
    assert (one["addressee"], one["country"], one["state"]) == (trial.services["KG"].code, "KG", "issued")
    assert [step["move"] for step in one["steps"]][-1] == "issue"
    assert ask("recommendations/R-003").json()["steps"] is None
    assert "tests" not in str(one["steps"])  # who took a step is a person: not told
    for query, expected in (
        ("state=issued&country=kz,tj", ["R-002", "R-003"]), ("addressee=" + trial.services["KZ"].code, ["R-002"]),
        ("answer_late=true", ["R-001", "R-002", "R-003"]), ("overdue=true", []), ("start=2023-02-02", []),
        ("q=r-002", ["R-002"]), ("component=9", []),
    ):  # fmt: skip
        assert codes(f"recommendations?{query}", manager) == expected, query
    first = ask("recommendations?limit=2&state=issued", manager).json()
    assert "state=issued" in first["next"]
    assert codes(first["next"].partition(f"{BASE}/")[2], manager) == ["R-003"]


def test_minutes_are_read_by_members_once_circulated_and_by_the_public_once_published(trial: SmallProgramme) -> None:
    meeting = with_everybody(convened(trial, a_body(trial), confidentiality="public"))
    item = meeting.agenda.order_by("position").first()
    assert item is not None
    write_summary(by=TESTER, item=item, language="en", text="All was said.", version=item.version)
    meeting = move_meeting(by=TESTER, meeting=meeting, step="hold")
    record_decision(by=TESTER, meeting=meeting, values={"text": {"en": "Go on"}, "item": item})
    owed = {"text": {"en": "Send it"}, "owner_institution": trial.services["KG"], "due_on": date(2030, 1, 1)}
    add_action_point(by=TESTER, meeting=meeting, values=owed)
    agency = key_of(trial, "CP", institution=trial.services["KG"])
    assert ask(f"meetings/{meeting.code}", agency).json()["decisions"] is None
    for step in ("draft_minutes", "circulate"):
        meeting = move_meeting(by=TESTER, meeting=meeting, step=step)
    mention_recommendation(by=TESTER, meeting=meeting, recommendation=issued(trial, "KG"))
    mention_recommendation(by=TESTER, meeting=meeting, recommendation=issued(trial, "KZ", 2))
    one = ask(f"meetings/{meeting.code}", agency).json()
    assert one["agenda"][0]["items"][0]["summary"] == {"en": "All was said."}
    assert [made["text"]["en"] for made in one["decisions"]] == ["Go on"]
    assert [point["owner"] for point in one["action_points"]] == [trial.services["KG"].code]
    # The recommendation to another agency was spoken of, but is not this agency's to read.
    assert one["recommendations"] == ["R-001"]
    public = ask(f"meetings/{meeting.code}").json()
    assert public["agenda"][0]["items"][0]["summary"] is None
    assert (public["decisions"], public["action_points"], public["recommendations"]) == (None, None, None)
    for step in ("approve", "publish"):
        meeting = move_meeting(by=TESTER, meeting=Meeting.objects.get(pk=meeting.pk), step=step)
    public = ask(f"meetings/{meeting.code}").json()
    assert [made["number"] for made in public["decisions"]] == [1]
    assert (public["action_points"], public["recommendations"]) == (None, [])
    assert codes("meetings?country=kg&kind=national_steering&state=published&start=2023-09-01&end=2023-09-30&q=2023")
    assert codes("meetings?round=2023") == []
    assert "Asel" not in str(one) + str(public)


def test_a_plan_is_read_once_in_force_and_costs_by_those_who_see_them(trial: SmallProgramme) -> None:
    plan = make_plan(by=TESTER, phase=trial.phase, year=2023, country=trial.countries["KG"])
    hidden = trial.activity("KG", confidentiality="internal")
    values = {"title": {"en": "A line"}, "component": trial.components[0], "cost_estimate": 1200, "activity": hidden}
    add_line(by=TESTER, plan=plan, values=values)
    assert ask("plans").json()["items"] == []
    assert ask("plans/2023/kg/1").status_code == 404
    officer = key_of(trial, "ME")
    draft = ask("plans/2023/kg/1", officer).json()
    assert draft["lines"][0] | {"note": {}, "key": ""} == {
        "key": "", "title": {"en": "A line"}, "component": "1", "output": None, "type": "workshop",
        "activity": hidden.code, "baseline_start": "", "baseline_end": "", "cost_estimate": "1200.00", "note": {},
    }  # fmt: skip
    for move in ("submit", "endorse", "put_in_force"):
        move_plan(by=TESTER, plan=plan, move=move, endorsed_by="NSG", effective_on=date(2023, 1, 1))
    (listed,) = ask("plans?year=2023&scope=KG&in_force_on=2023-06-30&state=in_force").json()["items"]
    assert (listed["scope"], listed["lines_count"], listed["address"][-17:]) == ("kg", 1, "/plans/2023/kg/1/")
    (line,) = ask("plans/2023/kg/1").json()["lines"]
    assert (line["activity"], line["cost_estimate"]) == (None, None)
    assert ask("plans?scope=region").json()["items"] == []
    assert ask("plans/2023/nowhere/1").status_code == 404
