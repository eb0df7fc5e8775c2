"""The national pack as a Word file, for partners who mark it up."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage.documents.kinds.national_pack.content import NationalPack
from pilotage.documents.steering import word


def render_docx(content: NationalPack, *, language: str, images: Mapping[str, bytes]) -> bytes:
    """The pack in the order of its pages. Raises KeyError where a picture that it names is missing."""
    words, file = content["words"], word.begun(content, language)
    file.paragraph(content["headline"])
    word.key_figures(file, content["key_figures"])
    if content["agenda"]:
        word.agenda(file, content["agenda"], words)
    if content["follow_up"]:
        word.follow_up(file, content["follow_up"], words)
    if content["changes"]:
        word.changes(file, content["changes"], words)
    if content["dashboard"]:
        word.figures(file, words["dashboard"], content["dashboard"], images)
    if content["activities"]:
        word.activities(file, content["activities"], words)
    if content["participation"]:
        word.figures(file, words["participation"], content["participation"], images)
    if content["recommendations"]:
        word.recommendations(file, content["recommendations"], words, images)
    for where, page in (
        (words["needs"], content["needs"]),
        (words["grants"], content["grants"]),
        (words["logframe"], content["logframe"]),
        (words["budget"], content["budget"]),
    ):
        if page:
            word.figures(file, where, page, images)
    if content["risks"]:
        word.risks(file, content["risks"], words)
    if content["plan"]:
        word.plan(file, content["plan"], words)
    if content["decisions"]:
        word.decisions(file, content["decisions"], words)
    for sheet in content["consultations"]:
        word.consultation(file, sheet, words)
    return word.ended(file, content)
