"""Two people at a deliverable, a paper or an agency's contact: the second sees what the first changed, and loses nothing."""

from __future__ import annotations

import pytest

from pilotage.domain.activities.models import Deliverable
from pilotage.domain.activities.operations import add_deliverable, edit_deliverable
from pilotage.domain.recommendations.contacts import add_contact, edit_contact
from pilotage.domain.steering.models import Paper
from pilotage.domain.steering.papers import add_paper, edit_paper
from tests.browse import form_of, signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme
from tests.rounds import a_body, a_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def test_a_deliverable(trial: SmallProgramme) -> None:
    activity = trial.activity("KG", state="implemented", actual_end="2023-06-20")
    record = add_deliverable(by=TESTER, activity=activity, values={"type": "report", "title": {"en": "Report"}})
    browser = signed_in(trial.user("PM")[0])
    page = f"/trial-1/activities/{activity.code}/deliverables/{record.pk}/"
    form = form_of(browser.get(page), "title_en")
    edit_deliverable(by=TESTER, deliverable=record, values={"title": {"en": "Final report"}})
    answer = browser.post(page, form | {"title_en": "Report of June", "transmitted_on": "2023-07"})
    assert answer.status_code == 422
    assert "tests saved this meanwhile" in words_of(answer)
    assert "is now: Final report" in words_of(answer)
    again = form_of(answer, "title_en")
    assert (again["title_en"], again["transmitted_on"]) == ("Report of June", "2023-07")
    assert browser.post(page, again).status_code == 302
    assert Deliverable.objects.get(pk=record.pk).title["en"] == "Report of June"


def test_a_paper(trial: SmallProgramme) -> None:
    meeting = a_meeting(trial, a_body(trial))
    record = add_paper(by=TESTER, meeting=meeting, values={"title": {"en": "Plan"}, "link": "/trial-1/plans/"})
    browser = signed_in(trial.user("PM")[0])
    page = f"/trial-1/meetings/{meeting.code}/papers/{record.pk}/"
    form = form_of(browser.get(page), "link")
    edit_paper(by=TESTER, paper=record, values={"link": "/trial-1/plans/?scope=KG"})
    answer = browser.post(page, form | {"title_en": "The plan"})
    assert "is now: /trial-1/plans/?scope=KG" in words_of(answer)
    assert form_of(answer, "link")["title_en"] == "The plan"
    assert browser.post(page, form_of(answer, "link") | {"link": "/trial-1/plans/?scope=KG"}).status_code == 302
    assert Paper.objects.get(pk=record.pk).title["en"] == "The plan"


def test_a_contact_of_an_agency(trial: SmallProgramme) -> None:
    agency = trial.services["KG"]
    values = {"name": "Aida", "email": "aida@example.org", "language": "ru"}
    record = add_contact(by=TESTER, phase=trial.phase, institution=agency, values=values)
    browser = signed_in(trial.user("PM")[0])
    page = f"/trial-1/recommendations/agencies/{agency.code}/contacts/{record.pk}/"
    form = form_of(browser.get(page), "email")
    edit_contact(by=TESTER, contact=record, values={"email": "a.asanova@example.org"})
    answer = browser.post(page, form | {"position": "Head of section"})
    assert "is now: a.asanova@example.org" in words_of(answer)
    assert form_of(answer, "email")["position"] == "Head of section"
