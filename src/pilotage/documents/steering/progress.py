"""The pages of what was done: dashboard, activities by component, participation, one page a component."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pilotage.documents.gathering import Texts, worded
from pilotage.documents.kinds.newsletter.content import (
    Chart,
    Column,
    Component,
    FiguresPage,
    KeyFigure,
    Row,
    Table,
    Wording,
)
from pilotage.documents.kinds.newsletter.slots import component_slot_name
from pilotage.documents.steering.dates import short_span
from pilotage.documents.steering.facts import ComponentFacts, Facts
from pilotage.documents.steering.figures import YEARLY
from pilotage.documents.steering.head import gaps_of
from pilotage.documents.steering.parts import ActivitiesPage, ActivityGroup, ActivityLine, ComponentPage, State
from pilotage.documents.steering.records import ActivityItem
from pilotage.documents.steering.sentences import part_of, say, some
from pilotage.domain.activities.states import HELD
from pilotage.domain.activities.words import State as ActivityState
from pilotage.figures.forms.finding import finding, note_on_women
from pilotage.figures.forms.values import row_total, said, shown
from pilotage.figures.forms.words import in_words
from pilotage.figures.languages import labels_of
from pilotage.figures.table import UNKNOWN, Cell, FigureTable
from pilotage.kit.numbers import HARD, share, written
from pilotage.kit.periods import written_day
from pilotage.kit.texts import wording

MOST_LISTED = 10
"""Activities listed for one component of a country; the rest is counted."""
MOST_IN_REGION = 12
TONES = {
    ActivityState.CANCELLED: "failed", ActivityState.POSTPONED: "late", ActivityState.PLANNED: "late",
    ActivityState.CONFIRMED: "late",
}  # fmt: skip


# Dashboard


def dashboard_page(facts: Facts, texts: Texts, language: str) -> FiguresPage:
    """How things stand: four figures, the phase's time, two charts, the period beside the one before."""
    activities = some(facts.value("activities"), "activities", language)
    people = facts.value("participations")
    title = say(
        "dashboard_title" if people else "dashboard_title_bare", language,
        activities=activities, participations=some(people, "participations", language),
    )  # fmt: skip
    words = texts.get("progress")
    charts: list[Chart] = []
    if facts.phase.start and facts.phase.end_known_on(facts.as_of):
        charts.append(_timeline(facts, language))
    if facts.country is None:
        charts.append(chart_of(facts, "activities_by_country", "countries.svg", language, "full"))
    else:
        charts.append(chart_of(facts, "activities_by_component", "components.svg", language, "half"))
        if people:
            charts.append(chart_of(facts, "participations_by_component", "people.svg", language, "half"))
    return {
        "title": words.worded(words.written.title) if words and words.written.title else title,
        "figures": key_figures(facts, language),
        "text": words.body if words else None,
        "charts": charts,
        "tables": [years_table(facts, language)],
        "gaps": gaps_of(facts, ("activities", "participations", "recommendations"), language),
    }


def key_figures(facts: Facts, language: str) -> list[KeyFigure]:
    """Activities, participations, delivery against plan (or what came in time), adoption: of those known, four."""
    found = [activities_key(facts, language)]
    if facts.value("participations"):
        found.append(participations_key(facts, language))
    for name, label in (("delivery", "delivery_key"), ("on_time", "on_time_key"), ("adoption_rate", "adoption_key")):
        cell = facts.table(name).total
        if name == "on_time" and facts.table("delivery").total.denominator:
            continue
        if cell.value is not None and cell.denominator:
            note = part_of(cell.numerator or 0, cell.denominator, language)
            found.append({"value": facts.shown(name, language), "label": say(label, language), "note": note})
    if len(found) < 4 and facts.value("trainers"):
        found.append({"value": facts.shown("trainers", language), "label": say("trainers_key", language)})
    return found[:4]


def activities_key(facts: Facts, language: str) -> KeyFigure:
    """Activities of the period, and to date."""
    note = ""
    if facts.phase.start:
        note = say(
            "to_date_since", language, count=facts.shown("activities_to_date", language),
            day=written_day(facts.phase.start, language),
        )  # fmt: skip
    return {"value": facts.shown("activities", language), "label": say("activities_key", language), "note": note}


