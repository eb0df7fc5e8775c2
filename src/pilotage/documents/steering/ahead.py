"""The pages of what comes: the plan of the next year, and what the group is asked to decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from pilotage.documents.gathering import SlotWords, Texts, worded
from pilotage.documents.kinds.newsletter.content import KeyFigure, Wording
from pilotage.documents.prose import Block
from pilotage.documents.steering.advice import is_late
from pilotage.documents.steering.facts import ComponentFacts, Facts
from pilotage.documents.steering.parts import DecisionSought, DecisionsPage, PlanGroup, PlanLine, PlanMark, PlanPage
from pilotage.documents.steering.sentences import noun, say, some
from pilotage.domain.activities.words import Type
from pilotage.domain.recommendations.words import AWAITING_ANSWER
from pilotage.domain.steering.words import UNFINISHED
from pilotage.domain.workplans.models import PlanLine as Line
from pilotage.domain.workplans.models import WorkPlan
from pilotage.domain.workplans.queries import plan_year_period
from pilotage.domain.workplans.words import PlanState
from pilotage.figures.languages import labels_of
from pilotage.kit.numbers import HARD, money, written
from pilotage.kit.partial_dates import PartialDate, bounds
from pilotage.kit.partial_words import written_span
from pilotage.kit.periods import written_day
from pilotage.kit.texts import Text, wording

MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "ru": ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
}


def plan_page(facts: Facts, texts: Texts, language: str) -> PlanPage | None:
    """The plan of the next year; None where nobody has begun one."""
    plan = facts.plan
    if plan is None or not plan.lines.all():
        return None
    lines = list(plan.lines.all())
    words = texts.get("plan")
    year = {"year": plan.year, "g": f"{HARD}г." if language == "ru" else ""}
    title = say("plan_title", language, activities=some(len(lines), "activities", language), **year)
    state = wording(labels_of(PlanState)[plan.state], language).lower()
    version = say("plan_version", language, number=plan.number, state=state)
    return {
        "title": words.worded(words.written.title) if words and words.written.title else title,
        "figures": _figures(lines, language),
        "text": words.body if words else None,
        "months": months_of(plan, language),
        "groups": plan_groups(facts, plan, lines, language),
        "note": say("plan_note", language, version=version),
    }


def _figures(lines: Sequence[Line], language: str) -> list[KeyFigure]:
    cost = cost_of(lines)
    if cost is None:
        return []
    return [
        {"value": written(len(lines), language), "label": noun_of_lines(len(lines), language)},
        {
            "value": written(int(cost), language),
            "unit": "евро" if language == "ru" else "EUR",
            "label": say("plan_cost", language),
        },
    ]


def noun_of_lines(count: int, language: str) -> str:
    """ "activities in the plan"."""
    return f"{noun(count, 'activities', language)} {'in the plan' if language == 'en' else 'в плане'}"


def cost_of(lines: Iterable[Line]) -> Decimal | None:
    """The estimates together; None where no line has one."""
    known = [line.cost_estimate for line in lines if line.cost_estimate is not None]
    return sum(known, Decimal(0)) if known else None


class OfPlan(Protocol):
    """What is asked of the facts by those who print lines of a plan."""

    @property
    def components(self) -> tuple[ComponentFacts, ...]:
        """In their order."""
        ...

    @property
    def countries(self) -> dict[str, Text]:
        """The partner countries by code."""
        ...


def plan_groups(facts: OfPlan, plan: WorkPlan, lines: Sequence[Line], language: str) -> list[PlanGroup]:
    """The lines by component, those without one last."""
    groups: list[PlanGroup] = []
    for number in (*(component.number for component in facts.components), ""):
        mine = [line for line in lines if (line.component.number if line.component else "") == number]
        if not mine:
            continue
        component = next((one for one in facts.components if one.number == number), None)
        cost = cost_of(mine)
        count = some(len(mine), "activities", language)
        groups.append(
            {
                "component": component.line(language) if component else None,
                "name": worded(component.name, language) if component else say("general", language),
                "count": f"{count}, {money(int(cost), 'EUR', language)}" if cost is not None else count,
                "lines": [plan_line(facts, plan, line, language) for line in mine],
            }
        )
    return groups


def plan_line(facts: OfPlan, plan: WorkPlan, line: Line, language: str) -> PlanLine:
    """One line with its marks in the calendar."""
    countries = ""
    if plan.country_id is None and line.activity:
        codes = {link.country_id for link in line.activity.country_links.all()}
        if codes != set(facts.countries):
            countries = ", ".join(code for code in facts.countries if code in codes)
    return {
        "code": line.key,
        "title": worded(line.title, language),
        "type": wording(labels_of(Type)[line.type], language).lower(),
        "output": worded(line.output.title, language) if line.output else "",
        "countries": countries,
        "period": written_span(line.baseline_start, line.baseline_end, language),
        "cost": written(int(line.cost_estimate), language) if line.cost_estimate is not None else "",
        "marks": marks_of(line.baseline_start, line.baseline_end, first_month(plan)),
        "note": worded(line.note, language),
    }


def first_month(plan: WorkPlan) -> date:
    """The first day of the plan year's first month."""
    start = plan_year_period(plan.phase, plan.year).start
    assert start
    return start.replace(day=1)


