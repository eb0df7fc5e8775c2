"""A workbook whose long sheet is written while it is sent: no file, no wait, no memory that grows with its rows.

Styles, widths, settings and further sheets are XlsxWriter's work: the *frame*, a workbook of a few rows. Only the rows
of the long sheet are written here, ten times as quickly, into the frame's own sheet.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xlsxwriter

Value = str | int | float | Decimal | date | None
MOST_ROWS = 1_048_000
"""A sheet holds few more."""
MOST_CELL = 32_000
PIECE = 64 * 1024
"""So many bytes are gathered before they are sent."""
FIRST = ("[Content_Types].xml", "_rels/.rels")
FIRST_DAY = date(1899, 12, 30)
"""Day 0 of spreadsheets. Before March 1900 they count wrongly: such days are written as text."""
COUNTED_WELL = date(1900, 3, 1)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LOOKS_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
SAMPLE = re.compile(r'<row r="(\d+)".*</row>(?=</sheetData>)', re.DOTALL)
STYLE = re.compile(r'<c r="[A-Z]+\d+"( s="\d+")?')
EXTENT = re.compile(r"<dimension [^>]*/>")
"""Says how far a sheet reaches, which is not known when it begins; it may be left out."""


def set_for_paper(sheet: xlsxwriter.worksheet.Worksheet, head: int = 0) -> None:
    """Sets a sheet for printing: A4 across, one page wide, row ``head`` at the top of each page, pages numbered."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&R&P / &N")


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of texts, numbers and days; None for a cell's usual look."""

    text: xlsxwriter.format.Format | None = None
    number: xlsxwriter.format.Format | None = None
    day: xlsxwriter.format.Format | None = None


def write_sample(sheet: xlsxwriter.worksheet.Worksheet, row: int, looks: Looks) -> None:
    """Marks the place and the look of the rows: the frame must write this as the last row of its long sheet."""
    sheet.write_string(row, 0, "text", looks.text)
    sheet.write_number(row, 1, 0, looks.number)
    sheet.write_number(row, 2, 0, looks.day)


def long_workbook(
    frame: Callable[[IO[bytes], int], None],
    rows: Iterable[Sequence[Value]],
    *,
    height: Callable[[Sequence[Value]], float | None] = lambda row: None,
    part: str = "xl/worksheets/sheet1.xml",
) -> Iterator[bytes]:
    """The workbook's bytes, piece by piece, read from ``rows`` as they are sent.

    ``frame`` writes the workbook without its rows to a file, given their number: it is asked before they are known
    (with 0) and again when they are counted. ``height`` is that of a row in points, None for the usual. Rows beyond
    what a sheet holds are left out. Texts stay texts, whatever they begin with.
    """
    pipe = _Pipe()
    before, parts = _parts(frame, 0, part)
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as book:
        number = 0
        # By these programs tell what kind of file it is.
        for name in FIRST:
            book.writestr(name, parts[name])
        with book.open(part, "w") as sheet:
            sheet.write(before.head.encode())
            for number, row in enumerate(rows, start=1):
                if number > MOST_ROWS:
                    number = MOST_ROWS
                    break
                sheet.write(_row(before.first + number - 1, row, before.styles, height(row)).encode())
                if pipe.size > PIECE:
                    yield pipe.taken()
            after, parts = _parts(frame, number, part)
            sheet.write(after.tail.encode())
        for name, content in parts.items():
            if name not in FIRST:
                book.writestr(name, content)
    yield pipe.taken()


@dataclass(frozen=True, slots=True)
class _Frame:
    """The long sheet before and after its rows, the number of its first row, the styles of text, number and day."""

    head: str
    tail: str
    first: int
    styles: tuple[str, str, str]


def _parts(frame: Callable[[IO[bytes], int], None], number: int, part: str) -> tuple[_Frame, dict[str, bytes]]:
    file = io.BytesIO()
    frame(file, number)
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = EXTENT.sub("", parts.pop(part).decode())
    begin = sheet.rindex("<row ")
    sample = SAMPLE.search(sheet, begin)
    assert sample is not None, "the frame ends with a sample row"
    text, figure, day = (style or "" for style in STYLE.findall(sample[0]))
    return _Frame(sheet[:begin], sheet[sample.end() :], int(sample[1]), (text, figure, day)), parts


def _row(number: int, row: Sequence[Value], styles: tuple[str, str, str], height: float | None) -> str:
    text, figure, day = styles
    cells = []
    for value in row:
        if isinstance(value, str):
            # A cell without address stands beside the one before it, so that empty ones must be written too.
            cells.append(f'<c{text} t="inlineStr"><is><t xml:space="preserve">{escaped(value)}</t></is></c>')
        elif value is None:
            cells.append(f"<c{text}/>")
        elif isinstance(value, date):
            if value < COUNTED_WELL:
                cells.append(f'<c{text} t="inlineStr"><is><t>{value.isoformat()}</t></is></c>')
            else:
                cells.append(f"<c{day}><v>{value.toordinal() - FIRST_DAY.toordinal()}</v></c>")
        else:
            said = f"{value:f}" if isinstance(value, Decimal) else value
            cells.append(f"<c{figure}><v>{said}</v></c>")
    tall = f' ht="{height:g}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>{"".join(cells)}</row>'


def escaped(text: str) -> str:
    """A text as a cell holds it: what XML forbids is written as spreadsheets do (``_x0007_``)."""
    if "_x" in text:
        text = LOOKS_ESCAPED.sub(r"_x005F_\1", text)
    text = text[:MOST_CELL].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


class _Pipe:
    """A file that keeps what is written to it until it is taken away; nobody can go back in it."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.size = 0

    def write(self, piece: Any) -> int:
        """Keeps ``piece``."""
        self.pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        """What was written since it was last taken."""
        pieces, self.pieces, self.size = self.pieces, [], 0
        return b"".join(pieces)
