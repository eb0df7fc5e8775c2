"""The activities of the real facts: what is not stated stays blank."""

from __future__ import annotations

from pilotage.cli.demo.tables import Row, Tables, listed, text
from pilotage.domain.activities.bulk import add_activities
from pilotage.domain.activities.entries import ActivityEntry
from pilotage.domain.activities.models import Series
from pilotage.domain.activities.operations import add_series
from pilotage.domain.activities.rules import TallyRow
from pilotage.domain.activities.words import Confidentiality, Mode, Sex, State
from pilotage.domain.parties.models import Institution, Place
from pilotage.domain.programme.models import Component, Phase
from pilotage.kit.actors import Actor

KEPT_AS_PRINTED = ("note", "date_basis", "scope", "type", "countries", "place")


def load_activities(
    tables: Tables,
    by: Actor,
    phases: dict[str, Phase],
    components: dict[tuple[str, str], Component],
    institutions: dict[str, Institution],
    places: dict[str, Place],
) -> int:
    """Adds every activity and returns how many there were."""
    more = {row["code"]: row for row in tables.rows("activities_more")}
    entries: dict[str, list[ActivityEntry]] = {number: [] for number in phases}
    for row in tables.rows("activities"):
        extra, phase = more[row["code"]], phases[row["phase"]]
        partners = {link.country_id for link in phase.partner_countries.all()}
        entries[row["phase"]].append(
            ActivityEntry(
                values=_values(tables, row, extra)
                | {
                    "component": components.get((row["phase"], row["component"])),
                    "venue": places.get(extra["venue_place"]),
                    "series": _series(by, phase, extra["series_code"], row, extra),
                },
                countries=frozenset(listed(row["countries"])) & partners,
                institutions=_keys(institutions, extra["institutions"]),
                experts=_keys(institutions, extra["experts_organisations"]),
                co_organisers=_keys(institutions, extra["co_organisers"]),
                tally=_tally(row, extra),
            )
        )
    return sum(add_activities(by=by, phase=phases[number], entries=listing) for number, listing in entries.items())


def _values(tables: Tables, row: Row, extra: Row) -> dict[str, object]:
    return {
        "code": row["code"],
        "title": text(row["title"], extra["title_ru"]),
        "type": extra["type"],
        "thematic": extra["thematic"] == "yes",
        "scope": extra["scope"],
        "mode": extra["mode"],
        "venue_country_id": row["country_of_venue"] or None,
        "actual_start": extra["partial_start"],
        "actual_end": extra["partial_end"],
        "date_text": row["date_text"],
        "state": State.IMPLEMENTED,
        "confidentiality": Confidentiality.PUBLIC,
        "by_national_trainers": {"yes": True, "no": False}.get(extra["by_national_trainers"]),
        "agencies_text": text(extra["agencies_as_printed"]),
        "experts_text": text(extra["experts_as_printed"]),
        "outputs_text": text(row["outputs"], extra["outputs_ru"]),
        "sources": tables.sources(row["source_url"], extra["date_source_url"]),
        "as_printed": {name: row[name] for name in KEPT_AS_PRINTED if row[name]},
    }


def _series(by: Actor, phase: Phase, code: str, row: Row, extra: Row) -> Series | None:
    return (
        add_series(by=by, phase=phase, code=code.lower(), title=text(row["title"], extra["title_ru"])) if code else None
    )


def _keys(institutions: dict[str, Institution], cell: str) -> frozenset[int]:
    return frozenset(institutions[name].pk for name in listed(cell))


def _tally(row: Row, extra: Row) -> tuple[TallyRow, ...]:
    """The stated number of participants; the sending country only where there is just one beneficiary country."""
    if not row["participants"]:
        return ()
    countries = listed(row["countries"])
    country = countries[0] if len(countries) == 1 else ""
    mode = extra["mode"] if extra["mode"] in {Mode.ONSITE, Mode.ONLINE} else ""
    women = int(row["participants_female"] or 0)
    rest = int(row["participants"]) - women
    lines = ((women, Sex.WOMAN.value), (rest, Sex.NOT_STATED.value))
    return tuple(TallyRow(count, country=country, sex=sex, mode=mode) for count, sex in lines if count)
