"""Bringing a workbook of activities in: what is read, what is promised, what is written."""

from __future__ import annotations

import io
import multiprocessing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import edit_activity
from pilotage.domain.parties.models import Institution
from pilotage.exchange.models import ImportRun
from pilotage.exchange.workbooks import runs
from pilotage.exchange.workbooks.templates import activities_workbook, institutions_workbook
from pilotage.exchange.workbooks.turns import TurnTaken, at_work, turn
from pilotage.kit.models import Change
from tests.exchange.holding import hold
from tests.exchange.programme import SYSTEM, SmallProgramme, small_programme
from tests.exchange.workbooks import bring, decide, rows_of, said, workbook

pytestmark = pytest.mark.django_db
HEAD = ["Code", "Title", "Type", "Component", "Countries", "Actual start", "Actual end", "State", "Women TJ", "Men TJ"]
ROW = ["007", "Document examination", "training", "1", "Tajikistan", "20–22 июня 2023 г.", None, "implemented", 5, 7]


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def sheet(*rows: list[Any], head: list[str] | None = None) -> bytes:
    return workbook(("Activities", [head or HEAD, *rows]))


def test_a_row_becomes_an_activity_with_its_tally(programme: SmallProgramme) -> None:
    run = decide(bring(programme.phase, programme.manager, sheet(ROW)))
    assert (run.state, run.added) == ("done", 1)
    activity = Activity.objects.get(phase=programme.phase)
    assert (activity.code, activity.actual_start, activity.actual_end) == ("007", "2023-06-20", "2023-06-22")
    assert {(line.country_id, line.sex, line.count) for line in activity.tallies.all()} == {
        ("TJ", "woman", 5),
        ("TJ", "man", 7),
    }
    change = Change.objects.get(record_type="activities.activity", record_id=str(activity.pk))
    assert change.actor_name == "Manager"
    assert "plan.xlsx" in change.why


def test_russian_headings_in_any_order_with_merged_ones_above(programme: SmallProgramme) -> None:
    rows = [
        ["План мероприятий"],
        [None, None, None, None, None, "Таджикистан", None, "Кыргызстан", None],
        ["Вид", "Страны", "Название", "Код", "Компонент", "женщины", "мужчины", "женщины", "мужчины"],
        ["семинар", "Таджикистан; Кыргызская Республика", "Анализ рисков", "К-1", "Управление границами", 3, 4, 1, 2],
    ]
    run = decide(bring(programme.phase, programme.manager, workbook(("План", rows)), "ru"))
    assert run.state == "done", said(run, "ru")
    activity = Activity.objects.get(code="К-1")
    assert (activity.type, activity.component) == ("seminar", programme.components[0])
    assert {(line.country_id, line.sex): line.count for line in activity.tallies.all()} == {
        ("TJ", "woman"): 3, ("TJ", "man"): 4, ("KG", "woman"): 1, ("KG", "man"): 2,
    }  # fmt: skip


def test_each_mistake_is_named_with_its_cell_in_both_languages(programme: SmallProgramme) -> None:
    wrong = ["A-1", "x" * 10_000, "teaching", "9", "Atlantis", "soon", "=B2", "implemented", 2.5, -1]
    run = bring(programme.phase, programme.manager, sheet(wrong))
    assert run.blocked
    for cell in ("B2", "C2", "D2", "E2", "F2", "G2", "I2", "J2"):
        assert f"Activities!{cell} " in said(run), cell
    assert "10000 characters" in said(run)
    assert "формула" in said(run, "ru")
    with pytest.raises(ValidationError):
        runs.confirm_run(run)


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (1, "Emoji \U0001f600", "cannot be printed"),
        (1, "bell \x07", "U+0007"),
        (4, "Austria", "not a partner country"),
        (5, "2035-01-01", "outside the phase"),
        (6, "2023-01-01", "before the start"),
    ],
)
def test_the_rules_of_the_field_hold_for_workbooks(
    programme: SmallProgramme, place: int, value: str, words: str
) -> None:
    row = [*ROW[:5], "2023-06-20", *ROW[6:]]
    row[place] = value
    run = bring(programme.phase, programme.manager, sheet(row))
    assert run.blocked
    assert words in said(run)


