"""Pages as the records were known on a past day: what they show, what they leave out, what they refuse."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import edit_activity
from pilotage.domain.activities.rules import TallyRow
from pilotage.kit.past import asking
from pilotage.web.past.places import SHOWS_THE_PAST, shows_the_past
from tests.answers import issued
from tests.browse import signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


class Then:
    """An activity as it was, then retitled, hidden from the public, and joined by another."""

    def __init__(self) -> None:
        self.programme: SmallProgramme = small_programme()
        self.activity: Activity = self.programme.activity(
            "KG", confidentiality="public", state="implemented", actual_end="2023-05-03", title={"en": "Old title"},
            tally=(TallyRow(50, sex="woman", country="KG"),),
        )  # fmt: skip
        self.programme.activity("KZ", confidentiality="public", state="planned", title={"en": "Stays public"})
        self.manager = signed_in(self.programme.user("PM")[0])
        self.public = Client()
        self.at = timezone.now().isoformat().replace("+00:00", "Z")
        entry = ActivityEntry({"title": {"en": "New title"}, "confidentiality": "restricted"})
        edit_activity(by=TESTER, activity=self.activity, entry=entry, version=self.activity.version)
        self.programme.activity("KG", state="implemented", actual_end="2023-06-03", title={"en": "Added later"})

    def address(self, path: str = "", **query: str) -> str:
        """An address of the phase at the instant."""
        asked = "&".join(f"{name}={value}" for name, value in {**query, "recorded": self.at}.items())
        return f"/trial-1/{path}?{asked}"


@pytest.fixture
def then() -> Then:
    return Then()


def addresses_of(page: str) -> Iterator[str]:
    """The addresses that the links of a page's main part lead to."""
    main = page[page.index("<main") : page.index("</main>")]
    for found in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', main):
        yield unescape(found)


def test_a_register_shows_what_was_known_and_says_so(then: Then) -> None:
    page = then.manager.get(then.address("activities/"))
    words = words_of(page)
    assert "Old title" in words
    assert "New title" not in words
    assert "Added later" not in words
    assert "You are looking at the records as they were known on" in words
    assert "New title" in words_of(then.manager.get("/trial-1/activities/"))
    russian = words_of(then.manager.get(then.address("activities/", lang="ru")))
    assert "Вы смотрите на записи, какими они были известны" in russian
    assert "Вернуться к сегодняшнему дню" in russian


def test_a_whole_day_is_named_without_the_time(then: Then) -> None:
    words = words_of(then.manager.get(f"/trial-1/activities/?recorded={timezone.localdate().isoformat()}", follow=True))
    assert "You are looking" not in words  # today is not past
    words = words_of(then.manager.get("/trial-1/activities/?recorded=2020-02-29"))
    assert "On 29 February 2020 this system held no record." in words


def test_a_figure_says_both_dates_and_exports_carry_them(then: Then) -> None:
    path = "figures/activities-implemented/"
    assert "1 activity" in words_of(then.manager.get(then.address(path)))
    assert "2 activities" in words_of(then.manager.get(f"/trial-1/{path}"))
    scope = then.manager.get(then.address(path, **{"as-of": "2023-05-31", "format": "json"})).json()["scope"]
    assert (scope["as_of"], scope["recorded"][:19]) == ("2023-05-31", then.at[:19])
    text = then.manager.get(then.address(path, **{"as-of": "2023-05-31", "format": "csv"})).content.decode()
    assert "As of 2023-05-31" in text
    assert "As known on" in text
    for form in ("xlsx", "svg"):
        assert then.manager.get(then.address(path, format=form)).status_code == 200


