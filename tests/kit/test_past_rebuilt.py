"""The records rebuilt for an instant equal a copy that was kept at that instant, whatever was done before and after."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity, Deliverable, Person
from pilotage.domain.activities.operations import (
    add_deliverable,
    edit_activity,
    move_activity,
    remove_deliverable,
    set_tally,
)
from pilotage.domain.activities.persons import AttendanceEntry, edit_person, set_attendance
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.membership.models import User
from pilotage.domain.membership.operations import add_user, edit_user
from pilotage.domain.parties.operations import edit_institution, rename_institution
from pilotage.domain.programme.operations import sign_addendum
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.operations import (
    Answer,
    clear_recommendation,
    draft_recommendation,
    edit_recommendation,
    move_recommendation,
)
from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.domain.workplans.operations import add_line, edit_line, make_plan, move_plan, remove_line
from tests.past import as_known, everything
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db

WORDS = st.text("abcйқʻ -", min_size=1, max_size=12)
COUNTRIES = st.sampled_from(["KZ", "KG", "TJ"])
DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31))
WHICH = st.integers(0, 4)
STEPS = st.one_of(
    st.tuples(st.just("create"), COUNTRIES, WORDS),
    st.tuples(st.just("edit"), WHICH, WORDS),
    st.tuples(st.just("dates"), WHICH, DAYS),
    st.tuples(st.just("countries"), WHICH, st.frozensets(COUNTRIES)),
    st.tuples(st.just("tally"), WHICH, st.dictionaries(st.sampled_from(["woman", "man"]), st.integers(0, 40))),
    st.tuples(
        st.just("move"), WHICH, st.sampled_from(["plan", "confirm", "postpone", "plan_again", "cancel", "implement"])
    ),
    st.tuples(st.just("deliverable"), WHICH, WORDS),
    st.tuples(st.just("less deliverables"), WHICH, st.none()),
    st.tuples(st.just("attend"), WHICH, WORDS),
    st.tuples(st.just("nobody attends"), WHICH, st.none()),
    st.tuples(st.just("person"), WHICH, WORDS),
    st.tuples(st.just("institution"), COUNTRIES, WORDS),
    st.tuples(st.just("rename"), COUNTRIES, WORDS),
    st.tuples(st.just("recommend"), COUNTRIES, WORDS),
    st.tuples(st.just("word"), WHICH, WORDS),
    st.tuples(st.just("issue"), WHICH, DAYS),
    st.tuples(st.just("answer"), WHICH, st.sampled_from(["accept", "reject", "start", "adopt"])),
    st.tuples(st.just("new plan"), st.none(), st.none()),
    st.tuples(st.just("line"), WHICH, DAYS),
    st.tuples(st.just("edit line"), WHICH, WORDS),
    st.tuples(st.just("less lines"), WHICH, st.none()),
    st.tuples(st.just("submit"), st.none(), st.none()),
    st.tuples(st.just("addendum"), st.integers(1, 3), DAYS),
    st.tuples(st.just("user"), WHICH, WORDS),
)
HISTORIES = st.tuples(st.lists(STEPS, min_size=1, max_size=14), st.integers(0, 13))


class Undone(Exception):
    """Ends an example without keeping anything."""


def nth(model: Any, number: int) -> Any:
    """One of the records there are. Raises ValidationError, as a refused step, where there is none."""
    records = list(model.objects.order_by("pk"))
    if not records:
        raise ValidationError("none yet")
    return records[number % len(records)]


def take(step: tuple[str, Any, Any], programme: SmallProgramme) -> None:
    """Does one thing, as somebody would by a page; what the rules refuse raises ValidationError."""
    what, one, value = step
    match what:
        case "create":
            programme.activity(one, title={"en": value}, state="planned", planned_end="2023-Q2")
        case "edit":
            activity = nth(Activity, one)
            entry = ActivityEntry({"title": {**activity.title, "ru": value}, "confidentiality": "internal"})
            edit_activity(by=TESTER, activity=activity, entry=entry, version=activity.version)
        case "dates":
            activity = nth(Activity, one)
            entry = ActivityEntry({"baseline_end": value.isoformat(), "cost": "12.5"})
            edit_activity(by=TESTER, activity=activity, entry=entry, version=activity.version)
        case "countries":
            activity = nth(Activity, one)
            edit_activity(
                by=TESTER, activity=activity, entry=ActivityEntry({}, countries=value), version=activity.version
            )
        case "tally":
            activity = nth(Activity, one)
            rows = [TallyRow(count, sex=sex, country="KZ") for sex, count in value.items()]
            set_tally(by=TESTER, activity=activity, rows=rows, version=activity.version)
        case "move":
            move_activity(
                by=TESTER, viewer=None, activity=nth(Activity, one), move=value, reason="as agreed",
                new_start="2023-05-02", new_end="2023-05-04",
            )  # fmt: skip
        case "deliverable":
            add_deliverable(by=TESTER, activity=nth(Activity, one), values={"type": "report", "title": {"en": value}})
        case "less deliverables":
            remove_deliverable(by=TESTER, deliverable=nth(Deliverable, one))
        case "attend":
            activity = nth(Activity, one)
            there = AttendanceEntry(None, new={"name_signed": value, "country_id": "KG", "sex": "woman"})
            set_attendance(by=TESTER, activity=activity, entries=[there], version=activity.version)
        case "nobody attends":
            activity = nth(Activity, one)
            set_attendance(by=TESTER, activity=activity, entries=[], version=activity.version)
        case "person":
            person = nth(Person, one)
            edit_person(by=TESTER, person=person, values={"name_signed": value}, version=person.version)
        case "institution":
            service = programme.services[one]
            service.refresh_from_db()
            values = {"short_name": {"en": value}}
            edit_institution(by=TESTER, institution=service, values=values, version=service.version)
        case "rename":
            service = programme.services[one]
            service.refresh_from_db()
            rename_institution(by=TESTER, institution=service, name={"en": value}, from_day=date(2022, 1, 1))
        case "recommend":
            advised: dict[str, Any] = {
                "text": {"en": value}, "addressee": programme.services[one], "component": programme.components[0],
                "response_due": date(2023, 5, 1), "implementation_due": date(2024, 1, 1),
            }  # fmt: skip
            draft_recommendation(by=TESTER, phase=programme.phase, values=advised)
        case "word":
            advice = nth(Recommendation, one)
            edit_recommendation(
                by=TESTER, recommendation=advice, values={"text": {"en": value}}, version=advice.version
            )
        case "issue":
            advice = nth(Recommendation, one)
            clear_recommendation(by=TESTER, viewer=None, recommendation=advice)
            move_recommendation(
                by=TESTER, viewer=None, recommendation=advice, answer=Answer("issue", effective_on=value)
            )
        case "answer":
            answer = Answer(value, words="as agreed", evidence_text="order", implementation_due=date(2024, 6, 1))
            move_recommendation(by=TESTER, viewer=None, recommendation=nth(Recommendation, one), answer=answer)
        case "new plan":
            like = WorkPlan.objects.order_by("-pk").first()
            make_plan(by=TESTER, phase=programme.phase, year=2023, country=None, like=like)
        case "line":
            planned: dict[str, Any] = {
                "title": {"en": "Line"},
                "baseline_end": value.isoformat(),
                "component": programme.components[0],
            }
            add_line(by=TESTER, plan=nth(WorkPlan, one), values=planned)
        case "edit line":
            line = nth(PlanLine, one)
            edit_line(by=TESTER, line=line, values={"title": {"en": value}}, version=line.version)
        case "less lines":
            remove_line(by=TESTER, line=nth(PlanLine, one), why="not needed")
        case "submit":
            move_plan(by=TESTER, plan=nth(WorkPlan, 0), move="submit")
        case "addendum":
            sign_addendum(by=TESTER, phase=programme.phase, number=one, signed_on=value, new_end=date(2026, 1, 1))
        case "user":
            user = User.objects.first() or add_user(by=TESTER, email="a@example.org", name="A", password=None)
            edit_user(by=TESTER, user=user, values={"name": value.strip() or "A"})
        case _:
            raise AssertionError(what)


@pytest.fixture
def programme() -> SmallProgramme:
    made = small_programme()
    made.activity("KZ", "KG")
    return made


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES)
def test_the_rebuilt_records_equal_the_copy_kept_at_that_instant(
    programme: SmallProgramme, history: tuple[list[Any], int]
) -> None:
    steps, at = history
    with contextlib.suppress(Undone), transaction.atomic():
        kept, instant = everything(), timezone.now()
        for number, step in enumerate(steps):
            if number == at:
                kept, instant = everything(), timezone.now()
            with contextlib.suppress(ValidationError), transaction.atomic():
                take(step, programme)
        with as_known(instant, guarded=False):
            assert everything() == kept
        raise Undone
