"""One person who stands twice in the register becomes one, with everything that both had, and can be parted again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pilotage.domain.activities.merging import can_separate, merge_persons, merge_plan, separate_persons
from pilotage.domain.activities.models import Activity, Attendance, CheckReason, MergedPerson, Person
from pilotage.domain.activities.operations import give_reason
from pilotage.domain.activities.persons import (
    AttendanceEntry,
    add_person,
    edit_person,
    probable_duplicates,
    set_attendance,
)
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.kit.changes import StaleRecord
from pilotage.kit.models import Change
from tests.past import as_known, everything
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def held(trial: SmallProgramme, code: str) -> Activity:
    """An activity of one day in Kazakhstan."""
    return trial.activity("KZ", code=code, state="implemented", actual_start="2023-06-20", actual_end="2023-06-20")


def attend(activity: Activity, person: Person, **values: Any) -> None:
    """Puts a person on the list."""
    activity.refresh_from_db()
    set_attendance(by=TESTER, activity=activity, entries=[AttendanceEntry(person, values)], version=activity.version)


def two(trial: SmallProgramme) -> tuple[Person, Person]:
    """Azamat twice: once in Cyrillic with an address, once in Latin letters with a position."""
    first = {"name_signed": "Нурматов Азамат Бекович", "country_id": "KZ", "email": "azamat@example.org", "sex": "man"}
    second = {"name_signed": "Azamat Nurmatov", "country_id": "KZ", "position": "Inspector",
              "photo_consent_on": date(2023, 6, 1)}  # fmt: skip
    return add_person(by=TESTER, phase=trial.phase, values=first), add_person(
        by=TESTER, phase=trial.phase, values=second
    )


def merge(kept: Person, merged: Person, **more: Any) -> Person:
    """Merges as they stand in the database."""
    kept.refresh_from_db()
    merged.refresh_from_db()
    return merge_persons(by=TESTER, kept=kept, merged=merged, versions=(kept.version, merged.version), **more)


def test_one_name_in_two_scripts_is_found(trial: SmallProgramme) -> None:
    one, other = two(trial)
    ((first, second),) = probable_duplicates(trial.phase)
    assert (first.id, second.id) == (one.pk, other.pk)


def test_attendance_and_what_was_unknown_goes_over(trial: SmallProgramme) -> None:
    one, other = two(trial)
    shared, own = held(trial, "A-1"), held(trial, "A-2")
    attend(shared, one, days_present=1)
    attend(shared, other, pre_test=40, days_present=1)
    attend(own, other, role="trainer")
    plan = merge_plan(one, other)
    assert (len(plan.moved), [line.filled for line in plan.joined]) == (1, [("pre_test",)])
    kept = merge(one, other, why="Same passport photo")
    assert list(Person.objects.all()) == [kept]
    assert (kept.position, kept.email, kept.photo_consent_on) == ("Inspector", "azamat@example.org", date(2023, 6, 1))
    lines = Attendance.objects.order_by("activity__code").values_list("activity__code", "role", "person", "pre_test")
    assert list(lines) == [("A-1", "participant", kept.pk, 40), ("A-2", "trainer", kept.pk, None)]
    assert MergedPerson.objects.get().key == other.key


def test_unique_participants_are_one_less(trial: SmallProgramme) -> None:
    one, other = two(trial)
    attend(held(trial, "A-1"), one)
    attend(held(trial, "A-2"), other)

    def unique() -> int:
        return Attendance.objects.filter(role="participant").values("person").distinct().count()

    assert unique() == 2
    merge(one, other)
    assert unique() == 1


def test_a_key_is_never_given_again(trial: SmallProgramme) -> None:
    one, other = two(trial)
    merge(one, other)
    third = add_person(by=TESTER, phase=trial.phase, values={"name_signed": "Somebody Else"})
    assert third.key not in {one.key, other.key}


def test_it_is_taken_back_as_it_was(trial: SmallProgramme) -> None:
    one, other = two(trial)
    shared = held(trial, "A-1")
    attend(shared, one, days_present=1)
    attend(shared, other, pre_test=40)
    attend(held(trial, "A-2"), other)
    give_reason(by=TESTER, person=other, check_code="probable_duplicate_person", reason="Namesakes")
    before = everything(besides=frozenset({"version"}))
    merge(one, other)
    assert CheckReason.objects.get().person_id == one.pk
    separate_persons(by=TESTER, merged=MergedPerson.objects.get())
    assert everything(besides=frozenset({"version"})) == before


def test_what_changed_since_stays_changed(trial: SmallProgramme) -> None:
    one, other = two(trial)
    kept = merge(one, other)
    edit_person(by=TESTER, person=kept, values={"position": "Chief inspector"}, version=kept.version)
    back = separate_persons(by=TESTER, merged=MergedPerson.objects.get())
    kept.refresh_from_db()
    assert (kept.position, kept.photo_consent_on, back.position) == ("Chief inspector", None, "Inspector")


def test_chains_come_apart_from_the_end(trial: SmallProgramme) -> None:
    one, other = two(trial)
    third = add_person(by=TESTER, phase=trial.phase, values={"name_signed": "A. Nurmatov", "country_id": "KZ"})
    merge(one, other)
    merge(third, one)
    first, second = MergedPerson.objects.order_by("pk")
    assert (first.person_id, second.person_id) == (third.pk, third.pk)
    assert not can_separate(first)
    with pytest.raises(ValidationError, match="merged on"):
        separate_persons(by=TESTER, merged=first)
    separate_persons(by=TESTER, merged=second)
    first.refresh_from_db()
    assert (first.person_id, can_separate(first)) == (one.pk, True)


def test_who_may_not_reach_one_of_them_merges_neither(trial: SmallProgramme) -> None:
    one, other = two(trial)
    elsewhere = add_person(by=TESTER, phase=trial.phase, values={"name_signed": "Azamat Nurmatov", "country_id": "KG"})
    _user, coordinator = trial.user("NC", country=trial.countries["KZ"])
    _user, manager = trial.user("PM")
    with pytest.raises(NotAllowed, match="another country"):
        merge(one, elsewhere, viewer=coordinator)
    with pytest.raises(NotAllowed, match="kept by the M&E officer"):
        merge(one, other, viewer=manager)
    with pytest.raises(ValidationError, match="Two different"):
        merge(one, one)
    merge(one, other, viewer=coordinator)


def test_a_change_in_between_is_seen(trial: SmallProgramme) -> None:
    one, other = two(trial)
    edit_person(by=TESTER, person=other, values={"position": "Chief"}, version=other.version)
    with pytest.raises(StaleRecord):
        merge_persons(by=TESTER, kept=one, merged=other, versions=(1, 1))
    assert Person.objects.count() == 2


def test_both_histories_stay_in_the_log_and_the_past_has_two(trial: SmallProgramme) -> None:
    one, other = two(trial)
    then = timezone.now()
    merge(one, other, why="One and the same")
    told = Change.objects.filter(record_type="activities.person", record_id=str(other.pk)).order_by("id")
    assert [entry.action for entry in told] == ["added", "deleted"]
    assert told.last().why == "One and the same"  # type: ignore[union-attr]
    with as_known(then):
        assert Person.objects.count() == 2
