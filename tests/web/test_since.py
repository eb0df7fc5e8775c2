"""The page of what changed leads from each sentence to its records."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.browse import signed_in
from tests.recorded import made_once
from tests.records import SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
ADDRESS = "/trial-1/what-changed/"


@pytest.fixture
@made_once
def trial() -> SmallProgramme:
    made = small_programme()
    made.activity("KZ", state="planned", title={"en": "Course", "ru": "Курс «Риски»"}, planned_end="2025-09-30")
    return made


def test_a_sentence_leads_to_its_records_and_they_export(trial: SmallProgramme) -> None:
    client = signed_in(trial.user("ME")[0])
    page = client.get(ADDRESS, {"since": "2023-01-01"}).content.decode()
    assert "1 activity was added to what is ahead: “Course”." in page.replace("\u00a0", " ")
    link = re.search(r'href="([^"]*what=activities-added[^"]*)"', page)
    assert link
    address = link[1].replace("&amp;", "&")
    assert "Course" in client.get(address).content.decode()
    assert "Course" in client.get(f"{address}&format=csv").content.decode("utf-8-sig")


def test_in_russian_a_title_in_a_title_has_marks_of_the_second_kind(trial: SmallProgramme) -> None:
    client = signed_in(trial.user("ME")[0])
    client.post("/account/language/", {"language": "ru", "next": ADDRESS})
    page = client.get(ADDRESS, {"since": "2023-01-01"}).content.decode()
    assert "«Курс „Риски“»" in page


def test_days_in_the_wrong_order_are_said_beside_the_field_and_kept(trial: SmallProgramme) -> None:
    page = signed_in(trial.user("ME")[0]).get(ADDRESS, {"since": "2023-05-01", "until": "2023-04-01"}).content.decode()
    assert "The second day must be later than the first." in page
    assert 'value="2023-05-01"' in page


def test_an_empty_span_says_what_to_do_and_what_does_not_exist_is_said_so(trial: SmallProgramme) -> None:
    client = signed_in(trial.user("ME")[0])
    quiet = {"since": "2001-01-01", "until": "2001-02-01"}
    assert "Choose an earlier first day." in client.get(ADDRESS, quiet).content.decode()
    assert client.get(ADDRESS, {**quiet, "what": "activities-done", "group": "1"}).status_code == 404
    assert client.get(ADDRESS, {"since": timezone.localdate().isoformat(), "until": "rubbish"}).status_code == 200
    assert Client().get(ADDRESS).status_code == 302
