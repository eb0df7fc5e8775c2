"""Gathers the minutes of a meeting: who was there, what was said, decided and asked for. They have no figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from pilotage.documents.editions import Frozen
from pilotage.documents.gathering import Texts, gathered_texts, worded
from pilotage.documents.kinds.minutes.content import (
    ActionPoint,
    BilateralSession,
    Decision,
    EarlierDecision,
    Minutes,
    MinutesItem,
)
from pilotage.documents.kinds.minutes.people import attendance_of, secretary_line, signatures_of, taking_part
from pilotage.documents.kinds.minutes.wordings import minutes_say
from pilotage.documents.kinds.newsletter.content import Fact, Wording
from pilotage.documents.models import Publication
from pilotage.documents.prose import Passage, passage
from pilotage.documents.steering.facts import Sitting, corrections_of, local_day, ordinal_of, sittings_of, subject_of
from pilotage.documents.steering.head import day_of, document, seal_of, subject
from pilotage.documents.steering.opening import clock, owner_of, standing_of
from pilotage.documents.steering.parts import State, SteeringDocument
from pilotage.documents.steering.sealing import sealed
from pilotage.documents.steering.sentences import ordinal, part_of, say
from pilotage.domain.activities.words import Mode
from pilotage.domain.steering.models import ActionPoint as Point
from pilotage.domain.steering.models import AgendaItem, FollowUp, Meeting
from pilotage.domain.steering.models import Decision as Decided
from pilotage.domain.steering.queries import quorum_of
from pilotage.domain.steering.rules import working_days_after
from pilotage.domain.steering.words import HELD, ItemKind, MeetingState, SessionKind
from pilotage.figures.languages import labels_of
from pilotage.kit.periods import written_day
from pilotage.kit.texts import Text, wording, wording_and_language


def gather(publication: Publication, *, cut_off: datetime | None = None, correction: Text | None = None) -> Frozen:
    """Everything that the renderings of the minutes will ever read, as it stands now. Raises ProseRefused."""
    moment = cut_off or timezone.now()
    meeting = subject_of(publication)
    sittings = sittings_of(meeting)
    decisions = list(meeting.decisions.select_related("item", "addressee").prefetch_related("addressee__earlier_names"))
    points = list(
        meeting.action_points.select_related("item__session", "owner_institution", "owner_user")
        .prefetch_related("owner_institution__earlier_names")
        .order_by("code")
    )
    heard = list(
        meeting.follow_ups.select_related("decision__meeting").order_by(
            "decision__meeting__begins_on", "decision__meeting_id", "decision__number"
        )
    )
    corrections = corrections_of(publication, moment, correction)
    content: dict[str, Any] = {}
    for language in publication.phase.languages:
        texts = gathered_texts(publication, language)
        whole = compose(publication, texts, moment, sittings, decisions, points, heard, language)
        whole["notes"] = [
            say("note_correction", language, day=written_day(day, language), text=wording(text, language))
            for day, text in corrections
        ]
        content[language] = sealed(whole)
    return Frozen(content=content, figures={}, images={code: {} for code in content}, cut_off=moment)


def compose(
    publication: Publication,
    texts: Texts,
    moment: datetime,
    sittings: Sequence[Sitting],
    decisions: Sequence[Decided],
    points: Sequence[Point],
    heard: Sequence[FollowUp],
    language: str,
) -> Minutes:
    """The minutes in one language."""
    meeting = subject_of(publication)
    joint = [sitting for sitting in sittings if sitting.session.kind == SessionKind.JOINT]
    numbers = {item.pk: str(place) for place, item in enumerate((i for s in joint for i in s.items), 1)}
    opening, annexes = texts.get("opening"), texts.get("annexes")
    opens_with = _opens_with([item for sitting in joint for item in sitting.items])
    return {
        **_head(publication, moment, language),
        "status": _status(meeting, language),
        "facts": _facts(meeting, joint, language),
        "quorum": _quorum(meeting, language),
        "quorum_rule": _rule(meeting, language),
        "attendance": attendance_of(meeting, language),
        "opening": opening.body if opening else None,
        "items": [
            item
            for sitting in joint
            for one in sitting.items
            if (item := _item(one, numbers, decisions, points, heard if one == opens_with else (), language))
        ],
        "decisions": [_decision(one, numbers, language) for one in decisions],
        "actions": [_action(one, meeting, language) for one in points],
        "sessions": [
            session
            for sitting in sittings
            if sitting not in joint
            and (
                (session := _session(sitting, points, meeting, language))["text"]
                or session["actions"]
                or sitting.session.present_text
            )
        ],
        "signatures": signatures_of(meeting, language),
        "annexes": _lines(annexes.body) if annexes and annexes.body else [],
    }


def _head(publication: Publication, moment: datetime, language: str) -> SteeringDocument:
    meeting = subject_of(publication)
    number = ordinal_of(meeting)
    day = local_day(moment)
    identity: Any = {
        "document": say("minutes", language),
        "subject": subject(meeting, language),
        "label": say("meeting_number", language, ordinal=ordinal(number, language)) if number else "",
        "date": day_of(meeting, language),
        "place": worded(meeting.place.name_on(meeting.begins_on), language) if meeting.place else "",
        "as_of": say("held_on", language, day=day_of(meeting, language)),
        "confidentiality": "" if meeting.confidentiality == "public" else say("for_members", language),
        "year": day.year, "month": day.month, "day": day.day,
    }  # fmt: skip
    seal = seal_of(moment, publication.editions.count() + 1, language)
    return document(publication.phase, identity, language, seal=seal, notes=[])


def _status(meeting: Meeting, language: str) -> State:
    """How far the minutes are: a draft, circulated until a day, approved on one."""
    if meeting.approved_on:
        said = minutes_say("approved", language, day=written_day(meeting.approved_on, language))
        return {"word": said, "tone": "done"}
    if meeting.state == MeetingState.CIRCULATED and meeting.circulated_on:
        days = meeting.body.comment_days if meeting.body else 10
        until = written_day(working_days_after(meeting.circulated_on, days), language)
        return {"word": minutes_say("for_comments", language, day=until), "tone": "ahead"}
    return {"word": minutes_say("not_circulated" if meeting.state in HELD else "not_held", language), "tone": "open"}


def _facts(meeting: Meeting, joint: Sequence[Sitting], language: str) -> list[Fact]:
    begins = clock(joint[0].session.starts_at) if joint else ""
    place = worded(meeting.place.name_on(meeting.begins_on), language) if meeting.place else ""
    where = place if isinstance(place, str) else place["text"]
    found: list[tuple[str, Wording]] = [
        ("body", subject(meeting, language)),
        ("when", ", ".join(filter(None, (day_of(meeting, language), begins, where)))),
        ("chair", worded(meeting.chair_text, language)),
        ("secretary", secretary_line(meeting, language)),
    ]
    if meeting.mode:
        found.append(("mode", wording(labels_of(Mode)[meeting.mode], language).lower()))
    if meeting.papers_sent_on:
        found.append(("papers", minutes_say("sent_on", language, day=written_day(meeting.papers_sent_on, language))))
    if meeting.quorum_waived_reason:
        found.append(("waived", meeting.quorum_waived_reason))
    return [{"label": minutes_say(name, language), "value": value} for name, value in found if value]


def _quorum(meeting: Meeting, language: str) -> State:
    if meeting.body is None:
        return {"word": minutes_say("no_quorum_needed", language), "tone": "none"}
    reached = quorum_of(meeting)
    present = part_of(reached.present, reached.voting, language)
    said = minutes_say("quorum" if reached.reached else "no_quorum", language, present=present)
    missing = [
        minutes_say(name, language)
        for name, lacks in (("chair_missing", reached.chair_missing), ("eud_missing", reached.delegation_missing))
        if lacks
    ]
    return {"word": "; ".join([said, *missing]), "tone": "done" if reached.reached else "failed"}


def _rule(meeting: Meeting, language: str) -> str:
    body = meeting.body
    if body is None:
        return ""
    who = [
        minutes_say(name, language)
        for name, needed in (("the_chair", body.quorum_needs_chair), ("the_eud", body.quorum_needs_delegation))
        if needed
    ]
    both = f" {minutes_say('and', language)} ".join(who)
    rule = minutes_say("rule", language, share=body.quorum_share)
    return f"{rule}{minutes_say('including', language, who=both) if who else ''}."


def _opens_with(items: Sequence[AgendaItem]) -> AgendaItem | None:
    """The item under which earlier decisions are spoken of: the one that is about them, else the first."""
    return next((item for item in items if item.kind == ItemKind.FOLLOW_UP), next(iter(items), None))


def _item(
    item: Any,
    numbers: dict[int, str],
    decisions: Sequence[Decided],
    points: Sequence[Point],
    heard: Sequence[FollowUp],
    language: str,
) -> MinutesItem | None:
    """An item with what was said and decided under it; None for one under which nothing was."""
    decided = [_decision(one, numbers, language) for one in decisions if one.item_id == item.pk]
    asked = [_action(one, item.meeting, language) for one in points if one.item_id == item.pk]
    text = prose_of(item.summary, language)
    if text is None and not decided and not asked and not heard:
        return None
    found: MinutesItem = {
        "number": numbers[item.pk],
        "title": worded(item.title, language),
        "speaker": item.speaker,
        "text": text,
        "decisions": decided,
        "actions": asked,
    }
    if heard:
        found["earlier"] = [_heard(one, language) for one in heard]
    return found


def _heard(follow_up: FollowUp, language: str) -> EarlierDecision:
    """What became of an earlier decision. The words stand in the language in which they were taken down."""
    decision = follow_up.decision
    written_in = "ru" if any("а" <= letter <= "я" for letter in follow_up.text.lower()) else "en"
    day = day_of(decision.meeting, language)
    return {
        "number": minutes_say("earlier_decision", language, number=decision.number, day=day),
        "text": worded(decision.text, language),
        "state": standing_of(follow_up.standing, language),
        "heard": worded({written_in: follow_up.text}, language) if follow_up.text else "",
    }


def prose_of(text: Text, language: str) -> Passage | None:
    """A summary as prose, in the language that it is really in; None for nothing."""
    found, real = wording_and_language(text, language)
    return passage(found, real) if found.strip() else None


def _decision(decision: Decided, numbers: dict[int, str], language: str) -> Decision:
    addressee = decision.addressee
    return {
        "number": str(decision.number),
        "text": worded(decision.text, language),
        "item": numbers.get(decision.item_id or 0, ""),
        "addressee": worded(addressee.name_on(decision.meeting.begins_on), language) if addressee else "",
    }


def _action(point: Point, meeting: Meeting, language: str) -> ActionPoint:
    # Minutes say what was agreed in the room: the first due date, and no state of today.
    due = point.first_due_on or point.due_on
    return {
        "number": point.code,
        "text": worded(point.text, language),
        "owner": owner_of(point, meeting.begins_on, language),  # type: ignore[arg-type]
        "due": written_day(due, language) if due else "",
        "state": None,
    }


def _session(sitting: Sitting, points: Sequence[Point], meeting: Meeting, language: str) -> BilateralSession:
    session = sitting.session
    day, begins = meeting.begins_on, clock(session.starts_at)
    summaries = [found for item in sitting.items if (found := wording_and_language(item.summary, language))[0].strip()]
    real = summaries[0][1] if summaries else language
    mine = [point for point in points if point.item and point.item.session_id == session.pk]
    institution = session.institution
    return {
        "institution": worded(institution.name_on(day), language)
        if institution
        else say("bilateral_session", language),
        "when": ", ".join(filter(None, (written_day(day, language) if day else "", begins))),
        "present": taking_part(session, meeting, language),
        "text": passage("\n\n".join(text for text, _real in summaries), real) if summaries else None,
        "actions": [_action(point, meeting, language) for point in mine],
    }


def _lines(body: Passage) -> list[Wording]:
    """The items of a list as plain lines."""
    return [
        "".join(run["text"] for run in item[0].get("runs", []))
        for block in body["blocks"]
        if block["kind"] == "list"
        for item in block["items"]
        if item
    ]
