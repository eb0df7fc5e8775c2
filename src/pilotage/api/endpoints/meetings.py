"""Meetings with their agenda, decisions and action points, as far as one may read the minutes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from ninja import Query

from pilotage.api.pages import MOST, next_address, page_of
from pilotage.api.past import Recorded, known_then
from pilotage.api.server import PROBLEMS, api, phase_of, viewer_of
from pilotage.api.shapes import meetings as shapes
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.access import visible_recommendations
from pilotage.domain.steering.access import sees_minutes, takes_part, visible_action_points, visible_meetings
from pilotage.domain.steering.models import AgendaItem, Meeting
from pilotage.kit.past.moment import current_day
from pilotage.kit.search import by_search_column, words_of

PLAIN = (
    "code", "version", "kind", "title", "starts", "ends", "date_text", "mode", "state", "confidentiality",
    "approved_on",
)  # fmt: skip
POINT = ("code", "text", "due_on", "first_due_on", "state", "done_on")


@api.get(
    "/phases/{phase}/meetings",
    response={200: shapes.MeetingPage, **PROBLEMS},
    tags=["Meetings"],
    summary="Meetings, page by page",
)
@known_then
def meetings(
    request: HttpRequest,
    phase: str,
    kind: Annotated[str, Query(description="One or several, with commas")] = "",
    state: Annotated[str, Query(description="One or several, with commas")] = "",
    country: Annotated[str, Query(description="Several with commas")] = "",
    round: Annotated[int | None, Query(description="Year of the round")] = None,
    q: Annotated[str, Query(description="Words of title or code, in either script")] = "",
    start: Annotated[date | None, Query(description="Ends on this day or later")] = None,
    end: Annotated[date | None, Query(description="Begins on this day or earlier")] = None,
    cursor: Annotated[str, Query(description="Where to go on; stands in next")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    recorded: Recorded = "",
) -> Any:
    found, viewer = phase_of(phase), viewer_of(request)
    chosen = visible_meetings(viewer, found).select_related("body", "round", "place")
    for path, asked in (("kind", kind), ("state", state), ("country_id", country.upper())):
        if asked:
            chosen = chosen.filter(**{f"{path}__in": asked.split(",")})
    if round is not None:
        chosen = chosen.filter(round__year=round)
    chosen = by_search_column(chosen, words_of(q))
    if start:
        chosen = chosen.filter(ends_on__gte=start)
    if end:
        chosen = chosen.filter(begins_on__lte=end)
    rows, following = page_of(chosen, cursor, limit)
    return {"items": [line(one, found) for one in rows], "next": next_address(request, following)}


@api.get(
    "/phases/{phase}/meetings/{code}",
    response={200: shapes.MeetingOut, **PROBLEMS},
    tags=["Meetings"],
    summary="One meeting with what came out of it",
)
@known_then
def meeting(request: HttpRequest, phase: str, code: str, recorded: Recorded = "") -> Any:
    found, viewer = phase_of(phase), viewer_of(request)
    one = visible_meetings(viewer, found).select_related("body", "round", "place").filter(code=code).first()
    if one is None:
        raise Http404
    one.phase = found
    return {**line(one, found), "summary": one.summary, **outcome(one, viewer, found)}


def line(one: Meeting, phase: Phase) -> dict[str, Any]:
    """A meeting as a list has it. No names: not of the chair either."""
    return {
        **{name: getattr(one, name) for name in PLAIN},
        "body": one.body.title if one.body else None,
        "round": one.round.year if one.round else None,
        "country": one.country_id,
        "place": one.place.code if one.place else None,
        "sources": [source for source in one.sources if isinstance(source, str)],
        "fictional": phase.programme.fictional,
        "address": f"{settings.BASE_URL}/{phase.code}/meetings/{one.code}/",
    }


def outcome(one: Meeting, viewer: Viewer, phase: Phase) -> dict[str, Any]:
    """The agenda, and what was said, decided and given out where the viewer reads the minutes."""
    reads, today = sees_minutes(viewer, one), current_day()
    items = Prefetch("items", AgendaItem.objects.order_by("position", "id"))
    sessions = one.sessions.select_related("institution").prefetch_related(items).order_by("position", "id")
    agenda = [
        {
            "kind": session.kind,
            "institution": session.institution.code if session.institution else None,
            "items": [
                {"kind": item.kind, "title": item.title, "summary": item.summary if reads else None}
                for item in session.items.all()
            ],
        }
        for session in sessions
    ]
    if not reads:
        return {"agenda": agenda, "decisions": None, "action_points": None, "recommendations": None}
    points = None
    if takes_part(viewer, one):
        chosen = visible_action_points(viewer, phase).filter(meeting=one).select_related("owner_institution")
        points = [
            {
                **{name: getattr(point, name) for name in POINT},
                "owner": point.owner_institution.code if point.owner_institution else None,
                "overdue": point.is_overdue_on(today),
                "address": f"{settings.BASE_URL}/{phase.code}/action-points/{point.code}/",
            }
            for point in chosen.order_by("code")
        ]
    spoken = visible_recommendations(viewer, phase).filter(mentions__meeting=one).order_by("code")
    return {
        "agenda": agenda,
        "decisions": [
            {"number": made.number, "text": made.text, "addressee": made.addressee.code if made.addressee else None}
            for made in one.decisions.select_related("addressee").order_by("number")
        ],
        "action_points": points,
        "recommendations": list(dict.fromkeys(spoken.values_list("code", flat=True))),
    }
