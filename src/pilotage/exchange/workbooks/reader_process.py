"""Reads one workbook in a process of its own, with hard limits, and writes its rows as lines of JSON.

Run as ``python -m pilotage.exchange.workbooks.reader_process FILE``. Only the standard library is used here, and the
XML is read as a stream: a sheet of a million rows takes no more memory than one of ten. What it says:

- first one line about all sheets: names and the first rows, or ``{"refused": code, …}``;
- then, for each sheet index that it is sent as a line of JSON, that sheet's rows as ``[row number, [values]]``, and
  ``{"end": index}``.

A value is a text, a number, true or false, ``{"day": "2023-06-20"}``, ``{"formula": "A1+B1"}`` or ``{"error": "#N/A"}``.
"""

from __future__ import annotations

import json
import posixpath
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from xml.parsers import expat

MEMORY = 300 * 1024 * 1024
CPU_SECONDS = 60
UNPACKED = 600 * 1024 * 1024
"""The most that all parts of a workbook may come to when unpacked, in bytes."""
RATIO = 250
"""The most that a large part may grow when unpacked; honest sheets stay under 60."""
LARGE = 4 * 1024 * 1024
PARTS = 2000
TEXT = 48_000_000
"""The most characters of shared text that are kept."""
LONGEST = 32_767
"""The most characters of one cell, as in Excel."""
ROWS = 100_000
COLUMNS = 400
HEAD = 12
"""How many filled rows of each sheet are shown first, so that the columns can be recognised."""
BLOCK = 65_536

BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
NOT_DATES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|general', re.IGNORECASE)


class Refused(Exception):
    """The workbook is not read; ``code`` says why, ``params`` where."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def limit() -> None:
    """Puts the hard limits on this process."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(what, (most, most))


