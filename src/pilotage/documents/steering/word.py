"""The pages that steering documents share, written into a Word file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pilotage.documents.kinds.newsletter.content import Component, Fact, FiguresPage, KeyFigure, Wording
from pilotage.documents.rendering.docx import SIGNS, Cell, WordFile, words_alone
from pilotage.documents.steering.parts import (
    ActivitiesPage,
    ActivityLine,
    AgendaPage,
    ChangesPage,
    ComponentPage,
    ConsultationSheet,
    DecisionsPage,
    FollowUpItem,
    FollowUpPage,
    PlanGroup,
    PlanPage,
    RecommendationLine,
    RecommendationsPage,
    ReconciliationPage,
    RisksPage,
    State,
    SteeringDocument,
    SteeringWords,
    SynthesisPage,
)

Images = Mapping[str, bytes]


def begun(content: SteeringDocument, language: str) -> WordFile:
    """A Word file with its title, statement of funding and foot."""
    identity = content["identity"]
    subject, as_of = words_alone(identity["subject"]), words_alone(identity["as_of"])
    file = WordFile(
        title=content["title"],
        author=content["programme"]["owner"],
        keywords=content["keywords"],
        language=language,
        date=datetime(identity["year"], identity["month"], identity["day"]),
        foot=f"{words_alone(content['programme']['short'])} · {subject} · {as_of}",
        mark=content["fictional"],
    )
    file.emblem(content["funding"]["lines"], content["words"]["emblem_alt"])
    file.paragraph(content["funding"]["contribution"])
    file.paragraph([(content["programme"]["short"], "strong"), (content["programme"]["name"], "soft")])
    file.paragraph(identity["document"], "Subtitle")
    file.heading(identity["subject"], 0)
    about = " · ".join(words_alone(identity[name]) for name in ("label", "date", "place") if identity[name])  # type: ignore[literal-required]
    file.paragraph(about, "Subtitle")
    file.paragraph([(identity["confidentiality"], "strong"), (identity["as_of"], "soft")])
    return file


def ended(file: WordFile, content: SteeringDocument) -> bytes:
    """Notes, disclaimer and seal; then the bytes."""
    words, seal = content["words"], content["seal"]
    if content["notes"]:
        file.heading(words["notes"], 2)
        for note in content["notes"]:
            file.paragraph(note)
    file.heading(words["disclaimer"], 2)
    if content["fictional"]:
        file.paragraph([(content["fictional"], "strong")])
    file.paragraph(content["disclaimer"])
    proof = [words_alone(part) for part in (seal["cut_off"], seal["edition"]) if part]
    file.paragraph(" · ".join([*proof, *([f"SHA-256 {seal['hash']}"] if seal["hash"] else [])]), "Caption")
    return file.data()


def stated(state: State | None) -> Cell:
    """A state with its sign; nothing for None."""
    if state is None:
        return ""
    sign = SIGNS[state["tone"]]
    parts: list[tuple[Wording, str]] = [(f"{sign}\u00a0" if sign else "", ""), (state["word"], "")]
    return parts


def key_figures(file: WordFile, figures: Sequence[KeyFigure]) -> None:
    """Figures one to a line: a mark-up copy needs no large type."""
    for figure in figures:
        unit = figure.get("unit", "")
        number = f"{figure['value']}\u00a0{unit}" if unit else figure["value"]
        parts: list[tuple[Wording, str]] = [(number, "strong"), (" ", ""), (figure["label"], "")]
        note = figure.get("note", "")
        if note:
            parts += [(" (", ""), (note, ""), (")", "")]
        file.paragraph(parts, "List Bullet")


def fact_lines(file: WordFile, facts: Sequence[Fact]) -> None:
    """Facts one to a line."""
    for fact in facts:
        file.paragraph([(fact["label"], ""), (": ", ""), (fact["value"], "strong")])


def named(component: Component | None, name: Wording) -> Wording:
    """A group's name with its component's number."""
    return f"{component['number']}. {words_alone(name)}" if component else name


def opened(file: WordFile, where: str, title: Wording, *, new_page: bool = False) -> None:
    """The opening of a section; what is handed out by itself begins a new page."""
    file.heading(f"{where}: {words_alone(title)}" if where != title else title, 1, new_page=new_page)


def agenda(file: WordFile, page: AgendaPage, words: SteeringWords) -> None:
    opened(file, words["agenda"], page["title"])
    for session in page["sessions"]:
        file.heading(session["name"], 2)
        file.table(
            [words["number"], words["time"], words["item"], words["speaker"]],
            [[entry["number"], entry["time"], entry["title"], entry["speaker"]] for entry in session["entries"]],
            widths=[10, 20, 96, 48],
            title=words_alone(session["name"]),
        )
    file.paragraph(page["papers"], "Caption")


def changes(file: WordFile, page: ChangesPage, words: SteeringWords) -> None:
    opened(file, words["changes"], page["title"])
    file.paragraph(page["lead"])
    for group in page["groups"]:
        file.heading(named(group["component"], group["name"]), 2)
        for sentence in group["sentences"]:
            kind = page["kinds"].get(sentence["kind"], "")
            parts: list[tuple[Wording, str]] = [(kind, "strong"), (": " if kind else "", ""), (sentence["text"], "")]
            if sentence["link"]:
                parts.append((f" ({sentence['link']})", ""))
            file.paragraph(parts, "List Bullet")


def follow_up(file: WordFile, page: FollowUpPage, words: SteeringWords) -> None:
    opened(file, words["follow_up"], page["title"])
    key_figures(file, page["figures"])
    for head, items, column in (
        (words["decisions"], page["decisions"], words["decision"]),
        (words["actions"], page["actions"], words["action"]),
    ):
        if items:
            file.heading(head, 2)
            follow_up_table(file, items, column, words)
    gaps(file, page["gaps"])


def follow_up_table(file: WordFile, items: Sequence[FollowUpItem], column: str, words: SteeringWords) -> None:
    """Earlier decisions or action points."""
    file.table(
        [words["number"], column, words["owner"], words["due"], words["state"]],
        [
            [
                item["number"],
                [(item["text"], ""), (item["note"], "soft")],
                item["owner"],
                item["due"],
                stated(item["state"]),
            ]
            for item in items
        ],
        # Action points go by codes such as NSG-KZ-2026/1, decisions by 1, 2, 3.
        widths=[28, 60, 36, 24, 26] if any(len(item["number"]) > 5 for item in items) else [13, 75, 36, 24, 26],
        title=column,
    )


def figures(file: WordFile, where: str, page: FiguresPage, images: Images) -> None:
    opened(file, where, page["title"])
    key_figures(file, page["figures"])
    file.prose(page["text"])
    for chart in page["charts"]:
        file.chart(chart, images)
    for table in page["tables"]:
        file.frozen_table(table, where)
    gaps(file, page["gaps"])


def activity_table(file: WordFile, lines: Sequence[ActivityLine], words: SteeringWords) -> None:
    """Activities, one a row."""
    file.table(
        [words["date"], words["activity"], words["place"], words["participants"], words["state"]],
        [[line["date"], line["title"], line["place"], line["participants"], stated(line["state"])] for line in lines],
        widths=[26, 70, 26, 28, 24],
        title=words["activities"],
    )


def activities(file: WordFile, page: ActivitiesPage, words: SteeringWords) -> None:
    opened(file, words["activities"], page["title"])
    key_figures(file, page["figures"])
    for group in page["groups"]:
        file.heading(named(group["component"], group["component"]["name"]), 2)
        file.paragraph(group["count"], keep=bool(group["activities"]))
        if group["activities"]:
            activity_table(file, group["activities"], words)
        file.paragraph(group["more"])
    gaps(file, page["gaps"])


def recommendation_table(file: WordFile, lines: Sequence[RecommendationLine], words: SteeringWords) -> None:
    """Recommendations, one a row."""
    file.table(
        [words["number"], words["recommendation"], words["issued"], words["due"], words["state"]],
        [
            [
                line["code"],
                [(line["text"], ""), (line["note"], "soft")],
                line["issued"],
                line["due"],
                stated(line["state"]),
            ]
            for line in lines
        ],
        widths=[18, 82, 22, 22, 30],
        title=words["recommendations"],
    )


def recommendations(file: WordFile, page: RecommendationsPage, words: SteeringWords, images: Images) -> None:
    opened(file, words["recommendations"], page["title"])
    key_figures(file, page["figures"])
    if page["chart"]:
        file.chart(page["chart"], images)
    for group in page["groups"]:
        file.heading(group["name"], 2)
        file.paragraph(group["count"], keep=bool(group["recommendations"]))
        if group["recommendations"]:
            recommendation_table(file, group["recommendations"], words)
        file.paragraph(group.get("more", ""))
    gaps(file, page["gaps"])


def risks(file: WordFile, page: RisksPage, words: SteeringWords) -> None:
    opened(file, words["risks"], page["title"])
    file.table(
        [words["risk"], words["level"], words["mitigation"], words["owner"]],
        [
            [[(risk["text"], ""), (risk["category"], "soft")], stated(risk["level"]), risk["mitigation"], risk["owner"]]
            for risk in page["risks"]
        ],
        widths=[58, 30, 54, 32],
        title=words["risks"],
    )


def plan_groups(file: WordFile, groups: Sequence[PlanGroup], words: SteeringWords) -> None:
    """The lines of a plan by component; the calendar is the column of dates."""
    for group in groups:
        file.heading(named(group["component"], group["name"]), 2)
        file.paragraph(group["count"])
        if group["lines"]:
            file.table(
                [words[name] for name in ("number", "activity", "type", "countries", "period", "cost")],  # type: ignore[literal-required]
                [
                    [
                        line["code"],
                        [(line["title"], ""), (line["output"], "soft"), (line["note"], "soft")],
                        line["type"],
                        line["countries"],
                        line["period"],
                        line["cost"],
                    ]
                    for line in group["lines"]
                ],
                widths=[13, 68, 28, 22, 25, 18],
                title=words_alone(group["name"]),
                numeric=[5],
            )


def plan(file: WordFile, page: PlanPage, words: SteeringWords) -> None:
    opened(file, words["plan"], page["title"])
    key_figures(file, page["figures"])
    file.prose(page["text"])
    plan_groups(file, page["groups"], words)


def decisions(file: WordFile, page: DecisionsPage, words: SteeringWords) -> None:
    opened(file, words["decisions_sought"], page["title"])
    file.table(
        [words["number"], words["decision"], words["background"]],
        [[decision["number"], decision["text"], decision["background"]] for decision in page["decisions"]],
        widths=[12, 100, 62],
        title=words["decisions_sought"],
    )


def consultation(file: WordFile, sheet: ConsultationSheet, words: SteeringWords) -> None:
    opened(file, f"{words['annex']}. {words['consultation']}", sheet["institution"], new_page=True)
    file.paragraph(sheet["session"])
    key_figures(file, sheet["figures"])
    fact_lines(file, sheet["facts"])
    if sheet["topics"]:
        file.heading(words["topics"], 2)
        file.items(sheet["topics"])
    if sheet["recommendations"]:
        file.heading(words["recommendations"], 2)
        recommendation_table(file, sheet["recommendations"], words)
    if sheet["activities"]:
        file.heading(words["activities"], 2)
        activity_table(file, sheet["activities"], words)


def component(file: WordFile, page: ComponentPage, words: SteeringWords, images: Images) -> None:
    part = page["component"]
    opened(file, f"{words['component']} {part['number']}", page["title"])
    file.paragraph([(part["name"], "strong"), (page["objective"], "soft")])
    key_figures(file, page["figures"])
    for chart in page["charts"]:
        file.chart(chart, images)
    file.prose(page["text"])
    if page["activities"]:
        file.heading(words["activities"], 2)
        activity_table(file, page["activities"], words)
    file.paragraph(page["more"])
    gaps(file, page["gaps"])


def synthesis(file: WordFile, page: SynthesisPage, words: SteeringWords) -> None:
    opened(file, words["synthesis"], page["title"])
    file.paragraph(page["lead"])
    for meeting in page["meetings"]:
        file.heading(meeting["country"], 2)
        file.paragraph([(meeting["meeting"], ""), (" · ", ""), (meeting["state"]["word"], "")])
        for label, entries in (
            (page["decisions_label"], meeting["decisions"]),
            (page["requests_label"], meeting["requests"]),
        ):
            if entries:
                file.paragraph([(label, "strong")])
                file.items(entries)


def reconciliation(file: WordFile, page: ReconciliationPage, words: SteeringWords) -> None:
    opened(file, words["reconciliation"], page["title"])
    file.paragraph(page["lead"])
    many = len(page["countries"])
    heads: list[Wording] = [
        words["figure"],
        *page["countries"],
        words["regional_only"],
        words["counted_twice"],
        words["regional"],
        words["state"],
    ]
    rows: list[list[Cell]] = [
        [
            [(row["figure"], ""), (row["note"], "soft")],
            *row["national"],
            row["regional_only"],
            row["counted_twice"],
            [(row["regional"], "strong")],
            stated(row["state"]),
        ]
        for row in page["rows"]
    ]
    file.table(
        heads,
        rows,
        widths=[46, *([13] * many), 18, 20, 15, 28],
        title=words["reconciliation"],
        numeric=range(1, many + 4),
    )
    for note in page["notes"]:
        file.paragraph(note, "Caption")


def gaps(file: WordFile, notes: Sequence[Wording]) -> None:
    """What could not be counted."""
    for note in notes:
        file.paragraph(note, "Caption")
