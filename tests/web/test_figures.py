"""The pages of figures: what each reader sees, where numbers lead, what a bad address gets."""

from __future__ import annotations

import io
import json
import re
from html import unescape

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pilotage.domain.activities.models import Activity
from pilotage.figures.registry import FIGURES
from pilotage.kit.changes import operation
from tests.figures.data import BY, World, make_world

pytestmark = pytest.mark.django_db
PAGE = "/try-2/figures/activities-implemented/"


@pytest.fixture
def world() -> World:
    return make_world()


def signed_in(world: World, role: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    if role != "public":
        client.force_login(world.users[role], backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (response.status_code, address)
    return unescape(response.content.decode())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_figure_has_its_page_for_the_public_or_asks_to_sign_in(world: World, language: str) -> None:
    client = signed_in(world, "public", language)
    for figure in FIGURES.values():
        response = client.get(f"/try-2/figures/{figure.code}/")
        assert response.status_code == (302 if figure.from_register else 200)
        if response.status_code == 200:
            page = unescape(response.content.decode())
            assert figure.note["en"] in page
            assert figure.note["ru"] in page
            assert "style=" not in page


def test_the_catalogue_shows_the_register_of_persons_to_those_who_may_see_it(world: World) -> None:
    assert "Unique participants" not in text_of(signed_in(world, "public"), "/try-2/figures/")
    page = text_of(signed_in(world, "ME"), "/try-2/figures/")
    assert "Unique participants" in page
    assert "24\u00a0persons" in page


def test_every_number_leads_to_as_many_records(world: World) -> None:
    client = signed_in(world, "ME")
    page = text_of(client, f"{PAGE}?by=country&by2=type")
    table = page[page.index("<table") : page.index("</table>")]
    links = re.findall(r'href="([^"]+/records/[^"]+)"[^>]*>(\d+)</a>', table)
    assert len(links) > 10
    for address, number in links:
        listed = text_of(client, address)
        assert f"<strong>{number} activit" in listed, address


def test_marks_of_the_chart_lead_to_the_records_too(world: World) -> None:
    page = text_of(signed_in(world, "public"), f"{PAGE}?by=country")
    chart = page[page.index('class="chart-wide"') : page.index("<table")]
    assert "/try-2/figures/activities-implemented/records/?by=country&country=KZ" in chart


def test_the_list_says_how_many_records_its_reader_does_not_see(world: World) -> None:
    page = text_of(signed_in(world, "public"), f"{PAGE}records/?by=none")
    assert "2 further activities are counted that your role does not show." in page
    assert "A6" not in page
    assert "Activity A6" in text_of(signed_in(world, "ME"), f"{PAGE}records/?by=none")


def test_the_public_reads_withheld_where_staff_read_three(world: World) -> None:
    address = "/try-2/figures/women/?by=country"
    assert "withheld" in text_of(signed_in(world, "public"), address)
    assert "withheld" not in text_of(signed_in(world, "ME"), address)
    assert signed_in(world, "EUD").get("/try-2/figures/participations/?by=country&sex=woman").status_code == 403
    page = text_of(
        signed_in(world, "public"), "/try-2/figures/participations/records/?by=country&by2=sex&country=KG&sex=woman"
    )
    assert "Activity A1" in page
    assert "participations</p>" not in page
    back = page.partition('<a href="/try-2/figures/participations/')[2].partition('"')[0]
    assert "sex=woman" not in back, "the way back does not lead to a number that the reader may not have"
    assert "country=KG" in text_of(signed_in(world, "public"), f"/try-2/figures/participations/{back}")


def test_no_file_gives_away_what_the_page_withholds(world: World) -> None:
    client = signed_in(world, "public")
    data = json.loads(client.get("/try-2/figures/women/?by=country&format=json").content)
    withheld = [cell for cell in data["cells"] if cell.get("withheld")]
    assert {cell["keys"]["country"] for cell in withheld} >= {"KG"}
    assert all(cell["value"] is None for cell in withheld)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/try-2/figures/women/?by=country&format=xlsx").content))
    heads = [cell.value for cell in book["Records"][1]]
    assert "Participants" not in heads


def test_every_format_can_be_taken_along(world: World) -> None:
    client = signed_in(world, "public", "ru")
    kinds = {"json": "json", "csv": "csv", "xlsx": "spreadsheetml", "svg": "svg", "png": "png"}
    for form, kind in kinds.items():
        response = client.get(f"{PAGE}?period=2023&by=country&by2=component&format={form}")
        assert response.status_code == 200
        assert kind in response["Content-Type"]
        assert response.content


def test_the_form_leads_to_a_tidy_address(world: World) -> None:
    client = signed_in(world, "public")
    typed = "?period=to-date&by=country&by2=&country=&from=2023-01-01&to=2023-06-30&as-of="
    response = client.get(PAGE + typed)
    assert response["Location"] == f"{PAGE}?period=2023-01-01..2023-06-30&by=country"
    response = client.get(f"{PAGE}?from=nonsense&to=&by=")
    assert response["Location"] == f"{PAGE}?period=..&by=none"


def test_the_permanent_address_writes_period_and_day_out(world: World) -> None:
    page = text_of(signed_in(world, "public"), f"{PAGE}?by=country")
    (address,) = re.findall(r'id="permanent"[^>]*value="([^"]+)"', page)
    assert "period=to-date" in address
    assert "as-of=20" in address


@pytest.mark.parametrize(
    "query",
    [
        "?by=shoe-size",
        "?period=yesterday",
        "?period=9999-Q9",
        "?country=%27%3B--",
        "?component=77",
        "?as-of=tomorrow",
        "?with=nowhere",
        "?quarter=2023",
        "?institution=%00",
        "?by=institution&by2=institution_type",
        "?year=99999999999999999999",
        "?period=year-99999999999999",
    ],
)
def test_an_address_that_asks_for_nothing_real_is_not_found(world: World, query: str) -> None:
    for page in (PAGE, f"{PAGE}records/"):
        assert signed_in(world, "public").get(page + query).status_code == 404, page


def test_several_phases_are_counted_together(world: World) -> None:
    page = text_of(signed_in(world, "public"), f"{PAGE}?by=phase&with=try-1")
    assert "8\u00a0activities" in page


def test_a_formula_in_a_title_stays_text(world: World) -> None:
    with operation("rename", by=BY):
        activity = Activity.objects.get(code="A1")
        activity.title = {"en": "=HYPERLINK(1)<script>"}
        activity.save()
    client = signed_in(world, "ME")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}?by=none&format=xlsx").content))
    titles = {row[1].value: row[1].data_type for row in book["Records"].iter_rows(min_row=2)}
    assert titles["=HYPERLINK(1)<script>"] == "s"
    assert b"<script>" not in client.get(f"{PAGE}records/").content


def test_pages_ask_the_database_a_fixed_number_of_times(world: World) -> None:
    client = signed_in(world, "ME")
    for address, most in ((PAGE, 25), (f"{PAGE}records/?by=none", 25), ("/try-2/figures/", 20), ("/try-2/stated/", 20)):
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        assert len(found) <= most, (address, len(found))
