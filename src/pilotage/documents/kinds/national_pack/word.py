"""The national pack as a Word file, for partners who mark it up."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage.documents.kinds.national_pack.content import PAGES, NationalPack
from pilotage.documents.steering import word_pack


def render_docx(content: NationalPack, *, language: str, images: Mapping[str, bytes]) -> bytes:
    """The pack in the order of its pages. Raises KeyError where a picture that it names is missing."""
    return word_pack.pack(content, (*PAGES, "consultations"), language, images)
