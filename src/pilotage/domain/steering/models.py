"""Steering bodies, their meetings, decisions and action points (domain handbook, sections 4, 5 and 10)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.activities.words import Confidentiality, Mode
from pilotage.domain.membership.models import User
from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.words import Channel
from pilotage.domain.steering.words import (
    UNFINISHED,
    ActionState,
    BodyKind,
    ItemKind,
    MeetingKind,
    MeetingState,
    SessionKind,
)
from pilotage.domain.workplans.models import WorkPlan
from pilotage.kit.partial_dates import PartialDateField, bounds, common_quarter, common_year
from pilotage.kit.periods import reporting_year
from pilotage.kit.records import Record, Versioned
from pilotage.kit.search import search_text
from pilotage.kit.sources import Sourced
from pilotage.kit.texts import wording
from pilotage.kit.translated import TranslatedField


class SteeringBody(Versioned, Record):
    """A national or regional steering group with its terms of reference, which prevail over every default."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="steering_bodies", verbose_name=_("programme phase"))
    kind = models.CharField(_("kind"), max_length=10, choices=BodyKind.choices)
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("country")
    )
    title = TranslatedField(_("title"), longest=200)
    quorum_share = models.PositiveSmallIntegerField(_("quorum, % of voting members"), default=50)
    quorum_needs_chair = models.BooleanField(_("the quorum includes the chair"), default=True)
    quorum_needs_delegation = models.BooleanField(_("the quorum includes the Delegation"), default=True)
    notice_days = models.PositiveSmallIntegerField(_("papers, working days before"), default=10)
    minutes_days = models.PositiveSmallIntegerField(_("draft minutes, working days after"), default=10)
    comment_days = models.PositiveSmallIntegerField(_("comments, working days after circulation"), default=10)
    tacit_approval = models.BooleanField(_("tacit approval after the comments"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("steering body")
        verbose_name_plural = _("steering bodies")
        ordering = ["-kind", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "kind", "country"], name="steering_body_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return wording(self.title, "en")


class BodyMember(Record):
    """A seat in a steering body: an institution, its delegate, the alternate and the vote."""

    part_of = "body"

    body = models.ForeignKey(SteeringBody, models.PROTECT, related_name="members")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    delegate = models.CharField(_("member"), max_length=200, blank=True)
    alternate = models.CharField(_("alternate"), max_length=200, blank=True)
    voting = models.BooleanField(_("votes"), default=True)
    chair = models.BooleanField(_("chair"), default=False)
    delegation = models.BooleanField(_("EU Delegation"), default=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("user"))
    email = models.EmailField(_("e-mail of the member"), blank=True)
    alternate_email = models.EmailField(_("e-mail of the alternate"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("en", "English"), ("ru", "Русский")], default="en"
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("member of a steering body")
        verbose_name_plural = _("members of steering bodies")
        ordering = ["body", "-chair", "-delegation", "id"]

    def holds_on(self, day: date | None) -> bool:
        """True where the seat is part of the body on ``day``; always for None."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or self.valid_until >= day
        )


class MeetingRound(Versioned, Record):
    """The meetings of one year: the national ones, then the regional one, with a single data cut-off."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="rounds", verbose_name=_("programme phase"))
    year = models.PositiveSmallIntegerField(_("year"))
    cut_off = models.DateField(_("data cut-off"))

    class Meta(Record.Meta):
        verbose_name = _("round of meetings")
        verbose_name_plural = _("rounds of meetings")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["phase", "year"], name="round_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}"


class Meeting(Sourced, Versioned, Record):
    """A meeting of a steering body, or another one of the programme."""

    tightened = {"confidentiality": Confidentiality.values}

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="meetings", verbose_name=_("programme phase"))
    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind.choices)
    body = models.ForeignKey(
        SteeringBody, models.PROTECT, related_name="meetings", null=True, blank=True, verbose_name=_("steering body")
    )
    round = models.ForeignKey(
        MeetingRound, models.PROTECT, related_name="meetings", null=True, blank=True, verbose_name=_("round")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("country")
    )
    title = TranslatedField(_("title"), longest=300)
    starts = PartialDateField(_("starts"))
    ends = PartialDateField(_("ends"))
    date_text = models.CharField(_("date as printed"), max_length=120, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("place"))
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, blank=True)
    chair_text = TranslatedField(_("chair"), longest=300)
    state = models.CharField(_("state"), max_length=16, choices=MeetingState.choices, default=MeetingState.PLANNED)
    confidentiality = models.CharField(
        _("confidentiality"), max_length=10, choices=Confidentiality.choices, default=Confidentiality.PARTNERS
    )
    summary = TranslatedField(_("summary"), longest=10_000)
    papers_sent_on = models.DateField(_("papers sent on"), null=True, blank=True)
    circulated_on = models.DateField(_("minutes circulated on"), null=True, blank=True)
    approved_on = models.DateField(_("minutes approved on"), null=True, blank=True)
    approved_tacitly = models.BooleanField(_("approved tacitly"), default=False)
    quorum_waived_reason = models.TextField(_("why decisions stand without quorum"), blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    """Counts the invitations sent, as a calendar needs it."""

    begins_on = models.DateField(null=True, editable=False)
    ends_on = models.DateField(null=True, editable=False)
    search = models.TextField(editable=False, default="")

    unlogged_fields: ClassVar[frozenset[str]] = frozenset({"begins_on", "ends_on", "search"})

    class Meta(Record.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-begins_on", "code"]
        constraints = [models.UniqueConstraint(fields=["phase", "code"], name="meeting_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {wording(self.title, 'en')}"

    def derive(self) -> None:
        first, last = bounds(self.starts)
        self.begins_on = first or last
        self.ends_on = bounds(self.ends)[1] or last
        self.search = search_text(self.title, self.code, self.chair_text)


class MeetingSession(Record):
    """A part of a meeting: the joint session, or the consultation with one institution."""

    part_of = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sessions")
    kind = models.CharField(_("kind"), max_length=10, choices=SessionKind.choices, default=SessionKind.JOINT)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("institution")
    )
    position = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["meeting", "position", "id"]


class AgendaItem(Versioned, Record):
    """One item of a session's agenda, with what was said under it."""

    part_of = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    session = models.ForeignKey(MeetingSession, models.PROTECT, related_name="items", verbose_name=_("session"))
    position = models.PositiveSmallIntegerField(_("number"), default=0)
    kind = models.CharField(_("kind"), max_length=16, choices=ItemKind.choices, default=ItemKind.OTHER)
    title = TranslatedField(_("title"), longest=300)
    speaker = models.CharField(_("speaker"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes of time"), null=True, blank=True)
    summary = TranslatedField(_("summary"), longest=10_000)

    class Meta(Record.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "session__position", "position", "id"]


class Paper(Record):
    """A paper for a meeting, with the day on which it was sent."""

    part_of = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    title = TranslatedField(_("title"), longest=300)
    file = models.FileField(_("file"), upload_to="meetings/%Y", max_length=200, blank=True)
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    link = models.CharField(_("link to a document"), max_length=500, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["meeting", "id"]


class Presence(Record):
    """Who was in the room: a member of the body, or a guest."""

    part_of = "meeting"

    class As(models.TextChoices):
        MEMBER = "member", _("member")
        ALTERNATE = "alternate", _("alternate")
        OBSERVER = "observer", _("observer")
        GUEST = "guest", _("guest")
        STAFF = "staff", _("programme staff")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="presences")
    member = models.ForeignKey(
        BodyMember, models.PROTECT, related_name="presences", null=True, blank=True, verbose_name=_("seat")
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=200)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("institution")
    )
    present_as = models.CharField(_("as"), max_length=10, choices=As.choices, default=As.MEMBER)

    class Meta(Record.Meta):
        verbose_name = _("presence")
        verbose_name_plural = _("attendance of meetings")
        ordering = ["meeting", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"], condition=models.Q(member__isnull=False), name="one_presence_a_seat"
            )
        ]


class Decision(Versioned, Record):
    """What a meeting decided."""

    part_of = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="decisions", null=True, blank=True, verbose_name=_("agenda item")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = TranslatedField(_("decision"), longest=3000)
    addressee = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("addressee")
    )
    work_plan = models.ForeignKey(
        WorkPlan, models.PROTECT, related_name="decisions", null=True, blank=True, verbose_name=_("work plan endorsed")
    )

    class Meta(Record.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once")]


class FollowUp(Record):
    """What a later meeting heard of a decision: decisions have no states, only a story."""

    part_of = "decision"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="follow_ups")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="follow_ups", verbose_name=_("meeting"))
    text = models.TextField(_("what became of it"))
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200)

    class Meta(Record.Meta):
        verbose_name = _("follow-up of a decision")
        verbose_name_plural = _("follow-up of decisions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["decision", "meeting"], name="follow_up_once_a_meeting")]


class ActionPoint(Versioned, Record):
    """Something one owner is to do by a day. Unfinished ones appear at the next meeting, none is dropped."""

    derives_from = ("phase", "meeting")

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="action_points")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="action_points", verbose_name=_("meeting"))
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="action_points", null=True, blank=True, verbose_name=_("agenda item")
    )
    code = models.CharField(_("code"), max_length=40)
    text = TranslatedField(_("action point"), longest=3000)
    owner_institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="action_points", null=True, blank=True, verbose_name=_("owner")
    )
    owner_user = models.ForeignKey(
        User, models.PROTECT, related_name="action_points", null=True, blank=True, verbose_name=_("owner (staff)")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    first_due_on = models.DateField(_("first due on"), null=True, blank=True, editable=False)
    """On-time rates are taken against the first due date, whatever it was moved to (domain handbook, 6)."""
    state = models.CharField(_("state"), max_length=14, choices=ActionState.choices, default=ActionState.OPEN)
    reported_done_on = models.DateField(_("reported done on"), null=True, blank=True, editable=False)
    """The owner says that it is done; it is done once a coordinator has confirmed it."""
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)

    search = models.TextField(editable=False, default="")
    given_first = models.DateField(null=True, editable=False)
    given_last = models.DateField(null=True, editable=False)
    given_year = models.PositiveSmallIntegerField(null=True, editable=False)
    given_quarter = models.PositiveIntegerField(null=True, editable=False)
    given_reporting_year = models.SmallIntegerField(null=True, editable=False)
    first_due_year = models.PositiveSmallIntegerField(null=True, editable=False)
    first_due_quarter = models.PositiveIntegerField(null=True, editable=False)
    first_due_reporting_year = models.SmallIntegerField(null=True, editable=False)

    unlogged_fields: ClassVar[frozenset[str]] = frozenset(
        {"search", "given_first", "given_last", "given_year", "given_quarter", "given_reporting_year",
         "first_due_year", "first_due_quarter", "first_due_reporting_year"}
    )  # fmt: skip

    class Meta(Record.Meta):
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        ordering = ["due_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "code"], name="action_point_code_once"),
            models.CheckConstraint(
                condition=models.Q(owner_institution__isnull=False, owner_user__isnull=True)
                | models.Q(owner_institution__isnull=True, owner_user__isnull=False),
                name="action_point_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {wording(self.text, 'en')[:80]}"

    def derive(self) -> None:
        self.search = search_text(self.text, self.code)
        first, last = bounds(self.meeting.starts)
        start = self.phase.start
        self.given_first, self.given_last = first, last
        self.given_year, self.given_quarter = common_year(first, last), common_quarter(first, last)
        self.given_reporting_year = _reporting_year(first, last, start)
        due = self.first_due_on
        self.first_due_year, self.first_due_quarter = common_year(due, due), common_quarter(due, due)
        self.first_due_reporting_year = _reporting_year(due, due, start)

    def is_overdue_on(self, day: date) -> bool:
        """Unfinished, and due before ``day``."""
        return self.state in UNFINISHED and self.due_on is not None and self.due_on < day


def _reporting_year(first: date | None, last: date | None, start: date | None) -> int | None:
    """The reporting year in which both days lie; None where that is not known, or lies before the phase."""
    if first is None or last is None or start is None:
        return None
    year = reporting_year(first, start)
    return year if year == reporting_year(last, start) >= 1 else None


class ActionFile(Record):
    """Evidence that an action point is done, a scanned sheet or a letter."""

    part_of = "action_point"

    action_point = models.ForeignKey(ActionPoint, models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to="action-points/%Y", max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    digest = models.CharField(max_length=64, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["id"]


class ActionMove(Record):
    """One step of an action point: who, when, what was said, by which way. A note leaves the state as it is."""

    part_of = "action_point"

    action_point = models.ForeignKey(ActionPoint, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=30)
    from_state = models.CharField(max_length=14, choices=ActionState.choices)
    to_state = models.CharField(max_length=14, choices=ActionState.choices)
    effective_on = models.DateField(_("effective on"))
    words = models.TextField(_("report"), blank=True)
    evidence_text = models.TextField(_("evidence"), blank=True)
    evidence = models.ForeignKey(ActionFile, models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("said at the meeting")
    )
    """The meeting in whose room the step was taken; None where it was taken between meetings."""
    channel = models.CharField(_("way"), max_length=10, choices=Channel.choices, blank=True)
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200)

    class Meta(Record.Meta):
        verbose_name = _("step of an action point")
        verbose_name_plural = _("steps of action points")
        ordering = ["id"]


class MeetingMove(Record):
    """One step of a meeting: who, when, why."""

    part_of = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=30)
    from_state = models.CharField(max_length=16, choices=MeetingState.choices)
    to_state = models.CharField(max_length=16, choices=MeetingState.choices)
    effective_on = models.DateField(_("effective on"))
    reason = models.TextField(_("reason"), blank=True)
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200)

    class Meta(Record.Meta):
        verbose_name = _("step of a meeting")
        verbose_name_plural = _("steps of meetings")
        ordering = ["id"]


class MinutesComment(Record):
    """What a member said to the circulated minutes, and what became of it."""

    part_of = "meeting"

    class Outcome(models.TextChoices):
        OPEN = "open", pgettext_lazy("comment", "open")
        TAKEN = "taken", pgettext_lazy("comment", "taken over")
        NOT_TAKEN = "not_taken", pgettext_lazy("comment", "not taken over")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="comments")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="comments", null=True, blank=True)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", null=True, blank=True)
    author = models.CharField(_("from"), max_length=200, blank=True)
    """Who said it, where staff record what came by mail; else whoever is signed in."""
    text = models.TextField(_("comment"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    reply = models.TextField(_("reply"), blank=True)
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200)
    received_on = models.DateField(_("received on"))

    class Meta(Record.Meta):
        verbose_name = _("comment on minutes")
        verbose_name_plural = _("comments on minutes")
        ordering = ["meeting", "id"]


class Mention(Record):
    """A meeting that spoke of a recommendation, or that it came out of."""

    part_of = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="mentions")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="mentions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+", null=True, blank=True)
    came_out_of_it = models.BooleanField(_("came out of the meeting"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("mention of a recommendation")
        verbose_name_plural = _("mentions of recommendations")
        constraints = [models.UniqueConstraint(fields=["meeting", "recommendation"], name="mention_once")]


class Invitation(Record):
    """A calendar invitation to one person: who was invited to a meeting when, and what became of the mail."""

    part_of = "meeting"
    unlogged_fields: ClassVar[frozenset[str]] = frozenset({"claimed_at", "attempts", "problem"})

    class Method(models.TextChoices):
        REQUEST = "request", pgettext_lazy("calendar", "invitation")
        CANCEL = "cancel", pgettext_lazy("calendar", "cancellation")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    member = models.ForeignKey(
        BodyMember, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("seat")
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=2, default="en")
    method = models.CharField(_("kind"), max_length=8, choices=Method.choices, default=Method.REQUEST)
    sequence = models.PositiveIntegerField(_("version of the invitation"), default=0)
    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.CharField(_("asked for by"), max_length=200)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    problem = models.CharField(max_length=300, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["meeting", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "email", "method", "sequence"], name="invitation_once_a_version")
        ]


class MeetingReason(Record):
    """The written reason why a warning of the data checks about a meeting stands as it is (domain handbook, 9)."""

    part_of = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="check_reasons")
    check_code = models.CharField(max_length=60)
    reason = models.TextField(_("reason"), max_length=1000)

    class Meta(Record.Meta):
        verbose_name = _("reason for a warning about a meeting")
        verbose_name_plural = _("reasons for warnings about meetings")
        constraints = [models.UniqueConstraint(fields=["meeting", "check_code"], name="meeting_reason_once")]


class RoomSending(models.Model):
    """One thing that a browser sent from a meeting's room, by the key that the browser made for it: taken once.

    A trace of work, not a record: what was written by it is logged like every other operation.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    answer = models.JSONField(default=dict)
    """What was answered the first time, and is answered again."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "user", "key"], name="room_sending_once")]
