"""An agency with open recommendations and an action point, and files filled in as agencies fill them in."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import docx
import openpyxl

from pilotage.domain.membership.models import User
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.contacts import add_contact
from pilotage.domain.recommendations.models import AgencyContact, AnswerSheet, Recommendation
from pilotage.domain.recommendations.operations import (
    Answer,
    clear_recommendation,
    draft_recommendation,
    move_recommendation,
)
from pilotage.domain.recommendations.words import Channel
from pilotage.domain.steering.action_points import add_action_point
from pilotage.domain.steering.models import ActionPoint, Meeting
from pilotage.domain.steering.words import MeetingKind, MeetingState
from pilotage.exchange.answers.giving import give_out
from pilotage.exchange.answers.word_form import answers_form
from pilotage.exchange.answers.workbook import COLUMNS, HEAD_ROW, answers_workbook
from pilotage.kit.changes import operation
from tests.recorded import made_once
from tests.records import TESTER, SmallProgramme, small_programme

FIRST_ROW = HEAD_ROW + 2
PLACE = {name: place for place, (name, _width) in enumerate(COLUMNS, start=1)}


@dataclass
class Agency:
    """The Border Service of Kazakhstan with what is open for it, its coordinator, and another agency beside it."""

    trial: SmallProgramme
    phase: Phase
    institution: Institution
    other: Institution
    coordinator: User
    viewer: Viewer
    contact: AgencyContact
    recommendations: list[Recommendation]
    foreign: Recommendation
    point: ActionPoint


def issued(trial: SmallProgramme, country: str, number: int = 1, **values: Any) -> Recommendation:
    """A recommendation to the border service of a country, issued on 1 February 2023."""
    recommendation = draft_recommendation(
        by=TESTER,
        phase=trial.phase,
        values={
            "text": {"en": f"Adopt procedure {number}", "ru": f"Принять порядок {number}"},
            "addressee": trial.services[country],
            "component": trial.components[0],
            **values,
        },
    )
    clear_recommendation(by=TESTER, viewer=None, recommendation=recommendation)
    step = Answer("issue", effective_on=date(2023, 2, 1))
    return move_recommendation(by=TESTER, viewer=None, recommendation=recommendation, answer=step)


@made_once
def make_agency(code: str = "trial", number: int = 3) -> Agency:
    """Makes it all through operations."""
    trial = small_programme(code)
    recommendations = [issued(trial, "KZ", place) for place in range(1, number + 1)]
    coordinator, viewer = trial.user("NC", name="Aida", country=trial.countries["KZ"])
    contact = add_contact(
        by=TESTER,
        phase=trial.phase,
        institution=trial.services["KZ"],
        values={"name": "Daniyar", "email": "daniyar@example.org", "language": "ru"},
    )
    return Agency(
        trial=trial,
        phase=trial.phase,
        institution=trial.services["KZ"],
        other=trial.services["KG"],
        coordinator=coordinator,
        viewer=viewer,
        contact=contact,
        recommendations=recommendations,
        foreign=issued(trial, "KG", 99),
        point=action_point(trial, trial.services["KZ"]),
    )


def action_point(trial: SmallProgramme, owner: Institution) -> ActionPoint:
    """An action point of a meeting in March 2023, due in June."""
    with operation("plan meeting", by=TESTER):
        meeting = Meeting(
            phase=trial.phase, code="NSG-1", kind=MeetingKind.NATIONAL_STEERING, country=trial.countries["KZ"],
            title={"en": "Meeting", "ru": "Заседание"}, starts="2023-03-01", ends="2023-03-01", state=MeetingState.HELD,
        )  # fmt: skip
        meeting.save()
    values = {"text": {"en": "Name a focal point", "ru": "Назначить координатора"}, "owner_institution": owner}
    return add_action_point(by=TESTER, meeting=meeting, values={**values, "due_on": date(2023, 6, 30)})


def workbook_given(agency: Agency) -> tuple[AnswerSheet, bytes]:
    """A workbook as it is sent out."""
    sheet, items = give_out(by=TESTER, phase=agency.phase, institution=agency.institution, channel=Channel.WORKBOOK)
    return sheet, answers_workbook(sheet, items)


def form_given(agency: Agency) -> tuple[AnswerSheet, bytes]:
    """A Word form as it is sent out."""
    sheet, items = give_out(by=TESTER, phase=agency.phase, institution=agency.institution, channel=Channel.WORD_FORM)
    return sheet, answers_form(sheet, items)


def filled_workbook(
    given: bytes, answers: Mapping[int, Mapping[str, Any]], change: Callable[[Any], None] | None = None
) -> io.BytesIO:
    """The workbook with ``answers`` by row (from 0) and column name; ``change`` does to the sheet what people do."""
    book = openpyxl.load_workbook(io.BytesIO(given))
    page = book.worksheets[0]
    for row, values in answers.items():
        for name, value in values.items():
            page.cell(FIRST_ROW + row, PLACE[name], value)
    if change is not None:
        change(page)
    output = io.BytesIO()
    book.save(output)
    output.seek(0)
    return output


def filled_form(
    given: bytes, answers: Mapping[int, Mapping[str, str]], change: Callable[[Any], None] | None = None
) -> io.BytesIO:
    """The form with ``answers`` by table (from 0): ``answer`` is the number of the box to tick, others are texts by row."""
    document = docx.Document(io.BytesIO(given))
    for number, values in answers.items():
        table = document.tables[number]
        for name, value in values.items():
            row = {"answer": 2, "words": 3, "implementation_due": 4, "evidence": 5}[name]
            if name == "answer":
                tick(table.rows[row].cells[1].paragraphs[int(value)])
            else:
                table.rows[row].cells[1].paragraphs[0].text = value
    if change is not None:
        change(document)
    output = io.BytesIO()
    document.save(output)
    output.seek(0)
    return output


def tick(paragraph: Any) -> None:
    """What a click on a box does."""
    for text in paragraph._p.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        text.text = (text.text or "").replace("☐", "☒")