def participations_key(facts: Facts, language: str) -> KeyFigure:
    """Participations of the period with the share of women."""
    by_sex, shares = facts.table("participations_by_component"), facts.table("share_of_women")
    return {
        "value": facts.shown("participations", language),
        "label": say("participations_key", language),
        "note": note_on_women(by_sex, shares, language),
    }


def elapsed_key(facts: Facts, language: str) -> KeyFigure | None:
    """Time elapsed of the phase, in days; None where its dates are not known."""
    start, end = facts.phase.start, facts.phase.end_known_on(facts.as_of)
    if start is None or end is None:
        return None
    days = (end - start).days + 1
    done = min(max((facts.as_of - start).days + 1, 0), days)
    note = f"{written_day(start, language)} – {written_day(end, language)}"
    return {"value": share(done, days, language, 1), "label": say("time_key", language), "note": note}


def _timeline(facts: Facts, language: str) -> Chart:
    key = elapsed_key(facts, language)
    assert key
    return {
        "image": "timeline.svg",
        "title": "",
        "caption": say("timeline", language),
        "alt": f"{key.get('note', '')}: {key['value']} {key['label']}. {wording(facts.windows.year.label, language)}.",
        "width": "full",
    }


def chart_of(facts: Facts, name: str, image: str, language: str, width: str, caption: str = "") -> Chart:
    """A chart of a frozen figure, its title the finding."""
    table = facts.table(name)
    return {
        "image": image,
        "title": finding(table, language),
        "caption": caption or say("records_as_of", language, day=written_day(table.scope.as_of, language)),
        "alt": in_words(table, language),
        "width": width,  # type: ignore[typeddict-item]
    }


def years_table(facts: Facts, language: str) -> Table:
    """The period, the one before, and to date, figure by figure."""
    before = facts.windows.before
    columns = ["", *(["_before"] if before else []), "_to_date"]
    heads = {"": "this_period", "_before": "period_before", "_to_date": "to_date"}
    rows: list[Row] = []
    for name in YEARLY:
        tables = [facts.tables.get(_column(name, ending)) for ending in columns]
        if not any(table and table.total.value for table in tables):
            continue
        title = next(table.title for table in tables if table)
        cells = [shown(table.total, table, language) if table else "–" for table in tables]
        rows.append({"cells": [wording(title, language), *cells]})
    spans = {"year": wording(facts.windows.year.label, language)}
    if before:
        spans["before"] = wording(before.label, language)
    return {
        "title": say("years_title", language) if before else "",
        "columns": [
            {"label": say("figure", language), "numeric": False},
            *(Column(label=say(heads[ending], language), numeric=True) for ending in columns),
        ],
        "rows": rows,
        "total": None,
        "caption": say("periods_are" if before else "period_is", language, **spans),
    }


def _column(name: str, ending: str) -> str:
    return "recommendations" if (name, ending) == ("issued", "_to_date") else f"{name}{ending}"


# Activities


def activities_page(facts: Facts, language: str) -> ActivitiesPage | None:
    """What was done, component by component; what was planned and is not done stands among it with its state."""
    groups = []
    by_component: dict[str, list[ActivityItem]] = defaultdict(list)
    for item in facts.records.activities:
        by_component[item.component].append(item)
    for component in facts.components:
        items = by_component.get(component.number, [])
        if items:
            groups.append(_group(facts, component, items, language))
    if not groups:
        return None
    missed = sum(1 for item in facts.records.activities if not item.held)
    done = some(facts.value("activities"), "activities", language)
    title = say("activities_title_open" if missed else "activities_title", language, done=done, open=missed)
    gaps = gaps_of(facts, ("participations",), language)
    if facts.records.unnamed:
        count = some(facts.records.unnamed, "activities", language)
        gaps.append(say("not_named", language, count=count))
    return {"title": title, "figures": [], "groups": groups, "gaps": gaps}


