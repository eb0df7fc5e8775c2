"""The first pages of a pack: agenda, what became of earlier decisions and action points, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from pilotage.documents.gathering import worded
from pilotage.documents.kinds.newsletter.content import KeyFigure, Wording
from pilotage.documents.steering.dates import short_day
from pilotage.documents.steering.facts import Facts, Sitting
from pilotage.documents.steering.head import day_of
from pilotage.documents.steering.parts import (
    AgendaEntry,
    AgendaPage,
    AgendaSession,
    ChangeGroup,
    ChangesPage,
    FollowUpItem,
    FollowUpPage,
    State,
)
from pilotage.documents.steering.sentences import part_of, say, some
from pilotage.domain.steering.models import ActionPoint, Decision, FollowUp, Meeting
from pilotage.domain.steering.queries import last_meeting_before
from pilotage.domain.steering.words import UNFINISHED, ActionState, ItemKind, SessionKind, Standing
from pilotage.domain.workplans.words import PlanState
from pilotage.figures.languages import labels_of
from pilotage.kit.numbers import written
from pilotage.kit.periods import written_day
from pilotage.kit.texts import wording

PAGES_OF: dict[str, str] = {
    ItemKind.FOLLOW_UP: "follow_up",
    ItemKind.PROGRESS: "dashboard",
    ItemKind.RECOMMENDATIONS: "recommendations",
    ItemKind.WORK_PLAN: "plan",
    ItemKind.RISKS: "risks",
    ItemKind.DECISIONS: "decisions",
}
"""Which page of the pack belongs to an item."""


# Agenda


def agenda_page(facts: Facts, language: str) -> AgendaPage | None:
    """The agenda, session by session; None where nothing is on it yet."""
    joint = [sitting for sitting in facts.sittings if sitting.session.kind == SessionKind.JOINT and sitting.items]
    bilateral = [sitting for sitting in facts.sittings if sitting.session.kind == SessionKind.BILATERAL]
    if not joint and not bilateral:
        return None
    sessions: list[AgendaSession] = []
    number = 0
    for sitting in joint:
        entries, number = _entries(sitting, number, language)
        name = say("joint_session", language)
        begins = clock(sitting.session.starts_at)
        sessions.append({"name": f"{name}, {begins}" if begins else name, "entries": entries})
    items = number
    if bilateral:
        rows: list[AgendaEntry] = []
        for place, sitting in enumerate(bilateral, 1):
            number += 1
            institution = sitting.session.institution
            rows.append(
                {
                    "number": str(number),
                    "time": clock(sitting.session.starts_at),
                    "title": worded(institution.name_on(facts.meeting.begins_on), language) if institution else "",
                    "speaker": sitting.items[0].speaker if sitting.items else "",
                    "page": f"consultation-{place}",
                }
            )
        sessions.append({"name": say("bilateral_session", language), "entries": rows})
    title = some(items, "items", language) if items else ""
    if bilateral:
        consultations = some(len(bilateral), "consultations", language)
        title = say("agenda_title", language, items=title, consultations=consultations) if title else consultations
    return {"title": title, "sessions": sessions, "papers": _papers(facts.meeting, language)}


def _entries(sitting: Sitting, number: int, language: str) -> tuple[list[AgendaEntry], int]:
    """The items with the time at which each begins, as far as the session's start and the minutes are given."""
    begins, entries = sitting.session.starts_at, list[AgendaEntry]()
    for item in sitting.items:
        number += 1
        length = say("minutes_of_time", language, minutes=item.minutes) if item.minutes and not begins else ""
        entries.append(
            {
                "number": str(number),
                "time": clock(begins) if begins else length,
                "title": worded(item.title, language),
                "speaker": item.speaker,
                "page": PAGES_OF.get(item.kind, ""),
            }
        )
        begins = begins + timedelta(minutes=item.minutes) if begins and item.minutes else None
    return entries, number


def clock(moment: object) -> str:
    """The local time of a moment; empty for none."""
    return timezone.localtime(moment).strftime("%H:%M") if moment else ""  # type: ignore[arg-type]


