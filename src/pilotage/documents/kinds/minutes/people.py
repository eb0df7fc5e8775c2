"""Who was there, who took part in the consultations, and who signs: names with institutions and positions."""

from __future__ import annotations

from pilotage.documents.gathering import worded
from pilotage.documents.kinds.minutes.content import AttendanceGroup, Person, Signature
from pilotage.documents.kinds.minutes.wordings import minutes_say
from pilotage.documents.kinds.newsletter.content import Fallback, Wording
from pilotage.documents.steering.parts import State
from pilotage.documents.steering.sentences import say
from pilotage.domain.membership.models import Assignment, Role
from pilotage.domain.steering.models import BodyMember, Meeting, MeetingSession, Presence
from pilotage.domain.steering.next_steps import secretariat
from pilotage.domain.steering.queries import seats_on
from pilotage.figures.languages import labels_of, text_of
from pilotage.kit.texts import Text, wording


def attendance_of(meeting: Meeting, language: str) -> list[AttendanceGroup]:
    """The seats, taken or not, voting ones first; then guests and staff."""
    presences = list(
        meeting.presences.select_related("institution", "member__institution").prefetch_related(
            "institution__earlier_names", "member__institution__earlier_names"
        )
    )
    taken = {presence.member_id: presence for presence in presences if presence.member_id}
    groups: list[AttendanceGroup] = []
    if meeting.body:
        seats = list(seats_on(meeting.body, meeting.begins_on).prefetch_related("institution__earlier_names"))
        for name, voting in (("voting", True), ("not_voting", False)):
            people = [
                _seat(seat, taken.get(seat.pk), meeting, language, noted=bool(presences))
                for seat in seats
                if seat.voting is voting
            ]
            if people:
                groups.append({"name": minutes_say(name, language), "people": people})
    others = [_guest(one, meeting, language) for one in presences if not one.member_id]
    if others:
        groups.append({"name": minutes_say("others" if meeting.body else "present", language), "people": others})
    return groups


def _seat(seat: BodyMember, presence: Presence | None, meeting: Meeting, language: str, *, noted: bool) -> Person:
    offices = [
        minutes_say(name, language) for name, holds in (("chair", seat.chair), ("eud", seat.delegation)) if holds
    ]
    if presence is not None and presence.present_as != Presence.As.ALTERNATE and presence.name == seat.delegate:
        offices.insert(0, wording(seat.position, language))
    # Before anybody was ticked it is not known who was missed.
    state: State = {"word": minutes_say("absent" if noted else "not_noted", language), "tone": "open"}
    if presence is not None:
        alternate = presence.present_as == Presence.As.ALTERNATE
        word = _label(presence, language)
        state = {"word": word, "tone": "ahead" if alternate else "done"}
    return {
        "institution": worded(seat.institution.name_on(meeting.begins_on), language),
        "name": presence.name if presence else "",
        "role": ", ".join(filter(None, offices)),
        "state": state,
    }


def _guest(presence: Presence, meeting: Meeting, language: str) -> Person:
    institution = presence.institution
    staff = presence.present_as == Presence.As.STAFF
    name = worded(institution.name_on(meeting.begins_on), language) if institution else ""
    return {
        "institution": name or (say("programme", language) if staff else ""),
        "name": presence.name,
        "role": "",
        "state": {"word": _label(presence, language), "tone": "none"},
    }


def _label(presence: Presence, language: str) -> str:
    return wording(text_of(Presence.As(presence.present_as).label), language).lower()


def taking_part(session: MeetingSession, meeting: Meeting, language: str) -> Wording:
    """Who took part in a bilateral consultation: as written down, else who of the institution was at the meeting."""
    if session.present_text:
        return worded(session.present_text, language)
    if session.institution_id is None:
        return ""
    there = meeting.presences.filter(institution=session.institution_id).order_by("id")
    return ", ".join(there.values_list("name", flat=True))


def signatures_of(meeting: Meeting, language: str) -> list[Signature]:
    """The chair and the Delegation sign the minutes of a body, and the secretary who kept them.

    A seat is signed for by whoever filled it. Minutes of a meeting without a body are signed by those who are named.
    """
    found: list[Signature] = []
    if meeting.body is not None:
        present = {one.member_id: one for one in meeting.presences.all() if one.member_id}
        seats = list(seats_on(meeting.body, meeting.begins_on).prefetch_related("institution__earlier_names"))
        for role, holds in (("chair", "chair"), ("for_eud", "delegation")):
            seat = next((one for one in seats if getattr(one, holds)), None)
            if seat is not None:
                found.append(_signature(role, seat, present.get(seat.pk), meeting, language))
    elif meeting.chair_text:
        name, position = _name_and_position(meeting.chair_text, language)
        found.append({"role": minutes_say("chair", language), "name": name, "position": position})
    if found or meeting.secretary_text:
        name, position = secretary_of(meeting, language)
        found.append({"role": minutes_say("for_programme", language), "name": name, "position": position})
    return found


def _signature(role: str, seat: BodyMember, presence: Presence | None, meeting: Meeting, language: str) -> Signature:
    name = presence.name if presence else seat.delegate
    position: Wording = worded(seat.position, language) if name == seat.delegate else ""
    institution = worded(seat.institution.name_on(meeting.begins_on), language)
    signed = minutes_say(role, language)
    return {"role": signed, "name": name, "position": _capital(position or institution)}


def secretary_of(meeting: Meeting, language: str) -> tuple[Wording, Wording]:
    """Name and position of who kept the minutes: as written down, else who holds the secretariat of the meeting.

    Where several hold it and nobody is written down, the name stays empty and the position stands alone.
    """
    if meeting.secretary_text:
        return _name_and_position(meeting.secretary_text, language)
    for role in dict.fromkeys((secretariat(meeting), Role.PM)):
        held = Assignment.objects.filter(programme=meeting.phase.programme_id, role=role)
        names = {
            one.user.name
            for one in held.select_related("user")
            if one.holds_in(meeting.phase, on=meeting.begins_on)
            and (role == Role.PM or one.country_id in {None, meeting.country_id})
        }
        if names:
            position = wording(labels_of(Role)[role], language)
            return names.pop() if len(names) == 1 else "", _capital(position)
    return "", ""


def secretary_line(meeting: Meeting, language: str) -> Wording:
    """The secretary among the facts of the meeting; empty where nobody is known by name."""
    if meeting.secretary_text:
        return worded(meeting.secretary_text, language)
    name, position = secretary_of(meeting, language)
    return f"{name}, {str(position).lower()}" if name else ""


def _name_and_position(text: Text, language: str) -> tuple[Wording, Wording]:
    """“Name, position” in its two parts; what has no comma is all name."""
    said = worded(text, language)
    if isinstance(said, str):
        name, _comma, position = said.partition(", ")
        return name, _capital(position)
    name, _comma, position = said["text"].partition(", ")
    marked: Wording = Fallback(text=position, language=said["language"]) if position else ""
    return Fallback(text=name, language=said["language"]), _capital(marked)


def _capital(words: Wording) -> Wording:
    """Wording that stands on a line of its own begins with a capital."""
    if isinstance(words, str):
        return words[:1].upper() + words[1:]
    return Fallback(text=words["text"][:1].upper() + words["text"][1:], language=words["language"])
