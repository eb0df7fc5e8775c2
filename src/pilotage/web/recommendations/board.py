"""The board: one row an agency, one square a recommendation, oldest first. The eye sees who has not answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from pilotage.domain.parties.models import Country, Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.words import ANSWERED, AWAITING_ANSWER, NOT_COUNTED, State
from pilotage.kit.texts import Text, wording

BOARD_STATES = tuple(state for state in State if state not in {State.DRAFT, State.WITHDRAWN, State.SUPERSEDED})


@dataclass(slots=True)
class Square:
    """One recommendation."""

    record: Recommendation
    late: bool

    @property
    def state(self) -> str:
        """The state that its look shows."""
        return str(self.record.state) if self.record.state_known else "unknown"


@dataclass(slots=True)
class Row:
    """One agency."""

    agency: Institution | None
    name: Text
    squares: list[Square] = field(default_factory=list)

    @property
    def unanswered(self) -> int:
        """How many wait for an answer."""
        return sum(one.record.state_known and one.record.state in AWAITING_ANSWER for one in self.squares)

    @property
    def answered(self) -> int:
        """How many are answered, whatever the answer."""
        return sum(one.record.state_known and one.record.state in ANSWERED for one in self.squares)

    @property
    def late(self) -> int:
        """How many are overdue or not answered in time."""
        return sum(one.late for one in self.squares)


@dataclass(slots=True)
class CountryRows:
    """The agencies of one country."""

    country: Country | None
    rows: list[Row]


def board_of(phase: Phase, recommendations: QuerySet, today: date, language: str) -> list[CountryRows]:
    """The board of what the viewer sees: countries in the phase's order, agencies by name, squares oldest first."""
    shown = recommendations.exclude(state__in=NOT_COUNTED).select_related("addressee__country", "country")
    rows: dict[tuple[str, str], Row] = {}
    for one in shown.in_order():  # type: ignore[attr-defined]
        name = one.addressee.name if one.addressee else one.addressee_text
        key = (one.country_id or "", f"#{one.addressee_id}" if one.addressee_id else wording(name, "en"))
        row = rows.setdefault(key, Row(one.addressee, name))
        late = one.state_known and (one.is_overdue_on(today) or one.is_answer_late_on(today))
        row.squares.append(Square(one, late))
    order = {link.country_id: place for place, link in enumerate(phase.partner_countries.all())}
    by_country: dict[str, list[Row]] = {}
    for (country, _name), row in rows.items():
        by_country.setdefault(country, []).append(row)
    countries = sorted(by_country, key=lambda code: (order.get(code, 99), code == "", code))
    return [
        CountryRows(_country_of(by_country[code]), sorted(by_country[code], key=lambda row: _by_name(row, language)))
        for code in countries
    ]


def _country_of(rows: Iterable[Row]) -> Country | None:
    return next((square.record.country for row in rows for square in row.squares), None)


def _by_name(row: Row, language: str) -> tuple[bool, str]:
    return (row.agency is None, wording(row.name, language).casefold())