def months_of(plan: WorkPlan, language: str) -> list[Wording]:
    """Twelve short names, in the order of the plan year."""
    names, first = MONTHS.get(language, MONTHS["en"]), first_month(plan).month - 1
    return [*names[first:], *names[:first]]


def marks_of(start: str, end: str, first_day: date) -> list[PlanMark]:
    """Where a line stands in the twelve months from ``first_day``: with its days where they lie in one month."""
    written = [part for part in (start, end) if part]
    if not written:
        return []
    first, last = bounds(written[0])[0], bounds(written[-1])[1]
    if first is None or last is None:
        return []
    begins, ends = ((day.year - first_day.year) * 12 + day.month - first_day.month + 1 for day in (first, last))
    if ends < 1 or begins > 12:
        return []
    exact = all(PartialDate.parse(part).is_day for part in written)
    text = ""
    if exact and begins == ends:
        text = f"{first.day}" if first == last else f"{first.day}–{last.day}"
    return [{"first": max(begins, 1), "last": min(ends, 12), "text": text, "exact": exact}]


# Decisions sought


def decisions_page(facts: Facts, texts: Texts, language: str) -> DecisionsPage | None:
    """What the group is asked to decide: as the editors wrote it, or else what follows from the records."""
    words = texts.get("decisions")
    found = written_decisions(words) if words else []
    title: Wording = words.worded(words.written.title) if words and words.written.title else ""
    found = found or list(_follow_from_records(facts, language))
    if not found:
        return None
    return {
        "title": title or say("decisions_title", language, count=some(len(found), "decisions", language)),
        "decisions": [{**decision, "number": str(place)} for place, decision in enumerate(found, 1)],  # type: ignore[typeddict-item]
    }


def written_decisions(words: SlotWords) -> list[DecisionSought]:
    """The items of the lists in an editor's text; what is emphasised at the end of an item is its background."""
    body = words.body
    items = [item for block in (body["blocks"] if body else []) if block["kind"] == "list" for item in block["items"]]
    return [_item(item, words) for item in items]


def _item(item: Sequence[Block], words: SlotWords) -> DecisionSought:
    runs = item[0].get("runs", []) if item else []
    emphasised = len(runs) > 1 and bool(runs[-1].get("emphasis"))
    text = "".join(run["text"] for run in (runs[:-1] if emphasised else runs)).strip()
    background = runs[-1]["text"].strip() if emphasised else ""
    return {"number": "", "text": words.worded(text), "background": words.worded(background), "page": ""}


def _follow_from_records(facts: Facts, language: str) -> Iterable[DecisionSought]:
    yield {
        "number": "",
        "text": say("take_note", language, day=written_day(facts.as_of, language)),
        "background": say(
            "take_note_background", language,
            activities=some(facts.value("activities"), "activities", language),
            participations=some(facts.value("participations"), "participations", language),
        ),
        "page": "dashboard",
    }  # fmt: skip
    plan = facts.plan
    if plan and plan.lines.all():
        lines = list(plan.lines.all())
        cost = cost_of(lines)
        yield {
            "number": "",
            "text": say("endorse_plan", language, year=plan.year, g=f"{HARD}г." if language == "ru" else ""),
            "background": say(
                "endorse_plan_background", language, activities=some(len(lines), "activities", language),
                cost=f", {money(int(cost), 'EUR', language)}" if cost is not None else "", number=plan.number,
            ),
            "page": "plan",
        }  # fmt: skip
    late = [
        item for item in facts.records.recommendations if item.state in AWAITING_ANSWER and is_late(item, facts.as_of)
    ]
    if late:
        agencies = {item.addressee_code for item in late}
        yield {
            "number": "",
            "text": say("ask_answers", language),
            "background": say(
                "ask_answers_background", language, advice=some(len(late), "recommendations", language),
                agencies=some(len(agencies), "agencies", language),
            ),
            "page": "recommendations",
        }  # fmt: skip
    overdue = [
        point for point, state in facts.followed if state in UNFINISHED and point.due_on and point.due_on < facts.as_of
    ]
    if overdue:
        yield {
            "number": "",
            "text": say("confirm_dates", language),
            "background": say("points_background", language, points=some(len(overdue), "points", language)),
            "page": "follow_up",
        }
