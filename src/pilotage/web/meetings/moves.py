"""Steps of a meeting: convening, holding, circulating, approving, publishing, cancelling."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.deadlines import are_minutes_late, comments_due, minutes_due, papers_due
from pilotage.domain.steering.invitations import is_still_ahead
from pilotage.domain.steering.models import Invitation, Meeting, MinutesComment
from pilotage.domain.steering.operations import move_meeting
from pilotage.domain.steering.states import MEETING_STEP_BY_NAME, MEETING_STEPS
from pilotage.domain.steering.words import MeetingState
from pilotage.exchange.tasks import send_meeting_invitation
from pilotage.web.activities.forms import add_problems
from pilotage.web.drafts import take_typed
from pilotage.web.meetings.common import base_context, found_meeting, signed_in_meeting_page, steps_in_order
from pilotage.web.meetings.forms import StepForm
from pilotage.web.pages import PageRequest, require
from pilotage.web.templatetags.pilotage import in_words

APPROVED = frozenset({MeetingState.APPROVED, MeetingState.PUBLISHED})


@signed_in_meeting_page
def move(request: PageRequest, phase: Phase, meeting: Meeting) -> HttpResponseBase:
    """What can be done with the meeting now, by whom, and what each step needs."""
    viewer, posted = request.viewer, request.method == "POST"
    kept = take_typed(request)
    open_steps = steps_in_order(viewer, meeting)
    sent = request.POST.get("step", "") if posted else kept.get("step", "") if kept else ""
    require(bool(open_steps) or viewer.is_staff_in(phase), _("There is no step for your role here."))
    if posted and (told := already_done(meeting, sent)):
        messages.info(request, told)
        return redirect("meetings:meeting", phase.code, meeting.code)
    forms = {
        step.name: StepForm((request.POST if posted else kept) if step.name == sent else None, step=step)
        for step in open_steps
    }
    problems: list[str] = []
    if posted:
        form = forms.get(sent)
        if form is None:
            problems.append(_("This step is no longer possible: see below what is."))
        elif form.is_valid():
            try:
                moved = _make(request, meeting, sent, form)
            except ValidationError as problem:
                fresh = found_meeting(viewer, phase, meeting.code)
                if told := already_done(fresh, sent):
                    messages.info(request, told)
                    return redirect("meetings:meeting", phase.code, meeting.code)
                add_problems(form, problem)
            except NotAllowed as refusal:
                form.add_error(None, refusal.reason)
            else:
                return _said(request, moved, sent)
    others = [
        (step, ", ".join(sorted(str(Role(role).label) for role in step.roles)))
        for step in MEETING_STEPS
        if meeting.state in step.from_states and step not in open_steps and step.name != "approve_tacitly"
    ]
    context: dict[str, Any] = {
        **base_context(request, meeting),
        "forms": [(forms[step.name], step, _warnings(meeting, step.name, timezone.localdate())) for step in open_steps],
        "others": others,
        "problems": problems,
        "wanted": sent or request.GET.get("step", ""),
        "open_comments": meeting.comments.filter(outcome=MinutesComment.Outcome.OPEN).count(),
    }
    failed = bool(problems) or any(form.is_bound and form.errors for form in forms.values())
    return render(request, "meetings/move.html", context, status=422 if posted and failed else 200)


def already_done(meeting: Meeting, step: str) -> str:
    """What to say calmly to whoever comes second with a step that somebody made meanwhile; "" where nobody did."""
    known = MEETING_STEP_BY_NAME.get(step)
    if known is None or meeting.state in known.from_states:
        return ""
    names = ["approve", "approve_tacitly"] if known.to_state in APPROVED and step != "publish" else [step]
    made = meeting.moves.filter(move__in=names).order_by("-id").first()
    if made is None:
        return ""
    return _("That is done already: %(who)s did it (%(day)s). Nothing more is needed.") % {
        "who": made.by_name,
        "day": in_words(made.effective_on),
    }


def _make(request: PageRequest, meeting: Meeting, step: str, form: StepForm) -> Meeting:
    assert request.viewer.user is not None
    return move_meeting(
        by=request.viewer.user,
        viewer=request.viewer,
        meeting=meeting,
        step=step,
        effective_on=form.cleaned_data["effective_on"],
        reason=form.cleaned_data["reason"],
    )


def _said(request: PageRequest, moved: Meeting, step: str) -> HttpResponseBase:
    code = moved.phase.code
    messages.success(request, _("The meeting is now: %(state)s.") % {"state": moved.get_state_display()})
    if step == "cancel":
        waiting = list(moved.invitations.filter(method=Invitation.Method.CANCEL, sent_at=None))
        for invitation in waiting:
            send_meeting_invitation.enqueue(invitation.pk)
        if waiting:
            messages.info(request, _("Those who were invited are told that it is cancelled."))
    if step == "convene" and moved.body_id and is_still_ahead(moved, timezone.localdate()):
        return redirect("meetings:invitations", code, moved.code)
    page = "meetings:minutes" if step in {"hold", "draft_minutes", "circulate"} else "meetings:meeting"
    return redirect(page, code, moved.code)


def _warnings(meeting: Meeting, step: str, today: date) -> list[str]:
    """What to know before a step is made: it is allowed all the same."""
    found = []
    due = papers_due(meeting)
    if step == "convene" and due and today > due:
        found.append(_("Papers sent today are late: they were due on %(day)s.") % {"day": in_words(due)})
    due = minutes_due(meeting)
    if step in {"draft_minutes", "circulate"} and due and are_minutes_late(meeting, today):
        found.append(_("The minutes are late: they were due on %(day)s.") % {"day": in_words(due)})
    if step == "circulate":
        one_sided = [item for item in meeting.agenda.all() if item.summary and len(item.summary) < 2]
        if one_sided:
            found.append(_("Some items have their summary in one language only."))
    due = comments_due(meeting)
    if step == "approve" and due and today <= due:
        found.append(_("Members may still comment until %(day)s.") % {"day": in_words(due)})
    return found
