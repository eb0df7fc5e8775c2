"""Minutes as a Word file, for comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pilotage.documents.kinds.minutes.content import ActionPoint, Decision, Minutes
from pilotage.documents.kinds.newsletter.content import Wording
from pilotage.documents.rendering.docx import WordFile
from pilotage.documents.steering import word
from pilotage.documents.steering.parts import SteeringWords


def render_docx(content: Minutes, *, language: str, images: Mapping[str, bytes]) -> bytes:
    """The minutes, part by part."""
    words, file = content["words"], word.begun(content, language)
    file.paragraph(word.stated(content["status"]))
    word.fact_lines(file, content["facts"])
    file.paragraph(
        [(words["quorum"], ""), (": ", ""), (content["quorum"]["word"], "strong"), (content["quorum_rule"], "soft")]
    )
    if content["attendance"]:
        file.heading(words["attendance"])
        for group in content["attendance"]:
            file.heading(group["name"], 2)
            titled = any(person["role"] for person in group["people"])
            file.table(
                [words["institution"], words["name"], *([words["role"]] if titled else []), words["state"]],
                [
                    [
                        person["institution"],
                        person["name"],
                        *([person["role"]] if titled else []),
                        word.stated(person["state"]),
                    ]
                    for person in group["people"]
                ],
                widths=[62, 44, 42, 26] if titled else [90, 54, 30],
                title=words["attendance"],
            )
    if content["items"]:
        file.heading(words["proceedings"])
        file.prose(content["opening"])
    for item in content["items"]:
        file.heading(f"{item['number']}. {_text(item['title'])}", 2)
        file.paragraph([(item["speaker"], "soft")])
        file.prose(item["text"])
        for one in item.get("earlier", ()):
            file.paragraph(
                [
                    (one["number"], "strong"),
                    (". ", ""),
                    (one["text"], ""),
                    (" – ", ""),
                    (one["state"]["word"], "strong"),
                    (one["heard"], "soft"),
                ]
            )
        for decision in item["decisions"]:
            file.paragraph([(f"{words['decision']} {decision['number']}. ", "strong"), (decision["text"], "")])
        _action_lines(file, item["actions"], words)
    if content["decisions"]:
        file.heading(words["decisions"])
        _decisions(file, content["decisions"], words)
    if content["actions"]:
        file.heading(words["actions"])
        _actions(file, content["actions"], words)
    if content["sessions"]:
        file.heading(words["bilateral"])
    for session in content["sessions"]:
        file.heading(session["institution"], 2)
        follows = session["text"] is not None or bool(session["actions"])
        file.paragraph([(session["when"], "strong")], keep=follows or bool(session["present"]))
        if session["present"]:
            file.paragraph([(f"{words['attendance']}: ", ""), (session["present"], "")], keep=follows)
        file.prose(session["text"])
        _action_lines(file, session["actions"], words)
    if content["annexes"]:
        file.heading(words["annexes"])
        file.items(content["annexes"], ordered=True)
    if content["signatures"]:
        file.heading(words["signatures"])
        file.table(
            [words["role"], words["name"], words["signature_and_date"]],
            [
                [signature["role"], [(signature["name"], "strong"), (signature.get("position", ""), "soft")], "\n\n"]
                for signature in content["signatures"]
            ],
            widths=[50, 54, 70],
            title=words["signatures"],
        )
    return word.ended(file, content)


def _decisions(file: WordFile, decisions: Sequence[Decision], words: SteeringWords) -> None:
    file.table(
        [words["number"], words["decision"], words["item"], words["owner"]],
        [[decision["number"], decision["text"], decision["item"], decision["addressee"]] for decision in decisions],
        widths=[14, 96, 18, 46],
        title=words["decisions"],
    )


def _actions(file: WordFile, actions: Sequence[ActionPoint], words: SteeringWords) -> None:
    file.table(
        [words["number"], words["action"], words["owner"], words["due"], words["state"]],
        [
            [action["number"], action["text"], action["owner"], action["due"], word.stated(action["state"])]
            for action in actions
        ],
        widths=[28, 60, 36, 26, 24],
        title=words["actions"],
    )


def _action_lines(file: WordFile, actions: Sequence[ActionPoint], words: SteeringWords) -> None:
    for action in actions:
        file.paragraph(
            [
                (f"{words['action']} {action['number']}. ", "strong"),
                (action["text"], ""),
                (f"{_text(action['owner'])} · {_text(action['due'])}", "soft"),
            ]
        )


def _text(words: Wording) -> str:
    return words if isinstance(words, str) else words["text"]
