"""The Word form: one table an item, boxes to tick and lines to write on, in both languages.

Boxes are check boxes of Word where the program knows them, and plain signs for every other. What comes back is read by
a limited process of its own; an item is known by the key at the foot of its table.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import docx
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from pilotage.domain.recommendations.models import AnswerSheet
from pilotage.domain.recommendations.sheets import ALPHABET, digest_of_wording
from pilotage.exchange.answers.items import Item
from pilotage.exchange.answers.lines import FIELDS, Line
from pilotage.exchange.answers.matching import LABELS, both_labels
from pilotage.exchange.answers.workbook import about_files, in_both
from pilotage.exchange.workbooks.headers import plain
from pilotage.exchange.workbooks.opening import Unreadable, check_file
from pilotage.kit.texts import wording

SECONDS = 60
KEY = re.compile(rf"[{ALPHABET}]{{5}}\.[0-9a-f]{{16}}")
KEY_LIKE = re.compile(r"\b[0-9A-Za-z]{3,8}\.[0-9A-Za-z]{6,24}\b")
EMPTY_BOX = "☐"
EMPTY_BOXES = "☐□❏❑▢◻"
TICKED = re.compile(r"^\s*(?:[☒☑✓✔✗✘■●⊠🗹]|\[\s*[xXхХvV+✓]\s*\]|[xXхХ+](?=\s))\s*")
Tables = list[list[list[list[str]]]]
"""Tables → rows → cells → lines of text."""
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
INK, TEAL, QUIET = RGBColor(0x17, 0x21, 0x2B), RGBColor(0x0B, 0x55, 0x63), RGBColor(0x55, 0x60, 0x6B)
WIDTHS = Cm(4.6), Cm(12.8)
LINE = "B9C0C6"
EVIDENCE = ("evidence", "act", "evidence_url")
"""Where it can be seen, the order or letter, the web address: asked where there may be something to show."""


def answers_form(sheet: AnswerSheet, items: Sequence[tuple[str, Item]]) -> bytes:
    """The form of a sheet."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.6)
    _foot(section, sheet)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10.5)
    style.paragraph_format.space_after = Pt(2)
    document.core_properties.title = f"{wording(sheet.phase.title, 'en')} {sheet.code}"
    document.core_properties.author = "Pilotage"
    _paragraph(document, " / ".join(dict.fromkeys(sheet.institution.name.values())), 16, TEAL, bold=True)
    titles = " / ".join(dict.fromkeys(sheet.phase.title.values()))
    _paragraph(document, f"{titles} · {sheet.code} · {sheet.given_out_on:%d.%m.%Y}", 9.5, QUIET)
    for language in ("en", "ru"):
        with override(language):
            _paragraph(document, f"{form_guide()} {about_files(sheet)}", 10.5, INK)
    for key, item in items:
        _item(document, key, item)
        document.add_paragraph().paragraph_format.space_after = Pt(0)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def form_guide() -> str:
    """How to fill it in."""
    return _(
        "Tick one box for each item that you answer (a click, or an X before the line), write beside it, and send the "
        "file back. Leave alone what you do not answer; do not change the line with the key."
    )


def _item(document: Any, key: str, item: Item) -> None:
    asked = ["answer", "words", *(["implementation_due"] if item.is_recommendation else [])]
    asked += [] if item.awaits_answer else EVIDENCE
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    _lines_around(table)
    head = table.add_row().cells
    due = f"  {in_both(lambda: _('Due'))}: {item.due:%d.%m.%Y}" if item.due else ""
    _cell(head[0], item.code, bold=True, colour=TEAL)
    _cell(head[1], f"{in_both(item.record.get_state_display)}{due}", colour=QUIET, size=9.5)
    wordings = table.add_row().cells
    _cell(wordings[0], in_both(lambda: _("Recommendation") if item.is_recommendation else _("Action point"), "\n"))
    _cell(wordings[1], "\n".join(dict.fromkeys(text for text in (item.text.get("en"), item.text.get("ru")) if text)))
    for name in asked:
        row = table.add_row().cells
        if name == "answer":
            _cell(row[0], in_both(LABELS["answer"], "\n"), bold=True)
            row[1].paragraphs[0]._p.getparent().remove(row[1].paragraphs[0]._p)
            for step in item.steps:
                _box(row[1].add_paragraph(), both_labels(step))
        elif name == "act":
            _cell(row[0], in_both(act_label, "\n"))
            _cell(row[1], "\n".join(f"{in_both(LABELS[part])}: " for part in ("act_number", "act_date", "act_body")))
        else:
            _cell(row[0], in_both(LABELS[name], "\n"))
        if name == "words":
            table.rows[-1].height = Cm(1.6)
    foot = table.add_row().cells
    _cell(foot[0], in_both(lambda: _("Key, do not change")), size=7.5, colour=QUIET)
    _cell(foot[1], f"{key} · {item.version}", size=7.5, colour=QUIET)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        # Writer goes by the grid of the table, Word by its cells.
        column.width = width
    rows = list(table.rows)
    for row in rows:
        row.cells[0].width, row.cells[1].width = WIDTHS
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        for paragraph in [one for cell in row.cells for one in cell.paragraphs]:
            # An item is not torn apart by the end of a page.
            paragraph.paragraph_format.keep_with_next = row is not rows[-1]
        shade = OxmlElement("w:shd")
        for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "F6F4EF")):
            shade.set(qn(name), value)
        row.cells[0]._tc.get_or_add_tcPr().append(shade)


def _lines_around(table: Any) -> None:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    # Word wants them in this order.
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)


