"""Print: a template, plain JSON and pictures in; a tagged PDF out (PDF/UA-1 and PDF/A-2a together).

Every rendering has its own empty folder with regular files, so that a document can reach nothing but what it was given.
Text only ever arrives as JSON, never as markup, and the only fonts are ours: the same content gives the same bytes on
any machine, in any year.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
FONTS = Path(str(files("pilotage.documents"))) / "fonts"
KINDS = Path(str(files("pilotage.documents"))) / "kinds"
SHARED = Path(str(files("pilotage.documents"))) / "rendering"
SHARED_FILES = ("house.typ", "steering.typ", "emblem.svg")

_IMAGE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.(svg|png|jpg|jpeg)")
_UNDISPLAYABLE = re.compile(r'the text `"(?P<text>.*)"` could not be displayed', re.DOTALL)
_TRIAL = """
#set document(title: "-", date: datetime(year: 2000, month: 1, day: 1))
#set text(lang: "en")
#for font in ("Source Sans 3", "Source Serif 4") { text(font: font, sys.inputs.text) + parbreak() }
"""
_STREAM = re.compile(rb"/Length (\d+)[^\n]*>>\nstream\n")
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


class RenderingFailed(Exception):
    """The document cannot be set. Where a character is the cause, it is named with the slots that hold it."""

    def __init__(self, message: str, *, characters: str = "", slots: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.characters = characters
        self.slots = slots


def render_pdf(
    template: str,
    content: Mapping[str, Any],
    *,
    language: str,
    images: Mapping[str, bytes],
    fonts: Path = FONTS,
) -> bytes:
    """The PDF of ``content`` in the template of the kind ``template`` (``newsletter``), byte for byte the same each time.

    ``images`` are the pictures that the content names: ``{"timeline.svg": b"…"}``. Raises RenderingFailed.
    """
    import typst  # only here: most processes set no document

    source = KINDS / template / "template.typ"
    if not source.is_file():
        raise RenderingFailed(f"There is no template for documents of the kind “{template}”.")
    with TemporaryDirectory(prefix="pilotage-") as name:
        folder = Path(name)
        _lay_out(folder, source, content, images)
        try:
            pdf = typst.compile(
                str(folder / "template.typ"),
                root=str(folder),
                font_paths=_font_book(str(fonts)),
                ignore_system_fonts=True,
                sys_inputs={"language": language},
                format="pdf",
                pdf_standards=STANDARDS,
                package_path=str(folder / "no-packages"),
                package_cache_path=str(folder / "no-packages"),
            )
        except typst.TypstError as error:
            raise _explained(error, content, images) from error
    return _unambiguous(bytes(pdf))


def unprintable(text: str, *, fonts: Path = FONTS) -> str:
    """The first character of ``text`` that no document could print, or "" where all can: for checks while typing."""
    import typst

    try:
        typst.compile(
            _TRIAL.encode(),
            font_paths=_font_book(str(fonts)),
            ignore_system_fonts=True,
            sys_inputs={"text": text},
            format="pdf",
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as error:
        if found := _UNDISPLAYABLE.search(error.message):
            return _unescaped(found.group("text"))
        raise RenderingFailed(f"The text could not be tried: {error.message}") from error
    return ""


def _lay_out(folder: Path, source: Path, content: Mapping[str, Any], images: Mapping[str, bytes]) -> None:
    (folder / "template.typ").write_bytes(source.read_bytes())
    for shared in SHARED_FILES:
        (folder / shared).write_bytes((SHARED / shared).read_bytes())
    (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    (folder / "images").mkdir()
    for image, data in images.items():
        if not _IMAGE_NAME.fullmatch(image):
            raise RenderingFailed(f"“{image}” is no name for a picture: small letters, digits, and svg, png or jpg.")
        (folder / "images" / image).write_bytes(data)


def _unambiguous(pdf: bytes) -> bytes:
    """``pdf`` with no stream whose last byte could be read as the beginning of the line end that follows it.

    One compressed stream in 256 ends in a carriage return; with the line feed after it, a reader that looks for
    "endstream" takes both for the line end and finds the stream a byte short (PDF/A-2, 6.1.7.1). A line end of one
    carriage return is as good, and moves no other byte.
    """
    fixed = bytearray(pdf)
    for opening in _STREAM.finditer(pdf):
        end = opening.end() + int(opening.group(1))
        if pdf[end - 1 : end + 10] == b"\r\nendstream":
            fixed[end] = ord("\r")
    return bytes(fixed)


@lru_cache(maxsize=4)
def _font_book(folder: str) -> typst.Fonts:
    """Our fonts and no others: neither the machine's nor those that Typst brings."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _explained(error: typst.TypstError, content: Mapping[str, Any], images: Mapping[str, bytes]) -> RenderingFailed:
    """What went wrong, in words for an editor where the cause is a character that the fonts do not have."""
    found = _UNDISPLAYABLE.search(error.message)
    if found is None:
        return RenderingFailed(f"The document could not be set: {error.message}\n{error.diagnostic}")
    text = _unescaped(found.group("text"))
    slots = (*_slots_with(text, content), *(f"images.{name}" for name, data in images.items() if text.encode() in data))
    codes = " ".join(f"U+{ord(character):04X}" for character in text)
    where = f" It stands in: {', '.join(slots)}." if slots else ""
    return RenderingFailed(f"The fonts have no “{text}” ({codes}).{where}", characters=text, slots=slots)


def _unescaped(quoted: str) -> str:
    """The character as it is, from Typst's way of naming it (``\\u{7}``)."""
    return _ESCAPE.sub(lambda escape: chr(int(escape.group(1), 16)), quoted)


def _slots_with(text: str, value: Any, path: str = "") -> tuple[str, ...]:
    """The dotted places in ``value`` whose wording holds ``text``: ``forewords.0.text.blocks.2.runs.0.text``."""
    if isinstance(value, str):
        return (path,) if text in value else ()
    if isinstance(value, Mapping):
        children = [(str(key), child) for key, child in value.items()]
    elif isinstance(value, list | tuple):
        children = [(str(number), child) for number, child in enumerate(value)]
    else:
        return ()
    found = (_slots_with(text, child, f"{path}.{name}" if path else name) for name, child in children)
    return tuple(slot for slots in found for slot in slots)