def test_nothing_is_written_where_one_row_is_wrong(programme: SmallProgramme) -> None:
    run = bring(programme.phase, programme.manager, sheet(ROW, ["B-1", "Second", "nonsense", "1"]))
    assert (run.added, run.wrong) == (1, 1)
    with pytest.raises(ValidationError):
        runs.confirm_run(run)
    assert not Activity.objects.exists()


def test_a_known_code_changes_only_what_the_row_says(programme: SmallProgramme) -> None:
    decide(bring(programme.phase, programme.manager, sheet(ROW)))
    content = sheet(["007", "Examination of documents", None, "–"], head=["Code", "Title", "Mode", "Venue"])
    run = bring(programme.phase, programme.manager, content)
    (row,) = rows_of(run)
    assert row["differences"] == [
        {"column": "title_en", "before": "Document examination", "after": "Examination of documents"}
    ]
    decide(run)
    activity = Activity.objects.get(code="007")
    assert (activity.title["en"], activity.type, activity.version) == ("Examination of documents", "training", 2)
    assert activity.tallies.count() == 2


def test_a_new_tally_shows_before_and_after(programme: SmallProgramme) -> None:
    decide(bring(programme.phase, programme.manager, sheet(ROW)))
    run = bring(programme.phase, programme.manager, sheet([*ROW[:8], 6, 7]))
    (row,) = rows_of(run)
    assert row["differences"] == [
        {"column": "tally", "before": "TJ 12 (women 5, men 7)", "after": "TJ 13 (women 6, men 7)"}
    ]
    decide(run)
    assert Activity.objects.with_participants().get().participants == 13


def test_the_template_filled_with_what_is_there_changes_nothing(programme: SmallProgramme) -> None:
    second = ["B-2", "Online course", "training", "2", "KG", "2023-Q2", "2023-Q2", "confirmed", None, None]
    tally = [
        ["Activity code", "Sex", "Participants", "Institution"],
        ["007", "women", 3, "TBS"],
        ["007", "мужчины", 4, "tj-border"],
    ]
    content = workbook(("Activities", [HEAD, [*ROW[:8], None, None], second]), ("Tally", tally))
    run = decide(bring(programme.phase, programme.manager, content))
    assert run.state == "done", said(run)
    activities = Activity.objects.prefetch_related(
        "country_links", "institution_links", "co_organiser_links", "expert_links", "tallies__institution"
    )
    for language in ("en", "ru"):
        filled = activities_workbook(programme.phase, language, activities, cost=True)
        again = bring(programme.phase, programme.manager, filled, language)
        assert (again.unchanged, again.changed, again.added, again.wrong) == (2, 0, 0, 0), said(again)
        assert not again.problems


def test_institutions_come_and_change_by_workbook(programme: SmallProgramme) -> None:
    filled = institutions_workbook(programme.phase, "en", Institution.objects.all())
    assert bring(programme.phase, programme.manager, filled).unchanged == 2
    rows = [
        ["Code", "Name", "Название", "Type", "Country"],
        ["tj-border", "Border Guard Service", None, "border service", "TJ"],
        [None, "Plant Protection Office", "Служба защиты растений", "phytosanitary", "Uzbekistan"],
    ]
    run = bring(programme.phase, programme.officer, workbook(("Institutions", rows)))
    assert run.kind == "institutions"
    assert (run.added, run.changed) == (1, 1), said(run)
    decide(run)
    assert Institution.objects.get(code="tj-border").name["en"] == "Border Guard Service"
    assert bring(programme.phase, programme.lead, workbook(("Institutions", rows))).blocked


