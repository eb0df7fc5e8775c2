"""What an issue needs of the records besides figures and texts, read once for all languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from pilotage.documents.kinds.newsletter.figures import CUMULATIVE, Tables
from pilotage.documents.kinds.newsletter.listed import Item, ahead_in, held_in_quarter
from pilotage.documents.milestones import steering_milestones
from pilotage.documents.models import Edition, Publication
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import visible_meetings
from pilotage.domain.steering.words import MeetingKind
from pilotage.figures.forms.timeline import Milestone
from pilotage.figures.table import FigureTable
from pilotage.kit.periods import Period
from pilotage.kit.texts import Text

EXPLAINED = {f"figure_fell.{name}" for name in CUMULATIVE}
"""Warnings whose explanations are printed."""


@dataclass(frozen=True)
class ComponentFacts:
    """A component with its colour."""

    number: str
    name: Text
    objective: Text
    lead: Institution | None
    hue: str


@dataclass(frozen=True)
class Facts:
    """The records' part of an issue."""

    phase: Phase
    number: int
    covers: Period
    as_of: date
    cut_off: datetime
    start: date | None
    end: date | None
    """Of the phase, as known on the as-of day."""
    contribution: Decimal | None
    fictional: bool
    countries: dict[str, Text]
    components: tuple[ComponentFacts, ...]
    tables: Tables
    held: tuple[Item, ...]
    next_quarter: Period
    ahead: tuple[Item, ...]
    milestones: tuple[Milestone, ...]
    """The public meetings of the regional group, for the timeline."""
    institutions: dict[str, Institution]
    """By code: those that took part in the quarter."""
    stated: tuple[tuple[str, Text], ...]
    """What the programme itself states for the quarter, as printed, with what it is."""
    explanations: tuple[Text, ...]
    corrections: tuple[tuple[date, Text], ...]
    address: str
    """Where the phase stands on the web; empty where nobody outside could reach it."""

    def table(self, name: str) -> FigureTable:
        """A frozen figure by its name in the issue."""
        return self.tables[name]

    def value(self, name: str) -> int:
        """The total of a figure that counts; 0 where nothing is known or it is withheld."""
        return int(self.tables[name].total.value or 0)


def facts_of(publication: Publication, tables: Tables, cut_off: datetime, correction: Text | None = None) -> Facts:
    """Reads them."""
    phase = publication.phase
    covers = publication.covers
    held = tuple(held_in_quarter(publication))
    codes = {code for item in held for _country, code in item.institutions}
    components = sorted(phase.components.all(), key=lambda component: component.number)
    return Facts(
        phase=phase,
        number=publication.number,
        covers=covers,
        as_of=publication.as_of,
        cut_off=cut_off,
        start=phase.start,
        end=phase.end_known_on(publication.as_of),
        contribution=phase.eu_contribution_on(publication.as_of),
        fictional=phase.programme.fictional,
        countries={
            link.country_id: dict(link.country.name)
            for link in phase.partner_countries.all()
            if (link.valid_from is None or link.valid_from <= publication.as_of)
            and (link.valid_until is None or link.valid_until >= publication.as_of)
        },
        components=tuple(
            ComponentFacts(
                number=component.number,
                name=dict(component.title),
                objective=dict(component.specific_objective),
                lead=component.lead_partner,
                hue=f"c{place}" if place <= 4 else "general",
            )
            for place, component in enumerate(components, 1)
        ),
        tables=tables,
        held=held,
        next_quarter=covers.next_quarter,
        ahead=tuple(ahead_in(publication, covers.next_quarter)),
        milestones=steering_milestones(
            visible_meetings(Viewer.public(), phase).filter(kind=MeetingKind.REGIONAL_STEERING),
            publication.as_of,
            regional=True,
        ),
        institutions={
            institution.code: institution
            for institution in Institution.objects.filter(code__in=codes).prefetch_related("earlier_names")
        },
        stated=tuple(
            (stated.stated, dict(stated.name))
            for stated in phase.stated_totals.filter(period=covers.code, figure_filters={}).order_by("pk")
            # A figure's name is written with dashes in addresses and with underscores in tables.
            if stated.figure.replace("_", "-") == tables["activities"].figure
        ),
        explanations=tuple(
            dict(explanation.reason)
            for explanation in publication.explanations.order_by("code")
            if explanation.code in EXPLAINED
        ),
        corrections=(
            *_corrections(publication),
            *([(local_day(cut_off), correction)] if correction else []),
        ),
        address=_public_address(phase),
    )


def _corrections(publication: Publication) -> tuple[tuple[date, Text], ...]:
    editions = Edition.objects.filter(publication=publication, number__gt=1).order_by("number")
    return tuple((edition.issued_on, dict(edition.correction)) for edition in editions)


def _public_address(phase: Phase) -> str:
    address = str(settings.BASE_URL)
    if any(local in address for local in ("//127.", "//localhost", "//[::1]")):
        return ""
    return f"{address}/{phase.code}/"


def local_day(moment: datetime) -> date:
    """The day of a moment in the programme's time zone."""
    return timezone.localdate(moment)
