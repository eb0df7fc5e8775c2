"""The packs of the fictional round under way: begun, cleared, and given to the background worker to issue."""

from __future__ import annotations

from django.utils import timezone

from pilotage.documents.operations import move_publication
from pilotage.documents.publishing import begin_issuing
from pilotage.documents.rounds import packs_of_round
from pilotage.documents.tasks import issue_in_background
from pilotage.domain.membership.models import Role, User
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.steering.models import MeetingRound
from pilotage.domain.steering.words import MeetingKind
from pilotage.kit.actors import Actor

CLEARANCES = ("check_figures", "clear_pm")


def begin_packs(by: Actor) -> int:
    """Clears the national packs of the latest fictional round and has them issued after the start; returns how many.

    The regional pack stays a draft: its meeting is still to come, and somebody should see how one is made.
    """
    rounds = MeetingRound.objects.filter(phase__programme__fictional=True, year__lte=timezone.localdate().year)
    latest = rounds.select_related("phase__programme").order_by("-year").first()
    manager = User.objects.filter(assignments__role=Role.PM, assignments__phase=latest and latest.phase).first()
    if latest is None or manager is None:
        return 0
    begun = 0
    for pack in packs_of_round(by=by, viewer=None, planned=latest):
        if pack.meeting is None or pack.meeting.kind == MeetingKind.REGIONAL_STEERING:
            continue
        for step in CLEARANCES:
            move_publication(by=by, viewer=None, publication=pack, step=step)
        issuing = begin_issuing(by=manager, viewer=Viewer.of(manager), publication=pack)
        issue_in_background.enqueue(issuing.pk)
        begun += 1
    return begun
