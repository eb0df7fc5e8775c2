"""What a version changes of the one before it, line by line."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pilotage.documents.gathering import worded
from pilotage.documents.kinds.newsletter.content import Wording
from pilotage.documents.kinds.work_plan.content import PlanChange, PlanChanges
from pilotage.documents.kinds.work_plan.facts import PlanFacts
from pilotage.documents.kinds.work_plan.sentences import say
from pilotage.documents.steering.head import plain
from pilotage.domain.activities.words import Type
from pilotage.domain.workplans.models import PlanLine
from pilotage.domain.workplans.queries import LineChange
from pilotage.figures.languages import labels_of
from pilotage.kit.numbers import money, written
from pilotage.kit.partial_words import written_span
from pilotage.kit.texts import wording

DATES = frozenset({"baseline_start", "baseline_end"})
KINDS = ("added", "removed", "moved", "changed")
TONES = {"added": "open", "removed": "failed", "moved": "ahead", "changed": "ahead"}


def changes_of(facts: PlanFacts, language: str) -> PlanChanges | None:
    """The page of changes; None for the first version of a year."""
    if facts.before is None:
        return None
    kinds = Counter(kind_of(change) for change in facts.changes)
    parts = ", ".join(f"{say(kind, language)} {written(kinds[kind], language)}" for kind in KINDS if kinds[kind])
    return {
        "title": say("changes_title", language, parts=parts) if parts else say("no_changes", language),
        "lead": say("changes_lead", language, number=facts.plan.number, before=facts.before.number),
        "changes": [_change(change, facts, language) for change in facts.changes],
    }


def kind_of(change: LineChange) -> str:
    """``moved`` where nothing but the dates changed."""
    return "moved" if change.kind == "changed" and set(change.changed) <= DATES else change.kind


def _change(change: LineChange, facts: PlanFacts, language: str) -> PlanChange:
    line = change.after or change.before
    assert line is not None
    kind = kind_of(change)
    reason: Wording = facts.reasons.get(change.key, "") if kind == "removed" else worded(line.note, language)
    return {
        "kind": {"word": say(kind, language), "tone": TONES[kind]},  # type: ignore[typeddict-item]
        "line": f"{line.key} {plain(worded(line.title, language))}",
        "before": _words(change.before, change, language),
        "after": _words(change.after, change, language),
        "reason": reason or "–",
    }


def _words(line: PlanLine | None, change: LineChange, language: str) -> str:
    """What is said of a line on one side: of a new or lost one when it is, else every field that differs."""
    if line is None:
        return "–"
    if not change.changed:
        return written_span(line.baseline_start, line.baseline_end, language) or "–"
    said = []
    if DATES & set(change.changed):
        said.append(written_span(line.baseline_start, line.baseline_end, language) or "–")
    said += [_field(line, name, language) for name in change.changed if name not in DATES]
    return "; ".join(said)


def _field(line: PlanLine, name: str, language: str) -> str:
    value: Any = getattr(line, name)
    match name:
        case "title":
            return wording(value, language)
        case "component_id":
            return f"{say('component', language).lower()} {line.component.number if line.component else '–'}"
        case "output_id":
            return f"{say('output', language)} {line.output.code if line.output else '–'}"
        case "activity_id":
            return f"{say('activity', language)} {line.activity.code if line.activity else '–'}"
        case "type":
            return wording(labels_of(Type)[value], language).lower()
        case _:
            return money(int(value), "EUR", language) if value is not None else "–"
