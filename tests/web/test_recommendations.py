"""The pages of recommendations: who sees them, what stands on them, how a recommendation is drafted and moved."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pilotage.domain.membership.models import User
from pilotage.domain.recommendations.links import issue_link
from pilotage.domain.recommendations.models import AgencyContact, AnswerSheet, Recommendation
from pilotage.domain.recommendations.operations import edit_recommendation
from pilotage.domain.recommendations.words import Channel, State
from tests.answers import Agency, filled_workbook, issued, make_agency
from tests.records import TESTER

pytestmark = pytest.mark.django_db
PAGES = ("", "board/", "new/", "agencies/", "returns/", "paper/")


@pytest.fixture
def agency() -> Agency:
    return make_agency()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(agency: Agency, rest: str = "") -> str:
    return f"/{agency.phase.code}/recommendations/{rest}"


def statuses(client: Client, agency: Agency, code: str) -> dict[str, int]:
    institution = agency.institution.code
    pages = [*PAGES, f"{code}/", f"{code}/edit/", f"{code}/move/", f"{code}/clear/", f"agencies/{institution}/"]
    return {
        page.replace(code, "R").replace(institution, "I"): client.get(address(agency, page)).status_code
        for page in pages
    }


def test_each_role_reaches_its_pages_and_no_others(agency: Agency) -> None:
    trial, code = agency.trial, agency.recommendations[0].code
    users = {
        "PM": trial.user("PM")[0], "ME": trial.user("ME")[0], "EUD": trial.user("EUD")[0],
        "CL": trial.user("CL", component=trial.components[0])[0], "NC": agency.coordinator,
        "NC of another": trial.user("NC", name="Bek", country=trial.countries["TJ"])[0],
        "CP": trial.user("CP", institution=agency.institution)[0],
        "CP of another": trial.user("CP", name="Elena", institution=agency.other)[0],
        "GR": trial.user("GR", institution=agency.other)[0],
    }  # fmt: skip
    everybody = {role: statuses(signed_in(user), agency, code) for role, user in users.items()}
    everybody["public"] = statuses(Client(), agency, code)
    ok = {role: {page for page, status in pages.items() if status == 200} for role, pages in everybody.items()}
    seen = {"", "board/", "R/"}
    assert ok == {
        "PM": seen | {"new/", "agencies/", "R/edit/", "R/move/", "R/clear/", "agencies/I/"},
        "ME": seen | {"new/", "agencies/", "R/edit/", "R/move/", "agencies/I/"},
        "EUD": seen,
        "CL": seen | {"new/", "R/edit/", "R/move/"},
        "NC": seen | {"new/", "agencies/", "returns/", "paper/", "R/edit/", "R/move/", "agencies/I/"},
        "NC of another": seen | {"new/", "agencies/", "returns/", "paper/", "R/move/"},
        "CP": seen | {"agencies/", "returns/", "paper/", "R/move/"},
        "CP of another": {"", "board/", "agencies/", "returns/", "paper/"},
        "GR": {"", "board/"},
        "public": {"", "board/"},
    }
    assert not {status for pages in everybody.values() for status in pages.values()} - {200, 302, 403, 404}


def test_register_and_board_take_few_queries_whatever_the_number(agency: Agency) -> None:
    client = signed_in(agency.coordinator)
    for page in ("", "board/"):
        client.get(address(agency, page))
        with CaptureQueriesContext(connection) as few:
            client.get(address(agency, page))
        for number in range(20, 40):
            issued(agency.trial, "KZ" if number % 2 else "KG", number)
        with CaptureQueriesContext(connection) as many:
            assert client.get(address(agency, page)).status_code == 200
        assert len(many) == len(few)
        assert len(many) < 25


def test_filters_and_export(agency: Agency) -> None:
    client = signed_in(agency.coordinator)
    answered = client.get(address(agency, f"?agency={agency.other.code}&state=issued&late=1"))
    assert answered.content.decode().count("Adopt procedure 99") == 1
    assert "Adopt procedure 1<" not in answered.content.decode()
    content = b"".join(client.get(address(agency, "?format=csv&country=KZ")).streaming_content).decode()  # type: ignore[attr-defined]
    assert "Adopt procedure 3" in content
    assert "Adopt procedure 99" not in content


def test_several_addressees_become_siblings_then_cleared_and_issued(agency: Agency) -> None:
    trial = agency.trial
    lead, _viewer = trial.user("CL", component=trial.components[0])
    client = signed_in(lead)
    page = client.get(address(agency, "new/"))
    labels = list(page.context["form"].institution_names.labels.values())
    values = {
        "text_en": "Share data", "text_ru": "Обмениваться данными", "addressees": labels[:2], "priority": "high",
        "component": trial.components[0].pk, "origin": "meeting", "confidentiality": "partners",
    }  # fmt: skip
    assert client.post(address(agency, "new/"), values).status_code == 302
    drafts = list(Recommendation.objects.filter(state=State.DRAFT).order_by("code"))
    assert len(drafts) == 2
    assert len({one.group_key for one in drafts}) == 1
    code = drafts[0].code
    step = {"move": "issue", "version": drafts[0].version}
    assert client.post(address(agency, f"{code}/move/"), step).status_code == 422, "not cleared yet"
    manager = signed_in(trial.user("PM")[0])
    assert manager.post(address(agency, f"{code}/clear/")).status_code == 302
    drafts[0].refresh_from_db()
    assert client.post(address(agency, f"{code}/move/"), {**step, "version": drafts[0].version}).status_code == 302
    drafts[0].refresh_from_db()
    assert drafts[0].state == State.ISSUED


def test_two_editors_see_each_other_field_by_field(agency: Agency) -> None:
    one = agency.recommendations[0]
    client = signed_in(agency.coordinator)
    page = client.get(address(agency, f"{one.code}/edit/"))
    initial = {**page.context["form"].initial}
    edit_recommendation(
        by=TESTER, recommendation=one, values={"priority": "high", "origin": "review"}, version=one.version
    )
    typed = {
        "priority": "low", "origin": initial["origin"], "component": initial["component"] or "", "version": initial["version"],
        "confidentiality": initial["confidentiality"], "response_due": "2023-05-02",
    }  # fmt: skip
    conflict = client.post(address(agency, f"{one.code}/edit/"), typed)
    assert conflict.status_code == 409
    assert [one.name for one in conflict.context["conflict"].to_decide] == ["priority"]
    assert [one.name for one in conflict.context["conflict"].taken_over] == ["origin"]
    one.refresh_from_db()
    decided = {**typed, "origin": "review", "version": one.version, "decide-priority": "theirs"}
    assert client.post(address(agency, f"{one.code}/edit/"), decided).status_code == 302
    one.refresh_from_db()
    assert (one.priority, one.origin) == ("high", "review")


def test_a_coordinator_records_a_letter_with_its_attachment(agency: Agency) -> None:
    one = agency.recommendations[0]
    client = signed_in(agency.coordinator)
    values = {
        "move": "accept",
        "version": one.version,
        "by_letter": "on",
        "words": "Письмо № 4",
        "effective_on": "2023-03-01",
    }
    assert client.post(address(agency, f"{one.code}/move/"), values).status_code == 422
    letter = SimpleUploadedFile("письмо.pdf", b"%PDF-1.4")
    assert client.post(address(agency, f"{one.code}/move/"), {**values, "evidence": letter}).status_code == 302
    move = one.moves.get(move="accept")
    assert (move.channel, move.evidence.name) == (Channel.LETTER, "письмо.pdf")
    story = client.get(address(agency, f"{one.code}/")).content.decode()
    assert "Письмо № 4" in story
    file = address(agency, f"{one.code}/files/{move.evidence.pk}/")
    assert b"".join(client.get(file).streaming_content) == b"%PDF-1.4"  # type: ignore[attr-defined]
    assert signed_in(agency.trial.user("CP", institution=agency.other)[0]).get(file).status_code == 404
    assert Client().get(file).status_code in {302, 404}


def test_the_desk_makes_contacts_links_and_sheets(agency: Agency) -> None:
    client = signed_in(agency.coordinator)
    desk = address(agency, f"agencies/{agency.institution.code}/")
    contact = {"name": "Saule", "email": "saule@example.org", "language": "en", "active": "on"}
    assert client.post(desk, contact).status_code == 302
    assert client.post(desk, contact).status_code == 422, "the same address twice"
    person = AgencyContact.objects.get(name="Saule")
    made = client.post(f"{desk}link/{person.pk}/", {})
    text = made.content.decode()
    assert "/a/" in text
    assert made["Referrer-Policy"] == "no-referrer"
    secret = text.split("/a/")[1].split("/")[0]
    assert Client().get(f"/a/{secret}/").status_code == 200
    link = person.links.get()
    assert client.post(f"{desk}link/{link.pk}/", {"end": "1"}).status_code == 302
    assert Client().get(f"/a/{secret}/").status_code == 404
    for form in ("xlsx", "docx", "pdf"):
        assert client.post(f"{desk}sheet/{form}/", {"language": "ru"}).status_code == 200
    assert AnswerSheet.objects.count() == 3
    assert client.get(f"{desk}sheet/xlsx/").status_code == 405
    assert client.post(f"{desk}sheet/exe/").status_code == 404


def test_a_returned_workbook_goes_through_the_pages(agency: Agency) -> None:
    client = signed_in(agency.coordinator)
    desk = address(agency, f"agencies/{agency.institution.code}/")
    given = client.post(f"{desk}sheet/xlsx/").content
    file = filled_workbook(given, {0: {"answer": "accept"}, 1: {"words": "x"}})
    sent = client.post(address(agency, "returns/"), {"file": SimpleUploadedFile("b.xlsx", file.getvalue())})
    assert sent.status_code == 302
    preview = client.get(sent["Location"])
    assert "no answer is chosen" in preview.content.decode()
    stranger = signed_in(agency.trial.user("NC", name="Bek", country=agency.trial.countries["TJ"])[0])
    assert stranger.get(sent["Location"]).status_code == 404
    assert stranger.post(sent["Location"], {"seen": preview.context["seen"]}).status_code == 404
    kept = b"".join(client.get(f"{sent['Location']}file/").streaming_content)  # type: ignore[attr-defined]
    assert kept == file.getvalue()
    assert client.post(sent["Location"], {"seen": preview.context["seen"]}).status_code == 302
    assert Recommendation.objects.get(pk=agency.recommendations[0].pk).state == State.ACCEPTED
    bad = client.post(address(agency, "returns/"), {"file": SimpleUploadedFile("b.xlsx", b"PK nothing")})
    assert bad.status_code == 422


@pytest.mark.parametrize("language", ["en", "ru"])
def test_pages_in_both_languages(agency: Agency, language: str) -> None:
    client = signed_in(agency.trial.user("PM")[0])
    code = agency.recommendations[0].code
    for page in (*PAGES[:4], f"{code}/", f"{code}/edit/", f"{code}/move/", f"agencies/{agency.institution.code}/"):
        found = client.get(f"{address(agency, page)}?lang={language}")
        assert found.status_code == 200
        assert f'<html lang="{language}">' in found.content.decode()
    secret = issue_link(by=TESTER, contact=agency.contact)[1]
    text = Client().get(f"/a/{secret}/?lang={language}").content.decode()
    assert ("Send the answer" in text) == (language == "en")
