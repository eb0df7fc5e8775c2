"""Makes workbooks, honest and hostile, for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import override

from pilotage.domain.membership.models import User
from pilotage.domain.programme.models import Phase
from pilotage.exchange.models import ImportRun
from pilotage.exchange.workbooks import runs
from pilotage.exchange.workbooks.told import worded

Sheet = tuple[str, Sequence[Sequence[Any]]]


def workbook(*sheets: Sheet) -> bytes:
    """A workbook of plain values; a text that begins with "=" becomes a formula."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output)
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if hasattr(value, "year"):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write(number, place, value)
    book.close()
    return output.getvalue()


def bring(phase: Phase, user: User, content: bytes, language: str = "en", name: str = "plan.xlsx") -> ImportRun:
    """Uploads and reads a workbook."""
    run = runs.start_run(phase=phase, user=user, file_name=name, content=io.BytesIO(content), language=language)
    return runs.read_run(run)


def decide(run: ImportRun) -> ImportRun:
    """Confirms and imports."""
    return runs.import_run(runs.confirm_run(run), wait=5)


def rows_of(run: ImportRun) -> list[dict[str, Any]]:
    """All kept rows."""
    return [row for chunk in run.chunks.all() for row in chunk.contents]


def said(run: ImportRun, language: str = "en") -> str:
    """Everything that is wrong, as one text with its cells."""
    problems = [*run.problems, *(problem for row in rows_of(run) for problem in row["problems"])]
    with override(language):
        return "\n".join(f"{one['sheet']}!{one['cell']} {worded(one)}" for one in problems)


CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def package(path: Path, sheet: Any, *, strings: Any = None, extra: dict[str, bytes] | None = None) -> Path:
    """A workbook put together by hand. ``sheet`` and ``strings`` are texts, or functions that write to a file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        for name, content in (
            ("xl/worksheets/sheet1.xml", sheet),
            ("xl/sharedStrings.xml", strings),
            *(extra or {}).items(),
        ):
            if callable(content):
                with archive.open(name, "w", force_zip64=True) as part:
                    content(part)
            elif content is not None:
                archive.writestr(name, content)
    return path


def sheet_of(rows: str, before: str = "") -> str:
    """A sheet with these rows."""
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
