"""Reads the tables of one Word document in a process of its own, with hard limits, and writes them as JSON.

Run as ``python -m pilotage.exchange.answers.word_process FILE``. Only the standard library is used, the XML is read as
a stream. It says tables → rows → cells → lines of text, or ``{"refused": code}``.
"""

from __future__ import annotations

import json
import sys
import zipfile
from typing import Any
from xml.parsers import expat

from pilotage.exchange.workbooks.reader_process import BLOCK, Refused, limit, local, refuse_entities

PART = "word/document.xml"
UNPACKED = 40 * 1024 * 1024
"""The most that the text of a form may come to when unpacked, in bytes."""
RATIO = 250
TABLES, ROWS, CELLS, LINES = 2000, 60, 30, 400
LONGEST = 20_000
"""The most characters of one line."""
DEPTH = 200
EMPTY_BOX, TICKED_BOX = "☐", "☒"


class Reader:
    """Where the stream stands. Tables within tables give their text to the cell that holds them."""

    def __init__(self) -> None:
        self.tables: list[list[list[list[str]]]] = []
        self.depth = 0
        self.level = 0
        self.pieces: list[str] = []
        self.length = 0
        self.reading = False
        self.deleted = 0
        self.ticked: list[bool] = []
        """For each control that is open: whether it is a check box that is said to be ticked."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        self.level += 1
        if self.level > DEPTH:
            raise Refused("bomb")
        name = local(tag)
        if name == "tbl":
            self.depth += 1
            if self.depth == 1:
                _one_more(self.tables, TABLES)
        elif name == "del":
            self.deleted += 1
        elif name == "sdt":
            self.ticked.append(False)
        elif name == "checked" and self.ticked:
            said = next((value for key, value in attributes.items() if local(key) == "val"), "1")
            self.ticked[-1] = said in {"1", "true", "on"}
        elif self.depth == 1 and name == "tr":
            _one_more(self.tables[-1], ROWS)
        elif self.depth == 1 and name == "tc" and self.tables[-1]:
            _one_more(self.tables[-1][-1], CELLS)
        elif name == "p":
            self.pieces, self.length = [], 0
        elif name == "t":
            self.reading = not self.deleted
        elif name in {"br", "cr"}:
            self.pieces.append("\n")
        elif name == "tab":
            self.pieces.append(" ")

    def characters(self, text: str) -> None:
        """Text."""
        if self.reading and self.ticked and self.ticked[-1] and text.strip():
            # Some programs tick the box and leave the sign of an empty one.
            text, self.ticked[-1] = text.replace(EMPTY_BOX, TICKED_BOX, 1), False
        if self.reading and self.length < LONGEST:
            self.pieces.append(text[: LONGEST - self.length])
            self.length += len(text)

    def end(self, tag: str) -> None:
        """A tag closes."""
        self.level -= 1
        name = local(tag)
        if name == "tbl":
            self.depth -= 1
        elif name == "del":
            self.deleted -= 1
        elif name == "sdt":
            self.ticked.pop()
        elif name == "t":
            self.reading = False
        elif name == "p" and self.depth and self.tables[-1] and self.tables[-1][-1]:
            cell = self.tables[-1][-1][-1]
            cell.extend(line.strip() for line in "".join(self.pieces).split("\n"))
            if len(cell) > LINES:
                raise Refused("too_much_text")


def _one_more(kept: list[Any], most: int) -> None:
    kept.append([])
    if len(kept) > most:
        raise Refused("too_much_text")


def read(path: str) -> list[list[list[list[str]]]]:
    """The tables of the document."""
    try:
        archive = zipfile.ZipFile(path)
        part = archive.getinfo(PART)
    except KeyError:
        raise Refused("not_a_form") from None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError):
        raise Refused("damaged") from None
    if any("vbaproject" in name.lower() for name in archive.namelist()):
        raise Refused("macros")
    if part.flag_bits & 1:
        raise Refused("encrypted")
    if part.file_size > UNPACKED or (
        part.file_size > 1024 * 1024 and part.file_size > RATIO * max(part.compress_size, 1)
    ):
        raise Refused("bomb")
    reader = Reader()
    parser = expat.ParserCreate(namespace_separator=":")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = refuse_entities
    total = 0
    try:
        with archive.open(part) as source:
            while block := source.read(BLOCK):
                total += len(block)
                if total > UNPACKED:
                    raise Refused("bomb")
                parser.Parse(block, False)
            parser.Parse(b"", True)
    except Refused:
        raise
    except Exception as error:
        raise Refused("damaged") from error
    return reader.tables


def main() -> int:
    """The process."""
    limit()
    try:
        said: object = read(sys.argv[1])
    except Refused as error:
        said = {"refused": error.code, **error.params}
    except MemoryError:
        said = {"refused": "too_much_text"}
    sys.stdout.write(json.dumps(said, ensure_ascii=False, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
