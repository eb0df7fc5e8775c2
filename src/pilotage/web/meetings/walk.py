"""The way through the round under way, for a programme's first pages: last year, this year's pack, the meeting, minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from pilotage.documents.access import OUT, PACKS, visible_publications, works_on_publications
from pilotage.documents.models import Issuing, Publication
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.access import can_edit_meeting, sees_minutes, sees_papers
from pilotage.domain.steering.models import Meeting
from pilotage.domain.steering.queries import carried_over, earlier_decisions
from pilotage.domain.steering.under_way import UnderWay, round_under_way
from pilotage.domain.steering.words import ActionState
from pilotage.kit.past.moment import past
from pilotage.web.meetings.bodies import sees_steering
from pilotage.web.publications.addresses import address_of, desk_of


@dataclass(frozen=True, slots=True)
class LastYear:
    """What earlier meetings of the body left to this one."""

    decisions: int
    points: int
    done: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Walk:
    """The round under way as one viewer may walk through it. Addresses are empty where there is nothing to open."""

    round: UnderWay
    round_address: str
    meeting: Meeting
    last_year: LastYear | None
    pack: str
    pack_waits: bool
    """The pack is being made in the background."""
    room: str
    minutes: str


def walk_of(viewer: Viewer, phase: Phase, day: date) -> Walk | None:
    """The walk through the round under way; None where the viewer sees none."""
    found = round_under_way(viewer, phase, day)
    if found is None:
        return None
    meeting = found.next or found.last
    if meeting is None:
        return None
    meeting.phase = phase
    packs = _packs(viewer, phase, meeting, day)
    last = found.last
    if last is not None:
        last.phase = phase
    return Walk(
        round=found,
        round_address=reverse("meetings:round", args=[phase.code, found.round.year])
        if sees_steering(viewer, phase)
        else "",
        meeting=meeting,
        last_year=_last_year(meeting, day) if sees_papers(viewer, meeting) else None,
        pack=_pack_address(viewer, phase, next((one for one in packs if one.seen), None)),
        pack_waits=sees_papers(viewer, meeting) and any(one.made for one in packs),
        room=reverse("room:room", args=[phase.code, meeting.code])
        if found.next and can_edit_meeting(viewer, meeting)
        else "",
        minutes=reverse("meetings:minutes", args=[phase.code, last.code])
        if last is not None and sees_minutes(viewer, last)
        else "",
    )


def _packs(viewer: Viewer, phase: Phase, meeting: Meeting, day: date) -> list[Any]:
    """The meeting's packs: ``seen`` where the viewer may open one, ``made`` where it is being made in the background."""
    visible = visible_publications(viewer, phase)
    if past() is not None:
        # Documents have no past of their own: what was not issued by that day was not there.
        visible = visible.filter(editions__issued_on__lte=day)
    packs = Publication.objects.filter(meeting=meeting, kind__in=PACKS)
    return list(
        packs.annotate(
            seen=Exists(visible.filter(pk=OuterRef("pk"))),
            made=Exists(Issuing.objects.filter(publication=OuterRef("pk"), open=True)),
        )
    )


def _last_year(meeting: Meeting, day: date) -> LastYear | None:
    decisions, points = earlier_decisions(meeting).count(), list(carried_over(meeting))
    if not decisions and not points:
        return None
    done = sum(point.state == ActionState.DONE for point in points)
    return LastYear(decisions, len(points), done, sum(point.is_overdue_on(day) for point in points))


def _pack_address(viewer: Viewer, phase: Phase, pack: Publication | None) -> str:
    if pack is None:
        return ""
    pack.phase = phase
    if pack.state in OUT:
        return address_of(pack)
    return desk_of(pack) if works_on_publications(viewer, phase) else ""