@pytest.mark.parametrize(
    ("who", "component", "country", "allowed"),
    [
        ("lead", "1", "KG", True),
        ("lead", "2", "KG", False),
        ("coordinator", "2", "TJ", True),
        ("coordinator", "2", "KG", False),
    ],
)
def test_rows_outside_the_scope_are_refused(
    programme: SmallProgramme, who: str, component: str, country: str, allowed: bool
) -> None:
    row = ["A-1", "Workshop", "workshop", component, country, None, None, None, None, None]
    run = bring(programme.phase, getattr(programme, who), sheet(row))
    assert run.blocked is not allowed
    if not allowed:
        assert "scope" in said(run)


def test_a_lead_brings_in_drafts_and_no_history(programme: SmallProgramme) -> None:
    assert "drafts" in said(bring(programme.phase, programme.lead, sheet(ROW)))


def test_who_may_not_write_may_not_bring_workbooks(programme: SmallProgramme) -> None:
    from pilotage.domain.membership.viewers import NotAllowed

    for user in (programme.reader, programme.stranger):
        with pytest.raises(NotAllowed):
            bring(programme.phase, user, sheet(ROW))


def test_a_record_changed_after_the_preview_stops_the_import(programme: SmallProgramme) -> None:
    decide(bring(programme.phase, programme.manager, sheet(ROW)))
    run = bring(
        programme.phase,
        programme.manager,
        sheet(
            ["007", "New title", None, None, None, None, None, None, None, None],
            ["B-1", "Other", "training", "1", "TJ", None, None, None, None, None],
        ),
    )
    activity = Activity.objects.get(code="007")
    edit_activity(by=SYSTEM, activity=activity, entry=ActivityEntry({"mode": "online"}), version=activity.version)
    decide(run)
    assert run.state == "failed"
    assert "changed by somebody" in said(run)
    assert not Activity.objects.filter(code="B-1").exists()
    runs.read_run(run)
    assert decide(run).state == "done"


def test_a_rule_broken_only_at_the_end_leaves_nothing(
    programme: SmallProgramme, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [[f"A-{number}", "Workshop", "workshop", "1", "TJ", None, None, None, None, None] for number in range(600)]
    run = bring(programme.phase, programme.manager, sheet(*rows))
    decided = runs.confirm_run(run)
    monkeypatch.setattr(runs, "_set", failing_at_the_end(runs._set))
    with pytest.raises(KeyboardInterrupt):
        runs.import_run(decided, wait=1)
    assert Activity.objects.count() == 0
    monkeypatch.undo()
    assert runs.import_run(runs.confirm_run(run), wait=1).state == "done"
    assert Activity.objects.count() == 600


def failing_at_the_end(original: Any) -> Any:
    def set_state(run: ImportRun, **values: Any) -> None:
        if values.get("state") == ImportRun.State.DONE:
            raise KeyboardInterrupt
        original(run, **values)

    return set_state


def test_a_second_import_waits_and_then_says_so(programme: SmallProgramme) -> None:
    run = runs.confirm_run(bring(programme.phase, programme.manager, sheet(ROW)))
    with turn(0), pytest.raises(TurnTaken):
        runs.import_run(run, wait=0.3)
    run.refresh_from_db()
    assert run.state == "queued"
    assert runs.import_run(run, wait=0.3).state == "done"


def test_a_run_whose_process_was_killed_is_interrupted_and_can_be_repeated(programme: SmallProgramme) -> None:
    run = runs.confirm_run(bring(programme.phase, programme.manager, sheet(ROW)))
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=hold, args=(run.pk, ready))
    process.start()
    assert ready.wait(30)
    ImportRun.objects.filter(pk=run.pk).update(state="importing")
    run.refresh_from_db()
    assert runs.settle(run).state == "importing"
    process.kill()
    process.join()
    assert runs.settle(run).state == "interrupted"
    assert decide(run).state == "done"


def test_the_same_file_twice_is_said(programme: SmallProgramme) -> None:
    content = sheet(ROW)
    decide(bring(programme.phase, programme.manager, content))
    again = bring(programme.phase, programme.manager, content)
    assert runs.same_file_before(again) is not None
    assert (again.unchanged, again.may_import) == (1, False)