class Workbook:
    """An opened workbook: its sheets' names and places, its texts and which styles are dates."""

    def __init__(self, path: str) -> None:
        try:
            self.archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError):
            raise Refused("damaged") from None
        self.check_parts()
        root = self.relations("")
        main = next((target for kind, target in root.values() if kind == "officeDocument"), "")
        if not main or main not in self.archive.namelist():
            raise Refused("other_package")
        if not main.endswith(".xml"):
            raise Refused("binary_workbook")
        if not main.startswith("xl/") and b"spreadsheetml" not in self.archive.read("[Content_Types].xml")[:100_000]:
            raise Refused("other_package")
        self.related = self.relations(main)
        self.sheets: list[tuple[str, str, bool]] = []
        self.epoch = date(1899, 12, 30)
        self.read_contents(main)
        self.dates = self.date_styles()
        self.texts = self.shared_texts()

    def check_parts(self) -> None:
        """Refuses what is too large, nested or scripted before anything of it is unpacked."""
        parts = self.archive.infolist()
        if len(parts) > PARTS:
            raise Refused("bomb")
        total = 0
        for part in parts:
            name = part.filename.lower()
            if part.flag_bits & 1:
                raise Refused("encrypted")
            if "vbaproject" in name or name.endswith((".vba", ".js", ".vbs")) or "/macrosheets/" in name:
                raise Refused("macros")
            if name.endswith((".zip", ".xlsx", ".xlsm", ".xls", ".docx", ".7z", ".rar", ".gz", ".exe", ".jar")):
                raise Refused("nested", part=part.filename[:100])
            total += part.file_size
            if part.file_size > LARGE and part.file_size > RATIO * max(part.compress_size, 1):
                raise Refused("bomb")
        if total > UNPACKED:
            raise Refused("bomb")

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Identifier → (kind, target) of what ``part`` refers to."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}
        if path not in self.archive.namelist():
            if not part:
                raise Refused("other_package")
            return found

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "Relationship":
                target = attributes.get("Target", "")
                target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rsplit("/", 1)[-1], target)

        self.parse(path, start)
        return found

    def read_contents(self, main: str) -> None:
        """The sheets in their order; sheets of charts and macros are passed over."""

        def start(tag: str, attributes: dict[str, str]) -> None:
            tag = local(tag)
            if tag == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
                self.epoch = date(1904, 1, 1)
            if tag == "sheet":
                reference = next((value for name, value in attributes.items() if local(name) == "id"), "")
                kind, target = self.related.get(reference, ("", ""))
                if kind == "worksheet" and target in self.archive.namelist():
                    hidden = attributes.get("state", "visible") != "visible"
                    self.sheets.append((attributes.get("name", "")[:100], target, hidden))

        self.parse(main, start)
        if not self.sheets:
            raise Refused("no_sheets")

    def part_of_kind(self, kind: str) -> str:
        """The part that the workbook refers to as ``kind``, or nothing."""
        return next(
            (target for found, target in self.related.values() if found == kind and target in self.archive.namelist()),
            "",
        )

    def date_styles(self) -> frozenset[str]:
        """The style numbers that show a number as a date."""
        formats: dict[str, bool] = {str(number): True for number in BUILT_IN_DATES}
        styles: list[str] = []
        inside = [False]

        def start(tag: str, attributes: dict[str, str]) -> None:
            tag = local(tag)
            if tag == "numFmt":
                bare = NOT_DATES.sub("", attributes.get("formatCode", "")[:500])
                formats[attributes.get("numFmtId", "")] = bool(re.search("[dmyhs]", bare, re.IGNORECASE))
            elif tag == "cellXfs":
                inside[0] = True
            elif tag == "xf" and inside[0]:
                styles.append(attributes.get("numFmtId", "0"))

        def end(tag: str) -> None:
            if local(tag) == "cellXfs":
                inside[0] = False

        part = self.part_of_kind("styles")
        if part:
            self.parse(part, start, end)
        return frozenset(str(place) for place, number in enumerate(styles) if formats.get(number))

    def shared_texts(self) -> list[str]:
        """The texts that cells refer to by number."""
        texts: list[str] = []
        pieces: list[str] = []
        kept = [0]
        reading, skipping = [False], [False]

        def start(tag: str, _attributes: dict[str, str]) -> None:
            tag = local(tag)
            if tag == "t":
                reading[0] = not skipping[0]
            elif tag == "rPh":
                skipping[0] = True

        def end(tag: str) -> None:
            tag = local(tag)
            if tag == "t":
                reading[0] = False
            elif tag == "rPh":
                skipping[0] = False
            elif tag == "si":
                text = "".join(pieces)[:LONGEST]
                pieces.clear()
                texts.append(text)
                kept[0] += len(text) + 60
                if kept[0] > TEXT:
                    raise Refused("too_much_text")

        def characters(text: str) -> None:
            if reading[0]:
                pieces.append(text)
                if len(pieces) > 5000:
                    pieces[:] = ["".join(pieces)[:LONGEST]]

        part = self.part_of_kind("sharedStrings")
        if part:
            self.parse(part, start, end, characters)
        return texts

    def parse(self, part: str, start: Any, end: Any = None, characters: Any = None) -> None:
        """Reads one part as a stream. Raises Refused for broken XML and for anything that declares entities."""
        for _block in self.blocks(part, start, end, characters):
            pass

    def blocks(self, part: str, start: Any, end: Any, characters: Any) -> Iterator[None]:
        """Feeds the part to the parser block by block, handing over after each."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = BLOCK
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = characters
        parser.StartDoctypeDeclHandler = refuse_entities
        try:
            with self.archive.open(part) as source:
                while block := source.read(BLOCK):
                    parser.Parse(block, False)
                    yield
                parser.Parse(b"", True)
                yield
        except (
            expat.ExpatError,
            zipfile.BadZipFile,
            EOFError,
            KeyError,
            NotImplementedError,
            ValueError,
            OSError,
        ) as error:
            raise Refused("damaged", part=part[:100]) from error
        except Exception as error:
            if type(error).__module__ == "zlib":
                raise Refused("damaged", part=part[:100]) from error
            raise

    def rows(self, index: int) -> Iterator[tuple[int, list[Any]]]:
        """The filled rows of a sheet as (number, values up to the last filled one)."""
        name, part, _hidden = self.sheets[index]
        state = SheetState(self, name)
        for _block in self.blocks(part, state.start, state.end, state.characters):
            yield from state.ready
            state.ready.clear()


class SheetState:
    """Where the stream of one sheet stands."""

    def __init__(self, workbook: Workbook, name: str) -> None:
        self.workbook, self.name = workbook, name
        self.ready: list[tuple[int, list[Any]]] = []
        self.number = 0
        self.column = 0
        self.cells: list[Any] = []
        self.kind = self.style = ""
        self.pieces: list[str] = []
        self.formula: list[str] | None = None
        self.sink: list[str] | None = None
        self.skipping = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        if ":" in tag:
            tag = local(tag)
        if tag == "c":
            reference = attributes.get("r")
            self.column = column_number(reference) if reference else self.column + 1
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.pieces, self.formula = [], None
        elif tag == "v" or (tag == "t" and not self.skipping):
            self.sink = self.pieces
        elif tag == "f":
            self.formula = self.sink = []
        elif tag == "rPh":
            self.skipping = True
        elif tag == "row":
            written = attributes.get("r", "")
            self.number = int(written) if written.isdigit() else self.number + 1
            self.column, self.cells = 0, []

    def characters(self, text: str) -> None:
        """Text within a value."""
        if self.sink is not None and len(self.sink) < 5000:
            self.sink.append(text)

    def end(self, tag: str) -> None:
        """A tag closes."""
        if ":" in tag:
            tag = local(tag)
        if tag in {"v", "t", "f"}:
            self.sink = None
        elif tag == "rPh":
            self.skipping = False
        elif tag == "c":
            value = self.value()
            if value is not None:
                self.keep(value)
        elif tag == "row" and self.cells:
            self.ready.append((self.number, self.cells))

    def keep(self, value: Any) -> None:
        """Puts a value into its column."""
        if self.column > COLUMNS:
            raise Refused("too_many_columns", sheet=self.name, cell=f"{letters(self.column)}{self.number}")
        missing = self.column - len(self.cells) - 1
        if missing > 0:
            self.cells.extend([None] * missing)
        if missing >= 0:
            self.cells.append(value)
        else:
            self.cells[self.column - 1] = value

    def value(self) -> Any:
        """The value of the cell that was just read."""
        if self.formula is not None:
            return {"formula": "".join(self.formula)[:200]}
        if not self.pieces:
            return None
        written = "".join(self.pieces)[:LONGEST]
        if self.kind == "s":
            try:
                return self.workbook.texts[int(written)] or None
            except (ValueError, IndexError):
                raise Refused("damaged", part=self.name) from None
        if self.kind in {"str", "inlineStr"}:
            return written or None
        if self.kind == "b":
            return written.strip() in {"1", "true"}
        if self.kind == "e":
            return {"error": written[:40]}
        if self.kind == "d":
            return {"day": written[:10]}
        return self.number_or_day(written)

    def number_or_day(self, written: str) -> Any:
        """A number, or the day that it stands for where its style is a date's."""
        try:
            number = float(written)
        except ValueError:
            return written
        if self.style in self.workbook.dates and 0 < number < 2_958_466:
            return {"day": (self.workbook.epoch + timedelta(days=int(number))).isoformat()}
        return int(number) if number.is_integer() and abs(number) < 1e15 else number


