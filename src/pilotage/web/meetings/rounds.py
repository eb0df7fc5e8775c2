"""Rounds: the meetings of a year planned at once, and what each of them wants next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pilotage.documents.access import works_on_publications
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import can_edit_meeting, visible_meetings
from pilotage.domain.steering.bodies import may_edit_bodies
from pilotage.domain.steering.deadlines import are_papers_late, minutes_due, papers_due
from pilotage.domain.steering.models import MeetingRound, SteeringBody
from pilotage.domain.steering.next_steps import next_steps
from pilotage.domain.steering.rounds import edit_round, plan_meetings, proposed_days
from pilotage.domain.steering.words import BodyKind
from pilotage.kit.changes import StaleRecord
from pilotage.kit.past.moment import current_day
from pilotage.web.activities.forms import add_problems
from pilotage.web.changes.reading import changes_of
from pilotage.web.drafts import take_typed
from pilotage.web.meetings.bodies import require_steering
from pilotage.web.meetings.body_forms import CutOffForm, ProposalForm, RoundForm
from pilotage.web.meetings.common import People
from pilotage.web.meetings.packs import packs_of
from pilotage.web.pages import PageRequest, form_page, phase_page, require
from pilotage.web.places import place_address
from pilotage.web.templatetags.pilotage import in_words


@phase_page
def rounds(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The rounds, the latest first, with how far each has come."""
    require_steering(request.viewer, phase)
    visible = visible_meetings(request.viewer, phase).filter(round__isnull=False).order_by("begins_on", "code")
    by_round: dict[int | None, list[Any]] = {}
    for meeting in visible.select_related("country", "body"):
        by_round.setdefault(meeting.round_id, []).append(meeting)
    context = {
        "lines": [(one, by_round.get(one.pk, [])) for one in MeetingRound.objects.filter(phase=phase)],
        "may_add": may_edit_bodies(request.viewer, phase),
        "has_bodies": SteeringBody.objects.filter(phase=phase).exists(),
    }
    return render(request, "meetings/rounds.html", context)


def found_round(request: PageRequest, phase: Phase, year: int) -> MeetingRound:
    """The round of a year; 404 where none is planned."""
    require_steering(request.viewer, phase)
    found = MeetingRound.objects.filter(phase=phase, year=year).first()
    if found is None:
        raise Http404(_("No round of meetings is planned for this year."))
    found.phase = phase
    planned: MeetingRound = found
    return planned


@phase_page
def one_round(request: PageRequest, phase: Phase, year: int) -> HttpResponseBase:
    """One round: each meeting's state, what is due, what is missing and whose turn it is."""
    planned, viewer, today = found_round(request, phase, year), request.viewer, current_day()
    meetings = list(
        visible_meetings(viewer, phase)
        .filter(round=planned)
        .select_related("body", "country", "place")
        .prefetch_related("body__members__institution", "body__members__user", "place__earlier_names")
        .order_by("begins_on", "code")
    )
    people = People(phase, viewer)
    inside = viewer.is_staff_in(phase)
    lines, turns = [], []
    for meeting in meetings:
        meeting.phase = phase
        steps = [people.turn(step, meeting, today) for step in next_steps(meeting, today)]
        turns += steps
        lines.append(
            {
                "meeting": meeting,
                "papers_due": papers_due(meeting),
                "papers_late": are_papers_late(meeting, today) and meeting.state != "cancelled",
                "minutes_due": minutes_due(meeting),
                "next": steps[0] if steps else None,
                "packs": packs_of(request, meeting),
            }
        )
    missing = SteeringBody.objects.filter(phase=phase).exclude(pk__in=[one.body_id for one in meetings])
    turns.sort(key=lambda turn: (not turn.late, turn.step.due or date.max, turn.meeting.begins_on or date.max))
    context = {
        "round": planned,
        "lines": lines,
        "turns": turns if inside else [],
        "others": missing if inside else (),
        "edits": may_edit_bodies(viewer, phase),
        "done": sum(line["next"] is None for line in lines),
        "what_changed": _what_changed(viewer, phase, planned),
        "changes": changes_of(planned, viewer, limit=10) if inside else [],
        "makes_packs": bool(lines) and works_on_publications(viewer, phase),
        "may_mend": [meeting for meeting in meetings if can_edit_meeting(viewer, meeting)],
    }
    return render(request, "meetings/round.html", context)


