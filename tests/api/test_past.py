"""The machine side at a past instant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.operations import edit_activity
from pilotage.kit.past import asking
from tests.records import TESTER, small_programme

pytestmark = pytest.mark.django_db
API = "/api/phases/trial-1"


@pytest.fixture
def at(settings: Any, tmp_path: Path) -> str:
    """The instant before an activity was retitled and another one added."""
    settings.DATA = tmp_path
    programme = small_programme()
    values: dict[str, Any] = {"confidentiality": "public", "state": "implemented", "actual_end": "2023-05-03"}
    activity = programme.activity("KG", **values)
    instant = timezone.now().isoformat().replace("+00:00", "Z")
    edit_activity(
        by=TESTER, activity=activity, entry=ActivityEntry({"title": {"en": "Retitled"}}), version=activity.version
    )
    programme.activity("KG", **values)
    return instant


def test_activities_and_figures_are_those_of_then(at: str) -> None:
    browser = Client()
    items = browser.get(f"{API}/activities?recorded={at}").json()["items"]
    assert [one["title"]["en"] for one in items] == ["Workshop"]
    assert len(browser.get(f"{API}/activities").json()["items"]) == 2
    figure = browser.get(f"{API}/figures/activities-implemented?recorded={at}&as_of=2023-05-31").json()
    assert figure["total"]["value"] == 1
    assert (figure["scope"]["as_of"], bool(figure["scope"]["recorded"])) == ("2023-05-31", True)
    assert browser.get(f"{API}/figures/activities-implemented").json()["scope"]["recorded"] is None
    assert browser.get(f"{API}/activities/{items[0]['code']}?recorded={at}").json()["title"]["en"] == "Workshop"


def test_the_next_page_stays_in_the_past(at: str) -> None:
    assert "recorded=" not in (Client().get(f"{API}/activities?limit=1").json()["next"] or "")
    both = timezone.now().isoformat().replace("+00:00", "Z")
    assert "recorded=" in Client().get(f"{API}/activities?limit=1&recorded={both}").json()["next"]


def test_what_is_no_day_what_lies_before_everything_and_what_is_being_made(
    at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Client().get(f"{API}/activities?recorded=soon").status_code == 422
    assert Client().get(f"{API}/activities?recorded=2001-01-01").status_code == 404
    monkeypatch.setattr(asking, "AT_ONCE", 0)
    waiting = Client().get(f"{API}/activities?recorded={at}")
    assert (waiting.status_code, waiting["Retry-After"]) == (202, "3")
