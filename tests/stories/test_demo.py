"""Somebody tries the product: real facts with their gaps, and a fiction in which everything is full."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from django.db.models import Sum

from pilotage.cli.demo.loading import load_demo, sign_ins
from pilotage.cli.demo.people import PEOPLE
from pilotage.cli.folder import demo_source
from pilotage.cli.generate.loading import generate
from pilotage.cli.generate.names import GIVEN, make_name
from pilotage.cli.generate.size import Size
from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.checks import findings
from pilotage.domain.activities.models import Activity, ActivityMove, Attendance, Person, Tally
from pilotage.domain.activities.states import BY_NAME, HELD
from pilotage.domain.membership.models import Role, User
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Institution, Place
from pilotage.domain.programme.models import Phase, StatedTotal
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.figures.registry import FIGURES
from pilotage.kit.models import Change
from pilotage.kit.printable import missing_characters

SMALL = Size(seed=3, activities=80, participations=900, today=date(2025, 10, 6), photos=1)


@pytest.fixture
def real(db: None) -> None:
    """The real facts alone."""
    source = demo_source("bomca")
    assert source is not None
    load_demo(source, fictional=False, newsletters=False)


@pytest.fixture
def fiction(db: None) -> Phase:
    """A small fictional programme."""
    return generate(SMALL)


def told(phase: Phase) -> list[tuple[object, ...]]:
    """What a phase tells, without keys and moments of recording."""
    activities = Activity.objects.filter(phase=phase).order_by("code")
    persons = Person.objects.filter(phase=phase).order_by("key")
    tallies = Tally.objects.filter(activity__phase=phase).order_by("activity__code", "institution__code", "sex", "mode")
    return [
        *activities.values_list("code", "title", "state", "actual_end", "planned_end", "cost", "report_on"),
        *persons.values_list("key", "name_signed", "position", "institution__code"),
        *tallies.values_list("activity__code", "institution__code", "sex", "count"),
    ]


def test_every_fact_is_loaded_with_its_source_and_what_is_unknown_stays_blank(real: None) -> None:
    activities = Activity.objects.all()
    assert Counter(activities.values_list("phase__code", flat=True)) == {"bomca-8": 3, "bomca-9": 112, "bomca-10": 155}
    assert all(activity.sources for activity in activities)
    assert not any("seed:" in source for activity in activities for source in activity.sources)
    assert activities.filter(tallies=None).count() == 248
    assert activities.filter(actual_end="").exists()
    assert activities.filter(mode="").exists()
    assert not Phase.objects.exclude(indicative_activities=None).exists()
    assert Tally.objects.filter(sex="woman").aggregate(women=Sum("count"))["women"] == 20
    assert not Tally.objects.filter(count=0).exists()


def test_dates_that_are_known_in_part_are_kept_in_part(real: None) -> None:
    quarter = Activity.objects.filter(actual_end="2023-Q2").first()
    assert quarter is not None
    assert (quarter.ended_quarter, quarter.ended_month) == (20232, None)
    assert Activity.objects.filter(actual_end__startswith="../").exists()


def test_names_of_their_time_are_found(real: None) -> None:
    capital = Place.objects.get(name__en="Astana")
    assert capital.name_on(date(2021, 6, 1))["en"] == "Nur-Sultan"
    assert capital.name_on(date(2018, 6, 1))["en"] == capital.name_on(None)["en"] == "Astana"
    service = Institution.objects.get(name__en__startswith="Customs Committee under the Ministry of Economy")
    assert [former.name["en"] for former in service.earlier_names.all()] == ["State Customs Committee of Uzbekistan"]
    assert not Institution.objects.filter(search__icontains="earlier name").exists()


def test_an_extension_holds_from_the_day_it_was_known(real: None) -> None:
    phase = phases_with_everything().get(code="bomca-9")
    assert phase.end_known_on(date(2017, 1, 1)) == date(2018, 6, 14)
    assert phase.end_known_on(None) == date(2020, 4, 30)


def test_published_totals_stand_beside_a_figure_of_ours(real: None) -> None:
    totals = StatedTotal.objects.all()
    assert totals.count() == 57
    named = {total.figure for total in totals if total.figure}
    assert named
    assert named <= set(FIGURES)
    assert all(total.phase_id for total in totals if total.figure)


def test_there_is_somebody_for_every_role_and_each_scope(real: None) -> None:
    phase = phases_with_everything().get(code="bomca-10")
    for person in PEOPLE:
        viewer = Viewer.of(User.objects.get(email=person.email))
        assert viewer.roles_in(phase) == {person.role}
        assert visible_activities(viewer, phase).exists()
        assert person.email in sign_ins()
    assert {person.role for person in PEOPLE} == set(Role) - {Role.PUB}


def test_the_same_seed_tells_the_same_story(fiction: Phase) -> None:
    first = told(fiction)
    again = generate(replace(SMALL, code="again"))
    second = [tuple(str(cell).replace("AGAIN-1", "SILK-BRIDGE-1") if isinstance(cell, str) else cell for cell in row)
              for row in told(again)]  # fmt: skip
    assert len(second) == len(first)
    codes = {str(row[0]) for row in first if str(row[0]).startswith("SILK")}
    assert {str(row[0]) for row in second if str(row[0]).startswith("SILK")} == codes
    assert second[: SMALL.activities] == first[: SMALL.activities]


def test_every_state_was_reached_by_allowed_moves(fiction: Phase) -> None:
    for activity in Activity.objects.filter(phase=fiction).prefetch_related("moves"):
        state, day = "draft", fiction.start
        for move in activity.moves.all():
            assert move.from_state == state
            assert state in BY_NAME[move.move].from_states
            assert day is not None
            assert day <= move.effective_on <= SMALL.today
            state, day = move.to_state, move.effective_on
        assert activity.state == state
    assert ActivityMove.objects.filter(move="verify").exists()


def test_the_tally_is_what_the_register_says(fiction: Phase) -> None:
    differing = {one.activity for one in findings(Activity.objects.filter(phase=fiction), fiction, SMALL.today)
                 if one.check.code == "register_differs"}  # fmt: skip
    registered = Activity.objects.filter(phase=fiction, attendances__isnull=False).distinct()
    assert registered.count() > 20
    assert len(differing) <= 3
    for activity in registered.exclude(pk__in=differing):
        assert activity.attendances.count() == activity.tallies.aggregate(people=Sum("count"))["people"]


def test_the_fiction_says_that_it_is_one_and_holds_everything(fiction: Phase) -> None:
    assert fiction.programme.fictional
    assert not Institution.objects.filter(fictional=False).exists()
    states = set(Activity.objects.filter(phase=fiction).values_list("state", flat=True))
    assert states >= {"draft", "planned", "confirmed", "verified"}
    held = Activity.objects.filter(phase=fiction, state__in=HELD)
    assert all(activity.actual_end <= SMALL.today.isoformat() for activity in held)
    assert held.exclude(summary={}).exists()
    assert Attendance.objects.exclude(pre_test=None).exclude(satisfaction=None).exists()
    assert Change.objects.filter(record_type="activities.person").count() == Person.objects.count()


@pytest.mark.parametrize("country", sorted(GIVEN))
def test_names_can_be_printed_in_all_spellings(country: str) -> None:
    import random

    names = [make_name(random.Random(seed), country, "mf"[seed % 2]) for seed in range(400)]
    assert not missing_characters(" ".join(name.signed for name in names))
    assert all(name.latin.isascii() for name in names)
    scripts = {"cyrillic" if any("а" <= letter <= "я" for letter in name.signed.lower()) else "latin" for name in names}
    assert scripts == {"cyrillic", "latin"}
