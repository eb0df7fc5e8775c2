"""Whatever goes wrong with a link, a code, a workbook or a form is said in the reader's language, and nothing is half done."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from pilotage.domain.recommendations.links import issue_link, new_secret, revoke_link
from pilotage.domain.recommendations.models import Recommendation, RecommendationMove
from pilotage.domain.recommendations.operations import Answer, move_recommendation
from pilotage.domain.recommendations.words import Channel, State
from pilotage.exchange.answers.codes import box_code
from pilotage.exchange.answers.giving import give_out
from pilotage.exchange.answers.matching import REFUSED
from pilotage.exchange.answers.returns import outcomes_of, read_return
from pilotage.exchange.workbooks.opening import Unreadable
from pilotage.kit.changes import operation
from pilotage.web.answers import limits
from tests.answers import (
    FIRST_ROW,
    PLACE,
    Agency,
    filled_form,
    filled_workbook,
    form_given,
    make_agency,
    tick,
    workbook_given,
)
from tests.browse import words_of
from tests.recorded import made_once
from tests.records import TESTER

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("language", ["en", "ru"])
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


@pytest.fixture
@made_once
def agency() -> Agency:
    made = make_agency()
    made.phase.contact_email = "secretariat@example.org"
    with operation("edit phase", by=TESTER):
        made.phase.save()
    return made


def nothing_answered() -> bool:
    """True where every recommendation is as it was issued."""
    return {one.state for one in Recommendation.objects.all()} == {
        State.ISSUED
    } and not RecommendationMove.objects.exclude(move="issue").exists()


def speaks(text: str, language: str) -> bool:
    """True where a message is in the language: quoted values apart."""
    plain = re.sub("“[^”]*”|«[^»]*»", "", text)
    return bool(text.strip()) and bool(CYRILLIC.search(plain)) == (language == "ru")


# Links

LINKS = {
    "forged": ("A personal link works for some weeks", "Персональная ссылка действует"),
    "expired": ("It worked until", "Она действовала до"),
    "revoked": ("It was ended on", "Её действие прекращено"),
    "guessed": ("Wait ten minutes", "Подождите десять минут"),
}


def address_of(agency: Agency, fault: str, client: Client) -> str:
    if fault == "forged":
        return f"/a/{new_secret()}/"
    if fault == "guessed":
        for number in range(20):
            client.get(f"/a/{'guess' * 6}{number:04}/")
        return f"/a/{'guess' * 6}9999/"
    link, secret = issue_link(by=TESTER, contact=agency.contact)
    if fault == "revoked":
        revoke_link(by=TESTER, link=link)
    else:
        with operation("age link", by=TESTER):
            link.expires_on = timezone.localdate() - timedelta(days=1)
            link.save()
    return f"/a/{secret}/"


@BOTH
@pytest.mark.parametrize("fault", LINKS)
def test_a_link_that_leads_nowhere(agency: Agency, client: Client, fault: str, language: str) -> None:
    address = address_of(agency, fault, client)
    values = {"item": f"recommendation:{agency.recommendations[0].pk}", "answer": "accept", "words": "Мы согласны"}
    opened = client.get(f"{address}?lang={language}")
    sent = client.post(f"{address}?lang={language}", values)
    for page in (opened, sent):
        assert page.status_code == (429 if fault == "guessed" else 404)
        assert f'<html lang="{language}">' in page.content.decode()
        assert LINKS[fault][language == "ru"] in words_of(page)
    kept = fault in {"expired", "revoked"}
    assert ("secretariat@example.org" in words_of(opened)) == kept, "whoever was given the link is told whom to ask"
    assert ("Мы согласны" in words_of(sent)) == kept, "what was typed while it ended can be copied"
    assert nothing_answered()


def test_a_link_that_ended_speaks_the_contacts_language(agency: Agency, client: Client) -> None:
    page = client.get(address_of(agency, "expired", client), headers={"Accept-Language": "en"})
    assert '<html lang="ru">' in page.content.decode()


@BOTH
def test_an_answer_sent_twice(agency: Agency, client: Client, language: str) -> None:
    address = f"/a/{issue_link(by=TESTER, contact=agency.contact)[1]}/?lang={language}"
    one = agency.recommendations[0]
    values = {"item": f"recommendation:{one.pk}", "version": one.version, "answer": "accept", "words": "да"}
    first, again = client.post(address, values), client.post(address, values)
    assert ("Recorded", "Записано")[language == "ru"] in words_of(first)
    assert ("recorded already", "уже записан")[language == "ru"] in words_of(again)
    assert one.moves.filter(move="accept").count() == 1


# Workbooks and forms


def outcomes(agency: Agency, file: io.BytesIO, name: str) -> list[Any]:
    returned = read_return(by=agency.coordinator, viewer=agency.viewer, phase=agency.phase, file=file, name=name)
    return outcomes_of(returned, by=agency.coordinator, viewer=agency.viewer)


def _columns_by_halves(page: Any) -> None:
    """Only the answers are sorted: they stand beside another wording."""
    for name in ("text_en", "text_ru"):
        first, second = page.cell(FIRST_ROW, PLACE[name]), page.cell(FIRST_ROW + 1, PLACE[name])
        first.value, second.value = second.value, first.value


def _doubled(page: Any) -> None:
    page.append([cell.value for cell in page[FIRST_ROW]])


def _without_key(page: Any) -> None:
    page.cell(FIRST_ROW, PLACE["key"]).value = None


def _other_key(page: Any) -> None:
    page.cell(FIRST_ROW, PLACE["key"]).value = f"{page.cell(FIRST_ROW, PLACE['key']).value[:-2]}00"


def _older(page: Any) -> None:
    page.cell(FIRST_ROW, PLACE["version"]).value = "1"


Damage = Callable[[Any], None]
WORKBOOKS: dict[str, tuple[dict[str, Any], Damage | None, str, str]] = {
    "sorted by halves": ({"answer": "accept"}, _columns_by_halves, "wording beside", "Текст рядом с ответом"),
    "doubled": ({"answer": "accept"}, _doubled, "more than once", "несколько раз"),
    "key emptied": ({"answer": "accept"}, _without_key, "no key", "нет ключа"),
    "key changed": ({"answer": "accept"}, _other_key, "key of the row was changed", "Ключ строки изменён"),
    "version changed": ({"answer": "accept"}, _older, "hidden version", "версия"),
    "formula": ({"answer": "accept", "words": "=1+1"}, None, "formula", "формула"),
    "no answer": ({"words": "Подумаем"}, None, "no answer is chosen", "ответ не выбран"),
    "other answer": ({"answer": "maybe"}, None, "not one of the answers", "не один из ответов"),
    "no day": ({"answer": "accept", "implementation_due": "soon"}, None, "is not a day", "не дата"),
    "no address": ({"answer": "accept", "evidence_url": "see the shelf"}, None, "not a web address", "не адрес"),
    "no reason": ({"answer": "reject"}, None, "Write the reason", "причин"),
}


@BOTH
@pytest.mark.parametrize("fault", WORKBOOKS)
def test_a_row_of_a_workbook_is_refused_with_the_reason(agency: Agency, fault: str, language: str) -> None:
    answers, damage, *said = WORKBOOKS[fault]
    with override(language):
        found = outcomes(agency, filled_workbook(workbook_given(agency)[1], {0: answers}, damage), "answers.xlsx")
    refused = [one for one in found if one.status == REFUSED]
    assert refused
    for one in refused:
        assert speaks(one.reason, language), one.reason
    assert said[language == "ru"] in " ".join(one.reason for one in refused)
    assert nothing_answered()


@BOTH
def test_a_row_pasted_from_another_agency_and_one_from_an_older_sheet(agency: Agency, language: str) -> None:
    foreign, _items = give_out(by=TESTER, phase=agency.phase, institution=agency.other, channel=Channel.WORKBOOK)
    older, _items = give_out(by=TESTER, phase=agency.phase, institution=agency.institution, channel=Channel.WORKBOOK)

    def pasted(page: Any) -> None:
        for row, sheet in enumerate((foreign, older)):
            page.cell(FIRST_ROW + row, PLACE["key"]).value = sheet.rows[row and 1]["key"]

    answers = {0: {"answer": "accept"}, 1: {"answer": "accept"}}
    with override(language):
        first, second, *_rest = outcomes(
            agency, filled_workbook(workbook_given(agency)[1], answers, pasted), "answers.xlsx"
        )
    assert ("another agency's sheet", "другого ведомства")[language == "ru"] in first.reason
    assert agency.other.name[language] not in first.reason
    assert ("another sheet, given out on", "другому листу (выдан")[language == "ru"] in second.reason
    assert nothing_answered()


@BOTH
def test_an_answer_that_was_overtaken(agency: Agency, language: str) -> None:
    given = workbook_given(agency)[1]
    step = Answer("reject", words="no")
    move_recommendation(
        by=TESTER, viewer=None, recommendation=agency.recommendations[0], answer=step, channel=Channel.LETTER
    )
    with override(language):
        found = outcomes(agency, filled_workbook(given, {0: {"answer": "accept"}}), "answers.xlsx")
    assert speaks(found[0].reason.replace("tests", ""), language)
    assert ("Overtaken", "Устарело")[language == "ru"] in found[0].reason


def _without_foot(document: Any) -> None:
    table = document.tables[0]
    table._tbl.remove(table.rows[-1]._tr)


def _without_wording(document: Any) -> None:
    table = document.tables[0]
    table._tbl.remove(table.rows[1]._tr)


def _two_boxes(document: Any) -> None:
    tick(document.tables[0].rows[2].cells[1].paragraphs[2])


FORMS: dict[str, tuple[Damage, str, str]] = {
    "the key's row is gone": (_without_foot, "no key", "нет ключа"),
    "the wording's row is gone": (_without_wording, "wording beside", "Текст рядом с ответом"),
    "two boxes": (_two_boxes, "More than one answer", "несколько ответов"),
}


@BOTH
@pytest.mark.parametrize("fault", FORMS)
def test_a_table_of_a_form_is_refused_with_the_reason(agency: Agency, fault: str, language: str) -> None:
    damage, *said = FORMS[fault]
    with override(language):
        found = outcomes(agency, filled_form(form_given(agency)[1], {0: {"answer": "1"}}, damage), "form.docx")
    (refused,) = [one for one in found if one.status == REFUSED]
    assert speaks(refused.reason, language)
    assert said[language == "ru"] in refused.reason
    assert nothing_answered()


@BOTH
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"answers;1;2\n"])
def test_a_file_that_is_no_sheet(agency: Agency, content: bytes, language: str) -> None:
    with override(language), pytest.raises(Unreadable) as refused:
        outcomes(agency, io.BytesIO(content), "answers.xlsx")
    with override(language):
        assert speaks(refused.value.text.replace("Excel", "").replace("xlsx", ""), language), refused.value.text


# Codes


@BOTH
def test_codes_that_are_mistyped_or_guessed(agency: Agency, client: Client, language: str) -> None:
    client.force_login(agency.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = language
    agency.coordinator.language = language
    with operation("choose language", by=TESTER):
        agency.coordinator.save()

    def typed(code: str) -> str:
        values = {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-code": code}
        scan = io.BytesIO(b"%PDF-1.4 scan")
        scan.name = "scan.pdf"
        page = client.post(f"/{agency.phase.code}/recommendations/paper/", {**values, "scan": scan})
        assert page.status_code == 422
        return words_of(page)

    assert ("one character is wrong", "один знак")[language == "ru"] in typed("7K2-QM0-3AC")
    assert ("No paper sheet with these codes", "Листа с такими кодами")[language == "ru"] in typed(
        box_code("ZZZZZ", 1, "accept")
    )
    for _guess in range(limits.CODES):
        limits.count("codes", str(agency.coordinator.pk))
    assert ("Wait ten minutes", "Подождите десять минут")[language == "ru"] in typed("X")
    assert nothing_answered()
