"""What a register shows, as CSV or XLSX: all pages, row by row, nothing of it ever run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import IO

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.kit.long_sheets import Looks, long_workbook, set_for_paper, write_sample
from pilotage.kit.long_sheets import Value as Filled
from pilotage.kit.past.moment import past
from pilotage.web.registers.definition import Column, Reading, Value
from pilotage.web.registers.state import State
from pilotage.web.templatetags.pilotage import state_words

CHUNK = 2000
AT_ONCE = 500
BOM = "\ufeff"
RUNS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that spreadsheets take for the beginning of a formula."""
WIDTHS = {"text": 24, "state": 18}
"""Widths of columns by their kind, in characters."""
LINE, MOST_LINES = 15, 20
"""Height of a line of text in points; as many lines of a row are shown at most."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export(state: State, queryset: QuerySet, form: str, name: str) -> HttpResponseBase:
    """The records of ``queryset`` (narrowed and arranged) in the columns that the address shows."""
    if form == "csv":
        return csv_response(state, queryset, name)
    return xlsx_response(state, queryset, name)


def csv_response(state: State, queryset: QuerySet, name: str) -> StreamingHttpResponse:
    """Comma separated values in UTF-8 with the mark that Excel wants."""
    response = StreamingHttpResponse(csv_lines(state, queryset), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(state: State, queryset: QuerySet) -> Iterator[str]:
    """The lines of the file."""
    head = [str(column.label) for column in state.columns]
    return csv_pieces(head, rows(state.columns, queryset, state.reading))


def csv_pieces(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """A head and its rows as CSV, some hundred lines at a time: each piece is sent by itself."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(head)
    lines = (writer.writerow([harmless(value) for value in row]) for row in rows)
    while piece := "".join(islice(lines, AT_ONCE)):
        yield piece


def xlsx_response(state: State, queryset: QuerySet, name: str) -> StreamingHttpResponse:
    """A workbook, written row by row while it is sent."""
    widths = [42 if column.heading else WIDTHS.get(column.kind, 14) for column in state.columns]
    pieces = long_workbook(
        partial(write_frame, state, widths),
        ([in_a_cell(value) for value in row] for row in rows(state.columns, queryset, state.reading)),
        height=lambda row: LINE * _lines(row, widths),
    )
    response = StreamingHttpResponse(pieces, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def write_frame(state: State, widths: Sequence[int], file: IO[bytes], number: int) -> None:
    """The workbook around its ``number`` rows: heads, looks, and a second sheet that says what it is."""
    import xlsxwriter  # only here: ten megabytes that most processes never need

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(_("List"))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        figure = book.add_format({"valign": "top"})
        sheet.set_row(0, LINE * 2)
        for place, column in enumerate(state.columns):
            sheet.set_column(place, place, widths[place])
            sheet.write_string(0, place, str(column.label), bold)
        sheet.freeze_panes(1, 1)
        set_for_paper(sheet)
        write_sample(sheet, 1, Looks(text, figure, day))
        sheet.autofilter(0, 0, max(number, 1), max(len(state.columns) - 1, 0))
        about = book.add_worksheet(_("About"))
        about.set_column(0, 0, 28)
        about.set_column(1, 1, 80)
        for line, (label, words) in enumerate(about_lines(state, number)):
            about.write_string(line, 0, label, bold)
            about.write_string(line, 1, words, text)


def in_a_cell(value: Value) -> Filled:
    """A flag in words; any other value as it is."""
    return yes_or_no(value) if isinstance(value, bool) else value


def _lines(row: Sequence[Filled], widths: Sequence[int]) -> int:
    """How many lines the longest text of a row takes: LibreOffice does not find the height of rows by itself."""
    texts = ((value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str))
    heights = (sum(-(-len(line) // (width - 3)) or 1 for line in text.split("\n")) for text, width in texts)
    return min(MOST_LINES, max(heights, default=1))


def about_lines(state: State, number: int) -> list[tuple[str, str]]:
    """What the list holds: programme, day, search, filters, number of rows."""
    reading = state.reading
    lines = [(_("Programme"), reading.said(reading.phase.title)), (_("As of"), reading.today.isoformat())]
    if moment := past():
        lines.append((_("As known on"), timezone.localtime(moment.at).isoformat(timespec="minutes")))
    if reading.phase.programme.fictional:
        lines.append((_("FICTIONAL"), _("This programme is invented.")))
    if state.typed:
        lines.append((_("Search"), state.typed))
    lines += [
        (str(shown.filter.label), ", ".join(shown.chosen.words)) for shown in state.filters if shown.chosen.values
    ]
    return [*lines, (_("Rows"), str(number))]


def rows(columns: list[Column], queryset: QuerySet, reading: Reading) -> Iterator[list[Value]]:
    """The values of all records, read in chunks."""
    for record in queryset.iterator(chunk_size=CHUNK):
        yield [_said(column, column.value(record, reading)) for column in columns]


def _said(column: Column, value: Value) -> Value:
    """A state by its name, as the page shows it; any other value as it is."""
    return state_words(value) if column.kind == "state" and isinstance(value, str) else value


def harmless(value: Value) -> str | int | Decimal:
    """One value as CSV takes it: a text that a spreadsheet would run gets an apostrophe before it."""
    if isinstance(value, bool) or value is None:
        return yes_or_no(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return f"'{value}" if value.startswith(RUNS) else value
    return value


def yes_or_no(value: bool | None) -> str:
    """A flag in words; unknown is empty."""
    return "" if value is None else _("yes") if value else _("no")
