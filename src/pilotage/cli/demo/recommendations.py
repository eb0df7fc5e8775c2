"""The recommendations of the real facts: the sources name them and hardly ever say what became of them.

Their state is therefore not known, and is shown so. Which phase a recommendation belongs to follows from its year, or
from the activity that the same source tells of.
"""

from __future__ import annotations

from datetime import date

from pilotage.cli.demo.tables import Row, Tables, listed, text
from pilotage.domain.activities.words import Confidentiality
from pilotage.domain.parties.models import Country, Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.operations import draft_recommendation
from pilotage.domain.recommendations.words import Origin, State
from pilotage.kit.actors import Actor

OUTPUT_OF_ACTIVITY = "named as an output of the activity"


def load_recommendations(
    tables: Tables,
    by: Actor,
    phases: dict[str, Phase],
    countries: dict[str, Country],
    institutions: dict[str, Institution],
) -> dict[int, Recommendation]:
    """Adds every recommendation and returns them by row."""
    russian = {int(row["row"]): row for row in tables.rows("recommendations_ru")}
    told: dict[str, set[str]] = {}
    for activity in tables.rows("activities"):
        told.setdefault(activity["source_url"], set()).add(activity["phase"])
    found = {}
    for number, row in enumerate(tables.rows("recommendations"), start=1):
        extra = russian[number]
        phase = phases[_phase(row, phases, told.get(row["source_url"], set()))]
        named = [institutions[name] for name in listed(extra["institutions"])]
        places = listed(row["country"])
        found[number] = draft_recommendation(
            by=by,
            phase=phase,
            values={
                "text": text(row["subject"], extra["subject_ru"]),
                "origin": Origin.ACTIVITY if row["note"].startswith(OUTPUT_OF_ACTIVITY) else Origin.NOT_STATED,
                "addressee": named[0] if len(named) == 1 else None,
                "addressee_text": text(row["addressee_agency"], extra["addressee_ru"]),
                "country": countries[places[0]] if len(places) == 1 else None,
                "state": State.ISSUED,
                "state_known": False,
                "issued_on": row["year"],
                "confidentiality": Confidentiality.PUBLIC,
                "sources": tables.sources(row["source_url"]),
                "as_printed": _printed(row, extra),
            },
        )
    return found


def _phase(row: Row, phases: dict[str, Phase], told: set[str]) -> str:
    """The phase's number: by the year, else by the activity of the same source, else the latest phase."""
    year = int(row["year"]) if row["year"] else None
    within = {
        number
        for number, phase in phases.items()
        if year and phase.start and phase.end and phase.start <= date(year, 12, 31) and phase.end >= date(year, 1, 1)
    }
    for found in (within & told, within, told):
        if len(found) == 1:
            return found.pop()
    return max(phases, key=int)


def _printed(row: Row, extra: Row) -> dict[str, str]:
    """What the source says of it in its own words."""
    printed = {
        "status": row["status"],
        "status_ru": extra["status_ru"],
        "countries": row["country"] if ";" in row["country"] else "",
        "note": row["note"],
    }
    return {name: words for name, words in printed.items() if words}
