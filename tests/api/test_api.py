"""What programs get and may do: by no key, by keys of several roles and scopes."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from pilotage.api.reference import document
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.operations import add_activity
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.membership.models import AccessToken, User
from pilotage.domain.membership.operations import issue_token, revoke_token
from tests.exchange.programme import SYSTEM, SmallProgramme, role_of, small_programme
from tests.recorded import made_once

pytestmark = pytest.mark.django_db
BASE = "/api/phases/demo-1"


@pytest.fixture(autouse=True)
def _no_requests_counted() -> None:
    cache.clear()


@pytest.fixture
@made_once
def programme() -> SmallProgramme:
    made = small_programme()
    for code, country, component, state, access in (
        ("A-1", "TJ", 0, "implemented", "public"),
        ("A-2", "KG", 1, "planned", "public"),
        ("A-3", "TJ", 0, "confirmed", "partners"),
        ("A-4", "KZ", 0, "draft", "internal"),
    ):
        add_activity(
            by=SYSTEM,
            phase=made.phase,
            entry=ActivityEntry(
                {
                    "code": code, "title": {"en": f"Activity {code}", "ru": f"Мероприятие {code}"}, "type": "training",
                    "component": made.components[component], "state": state, "confidentiality": access,
                    "actual_end": "2023-06-20" if state == "implemented" else "",
                },
                countries=frozenset({country}),
                tally=(TallyRow(2, country, sex="woman"), TallyRow(9, country, sex="man")) if code == "A-1" else None,
            ),
        )  # fmt: skip
    return made


def key_of(user: User, *, may_write: bool = False, days: int = 30) -> str:
    _token, secret = issue_token(
        by=user, assignment=role_of(user), label="tests", may_write=may_write, expires_on=date.today() + timedelta(days)
    )
    return secret


def ask(path: str, key: str = "", method: str = "get", body: Any = None, **headers: str) -> Any:
    given = {"Authorization": f"Bearer {key}", **headers} if key else headers
    client = Client()
    if body is None:
        return getattr(client, method)(path, headers=given)
    return getattr(client, method)(path, json.dumps(body), content_type="application/json", headers=given)


def codes(path: str, key: str = "") -> list[str]:
    return [row["code"] for row in ask(path, key).json()["items"]]


def test_the_public_sees_what_is_published_and_no_small_numbers(programme: SmallProgramme) -> None:
    assert codes(f"{BASE}/activities") == ["A-1", "A-2"]
    held = ask(f"{BASE}/activities/A-1").json()
    assert (held["participants"], held["women"], held["tally"], held["withheld"]) == (11, None, None, True)
    assert held["cost"] is None
    assert ask(f"{BASE}/activities/A-3").status_code == 404


@pytest.mark.parametrize(
    ("who", "seen"),
    [("manager", 4), ("officer", 4), ("lead", 4), ("coordinator", 4), ("reader", 3)],
)
def test_a_key_shows_what_its_role_sees(programme: SmallProgramme, who: str, seen: int) -> None:
    assert len(codes(f"{BASE}/activities", key_of(getattr(programme, who)))) == seen


def test_staff_get_the_tally(programme: SmallProgramme) -> None:
    held = ask(f"{BASE}/activities/A-1", key_of(programme.manager)).json()
    assert held["women"] == 2
    assert sum(line["count"] for line in held["tally"]) == 11


def test_an_unknown_revoked_or_expired_key_is_refused(programme: SmallProgramme) -> None:
    assert ask(f"{BASE}/activities", "plt_nonsense").status_code == 401
    key = key_of(programme.manager)
    assert ask(f"{BASE}/activities", key).status_code == 200
    revoke_token(by=SYSTEM, token=AccessToken.objects.get())
    refused = ask(f"{BASE}/activities", key, **{"Accept-Language": "ru"})
    assert refused.status_code == 401
    assert refused["Content-Type"] == "application/problem+json"
    assert "Ключ" in refused.json()["title"]


def test_the_last_use_of_a_key_is_kept_by_the_day(programme: SmallProgramme) -> None:
    key = key_of(programme.reader)
    ask(f"{BASE}/activities", key)
    assert AccessToken.objects.get().last_used_on == timezone.localdate()


def test_a_browsers_session_does_not_write(programme: SmallProgramme) -> None:
    client = Client()
    client.force_login(programme.manager, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(
        f"{BASE}/activities", json.dumps({"title": {"en": "x"}, "type": "training"}), "application/json"
    )
    assert answer.status_code == 403


def test_a_key_that_only_reads_does_not_write(programme: SmallProgramme) -> None:
    answer = ask(f"{BASE}/activities", key_of(programme.manager), "post", {"title": {"en": "New"}, "type": "training"})
    assert answer.status_code == 403
    assert not Activity.objects.filter(title__en="New").exists()


def test_an_activity_is_added_changed_counted_and_moved(programme: SmallProgramme) -> None:
    key = key_of(programme.manager, may_write=True)
    body = {
        "code": "N-1", "title": {"en": "Risk analysis"}, "type": "workshop", "component": "2", "countries": ["KG", "TJ"],
        "planned_start": "2024-Q2", "institutions": ["kg-customs"], "venue": "dushanbe",
    }  # fmt: skip
    added = ask(f"{BASE}/activities", key, "post", body)
    assert added.status_code == 201, added.content
    assert added.json()["state"] == "draft"
    changed = ask(
        f"{BASE}/activities/N-1", key, "patch", {"version": added.json()["version"], "title": {"ru": "Анализ рисков"}}
    )
    assert changed.json()["title"] == {"en": "Risk analysis", "ru": "Анализ рисков"}
    version = changed.json()["version"]
    lines = [{"count": 6, "country": "KG", "sex": "woman"}, {"count": 7, "country": "KG", "sex": "man"}]
    tallied = ask(f"{BASE}/activities/N-1/tally", key, "put", {"version": version, "lines": lines, "participants": 13})
    assert tallied.json()["participants"] == 13
    moved = ask(f"{BASE}/activities/N-1/moves", key, "post", {"move": "plan", "version": tallied.json()["version"]})
    assert moved.json()["state"] == "planned"


def test_who_comes_second_learns_what_the_first_changed(programme: SmallProgramme) -> None:
    key = key_of(programme.manager, may_write=True)
    version = ask(f"{BASE}/activities/A-2", key).json()["version"]
    assert ask(f"{BASE}/activities/A-2", key, "patch", {"version": version, "mode": "online"}).status_code == 200
    late = ask(
        f"{BASE}/activities/A-2", key, "patch", {"version": version, "mode": "hybrid"}, **{"Accept-Language": "ru"}
    )
    assert late.status_code == 409
    assert late.json()["theirs"] == [{"place": ["mode"], "was": "", "is": "online"}]
    assert late.json()["by"] == "Manager"


def test_a_component_lead_writes_only_in_her_component(programme: SmallProgramme) -> None:
    key = key_of(programme.lead, may_write=True)
    body = {"title": {"en": "New"}, "type": "training", "countries": ["TJ"]}
    assert ask(f"{BASE}/activities", key, "post", {**body, "component": "1"}).status_code == 201
    assert ask(f"{BASE}/activities", key, "post", {**body, "component": "2"}).status_code == 403
    version = ask(f"{BASE}/activities/A-2", key).json()["version"]
    assert ask(f"{BASE}/activities/A-2", key, "patch", {"version": version, "mode": "online"}).status_code == 403


def test_mistakes_come_with_their_place_in_the_readers_language(programme: SmallProgramme) -> None:
    key = key_of(programme.manager, may_write=True)
    body = {
        "title": {"en": "X"},
        "type": "training",
        "component": "9",
        "planned_start": "soon",
        "institutions": ["nobody"],
    }
    answer = ask(f"{BASE}/activities", key, "post", body, **{"Accept-Language": "ru"})
    assert answer.status_code == 422
    assert {tuple(one["place"]) for one in answer.json()["errors"]} == {
        ("component",),
        ("planned_start",),
        ("institutions",),
    }
    assert "не" in answer.json()["errors"][0]["message"]
    unknown = ask(f"{BASE}/activities", key, "post", {"title": {"en": "X"}, "type": "training", "colour": "red"})
    assert unknown.json()["errors"][0]["place"] == ["colour"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=planned", ["A-2"]),
        ("country=TJ", ["A-1"]),
        ("component=2", ["A-2"]),
        ("q=мероприятие%20a-1", ["A-1"]),
        ("type=seminar", []),
    ],
)
def test_activities_are_narrowed(programme: SmallProgramme, query: str, expected: list[str]) -> None:
    assert codes(f"{BASE}/activities?{query}") == expected


def test_pages_follow_each_other_without_loss(programme: SmallProgramme) -> None:
    key, address, seen = key_of(programme.manager), f"{BASE}/activities?limit=3", []
    while address:
        page = ask(address.removeprefix("http://127.0.0.1:8000"), key).json()
        seen += [row["code"] for row in page["items"]]
        address = page["next"]
    assert seen == ["A-1", "A-2", "A-3", "A-4"]
    assert ask(f"{BASE}/activities?cursor=nonsense").status_code == 422


def test_an_unchanged_answer_is_not_sent_twice(programme: SmallProgramme) -> None:
    first = ask(f"{BASE}/activities")
    again = ask(f"{BASE}/activities", **{"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_figures_are_listed_and_computed(programme: SmallProgramme) -> None:
    listed = {figure["code"] for figure in ask("/api/figures").json()}
    assert "activities-implemented" in listed, listed
    answer = ask(f"{BASE}/figures/activities-implemented?period=2023-Q2&by=country")
    assert answer.status_code == 200, answer.content
    assert answer.json()["total"]["value"] == 1
    assert ask(f"{BASE}/figures/nonsense").status_code == 404
    assert ask(f"{BASE}/figures/activities-implemented?by=colour").status_code == 422


def test_figures_of_the_register_of_persons_are_for_those_who_may_see_persons(programme: SmallProgramme) -> None:
    assert ask(f"{BASE}/figures/unique-participants").status_code == 404
    assert ask(f"{BASE}/figures/unique-participants", key_of(programme.officer)).status_code == 200


def test_phases_parties_and_the_rest_are_open(programme: SmallProgramme) -> None:
    assert ask("/api/phases").json()[0]["components"][0]["number"] == "1"
    assert ask(f"{BASE}/components").status_code == 200
    assert [one["code"] for one in ask("/api/institutions?q=таможенная").json()] == ["kg-customs"]
    # What is no word, or far too many of them, finds nothing and breaks nothing.
    assert ask(f"/api/institutions?q=%00{'word%20' * 2000}").json() == []
    assert ask("/api/places?country=tj").json()[0]["code"] == "dushanbe"
    assert ask("/api/phases/nowhere").status_code == 404


def test_too_many_requests_are_slowed_down(programme: SmallProgramme) -> None:
    answers = {ask("/api/states").status_code for _number in range(302)}
    assert answers == {200, 429}
    cache.clear()


def test_no_name_of_a_person_is_in_any_answer(programme: SmallProgramme) -> None:
    described = json.dumps(document())
    assert "name_signed" not in described
    assert "attendance" not in described.lower()


def test_the_openapi_document_is_valid_and_whole(programme: SmallProgramme) -> None:
    described = json.loads(Client().get("/api/openapi.json").content)
    assert described["openapi"].startswith("3.1")
    names = set(described["components"]["schemas"])

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "$ref" in node:
                assert node["$ref"].rsplit("/", 1)[-1] in names
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(described)
    from jsonschema import Draft202012Validator

    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    operations = [one for methods in described["paths"].values() for one in methods.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    assert all(one["summary"] and one["tags"] for one in operations)


def test_the_reference_page_needs_nothing_from_elsewhere(programme: SmallProgramme) -> None:
    page = Client().get("/api/").content.decode()
    assert "/api/phases/{phase}/activities" in page
    assert "https://" not in page.split("<main")[1]
