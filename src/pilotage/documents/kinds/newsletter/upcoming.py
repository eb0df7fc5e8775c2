"""What comes next, in one language: the next quarter from the records, and what the editors wrote beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pilotage.documents.gathering import SlotWords, Texts, worded
from pilotage.documents.kinds.newsletter.content import (
    Chart,
    Component,
    UpcomingGroup,
    UpcomingItem,
    UpcomingPage,
    Wording,
)
from pilotage.documents.kinds.newsletter.facts import Facts
from pilotage.documents.kinds.newsletter.front import component_line, quarter_label
from pilotage.documents.kinds.newsletter.pictures import ahead_days
from pilotage.documents.kinds.newsletter.sentences import say, some
from pilotage.documents.prose import Block, as_text

MOST_AHEAD = 12
"""Activities of the next quarter that are named; the rest is counted."""
_ITEM = re.compile(r"^(?P<when>[^:]{2,60}):\s+(?P<what>.+)$", re.DOTALL)


def upcoming_page(facts: Facts, texts: Texts, language: str) -> UpcomingPage | None:
    """Activities of the next quarter from the records, then what the editors wrote for other groups."""
    period = facts.next_quarter
    components = {component.number: component_line(component, language) for component in facts.components}
    year = period.end.year if period.end else facts.as_of.year
    first: list[UpcomingItem] = [
        {
            "date": item.day(language, year),
            "title": worded(item.title, language),
            "place": item.where(language),
            "component": components.get(item.component),
        }
        for item in facts.ahead[:MOST_AHEAD]
    ]
    if more := len(facts.ahead) - len(first):
        first.append({"date": "", "title": say("and_more", language, count=more), "place": "", "component": None})
    groups: list[UpcomingGroup] = [
        {
            "name": say("capacity_building", language),
            "items": first,
            "nothing": say("nothing_planned", language),
        }
    ]
    words = texts.get("upcoming")
    if words and words.body:
        _add_written(groups, words, words.body["blocks"])
    if not first and len(groups) == 1:
        return None
    title = quarter_label(period.start, period.end, language)
    chart: Chart | None = None
    if ahead_days(facts):
        told = [f"{item['date']}: {_plain(item['title'])}" for item in first if item["date"]]
        chart = {
            "image": "ahead.svg",
            "title": "",
            "caption": say("ahead_calendar", language),
            "alt": f"{title}. {'; '.join(told)}.",
            "width": "full",
        }
    count = sum(len(group["items"]) for group in groups)
    if first:
        title = say("title_upcoming", language, period=title, count=some(len(facts.ahead), "activities", language))
    return {"title": title, "chart": chart, "groups": groups} if count else None


def _add_written(groups: list[UpcomingGroup], words: SlotWords, blocks: Sequence[Block]) -> None:
    """Sorts a text's headings and lists into groups; lists before any heading join the first group."""
    current = groups[0]
    for block in blocks:
        if block["kind"] == "heading":
            name = words.worded(_text(block))
            known = next((group for group in groups if group["name"] == name), None)
            if known is None:
                known = {"name": name, "items": [], "nothing": ""}
                groups.append(known)
            current = known
        elif block["kind"] == "list":
            current["items"] += [_written_item(words, item) for item in block.get("items", [])]


def _written_item(words: SlotWords, blocks: Sequence[Block]) -> UpcomingItem:
    """“- 14 September, Bishkek: …” as date, place and title."""
    said = " ".join(_text(block) for block in blocks).strip()
    component: Component | None = None
    found = _ITEM.match(said)
    if not found:
        return {"date": "", "title": words.worded(_capital(said)), "place": "", "component": component}
    when, _comma, place = found["when"].partition(", ")
    title = _capital(found["what"].rstrip())
    return {
        "date": words.worded(when),
        "title": words.worded(title),
        "place": words.worded(place),
        "component": component,
    }


def _plain(said: Wording) -> str:
    return said if isinstance(said, str) else said["text"]


def _text(block: Block) -> str:
    return as_text({"language": "", "blocks": [block]})


def _capital(text: str) -> str:
    text = text.rstrip(".;")
    return text[:1].upper() + text[1:]


def upcoming_preface(texts: Texts) -> Wording:
    """The paragraphs of the text on the next quarter that stand outside its lists, for the notes."""
    words = texts.get("upcoming")
    if words is None or words.body is None:
        return ""
    return words.worded(" ".join(_text(block) for block in words.body["blocks"] if block["kind"] == "paragraph"))
