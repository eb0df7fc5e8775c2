"""What else a row may say: outputs, series, documents, policy tags, days on which lists and reports came."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pilotage.domain.activities.models import Activity, Deliverable, Series
from pilotage.domain.activities.operations import add_deliverable, add_series
from pilotage.domain.programme.models import Output
from pilotage.exchange.workbooks.templates import activities_workbook
from pilotage.kit.changes import operation
from pilotage.kit.models import Change
from tests.exchange.programme import SYSTEM, SmallProgramme, small_programme
from tests.exchange.workbooks import bring, decide, rows_of, said, workbook

pytestmark = pytest.mark.django_db
HEAD = [
    "Code", "Title", "Type", "Component", "Countries", "Output", "Series", "Additional to the work plan", "What came of it",
    "Policy tags", "SDG", "Signed list received on", "Report received on",
]  # fmt: skip
ROW: list[Any] = [
    "A-1", "Risk analysis", "training", "1", "KZ", "1.2", "risk-2023", "yes", "A shared list of indicators",
    "Team Europe; IBM: inter-agency cooperation", "16; 8", date(2023, 6, 27), "12.07.2023",
]  # fmt: skip
DOCUMENTS = [
    "Activity code",
    "Document type",
    "Document in English",
    "Документ на русском",
    "Transmitted to",
    "Transmitted on",
]


@pytest.fixture
def programme() -> SmallProgramme:
    made = small_programme()
    with operation("add output", by=SYSTEM):
        Output(component=made.components[0], code="1.2", title={"en": "Officers analyse risks"}).save()
    return made


def book(*rows: list[Any], documents: list[list[Any]] | None = None) -> bytes:
    sheets = [("Activities", [HEAD, *rows])]
    if documents is not None:
        sheets.append(("Deliverables", [DOCUMENTS, *documents]))
    return workbook(*sheets)


def test_everything_of_a_row_reaches_the_activity_and_comes_out_again(programme: SmallProgramme) -> None:
    second = ["A-2", "Risk analysis in Almaty", "training", "1", "KZ", None, "risk-2023"]
    documents: list[list[Any]] = [
        ["A-1", "manual", "Handbook of risk analysis", "Пособие по анализу рисков", "tj-border", "2023-Q3"],
        ["A-1", "отчёт", "Report of the trainers", None, None, None],
    ]
    run = bring(programme.phase, programme.manager, book(ROW, second, documents=documents))
    assert "There is no series “risk-2023” yet" in said(run)
    assert said(run).count("risk-2023") == 1
    assert decide(run).state == "done", said(run)
    activity = Activity.objects.get(code="A-1")
    assert activity.output is not None
    assert (activity.output.code, activity.additional, activity.outputs_text["en"]) == (
        "1.2", True, "A shared list of indicators",
    )  # fmt: skip
    assert (set(activity.policy_tags), activity.sdg_goals) == ({"team_europe", "ibm_inter_agency"}, [8, 16])
    assert (activity.signed_list_on, activity.report_on) == (date(2023, 6, 27), date(2023, 7, 12))
    assert Series.objects.get().title == {"en": "Risk analysis"}
    assert Series.objects.get().activities.count() == 2
    assert {(one.type, one.transmitted_on) for one in activity.deliverables.all()} == {
        ("manual", "2023-Q3"),
        ("report", ""),
    }
    assert Change.objects.filter(record_type="activities.deliverable", why__contains="plan.xlsx").count() == 2
    for language in ("en", "ru"):
        filled = activities_workbook(programme.phase, language, Activity.objects.all(), cost=True)
        again = bring(programme.phase, programme.manager, filled, language)
        assert (again.unchanged, again.changed, again.problems) == (2, 0, []), said(again)


def test_a_change_of_a_document_is_shown_and_made(programme: SmallProgramme) -> None:
    decide(bring(programme.phase, programme.manager, book(ROW, documents=[["A-1", "manual", "Handbook"]])))
    changed = [
        ["A-1", "manual", "handbook", "Пособие", "kg-customs", "20.08.2023"],
        ["A-1", "curriculum", "Course plan"],
    ]
    content = workbook(("Activities", [["Code", "Title"], ["A-1", None]]), ("Deliverables", [DOCUMENTS, *changed]))
    run = bring(programme.phase, programme.manager, content)
    (row,) = rows_of(run)
    assert row["differences"] == [{"column": "deliverables", "before": "Handbook", "after": "handbook; Course plan"}]
    assert decide(run).state == "done", said(run)
    handbook = Deliverable.objects.get(type="manual")
    assert handbook.title == {"en": "handbook", "ru": "Пособие"}
    assert (handbook.transmitted_to, handbook.transmitted_on) == (programme.customs, "2023-08-20")
    assert Deliverable.objects.count() == 2
    assert bring(programme.phase, programme.manager, content).unchanged == 1


def test_a_document_changed_by_somebody_else_stops_the_import(programme: SmallProgramme) -> None:
    from pilotage.domain.activities.operations import edit_deliverable

    decide(bring(programme.phase, programme.manager, book(ROW, documents=[["A-1", "manual", "Handbook"]])))
    run = bring(programme.phase, programme.manager, book(ROW, documents=[["A-1", "manual", "Handbook", "Пособие"]]))
    edit_deliverable(
        by=SYSTEM, deliverable=Deliverable.objects.get(), values={"title": {"en": "Handbook", "ru": "Книга"}}
    )
    assert decide(run).state == "failed"
    assert Deliverable.objects.get().title["ru"] == "Книга"
    assert Activity.objects.get().version == 1


@pytest.mark.parametrize(
    ("place", "value", "cell", "words"),
    [
        (5, "9.9", "F2", "not an output of this phase"),
        (6, "серия один", "G2", "nor a code for a new one"),
        (9, "Team Europe; peace", "J2", "“peace” is not one of"),
        (10, "16; 44", "K2", "are no goals"),
        (11, "June 2023", "L2", "not a day"),
        (12, "=A1", "M2", "formula"),
    ],
)
def test_what_is_wrong_is_named_with_its_cell(
    programme: SmallProgramme, place: int, value: Any, cell: str, words: str
) -> None:
    run = bring(programme.phase, programme.manager, book([*ROW[:place], value, *ROW[place + 1 :]]))
    assert run.blocked
    assert any(line.startswith(f"Activities!{cell} ") and words in line for line in said(run).splitlines()), said(run)
    assert not any("“" in line and words in line for line in said(run, "ru").splitlines())


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        (["A-1", "novel", "Handbook"], "B2", "is not one of"),
        (["A-1", "manual", None], "C2", "needs its title"),
        ([None, "manual", "Handbook"], "2", "must be filled"),
        (["A-1", "manual", "Hand\U0001f600book"], "C2", "cannot be printed"),
        (["A-1", "manual", "x" * 10_000], "C2", "10000 characters"),
        (["A-1", "manual", "Handbook", None, "Ministry of Magic"], "E2", "not an institution"),
    ],
)
def test_a_document_that_cannot_be_read_is_named_with_its_cell(
    programme: SmallProgramme, row: list[Any], cell: str, words: str
) -> None:
    run = bring(programme.phase, programme.manager, book(ROW, documents=[row]))
    assert run.blocked
    place = "A2" if cell == "2" else cell
    assert any(line.startswith(f"Deliverables!{place} ") and words in line for line in said(run).splitlines()), said(
        run
    )


def test_documents_of_activities_that_are_not_there_are_refused(programme: SmallProgramme) -> None:
    run = bring(programme.phase, programme.manager, book(ROW, documents=[["Z-9", "manual", "Handbook"]]))
    assert run.blocked
    assert "“Z-9”" in said(run)


def test_a_known_series_is_found_by_code_and_title(programme: SmallProgramme) -> None:
    known = add_series(by=SYSTEM, phase=programme.phase, code="dogs", title={"en": "Dog handlers", "ru": "Кинологи"})
    for number, name in enumerate(("dogs", "Кинологи", "dog handlers")):
        row = [f"S-{number}", "Course", "training", "1", "KZ", None, name]
        assert decide(bring(programme.phase, programme.manager, book(row))).state == "done"
    assert known.activities.count() == 3


def test_tags_and_goals_are_emptied_by_a_dash(programme: SmallProgramme) -> None:
    decide(bring(programme.phase, programme.manager, book(ROW)))
    decide(bring(programme.phase, programme.manager, book(["A-1", *[None] * 5, "–", "–", None, "–", "–", "–", "–"])))
    activity = Activity.objects.get()
    assert (activity.series, activity.additional, activity.policy_tags, activity.sdg_goals) == (None, False, [], [])
    assert (activity.signed_list_on, activity.report_on) == (None, None)


@pytest.mark.parametrize("heading", ["Date", "Dates", "Дата", "Start date", "Сроки", "Начало / Start"])
def test_a_heading_that_does_not_say_which_date_is_asked_back(programme: SmallProgramme, heading: str) -> None:
    rows = [["Code", "Title", "Type", "Countries", heading], ["A-1", "Course", "training", "KZ", "20.06.2023"]]
    run = bring(programme.phase, programme.manager, workbook(("Activities", rows)))
    assert run.blocked
    assert f"Activities!E1 “{heading}” does not say which date" in said(run)
    assert "Фактическое начало" in said(run, "ru")


def test_a_deliverable_of_the_page_is_known_to_the_workbook(programme: SmallProgramme) -> None:
    decide(bring(programme.phase, programme.manager, book(ROW)))
    add_deliverable(by=SYSTEM, activity=Activity.objects.get(), values={"type": "report", "title": {"ru": "Отчёт"}})
    rows = [["A-1", "report", None, "отчёт ", None, None]]
    assert bring(programme.phase, programme.manager, book(ROW, documents=rows)).changed == 1


TOTALS = ["Code", "Title", "Type", "Component", "Countries", "Women TJ", "Men TJ", "Participants"]


def counted(*numbers: Any) -> bytes:
    return workbook(("Activities", [TOTALS, ["A-1", "Course", "training", "1", "TJ", *numbers]]))


@pytest.mark.parametrize(
    ("numbers", "cell", "words"),
    [
        ((12, None, 7), "F2", "12 women among 7 participants"),
        ((5, 7, 13), "H2", "sum to 12, the total says 13"),
        ((5, 7, 11), "H2", "sum to 12, the total says 11"),
        ((5, 7, -1), "H2", "not a whole number"),
    ],
)
def test_a_total_that_does_not_fit_is_named_with_its_cell(
    programme: SmallProgramme, numbers: tuple[Any, ...], cell: str, words: str
) -> None:
    run = bring(programme.phase, programme.manager, counted(*numbers))
    assert run.blocked
    assert any(line.startswith(f"Activities!{cell} ") and words in line for line in said(run).splitlines()), said(run)


@pytest.mark.parametrize(
    ("numbers", "lines"),
    [
        ((5, 7, 12), {("TJ", "woman", 5), ("TJ", "man", 7)}),
        ((5, None, 12), {("TJ", "woman", 5), ("TJ", "not_stated", 7)}),
        ((None, None, 12), {(None, "not_stated", 12)}),
    ],
)
def test_whom_the_total_alone_counts_is_not_stated(
    programme: SmallProgramme, numbers: tuple[Any, ...], lines: set[tuple[Any, ...]]
) -> None:
    assert decide(bring(programme.phase, programme.manager, counted(*numbers))).state == "done"
    assert {(line.country_id, line.sex, line.count) for line in Activity.objects.get().tallies.all()} == lines
    assert bring(programme.phase, programme.manager, counted(*numbers)).unchanged == 1


def test_a_total_takes_nothing_away_of_what_is_known(programme: SmallProgramme) -> None:
    decide(bring(programme.phase, programme.manager, counted(5, 7, 12)))
    for numbers in ((None, None, 12), (5, None, 12)):
        assert bring(programme.phase, programme.manager, counted(*numbers)).unchanged == 1
    assert bring(programme.phase, programme.manager, counted(None, None, 14)).changed == 1