def _papers(meeting: Meeting, language: str) -> str:
    sent, begins = meeting.papers_sent_on, meeting.begins_on
    if not sent or not begins or sent >= begins:
        return ""
    days = sum(1 for number in range(1, (begins - sent).days + 1) if _weekday(sent, number))
    said = {"day": written_day(sent, language), "days": some(days, "working_days", language)}
    return say("papers_sent", language, **said)


def _weekday(day: date, number: int) -> bool:
    return (day + timedelta(days=number)).weekday() < 5


# What changed


def changes_page(facts: Facts, language: str) -> ChangesPage | None:
    """The sentences of the change log since the last round; None for the first, or where nothing changed."""
    since = facts.windows.since
    if since is None or since >= facts.as_of:
        return None
    groups: list[ChangeGroup] = []
    kinds: dict[str, Wording] = {}
    for group in facts.changes:
        component = facts.component(group.key)
        sentences = []
        for sentence in group.sentences:
            kind = sentence.happening.kind
            kinds[kind] = say({"answered": "answered_kind", "adopted": "adopted_kind"}.get(kind, kind), language)
            sentences.append(
                {"kind": kind, "text": wording(sentence.text, language), "link": _public(sentence.address)}
            )
        groups.append(
            {
                "component": component.line(language) if component else None,
                "name": worded(group.name, language),
                "sentences": sentences,  # type: ignore[typeddict-item]
            }
        )
    if not groups:
        return None
    count = sum(len(group["sentences"]) for group in groups)
    return {
        "title": say("changes_title", language, many=some(count, "changes", language)),
        "lead": say(
            "changes_lead", language, since=written_day(since + timedelta(days=1), language),
            until=written_day(facts.as_of, language),
        ),
        "kinds": kinds,
        "groups": groups,
    }  # fmt: skip


def _public(address: str) -> str:
    """The address as somebody outside could open it; empty where nobody could."""
    base = str(settings.BASE_URL)
    return "" if any(local in base for local in ("//127.", "//localhost", "//[::1]")) else f"{base}{address}"


# Follow-up


def follow_up_page(facts: Facts, language: str) -> FollowUpPage | None:
    """Every decision of the last meeting and every action point that lives on, as they stood on the day."""
    points = facts.followed
    decisions = _decisions(facts, points, language)
    if not points and not decisions:
        return None
    items = [_point(point, state, facts.as_of, language) for point, state in points]
    done = [point for point, state in points if state == ActionState.DONE]
    open_points = [point for point, state in points if state in UNFINISHED]
    late = [point for point in open_points if point.due_on and point.due_on < facts.as_of]
    in_time = [point for point in done if point.done_on and point.first_due_on and point.done_on <= point.first_due_on]
    figures: list[KeyFigure] = []
    if points:
        figures = [
            {
                "value": part_of(len(done), len(points), language),
                "label": say("points_done", language),
                "note": say("in_time", language, count=len(in_time)) if done else "",
            },
            {"value": written(len(open_points) - len(late), language), "label": say("points_open", language)},
            {"value": written(len(late), language), "label": say("points_overdue", language)},
        ]
    said = {"done": len(done), "all": len(points), "late": len(late)}
    name = "follow_up_late" if late else "follow_up_title"
    title = say(name if points else "follow_up_decisions", language, **said)
    return {"title": title, "figures": figures, "decisions": decisions, "actions": items, "gaps": []}


def _point(point: ActionPoint, state: str, as_of: date, language: str) -> FollowUpItem:
    notes = []
    if state == ActionState.DONE and point.done_on and point.done_on <= as_of:
        notes.append(say("done_on", language, day=written_day(point.done_on, language)))
    elif state in UNFINISHED and point.reported_done_on and point.reported_done_on <= as_of:
        notes.append(say("reported_done", language, day=written_day(point.reported_done_on, language)))
    if point.first_due_on and point.due_on and point.first_due_on != point.due_on:
        notes.append(say("first_due", language, day=written_day(point.first_due_on, language)))
    return {
        "number": point.code,
        "text": worded(point.text, language),
        "owner": owner_of(point, as_of, language),
        "due": short_day(point.due_on, language),
        "state": action_state(point, state, as_of, language),
        "note": " ".join(notes),
    }


