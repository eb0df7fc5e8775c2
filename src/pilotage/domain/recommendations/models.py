"""Recommendations: advice to one agency, followed until it is acted upon (domain handbook, sections 4 and 5)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.activities.models import Activity, Deliverable
from pilotage.domain.activities.words import Confidentiality
from pilotage.domain.membership.models import Role, User
from pilotage.domain.parties.models import Country, Institution
from pilotage.domain.programme.models import Component, Phase
from pilotage.domain.recommendations.queries import RecommendationQuerySet
from pilotage.domain.recommendations.words import AWAITING_ANSWER, TO_IMPLEMENT, Channel, Origin, Priority, State
from pilotage.kit.evidence import Evidence
from pilotage.kit.mails import Mailed
from pilotage.kit.partial_dates import PartialDateField, bounds, common_quarter, common_year
from pilotage.kit.periods import common_reporting_year
from pilotage.kit.records import Record, Versioned
from pilotage.kit.search import search_text, sort_key
from pilotage.kit.sources import Sourced
from pilotage.kit.texts import wording
from pilotage.kit.translated import TranslatedField


class Recommendation(Sourced, Versioned, Record):
    """One piece of advice to one addressee. The same advice to five services is five records: each adopts alone."""

    derives_from = ("phase", "addressee")
    tightened = {"confidentiality": Confidentiality.values}

    unlogged_fields: ClassVar[frozenset[str]] = frozenset(
        {"search", "sort_en", "sort_ru", "issued_first", "issued_last", "issued_year", "issued_quarter",
         "issued_reporting_year"}
    )  # fmt: skip

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="recommendations", verbose_name=_("programme phase"))
    code = models.CharField(_("code"), max_length=40)
    text = TranslatedField(_("recommendation"), longest=3000)
    origin = models.CharField(_("came out of"), max_length=10, choices=Origin.choices, blank=True)
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="recommendations", null=True, blank=True, verbose_name=_("activity")
    )
    deliverable = models.ForeignKey(
        Deliverable, models.PROTECT, related_name="recommendations", null=True, blank=True, verbose_name=_("document")
    )
    component = models.ForeignKey(
        Component, models.PROTECT, related_name="recommendations", null=True, blank=True, verbose_name=_("component")
    )
    addressee = models.ForeignKey(
        Institution, models.PROTECT, related_name="recommendations", null=True, blank=True, verbose_name=_("addressee")
    )
    """One institution; empty only where a source names none, or several in general words (``addressee_text``)."""
    addressee_text = TranslatedField(_("addressee, as stated"), longest=300)
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("country")
    )
    group_key = models.CharField(_("key of the group"), max_length=40, blank=True, db_index=True)
    """The same for siblings: the same advice to several addressees."""
    priority = models.CharField(_("priority"), max_length=6, choices=Priority.choices, default=Priority.MEDIUM)
    confidentiality = models.CharField(
        _("confidentiality"), max_length=10, choices=Confidentiality.choices, default=Confidentiality.PARTNERS
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.DRAFT)
    state_known = models.BooleanField(_("state is known"), default=True)
    """False where a source names the recommendation but not what became of it: shown as not known, never as issued."""
    issued_on = PartialDateField(_("issued on"))
    response_due = models.DateField(_("response due"), null=True, blank=True)
    implementation_due = models.DateField(_("implementation due"), null=True, blank=True)
    accepted_text = TranslatedField(_("text as accepted"), longest=3000)
    cleared_on = models.DateField(_("cleared by the programme manager on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True, editable=False)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True, editable=False)
    act_number = models.CharField(_("number of the order or law"), max_length=60, blank=True)
    act_date = models.DateField(_("date of the order or law"), null=True, blank=True)
    act_body = TranslatedField(_("body that adopted it"), longest=200)

    search = models.TextField(editable=False, default="")
    sort_en = models.CharField(max_length=200, editable=False, default="")
    sort_ru = models.CharField(max_length=200, editable=False, default="")
    issued_first = models.DateField(null=True, editable=False)
    issued_last = models.DateField(null=True, editable=False)
    issued_year = models.PositiveSmallIntegerField(null=True, editable=False)
    issued_quarter = models.PositiveIntegerField(null=True, editable=False)
    issued_reporting_year = models.SmallIntegerField(null=True, editable=False)

    objects = RecommendationQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-issued_last", "code"]
        constraints = [models.UniqueConstraint(fields=["phase", "code"], name="recommendation_code_once")]
        indexes = [
            models.Index(fields=["phase", "state"], name="recommendation_state"),
            models.Index(fields=["addressee", "state"], name="recommendation_addressee"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {wording(self.text, 'en')[:80]}"

    def derive(self) -> None:
        self.search = search_text(self.text, self.code, self.addressee_text)
        self.sort_en, self.sort_ru = sort_key(wording(self.text, "en")), sort_key(wording(self.text, "ru"))
        if self.country_id is None and self.addressee is not None:
            self.country_id = self.addressee.country_id
        first, last = bounds(self.issued_on)
        start = self.phase.start
        if first is None and last is not None and start and start <= last:
            first = start
        self.issued_first, self.issued_last = first, last
        self.issued_year, self.issued_quarter = common_year(first, last), common_quarter(first, last)
        self.issued_reporting_year = common_reporting_year(first, last, start)

    def is_overdue_on(self, day: date) -> bool:
        """Accepted, partly accepted or in progress, and due before ``day`` (domain handbook, 6)."""
        return self.state in TO_IMPLEMENT and self.implementation_due is not None and self.implementation_due < day

    def is_answer_late_on(self, day: date) -> bool:
        """Unanswered past its response date."""
        return self.state in AWAITING_ANSWER and self.response_due is not None and self.response_due < day


class RecommendationFile(Evidence):
    """Evidence of adoption, a scanned answer or a letter."""

    part_of = "recommendation"

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to="recommendations/%Y", max_length=200)

    class Meta(Evidence.Meta):
        pass


class RecommendationMove(Record):
    """One step: who, when it took effect, in what words, on what evidence, by which way it reached us."""

    part_of = "recommendation"

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, choices=State.choices)
    to_state = models.CharField(max_length=20, choices=State.choices)
    effective_on = models.DateField(_("effective on"))
    words = models.TextField(_("in the agency's words, or the reason"), blank=True)
    evidence_text = models.TextField(_("evidence"), blank=True)
    evidence = models.ForeignKey(RecommendationFile, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(_("way"), max_length=10, choices=Channel.choices, default=Channel.ACCOUNT)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    by_role = models.CharField(max_length=3, choices=Role.choices, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("step of a recommendation")
        verbose_name_plural = _("steps of recommendations")
        ordering = ["id"]


class AgencyContact(Record):
    """Whom we write to at an agency about its recommendations and action points."""

    part_of = "institution"

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="agency_contacts")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="contacts", verbose_name=_("institution"))
    name = models.CharField(pgettext_lazy("person", "name"), max_length=200)
    position = models.CharField(_("position"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"), max_length=2, choices=[("en", "English"), ("ru", "Русский")], default="ru"
    )
    active = models.BooleanField(_("receives reminders"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("contact at an agency")
        verbose_name_plural = _("contacts at agencies")
        ordering = ["institution", "name"]
        constraints = [models.UniqueConstraint(fields=["phase", "institution", "email"], name="agency_contact_once")]


class AgencyLink(Record):
    """A personal link by which one contact answers for one agency, without an account. Only its digest is kept."""

    part_of = "institution"
    hidden_fields: ClassVar[frozenset[str]] = frozenset({"digest"})
    unlogged_fields: ClassVar[frozenset[str]] = frozenset({"last_used_at"})

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="agency_links")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="agency_links")
    contact = models.ForeignKey(AgencyContact, models.PROTECT, related_name="links", verbose_name=_("contact"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_on = models.DateField(_("expires on"))
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        ordering = ["-id"]


class AnswerSheet(Record):
    """A workbook, Word form or paper sheet that was given out to an agency, with what stood on it.

    What comes back is matched against it: a row of another sheet, of an older version or with altered text is refused.
    """

    part_of = "institution"
    hidden_fields: ClassVar[frozenset[str]] = frozenset({"secret"})

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="answer_sheets")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="answer_sheets")
    channel = models.CharField(_("way"), max_length=10, choices=Channel.choices)
    code = models.CharField(_("code"), max_length=12, unique=True)
    secret = models.CharField(max_length=64, editable=False)
    """Signs the row keys of this sheet."""
    rows = models.JSONField(default=list)
    """What was given out: ``[{"recommendation": pk, "version": n, "state": …, "key": …}]`` in printed order."""
    given_out_on = models.DateField(_("given out on"))
    returned_on = models.DateField(_("returned on"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("answer sheet")
        verbose_name_plural = _("answer sheets")
        ordering = ["-id"]


class Reminder(Mailed, Record):
    """One digest that was sent, or is to be sent, to one person on one day: never twice.

    The person is a contact at an agency, or a user who owns action points.
    """

    part_of = "institution"
    unlogged_fields: ClassVar[frozenset[str]] = frozenset({"claimed_at", "attempts", "problem"})

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="reminders")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="reminders", null=True, blank=True)
    contact = models.ForeignKey(AgencyContact, models.PROTECT, related_name="reminders", null=True, blank=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="reminders", null=True, blank=True)
    day = models.DateField(_("day"))
    items = models.JSONField(default=list)
    """What it spoke of: ``[{"kind": "response_due", "code": …, "due": …}]``."""
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When a worker took it up; another one may try again once that is long ago (the worker was ended)."""
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-day", "institution", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "day"], name="reminder_once_a_day"),
            models.UniqueConstraint(fields=["phase", "user", "day"], name="reminder_to_user_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(contact__isnull=False, institution__isnull=False, user__isnull=True)
                | models.Q(contact__isnull=True, institution__isnull=True, user__isnull=False),
                name="reminder_to_one_person",
            ),
        ]

    def root_reference(self) -> tuple[str, str]:
        """The institution; the user where there is none."""
        if self.institution_id is None:
            return User._meta.label_lower, str(self.user_id)
        return super().root_reference()

    @property
    def recipient(self) -> AgencyContact | User:
        """Whom it goes to: both have a name, an e-mail address and a language."""
        found = self.contact or self.user
        assert found is not None
        return found

    @property
    def recipient_name(self) -> str:
        """The name of whom it goes to."""
        return self.recipient.name


class DailyRun(models.Model):
    """That something was done on a day, once, however many workers there are: a trace of work, not a record."""

    job = models.CharField(max_length=20)
    day = models.DateField()
    claimed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "day"], name="daily_run_once")]