def _group(facts: Facts, component: ComponentFacts, items: Sequence[ActivityItem], language: str) -> ActivityGroup:
    number = component.number
    activities = facts.table("activities_by_component")
    counts = [said(activities.cell(number), activities, language)]
    counts += _people_of(facts, number, language)
    listed = _most_telling(items, MOST_LISTED)
    rest = len(items) - len(listed)
    return {
        "component": component.line(language),
        "count": ", ".join(counts),
        "activities": [activity_line(item, facts, language) for item in listed],
        "more": say("more_activities", language, count=written(rest, language)) if rest else "",
    }


def _people_of(facts: Facts, number: str, language: str) -> list[str]:
    """Participations of a component and the share of women, as far as they are known."""
    people, women = facts.table("participations_by_component"), facts.table("share_of_women_by_component")
    total = people.row_totals.get(number)
    if total is None or not total.value:
        return []
    found = [said(total, people, language)]
    cell = women.cell(number)
    if cell.value is not None and not cell.suppressed:
        found.append(say("share_of_women_of", language, share=shown(cell, women, language)))
    return found


def _most_telling(items: Sequence[ActivityItem], most: int) -> list[ActivityItem]:
    """At most ``most`` of them, in their order: what is not done first of all, then those with most participants."""
    ranked = sorted(items, key=lambda item: (item.held, -(item.participants or 0), item.code))
    kept = {item.code for item in ranked[:most]}
    return [item for item in items if item.code in kept]


def activity_line(item: ActivityItem, facts: Facts, language: str) -> ActivityLine:
    """One activity in a list."""
    participants = ""
    if item.held:
        participants = say("no_tally", language) if item.participants is None else written(item.participants, language)
        if item.participants and item.women and min(item.women, item.participants - item.women) >= 5:
            said_of = {"all": written(item.participants, language), "women": written(item.women, language)}
            participants = say("participants_women", language, **said_of)
    where = worded(item.place, language) or (say("online", language) if item.online else "")
    return {
        "date": short_span(item.start, item.end, language),
        "title": worded(item.title, language),
        "place": where,
        "participants": participants,
        "state": activity_state(item, language),
    }


def activity_state(item: ActivityItem, language: str) -> State:
    """A state of an activity on the day; what should have been held and was not is late."""
    if item.held:
        state = item.state if item.state in HELD else ActivityState.IMPLEMENTED
        word = wording(labels_of(ActivityState)[state], language).lower()
        return {"word": word, "tone": "done"}
    if item.state in (ActivityState.PLANNED, ActivityState.CONFIRMED):
        return {"word": say("not_held", language), "tone": "late"}
    word = wording(labels_of(ActivityState)[item.state], language).lower()
    return {"word": word, "tone": TONES.get(ActivityState(item.state), "none")}  # type: ignore[typeddict-item]


# Participation


def participation_page(facts: Facts, language: str) -> FiguresPage | None:
    """Who took part, by institution and sex; None where nothing is known of participants."""
    table = facts.table("participations_by_institution")
    rows = [key for key in table.dimensions[0].keys if table.row_totals.get(key.code)]
    if not table.total.value and not any(cell.suppressed for cell in table.row_totals.values()):
        return None
    named = [key for key in rows if key.code != UNKNOWN]
    title = say(
        "participation_title", language, count=some(facts.value("participations"), "participations", language),
        institutions=some(len(named), "institutions", language),
    )  # fmt: skip
    return {
        "title": title if named else finding(table, language),
        "figures": [participations_key(facts, language), *_women_key(facts, language)],
        "text": None,
        "charts": [
            chart_of(
                facts, "participations_by_institution", "institutions.svg", language, "full",
                say("participation_caption", language),
            )
        ],
        "tables": [sex_table(facts, "institution", language)],
        "gaps": gaps_of(facts, ("participations",), language),
    }  # fmt: skip


def _women_key(facts: Facts, language: str) -> Iterable[KeyFigure]:
    cell = facts.table("women").total
    if cell.value is not None and not cell.suppressed:
        yield {"value": facts.shown("women", language), "label": say("women_key", language)}
    if facts.value("institutions"):
        yield {"value": facts.shown("institutions", language), "label": say("institutions_key", language)}


