"""The regional pack as a Word file, for partners who mark it up."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage.documents.kinds.regional_pack.content import RegionalPack
from pilotage.documents.steering import word


def render_docx(content: RegionalPack, *, language: str, images: Mapping[str, bytes]) -> bytes:
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
    if content["comparison"]:
        word.figures(file, words["comparison"], content["comparison"], images)
    for part in content["components"]:
        word.component(file, part, words, images)
    if content["logframe"]:
        word.figures(file, words["logframe"], content["logframe"], images)
    if content["recommendations"]:
        word.recommendations(file, content["recommendations"], words, images)
    for where, page in ((words["needs"], content["procurement"]), (words["budget"], content["budget"])):
        if page:
            word.figures(file, where, page, images)
    if content["risks"]:
        word.risks(file, content["risks"], words)
    if content["synthesis"]:
        word.synthesis(file, content["synthesis"], words)
    if content["plan"]:
        word.plan(file, content["plan"], words)
    if content["decisions"]:
        word.decisions(file, content["decisions"], words)
    if content["reconciliation"]:
        word.reconciliation(file, content["reconciliation"], words)
    for sheet in content["consultations"]:
        word.consultation(file, sheet, words)
    return word.ended(file, content)
