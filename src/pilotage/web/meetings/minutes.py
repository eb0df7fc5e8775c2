"""Minutes: what was said, item by item in two languages; comments of members and what became of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import (
    can_comment,
    can_edit_meeting,
    seats_of,
    sees_minutes,
    takes_part,
    visible_action_points,
)
from pilotage.domain.steering.deadlines import are_minutes_late, comments_due, minutes_due
from pilotage.domain.steering.models import AgendaItem, Meeting, MinutesComment
from pilotage.domain.steering.operations import answer_comment, comment_minutes, write_summary
from pilotage.domain.steering.words import HELD, IN_THE_ROOM, MeetingState
from pilotage.kit.changes import StaleRecord, operation
from pilotage.kit.models import Change
from pilotage.web.activities.forms import add_problems
from pilotage.web.drafts import take_typed
from pilotage.web.marks import carry_mark, require_known, tell
from pilotage.web.meetings.agenda_forms import session_name
from pilotage.web.meetings.common import (
    address_of,
    base_context,
    editor_page,
    meeting_page,
    signed_in_meeting_page,
    steps_in_order,
)
from pilotage.web.meetings.conflicts import shown_again
from pilotage.web.meetings.minutes_forms import AnswerForm, CommentForm, SummaryForm
from pilotage.web.meetings.packs import packs_of
from pilotage.web.meetings.views import agenda_of
from pilotage.web.pages import PageRequest, require

WRITABLE = IN_THE_ROOM | {MeetingState.CIRCULATED}
LANGUAGES = ("en", "ru")


@meeting_page
def minutes(request: PageRequest, phase: Phase, meeting: Meeting) -> HttpResponseBase:
    """The minutes with what is decided and given out under each item, and the comments."""
    return _show(request, meeting)


def _show(request: PageRequest, meeting: Meeting, form: CommentForm | None = None) -> HttpResponseBase:
    viewer = request.viewer
    require(sees_minutes(viewer, meeting), _("You can read the minutes once they are circulated."))
    context = base_context(request, meeting)
    today, edits = context["today"], context["edits"]
    sessions = agenda_of(meeting)
    items = [item for session in sessions for item in session.items.all()]
    stale = stale_summaries(items) if edits else {}
    decisions = list(meeting.decisions.select_related("addressee"))
    points: list[Any] = []
    if context["inside"]:
        points = list(
            visible_action_points(viewer, meeting.phase)
            .filter(meeting=meeting)
            .select_related("owner_institution", "owner_user")
            .order_by("code")
        )
    may_comment = can_comment(viewer, meeting)
    known = {item.pk for item in items}
    context |= {
        "sessions": [
            (
                session,
                session_name(session),
                [
                    {
                        "item": item,
                        "sides": [(code, item.summary.get(code, ""), stale.get(item.pk) == code) for code in LANGUAGES],
                        "decisions": [one for one in decisions if one.item_id == item.pk],
                        "points": [one for one in points if one.item_id == item.pk],
                    }
                    for item in session.items.all()
                ],
            )
            for session in sessions
        ],
        "loose_decisions": [one for one in decisions if one.item_id not in known],
        "loose_points": [one for one in points if one.item_id not in known],
        "writes": edits and meeting.state in WRITABLE,
        "comments": comments_of(viewer, meeting),
        "form": form or (CommentForm(None, meeting=meeting, for_others=edits) if may_comment else None),
        "minutes_due": minutes_due(meeting),
        "minutes_late": meeting.state in HELD and are_minutes_late(meeting, today),
        "comments_due": comments_due(meeting),
        "open_steps": steps_in_order(viewer, meeting),
        "packs": packs_of(request, meeting),
        "room": address_of(meeting, "room:room") if edits and meeting.state in IN_THE_ROOM else "",
        "answers": AnswerForm(),
    }
    return render(request, "meetings/minutes.html", context, status=422 if form and form.errors else 200)


def comments_of(viewer: Viewer, meeting: Meeting) -> list[MinutesComment]:
    """The comments on the minutes: for everybody inside; what members say is meant for all of them."""
    if not takes_part(viewer, meeting):
        return []
    return list(meeting.comments.select_related("item", "institution").order_by("id"))


def stale_summaries(items: list[AgendaItem]) -> dict[int, str]:
    """By item, the language whose text was not touched since the other one was changed. One query of the change log."""
    both = [item for item in items if len(item.summary) > 1]
    written: dict[str, dict[str, Any]] = {}
    changes = Change.objects.filter(record_type="steering.agendaitem", record_id__in=[str(item.pk) for item in both])
    for key, record, run, before, after in changes.order_by("id").values_list(
        "id", "record_id", "operation", "before", "after"
    ):
        if "summary" not in after:
            continue
        old, new = before.get("summary") or {}, after["summary"] or {}
        for code in LANGUAGES:
            if old.get(code) != new.get(code):
                seen = written.setdefault(record, {})
                seen[f"{code} touched"] = key
                seen[f"{code} run"] = run
                if old.get(code):
                    # A first wording is the translation of the other one; only a change leaves the other behind.
                    seen[f"{code} changed"] = key
    stale = {}
    for item in both:
        seen = written.get(str(item.pk), {})
        # Both texts written in one go belong together, whatever their order.
        if seen.get("en run") == seen.get("ru run"):
            continue
        for code, other in (("en", "ru"), ("ru", "en")):
            if seen.get(f"{other} changed", 0) > seen.get(f"{code} touched", 0):
                stale[item.pk] = code
    return stale


@editor_page
def summary(request: PageRequest, phase: Phase, meeting: Meeting, key: int) -> HttpResponseBase:
    """What was said under one item, both languages side by side."""
    viewer = request.viewer
    record = get_object_or_404(AgendaItem, pk=key, meeting=meeting)
    record.meeting = meeting
    posted, conflict = request.method == "POST", None
    initial = {"summary": record.summary, "version": record.version}
    form = SummaryForm(request.POST if posted else take_typed(request), initial=initial)
    if posted and form.is_valid():
        texts, version = form.cleaned_data["summary"], form.cleaned_data["version"]
        try:
            assert viewer.user is not None
            with operation("write summary", by=viewer.user):
                if record.version != version:
                    raise record.stale_since(version)
                for code in LANGUAGES:
                    if texts.get(code, "") != record.summary.get(code, ""):
                        write_summary(
                            by=viewer.user, item=record, language=code, text=texts.get(code, ""),
                            version=record.version, viewer=viewer,
                        )  # fmt: skip
        except ValidationError as problem:
            add_problems(form, problem)
        except StaleRecord as stale:
            fresh = get_object_or_404(AgendaItem, pk=key, meeting=meeting)
            before = (stale.theirs.get("summary") or ({}, {}))[0] or {}
            shown, conflict = shown_again(form, fresh, stale)
            # What only the other wrote is theirs; a language that both wrote stays as typed, theirs stands beside it.
            shown["summary"] = {
                code: fresh.summary.get(code, "")
                if texts.get(code, "") == before.get(code, "")
                else texts.get(code, "")
                for code in LANGUAGES
            }
            form, record = SummaryForm(None, initial=shown), fresh
        else:
            messages.success(request, _("The summary is kept."))
            return redirect(f"{address_of(meeting, 'minutes')}#item-{record.pk}")
    context = {**base_context(request, meeting), "form": form, "item": record, "conflict": conflict}
    status = 409 if conflict else 422 if form.is_bound and form.errors else 200
    return render(request, "meetings/summary.html", context, status=status)


@signed_in_meeting_page
def comment(request: PageRequest, phase: Phase, meeting: Meeting) -> HttpResponseBase:
    """Takes a comment: a member's own, or one that came by mail and is recorded by the secretariat."""
    viewer = request.viewer
    if request.method != "POST":
        return redirect("meetings:minutes", phase.code, meeting.code)
    require(sees_minutes(viewer, meeting), _("You can read the minutes once they are circulated."))
    edits = can_edit_meeting(viewer, meeting)
    require(
        can_comment(viewer, meeting) or edits, _("Comments are taken from members while the minutes are circulated.")
    )
    form = CommentForm(request.POST, meeting=meeting, for_others=edits)
    if form.is_valid():
        cleaned = form.cleaned_data
        values: dict[str, Any] = {"text": cleaned["text"].strip(), "item": cleaned["item"]}
        if edits:
            key = cleaned["institution"]
            values |= {
                "author": cleaned["author"],
                "institution": Institution.objects.filter(pk=key).first() if key else None,
            }
            if cleaned["received_on"]:
                values["received_on"] = cleaned["received_on"]
        else:
            seat = seats_of(viewer, meeting).first()
            values["institution"] = seat.institution if seat else None
        try:
            assert viewer.user is not None
            comment_minutes(by=viewer.user, meeting=meeting, values=values)
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, _("The comment is kept; the secretariat answers it."))
            return redirect(f"{address_of(meeting, 'minutes')}#comments")
    return _show(request, meeting, form)


