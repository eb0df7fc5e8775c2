"""An agency answers in a workbook; what comes back is matched row by row."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import docx
import pytest

from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.operations import Answer, edit_recommendation, move_recommendation
from pilotage.domain.recommendations.words import Channel, State
from pilotage.exchange.answers.giving import give_out
from pilotage.exchange.answers.matching import fingerprint
from pilotage.exchange.answers.returns import Changed, outcomes_of, read_return, take_over
from pilotage.exchange.models import AnswerReturn
from pilotage.exchange.workbooks.opening import Unreadable
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
from tests.records import TESTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return make_agency()


def returned(agency: Agency, file: io.BytesIO, name: str = "answers.xlsx") -> AnswerReturn:
    return read_return(by=agency.coordinator, viewer=agency.viewer, phase=agency.phase, file=file, name=name)


def statuses(agency: Agency, one: AnswerReturn) -> list[str]:
    return [outcome.status for outcome in outcomes_of(one, by=agency.coordinator, viewer=agency.viewer)]


def taken(agency: Agency, one: AnswerReturn, **decisions: Any) -> tuple[int, int]:
    seen = fingerprint(outcomes_of(one, by=agency.coordinator, viewer=agency.viewer))
    return take_over(
        by=agency.coordinator, viewer=agency.viewer, returned=one, seen=seen,
        decisions={int(key[1:]): value for key, value in decisions.items()},
    )  # fmt: skip


def state_of(recommendation: Recommendation) -> str:
    return str(Recommendation.objects.get(pk=recommendation.pk).state)


def reasons(agency: Agency, one: AnswerReturn) -> str:
    return " ".join(outcome.reason for outcome in outcomes_of(one, by=agency.coordinator, viewer=agency.viewer))


def test_answers_are_taken_over_and_untouched_rows_stay(agency: Agency) -> None:
    _sheet, given = workbook_given(agency)
    untouched = Recommendation.objects.values().get(pk=agency.recommendations[2].pk)
    file = filled_workbook(
        given,
        {
            0: {"answer": "accept / принять", "words": "Согласны", "implementation_due": "30.06.2024"},
            1: {"answer": "отклонить", "words": "Не в нашей компетенции"},
            3: {"answer": "report as done", "words": "Named by letter"},
        },
    )
    one = returned(agency, file)
    assert statuses(agency, one) == ["answer", "answer", "unchanged", "answer"]
    assert taken(agency, one) == (3, 0)
    first = Recommendation.objects.get(pk=agency.recommendations[0].pk)
    assert (first.state, first.implementation_due) == (State.ACCEPTED, date(2024, 6, 30))
    assert first.moves.get(move="accept").channel == Channel.WORKBOOK
    assert first.moves.get(move="accept").words == "Согласны"
    assert state_of(agency.recommendations[1]) == State.REJECTED
    agency.point.refresh_from_db()
    assert agency.point.reported_done_on is not None
    assert Recommendation.objects.values().get(pk=agency.recommendations[2].pk) == untouched


def test_the_same_file_sent_twice_changes_nothing(agency: Agency) -> None:
    _sheet, given = workbook_given(agency)
    answers = {0: {"answer": "accept"}, 3: {"answer": "report as done", "words": "done"}}
    taken(agency, returned(agency, filled_workbook(given, answers)))
    again = returned(agency, filled_workbook(given, answers))
    assert statuses(agency, again) == ["refused", "unchanged", "unchanged", "refused"]
    assert "recorded already" in reasons(agency, again)
    assert taken(agency, again) == (0, 2)


def test_columns_moved_rows_deleted_and_sorted(agency: Agency) -> None:
    _sheet, given = workbook_given(agency)

    def rearranged(page: Any) -> None:
        page.move_range(f"I1:I{FIRST_ROW + 4}", cols=0)
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        order = [7, 0, 4, 3, 2, 1, 8, 5, 6, 9, 10, 11, 12, 13]
        turned = [[row[place] for place in order] for row in rows]
        body = turned[FIRST_ROW - 1 :][::-1][:-1]
        page.delete_rows(1, page.max_row)
        for row in [turned[FIRST_ROW - 2], *body]:
            page.append(row)

    one = returned(agency, filled_workbook(given, {1: {"answer": "accept", "words": "ja"}}, rearranged))
    assert sorted(statuses(agency, one)) == ["absent", "answer", "unchanged", "unchanged"]
    assert taken(agency, one) == (1, 0)
    assert state_of(agency.recommendations[1]) == State.ACCEPTED


def test_a_row_pasted_from_another_agency_is_refused(agency: Agency) -> None:
    _sheet, given = workbook_given(agency)
    sheet, _items = give_out(by=TESTER, phase=agency.phase, institution=agency.other, channel=Channel.WORKBOOK)

    def pasted(page: Any) -> None:
        page.cell(FIRST_ROW, PLACE["key"], sheet.rows[0]["key"])

    one = returned(agency, filled_workbook(given, {0: {"answer": "accept"}}, pasted))
    assert statuses(agency, one) == ["refused", "unchanged", "unchanged", "unchanged", "absent"]
    assert "another agency" in reasons(agency, one)
    assert agency.other.name["en"] not in reasons(agency, one)
    assert taken(agency, one) == (0, 1)
    assert state_of(agency.foreign) == state_of(agency.recommendations[0]) == State.ISSUED


def test_an_answer_overtaken_is_refused_and_a_changed_item_is_a_conflict(agency: Agency) -> None:
    _sheet, given = workbook_given(agency)
    first, second = agency.recommendations[:2]
    move_recommendation(
        by=TESTER, viewer=None, recommendation=first, answer=Answer("reject", words="no"), channel=Channel.LINK
    )
    edit_recommendation(
        by=TESTER, recommendation=second, values={"implementation_due": date(2025, 1, 1)}, version=second.version
    )
    file = filled_workbook(
        given, {0: {"answer": "accept"}, 1: {"answer": "accept", "implementation_due": "31.12.2024"}}
    )
    one = returned(agency, file)
    assert statuses(agency, one)[:2] == ["refused", "conflict"]
    assert "Overtaken" in reasons(agency, one)
    cell = outcomes_of(one, by=agency.coordinator, viewer=agency.viewer)[1].cells[0]
    assert (cell.before, cell.now, cell.returned) == ("", "1\u00a0January\u00a02025", "31\u00a0December\u00a02024")
    assert taken(agency, one, n1="take") == (1, 1)
    second.refresh_from_db()
    assert (second.state, second.implementation_due) == (State.ACCEPTED, date(2024, 12, 31))


def test_a_conflict_left_alone_stays_as_it_was(agency: Agency) -> None:
    _sheet, given = workbook_given(agency)
    first = agency.recommendations[0]
    edit_recommendation(by=TESTER, recommendation=first, values={"priority": "high"}, version=first.version)
    one = returned(agency, filled_workbook(given, {0: {"answer": "accept"}}))
    assert taken(agency, one) == (0, 1)
    assert state_of(first) == State.ISSUED


def test_who_looked_before_somebody_else_changed_it_looks_again(agency: Agency) -> None:
    _sheet, given = workbook_given(agency)
    one = returned(agency, filled_workbook(given, {0: {"answer": "accept"}}))
    seen = fingerprint(outcomes_of(one, by=agency.coordinator, viewer=agency.viewer))
    first = agency.recommendations[0]
    edit_recommendation(by=TESTER, recommendation=first, values={"priority": "high"}, version=first.version)
    with pytest.raises(Changed):
        take_over(by=agency.coordinator, viewer=agency.viewer, returned=one, seen=seen, decisions={})
    one.refresh_from_db()
    assert one.state == AnswerReturn.State.WAITING
    assert state_of(first) == State.ISSUED


def test_words_without_an_answer_formulas_and_doubled_rows_are_refused_with_the_reason(agency: Agency) -> None:
    _sheet, given = workbook_given(agency)

    def doubled(page: Any) -> None:
        row = [cell.value for cell in page[FIRST_ROW + 2]]
        page.append(row)

    file = filled_workbook(
        given,
        {
            0: {"words": "we think about it"},
            1: {"answer": "accept", "words": '=HYPERLINK("x")'},
            2: {"answer": "accept"},
        },
        doubled,
    )
    one = returned(agency, file)
    assert statuses(agency, one) == ["refused", "refused", "refused", "unchanged", "refused"]
    told = reasons(agency, one)
    assert "no answer is chosen" in told
    assert "formula" in told
    assert "more than once" in told


def test_another_wording_beside_the_answer_is_refused(agency: Agency) -> None:
    _sheet, given = workbook_given(agency)

    def reworded(page: Any) -> None:
        page.cell(FIRST_ROW, PLACE["text_ru"], "Не принимать порядок 1")

    one = returned(agency, filled_workbook(given, {0: {"answer": "accept"}}, reworded))
    assert statuses(agency, one)[0] == "refused"
    assert "wording" in reasons(agency, one)


def test_only_the_coordinator_of_the_country_takes_it_over(agency: Agency) -> None:
    _sheet, given = workbook_given(agency)
    stranger, viewer = agency.trial.user("NC", name="Bek", country=agency.trial.countries["TJ"])
    with pytest.raises(NotAllowed):
        read_return(
            by=stranger, viewer=viewer, phase=agency.phase, file=filled_workbook(given, {}), name="answers.xlsx"
        )


def test_adoption_needs_evidence_by_this_way_too(agency: Agency) -> None:
    first = agency.recommendations[0]
    move_recommendation(by=TESTER, viewer=None, recommendation=first, answer=Answer("accept"), channel=Channel.LINK)
    _sheet, given = workbook_given(agency)
    one = returned(agency, filled_workbook(given, {0: {"answer": "report as adopted"}}))
    assert "evidence" in reasons(agency, one)
    one = returned(
        agency,
        filled_workbook(
            given,
            {0: {"answer": "report as adopted", "act_number": "№ 12", "act_date": date(2024, 3, 1), "act_body": "МВД"}},
        ),
    )
    assert taken(agency, one) == (1, 0)
    first.refresh_from_db()
    assert (first.state, first.act_number, first.act_date) == (State.REPORTED_ADOPTED, "№ 12", date(2024, 3, 1))
    assert first.act_body == {"ru": "МВД"}


def test_a_word_form_is_read_the_same_way(agency: Agency) -> None:
    _sheet, given = form_given(agency)
    file = filled_form(
        given,
        {
            0: {"answer": "1", "words": "Согласны", "implementation_due": "30 июня 2024"},
            3: {"answer": "1", "words": "done"},
        },
    )
    one = returned(agency, file, "form.docx")
    assert statuses(agency, one) == ["answer", "unchanged", "unchanged", "answer"]
    assert taken(agency, one) == (2, 0)
    first = Recommendation.objects.get(pk=agency.recommendations[0].pk)
    assert (first.state, first.implementation_due) == (State.ACCEPTED, date(2024, 6, 30))
    assert first.moves.get(move="accept").channel == Channel.WORD_FORM


def test_two_boxes_a_broken_table_and_a_lost_key_are_refused_calmly(agency: Agency) -> None:
    _sheet, given = form_given(agency)

    def broken(document: Any) -> None:
        table = document.tables[1]
        table._tbl.remove(table.rows[-1]._tr)
        rows = document.tables[2].rows
        document.tables[2]._tbl.remove(rows[1]._tr)

    answers = {0: {"answer": "1"}, 1: {"answer": "1"}, 2: {"answer": "1"}}

    def both(document: Any) -> None:
        tick(document.tables[0].rows[2].cells[1].paragraphs[2])
        broken(document)

    one = returned(agency, filled_form(given, answers, both), "form.docx")
    assert statuses(agency, one) == ["refused", "refused", "refused", "unchanged", "absent"]
    assert taken(agency, one) == (0, 3)
    empty = io.BytesIO()
    docx.Document().save(empty)
    empty.seek(0)
    with pytest.raises(Unreadable, match="no_form_keys"):
        returned(agency, empty, "form.docx")


def test_files_that_are_no_sheets_are_refused_with_a_reason(agency: Agency) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 60_000_000)
    for content in (b"", b"PK\x03\x04 no", b"answers;1;2\n", bomb.getvalue(), b"\x00" * 100):
        with pytest.raises(Unreadable) as refused:
            returned(agency, io.BytesIO(content))
        assert refused.value.text
