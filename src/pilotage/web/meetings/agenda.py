"""The agenda: made from a template or from last time's, changed item by item, ordered without dragging."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.agendas import (
    CLOSED,
    edit_agenda_item,
    edit_session,
    is_used,
    make_agenda,
    plan_consultation,
    remove_agenda_item,
    remove_session,
    shift_agenda_item,
    standard_agenda,
)
from pilotage.domain.steering.models import AgendaItem, Meeting, MeetingSession
from pilotage.domain.steering.operations import add_agenda_item
from pilotage.domain.steering.queries import last_meeting_before
from pilotage.domain.steering.words import SessionKind
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.forms import add_problems
from pilotage.web.drafts import take_typed
from pilotage.web.marks import carry_mark, require_known, tell
from pilotage.web.meetings.agenda_forms import ItemForm, NewItemForm, SessionForm, session_name
from pilotage.web.meetings.common import base_context, editor_page
from pilotage.web.meetings.conflicts import shown_again
from pilotage.web.meetings.forms import initial_of
from pilotage.web.meetings.views import agenda_of
from pilotage.web.pages import PageRequest


@editor_page
def agenda(request: PageRequest, phase: Phase, meeting: Meeting) -> HttpResponseBase:
    """The whole agenda with what can be done to it."""
    do = request.POST.get("do", "") if request.method == "POST" else ""
    problems: list[str] = []
    new_item = NewItemForm(
        request.POST if do == "add" else None, meeting=meeting, auto_id="item_%s",
        initial={"session": meeting.sessions.order_by("position").values_list("pk", flat=True).first()},
    )  # fmt: skip
    new_session = SessionForm(request.POST if do == "session" else None, meeting=meeting, auto_id="session_%s")
    if do:
        try:
            done = _do(request, meeting, do, new_item, new_session)
        except ValidationError as problem:
            form = {"add": new_item, "session": new_session}.get(do)
            if form is None:
                problems = problem.messages
            else:
                add_problems(form, problem)
        else:
            if done:
                return redirect(f"{request.path}#item-{_key(request)}" if do in {"up", "down"} else request.path)
    context = {
        **base_context(request, meeting),
        "sessions": [(one, session_name(one), _minutes(one)) for one in agenda_of(meeting)],
        "standard": standard_agenda(meeting.kind),
        "last": last_meeting_before(meeting),
        "new_item": new_item,
        "new_session": new_session,
        "problems": problems,
        "closed": meeting.state in CLOSED,
        "is_empty": not meeting.agenda.exists(),
    }
    failed = problems or new_item.errors or new_session.errors
    return render(request, "meetings/agenda.html", context, status=422 if do and failed else 200)


def _minutes(session: MeetingSession) -> int:
    return sum(item.minutes or 0 for item in session.items.all())


def _do(request: PageRequest, meeting: Meeting, do: str, new_item: NewItemForm, new_session: SessionForm) -> bool:
    """Does what a button of the page asks for; False where a form wants mending."""
    viewer = request.viewer
    assert viewer.user is not None
    if do in {"standard", "last"}:
        make_agenda(by=viewer.user, meeting=meeting, like_last_time=do == "last", viewer=viewer)
        messages.success(request, _("The agenda is made. Change it as the meeting wants it."))
    elif do in {"up", "down", "remove"}:
        item = get_object_or_404(AgendaItem, pk=_key(request), meeting=meeting)
        if do == "remove":
            remove_agenda_item(by=viewer.user, item=item, viewer=viewer)
            messages.success(request, _("The item is off the agenda."))
        else:
            shift_agenda_item(by=viewer.user, item=item, up=do == "up", viewer=viewer)
    elif do == "add":
        if not new_item.is_valid():
            return False
        session = new_item.cleaned_data["session"]
        session.meeting = meeting
        add_agenda_item(by=viewer.user, session=session, values=new_item.values(), viewer=viewer)
        messages.success(request, _("The item is added."))
    elif do == "session":
        if not new_session.is_valid():
            return False
        plan_consultation(
            by=viewer.user, meeting=meeting, institution=new_session.with_whom(), viewer=viewer,
            starts_at=new_session.moment("starts"), ends_at=new_session.moment("ends"),
        )  # fmt: skip
        messages.success(request, _("The consultation is added."))
    return True


def _key(request: PageRequest) -> int:
    key = request.POST.get("key", "")
    return int(key) if key.isdecimal() and len(key) < 15 else 0


@editor_page
def item(request: PageRequest, phase: Phase, meeting: Meeting, key: int) -> HttpResponseBase:
    """One item: title in both languages, what it is about, who speaks, for how long."""
    viewer = request.viewer
    record = get_object_or_404(AgendaItem, pk=key, meeting=meeting)
    record.meeting = meeting
    posted, conflict = request.method == "POST", None
    form = ItemForm(request.POST if posted else take_typed(request), initial=initial_of(record, ItemForm))
    if posted and form.is_valid():
        try:
            assert viewer.user is not None
            edit_agenda_item(
                by=viewer.user, item=record, values=form.values(), version=form.cleaned_data["version"] or 0,
                viewer=viewer,
            )  # fmt: skip
        except ValidationError as problem:
            add_problems(form, problem)
        except StaleRecord as stale:
            fresh = get_object_or_404(AgendaItem, pk=key, meeting=meeting)
            shown, conflict = shown_again(form, fresh, stale)
            form = ItemForm(None, initial=shown)
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("meetings:agenda", phase.code, meeting.code)
    context = {**base_context(request, meeting), "form": form, "item": record, "conflict": conflict}
    status = 409 if conflict else 422 if form.is_bound and form.errors else 200
    return render(request, "meetings/item.html", context, status=status)


@editor_page
def session(request: PageRequest, phase: Phase, meeting: Meeting, key: int) -> HttpResponseBase:
    """One session: its hours, its institution; or to take it away while nothing stands under it."""
    viewer = request.viewer
    record = get_object_or_404(MeetingSession.objects.select_related("institution"), pk=key, meeting=meeting)
    record.meeting = meeting
    posted, removing = request.method == "POST", "remove" in request.POST
    form = SessionForm(request.POST if posted and not removing else None, meeting=meeting, session=record)
    carry_mark(form, record)
    problems: list[str] = []
    if posted and (removing or form.is_valid()):
        try:
            assert viewer.user is not None
            if removing:
                remove_session(by=viewer.user, session=record, viewer=viewer)
            else:
                require_known(form, record)
                edit_session(
                    by=viewer.user, session=record, starts_at=form.moment("starts"), ends_at=form.moment("ends"),
                    institution=form.with_whom(), present=form.present_text(), viewer=viewer,
                )  # fmt: skip
        except ValidationError as problem:
            if removing:
                problems = problem.messages
            else:
                add_problems(form, _in_form(problem))
        except StaleRecord as stale:
            tell(form, record, stale)
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("meetings:agenda", phase.code, meeting.code)
    context: dict[str, Any] = {
        **base_context(request, meeting),
        "form": form,
        "session": record,
        "name": session_name(record),
        "problems": problems,
        "removable": record.kind == SessionKind.BILATERAL and not any(map(is_used, record.items.all())),
    }
    return render(request, "meetings/session.html", context, status=422 if problems or form.errors else 200)


def _in_form(problem: ValidationError) -> ValidationError:
    """Problems of the moments stand beside the hours."""
    if not hasattr(problem, "error_dict"):
        return problem
    named = {"starts_at": "starts", "ends_at": "ends", "present_text": "present"}
    return ValidationError({named.get(name, name): errors for name, errors in problem.error_dict.items()})
