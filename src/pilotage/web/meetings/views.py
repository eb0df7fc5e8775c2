"""The register of meetings, and the page of one meeting with everything about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.access import visible_recommendations
from pilotage.domain.steering.access import (
    can_add_meeting,
    sees_minutes,
    sees_names,
    sees_papers,
    visible_action_points,
    visible_meetings,
)
from pilotage.domain.steering.checks import STEERING_CHECK_BY_CODE, give_meeting_reason, meeting_findings
from pilotage.domain.steering.deadlines import (
    are_minutes_late,
    are_papers_late,
    comments_due,
    is_paper_late,
    minutes_due,
    papers_due,
)
from pilotage.domain.steering.models import Decision, FollowUp, Meeting, MeetingSession, Mention, Presence
from pilotage.domain.steering.next_steps import next_steps
from pilotage.domain.steering.operations import waive_quorum
from pilotage.domain.steering.queries import carried_over, earlier_decisions, earlier_meetings
from pilotage.domain.steering.words import HELD, ItemKind
from pilotage.kit.past.moment import current_day
from pilotage.web.changes.reading import changes_of
from pilotage.web.meetings.bodies import sees_steering, slug_of
from pilotage.web.meetings.common import (
    People,
    address_of,
    base_context,
    editor_page,
    meeting_page,
    quorum_in_words,
    steps_in_order,
)
from pilotage.web.meetings.forms import ReasonForm
from pilotage.web.meetings.packs import packs_of
from pilotage.web.meetings.register import MEETINGS
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.registers import register_page
from pilotage.web.templatetags.pilotage import reader_language


@phase_page
def meetings(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The register."""
    context = {
        "may_add": can_add_meeting(request.viewer, phase),
        "steering": sees_steering(request.viewer, phase),
    }
    return register_page(
        request, phase, MEETINGS, visible_meetings(request.viewer, phase),
        template="meetings/meetings.html", context=context,
    )  # fmt: skip


@meeting_page
def meeting(request: PageRequest, phase: Phase, meeting: Meeting) -> HttpResponseBase:
    """One meeting, as far as the viewer may read it."""
    viewer, today = request.viewer, current_day()
    context = base_context(request, meeting)
    edits, minutes_seen = context["edits"], sees_minutes(viewer, meeting)
    sessions = agenda_of(meeting)
    items = [item for session in sessions for item in session.items.all()]
    opens_with = next((item for item in items if item.kind == ItemKind.FOLLOW_UP), items[0] if items else None)
    enough, quorum = quorum_in_words(meeting)
    context |= {
        "sessions": sessions,
        "opens_with": opens_with,
        "earlier": earlier_of(request, meeting) if sees_papers(viewer, meeting) else {},
        "minutes_seen": minutes_seen,
        "decisions": with_follow_ups(meeting.decisions.select_related("addressee"), viewer) if minutes_seen else (),
        "points": (
            visible_action_points(viewer, phase)
            .filter(meeting=meeting)
            .select_related("owner_institution", "owner_user")
            .order_by("due_on", "code")
            if minutes_seen and context["inside"]
            else ()
        ),
        "papers": papers_shown(request, meeting) if sees_papers(viewer, meeting) else (),
        "presences": presences_of(meeting) if sees_names(viewer, meeting) else (),
        "mentions": Mention.objects.filter(
            meeting=meeting, recommendation__in=visible_recommendations(viewer, phase).order_by()
        ).select_related("recommendation", "item")
        if minutes_seen
        else (),
        "slug": slug_of(meeting.body) if meeting.body and sees_steering(viewer, phase) else "",
        "shows_round": meeting.round_id and sees_steering(viewer, phase),
        "quorum": quorum if meeting.body_id else "",
        "quorum_reached": enough,
        "quorum_counts": meeting.state in HELD or meeting.presences.exists(),
        "papers_due": papers_due(meeting),
        "papers_late": are_papers_late(meeting, today),
        "minutes_due": minutes_due(meeting),
        "minutes_late": meeting.state in HELD and are_minutes_late(meeting, today),
        "comments_due": comments_due(meeting),
        "packs": packs_of(request, meeting),
        "moves": meeting.moves.all() if context["inside"] else (),
        "open_steps": steps_in_order(viewer, meeting),
        "sources": [one for one in meeting.sources if isinstance(one, str)],
        "points_address": address_if_any(phase, "action_points:action_points"),
    }
    if viewer.is_staff_in(phase):
        people = People(phase, viewer)
        context["turns"] = [people.turn(step, meeting, today) for step in next_steps(meeting, today)]
        context["findings"] = [
            (one, address_of(meeting, mend_page(one.check.mend)))
            for one in meeting_findings(Meeting.objects.filter(pk=meeting.pk), today)
        ]
        context["changes"] = changes_of(meeting, viewer, limit=20)
        context["waives"] = Role.PM in viewer.roles_in(phase) and edits
    return render(request, "meetings/meeting.html", context)


