"""The register of activities and the page of one of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render

from pilotage.domain.activities.access import (
    can_add_activity,
    can_edit_activity,
    is_partner,
    moves_open_to,
    sees_cost,
    sees_persons,
    sees_scores,
    visible_activities,
    visible_persons,
)
from pilotage.domain.activities.checks import findings_of
from pilotage.domain.activities.files import visible_files
from pilotage.domain.activities.models import Activity, ActivityFile, Attendance, Tally
from pilotage.domain.activities.words import PolicyTag, Sex
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.settings import setting
from pilotage.kit.partial_dates import bounds
from pilotage.kit.past.moment import current_day
from pilotage.kit.texts import Text
from pilotage.web.activities.common import activity_page, tabs
from pilotage.web.activities.register import ACTIVITIES
from pilotage.web.changes.reading import changes_of
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.registers import register_page

SHOWN_PEOPLE = 100


@phase_page
def activities(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The register."""
    return register_page(
        request, phase, ACTIVITIES, visible_activities(request.viewer, phase), template="activities/activities.html",
        context={"may_add": can_add_activity(request.viewer, phase)},
    )  # fmt: skip


@activity_page
def activity(request: PageRequest, phase: Phase, activity: Activity) -> HttpResponseBase:
    """One activity, as far as the viewer may read it."""
    viewer = request.viewer
    inside = is_partner(viewer, activity)
    edits = can_edit_activity(viewer, activity)
    files = visible_files(viewer, activity, activity.files.all())
    photos = [file for file in files if file.kind == ActivityFile.FileKind.PHOTO]
    context: dict[str, Any] = {
        "activity": activity,
        "tabs": tabs(request, activity),
        "inside": inside,
        "edits": edits,
        "shows_cost": sees_cost(viewer, phase) and activity.cost is not None,
        "venue_name": venue_name(activity),
        "co_organisers": [link.institution for link in activity.co_organiser_links.select_related("institution")],
        "institutions": [link.institution for link in activity.institution_links.select_related("institution")],
        "experts": [link.institution for link in activity.expert_links.select_related("institution")],
        "legs": legs_of(activity, viewer),
        "policy_tags": [PolicyTag(tag).label for tag in activity.policy_tags if tag in PolicyTag.values],
        "tally": tally_shown(activity, phase, inside),
        "deliverables": activity.deliverables.select_related("transmitted_to"),
        "photos": photos,
        "documents": [file for file in files if file not in photos],
        "moves": activity.moves.select_related("evidence") if inside else (),
        "open_moves": moves_open_to(viewer, activity),
        "sources": source_lines(activity.sources),
        **people_shown(activity, viewer),
    }
    if inside:
        context["changes"] = changes_of(activity, viewer, limit=15)
    if edits or viewer.is_staff_in(phase):
        with_register = sees_persons(viewer, phase)
        context["findings"] = findings_of(activity, current_day(), with_register=with_register)
    return render(request, "activities/activity.html", context)


def venue_name(activity: Activity) -> Text:
    """The venue under the name that it had on the activity's day."""
    day = bounds(activity.actual_end or activity.planned_end)[1]
    return activity.venue.name_on(day) if activity.venue else {}


def legs_of(activity: Activity, viewer: Viewer) -> QuerySet[Activity] | tuple[()]:
    """The other national legs of the series, as far as the viewer sees them."""
    if activity.series is None:
        return ()
    legs = visible_activities(viewer, activity.phase).filter(series=activity.series).exclude(pk=activity.pk)
    return legs.prefetch_related("country_links__country").in_order()


@dataclass(frozen=True, slots=True)
class TallyShown:
    """The tally as the page shows it. Numbers that could point at persons are withheld from the public."""

    total: int
    women: int | None
    men: int | None
    share: float | None
    lines: list[tuple[Tally, dict[str, int], int]]
    sums: dict[str, int]
    withheld: int = 0
    """The limit below which a number is withheld; 0 where nothing is."""
    limit: int = 0


def tally_shown(activity: Activity, phase: Phase, inside: bool) -> TallyShown | None:
    """Lines by country, institution type and institution; None where nobody was counted."""
    rows = list(activity.tallies.select_related("country", "institution").order_by("country_id", "institution_type"))
    if not rows:
        return None
    sums: dict[str, int] = defaultdict(int)
    lines: dict[tuple[Any, ...], tuple[Tally, dict[str, int]]] = {}
    for row in rows:
        sums[row.sex] += row.count
        kind = (row.country_id, row.institution_type, row.institution_id, row.mode, row.age_band)
        counts = lines.setdefault(kind, (row, defaultdict(int)))[1]
        counts[row.sex] += row.count
    total, women, men = sum(sums.values()), sums[Sex.WOMAN], sums[Sex.MAN]
    limit = setting(phase, "small_cell")
    share = women * 100 / (women + men) if women + men else None
    if inside:
        shown = [(row, dict(counts), sum(counts.values())) for row, counts in lines.values()]
        return TallyShown(total, women, men, share, shown, dict(sums))
    if total < limit:
        return TallyShown(0, None, None, None, [], {}, withheld=limit, limit=limit)
    if 0 < women < limit or 0 < total - women < limit:
        return TallyShown(total, None, None, None, [], {}, withheld=limit)
    return TallyShown(total, women, men, share, [], {})


def people_shown(activity: Activity, viewer: Viewer) -> dict[str, Any]:
    """The attendance that the viewer may read: names only of persons whom they see, scores for the M&E officer."""
    phase = activity.phase
    if not sees_persons(viewer, phase):
        return {}
    persons = visible_persons(viewer, phase).order_by()
    lines = Attendance.objects.filter(activity=activity, person__in=persons)
    lines = lines.select_related("person__institution", "person__country").order_by("role", "person__sort")
    count = lines.count()
    return {
        "attendance": lines[:SHOWN_PEOPLE],
        "attendance_count": count,
        "attendance_more": max(0, count - SHOWN_PEOPLE),
        "shows_scores": sees_scores(viewer, phase),
    }


def source_lines(sources: list[str]) -> list[tuple[str, bool]]:
    """Each source with whether it is a web address that can be followed."""
    return [(source, source.startswith(("https://", "http://"))) for source in sources if isinstance(source, str)]
