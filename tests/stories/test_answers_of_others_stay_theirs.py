"""Of a public record of somebody else, an agency or a grantee reads what the public reads, not the answers and papers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pilotage.domain.activities.files import sees_file
from pilotage.domain.activities.models import ActivityFile, Series
from pilotage.domain.recommendations.access import reads_story
from pilotage.domain.recommendations.operations import Answer, move_recommendation
from pilotage.kit.changes import operation
from tests.answers import issued
from tests.browse import signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
WORDS = "We lack the vehicles for it"


@pytest.fixture
def trial() -> SmallProgramme:
    return small_programme()


def test_what_an_agency_answered_is_read_by_it_by_members_of_its_country_and_by_the_staff(
    trial: SmallProgramme,
) -> None:
    advice = issued(trial, "KG", confidentiality="public")
    answer = Answer("reject", effective_on=date(2023, 2, 9), words=WORDS)
    move_recommendation(by=TESTER, viewer=None, recommendation=advice, answer=answer)
    page = "/trial-1/recommendations/R-001/"
    for role, scope, reads in (
        ("CP", {"institution": trial.services["KG"]}, True), ("SM", {"country": trial.countries["KG"]}, True),
        ("EUD", {}, True), ("FI", {}, True), ("CP", {"institution": trial.services["TJ"]}, False),
        ("SM", {"country": trial.countries["TJ"]}, False), ("GR", {"institution": trial.services["KZ"]}, False),
    ):  # fmt: skip
        user, viewer = trial.user(role, f"{role}{reads}", **scope)
        assert reads_story(viewer, advice) is reads, (role, scope)
        shown = words_of(signed_in(user).get(page))
        assert (WORDS in shown) is reads, (role, scope)
        assert ("Change log" in shown) is reads
    assert WORDS not in words_of(signed_in().get(page))


def test_a_file_for_partners_is_for_those_whose_activity_it_is(trial: SmallProgramme) -> None:
    values: dict[str, Any] = {"state": "implemented", "actual_end": "2023-06-20", "confidentiality": "public"}
    activity = trial.activity("KG", **values)
    file = ActivityFile(activity=activity, kind="document", confidentiality="partners")
    for role, scope, opens in (
        ("SM", {"country": trial.countries["KG"]}, True), ("ME", {}, True), ("EUD", {}, True),
        ("SM", {"country": trial.countries["TJ"]}, False), ("CP", {"institution": trial.services["TJ"]}, False),
        ("GR", {"institution": trial.services["KG"]}, False),
    ):  # fmt: skip
        _user, viewer = trial.user(role, f"{role}{opens}", **scope)
        assert sees_file(viewer, activity, file) is opens, (role, scope)


def test_a_filter_offers_the_series_of_what_one_sees(trial: SmallProgramme) -> None:
    with operation("add series", by=TESTER):
        for code, country, confidentiality in (("S-1", "KG", "public"), ("S-2", "TJ", "internal")):
            series = Series(phase=trial.phase, code=code, title={"en": f"Series {code}"})
            series.save()
            activity = trial.activity(country, state="planned", confidentiality=confidentiality)
            activity.series = series
            activity.save()
    assert "Series S-1" in words_of(signed_in().get("/trial-1/activities/"))
    assert "Series S-2" not in words_of(signed_in().get("/trial-1/activities/"))
    assert "Series S-2" in words_of(signed_in(trial.user("ME")[0]).get("/trial-1/activities/"))
