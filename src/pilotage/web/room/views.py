"""The room: one page to run a meeting from. Plain forms work alone; the script beside them keeps and repeats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import can_edit_meeting, visible_meetings
from pilotage.domain.steering.models import Meeting
from pilotage.domain.steering.queries import carried_over
from pilotage.kit.changes import StaleRecord
from pilotage.web.drafts import keep_typed, take_typed
from pilotage.web.pages import PageRequest, phase_page, require
from pilotage.web.room.entries import Conflict, Room, enter
from pilotage.web.room.page import Boxes, Sent, attendance, context_of, earlier, item_rows, point_row, with_moves


def found_meeting(viewer: Viewer, phase: Phase, code: str) -> Meeting:
    """The meeting ``code`` of ``phase``; 404 where there is none that the viewer may see."""
    found = visible_meetings(viewer, phase).select_related("body", "country", "place", "round")
    meeting = found.prefetch_related("body__members__institution").filter(code=code).first()
    if meeting is None:
        raise Http404(_("There is no meeting at this address that you may see."))
    meeting.phase = phase
    result: Meeting = meeting
    return result


@never_cache
@phase_page
def room(request: PageRequest, phase: Phase, code: str) -> HttpResponseBase:
    """Shows the room; takes one entry at a time, from a form or from the script."""
    viewer = request.viewer
    by_script = request.headers.get("X-Room") == "1"
    if request.method == "POST" and by_script:
        return _answer_script(request, phase, code)
    if viewer.user is None and request.method == "POST":
        return keep_typed(request)
    require(viewer.user is not None)
    meeting = found_meeting(viewer, phase, code)
    require(can_edit_meeting(viewer, meeting), _("The secretariat runs the meeting; your role reads its minutes."))
    if request.method == "POST":
        sent, status = _take(request, meeting)
        if sent is None:
            return redirect(f"{reverse('room:room', args=[phase.code, code])}#{_anchor(request)}")
        return render(request, "room/room.html", context_of(meeting, viewer, sent), status=status)
    kept = take_typed(request)
    sent = (
        Sent(kept.get("box", ""), kept.dict(), [_("What you had written is back; it is not saved yet.")])
        if kept
        else None
    )
    return render(request, "room/room.html", context_of(meeting, viewer, sent))


def _anchor(request: PageRequest) -> str:
    """Where the page is shown again after a form was taken."""
    box = request.POST.get("box", "")
    kind, _dash, key = box.partition("-")
    if kind in {"summary", "decision", "action", "mention"}:
        return f"item-{key.split('-')[0]}"
    return {"point": box, "follow": box, "reword": box, "present": box}.get(kind, "attendance")


def _take(request: PageRequest, meeting: Meeting) -> tuple[Sent | None, int]:
    """Takes a plain form. Returns what could not be taken, with the status of the page; None where all went well."""
    assert request.viewer.user is not None
    box, values = request.POST.get("box", ""), request.POST.dict()
    try:
        said = enter(Room(meeting, request.viewer.user, request.viewer), request.POST)
    except Conflict as conflict:
        told = _(
            "%(person)s wrote another text meanwhile. Yours stands below, not saved yet; save it to replace theirs."
        )
        problems = [told % {"person": conflict.by or _("Somebody")}]
        return Sent(box, values, problems, conflict.told, conflict.by, conflict.was), 409
    except (ValidationError, NotAllowed, StaleRecord) as problem:
        return Sent(box, values, problems_of(problem)), 409 if isinstance(problem, StaleRecord) else 422
    messages.success(request, said["said"])
    return None, 200


def problems_of(problem: Exception) -> list[str]:
    """What went wrong, in words."""
    if isinstance(problem, ValidationError):
        return list(problem.messages)
    if isinstance(problem, NotAllowed):
        return [problem.reason]
    assert isinstance(problem, StaleRecord)
    return [_("%(person)s changed it at this moment. Look at it again, then send yours.") % {"person": problem.by}]


def _answer_script(request: PageRequest, phase: Phase, code: str) -> HttpResponse:
    """Takes an entry of the script. 401: sign in (again); 409: another text stands; 422: refused with the reason."""
    viewer = request.viewer
    if viewer.user is None or str(viewer.user.pk) != request.headers.get("X-Room-User", ""):
        return JsonResponse({"why": "other" if viewer.user else "signed_out"}, status=401)
    try:
        meeting = found_meeting(viewer, phase, code)
        require(can_edit_meeting(viewer, meeting), _("The secretariat runs the meeting; your role reads its minutes."))
        said = enter(Room(meeting, viewer.user, viewer), request.POST)
    except Conflict as conflict:
        return JsonResponse(
            {"theirs": conflict.theirs, "chosen": conflict.chosen, "by": conflict.by, "was": conflict.was}, status=409
        )
    except (ValidationError, NotAllowed, StaleRecord) as problem:
        return JsonResponse({"problems": problems_of(problem)}, status=422)
    except Http404 as gone:
        return JsonResponse({"problems": [str(gone)]}, status=422)
    part = said.get("part", "")
    answer: dict[str, Any] = {**said, "at": timezone.localtime().strftime("%H:%M")}
    if part:
        answer["html"] = part_of(request, meeting, part)
    return JsonResponse(answer)


def part_of(request: PageRequest, meeting: Meeting, part: str) -> str:
    """One part of the page anew, after something was recorded in it."""
    kind, _dash, key = part.partition("-")
    meeting = found_meeting(request.viewer, meeting.phase, meeting.code)
    boxes = Boxes()
    make: dict[str, Callable[[], dict[str, Any]]] = {
        "quorum": lambda: attendance(meeting, request.viewer, boxes),
        "guests": lambda: attendance(meeting, request.viewer, boxes),
        "item": lambda: {"row": item_rows(meeting, request.viewer, boxes, int(key))[0]},
        "heard": lambda: {"row": next(one for one in earlier(meeting, boxes) if one.decision.pk == int(key))},
        "point": lambda: {"row": _point(meeting, request.viewer, boxes, int(key))},
    }
    context = {"meeting": meeting, "phase": meeting.phase, "open": True, **make[kind]()}
    return render_to_string(f"room/parts/{kind}.html", context, request)


def _point(meeting: Meeting, viewer: Viewer, boxes: Boxes, key: int) -> Any:
    found = with_moves(carried_over(meeting)).filter(pk=key).first() or with_moves(meeting.action_points).get(pk=key)
    return point_row(found, viewer, boxes)
