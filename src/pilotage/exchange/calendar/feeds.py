"""A phase's activities as an iCalendar feed.

Only what is known to the day becomes an event: a calendar cannot hold "some time in the second quarter", and an
invented day would be believed. How many are left out for it is said in the feed's description.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from icalendar import Calendar, Event

from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.words import State
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import Meeting
from pilotage.exchange.calendar.meetings import events_of
from pilotage.kit.texts import wording

STATUS = {
    State.DRAFT: "TENTATIVE",
    State.PLANNED: "TENTATIVE",
    State.POSTPONED: "TENTATIVE",
    State.CONFIRMED: "CONFIRMED",
    State.IMPLEMENTED: "CONFIRMED",
    State.VERIFIED: "CONFIRMED",
    State.CANCELLED: "CANCELLED",
}


def calendar_feed(
    phase: Phase,
    activities: Iterable[Activity],
    meetings: Iterable[Meeting] = (),
    *,
    language: str,
    address: str,
    made_at: datetime,
) -> bytes:
    """The feed in ``language``. ``address`` is that of the site; ``made_at`` stands where no time of change is known.

    ``activities`` come with component, venue and countries, ``meetings`` with place and sessions. An activity and a
    meeting keep their UID for ever, whatever else changes.
    """
    with override(language):
        calendar = Calendar()
        calendar.add("prodid", f"-//Pilotage//{phase.code}//{language.upper()}")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        title = wording(phase.short_title or phase.title, language)
        calendar.add("x-wr-calname", _("%(programme)s: activities and meetings") % {"programme": title})
        calendar.add("x-published-ttl", "PT6H")
        left_out = 0
        for activity in activities:
            days = known_days(activity)
            if days is None:
                left_out += 1
            else:
                calendar.add_component(_event(phase, activity, days, language, address, made_at))
        for event in events_of(meetings, language, address, made_at):
            calendar.add_component(event)
        calendar.add("x-wr-caldesc", description(left_out))
    return bytes(calendar.to_ical())


def description(left_out: int) -> str:
    """What the feed says of itself, in the active language."""
    told = _("Activities known to the day.")
    if left_out:
        rest = ngettext(
            "%(count)d activity whose day is not known yet is left out.",
            "%(count)d activities whose days are not known yet are left out.",
            left_out,
        )
        told = f"{told} {rest % {'count': left_out}}"
    return told


def known_days(activity: Activity) -> tuple[date, date] | None:
    """First and last day, where both are known: actual before planned before baseline."""
    start, end = activity.start, activity.end
    if start is None and end is not None:
        start = end
    if start is None or not start.is_day or (end is not None and not end.is_day):
        return None
    first = start.first
    last = end.last if end is not None else first
    return (first, last) if first and last and first <= last else None


def _event(
    phase: Phase, activity: Activity, days: tuple[date, date], language: str, address: str, made_at: datetime
) -> Event:
    event = Event()
    event.add("uid", f"activity-{activity.pk}@{phase.code}.pilotage")
    event.add("summary", wording(activity.title, language))
    event.add("dtstart", days[0])
    event.add("dtend", days[1] + timedelta(days=1))
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("sequence", activity.version)
    event.add("status", STATUS[State(activity.state)])
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{address}/{phase.code}/activities/{activity.code}/")
    told = [activity.get_type_display(), activity.get_state_display()]
    if activity.component:
        event.add("categories", [wording(activity.component.short_title or activity.component.title, language)])
        told.append(wording(activity.component.title, language))
    told.append(", ".join(wording(link.country.name, language) for link in activity.country_links.all()))
    if activity.venue:
        event.add("location", wording(activity.venue.name_on(days[0]), language))
    event.add("description", " · ".join(text for text in told if text))
    return event
