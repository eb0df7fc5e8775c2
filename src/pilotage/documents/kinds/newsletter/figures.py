"""Which figures an issue freezes: everything that it counts is computed here, once, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pilotage.documents.models import Publication
from pilotage.figures.compute import compute
from pilotage.figures.scopes import TO_DATE
from pilotage.figures.table import Cell, FigureTable


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure of the issue: of its quarter, or from the start of the phase to its last day."""

    figure: str
    dimensions: tuple[str, ...] = ()
    to_date: bool = False


ACTIVITIES, PARTICIPATIONS, SHARE_OF_WOMEN, WOMEN = (
    "activities-implemented",
    "participations",
    "share-of-women",
    "women",
)
ASKED: dict[str, Asked] = {
    "activities": Asked(ACTIVITIES),
    "activities_to_date": Asked(ACTIVITIES, to_date=True),
    "activities_by_country": Asked(ACTIVITIES, ("country", "component")),
    "activities_by_component": Asked(ACTIVITIES, ("component",)),
    "activities_by_component_to_date": Asked(ACTIVITIES, ("component",), to_date=True),
    "activities_by_type": Asked(ACTIVITIES, ("type",)),
    "activities_by_type_to_date": Asked(ACTIVITIES, ("type",), to_date=True),
    "joint": Asked("joint-events"),
    "joint_to_date": Asked("joint-events", to_date=True),
    "national_trainers": Asked("activities-by-national-trainers"),
    "national_trainers_to_date": Asked("activities-by-national-trainers", to_date=True),
    "participations": Asked(PARTICIPATIONS),
    "participations_to_date": Asked(PARTICIPATIONS, to_date=True),
    "participations_by_country": Asked(PARTICIPATIONS, ("country", "sex")),
    "participations_by_component": Asked(PARTICIPATIONS, ("component",)),
    "women_by_component": Asked(WOMEN, ("component",)),
    "women": Asked(WOMEN),
    "share_of_women": Asked(SHARE_OF_WOMEN),
    "share_of_women_by_component": Asked(SHARE_OF_WOMEN, ("component",)),
}
CUMULATIVE = tuple(name for name, asked in ASKED.items() if asked.to_date)
"""Figures that may fall from one issue to the next only with a note (domain handbook, 7)."""

Tables = dict[str, FigureTable]


def compute_tables(publication: Publication) -> Tables:
    """All figures of the issue, as for publication: small numbers of persons withheld."""
    return {
        name: compute(
            asked.figure,
            phases=[publication.phase],
            period=TO_DATE if asked.to_date else publication.covers,
            dimensions=asked.dimensions,
            viewer=None,
            as_of=publication.as_of,
        )
        for name, asked in ASKED.items()
    }


def of_column(table: FigureTable, code: str) -> FigureTable:
    """The column ``code`` of a table of two dimensions, as a table of its own."""
    first, second = table.dimensions
    key = next(key for key in second.keys if key.code == code)
    cells = {keys: cell for keys, cell in table.cells.items() if keys[1] == code}
    total = table.column_totals.get(code, Cell(0))
    return replace(
        table,
        dimensions=(first, replace(second, keys=(key,))),
        cells=cells,
        total=total,
        row_totals={keys[0]: cell for keys, cell in cells.items()},
        column_totals={code: total},
    )
