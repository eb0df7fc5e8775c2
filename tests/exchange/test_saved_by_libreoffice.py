"""Sheets of answers that LibreOffice 7.4 opened, filled in, turned upside down and saved are read like all others.

The files in ``office/`` were given out to the agency of ``tests.answers``, its second recommendation accepted, and typed
into by a script; before they come back here, their keys are put in the place of those of a sheet of this test.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pilotage.domain.recommendations.models import AnswerSheet, Recommendation
from pilotage.domain.recommendations.operations import Answer, move_recommendation
from pilotage.domain.recommendations.words import Channel, State
from pilotage.exchange.answers.giving import give_out
from pilotage.exchange.answers.matching import fingerprint
from pilotage.exchange.answers.returns import outcomes_of, read_return, take_over
from pilotage.exchange.models import AnswerReturn
from pilotage.exchange.workbooks.opening import Unreadable
from tests.answers import Agency, make_agency
from tests.records import TESTER

pytestmark = pytest.mark.django_db
OFFICE = Path(__file__).parent / "office"
KEYS = {
    Channel.WORKBOOK: (
        "AVF3R.86ee6e748e566916", "AVF3R.5fc19a3d703d4efe", "AVF3R.ac288b64fff6da3a", "AVF3R.f727c401dbec91af",
    ),
    Channel.WORD_FORM: (
        "68WMW.375fe86a2e0a3224", "68WMW.c819e20b226fa9e4", "68WMW.f5888c5fb893c2da", "68WMW.2f04ff4ed151c507",
    ),
}  # fmt: skip


@pytest.fixture
def agency() -> Agency:
    made = make_agency()
    step = Answer("accept")
    move_recommendation(by=TESTER, viewer=None, recommendation=made.recommendations[1], answer=step)
    return made


def returned(agency: Agency, name: str) -> AnswerReturn:
    """The saved file, its keys those of a sheet that was given out just now."""
    channel = Channel.WORD_FORM if name.endswith("docx") else Channel.WORKBOOK
    sheet, _items = give_out(by=TESTER, phase=agency.phase, institution=agency.institution, channel=channel)
    file = with_keys_of(sheet, OFFICE / name, KEYS[channel])
    return read_return(by=agency.coordinator, viewer=agency.viewer, phase=agency.phase, file=file, name=name)


def with_keys_of(sheet: AnswerSheet, path: Path, keys: tuple[str, ...]) -> io.BytesIO:
    output = io.BytesIO()
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in given.namelist():
            content = given.read(part)
            for saved, row in zip(keys, sheet.rows, strict=True):
                content = content.replace(saved.encode(), row["key"].encode())
            kept.writestr(part, content)
    output.seek(0)
    return output


def statuses(agency: Agency, one: AnswerReturn) -> dict[str, str]:
    found = outcomes_of(one, by=agency.coordinator, viewer=agency.viewer)
    return {outcome.line.code or "?": outcome.status for outcome in found}


def taken(agency: Agency, one: AnswerReturn) -> tuple[int, int]:
    seen = fingerprint(outcomes_of(one, by=agency.coordinator, viewer=agency.viewer))
    return take_over(by=agency.coordinator, viewer=agency.viewer, returned=one, seen=seen, decisions={})


@pytest.mark.parametrize(
    ("name", "third"),
    [
        ("answered.xlsx", "unchanged"),
        ("through_ods.xlsx", "unchanged"),
        ("rearranged.xlsx", "absent"),
        ("answered.docx", "unchanged"),
        ("through_odt.docx", "unchanged"),
    ],
)
def test_answers_arrive_whole_with_their_evidence(agency: Agency, name: str, third: str) -> None:
    """``rearranged``: sorted the other way, a column moved and one deleted, one inserted, an empty row, a row deleted."""
    one = returned(agency, name)
    assert statuses(agency, one) == {"R-001": "answer", "R-002": "answer", "R-003": third, "NSG-1/1": "answer"}
    assert taken(agency, one) == (3, 0)
    first, second, untouched = (Recommendation.objects.get(pk=each.pk) for each in agency.recommendations)
    assert (first.state, first.implementation_due) == (State.ACCEPTED, date(2027, 6, 30))
    words = first.moves.get(move="accept").words
    assert words == ("Согласны" if name.endswith("docx") else "Согласны.\nПриказ готовится: «Ёлки» — 50 %")
    assert (second.state, second.act_number, second.act_date) == (State.REPORTED_ADOPTED, "№ 12-п", date(2024, 3, 1))
    assert second.act_body == {"ru": "МВД"}
    assert second.moves.get(move="report_adopted").evidence_text == "https://adilet.example.org/rus/docs/12"
    assert untouched.state == State.ISSUED
    agency.point.refresh_from_db()
    assert agency.point.reported_done_on is not None


def test_a_broken_form_is_refused_where_it_is_broken(agency: Agency) -> None:
    """The row with the key of the first item is gone, and the wording of the second."""
    one = returned(agency, "broken.docx")
    found = outcomes_of(one, by=agency.coordinator, viewer=agency.viewer)
    assert [(outcome.line.code, outcome.status) for outcome in found] == [
        ("R-001", "refused"), ("R-002", "refused"), ("R-003", "unchanged"), ("NSG-1/1", "answer"), ("R-001", "absent"),
    ]  # fmt: skip
    assert "no key" in found[0].reason
    assert "wording" in found[1].reason
    assert taken(agency, one) == (1, 2)
    assert {each.state for each in Recommendation.objects.filter(addressee=agency.institution)} == {
        State.ISSUED,
        State.ACCEPTED,
    }


@pytest.mark.parametrize("kind", ["spreadsheet", "text"])
def test_its_own_format_is_refused_with_what_to_do(agency: Agency, kind: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<office/>")
    file.seek(0)
    with pytest.raises(Unreadable) as refused:
        read_return(by=agency.coordinator, viewer=agency.viewer, phase=agency.phase, file=file, name="answers.ods")
    assert "OpenDocument" in refused.value.text
    assert ".xlsx, a form as .docx" in refused.value.text
