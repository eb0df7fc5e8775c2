"""Recommendations, with what became of them. Read only: agencies answer by their own four ways."""

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
from pilotage.api.shapes import recommendations as shapes
from pilotage.domain.activities.access import visible_activities
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.access import reads_story, visible_recommendations
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.queries import RecommendationQuerySet
from pilotage.domain.steering.access import visible_meetings
from pilotage.domain.steering.models import Mention
from pilotage.kit.past.moment import current_day
from pilotage.kit.search import by_search_column, words_of

PLAIN = (
    "code", "version", "text", "origin", "addressee_text", "priority", "confidentiality", "issued_on", "response_due",
    "implementation_due", "answered_on", "adopted_on", "accepted_text", "act_number", "act_date", "act_body",
)  # fmt: skip
STEP = ("move", "from_state", "to_state", "effective_on", "words", "channel")


@api.get(
    "/phases/{phase}/recommendations",
    response={200: shapes.RecommendationPage, **PROBLEMS},
    tags=["Recommendations"],
    summary="Recommendations, page by page",
)
@known_then
def recommendations(
    request: HttpRequest,
    phase: str,
    state: Annotated[str, Query(description="One or several, with commas; those whose state is known")] = "",
    country: Annotated[str, Query(description="Of the addressee; several with commas")] = "",
    component: Annotated[str, Query(description="Number; several with commas")] = "",
    addressee: Annotated[str, Query(description="Code of the institution")] = "",
    group: Annotated[str, Query(description="The same advice to several addressees")] = "",
    q: Annotated[str, Query(description="Words of the text or code, in either script")] = "",
    start: Annotated[date | None, Query(description="Issued on this day or later, for certain")] = None,
    end: Annotated[date | None, Query(description="Issued on this day or earlier, for certain")] = None,
    overdue: Annotated[bool, Query(description="Accepted and not adopted by its date")] = False,
    answer_late: Annotated[bool, Query(description="Not answered by its date")] = False,
    cursor: Annotated[str, Query(description="Where to go on; stands in next")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    recorded: Recorded = "",
) -> Any:
    found, viewer = phase_of(phase), viewer_of(request)
    chosen = visible_recommendations(viewer, found)
    for name, path in (("state", "state"), ("country", "country_id"), ("component", "component__number")):
        asked = {"state": state, "country": country.upper(), "component": component}[name]
        if asked:
            chosen = chosen.filter(**{f"{path}__in": asked.split(",")})
    if state:
        chosen = chosen.filter(state_known=True)
    if addressee:
        chosen = chosen.filter(addressee__code=addressee)
    if group:
        chosen = chosen.filter(group_key=group)
    chosen = by_search_column(chosen, words_of(q))
    if start or end:
        chosen = chosen.issued_within(start, end)
    if overdue:
        chosen = chosen.overdue_on(current_day())
    if answer_late:
        chosen = chosen.answer_late_on(current_day())
    rows, following = page_of(with_parts(chosen, viewer, found), cursor, limit)
    return {"items": written(rows, viewer, found), "next": next_address(request, following)}


@api.get(
    "/phases/{phase}/recommendations/{code}",
    response={200: shapes.RecommendationOut, **PROBLEMS},
    tags=["Recommendations"],
    summary="One recommendation",
)
@known_then
def recommendation(request: HttpRequest, phase: str, code: str, recorded: Recorded = "") -> Any:
    found, viewer = phase_of(phase), viewer_of(request)
    rows = list(with_parts(visible_recommendations(viewer, found).filter(code=code), viewer, found))
    if not rows:
        raise Http404
    return written(rows, viewer, found)[0]


def with_parts(chosen: RecommendationQuerySet, viewer: Viewer, phase: Phase) -> RecommendationQuerySet:
    """Everything that the wire form needs, in a fixed number of queries."""
    spoken = Mention.objects.filter(meeting__in=visible_meetings(viewer, phase)).select_related("meeting")
    return chosen.select_related("component", "addressee", "activity").prefetch_related(
        "moves", Prefetch("mentions", spoken.order_by("meeting__code"), to_attr="spoken_of")
    )


def written(rows: list[Recommendation], viewer: Viewer, phase: Phase) -> list[dict[str, Any]]:
    """Recommendations as the viewer may have them: no names of persons, an activity only where it is seen."""
    activities = {one.activity_id for one in rows if one.activity_id}
    seen = set(visible_activities(viewer, phase).filter(pk__in=activities).order_by().values_list("pk", flat=True))
    today = current_day()
    for one in rows:
        one.phase = phase
    return [
        {
            **{name: getattr(one, name) for name in PLAIN},
            "activity": one.activity.code if one.activity and one.activity_id in seen else None,
            "component": one.component.number if one.component else None,
            "country": one.country_id,
            "addressee": one.addressee.code if one.addressee else None,
            "group": one.group_key,
            "state": one.state if one.state_known else None,
            "overdue": one.state_known and one.is_overdue_on(today),
            "answer_late": one.state_known and one.is_answer_late_on(today),
            "meetings": [mention.meeting.code for mention in one.spoken_of],  # type: ignore[attr-defined]
            "steps": [
                {**{name: getattr(step, name) for name in STEP}, "evidence": step.evidence_text}
                for step in one.moves.all()
            ]
            if reads_story(viewer, one)
            else None,
            "sources": [source for source in one.sources if isinstance(source, str)],
            "fictional": phase.programme.fictional,
            "address": f"{settings.BASE_URL}/{phase.code}/recommendations/{one.code}/",
        }
        for one in rows
    ]