def test_an_export_of_a_register_is_read_from_the_past_to_its_end(then: Then) -> None:
    response = then.manager.get(then.address("activities/", format="csv"))
    lines = b"".join(response).decode()  # type: ignore[arg-type]
    assert "Old title" in lines
    assert "Added later" not in lines
    assert "as-known" in response["Content-Disposition"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_without_lists_beside_its_rows_is_read_to_its_end_too(then: Then, form: str) -> None:
    """Rows without related lists are fetched while they are sent: the past must stay open until the last one."""
    for number in (1, 2):
        issued(then.programme, "KG", number)
    then.at = timezone.now().isoformat().replace("+00:00", "Z")
    issued(then.programme, "KG", 3)
    content = b"".join(then.manager.get(then.address("recommendations/", format=form)))  # type: ignore[arg-type]
    if form == "csv":
        assert [code in content.decode() for code in ("R-001", "R-002", "R-003")] == [True, True, False]
    else:
        assert openpyxl.load_workbook(io.BytesIO(content), read_only=True).active is not None


@pytest.mark.parametrize("reader", ["manager", "public"])
def test_links_lead_on_in_the_past_and_nothing_can_be_changed(then: Then, reader: str) -> None:
    browser = getattr(then, reader)
    paths = ["", "activities/", "figures/", "figures/participations/", "recommendations/", "institutions/", "places/",
             "calendar/", "timeline/", "stated/", "programme/", "recommendations/board/", "meetings/", "plans/",
             "action-points/", "checks/", "people/"]  # fmt: skip
    if reader == "manager":
        paths.append(f"activities/{then.activity.code}/")
    for path in paths:
        response = browser.get(then.address(path))
        assert response.status_code in {200, 302, 403}, path
        if response.status_code != 200:
            continue
        page = response.content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        assert 'method="post"' not in main, path
        for address in addresses_of(page):
            parts = urlsplit(address)
            if parts.scheme or not (parts.path or parts.query) or "recorded=" in parts.query:
                continue
            back = address == f"/trial-1/{path}"
            assert back or shows_the_past(parts.path or f"/trial-1/{path}") is None, f"{path}: {address}"
        asking_forms = re.findall(r'<form\b(?![^>]*method="post").*?</form>', page, re.S)
        assert all('name="recorded"' in form for form in asking_forms), path


def test_what_is_sent_from_the_past_is_refused_and_nothing_is_written(then: Then) -> None:
    activity = Activity.objects.get(pk=then.activity.pk)
    address = then.address(f"activities/{activity.code}/edit/")
    response = then.manager.post(address, {"version": activity.version, "title_en": "Rewritten"})
    assert response.status_code == 403
    assert "Nothing was written." in words_of(response)
    assert Activity.objects.get(pk=activity.pk).title == {"en": "New title"}
    page = then.manager.get(address)
    assert page.status_code == 404
    assert "This page shows today alone" in words_of(page)


def test_the_roles_of_today_and_the_confidentiality_of_today_decide(then: Then) -> None:
    words = words_of(then.public.get(then.address("activities/")))
    assert "Stays public" in words
    assert "Old title" not in words
    assert then.public.get(then.address(f"activities/{then.activity.code}/")).status_code == 404
    assert then.manager.get(then.address(f"activities/{then.activity.code}/")).status_code == 200


def test_a_name_taken_out_of_a_text_comes_back_for_staff_alone(then: Then) -> None:
    programme = then.programme
    activity = programme.activity("KG", confidentiality="public", state="planned", summary={"en": "Aida spoke"})
    at = timezone.now().isoformat().replace("+00:00", "Z")
    entry = ActivityEntry({"summary": {"en": "A colonel spoke"}})
    edit_activity(by=TESTER, activity=activity, entry=entry, version=activity.version)
    page = f"/trial-1/activities/{activity.code}/"
    delegation = signed_in(programme.user("EUD")[0])
    for reader, sees in ((then.manager, True), (delegation, False), (then.public, False)):
        past = words_of(reader.get(f"{page}?recorded={at}"))
        assert ("Aida spoke" in past) is sees
        assert ("A colonel spoke" in past) is not sees
        assert ("Free texts read as they do today" in past) is not sees
        # The log on the record's page tells no more.
        assert ("Aida spoke" in words_of(reader.get(page))) is sees
    assert "another wording" in words_of(delegation.get(page))


def test_people_stay_with_those_who_see_them(then: Then) -> None:
    assert then.public.get(then.address("people/")).status_code == 302
    assert then.manager.get(then.address("people/")).status_code == 200


def test_what_takes_long_is_waited_for_calmly(then: Then, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 0)
    response = then.manager.get(then.address("activities/"))
    assert response.status_code == 202
    assert "are being put together" in words_of(response)
    assert '<meta http-equiv="refresh" content="2">' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_an_address_that_is_no_day_is_said_calmly(then: Then) -> None:
    response = then.manager.get("/trial-1/activities/?recorded=soon")
    assert response.status_code == 404
    assert "“soon” is not a day." in words_of(response)


def test_the_day_is_chosen_on_the_page_without_script(then: Then) -> None:
    page = then.manager.get("/trial-1/activities/?state=planned").content.decode()
    form = re.search(r'<form class="as-known.*?</form>', page, re.S)
    assert form
    assert '<input type="hidden" name="state" value="planned">' in form[0]
    assert 'type="date"' in form[0]
    assert "as-known" not in then.manager.get("/account/").content.decode()


def test_every_register_can_be_asked_for_a_past_day(then: Then) -> None:
    """A new register must be put into ``SHOWS_THE_PAST``, or say here why it has no past."""
    without = {"publications:archive", "publications:register", "people:readings"}
    from tests.web.test_access import PAGES

    missing = []
    for pattern in PAGES:
        if pattern.startswith("<slug:phase>/") and pattern.count("<") == 1:
            path = pattern.replace("<slug:phase>", "trial-1")
            response = then.manager.get(f"/{path}")
            match = response.resolver_match
            name = f"{match.namespace}:{match.url_name}" if match else ""
            used = {template.name for template in response.templates or ()}
            response.close()
            if "registers/register.html" in used and not shows_the_past(f"/{path}") and name not in without:
                missing.append(name)
    assert not missing
    assert all(SHOWS_THE_PAST.values())
