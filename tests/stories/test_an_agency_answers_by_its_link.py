"""An agency answers by a personal link: no account, no JavaScript, nothing of other agencies."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pilotage.domain.recommendations.contacts import edit_contact
from pilotage.domain.recommendations.links import digest_of, issue_link, link_for, new_secret, revoke_link
from pilotage.domain.recommendations.models import AgencyLink, Recommendation
from pilotage.domain.recommendations.operations import Answer, move_recommendation
from pilotage.domain.recommendations.words import Channel, State
from pilotage.kit.changes import operation
from pilotage.kit.models import Change
from tests.answers import Agency, issued, make_agency
from tests.records import TESTER

pytestmark = pytest.mark.django_db
FIRST_LOAD = 20 * 1024


@pytest.fixture(autouse=True)
def _no_tries_left_over() -> None:
    cache.clear()


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def address(agency: Agency) -> str:
    return f"/a/{issue_link(by=TESTER, contact=agency.contact)[1]}/"


def answer(client: Client, address: str, one: Recommendation, step: str, **given: object):  # type: ignore[no-untyped-def]
    version = given.pop("version", None) or Recommendation.objects.get(pk=one.pk).version
    values = {"item": f"recommendation:{one.pk}", "version": version, "answer": step, **given}
    return client.post(address, values)


def test_the_page_is_in_the_contacts_language_and_shows_this_agency_alone(
    agency: Agency, address: str, client: Client
) -> None:
    page = client.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert '<html lang="ru">' in text
    assert "Принять порядок 1" in text
    assert "Назначить координатора" in text
    assert "порядок 99" not in text
    assert agency.foreign.code not in text
    for other in (agency.other, agency.trial.services["TJ"]):
        assert not any(name in text for name in other.name.values())
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert "sessionid" not in page.cookies
    english = client.get(f"{address}?lang=en").content.decode()
    assert '<html lang="en">' in english
    assert "Adopt procedure 1" in english


def test_three_answers_take_three_requests_without_javascript(agency: Agency, address: str, client: Client) -> None:
    page = client.get(address).content.decode()
    assert "<script" not in page
    for one in agency.recommendations:
        done = answer(client, address, one, "accept", words="Согласны", implementation_due="2024-06-30")
        assert done.status_code == 200, "the answer's own page is the next one: no redirect, no further request"
    assert {one.state for one in Recommendation.objects.filter(addressee=agency.institution)} == {State.ACCEPTED}
    move = agency.recommendations[0].moves.get(move="accept")
    assert (move.channel, move.words) == (Channel.LINK, "Согласны")
    assert move.by_name.startswith("Daniyar (")
    assert AgencyLink.objects.get().last_used_at is not None


def test_the_first_load_is_light(agency: Agency, address: str, client: Client) -> None:
    for number in range(4, 30):
        issued(agency.trial, "KZ", number, text={"en": "Do it " * 40, "ru": "Сделать это " * 30})
    page = client.get(address)
    text = page.content.decode()
    assert len(re.findall("<article", text)) == 10
    loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', text)
    assert len(loaded) == 1, "one stylesheet and nothing else"
    style = Path(str(finders.find("css/agency.css"))).read_bytes()
    packed = len(gzip.compress(page.content)) + len(gzip.compress(style))
    assert packed < FIRST_LOAD / 2, packed
    assert len(page.content) + len(style) < FIRST_LOAD * 2


def test_opening_it_answers_nothing(agency: Agency, address: str, client: Client) -> None:
    before = Change.objects.count()
    for _scan in range(3):
        client.get(address)
        client.head(address)
        client.get(f"{address}?answer=accept&item=recommendation:{agency.recommendations[0].pk}")
    assert Change.objects.count() == before
    assert AgencyLink.objects.get().last_used_at is None


def test_forged_links_get_one_calm_page_and_ended_ones_say_when_they_ended(agency: Agency, client: Client) -> None:
    expired, expired_secret = issue_link(by=TESTER, contact=agency.contact)
    with operation("age link", by=TESTER):
        expired.expires_on = timezone.localdate() - timedelta(days=1)
        expired.save()
    revoked, revoked_secret = issue_link(by=TESTER, contact=agency.contact)
    revoke_link(by=TESTER, link=revoked)
    good = issue_link(by=TESTER, contact=agency.contact)[1]
    turned = good[:5] + ("A" if good[5] != "A" else "B") + good[6:]
    pages: dict[str, set[bytes]] = {"forged": set(), "ended": set()}
    for secret in (new_secret(), turned, "short", "%D1%8F" * 6, "x" * 300, expired_secret, revoked_secret):
        kind = "ended" if secret in {expired_secret, revoked_secret} else "forged"
        for page in (client.get(f"/a/{secret}/"), client.post(f"/a/{secret}/", {"item": "x", "answer": "accept"})):
            assert page.status_code == 404
            assert page["Referrer-Policy"] == "no-referrer"
            assert not any(name in page.content.decode() for name in agency.institution.name.values())
            pages[kind].add(page.content)
    assert (len(pages["forged"]), len(pages["ended"])) == (1, 2), "only who was given a link learns that it ended"
    assert client.get(f"/a/{good}/").status_code == 200
    edit_contact(by=TESTER, contact=agency.contact, values={"active": False})
    assert client.get(f"/a/{good}/").status_code == 404
    assert {one.state for one in Recommendation.objects.all()} == {State.ISSUED}


def test_only_a_digest_is_kept(agency: Agency) -> None:
    link, secret = issue_link(by=TESTER, contact=agency.contact)
    assert link.digest == digest_of(secret)
    assert secret not in str(list(Change.objects.values_list("after", flat=True)))
    assert link.digest not in str(list(Change.objects.values_list("after", flat=True)))
    assert link_for(secret) == link


def test_guessing_is_slowed_down_and_locks_no_agency_out(agency: Agency, address: str, client: Client) -> None:
    answers = [client.get(f"/a/{'guess' * 6}{number:04}/").status_code for number in range(25)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert client.get(address).status_code == 200


def test_a_replayed_answer_is_recorded_once(agency: Agency, address: str, client: Client) -> None:
    one = agency.recommendations[0]
    version = one.version
    answer(client, address, one, "accept", words="да", version=version)
    again = answer(client, address, one, "accept", words="да", version=version)
    assert again.status_code == 200
    assert "уже" in again.content.decode()
    assert one.moves.filter(move="accept").count() == 1


def test_what_changed_meanwhile_is_shown_and_nothing_typed_is_lost(
    agency: Agency, address: str, client: Client
) -> None:
    one = agency.recommendations[0]
    seen = one.version
    move_recommendation(by=TESTER, viewer=None, recommendation=one, answer=Answer("consider"), channel=Channel.LETTER)
    page = answer(client, f"{address}?lang=en", one, "accept", words="we agree to this", version=seen)
    assert page.status_code == 422
    assert "changed while you had it open" in page.content.decode()
    assert "we agree to this" in page.content.decode()
    one.refresh_from_db()
    assert one.state == State.UNDER_CONSIDERATION


@pytest.mark.parametrize(
    ("step", "values", "said"),
    [
        ("", {}, "Choose an answer"),
        ("reject", {}, "Write the reason"),
        ("verify", {}, "cannot make this step"),
        ("withdraw", {"words": "x"}, "An agency can answer"),
        ("accept", {"words": "\U0001f600"}, "cannot be printed"),
        ("accept", {"words": "x" * 3001}, "at most 3000"),
        ("accept", {"implementation_due": "soon"}, "not a day"),
        ("accept", {"implementation_due": "2020-01-01"}, "before the recommendation was issued"),
    ],
)
def test_bad_input_is_answered_clearly(
    agency: Agency, address: str, client: Client, step: str, values: dict[str, str], said: str
) -> None:
    page = answer(client, f"{address}?lang=en", agency.recommendations[0], step, **values)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert Recommendation.objects.get(pk=agency.recommendations[0].pk).state == State.ISSUED


def test_items_of_others_and_drafts_are_not_reached(agency: Agency, address: str, client: Client) -> None:
    for key in (
        f"recommendation:{agency.foreign.pk}",
        "recommendation:999999",
        "phase:1",
        "",
        "recommendation:x",
        "a:²",
    ):
        page = client.post(f"{address}?lang=en", {"item": key, "version": 1, "answer": "accept"})
        assert page.status_code == 200
        assert "no longer open" in page.content.decode()
    agency.foreign.refresh_from_db()
    assert agency.foreign.state == State.ISSUED


def test_adoption_is_reported_with_a_file(agency: Agency, address: str, client: Client) -> None:
    one = agency.recommendations[0]
    answer(client, address, one, "accept")
    page = answer(client, f"{address}?lang=en", one, "report_adopted")
    assert "evidence" in page.content.decode()
    file = SimpleUploadedFile("order.exe", b"MZ\x00\x00")
    page = answer(client, f"{address}?lang=en", one, "report_adopted", file=file)
    assert page.status_code == 422
    pdf = SimpleUploadedFile("приказ.pdf", b"%PDF-1.7 order")
    assert answer(client, address, one, "report_adopted", file=pdf, act_number="№ 5").status_code == 200
    one.refresh_from_db()
    assert (one.state, one.act_number, one.files.get().name) == (State.REPORTED_ADOPTED, "№ 5", "приказ.pdf")


def test_a_letter_may_come_with_the_first_answer(agency: Agency, address: str, client: Client) -> None:
    one = agency.recommendations[0]
    letter = SimpleUploadedFile("письмо.pdf", b"%PDF-1.7 letter")
    assert answer(client, address, one, "accept", file=letter).status_code == 200
    assert one.moves.get(move="accept").evidence.name == "письмо.pdf"


def test_an_action_point_is_reported_done(agency: Agency, address: str, client: Client) -> None:
    values = {"item": f"action_point:{agency.point.pk}", "version": agency.point.version, "answer": "ap_report_done"}
    assert client.post(address, values).status_code == 422
    assert client.post(address, {**values, "words": "Назначен"}).status_code == 200
    agency.point.refresh_from_db()
    assert agency.point.reported_done_on is not None
    assert "Назначить координатора" not in client.get(address).content.decode()
