"""The change log in readable words, on its own page and on each record's."""

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

import pilotage
from pilotage.documents.operations import open_publication
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.operations import edit_activity
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.activities.states import MOVES
from pilotage.domain.parties.operations import edit_institution
from pilotage.domain.programme.operations import edit_phase
from pilotage.web.changes import known
from pilotage.web.changes.queries import changes_in
from pilotage.web.changes.reading import changes_of
from pilotage.web.changes.words import OPERATIONS
from tests.browse import signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def test_every_operation_has_its_words() -> None:
    root = Path(pilotage.__file__).parent
    named: set[str] = set()
    for floor in ("domain", "documents", "exchange", "cli"):
        for path in (root / floor).rglob("*.py"):
            named |= set(re.findall(r'\boperation\(\s*"([^"]+)"', path.read_text(encoding="utf-8")))
    named |= {f"{move.name.replace('_', ' ')} activity" for move in MOVES}
    assert named <= set(OPERATIONS), sorted(named - set(OPERATIONS))


def test_who_when_what_and_why(programme: SmallProgramme) -> None:
    manager, viewer = programme.user("PM", "Marta")
    activity = programme.activity("KG", tally=(TallyRow(12, country="KG", sex="woman"),))
    entry = ActivityEntry({"title": {"en": "Seminar", "ru": "Семинар"}, "actual_end": "2023-06"})
    edit_activity(by=manager, activity=activity, entry=entry, version=activity.version, why="Printed so")
    latest = changes_of(activity, viewer)[0]
    assert latest.what == "changed an activity"
    assert latest.change.actor_name == "Marta"
    assert latest.change.why == "Printed so"
    said = {line.label: (line.before, line.after) for line in latest.lines}
    assert said["title"] == ("EN: Workshop", "EN: Seminar")
    assert said["actual end"] == ("", "June\u00a02023")
    tally = next(entry for entry in changes_of(activity, viewer) if entry.record.startswith("tally row"))
    assert ("sending country", "", "Kazakhstan") not in [(line.label, line.before, line.after) for line in tally.lines]
    assert ("sending country", "", "Kyrgyzstan") in [(line.label, line.before, line.after) for line in tally.lines]
    assert ("sex", "", "women") in [(line.label, line.before, line.after) for line in tally.lines]


def test_the_log_is_for_the_manager_and_the_officer(programme: SmallProgramme) -> None:
    for role, status in (("PM", 200), ("ME", 200), ("CO", 403), ("EUD", 403)):
        user, _viewer = programme.user(role)
        assert signed_in(user).get("/trial-1/changes/").status_code == status


def test_it_is_filtered_by_person_operation_and_day(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM", "Marta")
    phase = programme.phase
    edit_phase(by=manager, phase=phase, values={"contract_number": "X-1"}, version=phase.version, why="Signed")
    browser = signed_in(manager)
    assert "Signed" in words_of(browser.get("/trial-1/changes/"))
    by_her = words_of(browser.get("/trial-1/changes/?who=Marta"))
    assert "1 change " in by_her
    assert "changed the phase" in by_her
    assert "No change fits" in words_of(browser.get("/trial-1/changes/?who=Marta&operation=add+phase"))
    assert "No change fits" in words_of(browser.get("/trial-1/changes/?last=2001-01-01"))
    assert browser.get("/trial-1/changes/?first=never&who=Nobody&page=x").status_code == 200


def test_another_programme_stays_out_and_shared_records_are_in(programme: SmallProgramme) -> None:
    other = small_programme("other")
    manager, _viewer = programme.user("PM")
    other.activity("KG", title={"en": "Elsewhere"})
    service = programme.services["KG"]
    edit_institution(by=TESTER, institution=service, values={"name": {"en": "New name"}}, version=service.version)
    said = words_of(signed_in(manager).get("/trial-1/changes/"))
    assert "Elsewhere" not in said
    assert "New name" in said


def test_the_export_is_whole_and_harmless(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    phase = programme.phase
    edit_phase(by=manager, phase=phase, values={"contract_number": "Y"}, version=phase.version, why="=1+1")
    answer = signed_in(manager).get("/trial-1/changes/?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "edit phase" in text
    assert "'=1+1" in text
    assert text.splitlines()[0].startswith("at,person,operation")


def test_the_sheet_is_whole_and_runs_nothing(programme: SmallProgramme) -> None:
    manager, _viewer = programme.user("PM")
    phase = programme.phase
    edit_phase(by=manager, phase=phase, values={"contract_number": "Y"}, version=phase.version, why="=1+1")
    answer = signed_in(manager).get("/trial-1/changes/?format=xlsx&who=PM")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert head[:4] == ("at", "person", "operation", "why")
    assert [row[1:4] for row in rows] == [("PM", "edit phase", "=1+1")]
    assert book.worksheets[0]["D2"].data_type == "s"
    assert ("Rows", "1") in list(book.worksheets[1].iter_rows(values_only=True))


def test_lists_and_count_are_kept_and_grow_with_the_log(
    programme: SmallProgramme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "UNSETTLED", timedelta(seconds=-5))
    cache.clear()
    readable = changes_in(programme.phase)
    first = known.known_in(programme.phase, readable)
    assert (first.count, "edit phase" in first.operations) == (readable.count(), False)
    phase = programme.phase
    edit_phase(by=TESTER, phase=phase, values={"contract_number": "Y"}, version=phase.version)
    then = known.known_in(programme.phase, readable)
    assert (then.count, "edit phase" in then.operations) == (first.count + 1, True)
    assert then.upto > first.upto
    cache.clear()
    assert known.known_in(programme.phase, readable) == then


def test_another_database_begins_anew(programme: SmallProgramme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "UNSETTLED", timedelta(seconds=-5))
    readable = changes_in(programme.phase)
    stale = known.Known(upto=1, mark=uuid4().hex, count=1000, people=frozenset({"Stranger"}))
    cache.set(f"log-of-phase-{programme.phase.pk}", stale)
    found = known.known_in(programme.phase, readable)
    assert (found.count, "Stranger" in found.people) == (readable.count(), False)
    cache.clear()


def test_a_page_takes_a_bounded_number_of_queries(
    programme: SmallProgramme, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(programme.user("PM")[0])
    for _number in range(60):
        programme.activity("KZ", "KG")
    with django_assert_max_num_queries(45):
        browser.get("/trial-1/changes/?page=2")


def test_publications_are_called_as_readers_call_them(programme: SmallProgramme) -> None:
    manager, viewer = programme.user("PM")
    open_publication(by=manager, viewer=viewer, phase=programme.phase, kind="newsletter", period="2023-Q2")
    browser = signed_in(manager)
    assert "publication: Newsletter 1, April – June 2023" in words_of(browser.get("/trial-1/changes/"))
    browser.cookies["django_language"] = "ru"
    assert "Бюллетень 1, апрель – июнь 2023 г." in words_of(browser.get("/trial-1/changes/"))
