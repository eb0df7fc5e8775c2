"""The inner pages of an issue in one language: progress, procurement and grants, highlights, what comes next, story."""

from __future__ import annotations

import re

from pilotage.documents.gathering import SlotWords, Texts, worded
from pilotage.documents.kinds.newsletter.content import (
    Chart,
    Column,
    DeliveryPage,
    FiguresPage,
    Highlight,
    KeyFigure,
    Row,
    Story,
    Table,
    Wording,
)
from pilotage.documents.kinds.newsletter.facts import ComponentFacts, Facts
from pilotage.documents.kinds.newsletter.figures import of_column
from pilotage.documents.kinds.newsletter.front import (
    component_line,
    stated_otherwise,
    timeline_words,
)
from pilotage.documents.kinds.newsletter.listed import address_of, venues
from pilotage.documents.kinds.newsletter.sentences import noun, say, some
from pilotage.documents.kinds.newsletter.slots import component_slot_name
from pilotage.documents.prose import Passage
from pilotage.figures.forms.finding import finding
from pilotage.figures.forms.values import name, row_total, shown
from pilotage.figures.forms.words import in_words
from pilotage.figures.table import UNKNOWN, FigureTable
from pilotage.kit.periods import written_day
from pilotage.kit.texts import wording

LONGEST_LIST = 12
"""Activities listed for one component; the rest is counted."""
MOST_FIGURES = 4
_MONEY = re.compile(r"^(?P<before>[A-Z]{3})?\s*(?P<amount>\d[\d\s.,]*?)\s*(?P<after>евро|[A-Z]{3})?$")


# Progress


def progress_page(facts: Facts, language: str) -> FiguresPage:
    """Time, activities by country, component and type, participants."""
    quarter = some(facts.value("activities"), "activities", language)
    to_date = shown(facts.table("activities_to_date").total, facts.table("activities_to_date"), language)
    title = "title_progress_recorded" if stated_otherwise(facts) else "title_progress"
    charts = [timeline_chart(facts, language)] if facts.start and facts.end else []
    charts.append(_chart(facts, "activities_by_country", "dots.svg", language, "half"))
    with_people = bool(facts.table("participations_by_country").total.value)
    if with_people:
        charts.append(_chart(facts, "participations_by_country", "people.svg", language, "half"))
    if venues(facts.held):
        charts.append(map_chart(facts, language))
        if with_people:
            charts.append(_chart(facts, "activities_by_type", "types.svg", language, "half"))
    tables = [component_table(facts, language)]
    if not any(chart["image"] == "types.svg" for chart in charts):
        tables.append(type_table(facts, language))
    return {
        "title": say(title, language, quarter=quarter, to_date=to_date),
        "figures": [],
        "text": None,
        "charts": charts,
        "tables": [table for table in tables if table["rows"]],
        "gaps": gaps(facts, language),
    }


def timeline_chart(facts: Facts, language: str) -> Chart:
    """The phase with the quarter framed."""
    return {
        "image": "timeline.svg",
        "title": "",
        "caption": say("timeline", language),
        "alt": timeline_words(facts, language),
        "width": "full",
    }


def map_chart(facts: Facts, language: str) -> Chart:
    """The places of the quarter."""
    places = "; ".join(f"{wording(name, language)} {count}" for name, _point, count in venues(facts.held))
    return {
        "image": "map.svg",
        "title": say("places", language),
        "caption": say("map_caption", language),
        "alt": f"{say('places', language)}: {places}.",
        "width": "half",
    }


def _chart(facts: Facts, name: str, image: str, language: str, width: str) -> Chart:
    table = facts.table(name)
    return {
        "image": image,
        "title": _finding(table, language),
        "caption": "",
        "alt": in_words(table, language),
        "width": width,  # type: ignore[typeddict-item]
    }


