"""In the room of a meeting: what a browser sends is taken once, and what became of earlier decisions is written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import User
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.steering.access import require_meeting_edit
from pilotage.domain.steering.models import Decision, FollowUp, Meeting, RoomSending
from pilotage.domain.steering.words import IN_THE_ROOM, Standing
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation

LONGEST_KEY = 40
Answer = dict[str, Any]


def take_once(*, by: User, meeting: Meeting, key: str, do: Callable[[], Answer]) -> tuple[Answer, bool]:
    """Does ``do`` in one transaction with the key that the browser made for it; a repeated key does nothing again.

    Returns the answer of the first time, and whether it is a repetition. Where ``do`` raises, the key stays free, so
    that the same thing can be sent again once it is mended. Raises ValidationError for a key that is none.
    """
    if not key or len(key) > LONGEST_KEY:
        raise ValidationError(_("The form was changed on its way. Send it again."))
    known = _known(by, meeting, key)
    if known is not None:
        return known, True
    try:
        with transaction.atomic():
            # First the key: whoever sends the same at the same moment waits here and finds it taken.
            sending = RoomSending.objects.create(meeting=meeting, user=by, key=key)
            sending.answer = do()
            sending.save(update_fields=["answer"])
    except IntegrityError:
        known = _known(by, meeting, key)
        if known is None:
            raise
        return known, True
    return sending.answer, False


def _known(by: User, meeting: Meeting, key: str) -> Answer | None:
    found = RoomSending.objects.filter(meeting=meeting, user=by, key=key).values_list("answer", flat=True).first()
    return dict(found) if found is not None else None


def follow_up_decision(
    *, by: Actor, decision: Decision, meeting: Meeting, standing: str, text: str = "", viewer: Viewer | None = None
) -> FollowUp:
    """Writes how an earlier decision stands (``Standing``) and what became of it; written again, the later words stand.

    A decision that is under way, or overtaken, wants words. Raises NotAllowed, ValidationError by field.
    """
    require_meeting_edit(viewer, meeting)
    if meeting.state not in IN_THE_ROOM:
        raise ValidationError(
            _("What is said in a meeting is written from its convening until its minutes are circulated.")
        )
    if decision.meeting.phase_id != meeting.phase_id or decision.meeting_id == meeting.pk:
        raise ValidationError(_("This is no earlier decision of the body."))
    if standing not in Standing.values:
        raise ValidationError({"standing": _("Say how the decision stands.")})
    if not text.strip() and standing != Standing.DONE:
        raise ValidationError({"text": _("Write what became of it.")})
    with operation("follow up decision", by=by):
        known = FollowUp.objects.filter(decision=decision, meeting=meeting).first()
        follow_up = known or FollowUp(decision=decision, meeting=meeting)
        follow_up.standing, follow_up.text = standing, text.strip()
        follow_up.by_id, follow_up.by_name = by.actor_id, by.actor_name
        follow_up.full_clean()
        follow_up.save()
        return follow_up
