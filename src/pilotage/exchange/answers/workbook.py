"""The protected workbook: the agency's open items in both languages, answer cells open, everything else locked.

Hidden columns hold each row's key and version. Reading does not trust the layout: columns may stand anywhere, rows in
any order; what counts is the key, and whether the wording beside the answer is still the one that was given out.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from pilotage.domain.recommendations.models import AnswerSheet
from pilotage.domain.recommendations.sheets import digest_of_wording
from pilotage.exchange.answers.items import Item
from pilotage.exchange.answers.lines import FIELDS, Line
from pilotage.exchange.answers.matching import LABELS, both_labels
from pilotage.exchange.workbooks.cells import text_of
from pilotage.exchange.workbooks.headers import plain
from pilotage.exchange.workbooks.opening import OpenWorkbook, Unreadable
from pilotage.exchange.workbooks.reader_process import letters
from pilotage.kit.texts import wording

MOST_ROWS = 2000
HEAD_ROW = 5
"""Where the headings stand, counted from 0."""
Row = tuple[int, list[Any]]
"""A row of a sheet with its number, as the reading process gives it."""
COLUMNS: tuple[tuple[str, int], ...] = (
    ("key", 26), ("version", 9), ("code", 13), ("text_en", 44), ("text_ru", 44), ("state", 16), ("due", 12),
    ("answer", 30), ("words", 42), ("implementation_due", 15), ("evidence", 28), ("act_number", 16),
    ("act_date", 14), ("act_body", 22), ("evidence_url", 26),
)  # fmt: skip
"""Name and width."""
HEADINGS = {
    "key": lambda: _("Row key, do not change"),
    "version": lambda: _("Version, do not change"),
    "code": lambda: _("Number"),
    "text_en": lambda: "In English",
    "text_ru": lambda: "По-русски",
    "state": lambda: _("State"),
    "due": lambda: _("Due"),
    **LABELS,
}


def in_both(said: Any, sign: str = " / ") -> str:
    """A wording in English and Russian on one line, once where both are the same."""
    found = []
    for language in ("en", "ru"):
        with override(language):
            found.append(str(said()))
    return sign.join(dict.fromkeys(found))


def answers_workbook(sheet: AnswerSheet, items: Sequence[tuple[str, Item]]) -> bytes:
    """The workbook of a sheet."""
    import xlsxwriter  # only here: ten megabytes that most processes never need

    output = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(output, options) as book:
        book.set_properties({"title": f"{wording(sheet.phase.title, 'en')} {sheet.code}", "comments": "Pilotage"})
        _write(book, sheet, items)
    return output.getvalue()


def _write(book: Any, sheet: AnswerSheet, items: Sequence[tuple[str, Item]]) -> None:
    plain_font = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
    locked = book.add_format(
        {**plain_font, "text_wrap": True, "bg_color": "#F6F4EF", "border": 1, "border_color": "#DDE1E5"}
    )
    opened = book.add_format(
        {**plain_font, "text_wrap": True, "locked": False, "num_format": "@", "border": 1, "border_color": "#7C8791"}
    )
    head = book.add_format({**plain_font, "bold": True, "text_wrap": True, "bg_color": "#E7EFF0", "bottom": 2})
    answer_head = book.add_format(
        {**plain_font, "bold": True, "text_wrap": True, "bg_color": "#0B5563", "font_color": "#FFFFFF", "bottom": 2}
    )
    title = book.add_format({**plain_font, "bold": True, "font_size": 16, "font_color": "#0B5563"})
    quiet = book.add_format({**plain_font, "font_color": "#55606B"})
    page = book.add_worksheet(in_both(lambda: _("Answers"), " – "))
    choices = book.add_worksheet("Codes")
    choices.hide()
    for place, (name, width) in enumerate(COLUMNS):
        hidden = {"hidden": True} if name in {"key", "version"} else {}
        page.set_column(place, place, width, None, hidden)
        page.write_string(0, place, name)
        page.write_string(HEAD_ROW, place, in_both(HEADINGS[name], "\n"), answer_head if name in FIELDS else head)
    page.set_row(0, None, None, {"hidden": True})
    page.set_row(HEAD_ROW, 64)
    institution, phase = sheet.institution, sheet.phase
    page.write_string(1, 2, " / ".join(dict.fromkeys(institution.name.values())), title)
    page.write_string(
        2, 2, f"{' / '.join(dict.fromkeys(phase.title.values()))} · {sheet.code} · {sheet.given_out_on:%d.%m.%Y}", quiet
    )
    for number, language in enumerate(("en", "ru"), start=3):
        with override(language):
            page.write_string(number, 2, f"{guide()} {about_files(sheet)}", quiet)
    for number, (key, item) in enumerate(items, start=HEAD_ROW + 1):
        _row(page, choices, number, number - HEAD_ROW - 1, key, item, (locked, opened))
    page.freeze_panes(HEAD_ROW + 1, 3)
    page.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    page.set_landscape()
    page.set_paper(9)
    # Two pages beside each other, each with the items' numbers: on one nobody could read them.
    page.fit_to_pages(2, 0)
    page.repeat_rows(HEAD_ROW)
    page.repeat_columns(0, 2)
    page.set_footer(f"&L{sheet.code}&R&P / &N")


def guide() -> str:
    """How to fill it in, in one line."""
    return _("Choose an answer from the list and write in your own words; leave alone what you do not answer.")


def about_files(sheet: AnswerSheet) -> str:
    """Where orders and scans can be sent, for which a sheet has no place."""
    address = sheet.phase.contact_email
    if not address:
        return _("Orders and scans can be sent as files by the personal link in our mails.")
    return _("Orders and scans can be sent as files: by the personal link in our mails, or to %(address)s.") % {
        "address": address
    }


def _row(page: Any, choices: Any, number: int, place: int, key: str, item: Item, formats: tuple[Any, Any]) -> None:
    locked, opened = formats
    text = item.text
    due = item.due.strftime("%d.%m.%Y") if item.due else ""
    fixed = {
        "key": key, "version": str(item.version), "code": item.code, "text_en": text.get("en", ""),
        "text_ru": text.get("ru", ""), "state": in_both(item.record.get_state_display, "\n"), "due": due,
    }  # fmt: skip
    for column, (name, _width) in enumerate(COLUMNS):
        if name in fixed:
            page.write_string(number, column, fixed[name], locked)
        elif not item.is_recommendation and name == "implementation_due":
            page.write_blank(number, column, None, locked)
        else:
            page.write_blank(number, column, None, opened)
        if name == "answer":
            labels = [both_labels(step) for step in item.steps]
            for line, label in enumerate(labels):
                choices.write_string(line, place, label)
            letter = f"${letters(place + 1)}"
            page.data_validation(
                number, column, number, column,
                {"validate": "list", "source": f"=Codes!{letter}$1:{letter}${len(labels)}",
                 "error_title": "?", "error_message": in_both(lambda: _("Choose an answer from the list."), "\n")},
            )  # fmt: skip
    longest = max(len(part) for part in (text.get("en", ""), text.get("ru", "")))
    page.set_row(number, max(48, 15 * (longest // 40 + 2)))


def read_workbook(path: Path) -> list[Line]:
    """The rows of a returned workbook. Raises Unreadable where it is none, or has no keys."""
    with OpenWorkbook(path) as book:
        for index, sheet in enumerate(book.sheets):
            if sheet["hidden"]:
                continue
            if _columns(sheet["head"]) is not None:
                return lines_of(sheet["head"], book.rows(index))
    raise Unreadable("no_keys")


def lines_of(head: Sequence[Row], rows: Iterable[Row]) -> list[Line]:
    """The lines of a sheet, whose ``head`` are its first rows. Raises Unreadable."""
    found = _columns(head)
    if found is None:
        raise Unreadable("no_keys")
    start, columns = found
    lines = []
    for number, cells in rows:
        line = _line(number, cells, columns) if number > start else None
        if line is not None:
            lines.append(line)
        if len(lines) > MOST_ROWS:
            raise Unreadable("too_many_rows", most=MOST_ROWS)
    return lines


def _columns(head: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and the place of each column, by the hidden names or by the headings themselves."""
    names = _names()
    best: tuple[int, dict[str, int]] | None = None
    for number, cells in head:
        places: dict[str, int] = {}
        for place, cell in enumerate(cells):
            known = names.get(plain(text_of(cell)) if isinstance(cell, str) else "")
            if known is not None:
                places.setdefault(known, place)
        if {"key", "answer"} <= set(places) and (best is None or len(places) >= len(best[1])):
            # The lower of two equal rows: headings stand under the hidden names.
            best = (number, places)
    return best


