"""Two people edit the same activity: the second sees what the first changed, and nothing typed is lost."""

import pytest

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import edit_activity
from pilotage.domain.activities.rules import TallyRow
from tests.browse import form_of, signed_in, words_of
from tests.records import SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


@pytest.fixture
def activity(programme: SmallProgramme) -> Activity:
    return programme.activity("KG", summary={"en": "As it was"}, planned_end="2023-06")


def address(activity: Activity, page: str = "edit") -> str:
    return f"/trial-1/activities/{activity.code}/{page}/"


def test_both_changed_one_field_and_the_second_decides(programme: SmallProgramme, activity: Activity) -> None:
    aida, _viewer = programme.user("PM", "Aida")
    marat, _viewer = programme.user("ME", "Marat")
    first, second = signed_in(aida), signed_in(marat)
    hers, his = form_of(first.get(address(activity)), "title_en"), form_of(second.get(address(activity)), "title_en")

    assert first.post(address(activity), {**hers, "title_en": "Hers", "planned_end": "2023-07"}).status_code == 302
    answer = second.post(address(activity), {**his, "title_en": "His", "summary_en": "Typed for an hour"})

    assert answer.status_code == 409
    said = words_of(answer)
    assert "Aida saved this activity while you had it open" in said
    shown = form_of(answer, "title_en")
    assert shown["title_en"] == "His"
    assert shown["summary_en"] == "Typed for an hour"
    assert shown["planned_end"] == "2023-07"
    assert shown["decide-title"] == "mine"
    assert "EN: Hers" in said
    activity.refresh_from_db()
    assert activity.title["en"] == "Hers"

    assert second.post(address(activity), {**shown, "decide-title": "theirs"}).status_code == 302
    activity.refresh_from_db()
    assert activity.title["en"] == "Hers"
    assert activity.summary["en"] == "Typed for an hour"
    assert activity.planned_end == "2023-07"


def test_a_country_that_the_other_added_stays(programme: SmallProgramme, activity: Activity) -> None:
    aida, _viewer = programme.user("PM", "Aida")
    marat, _viewer = programme.user("ME", "Marat")
    second = signed_in(marat)
    his = form_of(second.get(address(activity)), "title_en")
    edit_activity(
        by=aida, activity=activity, version=activity.version, entry=ActivityEntry({}, countries=frozenset({"KG", "TJ"}))
    )

    answer = second.post(address(activity), {**his, "title_en": "His"})

    assert answer.status_code == 409
    shown = form_of(answer, "title_en")
    assert sorted(shown["countries"]) == ["KG", "TJ"]
    assert second.post(address(activity), shown).status_code == 302
    assert {link.country_id for link in activity.country_links.all()} == {"KG", "TJ"}


def test_editing_without_a_change_in_between_keeps_everything(programme: SmallProgramme, activity: Activity) -> None:
    aida, _viewer = programme.user("PM", "Aida")
    client = signed_in(aida)
    form = form_of(client.get(address(activity)), "title_en")
    assert client.post(address(activity), form).status_code == 302
    activity.refresh_from_db()
    assert activity.summary == {"en": "As it was"}
    assert [link.country_id for link in activity.country_links.all()] == ["KG"]
    assert activity.version == 1


def test_two_tallies_at_once(programme: SmallProgramme) -> None:
    activity = programme.activity("KG", tally=(TallyRow(3, "KG", sex="woman"),))
    aida, _viewer = programme.user("PM", "Aida")
    marat, _viewer = programme.user("ME", "Marat")
    first, second = signed_in(aida), signed_in(marat)
    page = address(activity, "tally")
    hers, his = form_of(first.get(page), "r0-any-woman"), form_of(second.get(page), "r0-any-woman")

    assert first.post(page, {**hers, "r0-any-woman": "4"}).status_code == 302
    answer = second.post(page, {**his, "r0-any-man": "7"})

    assert answer.status_code == 409
    shown = form_of(answer, "r0-any-woman")
    assert (shown["r0-any-woman"], shown["r0-any-man"]) == ("3", "7")
    assert "What Aida saved" in words_of(answer)
    assert second.post(page, {**shown, "r0-any-woman": "4"}).status_code == 302
    assert sorted((row.sex, row.count) for row in activity.tallies.all()) == [("man", 7), ("woman", 4)]
