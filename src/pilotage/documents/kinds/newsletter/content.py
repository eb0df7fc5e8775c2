"""What a frozen newsletter holds, in one language: everything its pages print, worded and rounded, as plain JSON.

The template reads only this and computes nothing. Numbers and dates are therefore wording here ("21 650 050",
"30 June 2023"). A page whose slot is None or empty is left out, and the pages after it move up.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from pilotage.documents.prose import Passage


class Fallback(TypedDict):
    """Short wording that exists only in another language than the document's, and says so (``lang`` in the PDF)."""

    text: str
    language: str


Wording = str | Fallback
"""Short text: a plain string is in the document's language."""


class Component(TypedDict):
    """One thematic component. Its hue is never shown without its number."""

    number: str
    name: Wording
    hue: Literal["c1", "c2", "c3", "c4", "general"]


class KeyFigure(TypedDict):
    """A number set large. ``note`` holds what it could not count, or how it is counted."""

    value: str
    label: Wording
    unit: NotRequired[str]
    note: NotRequired[Wording]


class Chart(TypedDict):
    """A picture drawn from a figure. ``image`` names the SVG handed over with the content."""

    image: str
    title: Wording
    """The finding, not the axis; empty where the page's own title says it."""
    caption: Wording
    """Source, as-of date and counting rule."""
    alt: str
    """The same data in words. Never empty."""
    width: Literal["full", "half"]
    """Two half charts in a row stand side by side, 83 mm each; a full one has 174 mm, one beside a highlight 55 mm."""


class Column(TypedDict):
    """One column of a table; ``share`` weighs the columns of text against one another."""

    label: Wording
    numeric: bool
    share: NotRequired[float]


class Row(TypedDict):
    """One row; its first cell is its header."""

    cells: list[Wording]
    component: NotRequired[Component | None]


class Table(TypedDict):
    """A figure as a table. Counts above ten rows belong in an annex, not here."""

    title: Wording
    columns: list[Column]
    rows: list[Row]
    total: Row | None
    caption: Wording


class Photo(TypedDict):
    """A picture published with the consent of those on it."""

    image: str
    alt: str
    caption: Wording


class Foreword(TypedDict):
    """A signed foreword, or, with ``name`` None, the unsigned "About this issue"."""

    heading: Wording
    """"From the Delegation", "About this issue"; empty where there is only one and the page's title says it."""
    text: Passage
    name: Wording | None
    role: Wording | None
    portrait: Photo | None


class ForewordPage(TypedDict):
    title: Wording
    pull: Wording
    """One sentence out of the forewords, set large; may be empty."""
    forewords: list[Foreword]


class Fact(TypedDict):
    label: Wording
    value: Wording


class ComponentEntry(TypedDict):
    component: Component
    objective: Wording
    lead: Wording


class ProgrammePage(TypedDict):
    title: Wording
    objective: Wording
    figures: list[KeyFigure]
    """One to three: budget, duration."""
    facts: list[Fact]
    text: Passage | None
    components: list[ComponentEntry]


class FiguresPage(TypedDict):
    """A page that figures carry: progress, procurement, grants."""

    title: Wording
    figures: list[KeyFigure]
    """Up to four."""
    text: Passage | None
    charts: list[Chart]
    tables: list[Table]
    gaps: list[Wording]
    """What could not be counted: "80 activities have no known date"."""


class GrantCard(TypedDict):
    """One grant: where, what, and how far its time has run."""

    place: Wording
    title: Wording
    grantee: Wording
    period: Wording
    elapsed: int
    """Per cent of its time, 0 to 100, by the as-of date."""


class DeliveryPage(TypedDict):
    """Procurement and grants. Either part may be None; where both are, the page is left out."""

    procurement: FiguresPage | None
    grants: FiguresPage | None
    cards: list[GrantCard]


class ListedActivity(TypedDict):
    date: Wording
    """"12–14 June", or "date not known"."""
    title: Wording
    place: Wording
    address: NotRequired[str]
    """Its page on the site, which only the web edition leads to."""


class Highlight(TypedDict):
    """One component in the quarter."""

    component: Component
    title: Wording
    """The finding."""
    count: KeyFigure | None
    text: Passage | None
    chart: Chart | None
    """Dots: one is one activity, in rows by country."""
    activities: list[ListedActivity]
    more: Wording
    """"and 12 more", where the list is cut; empty otherwise."""


class UpcomingItem(TypedDict):
    date: Wording
    title: Wording
    place: Wording
    component: Component | None


