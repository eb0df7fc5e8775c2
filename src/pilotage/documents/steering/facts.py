"""What a pack needs of the records besides texts, read once for all languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from pilotage.documents.gathering import worded
from pilotage.documents.kinds.newsletter.content import Component, Wording
from pilotage.documents.milestones import steering_milestones
from pilotage.documents.models import Edition, Publication
from pilotage.documents.steering.figures import Tables, Windows, compute_tables, windows_of
from pilotage.documents.steering.records import Records, carried_on, decided_before, records_of
from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.domain.steering.models import ActionPoint, AgendaItem, Decision, Meeting, MeetingSession
from pilotage.domain.steering.words import MeetingState
from pilotage.domain.workplans.models import WorkPlan
from pilotage.figures.forms.timeline import Milestone
from pilotage.figures.forms.values import shown
from pilotage.figures.since.changes import Asked, Breakdown, Group, changed_since
from pilotage.figures.table import FigureTable
from pilotage.kit.texts import Text


@dataclass(frozen=True)
class ComponentFacts:
    """A component with its colour."""

    number: str
    name: Text
    objective: Text
    hue: str

    def line(self, language: str) -> Component:
        """As pages show it."""
        name = worded(self.name, language)
        return {"number": self.number, "name": name, "hue": self.hue}  # type: ignore[typeddict-item]


@dataclass(frozen=True)
class Sitting:
    """A session with its items."""

    session: MeetingSession
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True)
class Facts:
    """The records' part of a pack."""

    publication: Publication
    phase: Phase
    meeting: Meeting
    ordinal: int
    """Which meeting of its body it is."""
    country: Country | None
    as_of: date
    cut_off: datetime
    edition: int
    windows: Windows
    countries: dict[str, Text]
    components: tuple[ComponentFacts, ...]
    tables: Tables
    records: Records
    sittings: tuple[Sitting, ...]
    followed: tuple[tuple[ActionPoint, str], ...]
    """The action points that live on, with their states on the day."""
    decided: tuple[Decision, ...]
    """What the last meeting of the body decided, and what earlier ones did and is not settled."""
    changes: tuple[Group, ...]
    """What changed since the last round; empty for the first."""
    plan: WorkPlan | None
    """The plan of the next year, in the version that the meeting speaks of."""
    corrections: tuple[tuple[date, Text], ...]
    milestones: tuple[Milestone, ...]
    """The meetings of the same group, this one among them, for the timeline."""

    def table(self, name: str) -> FigureTable:
        """A frozen figure by its name in the pack."""
        return self.tables[name]

    def value(self, name: str) -> int:
        """The total of a figure that counts; 0 where nothing is known or it is withheld."""
        table = self.tables.get(name)
        return int(table.total.value or 0) if table else 0

    def shown(self, name: str, language: str) -> str:
        """The total as it is printed."""
        return shown(self.tables[name].total, self.tables[name], language) if name in self.tables else "–"

    def component(self, number: str) -> ComponentFacts | None:
        """A component by its number; None for management and coordination."""
        return next((one for one in self.components if one.number == number), None)

    def place(self, language: str) -> Wording:
        """Where the meeting is held; empty where nobody has said."""
        place = self.meeting.place
        return worded(place.name_on(self.meeting.begins_on), language) if place else ""


def facts_of(publication: Publication, cut_off: datetime, correction: Text | None = None) -> Facts:
    """Reads them: all figures and all records that a pack names."""
    meeting = subject_of(publication)
    # With settings, countries and components at hand: every figure asks for them.
    phase = phases_with_everything().get(pk=publication.phase_id)
    country = meeting.body.country if meeting.body else meeting.country
    windows = windows_of(meeting, publication.as_of)
    return Facts(
        publication=publication,
        phase=phase,
        meeting=meeting,
        ordinal=ordinal_of(meeting),
        country=country,
        as_of=publication.as_of,
        cut_off=cut_off,
        edition=publication.editions.count() + 1,
        windows=windows,
        countries=countries_of(phase, publication.as_of),
        components=components_of(phase),
        tables=compute_tables(phase, windows, country),
        records=records_of(phase, windows.year, publication.as_of, country),
        sittings=sittings_of(meeting),
        followed=tuple(carried_on(meeting, publication.as_of)),
        decided=tuple(decided_before(meeting)),
        changes=changes_of(phase, windows, country),
        plan=plan_before(meeting, country, publication.as_of),
        corrections=corrections_of(publication, cut_off, correction),
        milestones=steering_milestones(
            Meeting.objects.filter(phase=phase, body=meeting.body) if meeting.body_id else Meeting.objects.none(),
            publication.as_of,
            regional=country is None,
            coming=meeting,
        ),
    )


