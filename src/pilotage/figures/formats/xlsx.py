"""A figure as a workbook: the table with its note and scope, and on a second sheet the records behind it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pilotage.figures.formats.csv import about
from pilotage.figures.formats.grid import DENOMINATOR, NUMERATOR, grid, is_share
from pilotage.figures.forms.wordings import SUPPRESSED
from pilotage.figures.listings import Listing
from pilotage.figures.table import Cell, FigureTable
from pilotage.kit.long_sheets import set_for_paper
from pilotage.kit.texts import wording

if TYPE_CHECKING:
    import xlsxwriter

SHEETS = {"table": {"en": "Table", "ru": "Таблица"}, "records": {"en": "Records", "ru": "Записи"}}
MOST_ROWS = 1_000_000
MOST_CHARACTERS = 32_000


def as_xlsx(table: FigureTable, language: str, records: Listing | None = None) -> bytes:
    """The workbook. Texts stay texts, whatever they begin with."""
    import xlsxwriter  # only here: ten megabytes that most processes never need

    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
            "total": book.add_format({"bold": True, "top": 1, "num_format": "#,##0.##"}),
            "number": book.add_format({"num_format": "#,##0"}),
            "exact": book.add_format({"num_format": "#,##0.0"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _write_table(book.add_worksheet(wording(SHEETS["table"], language)), table, language, formats)
        if records is not None:
            sheet = book.add_worksheet(wording(SHEETS["records"], language))
            _write_records(sheet, records, language, formats)
    return file.getvalue()


def _write_table(sheet: xlsxwriter.worksheet.Worksheet, table: FigureTable, language: str, formats: dict) -> None:
    laid = grid(table, language)
    share = is_share(table)
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, 30, 14)
    sheet.write_string(0, 0, wording(table.title, language), formats["title"])
    heads = [laid.heads[0]]
    for head in laid.heads[1:]:
        counts = [f"{head}: {wording(word, language)}" for word in (NUMERATOR, DENOMINATOR)] if share else []
        heads += [f"{head}, %" if share else head, *counts]
    for column, head in enumerate(heads):
        sheet.write_string(2, column, head[:MOST_CHARACTERS], formats["head"])
    row = 3
    for line in laid.everything():
        last = line is laid.total
        sheet.write_string(row, 0, line.label[:MOST_CHARACTERS], formats["total"] if last else None)
        column = 1
        for _keys, cell in line.cells:
            for value in _values(cell, share, language):
                if isinstance(value, str):
                    sheet.write_string(row, column, value, formats["total"] if last else None)
                elif value is not None:
                    whole = isinstance(value, int)
                    look = "total" if last else "number" if whole else "exact"
                    sheet.write_number(row, column, value, formats[look])
                column += 1
        row += 1
    sheet.freeze_panes(3, 1)
    set_for_paper(sheet, 2)
    for line_of_text in about(table, language):
        row += 1
        sheet.merge_range(row, 0, row, 6, "", formats["text"])
        sheet.write_string(row, 0, line_of_text[:MOST_CHARACTERS], formats["text"])
        sheet.set_row(row, 15 * (1 + len(line_of_text) // 110))


def _values(cell: Cell, share: bool, language: str) -> list[str | int | float | None]:
    if cell.suppressed:
        return [wording(SUPPRESSED, language), *([None, None] if share else [])]
    return [cell.value, cell.numerator, cell.denominator] if share else [cell.value]


def _write_records(sheet: xlsxwriter.worksheet.Worksheet, records: Listing, language: str, formats: dict) -> None:
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 12, 20)
    for column, head in enumerate(records.columns):
        sheet.write_string(0, column, wording(head, language), formats["head"])
    sheet.freeze_panes(1, 0)
    set_for_paper(sheet)
    for row, values in enumerate(records.rows(), 1):
        if row > MOST_ROWS:
            break
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value[:MOST_CHARACTERS])
            elif value is not None:
                sheet.write_number(row, column, value)
