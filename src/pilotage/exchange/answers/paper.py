"""Paper: what is printed on the sheet, and the codes that are typed back in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from pilotage.domain.recommendations.models import AnswerSheet
from pilotage.domain.recommendations.sheets import given_rows
from pilotage.exchange.answers.codes import WrongCode, box_code, read_code
from pilotage.exchange.answers.items import Item
from pilotage.exchange.answers.lines import Line
from pilotage.kit.periods import written_day
from pilotage.kit.texts import wording, wording_and_language

TEMPLATE = "answer_sheet"
"""The printed kind that takes this content (documents.kinds)."""


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One line that a coordinator typed from paper."""

    code: str
    values: Mapping[str, str]


def paper_content(sheet: AnswerSheet, items: Sequence[tuple[str, Item]], language: str) -> dict[str, Any]:
    """The content of the printed sheet in ``language``, as plain data."""
    phase = sheet.phase
    with override(language):
        return {
            "title": _("Answers of %(agency)s") % {"agency": wording(sheet.institution.name, language)},
            "programme": wording(phase.title, language),
            "owner": wording(phase.programme.title, language),
            "agency": wording(sheet.institution.name, language),
            "sheet": sheet.code,
            "date": {"year": sheet.given_out_on.year, "month": sheet.given_out_on.month, "day": sheet.given_out_on.day},
            "day": written_day(sheet.given_out_on, language),
            "fictional": _("FICTIONAL: invented so that the product can be tried")
            if phase.programme.fictional
            else None,
            "words": {
                "guide": _("Tick one box for each item that you answer and write beside it. Leave the rest empty."),
                "sheet": _("Sheet"),
                "due": _("due"),
                "words": _("In your words"),
                "implementation": _("To be implemented by"),
                "evidence": _("Evidence: order or law, number, date; or where it can be seen"),
                "signature": _("Name, position, signature, date"),
                "return_to": _("Please return this sheet, or a scan of it, to the programme."),
            },
            "items": [_printed(sheet, place, item, language) for place, (_key, item) in enumerate(items)],
        }


def _printed(sheet: AnswerSheet, place: int, item: Item, language: str) -> dict[str, Any]:
    text, spoken = wording_and_language(item.text, language)
    return {
        "code": item.code,
        "text": text if spoken == language else {"text": text, "language": spoken},
        "state": str(item.record.get_state_display()),
        "due": written_day(item.due, language) if item.due else "",
        "asks_implementation": item.awaits_answer,
        "asks_evidence": not item.awaits_answer,
        "boxes": [{"label": str(step.label), "code": box_code(sheet.code, place, step.name)} for step in item.steps],
    }


def sheet_of(codes: Iterable[str]) -> tuple[str, list[str]]:
    """The one sheet that typed codes speak of, and what is wrong with them, in words. Empty where there is none."""
    sheets, problems = set(), []
    for code in codes:
        try:
            sheets.add(read_code(code)[0])
        except WrongCode:
            wrong = _("“%(code)s” is not a code: look again, one character is wrong or missing.")
            problems.append(wrong % {"code": code[:20]})
    if len(sheets) > 1:
        problems.append(_("The codes are from %(number)d sheets. Enter one sheet at a time.") % {"number": len(sheets)})
    return (sheets.pop() if len(sheets) == 1 else ""), problems


def typed_lines(sheet: AnswerSheet, typed: Iterable[TypedRow]) -> list[Line]:
    """What was typed as lines of the sheet. Codes must have been checked by ``sheet_of``."""
    rows = {row.key: row for row in given_rows(sheet)}
    keys = [row["key"] for row in sheet.rows]
    found = []
    for one in typed:
        _sheet, place, step = read_code(one.code)
        key = keys[place] if place < len(keys) else ""
        line = Line(place=one.code, key=key, values={"answer": step, **one.values})
        if key in rows:
            line.version, line.said = str(rows[key].version), rows[key].said
        found.append(line)
    return found
