"""Files that are not what they seem: each is refused with its own words, and the reading process stays small."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from pilotage.exchange.workbooks.opening import REASONS, OpenWorkbook, Unreadable
from tests.exchange.workbooks import package, sheet_of, workbook

INLINE = '<c r="A1" t="inlineStr"><is><t>{}</t></is></c>'


def refusal(path: Path) -> str:
    """Why the file is not read."""
    with pytest.raises(Unreadable) as caught, OpenWorkbook(path) as opened:
        for index in range(len(opened.sheets)):
            for _row in opened.rows(index):
                pass
    for language in ("en", "ru"):
        with override(language):
            assert caught.value.text
    return caught.value.code


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"Code;Title\n1;Workshop\n", "text_file"),
        ("Код;Название\n1;Семинар\n".encode("cp1251"), "text_file"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "text_file"),
        (b"%PDF-1.7\x00\x01\x02", "not_a_workbook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "Workbook".encode("utf-16-le"), "old_format"),
        (b"PK\x03\x04" + b"nonsense" * 50, "damaged"),
    ],
)
def test_what_is_no_workbook_is_said_to_be_what_it_is(tmp_path: Path, content: bytes, reason: str) -> None:
    assert refusal(written(tmp_path / "a.xlsx", content)) == reason


def test_a_workbook_cut_short_is_damaged(tmp_path: Path) -> None:
    whole = workbook(("A", [["Code", "Title"], *[[f"{number}", "x" * 50] for number in range(500)]]))
    for share in (0.3, 0.7, 0.99):
        assert refusal(written(tmp_path / "a.xlsx", whole[: int(len(whole) * share)])) == "damaged"


def test_a_workbook_with_a_changed_byte_is_damaged(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", sheet_of("<row r='1'>" + INLINE.format("x" * 5000) + "</row>"))
    content = bytearray(path.read_bytes())
    place = content.index(b"sheet1.xml") + 40
    content[place] ^= 0xFF
    assert refusal(written(path, bytes(content))) == "damaged"


def test_an_archive_of_another_kind_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(path) == "other_package"


@pytest.mark.parametrize(
    ("extra", "reason"),
    [("xl/vbaProject.bin", "macros"), ("xl/embeddings/inner.xlsx", "nested"), ("xl/inner.zip", "nested")],
)
def test_macros_and_files_within_are_refused(tmp_path: Path, extra: str, reason: str) -> None:
    assert refusal(package(tmp_path / "a.xlsx", sheet_of(""), extra={extra: b"x"})) == reason


def test_a_part_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    def bomb(part: Any) -> None:
        part.write(sheet_of("").encode()[:-20])
        for _block in range(200):
            part.write(b" " * 1_000_000)

    assert refusal(package(tmp_path / "a.xlsx", bomb)) == "bomb"


def test_a_billion_laughs_do_not_begin(tmp_path: Path) -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert (
        refusal(package(tmp_path / "a.xlsx", sheet_of("<row r='1'>" + INLINE.format("&b;") + "</row>", laughs)))
        == "entities"
    )


def test_broken_xml_is_damage(tmp_path: Path) -> None:
    assert refusal(package(tmp_path / "a.xlsx", "<worksheet><sheetData><row>")) == "damaged"


def test_values_far_to_the_right_are_named_with_their_cell(tmp_path: Path) -> None:
    cell = '<c r="XFD3"><v>1</v></c>'
    path = package(tmp_path / "a.xlsx", sheet_of(f"<row r='3'>{cell}</row>"))
    with pytest.raises(Unreadable) as caught, OpenWorkbook(path):
        pass
    assert caught.value.code == "too_many_columns"
    assert "XFD3" in caught.value.text


def test_a_sheet_formatted_to_its_last_row_is_read(tmp_path: Path) -> None:
    def rows(part: Any) -> None:
        part.write(sheet_of(f"<row r='1'>{INLINE.format('Code')}</row>").split("</sheetData>")[0].encode())
        for number in range(2, 1_048_577, 1024):
            part.write(b"".join(b'<row r="%d"/>' % row for row in range(number, min(number + 1024, 1_048_577))))
        part.write(b"</sheetData></worksheet>")

    with OpenWorkbook(package(tmp_path / "a.xlsx", rows)) as opened:
        assert [row for row, _cells in opened.rows(0)] == [1]
        assert peak_of(opened) < 100


def test_huge_shared_texts_do_not_fill_the_memory(tmp_path: Path) -> None:
    def texts(part: Any) -> None:
        part.write(f'<sst xmlns="{"x"}">'.encode())
        for number in range(3000):
            part.write(b"<si><t>" + (f"{number:08}".encode() * 4000) + b"</t></si>")
        part.write(b"</sst>")

    path = package(tmp_path / "a.xlsx", sheet_of(""), strings=texts)
    assert refusal(path) in {"too_much_text", "bomb"}


def test_one_endless_text_does_not_fill_the_memory(tmp_path: Path) -> None:
    import random

    noise = bytes(random.Random(1).choices(range(97, 123), k=100_000))

    def texts(part: Any) -> None:
        part.write(b"<sst><si><t>")
        for _block in range(300):
            part.write(noise)
        part.write(b"</t></si></sst>")

    path = package(tmp_path / "a.xlsx", sheet_of("<row r='1'><c r='A1' t='s'><v>0</v></c></row>"), strings=texts)
    with OpenWorkbook(path) as opened:
        assert len(opened.sheets[0]["head"][0][1][0]) == 32_767
        assert peak_of(opened) < 150


def test_a_process_killed_while_reading_is_said_calmly(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", workbook(("A", [[str(row), "x" * 200] for row in range(5000)])))
    with pytest.raises(Unreadable) as caught, OpenWorkbook(path) as opened:
        for row in opened.rows(0):
            if row[0] == 5:
                opened.process.kill()
    assert caught.value.code == "stopped"


def test_the_process_is_gone_when_nobody_listens(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", workbook(("A", [[str(row), "x" * 200] for row in range(5000)])))
    with OpenWorkbook(path) as opened:
        next(iter(opened.rows(0)))
    assert opened.process.poll() is not None


def test_every_reason_has_words_in_both_languages() -> None:
    for code, reason in REASONS.items():
        with override("ru"):
            russian = str(reason)
        assert re.search("[а-я]", russian), code


def test_a_file_larger_than_allowed_is_refused_unread(tmp_path: Path, settings: Any) -> None:
    settings.MAX_UPLOAD_MB = 1
    assert refusal(written(tmp_path / "a.xlsx", b"PK" + b"0" * 2_000_000)) == "too_large"


def peak_of(opened: OpenWorkbook) -> float:
    """The most memory that the reading process had, in MB."""
    with open(f"/proc/{opened.process.pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
