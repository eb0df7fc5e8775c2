"""The register of action points, and the page of one with its whole story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext

from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.contacts import may_enter_for, may_write_to
from pilotage.domain.recommendations.models import Reminder
from pilotage.domain.steering.access import action_steps_open_to, visible_action_points, visible_meetings
from pilotage.domain.steering.models import ActionFile, ActionMove, ActionPoint, Meeting
from pilotage.domain.steering.queries import later_meetings
from pilotage.domain.steering.words import UNFINISHED, ActionState
from pilotage.kit.past.moment import current_day
from pilotage.web.action_points.common import may_change, may_note, point_page, sees_evidence, tabs
from pilotage.web.action_points.register import ACTION_POINTS
from pilotage.web.answers.returns import handed_out
from pilotage.web.changes.reading import changes_of
from pilotage.web.changes.words import operation_in_words
from pilotage.web.pages import PageRequest, phase_page, require
from pilotage.web.recommendations.views import other_wording
from pilotage.web.registers import register_page


@phase_page
def action_points(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The register."""
    viewer = request.viewer
    seen = visible_action_points(viewer, phase)
    context = {"may_write": may_write_to(viewer, phase) or may_enter_for(viewer, phase), "glance": glance(seen)}
    return register_page(
        request, phase, ACTION_POINTS, seen,
        template="action_points/action_points.html", context=context,
    )  # fmt: skip


def glance(points: QuerySet[ActionPoint]) -> list[tuple[str, str]]:
    """What wants somebody now, as words with the filter that shows it: overdue, to be confirmed, not finished. One query."""
    unfinished = Q(state__in=UNFINISHED)
    counts = points.order_by().aggregate(
        overdue=Count("pk", filter=unfinished & Q(due_on__lt=current_day())),
        reported=Count("pk", filter=Q(state=ActionState.IN_PROGRESS, reported_done_on__isnull=False)),
        unfinished=Count("pk", filter=unfinished),
    )
    words = {
        "overdue": ngettext("%(number)d overdue", "%(number)d overdue", counts["overdue"]),
        "reported": ngettext("%(number)d to be confirmed", "%(number)d to be confirmed", counts["reported"]),
        "unfinished": ngettext("%(number)d not finished", "%(number)d not finished", counts["unfinished"]),
    }
    return [(said % {"number": counts[name]}, name) for name, said in words.items() if counts[name]]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that happened to the action point: a step or note, a meeting that took it up, a reminder."""

    day: date | None
    move: ActionMove | None = None
    label: str = ""
    meeting: Meeting | None = None
    reminder: Reminder | None = None


@point_page
def action_point(request: PageRequest, phase: Phase, point: ActionPoint) -> HttpResponseBase:
    """One action point, as far as the viewer may read it."""
    viewer, today = request.viewer, current_day()
    inside = bool(viewer.roles_in(phase) - {Role.PUB})
    agency = point.owner_institution
    context: dict[str, Any] = {
        "point": point,
        "tabs": tabs(request, point),
        "inside": inside,
        "overdue": point.is_overdue_on(today),
        "moved": point.first_due_on is not None and point.first_due_on != point.due_on,
        "story": story_of(point, viewer) if inside or sees_evidence(viewer, point) else [],
        "files": point.files.all() if sees_evidence(viewer, point) else (),
        "steps": action_steps_open_to(viewer, point),
        "notes": may_note(viewer, point),
        "edits": may_change(viewer, point),
        "writes": agency is not None and may_write_to(viewer, phase, agency),
        "sees_meeting": visible_meetings(viewer, phase).filter(pk=point.meeting_id).exists(),
        "other_language": other_wording(point.text),
    }
    if inside:
        context["changes"] = changes_of(point, viewer, limit=20)
    return render(request, "action_points/action_point.html", context)


def story_of(point: ActionPoint, viewer: Viewer) -> list[Chapter]:
    """Steps, later meetings that took it up, and reminders, in the order in which they happened."""
    chapters = [
        Chapter(one.effective_on, move=one, label=operation_in_words(f"{one.move.replace('_', ' ')} action point"))
        for one in point.moves.select_related("evidence", "meeting")
    ]
    seen = visible_meetings(viewer, point.phase)
    chapters += [
        Chapter(one.begins_on, meeting=one) for one in later_meetings(point).filter(pk__in=seen.order_by().values("pk"))
    ]
    if viewer.is_staff_in(point.phase):
        chapters += [Chapter(one.day, reminder=one) for one in reminders_of(point)]
    return sorted(chapters, key=lambda one: one.day or date.min)


def reminders_of(point: ActionPoint) -> list[Reminder]:
    """The digests that spoke of the action point, oldest first."""
    sent = Reminder.objects.filter(phase=point.phase)
    if point.owner_institution_id is not None:
        sent = sent.filter(institution=point.owner_institution_id)
    else:
        sent = sent.filter(user=point.owner_user_id)
    return [
        one
        for one in sent.select_related("contact", "user").order_by("day", "pk")
        if any(item["kind"] == "action" and item["code"] == point.code for item in one.items)
    ]


@point_page
def file(request: PageRequest, phase: Phase, point: ActionPoint, key: int) -> HttpResponseBase:
    """Hands out evidence to somebody who may read it."""
    require(sees_evidence(request.viewer, point))
    record = get_object_or_404(ActionFile, pk=key, action_point=point)
    try:
        content = record.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return handed_out(content, record.name, (record.file.name or "").rsplit(".", 1)[-1])
