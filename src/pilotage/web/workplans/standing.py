"""How a plan stands: its rates against the version at the start of its year and against the latest, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.models import REGION, WorkPlan
from pilotage.domain.workplans.queries import plan_year_period
from pilotage.figures.asking import Asked
from pilotage.figures.forms.values import said
from pilotage.figures.registry import figure_of
from pilotage.kit.past.moment import current_day
from pilotage.kit.periods import Period
from pilotage.kit.texts import wording
from pilotage.web.templatetags.pilotage import reader_language

PAIRS = (
    ("delivery-against-plan", "delivery-against-latest-plan"),
    ("on-time-rate", "on-time-rate-latest"),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate, against both versions, each with the address of its records."""

    title: str
    at_start: str
    at_start_address: str
    latest: str
    latest_address: str


def rates_of(phase: Phase, plan: WorkPlan, viewer: Viewer) -> list[Rate]:
    """Both rates for the plan's year and scope; none before the year begins."""
    span = plan_year_period(phase, plan.year)
    assert span.start and span.end
    if span.start > current_day():
        return []
    period = Period.between(span.start, span.end).code
    filters: dict[str, tuple[str, ...]] = {"plan_country": (plan.country_id or REGION,)}
    language = reader_language()
    rates = []
    for codes in PAIRS:
        words = []
        for code in codes:
            asked = Asked(figure_of(code), (phase,), period, (), filters)
            table = asked.answer(viewer)
            words += [said(table.total, table, language), asked.records_address()]
        rates.append(Rate(wording(figure_of(codes[0]).title, language), *words))
    return rates