class UpcomingGroup(TypedDict):
    """Capacity building, procurement, grants or management; ``nothing`` is printed where there are no items."""

    name: Wording
    items: list[UpcomingItem]
    nothing: Wording


class UpcomingPage(TypedDict):
    title: Wording
    chart: NotRequired[Chart | None]
    """The three months as calendars, the days of activities filled."""
    groups: list[UpcomingGroup]
    """The first, usually the longest, has the wide column."""


class Story(TypedDict):
    title: Wording
    lead: Wording
    text: Passage
    photo: Photo | None
    pull: Wording
    figure: KeyFigure | None
    component: Component | None


class Organisation(TypedDict):
    name: Wording
    role: Wording


class OrganisationGroup(TypedDict):
    """The consortium, or the partner services of one country."""

    name: Wording
    organisations: list[Organisation]


class Contact(TypedDict):
    label: Wording
    text: str
    link: str
    """``https://…`` or ``mailto:…``; empty for plain text."""


class LastPage(TypedDict):
    title: Wording
    text: NotRequired[Passage]
    """What the editors wrote on the partners."""
    groups: list[OrganisationGroup]
    contacts: list[Contact]
    notes: list[Wording]
    """How the figures are counted, corrections to earlier issues, outlines imply no opinion on borders."""


class Funding(TypedDict):
    """Emblem and statement, as the contract states, in the document's language."""

    lines: list[str]
    """The statement in the lines in which it is set: "Funded by", "the European Union"."""
    contribution: Wording
    """Other contributions that the contract states; may be empty."""


class Cover(TypedDict):
    image: str
    """The region's outlines, 210 : 150, on nothing, in colours that stand on deep teal; "" for none."""
    alt: str
    note: NotRequired[Wording]
    """What the dots on the outlines are."""
    headline: Wording
    figures: list[KeyFigure]
    """Three."""


class Issue(TypedDict):
    number: str
    label: Wording
    """"Issue 6"."""
    period: Wording
    """"April–June 2023"."""
    as_of: Wording
    """"As of 30 June 2023"."""
    year: int
    month: int
    day: int
    """Day of publication: the only date in the file's own properties."""


class Programme(TypedDict):
    name: Wording
    short: Wording
    other_names: list[Fallback]
    """Its name in the other languages of the programme."""
    owner: str
    """Who is responsible for the contents: the consortium."""


class Words(TypedDict):
    """The template's own wording, frozen with the rest so that an old issue never changes."""

    newsletter: str
    contents: NotRequired[str]
    specific_objective: str
    objective: str
    led_by: str
    components: str
    date: str
    activity: str
    place: str
    partners: str
    contacts: str
    notes: str
    disclaimer: str
    emblem_alt: str
    elapsed: str
    foreword: str
    programme: str
    progress: str
    procurement: str
    grants: str
    highlights: str
    upcoming: str
    story: str
    activities_of: str


class Newsletter(TypedDict):
    """The whole issue in one language."""

    title: str
    """Of the file: programme, newsletter, issue, period."""
    keywords: list[str]
    words: Words
    programme: Programme
    issue: Issue
    funding: Funding
    fictional: str | None
    """Printed across the top of every page where the programme is invented; None for a real one."""
    cover: Cover
    foreword: ForewordPage | None
    about: ProgrammePage | None
    progress: FiguresPage | None
    delivery: DeliveryPage | None
    highlights: list[Highlight]
    upcoming: UpcomingPage | None
    story: Story | None
    last: LastPage
    disclaimer: Wording


def image_names(content: Newsletter) -> set[str]:
    """Every picture that the pages need, so that a gatherer can prove it drew them all and no others."""
    found = {content["cover"]["image"]}
    delivery = content["delivery"] or {"procurement": None, "grants": None, "cards": []}
    for page in (content["progress"], delivery["procurement"], delivery["grants"]):
        found.update(chart["image"] for chart in (page["charts"] if page else []))
    ahead = content["upcoming"].get("chart") if content["upcoming"] else None
    found.update({ahead["image"]} if ahead else ())
    found.update(highlight["chart"]["image"] for highlight in content["highlights"] if highlight["chart"])
    for foreword in content["foreword"]["forewords"] if content["foreword"] else []:
        found.update({foreword["portrait"]["image"]} if foreword["portrait"] else ())
    if content["story"] and content["story"]["photo"]:
        found.add(content["story"]["photo"]["image"])
    return found - {""}
