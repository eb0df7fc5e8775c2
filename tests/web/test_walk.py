"""A programme's first page leads through the round under way, each reader as far as the reader may go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pilotage.documents.models import Issuing
from pilotage.domain.membership.viewers import Viewer
from pilotage.web.meetings.walk import walk_of
from tests.browse import signed_in, words_of
from tests.packs import CUT_OFFS, Rounds, two_rounds
from tests.web.test_overview import MOST_QUERIES, fill, queries_of

pytestmark = pytest.mark.django_db
DAY = CUT_OFFS[2023] + timedelta(days=30)


@pytest.fixture
def made() -> Rounds:
    return two_rounds()


def test_the_manager_is_led_from_last_years_decisions_to_the_room(made: Rounds) -> None:
    _user, viewer = made.trial.user("PM")
    walk = walk_of(viewer, made.trial.phase, DAY)
    assert walk is not None
    assert walk.meeting == made.meetings[2023, "KZ"]
    assert walk.last_year is not None
    assert walk.last_year.decisions >= 1
    assert walk.room.endswith(f"/meetings/{walk.meeting.code}/room/")
    assert (walk.pack, walk.pack_waits) == ("", False)
    pack = made.pack("KZ")
    walk = walk_of(viewer, made.trial.phase, DAY)
    assert walk is not None
    assert walk.pack.endswith(f"/publications/{pack.address}/")


def test_a_pack_that_is_being_made_is_said_to_be(made: Rounds) -> None:
    user, viewer = made.trial.user("PM")
    now = timezone.now()
    Issuing.objects.create(publication=made.pack("KZ"), asked_by=user, begun_at=now, heard_at=now)
    walk = walk_of(viewer, made.trial.phase, DAY)
    assert walk is not None
    assert walk.pack_waits


def test_a_member_goes_no_further_than_the_own_meetings(made: Rounds) -> None:
    _user, viewer = made.trial.user("SM", country=made.trial.countries["TJ"])
    walk = walk_of(viewer, made.trial.phase, DAY)
    assert walk is not None
    assert walk.meeting == made.meetings[2023, "TJ"]
    assert (walk.room, walk.pack) == ("", "")


def test_the_public_is_led_to_nothing_that_it_may_not_open(made: Rounds) -> None:
    walk = walk_of(Viewer.public(), made.trial.phase, DAY)
    assert walk is None or (walk.round_address, walk.room, walk.pack, walk.last_year) == ("", "", "", None)


def test_the_dashboard_keeps_to_its_queries_while_a_round_is_under_way(
    made: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilotage.web.dashboard.views.current_day", lambda: DAY)
    user, _viewer = made.trial.user("PM")
    made.pack("KZ")
    fill(made.trial, 6)
    client = signed_in(user)
    assert "Steering round 2023" in words_of(client.get("/trial-1/"))
    assert queries_of(client, "/trial-1/") <= MOST_QUERIES
