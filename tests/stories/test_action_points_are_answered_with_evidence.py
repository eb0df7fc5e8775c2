"""Action points are answered in the same four ways as recommendations, with evidence; and by files sent back by link."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pilotage.domain.recommendations.links import issue_link, revoke_link
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.words import Channel, State
from pilotage.domain.steering.action_points import add_action_point, move_action_point
from pilotage.domain.steering.models import ActionFile, ActionMove
from pilotage.domain.steering.words import ActionState
from pilotage.exchange.answers import returns
from pilotage.exchange.answers.codes import box_code
from pilotage.exchange.answers.giving import give_out
from pilotage.exchange.answers.matching import fingerprint
from pilotage.exchange.answers.returns import outcomes_of, read_return, take_over
from pilotage.exchange.models import AnswerReturn
from tests.answers import Agency, filled_form, filled_workbook, form_given, make_agency, workbook_given
from tests.browse import signed_in, words_of
from tests.records import TESTER

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 order"


@pytest.fixture
def agency() -> Agency:
    return make_agency()


@pytest.fixture
def address(agency: Agency) -> str:
    return f"/a/{issue_link(by=TESTER, contact=agency.contact)[1]}/"


def reported(agency: Agency) -> ActionMove:
    """The report, and what it leaves the action point in."""
    agency.point.refresh_from_db()
    assert agency.point.state == ActionState.IN_PROGRESS
    assert agency.point.reported_done_on is not None
    return agency.point.moves.get(move="report_done")


def taken(agency: Agency, one: AnswerReturn) -> tuple[int, int]:
    seen = fingerprint(outcomes_of(one, by=agency.coordinator, viewer=agency.viewer))
    return take_over(by=agency.coordinator, viewer=agency.viewer, returned=one, decisions={}, seen=seen)


def test_by_the_personal_link(agency: Agency, address: str, client: Client) -> None:
    page = client.get(f"{address}?lang=en").content.decode()
    assert agency.point.code in page
    assert "Evidence that it is done" in page
    done = client.post(
        f"{address}?lang=en",
        {
            "item": f"action_point:{agency.point.pk}", "version": agency.point.version, "answer": "ap_report_done",
            "words": "Named", "evidence_text": "Order 12", "file": SimpleUploadedFile("order.pdf", PDF),
        },
    )  # fmt: skip
    assert done.status_code == 200
    assert agency.point.code not in done.content.decode().split("Thank you.")[1], "it waits no longer"
    move = reported(agency)
    assert (move.channel, move.words, move.evidence_text) == (Channel.LINK, "Named", "Order 12")
    assert move.evidence is not None
    assert move.evidence.name == "order.pdf"
    again = client.post(
        f"{address}?lang=en",
        {"item": f"action_point:{agency.point.pk}", "version": 1, "answer": "ap_report_done", "words": "Named"},
    )
    assert "recorded already" in again.content.decode()
    assert agency.point.moves.count() == 1


def test_in_a_workbook(agency: Agency) -> None:
    _sheet, given = workbook_given(agency)
    file = filled_workbook(given, {3: {"answer": "report as done", "words": "Named", "evidence": "Order 12"}})
    one = read_return(by=agency.coordinator, viewer=agency.viewer, phase=agency.phase, file=file, name="a.xlsx")
    assert taken(agency, one) == (1, 0)
    move = reported(agency)
    assert (move.channel, move.words, move.evidence_text) == (Channel.WORKBOOK, "Named", "Order 12")


def test_in_a_word_form(agency: Agency) -> None:
    _sheet, given = form_given(agency)

    def evidence(document: Any) -> None:
        document.tables[3].rows[4].cells[1].paragraphs[0].text = "Order 12"

    file = filled_form(given, {3: {"answer": "1", "words": "Named"}}, evidence)
    one = read_return(by=agency.coordinator, viewer=agency.viewer, phase=agency.phase, file=file, name="a.docx")
    assert taken(agency, one) == (1, 0)
    move = reported(agency)
    assert (move.channel, move.words, move.evidence_text) == (Channel.WORD_FORM, "Named", "Order 12")


def test_on_paper_with_the_scan(agency: Agency) -> None:
    sheet, _items = give_out(by=TESTER, phase=agency.phase, institution=agency.institution, channel=Channel.PAPER)
    browser = signed_in(agency.coordinator)
    page = browser.post(
        "/trial-1/recommendations/paper/",
        {
            "rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-words": "Named",
            "rows-0-code": box_code(sheet.code, 3, "ap_report_done"), "scan": SimpleUploadedFile("scan.pdf", PDF),
        },
    )  # fmt: skip
    preview = browser.get(page["Location"])
    assert browser.post(page["Location"], {"seen": preview.context["seen"]}).status_code == 302
    move = reported(agency)
    assert (move.channel, move.evidence.name if move.evidence else "") == (Channel.PAPER, "scan.pdf")
    told = words_of(browser.get(f"/trial-1/action-points/{agency.point.code}/"))
    assert "scan.pdf" in told
    assert "paper sheet" in told


def test_the_coordinator_confirms_what_the_agency_reported_and_nobody_confirms_the_own_word(agency: Agency) -> None:
    move_action_point(by=TESTER, point=agency.point, step="report_done", words="Named", channel=Channel.LINK)
    browser = signed_in(agency.coordinator)
    here = f"/trial-1/action-points/{agency.point.code}/"
    done = browser.post(f"{here}move/", {"move": "confirm", "version": agency.point.version})
    assert done.status_code == 302
    agency.point.refresh_from_db()
    assert agency.point.state == ActionState.DONE
    other = make_other(agency)
    there = f"/trial-1/action-points/{other.code}/"
    letter = {"move": "report_done", "version": 1, "words": "They wrote", "by_letter": "on"}
    missing = browser.post(f"{there}move/", letter)
    assert missing.status_code == 422
    assert "They wrote" in missing.content.decode()
    scan = SimpleUploadedFile("letter.pdf", PDF)
    assert browser.post(f"{there}move/", {**letter, "evidence": scan}).status_code == 302
    assert other.moves.get().channel == Channel.LETTER
    own = browser.post(f"{there}move/", {"move": "confirm", "version": 2})
    assert own.status_code == 422
    assert "Nobody confirms an own report" in words_of(own)
    manager, _viewer = agency.trial.user("PM")
    assert signed_in(manager).post(f"{there}move/", {"move": "confirm", "version": 2}).status_code == 302


def test_the_register_opens_with_what_is_late_and_ends_with_what_is_done(agency: Agency) -> None:
    late, done, ahead = agency.point, make_other(agency, date(2023, 5, 1)), make_other(agency, date(2999, 1, 1))
    move_action_point(by=TESTER, point=done, step="report_done", words="sent")
    waiting = make_other(agency, date(2998, 1, 1))
    move_action_point(by=TESTER, point=waiting, step="report_done", words="sent")
    move_action_point(by=agency.coordinator, point=done, step="confirm")
    page = words_of(signed_in(agency.coordinator).get("/trial-1/action-points/"))
    places = [page.index(f" {one.code} ") for one in (late, waiting, ahead, done)]
    assert places == sorted(places)
    for said in ("1 overdue", "1 to be confirmed", "3 not finished", "overdue, open"):
        assert said in page
    narrowed = words_of(signed_in(agency.coordinator).get("/trial-1/action-points/?overdue=1"))
    assert "1 action point" in narrowed


def make_other(agency: Agency, due: date = date(2023, 6, 30)) -> Any:
    values = {"text": {"en": "Second"}, "owner_institution": agency.institution, "due_on": due}
    return add_action_point(by=TESTER, meeting=agency.point.meeting, values=values)


def test_a_filled_file_comes_back_by_the_link_and_a_person_decides(
    agency: Agency, address: str, client: Client
) -> None:
    _sheet, given = workbook_given(agency)
    file = filled_workbook(given, {0: {"answer": "accept"}, 3: {"answer": "report as done", "words": "Named"}})
    sent = {"sheet": "1", "returned": SimpleUploadedFile("answers.xlsx", file.getvalue())}
    done = client.post(f"{address}?lang=en", sent)
    assert done.status_code == 200
    assert "The coordinator looks at it" in words_of(done)
    again = client.post(address, {"sheet": "1", "returned": SimpleUploadedFile("answers.xlsx", file.getvalue())})
    assert again.status_code == 200
    one = AnswerReturn.objects.get()
    assert (one.user, one.sender_name, one.state) == (None, "Daniyar", AnswerReturn.State.WAITING)
    assert {record.state for record in Recommendation.objects.all()} == {State.ISSUED}, "nothing is changed by itself"
    browser = signed_in(agency.coordinator)
    assert "Daniyar" in words_of(browser.get("/trial-1/recommendations/returns/"))
    assert taken(agency, one) == (2, 0)
    assert reported(agency).words == "Named"


def test_what_comes_by_the_link_is_small_and_the_agencys_own(
    agency: Agency, address: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sheet, own = workbook_given(agency)
    agency.institution, kept = agency.other, agency.institution
    _sheet, foreign = workbook_given(agency)
    agency.institution = kept

    def said(content: bytes) -> tuple[int, str]:
        upload = SimpleUploadedFile("answers.xlsx", content)
        page = client.post(f"{address}?lang=en", {"sheet": "1", "returned": upload})
        return page.status_code, words_of(page)

    unknown = said(foreign)
    assert unknown[0] == 422
    assert all(name not in unknown[1] for name in agency.other.name.values())
    assert said(b"MZ\x90")[0] == said(b"PK\x03\x04 no")[0] == 422
    assert client.post(address, {"sheet": "1"}).status_code == 422
    monkeypatch.setattr(returns, "BY_LINK_BYTES", 2000)
    assert "MB are read" in said(own)[1]
    assert not AnswerReturn.objects.exists()
    monkeypatch.setattr(returns, "BY_LINK_BYTES", 5 * 1024 * 1024)
    for _time in range(10):
        last = said(own)
    assert "Wait ten minutes" in last[1]


def test_an_ended_link_takes_no_file(agency: Agency, client: Client) -> None:
    link, secret = issue_link(by=TESTER, contact=agency.contact)
    revoke_link(by=TESTER, link=link)
    _sheet, given = workbook_given(agency)
    upload = SimpleUploadedFile("answers.xlsx", given)
    assert client.post(f"/a/{secret}/", {"sheet": "1", "returned": upload}).status_code == 404
    assert not AnswerReturn.objects.exists()


def test_programs_are_no_evidence(agency: Agency, address: str, client: Client) -> None:
    values = {"item": f"action_point:{agency.point.pk}", "version": 1, "answer": "ap_report_done", "words": "Named"}
    page = client.post(address, {**values, "file": SimpleUploadedFile("order.pdf", b"MZ\x90\x00")})
    assert page.status_code == 422
    assert "Named" in page.content.decode()
    assert not ActionFile.objects.exists()
    assert not agency.point.moves.exists()


def test_a_file_that_was_cut_off_is_refused_calmly(agency: Agency, address: str, client: Client) -> None:
    _sheet, given = form_given(agency)
    upload = SimpleUploadedFile("form.docx", io.BytesIO(given).getvalue()[: len(given) // 2])
    assert client.post(address, {"sheet": "1", "returned": upload}).status_code == 422