def _what_changed(viewer: Viewer, phase: Phase, planned: MeetingRound) -> str:
    """Where it is said what changed from the cut-off of the round before to that of this one; empty for the first."""
    before = MeetingRound.objects.filter(phase=phase, cut_off__lt=planned.cut_off).order_by("-cut_off").first()
    page = place_address("what-changed/", viewer, phase) if before else ""
    return f"{page}?since={before.cut_off}&until={planned.cut_off}" if before and page else ""


def _start_of(phase: Phase) -> dict[str, Any]:
    """What a proposal begins with: the year after the last round, its data as of the end of June, first in September."""
    last = MeetingRound.objects.filter(phase=phase).order_by("-year").first()
    today = current_day()
    year = last.year + 1 if last else max(today.year, phase.start.year if phase.start else today.year)
    if phase.end and phase.end.year < year and last is None:
        year = phase.end.year
    cut_off = date(year, 6, 30)
    return {"year": year, "cut_off": cut_off, "first": cut_off + timedelta(weeks=10)}


@phase_page
@form_page
def new(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Plans all meetings of a year in one form; the days are proposed and may all be changed."""
    viewer = request.viewer
    require(may_edit_bodies(viewer, phase), _("Only the programme manager may do this."))
    bodies = list(SteeringBody.objects.filter(phase=phase).select_related("country").order_by("kind", "country"))
    proposal = ProposalForm(request.GET if "first" in request.GET else None, initial=_start_of(phase))
    start = _start_of(phase)
    if proposal.is_bound and proposal.is_valid():
        start = proposal.cleaned_data
    days = proposed_days(bodies, start["first"])
    initial = {"year": start["year"], "cut_off": start["cut_off"]}
    data = request.POST if request.method == "POST" else take_typed(request)
    form = RoundForm(data, phase=phase, bodies=bodies, days=days, initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            assert viewer.user is not None
            planned = plan_meetings(
                by=viewer.user, viewer=viewer, phase=phase, year=cleaned["year"], cut_off=cleaned["cut_off"],
                meetings=form.meetings(), with_agenda=cleaned["with_agenda"],
            )  # fmt: skip
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, _("The round of %(year)d is planned.") % {"year": planned.year})
            return redirect("meetings:round", phase.code, planned.year)
    context = {
        "form": form,
        "proposal": proposal,
        "lines": form.lines(),
        "regional": BodyKind.REGIONAL,
        "bodies": bodies,
    }
    return render(request, "meetings/round_form.html", context, status=422 if form.is_bound and form.errors else 200)


@phase_page
@form_page
def edit(request: PageRequest, phase: Phase, year: int) -> HttpResponseBase:
    """Moves the data cut-off of a round."""
    viewer = request.viewer
    require(may_edit_bodies(viewer, phase), _("Only the programme manager may do this."))
    planned = found_round(request, phase, year)
    initial = {"cut_off": planned.cut_off, "version": planned.version}
    form = CutOffForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            assert viewer.user is not None
            edit_round(
                by=viewer.user, viewer=viewer, planned=planned, cut_off=cleaned["cut_off"], version=cleaned["version"]
            )
        except ValidationError as problem:
            add_problems(form, problem)
        except StaleRecord as stale:
            fresh = found_round(request, phase, year)
            form = CutOffForm(None, initial={"cut_off": cleaned["cut_off"], "version": fresh.version})
            told = _("%(who)s moved the cut-off to %(day)s meanwhile. Save again if yours stands.")
            messages.warning(request, told % {"who": stale.by, "day": in_words(fresh.cut_off)})
            return render(request, "meetings/cut_off.html", {"form": form, "round": fresh}, status=409)
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("meetings:round", phase.code, year)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "meetings/cut_off.html", {"form": form, "round": planned}, status=status)