def owner_of(point: ActionPoint, day: date, language: str) -> Wording:
    """The one owner: an institution, or the programme for its staff."""
    if point.owner_institution:
        return worded(point.owner_institution.name_on(day), language)
    return say("programme", language)


def action_state(point: ActionPoint, state: str, day: date, language: str) -> State:
    """A state of an action point in words with its mark; overdue is computed."""
    if state in UNFINISHED and point.due_on and point.due_on < day:
        return {"word": say("overdue", language), "tone": "late"}
    word = wording(labels_of(ActionState)[state], language).lower()
    tones = {ActionState.OPEN: "open", ActionState.IN_PROGRESS: "ahead", ActionState.DONE: "done"}
    return {"word": word, "tone": tones.get(ActionState(state), "none")}  # type: ignore[typeddict-item]


def _decisions(facts: Facts, points: Sequence[tuple[ActionPoint, str]], language: str) -> list[FollowUpItem]:
    last = last_meeting_before(facts.meeting)
    return [_decision(decision, points, facts, last, language) for decision in facts.decided]


def standing_of(standing: str, language: str) -> State:
    """How a decision stands, in words with its mark; one that was heard of before that was asked is carried out."""
    known = Standing(standing or Standing.DONE)
    tones = {Standing.UNDER_WAY: "ahead", Standing.DONE: "done", Standing.OVERTAKEN: "none"}
    return {"word": wording(labels_of(Standing)[known], language).lower(), "tone": tones[known]}  # type: ignore[typeddict-item]


def _decision(
    decision: Decision,
    points: Sequence[tuple[ActionPoint, str]],
    facts: Facts,
    last: Meeting | None,
    language: str,
) -> FollowUpItem:
    """A decision stands as the plan that it endorsed, as a later meeting heard of it, or as the action points under
    the same item."""
    state: State = {"word": say("decided", language), "tone": "done"}
    note = ""
    mine = [(point, at) for point, at in points if decision.item_id and point.item_id == decision.item_id]
    plan = decision.work_plan
    if plan and plan.in_force_from and plan.in_force_from <= facts.as_of:
        state = {"word": say("in_force", language), "tone": "done"}
        note = say("in_force_since", language, day=written_day(plan.in_force_from, language))
    elif plan and plan.state in (PlanState.ENDORSED, PlanState.IN_FORCE):
        state = {"word": say("endorsed", language), "tone": "done"}
    elif mine:
        done = sum(at == ActionState.DONE for _point, at in mine)
        late = any(at in UNFINISHED and point.due_on and point.due_on < facts.as_of for point, at in mine)
        note = say("action_points_of_decision", language, done=done, all=len(mine))
        if late:
            state = {"word": say("overdue", language), "tone": "late"}
        elif done < len(mine):
            state = {
                "word": wording(labels_of(ActionState)[ActionState.IN_PROGRESS], language).lower(),
                "tone": "ahead",
            }
    heard: FollowUp | None = next(iter(decision.heard), None)  # type: ignore[attr-defined]
    if state["word"] == say("decided", language) and heard:
        state = standing_of(heard.standing, language)
        days = {"day": day_of(decision.meeting, language), "heard": day_of(heard.meeting, language)}
        note = note or say("heard_on", language, **days)
    elif state["word"] == say("decided", language) and decision.meeting != last:
        state = {"word": say("not_reported", language), "tone": "open"}
    owner: Wording = worded(decision.addressee.name_on(facts.as_of), language) if decision.addressee else ""
    return {
        "number": str(decision.number),
        "text": worded(decision.text, language),
        "owner": owner,
        "due": "",
        "state": state,
        "note": note or say("of_meeting", language, day=day_of(decision.meeting, language)),
    }
