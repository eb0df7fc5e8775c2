"""The activities that an issue names: only published ones, as plain rows, and what the pages say of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from django.db.models import Q

from pilotage.documents.kinds.newsletter.sentences import say
from pilotage.documents.models import Publication
from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.queries import ActivityQuerySet, within
from pilotage.domain.activities.words import Mode, State
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.figures.table import UNKNOWN
from pilotage.kit.partial_words import written_span
from pilotage.kit.periods import HARD, Period
from pilotage.kit.texts import Text, wording


@dataclass(frozen=True, slots=True)
class Item:
    """One activity as the issue lists it."""

    code: str
    title: Text
    component: str
    """The component's number; empty for none."""
    countries: tuple[str, ...]
    start: str
    end: str
    """Partial dates."""
    place: Text
    """The venue by its name on the day; empty where there is none."""
    point: tuple[float, float] | None
    online: bool
    institutions: tuple[tuple[str, str], ...]
    """Country code and institution code, of those that took part."""

    def day(self, language: str, year: int) -> str:
        """When it was, without the year where that is the issue's."""
        written = written_span(self.start, self.end, language)
        if not written or "Q" in self.start + self.end:
            return say("in_quarter", language)
        for ending in (f"{HARD}{year}{HARD}г.", f" {year}{HARD}г.", f"{HARD}{year}", f" {year}"):
            written = written.replace(ending, "")
        return written

    def where(self, language: str) -> str:
        """The place in words."""
        return wording(self.place, language) or (say("online", language) if self.online else "")


def held_in_quarter(publication: Publication) -> list[Item]:
    """The thematic activities that the figure of the quarter counts, of those that are published, by day."""
    covers = publication.covers
    activities = _public(publication).held().filter(thematic=True).ended_within(covers.start, covers.end)
    return _items(activities)


def ahead_in(publication: Publication, period: Period) -> list[Item]:
    """What lay ahead at the end of the issue's quarter and falls, or may fall, into ``period``.

    That is what is planned or confirmed, and, where the issue is made late, what has been held since.
    """
    known = _public(publication).filter(thematic=True)
    planned = known.filter(state__in=(State.PLANNED, State.CONFIRMED)).planned_within(period.start, period.end)
    begun = Q(begins_on__range=(period.start, period.end)) & ~Q(actual_start="")
    held = known.held().filter(within("ended", period.start, period.end) | begun)
    return _merged(sorted([*_items(planned), *_items(held)], key=lambda item: (item.start or "9", item.code)))


def _merged(items: Iterable[Item]) -> list[Item]:
    """National legs of one subject at one time as one line with all their places."""
    merged: dict[tuple[str, str, str], Item] = {}
    for item in items:
        key = (wording(item.title, "en"), item.start, item.end)
        first = merged.get(key)
        if first is None:
            merged[key] = item
            continue
        place = {
            language: ", ".join(dict.fromkeys(filter(None, (first.place.get(language), item.place.get(language)))))
            for language in {*first.place, *item.place}
        }
        merged[key] = replace(first, place=place)
    return list(merged.values())


def address_of(phase: Phase, item: Item) -> str:
    """The page of an activity that is published, for the web edition."""
    return f"/{phase.code}/activities/{quote(item.code)}/"


def venues(items: Iterable[Item]) -> list[tuple[Text, tuple[float, float], int]]:
    """Places with a position, with the number of activities there, the most first."""
    counts = Counter((tuple(sorted(item.place.items())), item.point) for item in items if item.point)
    ranked = sorted(counts.items(), key=lambda found: (-found[1], found[0][0]))
    return [(dict(name), point, count) for (name, point), count in ranked if point]


def within_countries(items: Iterable[Item], countries: Mapping[str, Text]) -> dict[str, int]:
    """By country code, the activities of which no more is known than that country."""
    codes = {tuple(sorted(name.items())): code for code, name in countries.items()}
    found = (codes.get(tuple(sorted(item.place.items()))) for item in items if not item.point)
    return dict(Counter(code for code in found if code))


def _public(publication: Publication) -> ActivityQuerySet:
    return visible_activities(Viewer.public(), publication.phase)


def _items(activities: ActivityQuerySet) -> list[Item]:
    rows = (
        activities.in_order()
        .select_related("component", "venue", "venue_country")
        .prefetch_related("venue__earlier_names", "country_links", "institution_links__institution")
        .defer("summary", "agencies_text", "experts_text", "outputs_text", "search")
    )
    return [_item(activity) for activity in rows]


def _item(activity: Activity) -> Item:
    start = activity.actual_start or activity.actual_end or activity.planned_start or activity.planned_end
    end = activity.actual_end or activity.planned_end or start
    venue = activity.venue
    place: Text = {}
    if venue:
        place = venue.name_on(_day(activity))
    elif activity.venue_country and activity.mode != Mode.ONLINE:
        place = dict(activity.venue_country.name)
    point = None
    if venue and venue.latitude is not None and venue.longitude is not None:
        point = (float(venue.latitude), float(venue.longitude))
    return Item(
        code=activity.code,
        title=dict(activity.title),
        component=activity.component.number if activity.component else UNKNOWN,
        countries=tuple(link.country_id for link in activity.country_links.all()),
        start=start,
        end=end,
        place=place,
        point=point,
        online=activity.mode == Mode.ONLINE,
        institutions=tuple(
            sorted(
                (link.institution.country_id or "", link.institution.code) for link in activity.institution_links.all()
            )
        ),
    )


def _day(activity: Activity) -> date | None:
    return activity.ended_last or activity.ends_on
