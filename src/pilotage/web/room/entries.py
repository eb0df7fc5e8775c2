"""What is sent from the room: one small form is one entry, and each ends in an operation of the domain.

Every entry comes with a key that was made before it was sent, so that sending it again over a bad line does nothing
again. Texts come with a mark of the text that their writer saw: what somebody else wrote meanwhile is never overwritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import User
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.recommendations.access import visible_recommendations
from pilotage.domain.steering.action_points import add_action_point, move_action_point, note_action_point
from pilotage.domain.steering.agendas import edit_session
from pilotage.domain.steering.attendance import SeatTaken, add_guest, set_seats
from pilotage.domain.steering.models import ActionPoint, AgendaItem, Decision, FollowUp, Meeting, Presence
from pilotage.domain.steering.operations import (
    edit_decision,
    mention_recommendation,
    record_decision,
    remove_presence,
    waive_quorum,
    write_summary,
)
from pilotage.domain.steering.queries import carried_over, earlier_decisions
from pilotage.domain.steering.room import follow_up_decision, take_once
from pilotage.domain.steering.words import SessionKind, Standing
from pilotage.kit.models import Change
from pilotage.web.room.names import institution_named, owner_named

LANGUAGES = ("en", "ru")
Form = Mapping[str, str]


class Conflict(Exception):
    """Somebody else wrote another text meanwhile: ``theirs`` stands now with ``chosen``, ``was`` is its mark."""

    def __init__(self, theirs: str, by: str, chosen: str = "") -> None:
        super().__init__(by)
        self.theirs, self.by, self.chosen, self.was = theirs, by, chosen, mark_of(theirs, chosen)

    @property
    def told(self) -> str:
        """Theirs in words, with what was chosen."""
        return ": ".join(filter(None, (str(Standing(self.chosen).label) if self.chosen else "", self.theirs)))


@dataclass(frozen=True, slots=True)
class Room:
    """Who runs which meeting."""

    meeting: Meeting
    user: User
    viewer: Viewer

    @property
    def by(self) -> dict[str, Any]:
        """The actor and the viewer, as operations take them."""
        return {"by": self.user, "viewer": self.viewer}


def mark_of(text: str, chosen: str = "") -> str:
    """A short mark by which two texts, with what was chosen beside them, are known to be the same."""
    return hashlib.sha256(f"{chosen}\n{text}".encode() if chosen else text.encode()).hexdigest()[:12]


def enter(room: Room, form: Form) -> dict[str, Any]:
    """Does what one form asks, once. Returns what to say and which part of the page to show anew.

    Raises ValidationError, NotAllowed, StaleRecord as the operations do, and Conflict.
    """
    do = ENTRIES.get(form.get("do", ""))
    if do is None:
        raise ValidationError(_("The form was changed on its way. Send it again."))
    answer, _again = take_once(by=room.user, meeting=room.meeting, key=form.get("key", ""), do=lambda: do(room, form))
    return answer


def _summary(room: Room, form: Form) -> dict[str, Any]:
    item, language, text = _item(room, form), form.get("language", ""), _tidy(form.get("text", ""))
    if item is None or language not in LANGUAGES:
        raise ValidationError(_("This agenda item is gone: the agenda was changed meanwhile."))
    present = item.summary.get(language, "")
    if present != text:
        _require_seen(form, present, item, "summary")
        write_summary(**room.by, item=item, language=language, text=text, version=item.version)
    return {"said": _("Summary saved."), "was": mark_of(item.summary.get(language, ""))}


def _follow_up(room: Room, form: Form) -> dict[str, Any]:
    decision = earlier_decisions(room.meeting).filter(pk=_number(form, "decision")).first()
    if decision is None:
        raise ValidationError(_("This is no earlier decision of the body."))
    text, standing = _tidy(form.get("text", "")), form.get("standing", "")
    known = FollowUp.objects.filter(decision=decision, meeting=room.meeting).first()
    present = (known.text, known.standing) if known else ("", "")
    if present != (text, standing):
        _require_seen(form, present[0], known, "text", chosen=present[1])
        follow_up_decision(**room.by, decision=decision, meeting=room.meeting, standing=standing, text=text)
    return {"said": _("Saved."), "was": mark_of(text, standing), "part": f"heard-{decision.pk}"}


def _present(room: Room, form: Form) -> dict[str, Any]:
    """Who took part in a bilateral consultation, in one language."""
    session = room.meeting.sessions.filter(pk=_number(form, "session"), kind=SessionKind.BILATERAL).first()
    language, text = form.get("language", ""), _tidy(form.get("text", ""))
    if session is None or language not in LANGUAGES:
        raise ValidationError(_("This agenda item is gone: the agenda was changed meanwhile."))
    present = session.present_text.get(language, "")
    if present != text:
        _require_seen(form, present, session, "present_text")
        texts = {**session.present_text, language: text}
        edit_session(
            **room.by, session=session, starts_at=session.starts_at, ends_at=session.ends_at,
            institution=session.institution, present={code: said for code, said in texts.items() if said},
        )  # fmt: skip
    return {"said": _("Saved."), "was": mark_of(text)}


def _require_seen(form: Form, present: str, record: Any, field: str, chosen: str = "") -> None:
    """Raises Conflict unless the writer saw the text that stands now, and what was ``chosen`` beside it."""
    if form.get("was", "") == mark_of(present, chosen):
        return
    changes = Change.objects.filter(record_type=record._meta.label_lower, record_id=str(record.pk)) if record else ()
    told = (field, "standing") if chosen else (field,)
    last = next((one for one in reversed(list(changes)) if any(name in one.after for name in told)), None)
    raise Conflict(present, last.actor_name if last else "", chosen)


def _seats(room: Room, form: Any) -> dict[str, Any]:
    taken = []
    for key in form.getlist("seat"):
        present = "" if f"present-{key}" not in form else Presence.As.MEMBER.value
        if present and f"alternate-{key}" in form:
            present = Presence.As.ALTERNATE.value
        name = form.get(f"name-{key}", "")[:200]
        taken.append(SeatTaken(int(key) if key.isascii() and key.isdigit() else 0, present, name))
    set_seats(**room.by, meeting=room.meeting, taken=taken)
    return {"said": _("Attendance saved."), "part": "quorum"}


def _guest(room: Room, form: Form) -> dict[str, Any]:
    name = form.get("name", "").strip()
    if not name:
        raise ValidationError({"name": _("Write the name.")})
    kind = form.get("present_as", "")
    guests = {Presence.As.OBSERVER.value, Presence.As.GUEST.value, Presence.As.STAFF.value}
    if room.meeting.body is None:
        guests |= {Presence.As.MEMBER.value}
    if kind not in guests:
        raise ValidationError({"present_as": _("Choose as what the person came.")})
    institution = institution_named(room.meeting.phase, form.get("institution", ""))
    add_guest(**room.by, meeting=room.meeting, values={"name": name, "present_as": kind, "institution": institution})
    return {"said": _("Noted: %(name)s.") % {"name": name}, "part": "guests"}


def _leave(room: Room, form: Form) -> dict[str, Any]:
    presence = room.meeting.presences.filter(pk=_number(form, "presence"), member=None).first()
    if presence is not None:
        remove_presence(**room.by, presence=presence)
    return {"said": _("Taken off the list."), "part": "guests"}


def _decision(room: Room, form: Form) -> dict[str, Any]:
    item = _item(room, form)
    values = {
        "item": item,
        "text": _both(form),
        "addressee": institution_named(room.meeting.phase, form.get("addressee", "")),
    }
    decision = record_decision(**room.by, meeting=room.meeting, values=values)
    return {"said": _("Decision %(number)d is recorded.") % {"number": decision.number}, "part": _part(item)}


def _reword(room: Room, form: Form) -> dict[str, Any]:
    decision = room.meeting.decisions.filter(pk=_number(form, "decision")).first()
    if decision is None:
        raise ValidationError(_("This decision is gone."))
    text = _both(form)
    if dict(decision.text) != text:
        if form.get("was", "") != mark_of(_joined(decision)):
            raise Conflict(_joined(decision), _last_writer(decision))
        edit_decision(**room.by, decision=decision, values={"text": text}, version=decision.version)
    said = _("Decision %(number)d is changed.") % {"number": decision.number}
    return {"said": said, "part": _part(decision.item)}


def _action(room: Room, form: Form) -> dict[str, Any]:
    item = _item(room, form)
    values = {
        "item": item,
        "text": _both(form),
        "due_on": _day(form),
        **owner_named(room.meeting, form.get("owner", "")),
    }
    point = add_action_point(**room.by, meeting=room.meeting, values=values)
    return {"said": _("Action point %(code)s is recorded.") % {"code": point.code}, "part": _part(item)}


def _mention(room: Room, form: Form) -> dict[str, Any]:
    code = form.get("recommendation", "").strip().split(" ")[0]
    found = visible_recommendations(room.viewer, room.meeting.phase).filter(code=code).first()
    if found is None:
        raise ValidationError({"recommendation": _("There is no recommendation with this code that you may see.")})
    item = _item(room, form)
    mention_recommendation(
        **room.by, meeting=room.meeting, recommendation=found, item=item, came_out_of_it="came_out_of_it" in form
    )
    return {"said": _("%(code)s is noted as spoken of.") % {"code": found.code}, "part": _part(item)}


def _point(room: Room, form: Form) -> dict[str, Any]:
    """A step of an action point, or a note on how it stands: of an earlier meeting or of this one."""
    earlier = carried_over(room.meeting).filter(pk=_number(form, "point")).first()
    point = earlier or ActionPoint.objects.filter(meeting=room.meeting, pk=_number(form, "point")).first()
    if point is None:
        raise ValidationError(_("This action point is not spoken of at this meeting."))
    step, words = form.get("step", ""), _tidy(form.get("words", ""))
    if step == "note":
        note_action_point(**room.by, point=point, words=words, meeting=room.meeting)
    else:
        version = _number(form, "version") or None
        move_action_point(**room.by, point=point, step=step, words=words, meeting=room.meeting, version=version)
    said = _("%(code)s is now: %(state)s.") % {"code": point.code, "state": point.get_state_display()}
    return {"said": said, "part": f"point-{point.pk}"}


def _waive(room: Room, form: Form) -> dict[str, Any]:
    waive_quorum(**room.by, meeting=room.meeting, reason=form.get("reason", ""))
    return {"said": _("Decisions stand without quorum, with your reason."), "part": "quorum"}


ENTRIES: dict[str, Callable[[Room, Any], dict[str, Any]]] = {
    "summary": _summary, "follow": _follow_up, "present": _present, "seats": _seats, "guest": _guest, "leave": _leave,
    "decision": _decision, "reword": _reword, "action": _action, "mention": _mention, "point": _point, "waive": _waive,
}  # fmt: skip


def _item(room: Room, form: Form) -> AgendaItem | None:
    """The agenda item that a form stands under; None under none."""
    key = _number(form, "item")
    found: AgendaItem | None = room.meeting.agenda.filter(pk=key).first() if key else None
    if key and found is None:
        raise ValidationError(_("This agenda item is gone: the agenda was changed meanwhile."))
    return found


def _part(item: AgendaItem | None) -> str:
    return f"item-{item.pk}" if item is not None else "item-0"


def _joined(decision: Decision) -> str:
    return "\n".join(decision.text.get(language, "") for language in LANGUAGES)


def _last_writer(decision: Decision) -> str:
    last = Change.objects.filter(record_type=decision._meta.label_lower, record_id=str(decision.pk)).last()
    return last.actor_name if last else ""


def _both(form: Form) -> dict[str, str]:
    texts = {language: _tidy(form.get(f"text_{language}", "")) for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text}


def _day(form: Form) -> date | None:
    typed = form.get("due_on", "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise ValidationError({"due_on": _("“%(value)s” is not a day.") % {"value": typed[:40]}}) from None


def _number(form: Form, name: str) -> int:
    typed = form.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