def _foot(section: Any, sheet: AnswerSheet) -> None:
    """The sheet's code and the number of the page."""
    paragraph = section.footer.paragraphs[0]
    run = paragraph.add_run(f"{sheet.code} · ")
    run.font.size, run.font.color.rgb = Pt(8), QUIET
    for field in ("PAGE", "NUMPAGES"):
        said = parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" {field} "><w:r><w:rPr><w:color w:val="{QUIET}"/><w:sz w:val="16"/>'
            "</w:rPr><w:t>1</w:t></w:r></w:fldSimple>"
        )
        paragraph._p.append(said)
        if field == "PAGE":
            between = paragraph.add_run(" / ")
            between.font.size, between.font.color.rgb = Pt(8), QUIET


def act_label() -> str:
    """The three lines about an order or a law."""
    return _("Order or law")


def _paragraph(document: Any, text: str, size: float, colour: RGBColor, bold: bool = False) -> None:
    run = document.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb, run.bold = Pt(size), colour, bold


def _cell(cell: Any, text: str, bold: bool = False, size: float = 10.5, colour: RGBColor = INK) -> None:
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        run = paragraph.add_run(line)
        run.bold, run.font.size, run.font.color.rgb = bold, Pt(size), colour


def _box(paragraph: Any, label: str) -> None:
    """A check box of Word, and a plain sign for programs that know none."""
    paragraph._p.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")} {W14}><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>'
            '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent>'
            f"<w:r><w:t>{EMPTY_BOX}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    paragraph.add_run(f" {label}")


def read_form(path: Path) -> list[Line]:
    """The items of a returned form. Raises Unreadable where it is none, or holds no key."""
    check_file(path)
    return lines_of(_tables(path))


def lines_of(tables: Tables) -> list[Line]:
    """The items of a form's tables. Raises Unreadable where no key is left."""
    lines = [line for number, table in enumerate(tables, start=1) if (line := _line(number, table)) is not None]
    if not any(line.key for line in lines):
        raise Unreadable("no_form_keys")
    return lines


def _tables(path: Path) -> Tables:
    """The document's tables, read by a process with hard limits."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "pilotage.exchange.answers.word_process", str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONUTF8": "1", "PATH": "/usr/bin:/bin", "MALLOC_ARENA_MAX": "1"},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("too_slow") from None
    try:
        said = json.loads(done.stdout)
    except ValueError:
        raise Unreadable("stopped" if done.returncode < 0 else "too_much_text") from None
    if isinstance(said, dict):
        code = said.pop("refused")
        raise Unreadable(code, **said)
    return said  # type: ignore[no-any-return]


def _line(number: int, table: list[list[list[str]]]) -> Line | None:
    """One table as an item; None for a table that is none of ours."""
    names = _labels()
    line = Line(place=str(number))
    texts: list[str] = []
    known = 0
    for row in table:
        label = plain(" ".join(row[0])) if row else ""
        rest = [text for cell in row[1:] for text in cell]
        everything = " ".join(text for cell in row for text in cell)
        if key := KEY.search(everything):
            line.key = key.group()
            line.version = everything.rpartition("·")[2].strip()[:12] if "·" in everything else "?"
            continue
        name = names.get(label, "")
        known += bool(name)
        if name == "text":
            texts = rest
        elif name == "answer":
            _read_boxes(line, rest)
        elif name == "act":
            _read_act(line, rest)
        elif name == "key":
            # A key stood here and does not any more: what is left of it says whose it was not.
            left = KEY_LIKE.search(everything)
            line.key = left.group() if left else "?"
        elif name:
            text = "\n".join(rest).strip()
            if text:
                line.values[name] = text
        elif not known and row:
            line.code = " ".join(row[0])[:40]
    if not line.key and not known:
        return None
    line.said = digest_of_wording(*texts) if texts else ""
    return line


def _read_boxes(line: Line, texts: Sequence[str]) -> None:
    """The ticked line among the boxes; an answer written without any box counts where it stands alone."""
    ticked, bare = [], []
    for text in texts:
        stripped = text.strip()
        if not stripped:
            continue
        mark = TICKED.match(stripped)
        if mark:
            ticked.append(stripped[mark.end() :].strip(f" {EMPTY_BOXES}"))
        elif stripped[0] not in EMPTY_BOXES:
            bare.append(stripped)
    found = ticked or bare
    if len(found) > 1:
        line.wrong["answer"] = "several"
    elif found:
        line.values["answer"] = found[0]


def _read_act(line: Line, texts: Sequence[str]) -> None:
    """Number, date and body, each behind its printed label."""
    parts = _act_labels()
    for text in texts:
        label, colon, value = text.partition(":")
        name = parts.get(plain(label))
        if name and colon and value.strip():
            line.values[name] = value.strip()
        elif not name and text.strip():
            # Written somewhere else in the cell: it is not lost, but it is not a number of an order either.
            line.values["act_body"] = f"{line.values.get('act_body', '')} {text.strip()}".strip()


@cache
def _act_labels() -> dict[str, str]:
    return {plain(in_both(LABELS[name], " ")): name for name in ("act_number", "act_date", "act_body")}


@cache
def _labels() -> dict[str, str]:
    """The printed labels of a table's rows in plain form."""
    found = {plain(in_both(LABELS[name], " ")): name for name in FIELDS}
    found[plain(in_both(lambda: _("Recommendation"), " "))] = "text"
    found[plain(in_both(lambda: _("Action point"), " "))] = "text"
    found[plain(in_both(act_label, " "))] = "act"
    found[plain(in_both(lambda: _("Key, do not change"), " "))] = "key"
    return found
