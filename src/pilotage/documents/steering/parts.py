"""Parts that frozen steering documents are made of, in one language: everything worded and rounded, as plain JSON.

As in the newsletter, templates read only this and compute nothing: numbers and dates are wording. A page that is None
is left out, and those after it move up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NotRequired, TypedDict

from pilotage.documents.kinds.newsletter.content import (
    Chart,
    Component,
    Fact,
    FiguresPage,
    Funding,
    KeyFigure,
    Programme,
    Wording,
)
from pilotage.documents.prose import Passage

Tone = Literal["done", "ahead", "open", "silent", "late", "failed", "none"]
"""How a state is marked beside its word: filled, half, empty, hatched (no answer), with a bar, with a
cross; ``none`` has no mark."""


class State(TypedDict):
    """A state in words, and the mark that stands beside them."""

    word: Wording
    tone: Tone


class Identity(TypedDict):
    """Which document this is."""

    document: Wording
    """"Steering pack", "Minutes", "Annual work plan"."""
    subject: Wording
    """Set large: "National Steering Group of Kazakhstan"."""
    label: Wording
    """"Third meeting", "Version 2, in force"."""
    date: Wording
    place: Wording
    """May be empty."""
    as_of: Wording
    """"Figures as of 30 September 2026"."""
    confidentiality: Wording
    """"For members of the steering group"; empty for public."""
    year: int
    month: int
    day: int
    """Day of issue: the only date in the file's own properties."""


class Seal(TypedDict):
    """What the foot of the last page proves: which data, which edition, which bytes."""

    cut_off: Wording
    """"Data cut-off 10 October 2026"."""
    edition: Wording
    hash: str
    """SHA-256 of the content (sealing.sealed); empty for a draft."""


class SteeringWords(TypedDict):
    """The templates' own wording, frozen with the rest so that an old document never changes."""

    contents: str
    page: str
    of_pages: str
    agenda: str
    number: str
    time: str
    item: str
    speaker: str
    changes: str
    follow_up: str
    decisions: str
    decision: str
    actions: str
    action: str
    owner: str
    due: str
    state: str
    dashboard: str
    comparison: str
    activities: str
    activity: str
    date: str
    place: str
    participants: str
    participation: str
    recommendations: str
    recommendation: str
    issued: str
    needs: str
    grants: str
    risks: str
    risk: str
    mitigation: str
    level: str
    plan: str
    output: str
    cost: str
    logframe: str
    budget: str
    component: str
    objective: str
    synthesis: str
    reconciliation: str
    decisions_sought: str
    background: str
    annex: str
    consultation: str
    topics: str
    room_for_notes: str
    figure: str
    regional_only: str
    counted_twice: str
    regional: str
    notes: str
    disclaimer: str
    emblem_alt: str
    # Minutes
    minutes: str
    attendance: str
    institution: str
    name: str
    role: str
    quorum: str
    proceedings: str
    bilateral: str
    signatures: str
    signature_and_date: str
    annexes: str
    # Work plan
    approval: str
    context: str
    calendar: str
    by_component: str
    plan_changes: str
    what_changed: str
    before: str
    after: str
    reason: str
    step: str
    by_whom: str
    type: str
    countries: str
    period: str
    month_only: str
    quarter_only: str


class AgendaEntry(TypedDict):
    """One item. ``page`` names the page of the pack that belongs to it ("dashboard"), or is empty."""

    number: str
    time: Wording
    title: Wording
    speaker: Wording
    page: str


class AgendaSession(TypedDict):
    name: Wording
    """"Joint session, 10:00–12:30"."""
    entries: list[AgendaEntry]


class AgendaPage(TypedDict):
    title: Wording
    sessions: list[AgendaSession]
    papers: Wording
    """"Papers sent on 3 November 2026, 11 working days before the meeting"; may be empty."""


class ChangeSentence(TypedDict):
    """One thing that changed, in plain words; ``link`` leads to its records, or is empty."""

    kind: Literal["added", "done", "moved", "answered", "adopted", "behind"]
    text: Wording
    link: str


class ChangeGroup(TypedDict):
    """A component, or a country."""

    component: Component | None
    name: Wording
    sentences: list[ChangeSentence]


class ChangesPage(TypedDict):
    title: Wording
    lead: Wording
    """"Between 12 November 2025 and 30 September 2026"."""
    kinds: dict[str, Wording]
    """The word for each kind of change that occurs: {"added": "New", "behind": "Behind"}."""
    groups: list[ChangeGroup]


class FollowUpItem(TypedDict):
    """A decision or an action point of an earlier meeting, and what became of it."""

    number: str
    text: Wording
    owner: Wording
    due: Wording
    state: State
    note: Wording


class FollowUpPage(TypedDict):
    title: Wording
    figures: list[KeyFigure]
    decisions: list[FollowUpItem]
    actions: list[FollowUpItem]
    gaps: list[Wording]


class ActivityLine(TypedDict):
    date: Wording
    title: Wording
    place: Wording
    participants: Wording
    """"24, of them 9 women"; empty where there is no tally."""
    state: State | None