def mend_page(name: str) -> str:
    """The page of the meeting on which a finding is mended."""
    return name if name in {"papers", "attendance", "minutes"} else "meeting"


def address_if_any(phase: Phase, name: str, *args: Any) -> str:
    """An address of the phase, "" where nobody has built it."""
    try:
        return reverse(name, args=[phase.code, *args])
    except NoReverseMatch:
        return ""


def agenda_of(meeting: Meeting) -> list[MeetingSession]:
    """The sessions with their items, in order."""
    items = meeting.agenda.order_by("position", "id")
    return list(
        MeetingSession.objects.filter(meeting=meeting)
        .select_related("institution")
        .prefetch_related(Prefetch("items", items))
        .order_by("position", "id")
    )


def with_follow_ups(decisions: QuerySet[Decision], viewer: Viewer) -> list[tuple[Decision, FollowUp | None]]:
    """Decisions, each with what a meeting heard of it last, of those whose minutes the viewer reads."""
    heard = FollowUp.objects.select_related("meeting__phase").order_by("meeting__begins_on", "meeting_id")
    return [
        (one, next((follow for follow in reversed(one.follow_ups.all()) if sees_minutes(viewer, follow.meeting)), None))
        for one in decisions.prefetch_related(Prefetch("follow_ups", heard))
    ]


def earlier_of(request: PageRequest, meeting: Meeting) -> dict[str, Any]:
    """What earlier meetings left: their decisions with what became of them, and every action point, none dropped."""
    decisions = list(earlier_decisions(meeting))
    said: dict[int, FollowUp] = {}
    upto = Q(meeting=meeting) | Q(meeting__in=earlier_meetings(meeting).order_by().values("pk"))
    heard = FollowUp.objects.filter(upto, decision__in=decisions).select_related("meeting")
    for one in heard.order_by("meeting__begins_on", "meeting_id"):
        said[one.decision_id] = one
    today = current_day()
    points = [(point, point.is_overdue_on(today)) for point in carried_over(meeting)]
    return {
        "decisions": [(one, said.get(one.pk)) for one in decisions],
        "points": points,
        "unfinished": sum(point.state in {"open", "in_progress"} for point, _late in points),
        "overdue": sum(late for _point, late in points),
        "page": address_if_any(meeting.phase, "action_points:action_points"),
        "heard": meeting.state in HELD,
    }


def papers_shown(request: PageRequest, meeting: Meeting) -> list[tuple[Any, bool]]:
    """The papers with whether each is late: the secretariat sees all, members those that were sent."""
    due, today = papers_due(meeting), current_day()
    staff = request.viewer.is_staff_in(meeting.phase)
    return [
        (paper, is_paper_late(paper, due, today))
        for paper in meeting.papers.all()
        if staff or paper.sent_on is not None
    ]


def presences_of(meeting: Meeting) -> list[Presence]:
    """Who was there: seats first."""
    order = {code: place for place, code in enumerate(Presence.As.values)}
    found = meeting.presences.select_related("institution", "member")
    return sorted(found, key=lambda one: (order.get(one.present_as, 9), one.pk))


@meeting_page
def calendar_file(request: PageRequest, phase: Phase, meeting: Meeting) -> HttpResponse:
    """The meeting as a file for one's own calendar."""
    # Read here, since the calendar library takes 10 MB of each worker.
    from pilotage.exchange.calendar.meetings import meeting_file

    body = meeting_file(meeting, reader_language())
    if body is None:
        raise Http404(_("The day of the meeting is not known yet: a calendar cannot hold it."))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{meeting.code}.ics"'
    return response


@editor_page
def explain(request: PageRequest, phase: Phase, meeting: Meeting) -> HttpResponseBase:
    """Writes why a warning stands, or (``?check=quorum``) why decisions stand without quorum."""
    code = request.POST.get("check") or request.GET.get("check", "")
    check = STEERING_CHECK_BY_CODE.get(code)
    if code != "quorum" and (check is None or check.level != "W"):
        raise Http404(_("There is nothing to explain at this address."))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        assert request.viewer.user is not None
        try:
            if code == "quorum":
                waive_quorum(by=request.viewer.user, viewer=request.viewer, meeting=meeting, reason=reason)
            else:
                give_meeting_reason(
                    by=request.viewer.user, viewer=request.viewer, meeting=meeting, check_code=code, reason=reason
                )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The reason is kept."))
            return redirect("meetings:meeting", phase.code, meeting.code)
    texts = [one.text for one in meeting_findings(Meeting.objects.filter(pk=meeting.pk), current_day())
             if one.check.code == code]  # fmt: skip
    context = {
        **base_context(request, meeting),
        "form": form,
        "check": code,
        "title": check.title if check else _("Let decisions stand without quorum"),
        "texts": texts if check else [quorum_in_words(meeting)[1]],
    }
    return render(request, "meetings/explain.html", context, status=422 if form.errors else 200)
