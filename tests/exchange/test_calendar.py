"""The calendar feed: what stands in people's own calendars."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import add_activity, edit_activity
from pilotage.domain.membership.models import AccessToken
from pilotage.domain.membership.operations import issue_token, revoke_token
from tests.exchange.programme import SYSTEM, SmallProgramme, role_of, small_programme
from tests.recorded import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def programme() -> SmallProgramme:
    made = small_programme()
    for code, start, end, state, access in (
        ("A-1", "2023-06-20", "2023-06-22", "confirmed", "public"),
        ("A-2", "2023-Q3", "2023-Q3", "planned", "public"),
        ("A-3", "2023-07-01", "2023-07-01", "cancelled", "public"),
        ("A-4", "2023-08-01", "2023-08-02", "planned", "internal"),
    ):
        values = {
            "code": code, "title": {"en": f"Course {code}", "ru": f"Курс {code}"}, "type": "training", "state": state,
            "component": made.components[0], "planned_start": start, "planned_end": end, "confidentiality": access,
            "venue": made.dushanbe,
        }  # fmt: skip
        add_activity(by=SYSTEM, phase=made.phase, entry=ActivityEntry(values, countries=frozenset({"TJ"})))
    return made


def events(query: str = "") -> dict[str, dict[str, str]]:
    calendar = Calendar.from_ical(Client().get(f"/demo-1/calendar.ics{query}").content)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_only_days_that_are_known_become_events(programme: SmallProgramme) -> None:
    found = events()
    assert set(found) == {"Course A-1", "Course A-3"}
    assert found["Course A-1"]["dtstart"].dt == date(2023, 6, 20)
    assert found["Course A-1"]["dtend"].dt == date(2023, 6, 23)
    assert found["Course A-1"]["status"] == "CONFIRMED"
    assert found["Course A-3"]["status"] == "CANCELLED"
    assert str(found["Course A-1"]["location"]) == "Dushanbe"
    assert "1 activity whose day" in Client().get("/demo-1/calendar.ics").content.decode().replace("\r\n ", "")


def test_it_speaks_russian(programme: SmallProgramme) -> None:
    found = events("?lang=ru")
    assert "Курс A-1" in found
    assert str(found["Курс A-1"]["location"]) == "Душанбе"


def test_the_key_of_a_token_shows_what_its_role_sees_until_it_is_revoked(programme: SmallProgramme) -> None:
    _token, key = issue_token(
        by=programme.manager,
        assignment=role_of(programme.manager),
        label="calendar",
        expires_on=date.today() + timedelta(9),
    )
    assert "Course A-4" in events(f"?key={key}")
    revoke_token(by=SYSTEM, token=AccessToken.objects.get())
    assert Client().get(f"/demo-1/calendar.ics?key={key}").status_code == 403


def test_an_event_keeps_its_identity_through_changes(programme: SmallProgramme) -> None:
    before = str(events()["Course A-1"]["uid"])
    activity = Activity.objects.get(code="A-1")
    edit_activity(by=SYSTEM, activity=activity, entry=ActivityEntry({"title": {"en": "Renamed"}}), version=1)
    assert str(events()["Renamed"]["uid"]) == before
    assert events()["Renamed"]["sequence"] == 2


def test_an_unchanged_feed_is_not_sent_twice(programme: SmallProgramme) -> None:
    first = Client().get("/demo-1/calendar.ics")
    assert Client().get("/demo-1/calendar.ics", headers={"If-None-Match": first["ETag"]}).status_code == 304
