"""Whatever is typed into an activity gets a clear answer at its field, in the reader's language, and nothing half-done."""

from typing import Any

import pytest
from django.test import Client

from pilotage.domain.activities.models import Activity
from pilotage.domain.parties.operations import add_country
from tests.browse import form_of, signed_in, words_of
from tests.records import TESTER, SmallProgramme, small_programme

pytestmark = pytest.mark.django_db
NEW = "/trial-1/activities/new/"


@pytest.fixture
def programme() -> SmallProgramme:
    return small_programme()


@pytest.fixture
def client_(programme: SmallProgramme) -> Client:
    manager, _viewer = programme.user("PM")
    return signed_in(manager)


def typed(client: Client, **values: Any) -> dict[str, Any]:
    form = form_of(client.get(NEW), "title_en")
    return {**form, "title_en": "Course", "type": "training", **values}


@pytest.mark.parametrize(
    ("values", "english", "russian"),
    [
        ({"title_en": "x" * 10_000}, "has 10000 characters; at most 300", "не более 300"),
        ({"title_en": "Course \U0001f600"}, "cannot be printed", "нельзя напечатать"),
        ({"title_en": "Course \x07"}, "cannot be printed: U+0007", "U+0007"),
        ({"title_en": ""}, "This field is required", "Обязательное поле"),
        ({"type": "party"}, "party is not one of the available choices", "party"),
        ({"planned_start": "2023-06-20", "planned_end": "2023-06-19"}, "The end is before the start", "раньше начала"),
        ({"planned_start": "2019"}, "outside the phase", "фазы"),
        ({"planned_start": "2023-13"}, "is not a date. Write 2023-06-20", "2023-06-20"),
        ({"actual_end": "31.02.2023"}, "is not a date", "2023-06-20"),
        ({"countries": ["AT"]}, "AT is not one of the available choices", "AT"),
        ({"cost": "-1"}, "greater than or equal to 0", "0"),
        ({"code": "a/b"}, "A code has no /", "/"),
    ],
)
def test_at_the_field_in_both_languages(client_: Client, values: dict[str, Any], english: str, russian: str) -> None:
    sent = typed(client_, **values)
    answer = client_.post(NEW, sent)
    assert answer.status_code == 422
    assert english in words_of(answer)
    assert russian in words_of(client_.post(f"{NEW}?lang=ru", sent))
    assert not Activity.objects.exists()


def test_a_country_outside_the_programme_by_a_forged_form(programme: SmallProgramme, client_: Client) -> None:
    add_country(by=TESTER, code="AT", name={"en": "Austria"})
    answer = client_.post(NEW, typed(client_, countries=["AT", "KG"]))
    assert answer.status_code == 422
    assert not Activity.objects.exists()


def test_a_code_that_is_taken(programme: SmallProgramme, client_: Client) -> None:
    programme.activity("KG", code="TAKEN")
    answer = client_.post(NEW, typed(client_, code="TAKEN"))
    assert answer.status_code == 422
    assert Activity.objects.count() == 1


def test_scripts_in_names_are_only_text(programme: SmallProgramme, client_: Client) -> None:
    evil = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    assert client_.post(NEW, typed(client_, title_en=evil, title_ru=evil, summary_en=evil)).status_code == 302
    activity = Activity.objects.get()
    for page in ("", "edit/", "tally/", "move/", "files/", "deliverables/", "people/"):
        answer = client_.get(f"/trial-1/activities/{activity.code}/{page}")
        assert b"<script>alert" not in answer.content, page
        assert b"<img src=x" not in answer.content, page
    for path in ("activities/", "checks/", "activities/?q=<script>alert(1)</script>", "activities/?period=<script>"):
        assert b"<script>alert" not in client_.get(f"/trial-1/{path}").content, path


def test_nonsense_in_addresses_is_calm(client_: Client) -> None:
    for query in (
        "page=abc", "page=99999", "sort=nothing", "sort=-", "col=nothing", "state=nothing", "period=soon",
        "period=2023-02-30..2023-01-01", "q=%00", "q=" + "x" * 5000, "q=%F0%9F%98%80", "country=XX&country=KG",
        "series=none&component=99", "format=pdf",
    ):  # fmt: skip
        assert client_.get(f"/trial-1/activities/?{query}").status_code == 200, query
    assert "is not known here and was left out" in words_of(client_.get("/trial-1/activities/?state=nothing"))
    assert "is not a period" in words_of(client_.get("/trial-1/activities/?period=soon"))
    for query in ("level=X", "check=none", "component=99", "country=XX", "page=-1"):
        assert client_.get(f"/trial-1/checks/?{query}").status_code == 200, query
    assert client_.get("/trial-1/checks/explain/?finding=none:a1&finding=no_list:a999999").status_code == 200
