"""A workbook that is written while it is sent holds what it was given, and waits for none of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import IO

import openpyxl
import xlsxwriter

from pilotage.kit.long_sheets import Looks, Value, long_workbook, write_sample


def frame(file: IO[bytes], number: int) -> None:
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Long")
        sheet.write_row(0, 0, ["Name", "Number", "Day"])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        write_sample(sheet, 1, Looks(book.add_format({"text_wrap": True}), None, day))
        sheet.autofilter(0, 0, max(number, 1), 2)
        book.add_worksheet("About").write_row(0, 0, ["Rows", number])


def read(pieces: Iterator[bytes]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(b"".join(pieces)))


def test_what_was_given_is_what_is_read() -> None:
    rows: list[list[Value]] = [
        ["=1+1", 3, date(2023, 5, 9)],
        ["Ош & <b>\n  two ", Decimal("1234.50"), None],
        ["bell\x07 _x0041_ 😀", -0.5, date(1899, 1, 1)],
        ["x" * 40_000, None, None],
    ]
    book = read(long_workbook(frame, rows))
    sheet = book["Long"]
    head, *found = sheet.iter_rows(values_only=True)
    assert head == ("Name", "Number", "Day")
    assert [row[1] for row in found] == [3, 1234.5, -0.5, None]
    assert found[0][0] == "=1+1"
    assert sheet["A2"].data_type == "s"
    assert found[0][2].date() == date(2023, 5, 9)
    assert sheet["C2"].number_format == "yyyy-mm-dd"
    assert sheet["A2"].alignment.wrap_text
    assert found[1][0] == rows[1][0]
    assert openpyxl.utils.escape.unescape(found[2][0]) == rows[2][0] or found[2][0] == rows[2][0]
    assert found[2][2] == "1899-01-01"
    assert len(found[3][0]) == 32_000
    assert sheet.auto_filter.ref == "A1:C5"
    assert [cell.value for cell in book["About"][1]] == ["Rows", 4]


def test_without_rows_it_is_a_head_alone() -> None:
    book = read(long_workbook(frame, []))
    assert list(book["Long"].iter_rows(values_only=True)) == [("Name", "Number", "Day")]


def test_it_is_sent_while_its_rows_are_read() -> None:
    """Were it gathered first, all rows would have been asked for before the first piece."""
    asked = 0

    def rows() -> Iterator[list[Value]]:
        nonlocal asked
        for asked in range(1, 40_001):
            yield [f"{asked * 7919 % 40_009} {asked * 104_729 % 40_009}", asked, None]

    pieces = long_workbook(frame, rows())
    next(pieces)
    assert asked < 20_000
    sizes = [len(piece) for piece in pieces]
    assert asked == 40_000
    assert max(sizes[:-1]) < 200_000