@cache
def _names() -> dict[str, str]:
    """Every way in which a column may be headed, in plain form."""
    names = {plain(name): name for name, _width in COLUMNS}
    for name, _width in COLUMNS:
        names[plain(in_both(HEADINGS[name], " "))] = name
        for language in ("en", "ru"):
            with override(language):
                names.setdefault(plain(str(HEADINGS[name]())), name)
    return names


def _line(number: int, cells: list[Any], columns: dict[str, int]) -> Line | None:
    """One row; None where it holds nothing of ours."""

    def cell(name: str) -> Any:
        place = columns.get(name)
        return cells[place] if place is not None and place < len(cells) else None

    values, wrong = {}, {}
    for name in FIELDS:
        found = cell(name)
        if isinstance(found, dict) and ("formula" in found or "error" in found):
            wrong[name] = "formula" if "formula" in found else "error"
            continue
        text = text_of(found)
        if text:
            values[name] = text
    key = text_of(cell("key"))
    if not key and not values and not wrong:
        return None
    texts = [text_of(cell(name)) for name in ("text_en", "text_ru")]
    return Line(
        place=f"{letters(columns['answer'] + 1)}{number}",
        key=key,
        version=text_of(cell("version")),
        said=digest_of_wording(*texts) if any(texts) else "",
        code=text_of(cell("code"))[:40],
        values=values,
        wrong=wrong,
    )
