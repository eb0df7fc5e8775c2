"""Papers of a meeting: adding, dating, handing out; the late ones are told apart."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import can_edit_meeting, sees_papers
from pilotage.domain.steering.deadlines import is_paper_late, papers_due
from pilotage.domain.steering.models import Meeting, Paper
from pilotage.domain.steering.papers import add_paper, edit_paper, remove_paper
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.forms import add_problems
from pilotage.web.answers.returns import handed_out
from pilotage.web.drafts import take_typed
from pilotage.web.marks import carry_mark, require_known, tell
from pilotage.web.meetings.common import base_context, editor_page, signed_in_meeting_page
from pilotage.web.meetings.forms import PaperForm, initial_of
from pilotage.web.meetings.packs import packs_of
from pilotage.web.meetings.views import papers_shown
from pilotage.web.pages import PageRequest, require


@signed_in_meeting_page
def papers(request: PageRequest, phase: Phase, meeting: Meeting) -> HttpResponseBase:
    """The papers, and for the secretariat a form for the next one."""
    viewer = request.viewer
    require(sees_papers(viewer, meeting))
    edits, posted = can_edit_meeting(viewer, meeting), request.method == "POST"
    require(edits or not posted, _("Your role does not reach this meeting."))
    form = PaperForm(request.POST if posted else take_typed(request), request.FILES if posted else None)
    if posted and form.is_valid():
        cleaned = form.cleaned_data
        upload = cleaned["file"]
        values = {name: cleaned[name] for name in ("title", "link", "sent_on")}
        try:
            assert viewer.user is not None
            added = add_paper(
                by=viewer.user, viewer=viewer, meeting=meeting, values=values,
                file=upload.file if upload else None, name=upload.name if upload else "",
            )  # fmt: skip
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            due = papers_due(meeting)
            if added.sent_on and is_paper_late(added, due, added.sent_on):
                assert due is not None
                messages.warning(request, _late(meeting))
            else:
                messages.success(request, _("The paper is added."))
            return redirect("meetings:papers", phase.code, meeting.code)
    context: dict[str, Any] = {
        **base_context(request, meeting),
        "papers": papers_shown(request, meeting),
        "papers_due": papers_due(meeting),
        "packs": packs_of(request, meeting),
        "form": form if edits else None,
    }
    return render(request, "meetings/papers.html", context, status=422 if form.is_bound and form.errors else 200)


def _late(meeting: Meeting) -> str:
    days = meeting.body.notice_days if meeting.body else 0
    return _("The paper is kept, but it was sent late: papers go out %(days)d working days before.") % {"days": days}


@editor_page
def paper(request: PageRequest, phase: Phase, meeting: Meeting, key: int) -> HttpResponseBase:
    """One paper: title, link, sending day; or to take it away before it is sent."""
    viewer = request.viewer
    record = get_object_or_404(Paper, pk=key, meeting=meeting)
    record.meeting = meeting
    posted, removing = request.method == "POST", "remove" in request.POST
    initial = initial_of(record, PaperForm)
    form = PaperForm(request.POST if posted and not removing else None, paper=record, initial=initial)
    carry_mark(form, record)
    problems: list[str] = []
    if posted and (removing or form.is_valid()):
        try:
            assert viewer.user is not None
            if removing:
                remove_paper(by=viewer.user, paper=record, viewer=viewer)
            else:
                require_known(form, record)
                edit_paper(by=viewer.user, paper=record, values=form.cleaned_data, viewer=viewer)
        except ValidationError as problem:
            if removing:
                problems = problem.messages
            else:
                add_problems(form, problem)
        except StaleRecord as stale:
            tell(form, record, stale)
        else:
            late = not removing and record.sent_on and is_paper_late(record, papers_due(meeting), record.sent_on)
            messages.add_message(
                request, messages.WARNING if late else messages.SUCCESS,
                _late(meeting) if late else _("The changes are kept."),
            )  # fmt: skip
            return redirect("meetings:papers", phase.code, meeting.code)
    context = {**base_context(request, meeting), "form": form, "paper": record, "problems": problems}
    return render(request, "meetings/paper.html", context, status=422 if problems or form.errors else 200)


@signed_in_meeting_page
def open_paper(request: PageRequest, phase: Phase, meeting: Meeting, key: int) -> HttpResponseBase:
    """Hands out a paper to somebody who may read it: members once it was sent."""
    require(sees_papers(request.viewer, meeting))
    record = get_object_or_404(Paper, pk=key, meeting=meeting)
    if not record.file or (record.sent_on is None and not request.viewer.is_staff_in(phase)):
        raise Http404(_("There is no file at this address that you may see."))
    try:
        content = record.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("The file is missing from the store.")) from None
    return handed_out(content, record.name, (record.file.name or "").rsplit(".", 1)[-1])
