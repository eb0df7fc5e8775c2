"""What the room's page shows: attendance, earlier matters, the agenda item by item with what was recorded under it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import Role
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.recommendations.access import visible_recommendations
from pilotage.domain.recommendations.words import NOT_COUNTED
from pilotage.domain.steering.access import action_steps_open_to
from pilotage.domain.steering.models import (
    ActionMove,
    ActionPoint,
    AgendaItem,
    Decision,
    FollowUp,
    Meeting,
    Mention,
    Presence,
)
from pilotage.domain.steering.queries import carried_over, earlier_decisions, quorum_of, seats_on
from pilotage.domain.steering.rules import Quorum
from pilotage.domain.steering.states import ActionStep
from pilotage.domain.steering.words import IN_THE_ROOM, UNFINISHED, SessionKind, Standing
from pilotage.kit.texts import wording
from pilotage.web.activities.names import institution_names
from pilotage.web.room.entries import LANGUAGES, mark_of
from pilotage.web.room.names import staff_of

MOST_NAMED = 400
"""Recommendations offered while a code is typed."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent and could not be taken: it stands on the page again, with what is wrong."""

    box: str
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: Sequence[str] = ()
    theirs: str = ""
    by: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One small form: where it is sent from, with what stands in it."""

    name: str
    key: str
    sent: Sent | None = None

    @property
    def values(self) -> Mapping[str, Any]:
        """What was typed and not taken."""
        return self.sent.values if self.sent else {}


class Boxes:
    """Makes the forms of one page, each with a key of its own by which it is taken once."""

    def __init__(self, sent: Sent | None = None) -> None:
        self.sent, self.stem = sent, secrets.token_hex(8)

    def __call__(self, name: str) -> Box:
        return Box(name, f"{self.stem}-{name}"[:40], self.sent if self.sent and self.sent.box == name else None)


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text that is saved while it is written."""

    box: Box
    language: str
    text: str
    was: str


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat with who filled it."""

    seat: Any
    presence: Presence | None

    @property
    def by_alternate(self) -> bool:
        """True where the alternate came."""
        return self.presence is not None and self.presence.present_as == Presence.As.ALTERNATE


@dataclass(frozen=True, slots=True)
class PointRow:
    """An action point with its latest word and the steps that are open to the reader."""

    point: ActionPoint
    last: ActionMove | None
    steps: list[ActionStep]
    box: Box
    overdue: bool

    @property
    def finished(self) -> bool:
        """True where nothing more is to be said."""
        return self.point.state not in UNFINISHED


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """An earlier decision, what this meeting hears of it, and what was heard before, latest last."""

    decision: Decision
    text: TextBox
    standing: str
    """As chosen at this meeting; under way until something else is."""
    heard: FollowUp | None
    before: list[FollowUp]

    @property
    def latest(self) -> FollowUp | None:
        """What was heard last, here or before; None for nothing yet."""
        return self.heard or (self.before[-1] if self.before else None)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision of this meeting, with the form that changes its words."""

    decision: Decision
    box: Box
    was: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One agenda item and everything under it; ``item`` None is what belongs to no item."""

    number: int
    item: AgendaItem | None
    texts: list[TextBox]
    decisions: list[DecisionRow]
    points: list[PointRow]
    mentions: list[Mention]
    decision_box: Box
    action_box: Box
    mention_box: Box
    present: list[TextBox] = field(default_factory=list)
    """Who took part in the bilateral consultation that begins with this item."""

    @property
    def key(self) -> int:
        """The item's key, 0 for none."""
        return self.item.pk if self.item else 0


def context_of(meeting: Meeting, viewer: Viewer, sent: Sent | None = None) -> dict[str, Any]:
    """Everything that the page needs, in a number of queries that does not grow with the agenda."""
    assert viewer.user is not None
    boxes = Boxes(sent)
    reached = quorum_of(meeting)
    rows = item_rows(meeting, viewer, boxes)
    return {
        "meeting": meeting,
        "open": meeting.state in IN_THE_ROOM,
        "user_key": viewer.user.pk,
        "body": meeting.body,
        **attendance(meeting, viewer, boxes, reached),
        "earlier": earlier(meeting, boxes),
        "standings": Standing.choices,
        "points": [point_row(one, viewer, boxes) for one in with_moves(carried_over(meeting))],
        "rows": rows,
        "unplaced": rows[-1],
        "institutions": sorted(institution_names(meeting.phase).labels.values()),
        "staff": staff_of(meeting.phase),
        "codes": codes_of(meeting, viewer),
        "sent": sent,
        "words": json.dumps(words(), ensure_ascii=False),
    }


