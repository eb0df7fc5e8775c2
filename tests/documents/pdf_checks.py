"""What every published PDF must pass, for the tests of each kind of document."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

import page
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

PROFILES = {"PDF/A-2a": page.ValidationProfile.PDF_A_2A, "PDF/UA-1": page.ValidationProfile.PDF_UA_1}


def assert_archivable_and_accessible(pdf: bytes) -> None:
    """PDF/A-2a and PDF/UA-1 at once; a failure names the rule and what broke it."""
    for name, profile in PROFILES.items():
        report = page.validate_pdf_bytes(pdf, profile=profile)
        broken = [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
        assert report.is_compliant, f"not {name}: {broken[:10]}"


def texts(pdf: bytes) -> list[str]:
    """The text of each page, in one line, hard spaces as spaces, soft hyphens as hyphens and break marks gone."""
    return list(_texts(pdf))


@lru_cache(maxsize=4)
def _texts(pdf: bytes) -> tuple[str, ...]:
    """As above: many tests ask for the text of one file."""
    plain = str.maketrans({"\u00a0": " ", "\u00ad": "-", "\u200b": None})
    pages = (page_of_it.extract_text() for page_of_it in PdfReader(BytesIO(pdf)).pages)
    return tuple(" ".join(text.translate(plain).split()) for text in pages)


def tags(pdf: bytes, kind: str) -> list[DictionaryObject]:
    """Every element of the structure tree of one kind (``/Figure``, ``/TH``, ``/H1``), in reading order."""
    root: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]
    found: list[DictionaryObject] = []
    waiting: list[Any] = [root["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, ArrayObject):
            waiting.extend(reversed(element))
        elif isinstance(element, DictionaryObject):
            if element.get("/S") == kind:
                found.append(element)
            if "/K" in element:
                waiting.append(element["/K"])
    return found