def sex_table(facts: Facts, by: str, language: str) -> Table:
    """Women, men, all and the share of women, by institution or country."""
    table, shares = facts.table(f"participations_by_{by}"), facts.table(f"share_of_women_by_{by}")
    sexes = [code for code in ("woman", "man") if any(key.code == code for key in table.dimensions[1].keys)]

    def cells(row: str | None) -> list[Wording]:
        found: list[Wording] = []
        for sex in sexes:
            cell = table.column_totals.get(sex, Cell(0)) if row is None else table.cell(row, sex)
            found.append(shown(cell, table, language))
        whole = table.total if row is None else row_total_of(table, row)
        part = shares.total if row is None else shares.cell(row)
        return [*found, shown(whole, table, language), shown(part, shares, language)]

    heads = ["women" if sex == "woman" else "men" for sex in sexes]
    total: list[Wording] = [say("all_institutions" if by == "institution" else "all_countries", language), *cells(None)]
    return {
        "title": "",
        "columns": [
            {"label": wording(table.dimensions[0].label, language), "numeric": False, "share": 2.6},
            *(Column(label=say(head, language), numeric=True) for head in (*heads, "all", "share_of_women")),
        ],
        "rows": [
            {"cells": [worded(key.label, language) or "–", *cells(key.code)]}
            for key in table.dimensions[0].keys
            if key.code in table.row_totals
        ],
        "total": {"cells": total},
        "caption": "",
    }


def row_total_of(table: FigureTable, code: str) -> Cell:
    """The total of the row ``code``."""
    key = next(key for key in table.dimensions[0].keys if key.code == code)
    return row_total(key, table)


# Components, in the regional pack


def component_pages(facts: Facts, texts: Texts, language: str) -> list[ComponentPage]:
    """One page for each component of which anything is on record."""
    return [page for component in facts.components if (page := _component_page(facts, component, texts, language))]


def _component_page(facts: Facts, component: ComponentFacts, texts: Texts, language: str) -> ComponentPage | None:
    number = component.number
    activities = facts.table("activities_by_component")
    words = texts.get(component_slot_name(number))
    items = [item for item in facts.records.activities if item.component == number]
    if not activities.cell(number).value and not words and not items:
        return None
    listed = _most_telling(items, MOST_IN_REGION)
    rest = len(items) - len(listed)
    line: Component = component.line(language)
    counts = said(activities.cell(number), activities, language)
    title: Wording = ", ".join([counts, *_people_of(facts, number, language)])
    if words and words.written.title:
        title = words.worded(words.written.title)
    return {
        "component": line,
        "title": title,
        "objective": worded(component.objective, language),
        "figures": list(_component_figures(facts, number, language)),
        "text": words.body if words else None,
        "charts": [_dots(facts, number, language)] if activities.cell(number).value else [],
        "activities": [activity_line(item, facts, language) for item in listed],
        "more": say("more_activities", language, count=written(rest, language)) if rest else "",
        "gaps": [],
    }


def _component_figures(facts: Facts, number: str, language: str) -> Iterable[KeyFigure]:
    activities = facts.table("activities_by_component")
    yield {
        "value": shown(activities.cell(number), activities, language),
        "label": say("activities_key", language),
    }
    people = facts.table("participations_by_component")
    total = people.row_totals.get(number)
    if total is not None and total.value:
        note = ", ".join(_people_of(facts, number, language)[1:])
        yield {"value": shown(total, people, language), "label": say("participations_key", language), "note": note}
    advice = facts.table("recommendations_by_component")
    issued, adopted = advice.row_totals.get(number), advice.cell(number, "adopted")
    if issued is not None and issued.value:
        yield {
            "value": part_of(int(adopted.value or 0), int(issued.value), language),
            "label": say("recommendations_adopted", language),
        }


def _dots(facts: Facts, number: str, language: str) -> Chart:
    table = facts.table("activities_by_country")
    counts = "; ".join(
        f"{wording(key.label, language)}{HARD}–{HARD}{shown(table.cell(key.code, number), table, language)}"
        for key in table.dimensions[0].keys
    )
    return {
        "image": f"dots-{component_slot_name(number)}.svg",
        "title": "",
        "caption": say("records_as_of", language, day=written_day(facts.as_of, language)),
        "alt": f"{wording(table.title, language)}: {counts}.",
        "width": "half",
    }
