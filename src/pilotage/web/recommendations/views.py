"""The register, the board and the page of one recommendation with its whole story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.access import (
    can_add_recommendation,
    can_edit_recommendation,
    moves_open_to,
    reads_story,
    visible_recommendations,
)
from pilotage.domain.recommendations.contacts import may_enter_for, may_write_to
from pilotage.domain.recommendations.models import Recommendation, RecommendationFile, RecommendationMove
from pilotage.domain.steering.access import visible_meetings
from pilotage.domain.steering.models import Mention
from pilotage.kit.past.moment import current_day
from pilotage.web.answers.returns import handed_out
from pilotage.web.changes.reading import changes_of
from pilotage.web.pages import PageRequest, phase_page, require
from pilotage.web.recommendations.board import BOARD_STATES, board_of
from pilotage.web.recommendations.common import may_clear, recommendation_page, sees_evidence, tabs
from pilotage.web.recommendations.register import RECOMMENDATIONS
from pilotage.web.registers import register_page


def desk_links(request: PageRequest, phase: Phase) -> dict[str, bool]:
    """Which of the neighbouring pages the viewer may open."""
    viewer = request.viewer
    return {
        "may_add": can_add_recommendation(viewer, phase),
        "may_write": may_write_to(viewer, phase) or may_enter_for(viewer, phase),
    }


@phase_page
def recommendations(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The register."""
    return register_page(
        request, phase, RECOMMENDATIONS, visible_recommendations(request.viewer, phase),
        template="recommendations/recommendations.html", context=desk_links(request, phase),
    )  # fmt: skip


@phase_page
def board(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Rows of squares, by country and agency."""
    language = (get_language() or "en").split("-")[0]
    visible = visible_recommendations(request.viewer, phase)
    countries = board_of(phase, visible, current_day(), language)
    rows = [row for country in countries for row in country.rows]
    context: dict[str, Any] = {
        "countries": countries,
        "total": sum(len(row.squares) for row in rows),
        "unanswered": sum(row.unanswered for row in rows),
        "silent": sum(bool(row.unanswered) for row in rows),
        "late": sum(row.late for row in rows),
        "unknown": sum(not one.record.state_known for row in rows for one in row.squares),
        "states": BOARD_STATES,
        **desk_links(request, phase),
    }
    return render(request, "recommendations/board.html", context)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that happened to the recommendation, for its story."""

    day: date | None
    partial: str = ""
    move: RecommendationMove | None = None
    label: Any = ""
    mention: Mention | None = None
    is_draft: bool = False


@recommendation_page
def recommendation(request: PageRequest, phase: Phase, recommendation: Recommendation) -> HttpResponseBase:
    """One recommendation, as far as the viewer may read it."""
    viewer, today = request.viewer, current_day()
    inside = reads_story(viewer, recommendation)
    activity = recommendation.activity
    if activity is not None and not visible_activities(viewer, phase).filter(pk=activity.pk).exists():
        activity = None
    siblings = visible_recommendations(viewer, phase).filter(group_key=recommendation.group_key or "-")
    mentions = (
        Mention.objects.filter(recommendation=recommendation, meeting__in=visible_meetings(viewer, phase))
        .select_related("meeting", "item")
        .order_by("meeting__begins_on")
    )
    context: dict[str, Any] = {
        "recommendation": recommendation,
        "tabs": tabs(request, recommendation),
        "activity": activity,
        "siblings": siblings.exclude(pk=recommendation.pk).select_related("addressee").order_by("code"),
        "story": story_of(recommendation, mentions) if inside else [],
        "mentions": () if inside else mentions,
        "files": recommendation.files.all() if sees_evidence(viewer, recommendation) else (),
        "overdue": recommendation.state_known and recommendation.is_overdue_on(today),
        "late": recommendation.state_known and recommendation.is_answer_late_on(today),
        "inside": inside,
        "edits": can_edit_recommendation(viewer, recommendation),
        "clears": may_clear(viewer, recommendation),
        "open_moves": moves_open_to(viewer, recommendation),
        "writes": recommendation.addressee is not None and may_write_to(viewer, phase, recommendation.addressee),
        "other_language": other_wording(recommendation.text),
        "sources": [one for one in recommendation.sources if isinstance(one, str)],
    }
    if inside:
        context["changes"] = changes_of(recommendation, viewer, limit=20)
    return render(request, "recommendations/recommendation.html", context)


def story_of(recommendation: Recommendation, mentions: Any) -> list[Chapter]:
    """Steps and meetings in the order in which they happened."""
    chapters = [
        Chapter(one.effective_on, move=one, label=one.get_to_state_display())
        for one in recommendation.moves.select_related("evidence")
    ]
    chapters += [Chapter(one.meeting.begins_on, partial=one.meeting.starts, mention=one) for one in mentions]
    return sorted(chapters, key=lambda one: one.day or date.min)


def other_wording(text: Mapping[str, str]) -> tuple[str, str] | None:
    """The wording in the other language with its code, for whoever compares the two."""
    language = (get_language() or "en").split("-")[0]
    other = "ru" if language == "en" else "en"
    return (other, text[other]) if text.get(other) and text.get(language) else None


@recommendation_page
def file(request: PageRequest, phase: Phase, recommendation: Recommendation, key: int) -> HttpResponseBase:
    """Hands out evidence to somebody who may read it."""
    require(sees_evidence(request.viewer, recommendation))
    record = get_object_or_404(RecommendationFile, pk=key, recommendation=recommendation)
    try:
        content = record.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return handed_out(content, record.name, (record.file.name or "").rsplit(".", 1)[-1])