def test_a_file_is_deleted_when_it_is_decided(programme: SmallProgramme) -> None:
    run = bring(programme.phase, programme.manager, sheet(ROW))
    path = run.file.path
    decide(run)
    assert not run.file
    assert not Path(path).exists()


def test_real_dates_and_numbers_as_excel_keeps_them(programme: SmallProgramme) -> None:
    row = [12, "Course", "training", 2, "TJ", datetime(2023, 6, 20), datetime(2023, 6, 22), "implemented", 4.0, "5"]
    decide(bring(programme.phase, programme.manager, sheet(row)))
    activity = Activity.objects.with_participants().get()
    assert (activity.code, activity.actual_start, activity.participants) == ("12", "2023-06-20", 9)


# In the browser


def signed_in(programme: SmallProgramme, who: str) -> Client:
    client = Client()
    client.force_login(getattr(programme, who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(client: Client, content: bytes) -> Any:
    file = io.BytesIO(content)
    file.name = "plan.xlsx"
    return client.post("/demo-1/imports/", {"workbook": file}, follow=True)


@pytest.mark.usefixtures("at_once")
def test_a_manager_uploads_looks_and_imports(programme: SmallProgramme) -> None:
    client = signed_in(programme, "manager")
    page = upload(client, sheet(ROW))
    assert "007 Document examination" in page.content.decode()
    number = ImportRun.objects.get().pk
    page = client.post(f"/demo-1/imports/{number}/import/", follow=True)
    assert "1 added" in page.content.decode()
    assert Activity.objects.count() == 1
    assert "plan.xlsx" in client.get("/demo-1/imports/").content.decode()


@pytest.mark.usefixtures("at_once")
def test_problems_are_shown_row_by_row_and_alone_on_wish(programme: SmallProgramme) -> None:
    client = signed_in(programme, "manager")
    rows = [
        [f"A-{number}", "W", "workshop" if number else "x", "1", "TJ", None, None, None, None, None]
        for number in range(120)
    ]
    upload(client, sheet(*rows))
    address = f"/demo-1/imports/{ImportRun.objects.get().pk}/"
    assert "C2" in client.get(address).content.decode()
    assert "A-119" in client.get(f"{address}?page=3").content.decode()
    alone = client.get(f"{address}?only=problems").content.decode()
    assert "C2" in alone
    assert "A-5 " not in alone


def test_work_under_way_shows_its_progress_without_scripts(programme: SmallProgramme) -> None:
    run = bring(programme.phase, programme.manager, sheet(ROW))
    with at_work(run.pk) as tell:
        ImportRun.objects.filter(pk=run.pk).update(state="importing", added=40)
        tell(17)
        page = signed_in(programme, "manager").get(f"/demo-1/imports/{run.pk}/").content.decode()
    assert 'max="40" value="17"' in page
    assert 'http-equiv="refresh"' in page


@pytest.mark.parametrize(("who", "status"), [("manager", 200), ("lead", 200), ("reader", 403), ("stranger", 403)])
def test_the_pages_are_for_those_who_write(programme: SmallProgramme, who: str, status: int) -> None:
    client = signed_in(programme, who)
    assert client.get("/demo-1/imports/").status_code == status
    assert client.get("/demo-1/imports/template/activities.xlsx").status_code == status


def test_nobody_decides_about_a_workbook_of_somebody_else(programme: SmallProgramme) -> None:
    run = bring(
        programme.phase, programme.lead, sheet(["A-1", "W", "workshop", "1", "TJ", None, None, None, None, None])
    )
    assert signed_in(programme, "manager").post(f"/demo-1/imports/{run.pk}/import/").status_code == 403
    assert signed_in(programme, "coordinator").get(f"/demo-1/imports/{run.pk}/").status_code == 404
    assert Client().get("/demo-1/imports/").status_code == 302