def attendance(meeting: Meeting, viewer: Viewer, boxes: Boxes, reached: Quorum | None = None) -> dict[str, Any]:
    """Who is there, and whether they may decide."""
    reached = reached or quorum_of(meeting)
    presences = list(meeting.presences.select_related("institution"))
    by_seat = {one.member_id: one for one in presences if one.member_id}
    seats = list(seats_on(meeting.body, meeting.begins_on)) if meeting.body else []
    return {
        "meeting": meeting,
        "quorum": reached,
        "quorum_words": quorum_words(reached, meeting),
        "seats": [SeatRow(seat, by_seat.get(seat.pk)) for seat in seats],
        "guests": [one for one in presences if one.member_id is None],
        "seats_box": boxes("seats"),
        "guest_box": boxes("guest"),
        "guest_kinds": [
            (kind.value, kind.label)
            for kind in Presence.As
            if meeting.body is None or kind not in {Presence.As.MEMBER, Presence.As.ALTERNATE}
        ],
        "waive_box": boxes("waive"),
        "may_waive": Role.PM in viewer.roles_in(meeting.phase) and not reached.reached,
        "terms": json.dumps(terms_of(meeting)),
    }


def terms_of(meeting: Meeting) -> dict[str, Any]:
    """What the browser needs to say the quorum while the line is down."""
    body = meeting.body
    if body is None:
        return {}
    return {
        "share": body.quorum_share,
        "chair": body.quorum_needs_chair,
        "delegation": body.quorum_needs_delegation,
        "waived": bool(meeting.quorum_waived_reason),
    }


def quorum_words(reached: Quorum, meeting: Meeting) -> str:
    """The quorum in one sentence."""
    if meeting.body is None:
        return _("This meeting has no steering body: it needs no quorum.")
    counted = _("%(present)d of %(voting)d voting members are present") % {
        "present": reached.present,
        "voting": reached.voting,
    }
    if reached.reached:
        return _("Quorum: %(counted)s.") % {"counted": counted}
    if meeting.quorum_waived_reason:
        reason = meeting.quorum_waived_reason
        return _("No quorum; decisions stand all the same: %(reason)s") % {"reason": reason}
    lacking = [counted]
    if reached.chair_missing:
        lacking.append(_("the chair is missing"))
    if reached.delegation_missing:
        lacking.append(_("the Delegation is missing"))
    return _("No quorum yet: %(reasons)s.") % {"reasons": "; ".join(lacking)}


def earlier(meeting: Meeting, boxes: Boxes) -> list[EarlierRow]:
    """The decisions that are not settled, what this meeting hears of each, and what was heard before."""
    found = []
    for decision in earlier_decisions(meeting).prefetch_related("follow_ups__meeting"):
        own = next((one for one in decision.follow_ups.all() if one.meeting_id == meeting.pk), None)
        text, standing = (own.text, own.standing) if own else ("", "")
        before = [one for one in decision.follow_ups.all() if one.meeting_id != meeting.pk]
        box = boxes(f"follow-{decision.pk}")
        chosen = box.values.get("standing") or standing or Standing.UNDER_WAY
        found.append(EarlierRow(decision, TextBox(box, "", text, mark_of(text, standing)), chosen, own, before))
    return found


def with_moves(points: Any) -> Any:
    """Action points with what a row needs."""
    return points.select_related(
        "meeting__phase", "meeting__country", "owner_institution", "owner_user"
    ).prefetch_related(Prefetch("moves", ActionMove.objects.select_related("meeting").order_by("id")))


def point_row(point: ActionPoint, viewer: Viewer, boxes: Boxes) -> PointRow:
    """One action point as the room shows it."""
    moves = list(point.moves.all())
    point.phase = point.meeting.phase
    steps = [step for step in action_steps_open_to(viewer, point)]
    return PointRow(
        point,
        moves[-1] if moves else None,
        steps,
        boxes(f"point-{point.pk}"),
        point.is_overdue_on(timezone.localdate()),
    )


