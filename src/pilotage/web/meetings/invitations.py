"""Calendar invitations of a meeting: who gets one, who got which when, and sending what is not sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.deadlines import day_of
from pilotage.domain.steering.invitations import (
    INVITING,
    invite,
    invite_again,
    invitees,
    is_still_ahead,
    to_invite,
    without_address,
)
from pilotage.domain.steering.models import Meeting
from pilotage.exchange.tasks import send_meeting_invitation
from pilotage.kit.past.moment import current_day
from pilotage.web.meetings.bodies import slug_of
from pilotage.web.meetings.common import base_context, editor_page
from pilotage.web.pages import PageRequest


@editor_page
def invitations(request: PageRequest, phase: Phase, meeting: Meeting) -> HttpResponseBase:
    """The list, and the button that sends what is missing."""
    problems: list[str] = []
    if request.method == "POST":
        assert request.viewer.user is not None
        try:
            ask = invite_again if "again" in request.POST else invite
            kept = ask(by=request.viewer.user, meeting=meeting, viewer=request.viewer)
        except ValidationError as problem:
            problems = problem.messages
        else:
            for invitation in kept:
                send_meeting_invitation.enqueue(invitation.pk)
            said = ngettext(
                "%(number)d invitation is on its way.", "%(number)d invitations are on their way.", len(kept)
            )
            messages.success(request, said % {"number": len(kept)})
            return redirect("meetings:invitations", phase.code, meeting.code)
    sent = meeting.invitations.select_related("member__institution").order_by("-id")
    ahead = is_still_ahead(meeting, current_day())
    context: dict[str, Any] = {
        **base_context(request, meeting),
        "invitees": invitees(meeting),
        "to_invite": to_invite(meeting),
        "without": without_address(meeting),
        "invitations": sent,
        "is_update": any(one.sequence < meeting.sequence for one in sent),
        "given_up": sum(one.given_up for one in sent),
        "inviting": ahead,
        "passed": meeting.state in INVITING and not ahead,
        "day": day_of(meeting),
        "slug": slug_of(meeting.body) if meeting.body else "",
        "problems": problems,
    }
    return render(request, "meetings/invitations.html", context, status=422 if problems else 200)
