"""The calendar feed: public as it stands, personal with the key of an access token."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.membership.queries import viewer_for
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import visible_meetings
from pilotage.web.pages import PageRequest, phase_page


@phase_page
def feed(request: PageRequest, phase: Phase) -> HttpResponse:
    """Activities of the phase; ``?key=`` (an access token) shows what its role sees, ``?lang=ru`` speaks Russian.

    A calendar program has no session, so who looks is decided by the key alone: without one the feed is the public's.
    """
    key = request.GET.get("key", "")
    viewer = viewer_for(key) if key else Viewer.public()
    if viewer is None:
        return HttpResponse(
            _("The key of this calendar has expired or was revoked."), status=403, content_type="text/plain"
        )
    language = request.GET.get("lang") or get_language() or "en"
    language = "ru" if language.startswith("ru") else "en"
    activities = (
        visible_activities(viewer, phase)
        .select_related("component", "venue")
        .prefetch_related("country_links__country", "venue__earlier_names")
        .in_order()
    )
    meetings = visible_meetings(viewer, phase).select_related("phase", "place").prefetch_related("sessions")
    meetings = meetings.prefetch_related("place__earlier_names").order_by("begins_on", "code")
    # Read here, since the calendar library takes 10 MB of each worker.
    from pilotage.exchange.calendar.feeds import calendar_feed

    body = calendar_feed(
        phase, activities, meetings, language=language, address=settings.BASE_URL, made_at=_day_began()
    )
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = tag
    response["Content-Disposition"] = f'inline; filename="{phase.code}.ics"'
    response["Referrer-Policy"] = "no-referrer"
    patch_cache_control(response, private=bool(key), max_age=3600)
    return response


def _day_began() -> datetime:
    """Midnight: the same feed all day long, so that an unchanged one is recognised."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
