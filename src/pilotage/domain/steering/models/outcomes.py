"""What comes out of a meeting: decisions, action points, comments on the minutes, recommendations spoken of."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.membership.models import User
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.words import Channel
from pilotage.domain.steering.models.meetings import AgendaItem, Meeting
from pilotage.domain.steering.words import (
    UNFINISHED,
    ActionState,
    Standing,
)
from pilotage.domain.workplans.models import WorkPlan
from pilotage.kit.evidence import Evidence
from pilotage.kit.partial_dates import bounds, common_quarter, common_year
from pilotage.kit.periods import common_reporting_year
from pilotage.kit.records import Record, Versioned
from pilotage.kit.search import search_text
from pilotage.kit.texts import wording
from pilotage.kit.translated import TranslatedField


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
    """What a later meeting heard of a decision: how it stands, and what became of it in words.

    A decision has no states of its own; it is on the list of every meeting until one hears that it was carried out
    or overtaken.
    """

    part_of = "decision"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="follow_ups")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="follow_ups", verbose_name=_("meeting"))
    standing = models.CharField(_("how it stands"), max_length=10, choices=Standing.choices, blank=True, default="")
    """Empty where it was written down before that was asked: those words settled the decision."""
    text = models.TextField(_("what became of it"), blank=True)
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
        self.given_reporting_year = common_reporting_year(first, last, start)
        due = self.first_due_on
        self.first_due_year, self.first_due_quarter = common_year(due, due), common_quarter(due, due)
        self.first_due_reporting_year = common_reporting_year(due, due, start)

    def is_overdue_on(self, day: date) -> bool:
        """Unfinished, and due before ``day``."""
        return self.state in UNFINISHED and self.due_on is not None and self.due_on < day


class ActionFile(Evidence):
    """Evidence that an action point is done, a scanned sheet or a letter."""

    part_of = "action_point"

    action_point = models.ForeignKey(ActionPoint, models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to="action-points/%Y", max_length=200)

    class Meta(Evidence.Meta):
        pass


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
