"""Meetings: sessions, agenda, papers, who was invited and who was there (domain handbook, sections 4 and 5)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.activities.words import Confidentiality, Mode
from pilotage.domain.membership.models import User
from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models.bodies import BodyMember, MeetingRound, SteeringBody
from pilotage.domain.steering.words import (
    ItemKind,
    MeetingKind,
    MeetingState,
    SessionKind,
)
from pilotage.kit.mails import Mailed
from pilotage.kit.partial_dates import PartialDateField, bounds
from pilotage.kit.records import Record, Versioned
from pilotage.kit.search import search_text
from pilotage.kit.sources import Sourced
from pilotage.kit.texts import wording
from pilotage.kit.translated import TranslatedField


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
    secretary_text = TranslatedField(_("secretary"), longest=300)
    """Who keeps the minutes and signs them beside the chair, with the position."""
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
    present_text = TranslatedField(_("who took part"), longest=1000)
    """Of a bilateral consultation: who sat at the table, which the attendance of the joint session does not say."""

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


class Invitation(Mailed, Record):
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