def _finding(table: FigureTable, language: str) -> str:
    """What the chart shows: who or what stands out, or else the most that is true of all."""
    title = finding(table, language)
    if title != wording(table.title, language) or table.unit != "activities" or table.total.suppressed:
        return title
    first, flat = table.dimensions[0], len(table.dimensions) == 1
    cells = [(key, table.cell(key.code) if flat else row_total(key, table)) for key in first.keys]
    counts = [(name(key, language), int(cell.value or 0)) for key, cell in cells if key.code != UNKNOWN]
    ranked = sorted(counts, key=lambda found: -found[1])
    if len(ranked) < 2 or not ranked[0][1]:
        return title
    most, least = ranked[0][1], ranked[-1][1]
    leaders = [label for label, count in ranked if count == most]
    if first.code == "type":
        said = {"type": leaders[0].lower(), "count": most, "total": shown(table.total, table, language)}
        return say("most_often", language, **said) if len(leaders) == 1 else say("by_type", language)
    if len(leaders) == 1:
        return say("most_in_one", language, country=leaders[0], count=most)
    if len(leaders) == 2:
        return say("most_in_two", language, first=leaders[0], second=leaders[1], count=most)
    return say("from_to" if least < most else "each_country", language, least=least, most=most)


def _caption(table: FigureTable, language: str) -> str:
    return say("records_as_of", language, day=written_day(table.scope.as_of, language))


def component_table(facts: Facts, language: str) -> Table:
    """Each component: quarter, to date, participations, women, share, as far as participants are known at all."""
    quarter, to_date = facts.table("activities_by_component"), facts.table("activities_by_component_to_date")
    people, women = facts.table("participations_by_component"), facts.table("women_by_component")
    shares = facts.table("share_of_women_by_component")
    with_people = bool(people.total.value)
    columns = [quarter, to_date, *([people, women, shares] if with_people else [])]
    hues = {component.number: component for component in facts.components}
    keys = {key.code: key for table in (to_date, quarter) for key in table.dimensions[0].keys}
    rows: list[Row] = []
    for code, key in sorted(keys.items(), key=lambda found: (found[0] not in hues, found[0])):
        cells: list[Wording] = [worded(hues[code].name if code in hues else key.label, language)]
        cells += [shown(table.cell(code), table, language) for table in columns]
        component = component_line(hues[code], language) if code in hues else None
        rows.append({"cells": cells, "component": component})
    totals: list[Wording] = [shown(table.total, table, language) for table in columns]
    labels = ("quarter", "to_date", "participations", "women", "share")[: len(columns)]
    return {
        "title": "",
        "columns": [
            {"label": say("component", language), "numeric": False},
            *(Column(label=say(label, language), numeric=True) for label in labels),
        ],
        "rows": rows,
        "total": {"cells": [say("all_components", language), *totals]},
        "caption": _caption(quarter, language),
    }


def type_table(facts: Facts, language: str) -> Table:
    """Each type of activity that was held in the quarter; the others are named with their number to date."""
    quarter, to_date = facts.table("activities_by_type"), facts.table("activities_by_type_to_date")
    rows: list[Row] = [
        {
            "cells": [
                worded(key.label, language),
                *(shown(table.cell(key.code), table, language) for table in (quarter, to_date)),
            ]
        }
        for key in to_date.dimensions[0].keys
        if quarter.cell(key.code).value
    ]
    totals = [shown(table.total, table, language) for table in (quarter, to_date)]
    others = [
        f"{wording(key.label, language).lower()} {shown(to_date.cell(key.code), to_date, language)}"
        for key in to_date.dimensions[0].keys
        if to_date.cell(key.code).value and not quarter.cell(key.code).value
    ]
    return {
        "title": say("by_type", language),
        "columns": [
            {"label": say("type", language), "numeric": False},
            {"label": say("quarter", language), "numeric": True},
            {"label": say("to_date", language), "numeric": True},
        ],
        "rows": rows,
        "total": {"cells": [say("all_types", language), *totals]},
        "caption": say("types_before", language, types=", ".join(others)) if others else "",
    }


def gaps(facts: Facts, language: str) -> list[Wording]:
    """What could not be counted, each said once."""
    names = ("activities", "participations")
    found = [wording(gap.sentence, language) for name in names for gap in facts.table(name).gaps if gap.count]
    hidden = facts.value("activities") - len(facts.held)
    if hidden > 0:
        found.append(say("not_published", language, count=hidden))
    return list(dict.fromkeys(found))


# Procurement and grants


