"""The meetings of the real facts: what was published of them, and nothing that was not.

Who was in the room, what was decided in which words and whether the minutes were approved is not published: there are no
attendance lists, decisions or minutes here, and nothing may be counted from their absence.
"""

from __future__ import annotations

import re
from datetime import date

from pilotage.cli.demo.tables import Row, Tables, day, listed, text
from pilotage.domain.activities.words import Confidentiality
from pilotage.domain.parties.models import Country, Place
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.steering.models import Meeting, SteeringBody
from pilotage.domain.steering.operations import add_body, add_meeting, mention_recommendation
from pilotage.domain.steering.words import BodyKind, MeetingKind, MeetingState
from pilotage.kit.actors import Actor
from pilotage.kit.partial_dates import bounds
from pilotage.kit.texts import Text

TITLES = {
    "regional_steering": ("Regional Steering Group", "Заседание Региональной руководящей группы"),
    "national_steering": ("National Steering Group", "Заседание Национальной руководящей группы"),
    "donor_coordination": ("Donor coordination meeting", "Встреча по координации доноров"),
    "partner_consultation": ("Consultation with partners", "Консультации с партнёрами"),
    "inception": ("Inception meeting", "Вводная встреча"),
}
BODIES = {MeetingKind.NATIONAL_STEERING: BodyKind.NATIONAL, MeetingKind.REGIONAL_STEERING: BodyKind.REGIONAL}
SOURCE_LIST = re.compile(r"[?&]start=|/news$")
"""Addresses of lists of news: two facts read there need not belong together."""


def load_meetings(
    tables: Tables, by: Actor, phases: dict[str, Phase], countries: dict[str, Country], places: dict[str, Place]
) -> dict[int, Meeting]:
    """Adds every meeting, and the steering groups that the sources name; returns the meetings by row."""
    russian = {int(row["row"]): row for row in tables.rows("meetings_ru")}
    bodies: dict[tuple[int, str, str], SteeringBody] = {}
    found = {}
    for number, row in enumerate(tables.rows("meetings"), start=1):
        extra = russian[number]
        phase = phases[_phase(row, extra, phases)]
        codes, towns = listed(row["country"]), listed(row["place"])
        kind = MeetingKind(row["kind"])
        country = countries[codes[0]] if len(codes) == 1 else None
        found[number] = add_meeting(
            by=by,
            phase=phase,
            values={
                "code": f"{phase.code.upper()}-M{number:02}",
                "kind": kind,
                "body": _body(by, phase, kind, country, bodies),
                "country": country if kind != MeetingKind.REGIONAL_STEERING else None,
                "title": _title(kind, country),
                "starts": extra["partial_start"],
                "ends": extra["partial_end"],
                "date_text": row["date_text"],
                "place": places[towns[0]] if len(towns) == 1 else None,
                "mode": extra["mode"],
                "chair_text": text(row["chair"], extra["chair_ru"]),
                "state": MeetingState.HELD,
                "confidentiality": Confidentiality.PUBLIC,
                "summary": text(row["reviewed_or_decided"], extra["reviewed_or_decided_ru"]),
                "sources": tables.sources(row["source_url"]),
                "as_printed": _printed(row, extra, codes, towns),
            },
        )
    return found


def link_recommendations(
    tables: Tables, by: Actor, meetings: dict[int, Meeting], recommendations: dict[int, Recommendation]
) -> int:
    """Notes which meetings spoke of which recommendations: those that one and the same page tells of together."""
    rows = tables.rows("meetings")
    told: dict[str, list[int]] = {}
    for number, row in enumerate(tables.rows("recommendations"), start=1):
        if not SOURCE_LIST.search(row["source_url"]):
            told.setdefault(row["source_url"], []).append(number)
    links = 0
    for number, row in enumerate(rows, start=1):
        for advice in told.get(row["source_url"], ()):
            if recommendations[advice].phase_id == meetings[number].phase_id:
                mention_recommendation(by=by, meeting=meetings[number], recommendation=recommendations[advice])
                links += 1
    return links


def _phase(row: Row, extra: Row, phases: dict[str, Phase]) -> str:
    """The phase's number: as the source says, else the one that runs on the day."""
    if said := re.search(r"\bphase (\d+)\b", row["reviewed_or_decided"]):
        return said[1]
    held = day(row["start_date"]) or bounds(extra["partial_start"])[0]
    running = [number for number, phase in phases.items() if held and phase.start and _runs(phase, held)]
    return running[0] if len(running) == 1 else max(phases, key=int)


def _runs(phase: Phase, on: date) -> bool:
    return phase.start is not None and phase.end is not None and phase.start <= on <= phase.end


def _body(
    by: Actor,
    phase: Phase,
    kind: MeetingKind,
    country: Country | None,
    bodies: dict[tuple[int, str, str], SteeringBody],
) -> SteeringBody | None:
    """The steering group that met. Its terms of reference are not published: seats are left out."""
    body = BODIES.get(kind)
    if body is None or (body == BodyKind.NATIONAL and country is None):
        return None
    where = country if body == BodyKind.NATIONAL else None
    key = (phase.pk, body.value, where.code if where else "")
    if key not in bodies:
        english, russian = TITLES[kind][0], TITLES[kind][1].replace("Заседание ", "")
        russian = russian.replace("Региональной руководящей группы", "Региональная руководящая группа")
        russian = russian.replace("Национальной руководящей группы", "Национальная руководящая группа")
        bodies[key] = add_body(
            by=by,
            values={"phase": phase, "kind": body, "country": where, "title": _with_country((english, russian), where)},
        )
    return bodies[key]


def _title(kind: MeetingKind, country: Country | None) -> Text:
    return _with_country(TITLES[kind], None if kind == MeetingKind.REGIONAL_STEERING else country)


def _with_country(titles: tuple[str, str], country: Country | None) -> Text:
    if country is None:
        return text(*titles)
    return {
        "en": f"{titles[0]}, {country.name['en']}",
        "ru": f"{titles[1]}, {country.name.get('ru', country.name['en'])}",
    }


def _printed(row: Row, extra: Row, codes: list[str], towns: list[str]) -> dict[str, str]:
    """What the source says where there is no field for it, or several where we keep one."""
    printed = {
        "stated_figures": row["stated_figures"],
        "stated_figures_ru": extra["stated_figures_ru"],
        "countries": row["country"] if len(codes) > 1 else "",
        "place": row["place"] if len(towns) > 1 else "",
        "note": row["note"],
    }
    return {name: words for name, words in printed.items() if words}
