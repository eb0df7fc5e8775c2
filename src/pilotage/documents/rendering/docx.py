"""Word files: real headings, tables with head rows, languages, one file the same to the byte each time.

The writer knows styles, tables, pictures and languages, but no document: kinds write their pages with it. Everything
that comes in is frozen wording; it is only ever put into text runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from pilotage.documents.kinds.newsletter.content import Chart, Fallback, Wording
from pilotage.documents.kinds.newsletter.content import Table as FrozenTable
from pilotage.documents.prose import Block, Passage, Run
from pilotage.documents.rendering.typst import FONTS, SHARED
from pilotage.figures.png import render_png

SANS, SERIF = "Calibri", "Cambria"
"""Fonts that partners have; LibreOffice has others of the same widths."""
INK, SOFT, TEAL, RULE = RGBColor(0x17, 0x21, 0x2B), RGBColor(0x55, 0x60, 0x6B), RGBColor(0x0B, 0x55, 0x63), "C9C6BD"
LOCALES = {"en": "en-GB", "ru": "ru-RU"}
WIDTH_MM = 174.0
SIGNS = {"done": "■", "ahead": "◧", "open": "□", "silent": "▨", "late": "!", "failed": "×", "none": ""}
"""The marks of states, as signs that every font has."""
PICTURE_PIXELS = 1400
_MOMENT = (1980, 1, 1, 0, 0, 0)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Cell = Wording | Sequence[tuple[Wording, str]]
"""Wording, or parts with a manner each: "strong", "soft" (a line of its own) or ""."""


class WordFile:
    """One Word file in one language. ``date`` is the day of issue: the only date in the file."""

    def __init__(
        self,
        *,
        title: str,
        author: str,
        keywords: Sequence[str],
        language: str,
        date: datetime,
        foot: str,
        mark: str | None,
    ) -> None:
        self.language = language
        self._pictures = 0
        self._file: Document = docx.Document()
        _properties(self._file, title, author, keywords, language, date)
        _styles(self._file, language)
        section = self._file.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(18)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        if mark:
            self._runs(section.header.paragraphs[0], [(mark, "strong")])
            section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _foot(section.footer.paragraphs[0], clean(foot))

    def heading(self, words: Wording, level: int = 1, *, new_page: bool = False) -> None:
        """A real heading; one of level 0 is the document's title."""
        paragraph = self._file.add_paragraph(style="Title" if level == 0 else f"Heading {level}")
        paragraph.paragraph_format.page_break_before = new_page or None
        self._runs(paragraph, [(words, "")])

    def paragraph(self, words: Cell, style: str = "Normal", *, keep: bool = False) -> None:
        """A paragraph, with ``keep`` on the page of what follows; nothing for empty wording."""
        if parts := _parts(words):
            paragraph = self._file.add_paragraph(style=style)
            paragraph.paragraph_format.keep_with_next = keep or None
            self._runs(paragraph, parts)

    def items(self, all_words: Iterable[Wording], *, ordered: bool = False) -> None:
        """A list."""
        for words in all_words:
            self._runs(self._file.add_paragraph(style="List Number" if ordered else "List Bullet"), [(words, "")])

    def prose(self, passage: Passage | None, *, top_heading: int = 3) -> None:
        """A passage in its own language."""
        if passage is not None:
            self._blocks(passage["blocks"], passage["language"], top_heading, "Normal")

    def table(
        self,
        heads: Sequence[Wording],
        rows: Sequence[Sequence[Cell]],
        *,
        widths: Sequence[float],
        title: str,
        numeric: Iterable[int] = (),
        total: Sequence[Cell] | None = None,
    ) -> None:
        """A table with a head row that comes again on each page and rows that never break; ``widths`` are in mm.

        ``title`` is read to those who do not see it.
        """
        every = [*rows, *([total] if total else [])]
        # A column that nobody filled only narrows the others.
        kept = [place for place in range(len(heads)) if any(_parts(row[place]) for row in every)]
        right = {kept.index(place) for place in numeric if place in kept}
        heads, widths = [heads[place] for place in kept], [widths[place] for place in kept]
        every = [[row[place] for place in kept] for row in every]
        if not heads:
            return
        table = self._file.add_table(rows=1 + len(every), cols=len(heads))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        _table_properties(table, clean(title))
        widths = [width * WIDTH_MM / sum(widths) for width in widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for place, (line, row) in enumerate(zip(table.rows, [heads, *every], strict=True)):
            _row_properties(line._tr, head=place == 0)
            for number, (cell, words) in enumerate(zip(line.cells, row, strict=True)):
                cell.width = Mm(widths[number])
                self._fill(cell, words, head=place == 0, strong=total is not None and place == len(every))
                if number in right:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._file.add_paragraph(style="After table")

    def frozen_table(self, frozen: FrozenTable, title: str) -> None:
        """A table of figures."""
        if frozen["title"]:
            self.heading(frozen["title"], 2)
        self.table(
            [column["label"] for column in frozen["columns"]],
            [row["cells"] for row in frozen["rows"]],
            widths=[1 if column["numeric"] else 2.2 * column.get("share", 1) for column in frozen["columns"]],
            title=words_alone(frozen["title"]) or title,
            numeric=[place for place, column in enumerate(frozen["columns"]) if column["numeric"]],
            total=frozen["total"]["cells"] if frozen["total"] else None,
        )
        self.paragraph(frozen["caption"], "Caption")

    def chart(self, chart: Chart, images: Mapping[str, bytes], *, width_mm: float | None = None) -> None:
        """A chart as a picture, with the same in words for those who cannot see it. Raises KeyError for one not drawn."""
        if chart["title"]:
            self.heading(chart["title"], 2)
        width = width_mm or (WIDTH_MM if chart["width"] == "full" else 83)
        self.picture(images[chart["image"]], chart["alt"], width)
        self.paragraph(chart["caption"], "Caption")

    def picture(self, data: bytes, alternative: str, width_mm: float) -> None:
        """An SVG (turned into points) or a photo, in the line, with its alternative text."""
        if data.lstrip()[:1] == b"<":
            data = render_png(data.decode(), round(PICTURE_PIXELS * width_mm / WIDTH_MM), fonts=FONTS)
        self._pictures += 1
        inline = self._file.add_paragraph().add_run().add_picture(BytesIO(data), width=Mm(width_mm))._inline
        inline.docPr.set("descr", clean(alternative))
        inline.docPr.set("name", f"Picture {self._pictures}")

    def emblem(self, lines: Sequence[str], alternative: str) -> None:
        """The emblem with its statement, which cannot be had apart."""
        svg = (SHARED / "emblem.svg").read_bytes()
        data = render_png(svg.decode(), 360, fonts=FONTS)
        paragraph = self._file.add_paragraph()
        inline = paragraph.add_run().add_picture(BytesIO(data), height=Mm(12))._inline
        inline.docPr.set("descr", clean(alternative))
        self._pictures += 1
        inline.docPr.set("name", f"Picture {self._pictures}")
        run = paragraph.add_run(clean("\u2003" + " ".join(lines)))
        run.bold, run.font.color.rgb, run.font.size = True, RGBColor(0x00, 0x33, 0x99), Pt(11)

    def data(self) -> bytes:
        """The file."""
        raw = BytesIO()
        self._file.save(raw)
        return _timeless(raw.getvalue())

    def _fill(self, cell: _Cell, words: Cell, *, head: bool, strong: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = self._file.styles["Table head" if head else "Table"]
        self._runs(paragraph, [(part, "strong" if strong and not manner else manner) for part, manner in _parts(words)])

    def _blocks(self, blocks: Sequence[Block], language: str, top: int, style: str) -> None:
        for block in blocks:
            kind = block["kind"]
            if kind == "paragraph":
                self._prose_runs(self._file.add_paragraph(style=style), block["runs"], language)
            elif kind == "heading":
                level = min(top + block["level"] - 1, 6)
                self._prose_runs(self._file.add_paragraph(style=f"Heading {level}"), block["runs"], language)
            elif kind == "quote":
                self._blocks(block["blocks"], language, top, "Quote")
            else:
                for item in block["items"]:
                    self._blocks(item, language, top, "List Number" if block["ordered"] else "List Bullet")

    def _prose_runs(self, paragraph: Paragraph, runs: Sequence[Run], language: str) -> None:
        for run in runs:
            if run["text"] == "\n":
                paragraph.add_run().add_break()
                continue
            added = paragraph.add_run(clean(run["text"]))
            added.bold, added.italic = run.get("strong") or None, run.get("emphasis") or None
            if language != self.language:
                _tongue(added._r, language)
            if "link" in run:
                paragraph.add_run(clean(f" ({run['link']})"))

    def _runs(self, paragraph: Paragraph, parts: Sequence[tuple[Wording, str]]) -> None:
        for words, manner in parts:
            text, language = (words, self.language) if isinstance(words, str) else (words["text"], words["language"])
            run = paragraph.add_run()
            if manner == "soft" and len(paragraph.runs) > 1:
                run.add_break()
            run.add_text(clean(text))
            if manner == "strong":
                run.bold = True
            if manner == "soft":
                run.font.color.rgb, run.font.size = SOFT, Pt(8.5)
            if language != self.language:
                _tongue(run._r, language)


def words_alone(words: Wording) -> str:
    """The text of short wording, whatever language it is in."""
    return words if isinstance(words, str) else words["text"]


def clean(text: str) -> str:
    """``text`` without what XML forbids."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _parts(words: Cell) -> list[tuple[Wording, str]]:
    if isinstance(words, str):
        return [(words, "")] if words else []
    if isinstance(words, Mapping):
        fallback = Fallback(text=words["text"], language=words["language"])
        return [(fallback, "")] if fallback["text"] else []
    return [(part, manner) for part, manner in words if words_alone(part)]


def _properties(
    file: Document, title: str, author: str, keywords: Sequence[str], language: str, date: datetime
) -> None:
    core = file.core_properties
    core.title, core.author, core.keywords = clean(title)[:255], clean(author)[:255], clean(", ".join(keywords))[:255]
    core.language, core.comments, core.last_modified_by, core.revision = (
        LOCALES.get(language, language),
        "",
        core.author,
        1,
    )
    core.created = core.modified = core.last_printed = date


def _styles(file: Document, language: str) -> None:
    defaults = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    tongue = defaults.find(qn("w:lang"))
    for name in ("w:val", "w:eastAsia"):
        tongue.set(qn(name), LOCALES.get(language, language))
    for name in ("Table", "Table head", "After table"):
        added: Any = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = file.styles["Normal"]
    sizes = {
        "Normal": (10, False, SANS, INK, 0, 5),
        "Title": (24, False, SERIF, TEAL, 0, 4),
        "Subtitle": (13, False, SERIF, SOFT, 0, 8),
        "Heading 1": (18, False, SERIF, INK, 16, 6),
        "Heading 2": (12, True, SERIF, INK, 12, 4),
        "Heading 3": (10.5, True, SANS, INK, 8, 3),
        "Heading 4": (10, True, SANS, INK, 6, 2),
        "Caption": (8.5, False, SANS, SOFT, 0, 8),
        "Table": (9, False, SANS, INK, 1.5, 1.5),
        "Table head": (8.5, True, SANS, SOFT, 1.5, 1.5),
        "After table": (4, False, SANS, INK, 0, 4),
        "List Bullet": (10, False, SANS, INK, 0, 2),
        "List Number": (10, False, SANS, INK, 0, 2),
        "Quote": (10, False, SERIF, INK, 0, 5),
    }
    for name, (size, bold, font, colour, before, after) in sizes.items():
        _style(file.styles[name], size, bold, font, colour, before, after)


def _style(style: Any, size: float, bold: bool, font: str, colour: RGBColor, before: float, after: float) -> None:
    assert isinstance(style, ParagraphStyle)
    style.font.size, style.font.bold, style.font.italic, style.font.name = Pt(size), bold, False, font
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if "heme" in name]:
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), font)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = style.name.startswith(("Heading", "Table head")) or None
    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)


def _table_properties(table: Table, title: str) -> None:
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for name, size, colour in (("top", "0", "auto"), ("bottom", "8", "17212B"), ("insideH", "4", RULE)):
        line = OxmlElement(f"w:{name}")
        line.set(qn("w:val"), "single" if size != "0" else "nil")
        for key, value in (("sz", size), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title[:250])
    properties.append(caption)


def _row_properties(row: Any, *, head: bool) -> None:
    properties = row.get_or_add_trPr()
    names = ("w:cantSplit", "w:tblHeader") if head else ("w:cantSplit",)
    for name in names:
        properties.append(OxmlElement(name))


def _tongue(run: Any, language: str) -> None:
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), LOCALES.get(language, language))
    run.get_or_add_rPr().append(tongue)


def _foot(paragraph: Paragraph, words: str) -> None:
    paragraph.add_run(f"{words} · ").font.size = Pt(8)
    for field, between in (("PAGE", " / "), ("NUMPAGES", "")):
        run = paragraph.add_run()
        run.font.size = Pt(8)
        for kind in ("begin", "", "end"):
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.set(qn("xml:space"), "preserve")
                mark.text = field
            run._r.append(mark)
        if between:
            paragraph.add_run(between).font.size = Pt(8)


def _timeless(data: bytes) -> bytes:
    """The same archive with no time of writing in it."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, _MOMENT)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
