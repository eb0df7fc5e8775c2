"""What the frame of a page says about the instant that it shows, and how another one is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from pilotage.kit.past.moment import past
from pilotage.web.past.middleware import RECORDED, without_past
from pilotage.web.past.places import shows_the_past


@dataclass(frozen=True, slots=True)
class PastShown:
    """The instant that the page shows."""

    day: date
    at: datetime | None
    """Only where an instant within the day was asked for."""
    today_address: str
    texts_of_now: bool


@dataclass(frozen=True, slots=True)
class AsKnownOn:
    """The little form that asks the same page for another day."""

    day: str
    latest: str
    kept: list[tuple[str, str]]


def past_shown(request: HttpRequest) -> PastShown | None:
    """What the band says; None in the present."""
    moment = past()
    if moment is None:
        return None
    at = None if moment.whole_day else timezone.localtime(moment.at)
    return PastShown(moment.day, at, without_past(request), not moment.former_texts)


def as_known_on(request: HttpRequest) -> AsKnownOn | None:
    """The form, on pages that can be asked for a past instant."""
    if request.method not in {"GET", "HEAD"} or not shows_the_past(request.path_info):
        return None
    moment = past()
    kept = [
        (key, value)
        for key, values in request.GET.lists()
        if key not in {RECORDED, "page", "format", "lang"}
        for value in values
        if value
    ]
    latest = timezone.localdate() - timedelta(days=1)
    return AsKnownOn(moment.day.isoformat() if moment else "", latest.isoformat(), kept)
