"""Somebody tries the product and finds real facts with their gaps."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db.models import Sum

from pilotage.cli.demo.loading import load_demo, sign_ins
from pilotage.cli.demo.people import PEOPLE
from pilotage.cli.folder import demo_source
from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.models import Activity, Tally
from pilotage.domain.membership.models import Role, User
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Institution, Place
from pilotage.domain.programme.models import Phase, StatedTotal
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.figures.registry import FIGURES


@pytest.fixture(scope="module")
def loaded_once(recorded_once: None) -> None:
    source = demo_source("bomca")
    assert source is not None
    load_demo(source, fictional=False, newsletters=False)


@pytest.fixture
def real(loaded_once: None, db: None) -> None:
    """The real facts alone."""


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
