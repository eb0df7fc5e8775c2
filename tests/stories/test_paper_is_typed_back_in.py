"""A coordinator types in what an agency ticked on paper: codes that guard themselves, and the scan."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pilotage.documents.rendering.typst import render_pdf
from pilotage.domain.recommendations.models import AnswerSheet, Recommendation
from pilotage.domain.recommendations.sheets import ALPHABET
from pilotage.domain.recommendations.words import Channel, State
from pilotage.exchange.answers.codes import STEPS, WrongCode, box_code, check_character, read_code, tidy
from pilotage.exchange.answers.giving import give_out
from pilotage.exchange.answers.paper import TEMPLATE, paper_content
from pilotage.exchange.models import AnswerReturn
from tests.answers import Agency, make_agency
from tests.records import TESTER


def test_every_single_error_and_every_exchange_of_neighbours_is_caught() -> None:
    code = tidy(box_code("7K2QM", 3, "accept"))
    assert read_code(code) == ("7K2QM", 3, "accept")
    for place, wrong in itertools.product(range(len(code)), ALPHABET):
        if wrong != code[place]:
            with pytest.raises(WrongCode):
                read_code(code[:place] + wrong + code[place + 1 :])
    for first, second in itertools.permutations(ALPHABET, 2):
        pair = f"{first}{second}"
        assert check_character(f"7{pair}Q") != check_character(f"7{pair[::-1]}Q")
    for steps in STEPS:
        assert read_code(box_code("00000", 1023, steps)) == ("00000", 1023, steps)


def test_look_alikes_and_the_other_keyboard_are_understood() -> None:
    code = box_code("A0BC1", 12, "reject")
    russian = code.replace("A", "А").replace("B", "В").replace("C", "С")
    assert read_code(russian.lower().replace("0", "o").replace("-", " ")) == ("A0BC1", 12, "reject")
    for typed in ("", "7K2", "7K2-QM0-3AC-9", "!" * 9, "\u0000" * 9):
        with pytest.raises(WrongCode):
            read_code(typed)


@pytest.fixture
def agency(db: None) -> Agency:
    cache.clear()
    return make_agency()


@pytest.fixture
def sheet(agency: Agency) -> AnswerSheet:
    return give_out(by=TESTER, phase=agency.phase, institution=agency.institution, channel=Channel.PAPER)[0]


@pytest.fixture
def coordinator(agency: Agency, client: Client) -> Client:
    client.force_login(agency.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def typed(agency: Agency, client: Client, *rows: dict[str, str], scan: bytes = b"%PDF-1.4 scan", **more: str) -> Any:
    values: dict[str, Any] = {"rows-TOTAL_FORMS": str(len(rows)), "rows-INITIAL_FORMS": "0", **more}
    for number, row in enumerate(rows):
        values |= {f"rows-{number}-{name}": value for name, value in row.items()}
    if scan:
        values["scan"] = SimpleUploadedFile("scan.pdf", scan)
    return client.post(f"/{agency.phase.code}/recommendations/paper/", values)


def test_codes_become_answers_with_the_scan_attached(agency: Agency, sheet: AnswerSheet, coordinator: Client) -> None:
    page = typed(
        agency, coordinator,
        {"code": box_code(sheet.code, 0, "accept"), "implementation_due": "2024-05-01"},
        {"code": box_code(sheet.code, 1, "reject"), "words": "Не наша компетенция"},
        {"code": box_code(sheet.code, 3, "ap_report_done"), "words": "Назначен"},
        answered_on="2023-04-03",
    )  # fmt: skip
    assert page.status_code == 302
    preview = coordinator.get(page["Location"])
    assert preview.status_code == 200
    assert {one.state for one in Recommendation.objects.all()} == {State.ISSUED}
    seen = preview.context["seen"]
    assert coordinator.post(page["Location"], {"seen": seen}).status_code == 302
    first, second = (Recommendation.objects.get(pk=one.pk) for one in agency.recommendations[:2])
    assert (first.state, second.state) == (State.ACCEPTED, State.REJECTED)
    move = first.moves.get(move="accept")
    assert (move.channel, move.effective_on.isoformat(), move.evidence.name) == (
        Channel.PAPER,
        "2023-04-03",
        "scan.pdf",
    )
    assert second.moves.get(move="reject").evidence.file.name == move.evidence.file.name, "one scan is stored once"
    again = coordinator.post(page["Location"], {"seen": seen})
    assert again.status_code == 409
    assert first.moves.count() == 2


def test_a_mistyped_code_is_shown_where_it_stands(agency: Agency, sheet: AnswerSheet, coordinator: Client) -> None:
    code = box_code(sheet.code, 0, "accept")
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    page = typed(agency, coordinator, {"code": wrong})
    assert page.status_code == 422
    assert "one character is wrong" in page.content.decode()
    assert not AnswerReturn.objects.exists()


def test_no_scan_no_entry_and_programs_are_refused(agency: Agency, sheet: AnswerSheet, coordinator: Client) -> None:
    row = {"code": box_code(sheet.code, 0, "accept")}
    assert typed(agency, coordinator, row, scan=b"").status_code == 422
    assert typed(agency, coordinator, row, scan=b"MZ\x00").status_code == 422
    assert typed(agency, coordinator, {"words": "no code"}).status_code == 422


def test_codes_of_another_country_are_nothing(agency: Agency, coordinator: Client) -> None:
    other = give_out(by=TESTER, phase=agency.phase, institution=agency.other, channel=Channel.PAPER)[0]
    nowhere = typed(agency, coordinator, {"code": box_code("ZZZZZ", 0, "accept")})
    foreign = typed(agency, coordinator, {"code": box_code(other.code, 0, "accept")})
    assert nowhere.status_code == foreign.status_code == 422
    assert nowhere.context["problems"] == foreign.context["problems"]


def test_guessing_codes_is_slowed_down(agency: Agency, coordinator: Client) -> None:
    for number in range(60):
        typed(agency, coordinator, {"code": box_code("ZZZZZ", number, "accept")})
    assert "Wait ten minutes" in typed(agency, coordinator, {"code": "X"}).content.decode()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_sheet_is_printed(agency: Agency, language: str) -> None:
    sheet, items = give_out(by=TESTER, phase=agency.phase, institution=agency.institution, channel=Channel.PAPER)
    content = paper_content(sheet, items, language)
    assert content["items"][0]["boxes"][1]["code"] == box_code(sheet.code, 0, "accept")
    pdf = render_pdf(TEMPLATE, content, language=language, images={})
    assert pdf.startswith(b"%PDF")
    assert pdf == render_pdf(TEMPLATE, content, language=language, images={})
