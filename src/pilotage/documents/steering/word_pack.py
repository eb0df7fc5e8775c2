"""A pack as a Word file: which writer writes which of its pages, the same for nations and the region."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pilotage.documents.rendering.docx import WordFile
from pilotage.documents.steering import word
from pilotage.documents.steering.parts import SteeringWords
from pilotage.documents.steering.word import Images

Writer = Callable[[WordFile, Any, SteeringWords, Images], None]


def _of_figures(where: str) -> Writer:
    """Writes a page that figures carry, under the name that the document has for it."""

    def write(file: WordFile, page: Any, words: SteeringWords, images: Images) -> None:
        word.figures(file, words[where], page, images)  # type: ignore[literal-required]

    return write


def _without_images(writer: Callable[[WordFile, Any, SteeringWords], None]) -> Writer:
    """Writes a page that has no pictures."""
    return lambda file, page, words, _images: writer(file, page, words)


WRITERS: dict[str, Writer] = {
    "agenda": _without_images(word.agenda),
    "follow_up": _without_images(word.follow_up),
    "changes": _without_images(word.changes),
    "dashboard": _of_figures("dashboard"),
    "comparison": _of_figures("comparison"),
    "components": word.component,
    "activities": _without_images(word.activities),
    "participation": _of_figures("participation"),
    "recommendations": word.recommendations,
    "needs": _of_figures("needs"),
    "procurement": _of_figures("needs"),
    "grants": _of_figures("grants"),
    "logframe": _of_figures("logframe"),
    "budget": _of_figures("budget"),
    "risks": _without_images(word.risks),
    "synthesis": _without_images(word.synthesis),
    "plan": _without_images(word.plan),
    "decisions": _without_images(word.decisions),
    "reconciliation": _without_images(word.reconciliation),
    "consultations": _without_images(word.consultation),
}
"""What writes each page of a pack, by the page's name in the content."""


def pack(content: Any, order: Sequence[str], language: str, images: Images) -> bytes:
    """A pack, its pages in ``order``; one that is missing is left out. Raises KeyError for a picture that is not there."""
    words, file = content["words"], word.begun(content, language)
    file.paragraph(content["headline"])
    word.key_figures(file, content["key_figures"])
    for name in order:
        found = content[name]
        for page in found if isinstance(found, list) else [found] if found else []:
            WRITERS[name](file, page, words, images)
    return word.ended(file, content)
