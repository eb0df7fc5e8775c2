"""The change log as a file: whole, with every field as it was logged, for auditors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import IO

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.programme.models import Phase
from pilotage.kit.long_sheets import Looks, long_workbook, set_for_paper, write_sample
from pilotage.kit.models import Change
from pilotage.kit.texts import wording
from pilotage.web.registers.exports import XLSX, csv_pieces
from pilotage.web.templatetags.pilotage import reader_language

CHUNK = 500
MOST_ROWS = 1_000_000
"""A sheet holds few more; the CSV has them all."""
HEAD = (
    "at", "person", "operation", "why", "effective_on", "record", "key", "of_record", "of_key", "action", "before", "after",
)  # fmt: skip
"""Columns as machines read them: the same in every language and form."""


def exported(changes: QuerySet[Change], phase: Phase, form: str) -> HttpResponseBase:
    """``changes`` as CSV or XLSX, all pages of them."""
    name = f"{phase.code}-changes-{timezone.localdate().isoformat()}"
    if form == "xlsx":
        return as_workbook(changes, phase, f"{name}.xlsx")
    response = StreamingHttpResponse(csv_pieces(HEAD, rows(changes)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def rows(changes: QuerySet[Change]) -> Iterator[list[str]]:
    """The values of all entries, read in chunks."""
    for change in changes.iterator(chunk_size=CHUNK):
        yield [
            timezone.localtime(change.at).isoformat(), change.actor_name, change.name, change.why,
            change.effective_on.isoformat() if change.effective_on else "",
            change.record_type, change.record_id, change.root_type, change.root_id, change.action,
            json.dumps(change.before, ensure_ascii=False) if change.before else "",
            json.dumps(change.after, ensure_ascii=False) if change.after else "",
        ]  # fmt: skip


def as_workbook(changes: QuerySet[Change], phase: Phase, name: str) -> StreamingHttpResponse:
    """A workbook, written row by row while it is sent."""
    pieces = long_workbook(partial(write_frame, phase), rows(changes[:MOST_ROWS]))
    response = StreamingHttpResponse(pieces, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def write_frame(phase: Phase, file: IO[bytes], number: int) -> None:
    """The workbook around its ``number`` rows; a second sheet says what it is."""
    import xlsxwriter  # only here: ten megabytes that most processes never need

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(_("Change log"))
        bold = book.add_format({"bold": True, "bottom": 1})
        for place, label in enumerate(HEAD):
            sheet.set_column(place, place, 60 if label in ("before", "after") else 24)
            sheet.write_string(0, place, label, bold)
        sheet.freeze_panes(1, 0)
        set_for_paper(sheet)
        write_sample(sheet, 1, Looks())
        sheet.autofilter(0, 0, max(number, 1), len(HEAD) - 1)
        about = book.add_worksheet(_("About"))
        about.set_column(0, 1, 60)
        lines = [(_("Programme"), wording(phase.title, reader_language())), (_("Rows"), str(number))]
        if phase.programme.fictional:
            lines.append((_("FICTIONAL"), _("This programme is invented.")))
        if number == MOST_ROWS:
            lines.append((_("Not all"), _("A sheet holds no more rows: narrow the log, or take the CSV.")))
        for line, (label, words) in enumerate(lines):
            about.write_string(line, 0, label, bold)
            about.write_string(line, 1, words)
