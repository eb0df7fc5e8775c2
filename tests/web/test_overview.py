"""The dashboard: few queries however many records, unknowns said, every number a link, days of the past."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pilotage.domain.activities.rules import TallyRow
from tests.browse import signed_in, words_of
from tests.records import SmallProgramme, small_programme

pytestmark = pytest.mark.django_db

MOST_QUERIES = 25


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


def fill(programme: SmallProgramme, number: int) -> None:
    """``number`` activities that were held, one that is late and one that is coming."""
    tally = (TallyRow(6, country="KG", sex="woman"), TallyRow(10, country="KG", sex="man"))
    for place in range(number):
        end = f"20{22 + place % 3}-0{1 + place % 9}-15"
        programme.activity(
            "KG", "KZ", state="implemented", actual_end=end, planned_end=end, confidentiality="public", tally=tally,
            component=programme.components[place % 2],
        )  # fmt: skip
    programme.activity("TJ", state="planned", planned_end="2023-06-01", confidentiality="public")
    programme.activity("TJ", state="implemented", confidentiality="public")


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_it_takes_few_queries_and_not_more_with_more_records(programme: SmallProgramme) -> None:
    user, _viewer = programme.user("PM")
    client = signed_in(user)
    fill(programme, 4)
    client.get("/trial-1/")
    few = queries_of(client, "/trial-1/")
    fill(programme, 40)
    many = queries_of(client, "/trial-1/")
    assert many == few
    assert many <= MOST_QUERIES


@pytest.mark.parametrize(
    "address", ["/trial-1/calendar/?month=2023-06", "/trial-1/timeline/", "/", "/trial-1/changes/"]
)
def test_other_pages_do_not_ask_more_either(programme: SmallProgramme, address: str) -> None:
    user, _viewer = programme.user("ME")
    client = signed_in(user)
    fill(programme, 3)
    client.get(address)
    few = queries_of(client, address)
    fill(programme, 30)
    assert queries_of(client, address) <= few + 2
    assert few <= MOST_QUERIES


def test_it_says_what_it_does_not_know(programme: SmallProgramme, client: Client) -> None:
    fill(programme, 5)
    said = words_of(client.get("/trial-1/"))
    assert "1 activity took place without a known date" in said
    assert "the number of participants is not known" in said
    assert "activities implemented" in said


def test_without_records_it_is_calm(programme: SmallProgramme, client: Client) -> None:
    said = words_of(client.get("/trial-1/"))
    assert "Nothing is recorded for this period" in said
    assert "No activity is planned ahead" in said


def test_numbers_lead_to_their_figures_with_the_period(programme: SmallProgramme, client: Client) -> None:
    fill(programme, 5)
    page = client.get("/trial-1/?period=2023&as_of=2023-08-01").content.decode()
    assert "/trial-1/figures/activities-implemented/?period=2023" in page
    assert "as-of=2023-08-01" in page
    assert "1 August 2023" in page.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "query", ["period=never", "as_of=yesterday", "as_of=9999-12-31", "period=2023-Q9", "period=year-999"]
)
def test_nonsense_in_the_address_is_passed_over(programme: SmallProgramme, client: Client, query: str) -> None:
    assert client.get(f"/trial-1/?{query}").status_code == 200


@pytest.mark.parametrize("month", ["2023-13", "x", "0000-00", "2023-Q2", "9999-12", "0001-01"])
def test_a_month_that_is_none_is_passed_over(programme: SmallProgramme, client: Client, month: str) -> None:
    assert client.get(f"/trial-1/calendar/?month={month}").status_code == 200


def test_the_calendar_shows_days_and_says_what_is_less_certain(programme: SmallProgramme, client: Client) -> None:
    known = {"state": "implemented", "confidentiality": "public"}
    programme.activity("KG", title={"en": "To the day"}, actual_start="2023-06-20", actual_end="2023-06-22", **known)
    programme.activity("KG", title={"en": "To the quarter"}, actual_end="2023-Q2", **known)
    programme.activity("KG", title={"en": "Secret"}, actual_end="2023-06-21", state="implemented")
    page = client.get("/trial-1/calendar/?month=2023-06")
    said = words_of(page)
    assert page.content.decode().count('class="chip') == 3
    assert said.index("Perhaps in this month") < said.index("To the quarter")
    assert "Secret" not in said
    assert "To the day" not in words_of(client.get("/trial-1/calendar/?month=2023-06&country=TJ"))


def test_the_first_page_says_what_waits(programme: SmallProgramme) -> None:
    user, _viewer = programme.user("ME")
    fill(programme, 3)
    said = words_of(signed_in(user).get("/"))
    assert "4 implemented activities wait to be verified" in said
    assert "1 activity has no participants entered" in said
    assert "1 activity is late" in said


def test_a_lead_is_asked_for_her_component_only(programme: SmallProgramme) -> None:
    user, _viewer = programme.user("CL", component=programme.components[1])
    fill(programme, 1)
    assert "is late" not in words_of(signed_in(user).get("/"))


def test_a_phase_without_dates_has_its_pages(programme: SmallProgramme, client: Client) -> None:
    from pilotage.domain.programme.operations import edit_phase
    from tests.records import TESTER

    fill(programme, 2)
    phase = programme.phase
    edit_phase(by=TESTER, phase=phase, values={"original_start": None, "original_end": None}, version=phase.version)
    for page in ("", "timeline/", "calendar/", "programme/"):
        assert client.get(f"/trial-1/{page}").status_code == 200, page
    assert date.today().year >= 2025
