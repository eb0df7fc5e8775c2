"""The annex: one sheet for each bilateral consultation, with the record of one institution."""

from __future__ import annotations

from pilotage.documents.gathering import worded
from pilotage.documents.kinds.newsletter.content import Fact, KeyFigure, Wording
from pilotage.documents.steering.advice import advice_line, is_late
from pilotage.documents.steering.facts import Facts, Sitting
from pilotage.documents.steering.opening import clock
from pilotage.documents.steering.parts import ConsultationSheet
from pilotage.documents.steering.progress import activity_line
from pilotage.documents.steering.records import AdviceItem
from pilotage.documents.steering.sentences import part_of, say, some
from pilotage.domain.parties.models import Institution
from pilotage.domain.recommendations.words import AWAITING_ANSWER, OPEN, TO_IMPLEMENT
from pilotage.domain.recommendations.words import State as Words
from pilotage.domain.steering.models import AgendaItem, MeetingSession
from pilotage.domain.steering.queries import earlier_meetings
from pilotage.domain.steering.words import UNFINISHED, SessionKind
from pilotage.figures.forms.values import shown
from pilotage.kit.periods import written_day

MOST_ACTIVITIES = 5
MOST_ADVICE = 6
MOST_CODES = 6


def consultation_sheets(facts: Facts, language: str) -> list[ConsultationSheet]:
    """A sheet for every bilateral session, in the order of the agenda."""
    return [
        sheet_of(facts, sitting, sitting.session.institution, language)
        for sitting in facts.sittings
        if sitting.session.kind == SessionKind.BILATERAL and sitting.session.institution
    ]


def sheet_of(facts: Facts, sitting: Sitting, institution: Institution, language: str) -> ConsultationSheet:
    """One institution: its people, its recommendations, its action points, what to talk about."""
    advice = [item for item in facts.records.recommendations if item.addressee == institution.pk]
    attended = [item for item in facts.records.activities if institution.pk in item.institutions]
    pressing = [item for item in advice if item.state in OPEN]
    pressing.sort(key=lambda item: (not is_late(item, facts.as_of), item.due.isoformat() if item.due else "9"))
    day, begins = facts.meeting.begins_on, clock(sitting.session.starts_at)
    when = written_day(day, language) if day else ""
    return {
        "institution": worded(institution.name_on(facts.as_of), language),
        "session": say("session_at", language, day=when, time=begins) if begins and when else when,
        "figures": _figures(facts, institution, advice, language),
        "facts": _facts(facts, institution, language),
        "activities": [activity_line(item, facts, language) for item in attended[-MOST_ACTIVITIES:]],
        "recommendations": [advice_line(item, facts.as_of, language) for item in pressing[:MOST_ADVICE]],
        "topics": _topics(facts, sitting, advice, language),
    }


def _figures(facts: Facts, institution: Institution, advice: list[AdviceItem], language: str) -> list[KeyFigure]:
    found: list[KeyFigure] = []
    table = facts.tables.get("participations_by_institution")
    total = table.row_totals.get(institution.code) if table else None
    if table and total is not None and (total.value or total.suppressed):
        found.append({"value": shown(total, table, language), "label": say("participations_period", language)})
    if advice:
        adopted = sum(item.state == Words.ADOPTED for item in advice)
        found.append({"value": part_of(adopted, len(advice), language), "label": say("advice_adopted", language)})
        late = sum(is_late(item, facts.as_of) for item in advice)
        found.append({"value": str(late), "label": say("overdue_key", language)})
    return found


def _facts(facts: Facts, institution: Institution, language: str) -> list[Fact]:
    found: list[Fact] = []
    earlier = earlier_meetings(facts.meeting)
    last = (
        MeetingSession.objects.filter(meeting__in=earlier, kind=SessionKind.BILATERAL, institution=institution)
        .select_related("meeting")
        .order_by("-meeting__begins_on")
        .first()
    )
    if last and last.meeting.begins_on:
        found.append(
            {"label": say("last_consultation", language), "value": written_day(last.meeting.begins_on, language)}
        )
    mine = [
        point for point, state in facts.followed if state in UNFINISHED and point.owner_institution_id == institution.pk
    ]
    if mine:
        late = sum(1 for point in mine if point.due_on and point.due_on < facts.as_of)
        said = say("points_open_of_agency", language, open=len(mine), late=late)
        found.append({"label": say("points_of_agency", language), "value": said})
    return found


def _topics(facts: Facts, sitting: Sitting, advice: list[AdviceItem], language: str) -> list[Wording]:
    """The items of the session's own agenda, then what the records ask to speak of."""
    found: list[Wording] = [
        worded(item.title, language) for item in sitting.items if not _names_only(item, sitting.session.institution)
    ]
    waiting = [item for item in advice if item.state in AWAITING_ANSWER]
    overdue = [item for item in advice if item.state in TO_IMPLEMENT and is_late(item, facts.as_of)]
    if waiting:
        count = some(len(waiting), "recommendations", language)
        found.append(say("topic_answers", language, advice=count, codes=_codes(waiting)))
    if overdue:
        found.append(say("topic_overdue", language, codes=_codes(overdue)))
    return found


def _names_only(item: AgendaItem, institution: Institution | None) -> bool:
    """True where an item says no more than whom the sheet is about anyway: "Consultation: Customs Service"."""
    return institution is not None and any(
        name and item.title.get(code, "").endswith(name) for code, name in institution.name.items()
    )


def _codes(items: list[AdviceItem]) -> str:
    codes = [item.code for item in items[:MOST_CODES]]
    return ", ".join(codes) + (" …" if len(items) > MOST_CODES else "")
