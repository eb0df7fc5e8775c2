"""Somebody with a role elsewhere in the phase sees of a public meeting what the public sees, and no more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.operations import add_institution
from pilotage.domain.steering.access import sees_minutes, sees_names, sees_papers, visible_action_points
from pilotage.domain.steering.action_points import add_action_point
from pilotage.domain.steering.models import Meeting
from pilotage.domain.steering.operations import mention_recommendation, move_meeting, write_summary
from tests.answers import issued
from tests.browse import signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme
from tests.rounds import a_body, convened, with_everybody

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


@pytest.fixture
def meeting(trial: SmallProgramme) -> Meeting:
    """A public meeting of Kyrgyzstan's group that was held, with something to do for its border service."""
    body = a_body(trial)
    made = with_everybody(convened(trial, body, confidentiality="public"))
    item = made.agenda.order_by("position").first()
    assert item is not None
    write_summary(by=TESTER, item=item, language="en", text="All was said.", version=item.version)
    made = move_meeting(by=TESTER, meeting=made, step="hold")
    values = {"text": {"en": "Send the list"}, "owner_institution": trial.services["KG"], "due_on": date(2030, 1, 1)}
    add_action_point(by=TESTER, meeting=made, values=values)
    for number, country in enumerate(("KG", "KZ"), start=1):
        one = issued(trial, country, number, text={"en": f"Advice to {country}"})
        mention_recommendation(by=TESTER, meeting=made, recommendation=one)
    return made


def reached(viewer: Viewer, meeting: Meeting) -> tuple[bool, bool, bool, int]:
    fresh = Meeting.objects.select_related("phase").get(pk=meeting.pk)
    return (
        sees_papers(viewer, fresh), sees_names(viewer, fresh), sees_minutes(viewer, fresh),
        visible_action_points(viewer, fresh.phase).count(),
    )  # fmt: skip


def test_papers_names_minutes_and_points_are_for_those_whose_meeting_it_is(
    trial: SmallProgramme, meeting: Meeting
) -> None:
    values = {"name": {"en": "Veterinary Service"}, "type": "veterinary", "country": trial.countries["TJ"]}
    elsewhere = add_institution(by=TESTER, values=values)

    def viewer(role: str, name: str, **scope: Any) -> Viewer:
        return trial.user(role, name, **scope)[1]

    manager, own = viewer("PM", "Marta"), viewer("CP", "Asel", institution=trial.services["KG"])
    member = viewer("SM", "Bek", country=trial.countries["KG"])
    strangers = (
        viewer("CP", "Farid", institution=elsewhere),
        viewer("SM", "Zarina", country=trial.countries["TJ"]),
        viewer("GR", "Gulnora", institution=trial.services["KG"]),
    )
    assert reached(manager, meeting) == (True, True, True, 1)
    assert reached(own, meeting) == (True, True, False, 1)  # the point is its own
    assert reached(member, meeting) == (True, True, False, 0)  # read out in the room, not circulated yet
    # Whoever owns an action point reads that one: the grantee here acts for the border service.
    assert [reached(one, meeting) for one in strangers] == [(False, False, False, 0)] * 2 + [(False, False, False, 1)]
    for step in ("draft_minutes", "circulate"):
        move_meeting(by=TESTER, meeting=Meeting.objects.get(pk=meeting.pk), step=step)
    assert reached(member, meeting) == (True, True, True, 1)
    assert [reached(one, meeting)[:3] for one in strangers] == [(False, False, False)] * 3
    for step in ("approve", "publish"):
        move_meeting(by=TESTER, meeting=Meeting.objects.get(pk=meeting.pk), step=step)
    assert [reached(one, meeting)[:3] for one in strangers] == [(False, False, True)] * 3


def test_a_meeting_lists_only_the_recommendations_that_the_reader_sees(trial: SmallProgramme, meeting: Meeting) -> None:
    for step in ("draft_minutes", "circulate", "approve", "publish"):
        meeting = move_meeting(by=TESTER, meeting=Meeting.objects.get(pk=meeting.pk), step=step)
    page = f"/trial-1/meetings/{meeting.code}/"
    agency = words_of(signed_in(trial.user("CP", institution=trial.services["KG"])[0]).get(page))
    assert "Advice to KG" in agency
    assert "Advice to KZ" not in agency
    assert "Advice to" not in words_of(signed_in().get(page))
    assert "Advice to KZ" in words_of(signed_in(trial.user("PM")[0]).get(page))
