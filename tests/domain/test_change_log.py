"""Every change is logged with who, when, what before and after, and why; nothing escapes."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity, Tally
from pilotage.domain.activities.operations import edit_activity, set_tally
from pilotage.domain.activities.rules import TallyRow
from pilotage.kit.changes import OutsideOperation, StaleRecord, operation
from pilotage.kit.models import AppendOnly, Change
from tests.records import TESTER, small_programme

pytestmark = pytest.mark.django_db


def replayed(record_type: str, record_id: str) -> dict[str, object] | None:
    """The record's fields as the log alone tells them; None where it was deleted."""
    values: dict[str, object] | None = None
    for change in Change.objects.filter(record_type=record_type, record_id=record_id).order_by("id"):
        values = None if change.action == "deleted" else {**(values or {}), **change.after}
    return values


def test_an_edit_says_who_what_before_after_and_why() -> None:
    trial = small_programme()
    activity = trial.activity("KZ")
    edit_activity(by=TESTER, activity=activity, entry=ActivityEntry({"type": "seminar"}), version=1, why="as printed")
    change = Change.objects.filter(record_type="activities.activity").first()
    assert change is not None
    assert (change.actor_name, change.why, change.name) == ("tests", "as printed", "edit activity")
    assert (change.before["type"], change.after["type"]) == ("workshop", "seminar")


@pytest.mark.parametrize("write", ["save", "delete", "update", "queryset delete", "bulk_create"])
def test_no_record_is_written_outside_an_operation(write: str) -> None:
    trial = small_programme()
    activity = trial.activity("KZ")
    activity.type = "seminar"
    ways = {
        "save": activity.save,
        "delete": activity.delete,
        "update": lambda: Activity.objects.filter(pk=activity.pk).update(type="seminar"),
        "queryset delete": lambda: Activity.objects.filter(pk=activity.pk).delete(),
        "bulk_create": lambda: Tally.objects.bulk_create([Tally(activity=activity, count=3)]),
    }
    with pytest.raises(OutsideOperation):
        ways[write]()
    assert Activity.objects.get(pk=activity.pk).type == "workshop"


def test_the_log_cannot_be_altered_by_our_code_nor_by_anybody_at_the_database() -> None:
    small_programme()
    change = Change.objects.first()
    assert change is not None
    with pytest.raises(AppendOnly):
        change.save()
    with pytest.raises(AppendOnly):
        change.delete()
    for statement in ("UPDATE kit_change SET why = 'x'", "DELETE FROM kit_change"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_an_operation_that_fails_leaves_neither_record_nor_entry() -> None:
    trial = small_programme()
    entries = Change.objects.count()
    with pytest.raises(ValidationError):
        trial.activity("KZ", planned_start="2023-06-20", planned_end="2023-06-10")
    assert (Activity.objects.count(), Change.objects.count()) == (0, entries)


def test_two_people_edit_and_the_second_is_told_what_the_first_changed() -> None:
    trial = small_programme()
    activity = trial.activity("KZ")
    first, second = Activity.objects.get(pk=activity.pk), Activity.objects.get(pk=activity.pk)
    edit_activity(by=TESTER, activity=first, entry=ActivityEntry({"mode": "online"}), version=1)
    with pytest.raises(StaleRecord) as stale:
        edit_activity(by=TESTER, activity=second, entry=ActivityEntry({"mode": "hybrid"}), version=1)
    assert stale.value.theirs == {"mode": ("", "online")}
    assert stale.value.by == "tests"


def test_two_saves_at_the_same_moment_cannot_both_win() -> None:
    trial = small_programme()
    activity = trial.activity("KZ")
    held = Activity.objects.get(pk=activity.pk)
    edit_activity(by=TESTER, activity=activity, entry=ActivityEntry({"mode": "online"}), version=1)
    held.mode = "hybrid"
    with pytest.raises(StaleRecord), operation("edit activity", by=TESTER):
        held.save()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000))
def test_the_log_alone_rebuilds_every_record(seed: int) -> None:
    with transaction.atomic():
        chance = random.Random(seed)
        trial = small_programme(code=f"trial-{seed}")
        activity = trial.activity("KZ", "KG")
        for _step in range(12):
            activity = Activity.objects.get(pk=activity.pk)
            if chance.random() < 0.5:
                values = {
                    "type": chance.choice(["seminar", "training"]),
                    "planned_start": chance.choice(["", "2023-05"]),
                }
                countries = frozenset(chance.sample(["KZ", "KG", "TJ"], chance.randint(1, 3)))
                entry = ActivityEntry(values, countries=countries)
                edit_activity(by=TESTER, activity=activity, entry=entry, version=activity.version)
            else:
                rows = [
                    TallyRow(chance.randint(0, 9), country, sex=sex)
                    for country in ("KZ", "KG")
                    for sex in ("woman", "man")
                ]
                set_tally(by=TESTER, activity=activity, rows=rows, version=activity.version)
        for model in (Activity, Tally, Activity.countries.through):
            label = model._meta.label_lower
            present = {str(record.pk): record.logged_values() for record in model.objects.all()}
            logged = set(Change.objects.filter(record_type=label).values_list("record_id", flat=True))
            assert {key: replayed(label, key) for key in logged if replayed(label, key) is not None} == present
        transaction.set_rollback(True)
