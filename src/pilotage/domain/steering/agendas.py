"""The agenda: standard ones for each kind of meeting, its items and sessions until the minutes are approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.steering.access import require_meeting_edit
from pilotage.domain.steering.invitations import is_still_ahead
from pilotage.domain.steering.models import AgendaItem, Meeting, MeetingSession, Mention
from pilotage.domain.steering.operations import add_agenda_item, add_session
from pilotage.domain.steering.queries import last_meeting_before
from pilotage.domain.steering.texts import require_printable_texts
from pilotage.domain.steering.words import ItemKind, MeetingKind, MeetingState, SessionKind
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation
from pilotage.kit.records import edit_record
from pilotage.kit.texts import Text, wording

CLOSED = frozenset({MeetingState.APPROVED, MeetingState.PUBLISHED, MeetingState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Standard:
    """One item of a standard agenda; ``minutes`` of time, to be changed as needed."""

    kind: ItemKind
    title: Text
    minutes: int


def _item(kind: ItemKind, minutes: int, en: str, ru: str) -> Standard:
    return Standard(kind, {"en": en, "ru": ru}, minutes)


_OPENING = _item(ItemKind.OPENING, 15, "Opening and adoption of the agenda", "Открытие и утверждение повестки дня")
_FOLLOW_UP = _item(
    ItemKind.FOLLOW_UP, 20, "Follow-up of earlier decisions and action points", "Исполнение прежних решений и поручений"
)
_RISKS = _item(ItemKind.RISKS, 15, "Risks", "Риски")
_DECISIONS = _item(ItemKind.DECISIONS, 20, "Decisions", "Решения")
_CLOSING = _item(ItemKind.CLOSING, 10, "Other matters and closing", "Разное и закрытие")

STANDARD: Mapping[str, tuple[Standard, ...]] = {
    MeetingKind.NATIONAL_STEERING: (
        _OPENING,
        _FOLLOW_UP,
        _item(ItemKind.PROGRESS, 40, "Progress in the country, by component", "Ход реализации в стране по компонентам"),
        _item(
            ItemKind.RECOMMENDATIONS,
            30,
            "Recommendations and the answers of the agencies",
            "Рекомендации и ответы ведомств",
        ),
        _RISKS,
        _item(ItemKind.WORK_PLAN, 30, "Work plan of the next year", "Рабочий план на следующий год"),
        _DECISIONS,
        _CLOSING,
    ),
    MeetingKind.REGIONAL_STEERING: (
        _OPENING,
        _FOLLOW_UP,
        _item(ItemKind.PROGRESS, 40, "Progress in the region, by component", "Ход реализации в регионе по компонентам"),
        _item(ItemKind.OTHER, 30, "Synthesis of the national meetings", "Обобщение итогов национальных заседаний"),
        _item(ItemKind.RECOMMENDATIONS, 20, "Recommendations by country", "Рекомендации по странам"),
        _RISKS,
        _item(
            ItemKind.WORK_PLAN, 30, "Regional work plan of the next year", "Региональный рабочий план на следующий год"
        ),
        _DECISIONS,
        _CLOSING,
    ),
}
"""The standard agendas, after the pages of the packs (domain handbook, 8.2 and 8.3)."""
CONSULTATION: Text = {"en": "Consultation", "ru": "Консультация"}
OTHER_STANDARD = (
    _OPENING,
    _item(ItemKind.PROGRESS, 40, "Progress of the programme", "Ход реализации программы"),
    _item(ItemKind.OTHER, 40, "Discussion", "Обсуждение"),
    _CLOSING,
)


def standard_agenda(kind: str) -> tuple[Standard, ...]:
    """The standard agenda of a kind of meeting."""
    return STANDARD.get(kind, OTHER_STANDARD)


def make_agenda(
    *, by: Actor, meeting: Meeting, like_last_time: bool = False, viewer: Viewer | None = None
) -> list[AgendaItem]:
    """Fills an empty agenda of the joint session: the standard one, or that of the last meeting of the same body."""
    _require_open(viewer, meeting)
    with operation("make agenda", by=by):
        if meeting.agenda.exists():
            raise ValidationError(_("There is an agenda already."))
        session = meeting.sessions.filter(kind=SessionKind.JOINT).first()
        if session is None:
            session = MeetingSession(meeting=meeting, kind=SessionKind.JOINT)
            session.save()
        made = []
        for position, (kind, title, minutes) in enumerate(_pattern(meeting, like_last_time), start=1):
            item = AgendaItem(
                meeting=meeting, session=session, position=position, kind=kind, title=title, minutes=minutes
            )
            item.full_clean()
            item.save()
            made.append(item)
        return made


def _pattern(meeting: Meeting, like_last_time: bool) -> list[tuple[str, Text, int | None]]:
    last = last_meeting_before(meeting) if like_last_time else None
    if last is not None:
        items = last.agenda.filter(session__kind=SessionKind.JOINT).order_by("session__position", "position", "id")
        found = [(item.kind, dict(item.title), item.minutes) for item in items]
        if found:
            return found
    return [(one.kind, dict(one.title), one.minutes) for one in standard_agenda(meeting.kind)]


def edit_agenda_item(
    *, by: Actor, item: AgendaItem, values: Mapping[str, Any], version: int, viewer: Viewer | None = None
) -> AgendaItem:
    """Changes an item that was read at ``version``. Raises StaleRecord, NotAllowed, ValidationError."""
    _require_open(viewer, item.meeting)
    with operation("edit agenda item", by=by):
        if not values.get("title", item.title):
            raise ValidationError({"title": _("Write the title in at least one language.")})
        edit_record(item, values, version)
        require_printable_texts(item, "title", "summary", "speaker")
        return item


def shift_agenda_item(*, by: Actor, item: AgendaItem, up: bool, viewer: Viewer | None = None) -> None:
    """Moves an item one place up or down within its session; at the end of the list nothing happens."""
    _require_open(viewer, item.meeting)
    with operation("move agenda item", by=by):
        items = list(AgendaItem.objects.filter(session_id=item.session_id).order_by("position", "id"))
        place = next(number for number, one in enumerate(items) if one.pk == item.pk)
        other = place - 1 if up else place + 1
        if 0 <= other < len(items):
            items[place], items[other] = items[other], items[place]
        for number, one in enumerate(items, start=1):
            if one.position != number:
                one.position = number
                one.save()


def is_used(item: AgendaItem) -> bool:
    """True where something was said, decided, given out or commented under the item, so that it stays."""
    gave = item.decisions.exists() or item.action_points.exists()
    return bool(item.summary) or gave or item.comments.exists() or Mention.objects.filter(item=item).exists()


def remove_agenda_item(*, by: Actor, item: AgendaItem, viewer: Viewer | None = None) -> None:
    """Takes an item off the agenda; one under which something was said, decided or given out stays."""
    _require_open(viewer, item.meeting)
    with operation("remove agenda item", by=by):
        if is_used(item):
            raise ValidationError(_("Something was said or decided under this item: it stays."))
        item.delete()


def plan_consultation(
    *,
    by: Actor,
    meeting: Meeting,
    institution: Institution | None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    viewer: Viewer | None = None,
) -> MeetingSession:
    """Adds the bilateral consultation with an institution, with the one item under which its minutes are written.

    Raises NotAllowed, ValidationError by field.
    """
    with operation("add session", by=by):
        session = add_session(by=by, meeting=meeting, institution=institution, viewer=viewer)
        edit_session(
            by=by, session=session, starts_at=starts_at, ends_at=ends_at, institution=institution, viewer=viewer
        )
        assert institution is not None
        title = {
            language: f"{words}: {name}"
            for language, words in CONSULTATION.items()
            if (name := wording(institution.name, language))
        }
        add_agenda_item(by=by, session=session, values={"title": title, "kind": ItemKind.OTHER}, viewer=viewer)
        return session


def edit_session(
    *,
    by: Actor,
    session: MeetingSession,
    starts_at: datetime | None,
    ends_at: datetime | None,
    institution: Any = None,
    present: Text | None = None,
    viewer: Viewer | None = None,
) -> MeetingSession:
    """Gives a session its time, and a bilateral one its institution and who took part (None leaves that as it is).

    Raises NotAllowed, ValidationError by field.
    """
    _require_open(viewer, session.meeting)
    with operation("edit session", by=by):
        moved = (session.starts_at, session.ends_at) != (starts_at, ends_at)
        session.starts_at, session.ends_at = starts_at, ends_at
        if present is not None:
            session.present_text = dict(present)
        if session.kind == SessionKind.BILATERAL:
            session.institution = institution
            if institution is None:
                raise ValidationError(
                    {"institution": _("A bilateral consultation is with one institution: choose it.")}
                )
        if starts_at and ends_at and ends_at <= starts_at:
            raise ValidationError({"ends_at": _("The end is before the start.")})
        session.full_clean()
        require_printable_texts(session, "present_text")
        session.save()
        if moved:
            raise_sequence(session.meeting)
        return session


def remove_session(*, by: Actor, session: MeetingSession, viewer: Viewer | None = None) -> None:
    """Takes away a bilateral consultation with its items, as long as nothing was said or decided under them."""
    _require_open(viewer, session.meeting)
    with operation("remove session", by=by):
        if session.kind == SessionKind.JOINT:
            raise ValidationError(_("The joint session stays."))
        for item in session.items.all():
            item.meeting = session.meeting
            remove_agenda_item(by=by, item=item, viewer=viewer)
        session.delete()


def next_position(meeting: Meeting) -> int:
    """The position after the last session."""
    return (meeting.sessions.aggregate(last=Max("position"))["last"] or 0) + 1


def raise_sequence(meeting: Meeting) -> None:
    """Counts a change of day, time or place that those who were invited must learn of (RFC 5545, SEQUENCE)."""
    ahead = is_still_ahead(meeting, timezone.localdate())
    if ahead and meeting.invitations.filter(sequence=meeting.sequence).exists():
        meeting.sequence += 1
        meeting.save()


def _require_open(viewer: Viewer | None, meeting: Meeting) -> None:
    require_meeting_edit(viewer, meeting)
    if meeting.state in CLOSED:
        raise ValidationError(_("The minutes are approved: they no longer change."))
