"""The annual work plan as a Word file, for the partners' comments."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage.documents.kinds.work_plan.content import WorkPlanDocument
from pilotage.documents.steering import word


def render_docx(content: WorkPlanDocument, *, language: str, images: Mapping[str, bytes]) -> bytes:
    """The plan, part by part. Raises KeyError where a picture that it names is missing."""
    words, file = content["words"], word.begun(content, language)
    file.paragraph(word.stated(content["status"]))
    file.paragraph(content["headline"])
    word.key_figures(file, content["key_figures"])
    word.fact_lines(file, content["facts"])
    if content["approval"]:
        file.heading(words["approval"])
        file.table(
            [words["step"], words["date"], words["by_whom"], words["state"]],
            [[step["step"], step["date"], step["by"], word.stated(step["state"])] for step in content["approval"]],
            widths=[44, 34, 66, 30],
            title=words["approval"],
        )
    if content["context"] or content["priorities"]:
        file.heading(words["context"])
        file.prose(content["context"], top_heading=2)
        file.items(content["priorities"], ordered=True)
    file.heading(words["by_component"])
    file.prose(content["plan"]["text"], top_heading=2)
    word.plan_groups(file, content["plan"]["groups"], words)
    if content["budget"]:
        word.figures(file, words["budget"], content["budget"], images)
    if content["risks"]:
        word.risks(file, content["risks"], words)
    if content["changes"]:
        word.opened(file, words["plan_changes"], content["changes"]["title"])
        file.paragraph(content["changes"]["lead"])
        file.table(
            [words[name] for name in ("what_changed", "activity", "before", "after", "reason")],  # type: ignore[literal-required]
            [
                [word.stated(change["kind"]), change["line"], change["before"], change["after"], change["reason"]]
                for change in content["changes"]["changes"]
            ],
            widths=[26, 58, 28, 28, 34],
            title=words["plan_changes"],
        )
    if content["signatures"]:
        file.table(
            [words["role"], words["name"], words["signature_and_date"]],
            [[signature["label"], signature["value"], "\n\n"] for signature in content["signatures"]],
            widths=[50, 54, 70],
            title=words["signatures"],
        )
    return word.ended(file, content)
