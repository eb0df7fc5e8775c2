"""The rates of recommendations as the handbook words them, today and as they were on an earlier day."""

from __future__ import annotations

from datetime import date

import pytest

from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.operations import Answer, edit_recommendation, move_recommendation
from pilotage.domain.recommendations.words import Channel
from pilotage.figures.asking import Asked
from pilotage.figures.behind import behind
from pilotage.figures.compute import compute
from pilotage.figures.listings import listing
from pilotage.figures.table import Cell
from tests.answers import Agency, issued, make_agency
from tests.recorded import made_once
from tests.records import TESTER

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def agency() -> Agency:
    """Nine recommendations of Kazakhstan and one of Kyrgyzstan, all issued on 1 February 2023."""
    agency = make_agency(number=9)
    accept, reject, consider = agency.recommendations[:4], agency.recommendations[4:6], agency.recommendations[6]
    for place, one in enumerate(accept):
        step(one, "accept", date(2023, 3, 1 + place))
    for one in reject:
        step(one, "reject", date(2023, 4, 1))
    step(consider, "consider", date(2023, 4, 1))
    for one in accept[:2]:
        step(one, "report_adopted", date(2023, 8, 1))
        step(one, "verify", date(2023, 9, 1))
    late = accept[2]
    edit_recommendation(
        by=TESTER, recommendation=late, values={"implementation_due": date(2024, 1, 1)}, version=late.version
    )
    return agency


def step(one: Recommendation, move: str, day: date) -> None:
    channel = Channel.ACCOUNT if move == "verify" else Channel.LETTER
    answer = Answer(move, words="because", evidence_text="order 1", effective_on=day)
    move_recommendation(by=TESTER, viewer=None, recommendation=one, answer=answer, channel=channel)


def total(agency: Agency, code: str, as_of: date | None = None) -> Cell:
    return compute(code, phases=[agency.phase], viewer=None, as_of=as_of).total


def test_the_rates_of_the_handbook(agency: Agency) -> None:
    numbers = {
        code: total(agency, f"recommendations-{code}").value
        for code in ("issued", "answered", "accepted", "adopted", "overdue")
    }
    assert numbers == {"issued": 10, "answered": 6, "accepted": 4, "adopted": 2, "overdue": 1}
    rates = {
        code: (total(agency, code).numerator, total(agency, code).denominator)
        for code in ("adoption-rate", "implementation-of-accepted", "response-rate")
    }
    assert rates == {"adoption-rate": (2, 10), "implementation-of-accepted": (2, 4), "response-rate": (6, 10)}
    assert total(agency, "answers-late").value == 4
    assert total(agency, "days-to-answer").value == 30.5
    assert total(agency, "days-to-adopt").value == 181


def test_as_it_was_on_an_earlier_day(agency: Agency) -> None:
    spring = date(2023, 3, 15)
    assert total(agency, "recommendations-issued", spring).value == 10
    assert total(agency, "recommendations-answered", spring).value == 4
    assert total(agency, "recommendations-adopted", spring).value == 0
    assert total(agency, "response-rate", spring).numerator == 4
    assert total(agency, "answers-late", spring).value == 0
    assert total(agency, "recommendations-issued", date(2023, 1, 1)).value == 0
    assert total(agency, "recommendations-adopted", date(2023, 8, 15)).value == 0, "reported, not verified yet"


def test_an_unknown_state_and_a_withdrawn_one_are_not_counted(agency: Agency) -> None:
    one = issued(agency.trial, "TJ", 50)
    assert total(agency, "recommendations-issued").value == 11
    withdrawn = Answer("withdraw", words="given twice")
    move_recommendation(by=TESTER, viewer=None, recommendation=one, answer=withdrawn)
    assert total(agency, "recommendations-issued").value == 10


def test_by_agency_and_the_records_behind(agency: Agency) -> None:
    table = compute("recommendations-issued", phases=[agency.phase], viewer=None, dimensions=("institution",))
    assert sorted(cell.value for _keys, cell in table.rows()) == [1, 9]
    officer = agency.trial.user("ME")[1]
    asked = Asked.read("recommendations-overdue", [agency.phase], {})
    found = behind(asked, officer)
    assert (found.shown, found.all) == (1, 1)
    assert len(list(listing(asked, officer, "ru").rows())) == 1
    stranger = agency.trial.user("CP", institution=agency.other)[1]
    assert behind(asked, stranger).hidden == 1
    assert list(listing(asked, stranger, "en").rows()) == []
