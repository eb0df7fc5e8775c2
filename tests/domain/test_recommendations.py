"""Recommendations are followed until they are acted upon, and silence is not acceptance."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.recommendations.access import moves_open_to, visible_recommendations
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.operations import (
    Answer,
    clear_recommendation,
    draft_recommendation,
    draft_siblings,
    edit_recommendation,
    move_recommendation,
)
from pilotage.domain.recommendations.states import MOVES
from pilotage.domain.recommendations.words import Channel, State
from pilotage.kit.actors import SystemActor
from pilotage.kit.changes import StaleRecord
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
AGENCY = SystemActor("Border Service, by link")


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def drafted(trial: SmallProgramme, country: str = "KZ", **values: Any) -> Recommendation:
    return draft_recommendation(
        by=TESTER,
        phase=trial.phase,
        values={
            "text": {"en": "Adopt the procedure", "ru": "Принять порядок действий"},
            "addressee": trial.services[country],
            "component": trial.components[0],
            **values,
        },
    )


def issued(trial: SmallProgramme, country: str = "KZ", **values: Any) -> Recommendation:
    recommendation = drafted(trial, country, **values)
    clear_recommendation(by=TESTER, viewer=None, recommendation=recommendation)
    step = Answer("issue", effective_on=date(2023, 2, 1))
    return move_recommendation(by=TESTER, viewer=None, recommendation=recommendation, answer=step)


def answered(recommendation: Recommendation, move: str, **given: Any) -> Recommendation:
    answer = Answer(move, **{"words": "as discussed", **given})
    return move_recommendation(
        by=AGENCY, viewer=None, recommendation=recommendation, answer=answer, channel=Channel.LINK
    )


def test_a_recommendation_is_issued_only_after_the_manager_cleared_it(trial: SmallProgramme) -> None:
    lead, as_lead = trial.user("CL", component=trial.components[0])
    manager, as_manager = trial.user("PM")
    recommendation = drafted(trial)
    with pytest.raises(ValidationError, match="cleared"):
        move_recommendation(by=lead, viewer=as_lead, recommendation=recommendation, answer=Answer("issue"))
    with pytest.raises(NotAllowed):
        clear_recommendation(by=lead, viewer=as_lead, recommendation=recommendation)
    clear_recommendation(by=manager, viewer=as_manager, recommendation=recommendation)
    move_recommendation(by=lead, viewer=as_lead, recommendation=recommendation, answer=Answer("issue"))
    assert recommendation.state == State.ISSUED
    assert recommendation.response_due == timezone.localdate() + timedelta(days=90)


def test_an_agency_answers_and_reports_adoption_and_another_officer_verifies(trial: SmallProgramme) -> None:
    recommendation = issued(trial)
    answered(recommendation, "accept", implementation_due=date(2023, 12, 31), effective_on=date(2023, 3, 1))
    answered(recommendation, "start", effective_on=date(2023, 5, 1))
    order = {"act_number": "№ 12", "act_date": date(2023, 11, 20), "act_body": {"ru": "Пограничная служба"}}
    answered(recommendation, "report_adopted", effective_on=date(2023, 12, 1), **order)
    officer, viewer = trial.user("ME")
    move_recommendation(by=officer, viewer=viewer, recommendation=recommendation, answer=Answer("verify"))
    assert recommendation.state == State.ADOPTED
    assert (recommendation.answered_on, recommendation.adopted_on) == (date(2023, 3, 1), date(2023, 11, 20))
    assert [step.channel for step in recommendation.moves.all()] == ["account", "link", "link", "link", "account"]


def test_adoption_without_evidence_is_refused_and_the_own_entry_is_not_verified(trial: SmallProgramme) -> None:
    recommendation = answered(issued(trial), "accept")
    with pytest.raises(ValidationError, match="evidence"):
        answered(recommendation, "report_adopted")
    officer, viewer = trial.user("ME")
    from pilotage.domain.membership.operations import assign_role
    from pilotage.domain.membership.viewers import Viewer

    country = {"role": "NC", "programme": trial.programme, "phase": trial.phase, "country": trial.countries["KZ"]}
    assign_role(by=TESTER, user=officer, values=country)
    viewer = Viewer.of(officer)
    letter = Answer("report_adopted", evidence=("letter.pdf", b"%PDF-"), words="by letter of 3 May")
    move_recommendation(by=officer, viewer=viewer, recommendation=recommendation, answer=letter, channel=Channel.LETTER)
    with pytest.raises(NotAllowed):
        move_recommendation(by=officer, viewer=viewer, recommendation=recommendation, answer=Answer("verify"))
    assert recommendation.files.get().name == "letter.pdf"


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", [move.name for move in MOVES])
def test_only_the_listed_steps_exist(trial: SmallProgramme, state: State, move: str) -> None:
    recommendation = drafted(trial, state=state, issued_on="2023-02-01", cleared_on=date(2023, 2, 1))
    known = {step.name: step for step in MOVES}[move]
    answer = Answer(move, words="because", evidence_text="order 12")
    if state in known.from_states:
        move_recommendation(by=TESTER, viewer=None, recommendation=recommendation, answer=answer)
        assert Recommendation.objects.get().state == known.to_state
    else:
        with pytest.raises(ValidationError):
            move_recommendation(by=TESTER, viewer=None, recommendation=recommendation, answer=answer)
        assert Recommendation.objects.get().state == state


@pytest.mark.parametrize("move", ["verify", "withdraw", "issue", "return"])
def test_by_link_an_agency_makes_its_own_steps_alone(trial: SmallProgramme, move: str) -> None:
    origin = {"verify": "reported_adopted", "return": "reported_adopted", "withdraw": "issued", "issue": "draft"}[move]
    recommendation = drafted(trial, state=origin, issued_on="2023-02", cleared_on=date(2023, 2, 1))
    with pytest.raises(NotAllowed):
        answered(recommendation, move)


def test_an_answer_to_what_has_changed_meanwhile_is_refused_with_what_changed(trial: SmallProgramme) -> None:
    recommendation = issued(trial)
    seen = recommendation.version
    edit_recommendation(by=TESTER, recommendation=recommendation, values={"priority": "high"}, version=seen)
    with pytest.raises(StaleRecord) as stale:
        move_recommendation(
            by=AGENCY,
            viewer=None,
            recommendation=recommendation,
            answer=Answer("accept"),
            version=seen,
            channel=Channel.LINK,
        )
    assert stale.value.theirs == {"priority": ("medium", "high")}


def test_what_was_said_to_an_agency_does_not_change_under_its_hands(trial: SmallProgramme) -> None:
    recommendation = issued(trial)
    with pytest.raises(ValidationError, match="Supersede"):
        edit_recommendation(
            by=TESTER, recommendation=recommendation, values={"text": {"en": "Else"}}, version=recommendation.version
        )


def test_the_same_advice_to_five_services_is_as_many_records(trial: SmallProgramme) -> None:
    siblings = draft_siblings(
        by=TESTER, phase=trial.phase, addressees=list(trial.services.values()), values={"text": {"en": "Adopt"}}
    )
    assert len({sibling.code for sibling in siblings}) == 3
    assert len({sibling.group_key for sibling in siblings}) == 1
    assert {sibling.country_id for sibling in siblings} == {"KZ", "KG", "TJ"}


def test_answers_are_not_dated_before_the_issue_nor_in_the_future(trial: SmallProgramme) -> None:
    recommendation = issued(trial)
    for day in (date(2023, 1, 1), timezone.localdate() + timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            answered(recommendation, "accept", effective_on=day)
        assert "effective_on" in refused.value.message_dict


def test_overdue_and_late_are_computed_from_dates(trial: SmallProgramme) -> None:
    late, overdue, done = issued(trial), issued(trial), issued(trial)
    for recommendation in (overdue, done):
        answered(recommendation, "accept", implementation_due=date(2023, 6, 30), effective_on=date(2023, 3, 1))
    answered(done, "report_adopted", evidence_text="order 7", effective_on=date(2023, 6, 1))
    day = date(2024, 1, 1)
    assert set(Recommendation.objects.overdue_on(day)) == {overdue}
    assert set(Recommendation.objects.answer_late_on(day)) == {late}
    assert overdue.is_overdue_on(day)
    assert not overdue.is_overdue_on(date(2023, 6, 30))
    assert late.is_answer_late_on(day)


def test_a_counterpart_sees_what_was_said_to_the_own_agency_and_nothing_of_others(trial: SmallProgramme) -> None:
    own, _draft, other = issued(trial, confidentiality="internal"), drafted(trial), issued(trial, "KG")
    counterpart, viewer = trial.user("CP", institution=trial.services["KZ"])
    assert set(visible_recommendations(viewer, trial.phase)) == {own}
    assert {move.name for move in moves_open_to(viewer, own)} == {"consider", "accept", "accept_partly", "reject"}
    assert moves_open_to(viewer, other) == []
    with pytest.raises(NotAllowed):
        move_recommendation(by=counterpart, viewer=viewer, recommendation=other, answer=Answer("accept"))
    with pytest.raises(NotAllowed):
        edit_recommendation(
            by=counterpart, viewer=viewer, recommendation=own, values={"priority": "low"}, version=own.version
        )


@pytest.mark.parametrize("bad", ["control \x07", "party \U0001f389", "x" * 4000])
def test_text_that_cannot_be_printed_or_is_endless_is_refused(trial: SmallProgramme, bad: str) -> None:
    with pytest.raises(ValidationError) as refused:
        drafted(trial, text={"en": bad})
    assert "text" in refused.value.message_dict