class ActivityGroup(TypedDict):
    component: Component
    count: Wording
    """"9 activities, 214 participations, 31 % women"."""
    activities: list[ActivityLine]
    more: Wording


class ActivitiesPage(TypedDict):
    title: Wording
    figures: list[KeyFigure]
    groups: list[ActivityGroup]
    gaps: list[Wording]


class RecommendationLine(TypedDict):
    code: str
    text: Wording
    issued: Wording
    due: Wording
    state: State
    note: Wording
    """The answer, the order that adopted it, or why it waits; may be empty."""


class AddresseeGroup(TypedDict):
    """One agency, or one country."""

    name: Wording
    count: Wording
    """"12 issued, 9 answered, 5 adopted"."""
    recommendations: list[RecommendationLine]
    more: NotRequired[Wording]
    """"and 12 more in the register", where the list is cut."""


class RecommendationsPage(TypedDict):
    title: Wording
    figures: list[KeyFigure]
    chart: Chart | None
    """Squares, 174 mm."""
    groups: list[AddresseeGroup]
    gaps: list[Wording]


class RiskLine(TypedDict):
    text: Wording
    category: Wording
    level: State
    """"high × likely"."""
    mitigation: Wording
    owner: Wording


class RisksPage(TypedDict):
    title: Wording
    risks: list[RiskLine]


class PlanMark(TypedDict):
    """Where a line stands in the year: months 1 to 12, both included."""

    first: int
    last: int
    text: Wording
    """Days within the month ("12–14"); empty where only the months are known."""
    exact: bool
    """False where only the month or quarter is known: the mark is drawn pale."""


class PlanLine(TypedDict):
    code: str
    title: Wording
    type: Wording
    output: Wording
    countries: Wording
    period: Wording
    cost: Wording
    marks: list[PlanMark]
    note: Wording


class PlanGroup(TypedDict):
    """The lines of one component, or of management, procurement, communication (``component`` None)."""

    component: Component | None
    name: Wording
    count: Wording
    """"9 activities, EUR 210 000"."""
    lines: list[PlanLine]


class PlanPage(TypedDict):
    title: Wording
    figures: list[KeyFigure]
    text: Passage | None
    months: list[Wording]
    """Twelve short names, in the order of the plan year."""
    groups: list[PlanGroup]
    note: Wording
    """How to read the calendar: filled is a known date, pale a month or quarter."""


class DecisionSought(TypedDict):
    number: str
    text: Wording
    background: Wording
    page: str
    """The page of the pack that it rests on, or empty."""


class DecisionsPage(TypedDict):
    title: Wording
    decisions: list[DecisionSought]


class ConsultationSheet(TypedDict):
    """The sheet of one bilateral consultation: one institution's record with the programme."""

    institution: Wording
    session: Wording
    """"18 November 2026, 14:00; with the deputy chairman"."""
    figures: list[KeyFigure]
    facts: list[Fact]
    activities: list[ActivityLine]
    recommendations: list[RecommendationLine]
    topics: list[Wording]
    """What to talk about."""


class ComponentPage(TypedDict):
    component: Component
    title: Wording
    objective: Wording
    figures: list[KeyFigure]
    text: Passage | None
    charts: list[Chart]
    activities: list[ActivityLine]
    more: Wording
    gaps: list[Wording]


class NationalMeeting(TypedDict):
    """What one national meeting said, for the regional one."""

    country: Wording
    meeting: Wording
    """"18 November 2026, Astana; 14 members of 17"."""
    state: State
    decisions: list[Wording]
    requests: list[Wording]


class SynthesisPage(TypedDict):
    title: Wording
    lead: Wording
    decisions_label: Wording
    requests_label: Wording
    meetings: list[NationalMeeting]


class ReconciliationRow(TypedDict):
    """One figure: what the national packs say, what only the region has, what counts in several countries."""

    figure: Wording
    national: list[str]
    regional_only: str
    counted_twice: str
    regional: str
    state: State
    note: Wording


class ReconciliationPage(TypedDict):
    title: Wording
    lead: Wording
    countries: list[Wording]
    rows: list[ReconciliationRow]
    notes: list[Wording]


class SteeringDocument(TypedDict):
    """What every steering document begins and ends with."""

    title: str
    keywords: list[str]
    words: SteeringWords
    programme: Programme
    identity: Identity
    funding: Funding
    fictional: str | None
    seal: Seal
    notes: list[Wording]
    """How figures are counted, corrections."""
    disclaimer: Wording
    cover: NotRequired[CoverPicture | None]
    """On the cover of a pack: the region, the country of the pack filled."""


class CoverPicture(TypedDict):
    """A picture without a title or a caption."""

    image: str
    alt: str


def charts_of(page: FiguresPage | ComponentPage | None) -> list[Chart]:
    """The charts of a page that may be missing."""
    return page["charts"] if page else []


def images_in(content: Mapping[str, Any]) -> set[str]:
    """Every picture that the content names, wherever it stands, so that a gatherer can prove that it drew them all."""
    return set(_images(content)) - {""}


def _images(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("image"), str):
            yield value["image"]
        for child in value.values():
            yield from _images(child)
    elif isinstance(value, list):
        for child in value:
            yield from _images(child)
