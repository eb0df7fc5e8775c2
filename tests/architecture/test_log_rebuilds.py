"""The change log alone rebuilds every record, whatever was done in whatever order, deletions included."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import edit_activity, move_activity, set_tally
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.parties.models import Institution
from pilotage.domain.parties.operations import edit_institution, rename_institution
from pilotage.kit.changes import operation, primitive
from pilotage.kit.models import Change
from pilotage.kit.records import Record
from tests.records import TESTER, SmallProgramme, small_programme

WORDS = st.text("abcйқʻ -", min_size=1, max_size=12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("title"), WORDS),
        st.tuples(st.just("countries"), st.frozensets(st.sampled_from(["KZ", "KG", "TJ"]))),
        st.tuples(st.just("tally"), st.dictionaries(st.sampled_from(["woman", "man"]), st.integers(0, 40))),
        st.tuples(
            st.just("move"), st.sampled_from(["plan", "confirm", "postpone", "plan_again", "cancel", "implement"])
        ),
        st.tuples(st.just("institution"), WORDS),
        st.tuples(st.just("rename"), WORDS),
        st.tuples(st.just("many"), WORDS),
        st.tuples(st.just("undone"), WORDS),
    ),
    min_size=1,
    max_size=12,
)


class Undone(Exception):
    """Ends an operation half-way."""


def rebuilt() -> dict[tuple[str, str], dict[str, Any]]:
    """Every record as the log tells it, from the first change to the last."""
    records: dict[tuple[str, str], dict[str, Any]] = {}
    for change in Change.objects.order_by("id"):
        key = change.record_type, change.record_id
        if change.action == "deleted":
            assert records.pop(key) == change.before
        elif change.action == "added":
            assert key not in records
            records[key] = dict(change.after)
        else:
            assert {name: records[key][name] for name in change.before} == change.before
            records[key].update(change.after)
    return records


def present() -> dict[tuple[str, str], dict[str, Any]]:
    """Every record as the database has it."""
    return {
        (model._meta.label_lower, str(record.pk)): {
            name: primitive(value) for name, value in record.logged_values().items()
        }
        for model in apps.get_models()
        if issubclass(model, Record)
        for record in model._base_manager.all()
    }


def take(step: tuple[str, Any], programme: SmallProgramme, number: int) -> None:
    """Does one thing; what the rules refuse is simply not done."""
    what, value = step
    activity = Activity.objects.get(pk=number)
    service = programme.services["KZ"]
    service.refresh_from_db()
    if what == "title":
        values = {"title": {**activity.title, "ru": value}}
        edit_activity(by=TESTER, activity=activity, entry=ActivityEntry(values), version=activity.version)
    elif what == "countries":
        entry = ActivityEntry({}, countries=value)
        edit_activity(by=TESTER, activity=activity, entry=entry, version=activity.version)
    elif what == "tally":
        rows = [TallyRow(count, sex=sex) for sex, count in value.items()]
        set_tally(by=TESTER, activity=activity, rows=rows, version=activity.version)
    elif what == "move":
        move_activity(
            by=TESTER, viewer=None, activity=activity, move=value, reason="as agreed",
            new_start="2023-05-02", new_end="2023-05-04",
        )  # fmt: skip
    elif what == "institution":
        values = {"short_name": {"en": value}}
        edit_institution(by=TESTER, institution=service, values=values, version=service.version)
    elif what == "rename":
        rename_institution(by=TESTER, institution=service, name={"en": value}, from_day=date(2022, 1, 1))
    elif what == "many":
        many = list(Institution.objects.all())
        for one in many:
            one.short_name = {"en": value.strip() or "x"}
        with operation("rename institutions", by=TESTER):
            Institution.objects.bulk_update(many, ["short_name"])
    else:
        with contextlib.suppress(Undone), transaction.atomic():
            edit_activity(
                by=TESTER, activity=activity, entry=ActivityEntry({"title": {"en": value}}), version=activity.version
            )
            raise Undone


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_log_alone_rebuilds_every_record(steps: list[tuple[str, Any]]) -> None:
    with contextlib.suppress(Undone), transaction.atomic():
        programme = small_programme()
        number = programme.activity("KZ", "KG").pk
        for step in steps:
            with contextlib.suppress(ValidationError), transaction.atomic():
                take(step, programme, number)
        assert rebuilt() == present()
        raise Undone
