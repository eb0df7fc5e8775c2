"""The pages of the regional pack alone: the countries side by side, and what the national meetings said."""

from __future__ import annotations

from collections.abc import Sequence

from pilotage.documents.gathering import Texts, worded
from pilotage.documents.kinds.newsletter.content import FiguresPage, Row, Table, Wording
from pilotage.documents.steering.facts import Facts
from pilotage.documents.steering.head import day_of
from pilotage.documents.steering.parts import NationalMeeting, State, SynthesisPage
from pilotage.documents.steering.progress import chart_of
from pilotage.documents.steering.sentences import capital, part_of, some
from pilotage.domain.steering.models import Meeting
from pilotage.domain.steering.queries import quorum_of
from pilotage.domain.steering.words import HELD, MeetingKind, MeetingState
from pilotage.figures.forms.values import shown
from pilotage.figures.languages import labels_of
from pilotage.figures.table import FigureTable
from pilotage.kit.texts import Text, wording

TITLES: dict[str, Text] = {
    "comparison": {"en": "{countries} on one scale", "ru": "{countries} в одном масштабе"},
    "synthesis": {"en": "What {meetings} decided and asked for", "ru": "Что решили и о чём просили: {meetings}"},
    "none_held": {"en": "The national meetings of this round", "ru": "Национальные заседания этого цикла"},
    "decided": {"en": "Decided", "ru": "Решили"},
    "asked": {"en": "Asked for", "ru": "Поручили"},
    "members": {"en": "{present} voting members", "ru": "голосующих членов: {present}"},
    "ratio_note": {"en": "“n/a” where there is no data.", "ru": "«н/д» – нет данных."},
}
COMPARED = (
    "activities_by_country", "delivery_by_country", "on_time_by_country", "participations_by_country",
    "share_of_women_by_country", "recommendations_by_country", "response_rate_by_country", "adoption_rate_by_country",
)  # fmt: skip
MOST_SAID = 6
"""Decisions, and requests, quoted of one national meeting."""


def comparison_page(facts: Facts, texts: Texts, language: str) -> FiguresPage | None:
    """The countries on one scale, and their figures side by side; None where there is one country at most."""
    if len(facts.countries) < 2:
        return None
    words = texts.get("comparison")
    title = wording(TITLES["comparison"], language).format(
        countries=capital(some(len(facts.countries), "countries", language))
    )
    charts = [chart_of(facts, "activities_by_country", "comparison.svg", language, "full")]
    if facts.value("participations"):
        charts.append(chart_of(facts, "participations_by_country", "people.svg", language, "full"))
    return {
        "title": words.worded(words.written.title) if words and words.written.title else title,
        "figures": [],
        "text": words.body if words else None,
        "charts": charts,
        "tables": [_table(facts, language)],
        "gaps": [],
    }


def _table(facts: Facts, language: str) -> Table:
    rows: list[Row] = []
    for name in COMPARED:
        table = facts.table(name)
        if table.total.value is None:
            continue
        cells: list[Wording] = [wording(table.title, language)]
        cells += [_value(table, code, language) for code in facts.countries]
        cells.append(shown(table.total, table, language))
        rows.append({"cells": cells})
    heads = [{"label": wording(name, language), "numeric": True} for name in facts.countries.values()]
    region = {"en": "Region", "ru": "Регион"}
    return {
        "title": "",
        "columns": [
            {"label": "", "numeric": False, "share": 1.6},
            *heads,  # type: ignore[list-item]
            {"label": wording(region, language), "numeric": True},
        ],
        "rows": rows,
        "total": None,
        "caption": wording(TITLES["ratio_note"], language),
    }


def _value(table: FigureTable, code: str, language: str) -> str:
    if len(table.dimensions) == 2:
        cell = table.row_totals.get(code)
        return shown(cell, table, language) if cell else shown(table.cell(code, ""), table, language)
    return shown(table.cell(code), table, language)


def synthesis_page(facts: Facts, texts: Texts, language: str) -> SynthesisPage | None:
    """What each national meeting of the round decided and asked for; None where the meeting is in no round."""
    meetings = national_meetings(facts.meeting)
    if not meetings:
        return None
    held = [meeting for meeting in meetings if meeting.state in HELD]
    words = texts.get("synthesis")
    title = wording(TITLES["synthesis" if held else "none_held"], language).format(
        meetings=some(len(held), "meetings", language)
    )
    lead: Wording = words.worded(" ".join(words.written.body.split())) if words and words.body else ""
    return {
        "title": words.worded(words.written.title) if words and words.written.title else title,
        "lead": lead,
        "decisions_label": wording(TITLES["decided"], language),
        "requests_label": wording(TITLES["asked"], language),
        "meetings": [_meeting(meeting, language) for meeting in meetings],
    }


def national_meetings(meeting: Meeting) -> Sequence[Meeting]:
    """The national meetings of the same round, cancelled ones left out, in their order."""
    if meeting.round_id is None:
        return ()
    return list(
        Meeting.objects.filter(round=meeting.round, kind=MeetingKind.NATIONAL_STEERING)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("body", "country", "place")
        .prefetch_related("decisions", "action_points", "presences", "place__earlier_names")
        .order_by("begins_on", "code")
    )


def _meeting(meeting: Meeting, language: str) -> NationalMeeting:
    held = meeting.state in HELD
    place = wording(meeting.place.name_on(meeting.begins_on), language) if meeting.place else ""
    about = ", ".join(filter(None, (day_of(meeting, language), place)))
    if held and meeting.body_id:
        quorum = quorum_of(meeting)
        if quorum.present:
            present = part_of(quorum.present, quorum.voting, language)
            about += f"; {wording(TITLES['members'], language).format(present=present)}"
    label = labels_of(MeetingState)[meeting.state]
    state: State = {"word": wording(label, language).lower(), "tone": "done" if held else "open"}
    return {
        "country": worded(meeting.country.name, language) if meeting.country else worded(meeting.title, language),
        "meeting": about,
        "state": state,
        "decisions": _first([worded(one.text, language) for one in meeting.decisions.all()], language),
        "requests": _first([worded(one.text, language) for one in meeting.action_points.all()], language),
    }


def _first(said: list[Wording], language: str) -> list[Wording]:
    rest = len(said) - MOST_SAID
    more = {"en": f"and {rest} more", "ru": f"и ещё {rest}"}
    return [*said[:MOST_SAID], *([wording(more, language)] if rest > 0 else [])]