@editor_page
def answer(request: PageRequest, phase: Phase, meeting: Meeting, key: int) -> HttpResponseBase:
    """Says whether a comment was taken over, and why."""
    viewer = request.viewer
    record = get_object_or_404(MinutesComment.objects.select_related("item", "institution"), pk=key, meeting=meeting)
    record.meeting = meeting
    initial = {"outcome": record.outcome if record.outcome != "open" else "", "reply": record.reply}
    form = AnswerForm(request.POST if request.method == "POST" else take_typed(request), initial=initial)
    carry_mark(form, record)
    if request.method == "POST" and form.is_valid():
        try:
            assert viewer.user is not None
            require_known(form, record)
            answer_comment(
                by=viewer.user, viewer=viewer, comment=record, outcome=form.cleaned_data["outcome"],
                reply=form.cleaned_data["reply"],
            )  # fmt: skip
        except ValidationError as problem:
            add_problems(form, problem)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        except StaleRecord as stale:
            tell(form, record, stale)
        else:
            messages.success(request, _("The answer is kept."))
            return redirect(f"{address_of(meeting, 'minutes')}#comments")
    context = {**base_context(request, meeting), "form": form, "comment": record}
    return render(request, "meetings/answer.html", context, status=422 if form.is_bound and form.errors else 200)