def changes_of(phase: Phase, windows: Windows, country: Country | None) -> tuple[Group, ...]:
    """What changed since the last round: by component in a country, by country in the region."""
    since = windows.since
    if since is None or since >= windows.as_of:
        return ()
    by: Breakdown = "component" if country else "country"
    return tuple(changed_since(Asked(phase, since, windows.as_of, viewer=None, country=country, by=by)))


def plan_before(meeting: Meeting, country: Country | None, as_of: date) -> WorkPlan | None:
    """The plan of the year after the meeting's, in the latest version that had been put before the body by then.

    Where none had, the first version: a draft that is still being written.
    """
    day = max(meeting.begins_on or as_of, as_of)
    plans = list(
        WorkPlan.objects.filter(phase=meeting.phase, country=country, year=day.year + 1)
        .order_by("number")
        .prefetch_related("moves", "lines__component", "lines__output", "lines__activity__country_links")
    )
    put = [plan for plan in plans if any(move.effective_on <= day for move in plan.moves.all())]
    return put[-1] if put else plans[0] if plans else None


def subject_of(publication: Publication) -> Meeting:
    """The meeting that a pack or minutes belong to."""
    assert publication.meeting is not None
    return publication.meeting


def ordinal_of(meeting: Meeting) -> int:
    """Which meeting of its body it is, counted from 1; 0 for one without a body or a day."""
    if meeting.body_id is None or meeting.begins_on is None:
        return 0
    before = Meeting.objects.filter(body=meeting.body, begins_on__lt=meeting.begins_on)
    return before.exclude(state=MeetingState.CANCELLED).count() + 1


def countries_of(phase: Phase, day: date) -> dict[str, Text]:
    """The partner countries on a day, by code, in their order."""
    return {
        link.country_id: dict(link.country.name)
        for link in phase.partner_countries.all()
        if (link.valid_from is None or link.valid_from <= day) and (link.valid_until is None or link.valid_until >= day)
    }


def components_of(phase: Phase) -> tuple[ComponentFacts, ...]:
    """The components in their order, with the hues that they have everywhere."""
    return tuple(
        ComponentFacts(
            number=component.number,
            name=dict(component.title),
            objective={code: said[:1].upper() + said[1:] for code, said in component.specific_objective.items()},
            hue=f"c{place}" if place <= 4 else "general",
        )
        for place, component in enumerate(sorted(phase.components.all(), key=lambda one: one.number), 1)
    )


def sittings_of(meeting: Meeting) -> tuple[Sitting, ...]:
    """The sessions with their agendas, in their order."""
    items: Sequence[AgendaItem] = list(meeting.agenda.select_related("session").order_by("position", "id"))
    sessions = meeting.sessions.select_related("institution").prefetch_related("institution__earlier_names")
    return tuple(
        Sitting(session, tuple(item for item in items if item.session_id == session.pk))
        for session in sessions.order_by("position", "id")
    )


def corrections_of(
    publication: Publication, cut_off: datetime, correction: Text | None
) -> tuple[tuple[date, Text], ...]:
    """What earlier editions, and the one that is being made, correct."""
    editions = Edition.objects.filter(publication=publication, number__gt=1).order_by("number")
    found = [(edition.issued_on, dict(edition.correction)) for edition in editions.only("issued_on", "correction")]
    return (*found, *([(local_day(cut_off), correction)] if correction else []))


def local_day(moment: datetime) -> date:
    """The day of a moment in the programme's time zone."""
    return timezone.localdate(moment)
