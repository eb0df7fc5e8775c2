"""The printed work plan: gathered from records, the same in both languages, with what changed and what was approved."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest

from pilotage.documents.kinds.registry import WORK_PLAN, kind_of
from pilotage.documents.models import Publication
from pilotage.documents.operations import open_publication, write_text
from pilotage.documents.publishing import render_draft
from pilotage.documents.steering.sealing import seal_holds
from pilotage.domain.programme.operations import change_setting
from pilotage.domain.workplans.models import WorkPlan
from pilotage.domain.workplans.operations import add_line, edit_line, make_plan, move_plan, remove_line
from pilotage.kit.changes import operation
from tests.meetings import make_steering
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def in_force(plan: WorkPlan, day: date, **by: Any) -> WorkPlan:
    for move in ("submit", "endorse", "put_in_force"):
        plan = move_plan(**{"by": TESTER, **by}, plan=plan, move=move, effective_on=day, endorsed_by="NSG KZ, D3")
    return plan


def first_version(trial: SmallProgramme, year: int = 2023, **dates: str) -> WorkPlan:
    plan = make_plan(by=TESTER, phase=trial.phase, year=year, country=trial.countries["KZ"])
    one, two = trial.components
    for title, component, end, cost in (
        ("Training", one, "2023-03", 20000),
        ("Study visit", two, "2023-05-20", 30500),
        ("Meeting", None, "2023-Q4", None),
    ):
        values = {"title": {"en": title, "ru": f"{title} по-русски"}, "component": component, "cost_estimate": cost}
        add_line(by=TESTER, plan=plan, values={**values, "baseline_end": dates.get("end", end)})
    return plan


def revised(trial: SmallProgramme) -> WorkPlan:
    first = in_force(first_version(trial), date(2023, 1, 10))
    plan = make_plan(by=TESTER, phase=trial.phase, year=2023, country=first.country, like=first)
    training, visit, meeting = plan.lines.all()
    edit_line(
        by=TESTER, line=training, values={"baseline_end": "2023-06", "note": {"en": "Trainers", "ru": "Тренеры"}}, version=1
    )  # fmt: skip
    edit_line(by=TESTER, line=visit, values={"cost_estimate": 40000}, version=1)
    remove_line(by=TESTER, line=meeting, why="another donor pays")
    add_line(by=TESTER, plan=plan, values={"title": {"en": "New", "ru": "Новое"}, "baseline_end": "2023-11"})
    return in_force(plan, date(2023, 4, 1))


def published(plan: WorkPlan) -> Publication:
    return open_publication(by=TESTER, viewer=None, phase=plan.phase, kind="work_plan", work_plan=plan)


def content_of(plan: WorkPlan, language: str = "en") -> Any:
    return WORK_PLAN.gather(published(plan)).content[language]


def test_the_plan_is_gathered_with_what_changed_and_why(trial: SmallProgramme) -> None:
    content = content_of(revised(trial))
    assert seal_holds(content)
    assert content["status"] == {"word": "In force", "tone": "done"}
    assert [group["name"] for group in content["plan"]["groups"]] == [
        "Component 1",
        "Component 2",
        "Management and coordination",
    ]
    changes = {row["line"].split(" ", 1)[1]: row for row in content["changes"]["changes"]}
    assert {title: row["kind"]["word"] for title, row in changes.items()} == {
        "Training": "moved",
        "Study visit": "changed",
        "New": "added",
        "Meeting": "removed",
    }
    assert (changes["Training"]["before"], changes["Training"]["after"]) == ("March\u00a02023", "June\u00a02023")
    assert changes["Training"]["reason"] == "Trainers"
    assert changes["Meeting"]["reason"] == "another donor pays"
    assert "30\u202f500" in changes["Study visit"]["before"]


def test_estimates_stand_beside_those_of_the_version_before(trial: SmallProgramme) -> None:
    (table,) = content_of(revised(trial))["budget"]["tables"]
    rows = [[str(cell).replace("\u00a0", " ").replace("\u202f", " ") for cell in row["cells"]] for row in table["rows"]]
    assert rows == [
        ["1. Component 1", "1", "20 000", "20 000", "33.3"],
        ["2. Component 2", "1", "30 500", "40 000", "66.7"],
        ["Management and coordination", "1", "–", "–", "–"],
    ]


def test_the_body_that_endorsed_a_plan_is_named_in_the_documents_language() -> None:
    steering = make_steering()
    plan = first_version(steering.trial)
    for step, day in (("submit", date(2023, 1, 5)), ("endorse", date(2023, 1, 9))):
        move_plan(by=TESTER, plan=plan, move=step, effective_on=day, endorsed_by="NSG of Kazakhstan")
    assert [one["by"] for one in content_of(plan, "ru")["approval"] if one["step"] == "Одобрен"] == [
        "NSG of Kazakhstan"
    ]
    with operation("edit decision", by=TESTER):
        steering.decision.work_plan = plan
        steering.decision.save()
    endorsed = [one["by"] for one in content_of(plan, "ru")["approval"] if one["step"] == "Одобрен"]
    assert endorsed == ["Национальная руководящая группа"]


def test_approval_names_bodies_and_roles_and_what_is_to_come(trial: SmallProgramme) -> None:
    user, viewer = trial.user("PM", name="Anna Ivanova")
    plan = first_version(trial)
    move_plan(by=user, viewer=viewer, plan=plan, move="submit", effective_on=date(2023, 1, 5))
    steps = content_of(plan)["approval"]
    assert [(step["step"], step["state"]["tone"]) for step in steps] == [
        ("Submitted", "done"),
        ("Endorsed", "open"),
        ("In force", "open"),
    ]
    assert steps[0]["by"] == "Programme manager"
    assert "Anna" not in str(content_of(plan))
    in_content = content_of(in_force(first_version(trial, 2024), date(2023, 1, 10)))
    assert in_content["approval"][1]["by"] == "NSG KZ, D3"


def test_both_languages_have_the_same_pages_and_rows(trial: SmallProgramme) -> None:
    frozen = WORK_PLAN.gather(published(revised(trial)))
    english, russian = frozen.content["en"], frozen.content["ru"]
    assert english.keys() == russian.keys()
    for name in ("facts", "approval", "key_figures"):
        assert len(english[name]) == len(russian[name])
    assert russian["plan"]["groups"][0]["lines"][0]["title"] == "Training по-русски"
    assert russian["status"]["word"] == "Действует"


def test_the_editors_context_stands_before_the_plans_own(trial: SmallProgramme) -> None:
    plan = first_version(trial)
    publication = published(plan)
    assert content_of(plan)["context"] is None
    for slot, words in (("context", "Why **we** do this."), ("priorities", "- First\n- Second")):
        write_text(
            by=TESTER, viewer=None, publication=publication, slot=slot, language="en", markdown=words, version=None
        )
    content = content_of(plan)
    assert content["priorities"] == ["First", "Second"]
    assert content["context"]["blocks"][0]["runs"][0]["text"].startswith("Why")


def test_a_reporting_year_begins_with_its_own_month(trial: SmallProgramme) -> None:
    change_setting(by=TESTER, phase=trial.phase, name="plan_year", value="reporting", valid_from=None)
    plan = first_version(trial, 3, end="2023-04")
    content = content_of(plan)
    assert content["plan"]["months"][0] == "Apr"
    mark = content["plan"]["groups"][0]["lines"][0]["marks"][0]
    assert (mark["first"], mark["last"], mark["exact"]) == (1, 1, False)


def test_a_plan_that_is_not_in_force_is_not_issued(trial: SmallProgramme) -> None:
    publication = published(first_version(trial))
    found = {problem.code: problem.level for problem in WORK_PLAN.checks(publication, WORK_PLAN.gather(publication))}
    assert found["plan_not_in_force"] == "E"
    done = published(revised(trial))
    assert [one.code for one in kind_of(done).checks(done, WORK_PLAN.gather(done)) if one.level == "E"] == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_renders_as_pdf_and_word(trial: SmallProgramme, language: str) -> None:
    publication = published(revised(trial))
    assert render_draft(publication, language, "pdf").startswith(b"%PDF-")
    file = docx.Document(io.BytesIO(render_draft(publication, language, "docx")))
    cells = {cell.text for table in file.tables for row in table.rows for cell in row.cells}
    assert any("Training" in text for text in cells)
