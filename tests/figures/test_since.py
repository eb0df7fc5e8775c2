"""What changed since the last meeting is said in plain sentences, each with the records that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import move_activity
from pilotage.domain.recommendations.operations import Answer, move_recommendation
from pilotage.domain.recommendations.words import Channel
from pilotage.figures.since.changes import Asked, Group, changed_since
from pilotage.kit.changes import operation
from tests.answers import issued
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
LAST, THIS = date(2023, 6, 30), date(2024, 6, 30)


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


@contextmanager
def recorded(year: int, month: int, day: int) -> Iterator[None]:
    """Everything inside is entered at noon of a day."""
    with operation("enter", by=TESTER) as entering:
        entering.at = timezone.make_aware(datetime(year, month, day, 12))
        yield


def said(trial: SmallProgramme, *, language: str = "en", **asked: object) -> dict[str, list[str]]:
    groups = groups_of(trial, **asked)
    return {group.key: [one.text[language].replace("\u00a0", " ") for one in group.sentences] for group in groups}


def groups_of(trial: SmallProgramme, **asked: object) -> list[Group]:
    return changed_since(Asked(trial.phase, LAST, THIS, None, **asked))  # type: ignore[arg-type]


def ahead(trial: SmallProgramme, name: str, end: str, *countries: str) -> Activity:
    title = {"en": name, "ru": f"{name} (рус.)"}
    return trial.activity(*(countries or ("KZ",)), state="planned", title=title, planned_start=end, planned_end=end)


def test_what_took_place_moved_and_fell_behind(trial: SmallProgramme) -> None:
    with recorded(2023, 5, 1):
        held, moved, late, called_off, quiet = (
            ahead(trial, name, "2023-12-01") for name in ("Held", "Moved", "Late", "Off", "Quiet")
        )
        for one in (held, moved):
            move_activity(by=TESTER, viewer=None, activity=one, move="confirm")
    with recorded(2023, 12, 20):
        move_activity(
            by=TESTER, viewer=None, activity=held, move="implement", new_start="2023-12-01", new_end="2023-12-01"
        )
        move_activity(
            by=TESTER,
            viewer=None,
            activity=moved,
            move="postpone",
            reason="snow",
            new_start="2024-09",
            new_end="2024-09",
        )
        move_activity(by=TESTER, viewer=None, activity=called_off, move="cancel", reason="no host")
        ahead(trial, "New", "2024-12-01")
    with recorded(2024, 7, 15):
        for one in (late, quiet):
            move_activity(by=TESTER, viewer=None, activity=one, move="cancel", reason="later than the cut-off")
    assert said(trial) == {
        "1": [
            "1 activity took place: “Held”.",
            "1 activity was added to what is ahead: “New”.",
            "1 activity was moved to a later date: “Moved” (1 December 2023 → September 2024).",
            "1 activity was cancelled: “Off”.",
            "2 activities have fallen behind: their planned end has passed; “Late”, “Quiet”.",
        ]
    }
    russian = said(trial, language="ru")["1"]
    assert russian[0] == "Проведено 1 мероприятие: «Held (рус.)»."
    assert russian[4] == "Отстают от плана 2 мероприятия, их плановый срок прошёл: «Late (рус.)», «Quiet (рус.)»."


def test_what_an_entry_of_an_older_event_tells(trial: SmallProgramme) -> None:
    with recorded(2024, 1, 10):
        trial.activity(
            "KZ", state="implemented", title={"en": "Forgotten"}, actual_start="2022-05-05", actual_end="2022-05-05"
        )
    assert said(trial) == {"1": ["1 activity of an earlier date was entered: “Forgotten”."]}


def test_answers_of_agencies(trial: SmallProgramme) -> None:
    with recorded(2023, 5, 1):
        recommendations = [issued(trial, "KZ", number) for number in range(1, 6)]
    with recorded(2024, 2, 1):
        for one in recommendations[:2]:
            answer = Answer("accept", words="yes", effective_on=date(2024, 2, 1))
            move_recommendation(by=TESTER, viewer=None, recommendation=one, answer=answer, channel=Channel.LETTER)
        refused = Answer("reject", words="no", effective_on=date(2024, 2, 1))
        move_recommendation(
            by=TESTER, viewer=None, recommendation=recommendations[2], answer=refused, channel=Channel.LETTER
        )
    sentences = [text for texts in said(trial).values() for text in texts]
    assert "3 recommendations were answered: accepted – 2, rejected – 1." in sentences
    russian = [text for texts in said(trial, language="ru").values() for text in texts]
    assert "Получены ответы на 3 рекомендации: принята – 2, отклонена – 1." in russian


def test_by_country_every_country_tells_of_what_concerns_it(trial: SmallProgramme) -> None:
    with recorded(2023, 9, 1):
        ahead(trial, "Both", "2024-12-01", "KZ", "KG")
        ahead(trial, "One", "2024-12-01", "KG")
    by_country = said(trial, by="country")
    assert list(by_country) == ["KG", "KZ"]
    assert by_country["KG"] == ["2 activities were added to what is ahead: “Both”, “One”."]
    only = said(trial, country=trial.countries["KZ"])
    assert only == {"1": ["1 activity was added to what is ahead: “Both”."]}


def test_what_concerns_no_partner_country_is_not_dropped(trial: SmallProgramme) -> None:
    with recorded(2023, 9, 1):
        ahead(trial, "Region", "2024-12-01", "KZ")
        trial.phase.partner_countries.filter(country="KZ").delete()
    assert said(trial, by="country") == {"": ["1 activity was added to what is ahead: “Region”."]}


def test_nothing_is_said_of_a_quiet_time_and_an_empty_span_is_refused(trial: SmallProgramme) -> None:
    with recorded(2023, 5, 1):
        ahead(trial, "Far", "2025-05-01")
    assert groups_of(trial) == []
    with pytest.raises(ValueError, match="ends before"):
        changed_since(Asked(trial.phase, THIS, LAST, None))


def test_readers_hear_only_of_what_they_see(trial: SmallProgramme) -> None:
    with recorded(2023, 9, 1):
        ahead(trial, "Inside", "2024-12-01", "KG")
    _user, counterpart = trial.user("CP", institution=trial.services["KZ"])
    assert changed_since(Asked(trial.phase, LAST, THIS, counterpart)) == []
    _user, officer = trial.user("ME")
    assert len(changed_since(Asked(trial.phase, LAST, THIS, officer))) == 1


def test_queries_do_not_grow_with_what_changed(trial: SmallProgramme) -> None:
    counts = []
    for _round in range(2):
        with recorded(2023, 9, 1):
            for number in range(3):
                ahead(trial, f"Activity {number}", "2024-12-01", "KZ", "KG")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            groups_of(trial)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
