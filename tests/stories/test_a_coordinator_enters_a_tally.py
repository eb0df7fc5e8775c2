"""A coordinator enters the tally: a matrix, checked as a whole, kept as a whole."""

import pytest

from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.rules import TallyRow
from tests.browse import form_of, signed_in, words_of
from tests.records import SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def counted(activity: Activity) -> list[tuple[str | None, str, str, str, int]]:
    return sorted(
        (row.country_id, row.institution_type, row.mode, row.sex, row.count) for row in activity.tallies.all()
    )


def test_women_and_men_of_two_services(programme: SmallProgramme) -> None:
    coordinator, _viewer = programme.user("NC", country=programme.countries["KG"])
    activity = programme.activity("KG", mode="onsite")
    client, page = signed_in(coordinator), f"/trial-1/activities/{activity.code}/tally/"
    form = form_of(client.get(page), "version")
    assert form["r0-country"] == "KG"
    sent = {
        **form, "r0-type": "border", "r0-onsite-woman": "4", "r0-onsite-man": "7",
        "r1-country": "KG", "r1-institution": "Border Service of Kyrgyzstan (KG)", "r1-onsite-not_stated": "1 002",
        "participants": "1013", "women": "4",
    }  # fmt: skip
    assert client.post(page, sent).status_code == 302
    assert counted(activity) == [
        ("KG", "border", "onsite", "man", 7),
        ("KG", "border", "onsite", "not_stated", 1002),
        ("KG", "border", "onsite", "woman", 4),
    ]
    assert "1\u202f013" in client.get(f"/trial-1/activities/{activity.code}/").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"r0-any-woman": "four"}, "“four” is not a number"),
        ({"r0-any-woman": "-4"}, "“-4” is not a number"),
        ({"r0-any-woman": "4", "participants": "5"}, "sum to 4, the total says 5"),
        ({"r0-any-woman": "4", "participants": "4", "women": "5"}, "5 women among 4 participants"),
        ({"r0-any-woman": "4", "r0-institution": "Ministry of Nothing"}, "is no institution here"),
        ({"r0-any-woman": "4", "r0-country": "XX"}, "“XX” is no country of the list"),
        ({"r0-any-woman": "4", "r1-country": "KG", "r1-any-woman": "5"}, "of the same kind"),
        ({"r0-any-woman": "999999999"}, "from 0 to 100 000"),
    ],
)
def test_what_cannot_be_is_said_and_everything_typed_stays(
    programme: SmallProgramme, typed: dict[str, str], said: str
) -> None:
    coordinator, _viewer = programme.user("NC", country=programme.countries["KG"])
    activity = programme.activity("KG", tally=(TallyRow(1, "TJ", sex="man"),))
    client, page = signed_in(coordinator), f"/trial-1/activities/{activity.code}/tally/"
    answer = client.post(page, {"version": activity.version, "r0-country": "KG", **typed})
    assert answer.status_code == 422
    assert said in words_of(answer)
    shown = form_of(answer, "version")
    assert {name: shown[name] for name in typed if name != "r0-country"} == {
        name: value for name, value in typed.items() if name != "r0-country"
    }
    assert counted(activity) == [("TJ", "", "", "man", 1)]


def test_a_hybrid_event_has_columns_for_both_modes(programme: SmallProgramme) -> None:
    coordinator, _viewer = programme.user("NC", country=programme.countries["KG"])
    activity = programme.activity("KG", mode="hybrid")
    form = form_of(signed_in(coordinator).get(f"/trial-1/activities/{activity.code}/tally/"), "version")
    assert {"r0-onsite-woman", "r0-online-woman"} <= set(form)


def test_a_verified_tally_is_closed(programme: SmallProgramme) -> None:
    coordinator, _viewer = programme.user("NC", country=programme.countries["KG"])
    activity = programme.activity("KG", state="verified", actual_end="2023-06", tally=(TallyRow(1, "KG"),))
    client, page = signed_in(coordinator), f"/trial-1/activities/{activity.code}/tally/"
    answer = client.post(page, {"version": activity.version, "r0-any-woman": "9"})
    assert "The tally is verified" in words_of(answer)
    assert counted(activity) == [("KG", "", "", "not_stated", 1)]


def test_small_numbers_are_withheld_from_the_public(programme: SmallProgramme) -> None:
    few = programme.activity(
        "KG",
        state="implemented",
        actual_end="2023-06",
        confidentiality="public",
        tally=(TallyRow(3, "KG", sex="woman"),),
    )
    telling = programme.activity(
        "KG", state="implemented", actual_end="2023-06", confidentiality="public",
        tally=(TallyRow(1, "KG", sex="woman"), TallyRow(20, "KG", sex="man")),
    )  # fmt: skip
    public = signed_in()
    assert "Fewer than 5" in words_of(public.get(f"/trial-1/activities/{few.code}/"))
    said = words_of(public.get(f"/trial-1/activities/{telling.code}/"))
    assert "21 participants" in said
    assert "women" not in said.lower()
    listed = words_of(public.get("/trial-1/activities/?col=title&col=participants"))
    assert "< 5" in listed.replace("\u00a0", " ")
