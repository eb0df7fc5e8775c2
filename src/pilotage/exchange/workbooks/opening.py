"""Opening an uploaded workbook: it is read by a limited process of its own; what it is not is said clearly."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

SECONDS = 180
"""After this long by the clock the reading process is ended, whatever it does."""

REASONS: dict[str, Promise] = {
    "not_a_workbook": _(
        "This is not an Excel workbook. Save it from Excel or LibreOffice as “Excel Workbook (.xlsx)”."
    ),
    "text_file": _(
        "This is a text file (CSV or similar), whatever its name says. Open it in Excel and save it as .xlsx."
    ),
    "old_format": _("This is a workbook of the old format (.xls). Open it in Excel and save it as .xlsx."),
    "old_document": _("This is a document of the old format (.doc). Open it in Word and save it as .docx."),
    "open_document": _("This is an OpenDocument file (.ods, .odt). Save it as .xlsx, a form as .docx, and send that."),
    "binary_workbook": _("This is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx."),
    "encrypted": _("The workbook is protected by a password and cannot be read. Remove the password and try again."),
    "damaged": _(
        "The workbook is damaged or was cut short on its way. Open it in Excel, save it again and try once more."
    ),
    "other_package": _("The file is a package of another kind (a Word document, an archive), not an Excel workbook."),
    "macros": _("The workbook holds macros. Save it as “Excel Workbook (.xlsx)”, without macros."),
    "nested": _("The workbook holds another file within it (%(part)s). Remove what is embedded and try again."),
    "bomb": _("Unpacked, the workbook would be far larger than an honest one. It was not read."),
    "entities": _("The workbook declares entities in its XML, as no office program does. It was not read."),
    "too_large": _("The file has %(size)d MB; at most %(most)d MB are read."),
    "too_much_text": _("The workbook holds more text than can be read at once. Divide it into several files."),
    "too_many_rows": _("The workbook has more than %(most)d filled rows. Divide it into several files."),
    "too_many_columns": _(
        "Sheet “%(sheet)s” has values far to the right (cell %(cell)s). Delete what does not belong to the table."
    ),
    "no_sheets": _("The workbook has no sheet with cells."),
    "empty": _("The file is empty."),
    "too_slow": _("Reading took too long and was ended. Divide the workbook into several files."),
    "stopped": _("The reading was ended before it was done. Nothing was changed; try again."),
    "not_a_form": _("This is neither the workbook nor the Word form that was sent out (.xlsx, .docx)."),
    "no_form_keys": _(
        "The Word form has lost its keys: its tables were taken apart. Return the form that was sent, or ask for a new one."
    ),
    "unknown_sheet": _("This sheet was not given out in this phase, or all its keys were changed. Ask for a new one."),
    "no_keys": _(
        "No sheet has the answers with their hidden keys. Return the workbook that was sent, or ask for a new one."
    ),
    "no_table": _(
        "No sheet has headings that are known. Take the template, or write headings such as Code, Title, Type."
    ),
}


class Unreadable(Exception):
    """The workbook cannot be read. ``code`` is a key of REASONS, ``params`` fill its message."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params

    @property
    def text(self) -> str:
        """Why, in the reader's language."""
        return str(REASONS[self.code]) % self.params if self.params else str(REASONS[self.code])


OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
"""Stands near the beginning of such files, by their own rule."""


def check_file(path: Path) -> None:
    """Refuses by size and first bytes what is no workbook, before any process is started. Raises Unreadable."""
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("empty")
    if size > settings.MAX_UPLOAD_MB * 1024 * 1024:
        raise Unreadable("too_large", size=-(-size // 1024**2), most=settings.MAX_UPLOAD_MB)
    with path.open("rb") as file:
        first = file.read(8)
        if first.startswith(b"\xd0\xcf\x11\xe0"):
            file.seek(0)
            raise Unreadable(_old_kind(file.read()))
        if first.startswith(b"PK") and OPEN_DOCUMENT in file.read(80):
            raise Unreadable("open_document")
        if not first.startswith(b"PK"):
            sample = first + file.read(4000)
            raise Unreadable("text_file" if b"\x00" not in sample and _is_text(sample) else "not_a_workbook")


def _old_kind(content: bytes) -> str:
    """What a compound file of the old formats is, by the names of its streams."""
    kinds = (("EncryptedPackage", "encrypted"), ("WordDocument", "old_document"))
    return next((code for name, code in kinds if name.encode("utf-16-le") in content), "old_format")


def _is_text(sample: bytes) -> bool:
    for encoding in ("utf-8", "cp1251"):
        try:
            text = sample[: len(sample) - len(sample) % 4 or None].decode(
                encoding, errors="strict" if encoding == "utf-8" else "replace"
            )
        except UnicodeDecodeError:
            continue
        return any(mark in text for mark in ",;\t<\n")
    return False


class OpenWorkbook:
    """A workbook that is being read by its own process. Use as a context manager: leaving ends the process."""

    def __init__(self, path: Path) -> None:
        check_file(path)
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-m", "pilotage.exchange.workbooks.reader_process", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={"PYTHONUTF8": "1", "PATH": "/usr/bin:/bin", "MALLOC_ARENA_MAX": "1"},
            start_new_session=True,
        )
        self.late = False
        self.timer = threading.Timer(SECONDS, self._end_late)
        self.timer.daemon = True
        self.timer.start()
        try:
            self.sheets: list[dict[str, Any]] = self._line()["sheets"]
        except BaseException:
            self.close()
            raise

    def rows(self, sheet: int) -> Iterator[tuple[int, list[Any]]]:
        """The filled rows of sheet number ``sheet``. Raises Unreadable where reading cannot go on."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(f"{sheet}\n")
            self.process.stdin.flush()
        except OSError:
            raise self._ended() from None
        while True:
            line = self._line()
            if isinstance(line, dict):
                logger.info("a sheet was read, the process had at most %d MB", line["megabytes"])
                return
            yield line[0], line[1]

    def _line(self) -> Any:
        assert self.process.stdout is not None
        written = self.process.stdout.readline()
        if not written.endswith("\n"):
            raise self._ended()
        line = json.loads(written)
        if isinstance(line, dict) and "refused" in line:
            code = line.pop("refused")
            raise Unreadable(code, **line)
        return line

    def _ended(self) -> Unreadable:
        status = self.process.wait()
        if self.late or status == -24:
            return Unreadable("too_slow")
        return Unreadable("stopped" if status < 0 else "too_much_text")

    def _end_late(self) -> None:
        self.late = True
        self.process.kill()

    def close(self) -> None:
        """Ends the process, whatever it was doing."""
        self.timer.cancel()
        if self.process.poll() is None:
            self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    pass
        self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
