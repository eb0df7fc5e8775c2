"""Who is in the room: all seats at once, and guests; the quorum is said while it is typed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import Role
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import can_edit_meeting, sees_names
from pilotage.domain.steering.attendance import SeatTaken, add_guest, set_seats
from pilotage.domain.steering.models import Meeting, Presence
from pilotage.domain.steering.operations import remove_presence
from pilotage.domain.steering.queries import seats_on
from pilotage.domain.steering.words import IN_THE_ROOM
from pilotage.web.activities.forms import add_problems
from pilotage.web.meetings.common import base_context, quorum_in_words, signed_in_meeting_page
from pilotage.web.meetings.forms import GuestForm
from pilotage.web.pages import PageRequest, require

LONGEST = 200


@signed_in_meeting_page
def attendance(request: PageRequest, phase: Phase, meeting: Meeting) -> HttpResponseBase:
    """The seats of the body with who fills them, then everybody else."""
    viewer = request.viewer
    require(sees_names(viewer, meeting))
    edits, posted = can_edit_meeting(viewer, meeting), request.method == "POST"
    require(edits or not posted, _("Your role does not reach this meeting."))
    guest = GuestForm(request.POST if "guest" in request.POST else None, meeting=meeting)
    seats = list(seats_on(meeting.body, meeting.begins_on)) if meeting.body else []
    problems: list[str] = []
    if posted:
        try:
            if _do(request, meeting, guest, [seat.pk for seat in seats]):
                return redirect("meetings:attendance", phase.code, meeting.code)
        except ValidationError as problem:
            if guest.is_bound:
                add_problems(guest, problem)
            else:
                problems = problem.messages
    known = {one.member_id: one for one in meeting.presences.select_related("institution")}
    reached, quorum = quorum_in_words(meeting)
    context: dict[str, Any] = {
        **base_context(request, meeting),
        "lines": [_line(request, seat, known.get(seat.pk), bool(problems)) for seat in seats],
        "others": [one for one in meeting.presences.select_related("institution") if one.member_id is None],
        "guest": guest,
        "problems": problems,
        "quorum": quorum,
        "quorum_reached": reached,
        "open": edits and meeting.state in IN_THE_ROOM,
        "waives": Role.PM in viewer.roles_in(phase) and edits and not reached and not meeting.quorum_waived_reason,
    }
    failed = problems or (guest.is_bound and guest.errors)
    return render(request, "meetings/attendance.html", context, status=422 if posted and failed else 200)


def _line(request: PageRequest, seat: Any, presence: Presence | None, typed: bool) -> dict[str, Any]:
    present_as, name = (presence.present_as, presence.name) if presence else ("", "")
    if typed:
        present_as = request.POST.get(f"seat-{seat.pk}", present_as)
        name = request.POST.get(f"name-{seat.pk}", name)
    return {"seat": seat, "present_as": present_as, "name": name}


def _do(request: PageRequest, meeting: Meeting, guest: GuestForm, seats: list[int]) -> bool:
    viewer = request.viewer
    assert viewer.user is not None
    if "remove" in request.POST:
        key = request.POST["remove"]
        presence = get_object_or_404(Presence, pk=int(key) if key.isdecimal() else 0, meeting=meeting)
        presence.meeting = meeting
        remove_presence(by=viewer.user, presence=presence, viewer=viewer)
        messages.success(request, _("Taken off the list."))
        return True
    if guest.is_bound:
        if not guest.is_valid():
            return False
        cleaned = guest.cleaned_data
        institution = Institution.objects.filter(pk=cleaned["institution"]).first() if cleaned["institution"] else None
        values = {"name": cleaned["name"], "institution": institution, "present_as": cleaned["present_as"]}
        add_guest(by=viewer.user, meeting=meeting, values=values, viewer=viewer)
        messages.success(request, _("Noted."))
        return True
    allowed = {Presence.As.MEMBER.value, Presence.As.ALTERNATE.value, ""}
    taken = [
        SeatTaken(key, value, request.POST.get(f"name-{key}", "")[:LONGEST])
        for key in seats
        if (value := request.POST.get(f"seat-{key}")) in allowed and value is not None
    ]
    if not taken:
        raise ValidationError(_("Nothing was sent."))
    set_seats(by=viewer.user, meeting=meeting, taken=taken, viewer=viewer)
    messages.success(request, _("The attendance is kept."))
    return True