def delivery_page(texts: Texts) -> DeliveryPage | None:
    """The editors' texts, until there are records; None where neither is written."""
    procurement, grants = _text_page(texts.get("procurement")), _text_page(texts.get("grants"))
    if procurement is None and grants is None:
        return None
    return {"procurement": procurement, "grants": grants, "cards": []}


def _text_page(words: SlotWords | None) -> FiguresPage | None:
    if words is None or words.body is None:
        return None
    figures, text = take_figures(words)
    return {
        "title": words.worded(words.written.title),
        "figures": figures,
        "text": text,
        "charts": [],
        "tables": [],
        "gaps": [],
    }


def take_figures(words: SlotWords) -> tuple[list[KeyFigure], Passage | None]:
    """A text that begins with a list of up to four lines, each a number in **…**, gives key figures; and the rest."""
    body = words.body
    if body is None or not body["blocks"] or body["blocks"][0]["kind"] != "list":
        return [], body
    first, rest = body["blocks"][0], body["blocks"][1:]
    figures: list[KeyFigure] = []
    for item in first.get("items", []):
        runs = item[0].get("runs", []) if len(item) == 1 else []
        if len(runs) < 2 or not runs[0].get("strong"):
            return [], body
        label = "".join(run["text"] for run in runs[1:]).strip(" –—-")
        figure = KeyFigure(value=runs[0]["text"], label=words.worded(label))
        money = _MONEY.match(figure["value"])
        if money and (unit := money["before"] or money["after"]):
            figure["value"], figure["unit"] = money["amount"].strip(), unit
        figures.append(figure)
    if not 0 < len(figures) <= MOST_FIGURES:
        return [], body
    return figures, {**body, "blocks": rest} if rest else None


# Highlights


def highlights(facts: Facts, texts: Texts, language: str) -> list[Highlight]:
    """A component each: text, count, dots by country, list. One without any of them is left out."""
    found = [_highlight(facts, texts, component, language) for component in facts.components]
    return [highlight for highlight in found if highlight["text"] or highlight["activities"]]


def _highlight(facts: Facts, texts: Texts, component: ComponentFacts, language: str) -> Highlight:
    table = facts.table("activities_by_component")
    cell = table.cell(component.number)
    words = texts.get(component_slot_name(component.number))
    items = [item for item in facts.held if item.component == component.number]
    year = facts.as_of.year
    by_country = facts.table("activities_by_country")
    chart: Chart | None = None
    if items and component.number in {key.code for key in by_country.dimensions[1].keys}:
        column = of_column(by_country, component.number)
        chart = {
            "image": f"dots-{component_slot_name(component.number)}.svg",
            "title": "",
            "caption": say("one_dot", language),
            "alt": "; ".join(
                f"{wording(key.label, language)} {shown(row_total(key, column), column, language)}"
                for key in column.dimensions[0].keys
            ),
            "width": "half",
        }
    more = int(cell.value or 0) - len(items[:LONGEST_LIST])
    return {
        "component": component_line(component, language),
        "title": _highlight_title(words, component, language),
        "count": {
            "value": shown(cell, table, language),
            "label": f"{noun(int(cell.value or 0), 'activities', language)} {say('activities_in_quarter', language)}",
        },
        "text": words.body if words else None,
        "chart": chart,
        "activities": [
            {
                "date": item.day(language, year),
                "title": worded(item.title, language),
                "place": item.where(language),
                "address": address_of(facts.phase, item),
            }
            for item in items[:LONGEST_LIST]
        ],
        "more": say("and_more", language, count=more) if more > 0 else "",
    }


def _highlight_title(words: SlotWords | None, component: ComponentFacts, language: str) -> Wording:
    """The finding that the editor wrote, unless it only repeats the component's name."""
    if words and words.written.title:
        return words.worded(words.written.title)
    return worded(component.name, language)


# Story


def story(texts: Texts) -> Story | None:
    """The featured story."""
    words = texts.get("featured-story")
    if words is None:
        return None
    figures, text = take_figures(words)
    if text is None:
        return None
    return {
        "title": words.worded(words.written.title),
        "lead": words.worded(words.written.lead),
        "text": text,
        "photo": texts.photos.get("featured-story"),
        "pull": words.worded(words.written.pull),
        "figure": next(iter(figures), None),
        "component": None,
    }