def refuse_entities(*_declaration: Any) -> None:
    """A workbook never declares a document type; who does wants to smuggle something in."""
    raise Refused("entities")


def local(tag: str) -> str:
    """A tag's name without its prefix."""
    return tag.rpartition(":")[2]


_columns: dict[str, int] = {}


def column_number(reference: str) -> int:
    """1 for ``A7``, 28 for ``AB12``."""
    word = reference.rstrip("0123456789")
    known = _columns.get(word)
    if known is None:
        known = 0
        for letter in word.upper()[:4]:
            known = known * 26 + ord(letter) - 64
        if not 1 <= known <= 20_000:
            raise Refused("damaged", part=reference[:20])
        _columns[word] = known
    return known


def letters(column: int) -> str:
    """``A`` for 1, ``AB`` for 28."""
    word = ""
    while column:
        column, rest = divmod(column - 1, 26)
        word = chr(65 + rest) + word
    return word


encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def say(value: Any) -> None:
    """One line of JSON to whoever reads."""
    sys.stdout.write(encoded(value) + "\n")


def peak() -> int:
    """The most memory that this process has had, in MB; 0 where the system does not tell."""
    try:
        with open("/proc/self/status") as status:
            return next((int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


def serve(path: str) -> None:
    """Describes the workbook, then gives the sheets that it is asked for."""
    workbook = Workbook(path)
    heads = []
    for index, (name, _part, hidden) in enumerate(workbook.sheets):
        head: list[tuple[int, list[Any]]] = []
        if not hidden:
            for row in workbook.rows(index):
                head.append(row)
                if len(head) >= HEAD:
                    break
        heads.append({"name": name, "hidden": hidden, "head": head})
    say({"sheets": heads})
    sys.stdout.flush()
    filled = 0
    for line in sys.stdin:
        index = int(line)
        for row in workbook.rows(index):
            filled += 1
            if filled > ROWS:
                raise Refused("too_many_rows", most=ROWS)
            say(row)
        say({"end": index, "megabytes": peak()})
        sys.stdout.flush()


def main() -> int:
    """The process."""
    limit()
    try:
        serve(sys.argv[1])
    except Refused as error:
        say({"refused": error.code, **error.params})
    except MemoryError:
        say({"refused": "too_much_text"})
    except BrokenPipeError:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
