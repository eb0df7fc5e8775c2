"""Somebody looks for what is known of the real steering meetings: all of it is there, and nothing that is not known."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from pilotage.cli.demo.loading import load_demo
from pilotage.cli.folder import demo_source
from pilotage.domain.steering.models import (
    ActionPoint,
    Decision,
    Meeting,
    MeetingRound,
    Mention,
    Presence,
    SteeringBody,
)
from pilotage.kit.partial_dates import bounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Path:
    """The folder of facts, loaded."""
    folder = demo_source("bomca")
    assert folder is not None
    load_demo(folder, fictional=False, newsletters=False)
    return folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_meeting_of_the_file_is_there_as_well_as_it_is_known(source: Path) -> None:
    facts, russian = rows(source, "meetings.csv"), rows(source, "meetings_ru.csv")
    assert Counter(Meeting.objects.values_list("kind", flat=True)) == Counter(row["kind"] for row in facts)
    for number, (row, extra) in enumerate(zip(facts, russian, strict=True), start=1):
        meeting = Meeting.objects.get(code__endswith=f"-M{number:02}")
        assert (meeting.starts, meeting.ends) == (extra["partial_start"], extra["partial_end"])
        assert meeting.begins_on == bounds(extra["partial_start"])[0]
        assert meeting.mode == extra["mode"]
        assert meeting.date_text == row["date_text"]
        assert meeting.summary == {"en": row["reviewed_or_decided"], "ru": extra["reviewed_or_decided_ru"]}
        assert meeting.sources
        assert "seed:" not in str(meeting.sources)
        assert meeting.as_printed.get("stated_figures", "") == row["stated_figures"]
        assert bool(meeting.place) == (len(row["place"].split(";")) == 1 and bool(row["place"]))
        assert bool(meeting.chair_text) == bool(row["chair"])


def test_what_was_not_published_is_not_made_up(source: Path) -> None:
    for model in (Presence, Decision, ActionPoint, MeetingRound):
        assert not model._default_manager.exists()
    assert set(Meeting.objects.values_list("state", flat=True)) == {"held"}
    assert not Meeting.objects.exclude(papers_sent_on=None, circulated_on=None, approved_on=None).exists()
    assert not any(body.members.exists() for body in SteeringBody.objects.all())


def test_meetings_belong_to_the_phase_and_group_that_the_source_names(source: Path) -> None:
    facts = rows(source, "meetings.csv")
    for number, row in enumerate(facts, start=1):
        meeting = Meeting.objects.get(code__endswith=f"-M{number:02}")
        for phase in ("9", "10"):
            if f"phase {phase}" in row["reviewed_or_decided"]:
                assert meeting.phase.code == f"bomca-{phase}"
        one_country = len(row["country"].split(";")) == 1 and bool(row["country"])
        steering = row["kind"] == "regional_steering" or (row["kind"] == "national_steering" and one_country)
        assert bool(meeting.body) == steering
        if meeting.body and row["kind"] == "national_steering":
            assert meeting.body.country_id == row["country"]
    # Five countries and the region in phase 9; no national meeting of Kyrgyzstan is missing in phase 10.
    assert Counter(SteeringBody.objects.values_list("phase__code", "kind")) == {
        ("bomca-9", "national"): 5,
        ("bomca-9", "regional"): 1,
        ("bomca-10", "national"): 5,
        ("bomca-10", "regional"): 1,
    }


def test_recommendations_lead_to_the_meetings_that_the_same_page_tells_of(source: Path) -> None:
    spoken = Mention.objects.select_related("meeting", "recommendation")
    told = {(one.recommendation.issued_year, one.meeting.code) for one in spoken}
    assert told == {
        (2018, "BOMCA-9-M15"),
        *((2019, f"BOMCA-9-M{number}") for number in range(17, 22)),
        (2022, "BOMCA-10-M29"),
        (2024, "BOMCA-10-M39"),
    }
    assert not any(one.came_out_of_it for one in spoken)
    for mention in spoken:
        assert set(mention.recommendation.sources) & set(mention.meeting.sources)
