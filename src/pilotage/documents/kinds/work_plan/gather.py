"""Gathers the annual work plan: approval, context, calendar, lines by component, estimates, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from pilotage.documents.editions import Frozen
from pilotage.documents.gathering import Texts, gathered_texts, worded
from pilotage.documents.kinds.newsletter.content import Fact, FiguresPage, KeyFigure, Wording
from pilotage.documents.kinds.work_plan.changes import changes_of
from pilotage.documents.kinds.work_plan.content import ApprovalStep, WorkPlanDocument
from pilotage.documents.kinds.work_plan.facts import PlanFacts, facts_of
from pilotage.documents.kinds.work_plan.sentences import say, some
from pilotage.documents.models import Publication
from pilotage.documents.prose import Passage, passage
from pilotage.documents.steering.ahead import cost_of, months_of, plan_groups
from pilotage.documents.steering.ahead import written_decisions as written_items
from pilotage.documents.steering.facts import local_day
from pilotage.documents.steering.head import document, seal_of, subject
from pilotage.documents.steering.parts import PlanPage, State, SteeringDocument
from pilotage.documents.steering.sealing import sealed
from pilotage.documents.steering.sentences import say as say_of_packs
from pilotage.domain.membership.models import Role
from pilotage.domain.workplans.states import MOVES
from pilotage.domain.workplans.words import PlanState
from pilotage.figures.languages import labels_of
from pilotage.kit.numbers import money, written
from pilotage.kit.periods import written_day
from pilotage.kit.texts import Text, wording, wording_and_language

TONES: dict[str, str] = {
    PlanState.DRAFT: "open",
    PlanState.SUBMITTED: "ahead",
    PlanState.ENDORSED: "ahead",
    PlanState.IN_FORCE: "done",
    PlanState.SUPERSEDED: "none",
}
STEPS = ("submit", "endorse", "put_in_force")
"""The way of a plan, of which what is still to come is printed as well."""


def gather(publication: Publication, *, cut_off: datetime | None = None, correction: Text | None = None) -> Frozen:
    """Everything that the renderings of a plan will ever read, as it stands now. Raises ProseRefused.

    A plan has no computed figures: its sums are those of its lines.
    """
    facts = facts_of(publication, cut_off or timezone.now(), correction)
    content: dict[str, Any] = {
        language: sealed(compose(facts, gathered_texts(publication, language), language))
        for language in publication.phase.languages
    }
    return Frozen(content=content, figures={}, images={code: {} for code in content}, cut_off=facts.cut_off)


def compose(facts: PlanFacts, texts: Texts, language: str) -> WorkPlanDocument:
    """The plan in one language; it asks no database."""
    head = _head(facts, language)
    return {
        **head,
        "words": {**head["words"], "budget": say("budget", language)},
        "headline": _headline(facts, texts, language),
        "status": _state(facts, language),
        "facts": _facts(facts, language),
        "key_figures": _key_figures(facts, language),
        "approval": _approval(facts, language),
        "context": _context(facts, texts, language),
        "priorities": _priorities(texts),
        "plan": _plan(facts, language),
        "budget": _budget(facts, language),
        "risks": None,
        "changes": changes_of(facts, language),
        "signatures": [],
    }


def _head(facts: PlanFacts, language: str) -> SteeringDocument:
    plan, day = facts.plan, local_day(facts.cut_off)
    year = wording(facts.span.label, language)
    subject = say("subject", language, year=year, scope=_scope(facts, language))
    when = say("not_in_force", language)
    if plan.in_force_from:
        since = written_day(plan.in_force_from, language)
        when = say("in_force", language, day=since)
        if plan.in_force_until:
            until = written_day(plan.in_force_until, language)
            when = say("was_in_force", language, since=since, until=until)
    identity: Any = {
        "document": say("document", language),
        "subject": subject,
        "label": say("version", language, number=plan.number),
        "date": when,
        "place": "",
        "as_of": say("as_of", language, number=plan.number, day=written_day(day, language)),
        "confidentiality": say("for_members", language),
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }
    notes: list[Wording] = [say("note_dates", language)]
    notes += [
        say_of_packs("note_correction", language, day=written_day(on, language), text=wording(text, language))
        for on, text in facts.corrections
    ]
    return document(facts.phase, identity, language, seal=seal_of(facts.cut_off, facts.edition, language), notes=notes)


def _scope(facts: PlanFacts, language: str) -> str:
    country = facts.countries.get(facts.plan.country_id or "")
    return wording(country, language) if country else say("region", language)


def _state(facts: PlanFacts, language: str) -> State:
    word = wording(labels_of(PlanState)[facts.plan.state], language)
    return {"word": word[:1].upper() + word[1:], "tone": TONES[facts.plan.state]}  # type: ignore[typeddict-item]


def _headline(facts: PlanFacts, texts: Texts, language: str) -> Wording:
    words = texts.get("headline")
    if words:
        return words.worded(words.written.title or words.written.lead or " ".join(words.written.body.split()))
    cost = cost_of(facts.lines)
    values = {"lines": some(len(facts.lines), "lines", language), "year": wording(facts.span.label, language)}
    if cost is None:
        return say("headline", language, **values)
    return say("headline_cost", language, cost=money(int(cost), "EUR", language), **values)


def _facts(facts: PlanFacts, language: str) -> list[Fact]:
    phase, before = facts.phase, facts.before
    days = " – ".join(written_day(day, language) for day in (facts.span.start, facts.span.end) if day)
    found: list[Fact] = [
        {"label": say("year", language), "value": days},
        {"label": say("scope", language), "value": _scope(facts, language)},
    ]
    if phase.contract_number:
        found.append({"label": say("contract", language), "value": phase.contract_number})
    if before is not None:
        replaced = say("replaced_bare", language, number=before.number)
        if before.in_force_from:
            day = written_day(before.in_force_from, language)
            replaced = say("replaced", language, number=before.number, day=day)
        found.append({"label": say("replaces", language), "value": replaced})
    if phase.lead_partner:
        found.append({"label": say("lead", language), "value": worded(phase.lead_partner.name, language)})
    return found


def _key_figures(facts: PlanFacts, language: str) -> list[KeyFigure]:
    found: list[KeyFigure] = [{"value": written(len(facts.lines), language), "label": say("lines", language)}]
    cost = cost_of(facts.lines)
    if cost is not None:
        missing = sum(line.cost_estimate is None for line in facts.lines)
        estimate: KeyFigure = {
            "value": written(int(cost), language), "label": say("cost", language), "unit": say("euro", language),
        }  # fmt: skip
        if missing:
            estimate["note"] = say("without_cost", language, count=missing)
        found.append(estimate)
    undated = sum(not (line.baseline_start or line.baseline_end) for line in facts.lines)
    if undated:
        found.append({"value": written(undated, language), "label": say("undated", language)})
    return found


def _approval(facts: PlanFacts, language: str) -> list[ApprovalStep]:
    """The steps that were made, and those still to come. Roles and bodies are printed, not persons."""
    steps: list[ApprovalStep] = []
    for move, roles in facts.moves:
        by: Wording = move.endorsed_by or ", ".join(_role(role, language) for role in roles)
        if move.move == "endorse" and facts.endorsed_at:
            # The body has a name in each language; what was typed at the step has one.
            by = subject(facts.endorsed_at, language)
        steps.append(
            {
                "step": say(move.move, language),
                "date": written_day(move.effective_on, language),
                "by": by or "–",
                "state": {"word": say("done", language), "tone": "done"},
            }
        )
    made = [move.move for move, _roles in facts.moves]
    since = made[len(made) - made[::-1].index("return") :] if "return" in made else made
    for step in (step for step in MOVES if step.name in STEPS and step.name not in since):
        body = "–" if step.name == "endorse" else " / ".join(_role(role, language) for role in sorted(step.roles))
        steps.append(
            {
                "step": say(step.name, language),
                "date": "–",
                "by": body,
                "state": {"word": say("open", language), "tone": "open"},
            }
        )
    return steps


def _role(role: Role, language: str) -> str:
    label = wording(labels_of(Role)[role], language)
    return label[:1].upper() + label[1:]


def _context(facts: PlanFacts, texts: Texts, language: str) -> Passage | None:
    words = texts.get("context")
    if words:
        return words.body
    text, real = wording_and_language(facts.plan.context, language)
    return passage(text, real) if text.strip() else None


def _priorities(texts: Texts) -> list[Wording]:
    words = texts.get("priorities")
    return [item["text"] for item in written_items(words)] if words else []


def _plan(facts: PlanFacts, language: str) -> PlanPage:
    lines = some(len(facts.lines), "lines", language)
    state = wording(labels_of(PlanState)[facts.plan.state], language).lower()
    version = say_of_packs("plan_version", language, number=facts.plan.number, state=state)
    return {
        "title": say("headline", language, lines=lines, year=wording(facts.span.label, language)),
        "figures": [],
        "text": None,
        "months": months_of(facts.plan, language),
        "groups": plan_groups(facts, facts.plan, facts.lines, language),
        "note": say_of_packs("plan_note", language, version=version),
    }


def _budget(facts: PlanFacts, language: str) -> FiguresPage | None:
    """The estimates by component, beside those of the version before; None where nothing is estimated."""
    total = cost_of(facts.lines)
    if total is None:
        return None
    before = list(facts.before.lines.select_related("component")) if facts.before else []
    head = [say("component", language), say("of_lines", language)]
    if facts.before:
        head.append(say("before_euro", language, number=facts.before.number))
    head += [say("before_euro", language, number=facts.plan.number), say("share", language)]
    rows = []
    for component in (*facts.components, None):
        number = component.number if component else ""
        mine = [line for line in facts.lines if _number(line) == number]
        old = [line for line in before if _number(line) == number]
        if mine or old:
            name = f"{number}. {wording(component.name, language)}" if component else say_of_packs("general", language)
            rows.append({"cells": _cells(name, mine, old, total, bool(facts.before), language)})
    last = _cells(say("all_lines", language), facts.lines, before, total, bool(facts.before), language)
    missing = sum(line.cost_estimate is None for line in facts.lines)
    page: Any = {
        "title": say("budget_title", language, cost=money(int(total), "EUR", language)),
        "figures": [],
        "text": None,
        "charts": [],
        "tables": [
            {
                "title": "",
                "columns": [{"label": label, "numeric": place > 0} for place, label in enumerate(head)],
                "rows": rows,
                "total": {"cells": last},
                "caption": say("estimates", language),
            }
        ],
        "gaps": [say("no_estimate", language, count=some(missing, "lines", language))] if missing else [],
    }
    return page  # type: ignore[no-any-return]


def _number(line: Any) -> str:
    return line.component.number if line.component else ""


def _cells(
    name: str, mine: Sequence[Any], old: Sequence[Any], total: Decimal, compared: bool, language: str
) -> list[Wording]:
    cost = cost_of(mine)
    cells: list[Wording] = [name, written(len(mine), language)]
    if compared:
        cells.append(_amount(cost_of(old), language))
    # One decimal, so that the shares that stand under each other give the hundred below them.
    share = written(cost * 100 / total, language, 1) if cost is not None and total else "–"
    return [*cells, _amount(cost, language), share]


def _amount(cost: Decimal | None, language: str) -> str:
    return "–" if cost is None else written(int(cost), language)
