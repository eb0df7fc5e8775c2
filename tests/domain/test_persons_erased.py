"""A name that somebody asks to be taken out is gone for ever: from the register, the log and the past; counts stay."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from pilotage.domain.activities.erasure import pseudonymise_person
from pilotage.domain.activities.merging import can_separate, merge_persons, separate_persons
from pilotage.domain.activities.models import Attendance, CheckReason, MergedPerson, Person
from pilotage.domain.activities.operations import give_reason
from pilotage.domain.activities.persons import AttendanceEntry, add_person, edit_person, set_attendance
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.kit.changes import operation
from pilotage.kit.models import AppendOnly, Change, Cleansing
from pilotage.kit.past.asking import ask
from tests.architecture.test_log_rebuilds import present, rebuilt
from tests.past import as_known
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


@pytest.fixture
def aida(trial: SmallProgramme) -> Person:
    """Somebody with everything that is kept of a person, changed once, on one list, explained once."""
    activity = trial.activity("KG", state="implemented", actual_start="2023-06-20", actual_end="2023-06-20")
    new = {"name_signed": "Аида Осмонова", "name_latin": "Aida Osmonova", "email": "aida@example.org", "sex": "woman",
           "country_id": "KG", "institution_id": trial.services["KG"].pk, "position": "Inspector",
           "photo_consent_on": date(2023, 6, 20)}  # fmt: skip
    line = AttendanceEntry(
        None, {"days_present": Decimal("1.0"), "certificate_number": "C-77", "pre_test": Decimal("40.0")}, new=new
    )
    set_attendance(by=TESTER, activity=activity, entries=[line], version=activity.version)
    person = Person.objects.get()
    edit_person(
        by=TESTER,
        person=person,
        values={"name_latin": "Aida Usmanova"},
        version=person.version,
        why="Usmanova by passport",
    )
    give_reason(by=TESTER, person=person, check_code="probable_duplicate_person", reason="Another Aida")
    person.refresh_from_db()
    return person


def erase(person: Person, why: str = "Request of 12 November", **more: Any) -> Person:
    """As the person stands in the database."""
    person.refresh_from_db()
    return pseudonymise_person(by=TESTER, person=person, version=person.version, why=why, **more)


def everything_logged() -> str:
    """The whole log as text."""
    rows = Change.objects.values_list("before", "after", "why")
    return json.dumps(list(rows), ensure_ascii=False).casefold()


TRACES = ("аида", "осмонова", "aida", "osmonova", "usmanova", "example.org", "inspector", "c-77")


def test_nothing_in_register_or_log_tells_who_it_was(aida: Person) -> None:
    then = timezone.now()
    assert all(trace in everything_logged() for trace in TRACES)
    erase(aida)
    aida.refresh_from_db()
    assert (aida.name_signed, aida.name_latin, aida.email, aida.position) == (aida.key, "", "", "")
    assert aida.search == aida.key.casefold()
    assert [trace for trace in TRACES if trace in everything_logged()] == []
    assert CheckReason.objects.count() == 0
    for guarded in (True, False):
        with as_known(then, guarded=guarded):
            assert Person.objects.get().name_signed == aida.key
            assert Attendance.objects.get().certificate_number == ""


def test_who_did_what_and_when_stays_and_so_does_every_count(aida: Person) -> None:
    before = list(Change.objects.order_by("id").values_list("id", "at", "actor_name", "name", "record_id", "action"))
    erase(aida)
    after = list(Change.objects.order_by("id").values_list("id", "at", "actor_name", "name", "record_id", "action"))
    assert after[: len(before)] == before
    assert Change.objects.filter(name="pseudonymise person", why="Request of 12 November").exists()
    line = Attendance.objects.get()
    assert (line.person_id, line.days_present, line.pre_test) == (aida.pk, 1, 40)
    aida.refresh_from_db()
    assert (aida.country_id, aida.sex, aida.institution_id) == ("KG", "woman", line.person.institution_id)
    assert rebuilt() == present()


def test_who_was_merged_into_it_goes_too(trial: SmallProgramme, aida: Person) -> None:
    other = add_person(by=TESTER, phase=trial.phase, values={"name_signed": "Osmonova A.", "country_id": "KG"})
    merge_persons(by=TESTER, kept=aida, merged=other, versions=(aida.version, other.version), why="Osmonova twice")
    erase(aida)
    assert [trace for trace in TRACES if trace in everything_logged()] == []
    merged = MergedPerson.objects.get()
    assert not can_separate(merged)
    with pytest.raises(ValidationError, match="taken out"):
        separate_persons(by=TESTER, merged=merged)


def test_what_another_entry_had_taken_over_goes_too(trial: SmallProgramme, aida: Person) -> None:
    other = add_person(by=TESTER, phase=trial.phase, values={"name_signed": "Namesake", "country_id": "KG"})
    merge_persons(by=TESTER, kept=other, merged=aida, versions=(other.version, aida.version))
    back = separate_persons(by=TESTER, merged=MergedPerson.objects.get())
    erase(back)
    assert [trace for trace in TRACES if trace in everything_logged()] == []
    other.refresh_from_db()
    assert (other.name_signed, other.email) == ("Namesake", "")


def test_namesakes_keep_their_names(trial: SmallProgramme, aida: Person) -> None:
    add_person(by=TESTER, phase=trial.phase, values={"name_signed": "Aida Osmonova", "country_id": "TJ"})
    erase(aida)
    assert Person.objects.filter(name_signed="Aida Osmonova").count() == 1
    assert "aida osmonova" in everything_logged()


def test_it_needs_a_ground_that_does_not_name_the_person(trial: SmallProgramme, aida: Person) -> None:
    with pytest.raises(ValidationError, match="On what|ground"):
        erase(aida, " ")
    for told in ("Osmonova asked", "осмонова просит", "mail of aida@example.org"):
        with pytest.raises(ValidationError, match="Do not name"):
            erase(aida, told)
    aida.refresh_from_db()
    assert aida.name_signed == "Аида Осмонова"
    _user, coordinator = trial.user("NC", country=trial.countries["KZ"])
    with pytest.raises(NotAllowed):
        erase(aida, viewer=coordinator)


def test_it_is_not_written_in_again(aida: Person) -> None:
    erased = erase(aida)
    with pytest.raises(ValidationError, match="not written in again"):
        edit_person(by=TESTER, person=erased, values={"name_signed": "Aida"}, version=erased.version)
    with pytest.raises(ValidationError, match="already"):
        erase(erased)


def test_the_log_is_append_only_for_everything_else(aida: Person) -> None:
    erase(aida)
    assert Cleansing.objects.filter(open=True).count() == 0
    entry = Change.objects.filter(record_type="activities.person").latest("id")
    for values in ({"after": {}}, {"why": ""}, {"actor_name": "Nobody"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Change.objects.filter(pk=entry.pk).update(**values)
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.filter(pk=entry.pk).delete()
    with pytest.raises(AppendOnly):
        Cleansing.objects.latest("id").delete()
    # Even while a cleansing is open, who did what and when cannot be touched.
    with operation("pseudonymise person", by=TESTER) as running:
        Cleansing.objects.create(operation=running.id, record_type=entry.record_type, record_id=entry.record_id)
        with pytest.raises(DatabaseError), transaction.atomic():
            Change.objects.filter(pk=entry.pk).update(actor_name="Nobody")


def test_files_of_the_past_go(
    aida: Person, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.DATA = tmp_path
    at = timezone.now().isoformat()
    moment = ask(at).moment
    assert moment is not None
    assert moment.file.exists()
    with django_capture_on_commit_callbacks(execute=True):
        erase(aida)
    assert not moment.file.exists()
    again = ask(at).moment
    assert again is not None
    assert "Осмонова" not in again.file.read_bytes().decode("utf-8", "ignore")
