"""From a meeting or a round to its documents: what is there, what can be started, how far each is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilotage.documents.access import OUT, can_edit_publications, may_step, visible_publications, works_on_publications
from pilotage.documents.kinds.registry import KINDS
from pilotage.documents.models import Publication, PublicationState
from pilotage.documents.operations import open_publication
from pilotage.documents.publishing import AlreadyUnderWay, begin_issuing, under_way_of
from pilotage.documents.states import MAY_ISSUE, ready_to_issue
from pilotage.documents.tasks import issue_in_background
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import visible_meetings
from pilotage.domain.steering.models import Meeting, MeetingRound
from pilotage.domain.steering.words import MeetingKind, MeetingState
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.publications.addresses import address_of, desk_of
from pilotage.web.publications.documents import files_of
from pilotage.web.publications.finding import listed_editions, require_desk, require_editor

PACK_OF = {MeetingKind.NATIONAL_STEERING: "national_pack", MeetingKind.REGIONAL_STEERING: "regional_pack"}


def kinds_for(meeting: Meeting) -> list[str]:
    """The kinds of documents that a meeting can have."""
    pack = PACK_OF.get(MeetingKind(meeting.kind))
    return [*([pack] if pack else []), "minutes"]


@phase_page
def of_meeting(request: PageRequest, phase: Phase, code: str) -> HttpResponse:
    """The documents of one meeting; those who edit start them here."""
    require_desk(request, phase)
    meeting = _meeting(request, phase, code)
    may_edit = can_edit_publications(request.viewer, phase)
    if request.method == "POST":
        require_editor(request, phase)
        assert request.viewer.user
        kind = request.POST.get("kind", "")
        try:
            if kind not in kinds_for(meeting):
                raise ValidationError(_("There is no such document of this meeting."))
            opened = open_publication(
                by=request.viewer.user, viewer=request.viewer, phase=phase, kind=kind, meeting=meeting
            )
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("publications:of_meeting", phase.code, code)
        return redirect("publications:overview", phase.code, opened.address)
    rows = rows_of(request, phase, [meeting])
    context = {"meeting": meeting, "rows": rows, "may_edit": may_edit}
    return render(request, "publications/of_meeting.html", context)


def _meeting(request: PageRequest, phase: Phase, code: str) -> Meeting:
    meetings = visible_meetings(request.viewer, phase).select_related("body__country", "country", "round", "place")
    meeting = get_object_or_404(meetings, code=code)
    meeting.phase = phase
    return meeting


def rows_of(
    request: PageRequest, phase: Phase, meetings: Sequence[Meeting], kinds: Iterable[str] | None = None
) -> list[dict[str, Any]]:
    """For each meeting each document that it can have: what is there and what the viewer may do with it."""
    works_here = works_on_publications(request.viewer, phase)
    publications = visible_publications(request.viewer, phase).filter(meeting__in=meetings)
    known = {(one.meeting_id, one.kind): one for one in publications.prefetch_related(listed_editions())}
    rows = []
    for meeting in meetings:
        for kind in kinds_for(meeting):
            if kinds is not None and kind not in kinds:
                continue
            rows.append(_row(phase, meeting, kind, known.get((meeting.pk, kind)), works_here))
    return rows


def _row(phase: Phase, meeting: Meeting, kind: str, found: Publication | None, works_here: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"meeting": meeting, "kind": kind, "label": KINDS[kind].label, "publication": found}
    if found is None:
        return row
    found.phase = phase
    editions = sorted(found.editions.all(), key=lambda edition: -edition.number)
    latest = editions[0] if editions and found.state in OUT else None
    return row | {
        "latest": latest,
        "files": files_of(latest) if latest else [],
        "read": address_of(found) if latest else "",
        "desk": desk_of(found) if works_here else "",
        "under_way": under_way_of(found) if works_here else None,
        "ready": ready_to_issue(found),
    }


@phase_page
def of_round(request: PageRequest, phase: Phase, year: int) -> HttpResponse:
    """All packs of a round: opened together, each cleared at its desk, issued together, the regional one last."""
    planned = get_object_or_404(MeetingRound, phase=phase, year=year)
    require_desk(request, phase)
    meetings = list(
        Meeting.objects.filter(round=planned, kind__in=PACK_OF)
        .exclude(state=MeetingState.CANCELLED)
        .select_related("body__country", "country", "round")
        # The regional one sums the others up, and comes last.
        .order_by("-kind", "begins_on", "code")
    )
    meetings.sort(key=lambda meeting: meeting.kind == MeetingKind.REGIONAL_STEERING)
    if request.method == "POST":
        require_editor(request, phase)
        action = request.POST.get("action", "")
        if action == "open":
            _open_all(request, phase, meetings)
        elif action == "issue":
            _issue_ready(request, phase, meetings)
        return redirect("publications:of_round", phase.code, year)
    rows = rows_of(request, phase, meetings, PACK_OF.values())
    context = {
        "round": planned,
        "rows": rows,
        "may_edit": can_edit_publications(request.viewer, phase),
        "missing": sum(1 for row in rows if row["publication"] is None or _begins_anew(row, planned)),
        "ready": sum(1 for row in rows if row.get("ready")),
        "working": any(row.get("under_way") for row in rows),
    }
    response = render(request, "publications/of_round.html", context)
    if context["working"]:
        response["Refresh"] = "3"
    return response


def _begins_anew(row: dict[str, Any], planned: MeetingRound) -> bool:
    """True for a draft whose day is no longer the round's: opened again, it counts up to the new cut-off."""
    pack: Publication = row["publication"]
    return pack.as_of != planned.cut_off and pack.state == PublicationState.DRAFT and not pack.editions.all()


def _open_all(request: PageRequest, phase: Phase, meetings: Sequence[Meeting]) -> None:
    assert request.viewer.user
    for meeting in meetings:
        try:
            open_publication(
                by=request.viewer.user,
                viewer=request.viewer,
                phase=phase,
                kind=PACK_OF[MeetingKind(meeting.kind)],
                meeting=meeting,
            )
        except ValidationError as refused:
            messages.error(request, f"{meeting.code}: {' '.join(refused.messages)}")


def _issue_ready(request: PageRequest, phase: Phase, meetings: Sequence[Meeting]) -> None:
    """Puts every pack that has all clearances into the background, the regional one behind the national ones."""
    user = request.viewer.user
    assert user
    begun = 0
    packs = {
        one.meeting_id: one
        for one in Publication.objects.filter(meeting__in=meetings, kind__in=PACK_OF.values()).select_related("phase")
    }
    for meeting in meetings:
        pack = packs.get(meeting.pk)
        if pack is None or not ready_to_issue(pack) or not may_step(request.viewer, pack, MAY_ISSUE):
            continue
        try:
            issuing = begin_issuing(by=user, viewer=request.viewer, publication=pack)
        except AlreadyUnderWay:
            continue
        issue_in_background.enqueue(issuing.pk)
        begun += 1
    if begun:
        said = ngettext("%(count)d pack is being made.", "%(count)d packs are being made.", begun)
        messages.success(request, said % {"count": begun})
    else:
        messages.warning(request, _("No pack has all its clearances yet, or your role may not issue it."))