def item_rows(meeting: Meeting, viewer: Viewer, boxes: Boxes, only: int | None = None) -> list[ItemRow]:
    """The agenda in order, then what belongs to no item. ``only`` gives the row of one item (0: of none)."""
    decisions: dict[int, list[DecisionRow]] = {}
    for decision in meeting.decisions.select_related("addressee"):
        joined = "\n".join(decision.text.get(language, "") for language in LANGUAGES)
        row = DecisionRow(decision, boxes(f"reword-{decision.pk}"), mark_of(joined))
        decisions.setdefault(decision.item_id or 0, []).append(row)
    points: dict[int, list[PointRow]] = {}
    for point in with_moves(meeting.action_points.order_by("pk")):
        points.setdefault(point.item_id or 0, []).append(point_row(point, viewer, boxes))
    mentions: dict[int, list[Mention]] = {}
    seen = visible_recommendations(viewer, meeting.phase).order_by()
    spoken = meeting.mentions.filter(recommendation__in=seen).select_related("recommendation__addressee")
    for mention in spoken.order_by("pk"):
        mentions.setdefault(mention.item_id or 0, []).append(mention)
    items: list[AgendaItem | None] = [*meeting.agenda.select_related("session__institution"), None]
    rows = []
    begun: set[int] = set()
    for number, item in enumerate(items, start=1):
        key = item.pk if item else 0
        if only is not None and key != only:
            continue
        begins = item is not None and item.session.kind == SessionKind.BILATERAL and item.session_id not in begun
        present = [
            TextBox(boxes(f"present-{item.session_id}-{one}"), one, text, mark_of(text))
            for one in _languages()
            if begins and item is not None
            for text in [item.session.present_text.get(one, "")]
        ]
        if item is not None:
            begun.add(item.session_id)
        texts = [
            TextBox(boxes(f"summary-{key}-{one}"), one, text, mark_of(text))
            for one in _languages()
            if item is not None
            for text in [item.summary.get(one, "")]
        ]
        rows.append(
            ItemRow(
                number if item else 0,
                item,
                texts,
                decisions.get(key, []),
                points.get(key, []),
                mentions.get(key, []),
                boxes(f"decision-{key}"),
                boxes(f"action-{key}"),
                boxes(f"mention-{key}"),
                present,
            )
        )
    return rows


def _languages() -> tuple[str, ...]:
    """The reader's language first."""
    return ("ru", "en") if (get_language() or "en").startswith("ru") else LANGUAGES


def codes_of(meeting: Meeting, viewer: Viewer) -> list[tuple[str, str]]:
    """Recommendations that are offered while a code is typed: of the meeting's country, with their first words."""
    found = visible_recommendations(viewer, meeting.phase).exclude(state__in=NOT_COUNTED)
    if meeting.country_id:
        found = found.filter(country_id=meeting.country_id)
    language = (get_language() or "en").split("-")[0]
    named = found.order_by("code").values_list("code", "text")[:MOST_NAMED]
    return [(code, wording(text, language)[:60]) for code, text in named]


def words() -> dict[str, str]:
    """What the browser says by itself."""
    return {
        "saved": _("saved %(time)s"),
        "all": _("Everything is saved."),
        "kept": _("kept on this device, not yet sent"),
        "typing": _("kept on this device, not recorded yet"),
        "sending": _("being sent…"),
        "waiting": _("On this device, not yet sent: %(number)s"),
        "offline": _(
            "The line is down: go on writing, all is kept here and sent when the line is back. "
            "Leave this page open: without the line it cannot be loaded anew."
        ),
        "refused": _("Not taken: %(number)s. See the marked lines."),
        "signin": _("You are signed out. Nothing is lost: sign in again, then it is sent."),
        "signin_link": _("Sign in in a new window"),
        "other": _("Somebody else has signed in here. What you wrote is kept until you sign in again."),
        "full": _("This browser keeps nothing: do not close the page before everything is saved."),
        "back": _("Put it back into the form"),
        "drop": _("Drop it"),
        "mine": _("Keep mine"),
        "theirs": _("Keep theirs"),
        "both": _("Keep both, one after the other"),
        "conflict": _("%(person)s wrote another text meanwhile. Nothing is lost: choose."),
        "somebody": _("Somebody"),
        "their_text": _("Theirs"),
        "your_text": _("Yours"),
        "counted": _("%(present)s of %(voting)s voting members are present"),
        "quorum": _("Quorum: %(counted)s."),
        "no_quorum": _("No quorum yet: %(reasons)s."),
        "chair": _("the chair is missing"),
        "delegation": _("the Delegation is missing"),
    }
