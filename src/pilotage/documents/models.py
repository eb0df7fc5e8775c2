"""Publications: what is written for an issue, and the frozen editions that were published."""

import hashlib
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.activities.models import ActivityFile
from pilotage.domain.membership.models import User
from pilotage.domain.programme.models import Phase
from pilotage.domain.steering.models import Meeting
from pilotage.domain.workplans.models import WorkPlan
from pilotage.kit.periods import Period
from pilotage.kit.records import Record, Versioned
from pilotage.kit.translated import TranslatedField


class PublicationState(models.TextChoices):
    """Domain handbook, section 5: Publication."""

    DRAFT = "draft", _("draft")
    FIGURES_CHECKED = "figures_checked", _("figures checked")
    CLEARED_PM = "cleared_pm", _("cleared by the programme manager")
    CLEARED_EUD = "cleared_eud", _("cleared by the EU Delegation")
    PUBLISHED = "published", _("published")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("withdrawn")


SUBJECTS = {
    "newsletter": "period",
    "national_pack": "meeting",
    "regional_pack": "meeting",
    "minutes": "meeting",
    "work_plan": "work_plan",
}
"""What a publication of each kind is about: the field that is filled."""


class Publication(Versioned, Record):
    """One issue of one kind of document: the newsletter of a quarter, the pack of a meeting, a version of the plan."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="publications", verbose_name=_("programme phase"))
    kind = models.CharField(_("kind"), max_length=30)
    """Name of the folder in ``documents/kinds``."""
    period = models.CharField(_("period"), max_length=24, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="publications", null=True, blank=True, verbose_name=_("meeting")
    )
    work_plan = models.ForeignKey(
        WorkPlan, models.PROTECT, related_name="publications", null=True, blank=True, verbose_name=_("work plan")
    )
    number = models.PositiveSmallIntegerField(pgettext_lazy("newsletter", "issue"))
    state = models.CharField(
        _("state"), max_length=20, choices=PublicationState.choices, default=PublicationState.DRAFT
    )
    as_of = models.DateField(_("as of"))

    class Meta(Record.Meta):
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-as_of", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "kind", "period"], condition=~models.Q(period=""), name="publication_period_once"
            ),
            models.UniqueConstraint(fields=["kind", "meeting"], name="publication_meeting_once"),
            models.UniqueConstraint(fields=["kind", "work_plan"], name="publication_work_plan_once"),
            models.CheckConstraint(
                condition=(~models.Q(period="") & models.Q(meeting=None, work_plan=None))
                | models.Q(period="", meeting__isnull=False, work_plan=None)
                | models.Q(period="", meeting=None, work_plan__isnull=False),
                name="publication_one_subject",
            ),
            models.UniqueConstraint(fields=["phase", "kind", "number"], name="publication_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} ({self.period or self.as_of})"

    @property
    def covers(self) -> Period:
        """The period that the issue speaks of. Raises ValueError for a publication of a meeting or a plan."""
        return Period.parse(self.period)

    @property
    def address(self) -> str:
        """How it is called in addresses: a newsletter by its number, others by kind and number."""
        return f"{self.number}" if self.kind == "newsletter" else f"{self.kind.replace('_', '-')}-{self.number}"


class TextState(models.TextChoices):
    DRAFT = "draft", _("draft")
    TRANSLATED = "translated", _("translated")
    APPROVED = "approved", _("approved")


class SlotText(Versioned, Record):
    """What an editor wrote for one slot of a publication in one language, as Markdown."""

    part_of = "publication"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="texts")
    slot = models.SlugField(_("slot"), max_length=40)
    language = models.CharField(_("language"), max_length=2)
    markdown = models.TextField(_("text"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=TextState.choices, default=TextState.DRAFT)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    """Digest of the text in the other language that this one was brought in line with; empty for an original."""

    class Meta(Record.Meta):
        verbose_name = _("text of a publication")
        verbose_name_plural = _("texts of publications")
        ordering = ["slot", "language"]
        constraints = [models.UniqueConstraint(fields=["publication", "slot", "language"], name="slot_text_once")]

    @property
    def digest(self) -> str:
        """Stands for the present wording."""
        return text_digest(self.markdown)


def text_digest(markdown: str) -> str:
    """Stands for a wording, whatever its line ends and outer spaces."""
    return hashlib.sha256("\n".join(line.rstrip() for line in markdown.strip().splitlines()).encode()).hexdigest()


class SlotPhoto(Record):
    """A photo chosen for a slot. Only one with consent and alternative texts can be issued."""

    part_of = "publication"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="photos")
    slot = models.SlugField(_("slot"), max_length=40)
    photo = models.ForeignKey(ActivityFile, models.PROTECT, related_name="+", verbose_name=_("photo"))
    caption = TranslatedField(_("caption"), longest=300)

    class Meta(Record.Meta):
        verbose_name = _("photo of a publication")
        verbose_name_plural = _("photos of publications")
        constraints = [models.UniqueConstraint(fields=["publication", "slot"], name="slot_photo_once")]


class CheckExplanation(Record):
    """Why a warning of the check list stands as it is. That of a figure that fell is printed as a note of the issue."""

    part_of = "publication"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="explanations")
    code = models.CharField(max_length=120)
    reason = TranslatedField(_("reason"), longest=600)

    class Meta(Record.Meta):
        verbose_name = _("explanation of a warning")
        verbose_name_plural = _("explanations of warnings")
        constraints = [models.UniqueConstraint(fields=["publication", "code"], name="check_explanation_once")]


class PublicationMove(Record):
    """One clearance step: who, when, why."""

    part_of = "publication"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, choices=PublicationState.choices)
    to_state = models.CharField(max_length=20, choices=PublicationState.choices)
    effective_on = models.DateField(_("effective on"))
    reason = models.TextField(_("reason"), blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta(Record.Meta):
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["id"]


class Edition(Record):
    """A frozen issue: everything that its renderings read. Never changed; a correction is a further edition."""

    part_of = "publication"
    unlogged_fields: ClassVar[frozenset[str]] = frozenset({"content", "figures", "images"})

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    content = models.JSONField()
    """By language, what the kind's template reads."""
    figures = models.JSONField(default=dict, blank=True)
    """The FigureTables behind it, by name, as ``FigureTable.as_json`` writes them; minutes have none."""
    images = models.JSONField(default=dict)
    """By language, pictures by name: SVG as text; photos as ``sha256:`` references to stored files."""
    as_of = models.DateField(_("as of"))
    cut_off = models.DateTimeField(_("data cut-off"))
    code_version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    """SHA-256 over content, figures and images: what proves that an edition is what was issued."""
    correction = TranslatedField(_("what was corrected"), longest=2000)
    issued_on = models.DateField(pgettext_lazy("document", "issued on"))

    class Meta(Record.Meta):
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["publication", "-number"]
        constraints = [models.UniqueConstraint(fields=["publication", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"{self.publication}, edition {self.number}"


class EditionFile(Record):
    """A rendering of an edition as it was given out, so that it can be given out again byte for byte."""

    part_of = "edition"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    language = models.CharField(max_length=2)
    format = models.CharField(max_length=10)
    file = models.FileField(upload_to="editions", max_length=200)
    digest = models.CharField(max_length=64)

    class Meta(Record.Meta):
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of editions")
        constraints = [models.UniqueConstraint(fields=["edition", "language", "format"], name="edition_file_once")]


class Issuing(models.Model):
    """An issue that is being made in the background: how far it is. Working notes, not a record: nothing rests on them.

    Where the process that makes it is killed, nothing of the issue is kept; the note goes silent and another may begin.
    """

    class Stage(models.TextChoices):
        WAITING = "waiting", _("waiting for its turn")
        GATHERING = "gathering", _("gathering texts and figures")
        RENDERING = "rendering", _("setting the documents")
        FREEZING = "freezing", _("keeping the edition")
        DONE = "done", _("issued")
        FAILED = "failed", _("not issued")

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="issuings")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    correction = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    """The last sign of life."""
    message = models.TextField(blank=True)
    """Why it failed, for the person who asked."""
    open = models.BooleanField(null=True, default=True)
    """True while it is under way, else None: the database lets one a publication be."""

    class Meta:
        verbose_name = _("issue being made")
        verbose_name_plural = _("issues being made")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["publication", "open"], name="issuing_one_at_a_time")]

    def __str__(self) -> str:
        return f"{self.publication}: {self.stage}"


def last_issued(phase: Phase, kind: str, before: date, meeting: Meeting | None = None) -> Edition | None:
    """The latest edition of an earlier issue: what "since the last issue" is measured against.

    A document of a meeting is measured against that of the same body, never against another country's.
    """
    editions = Edition.objects.filter(publication__phase=phase, publication__kind=kind, publication__as_of__lt=before)
    if meeting is not None:
        editions = editions.filter(
            publication__meeting__body=meeting.body, publication__meeting__country=meeting.country
        )
    return editions.order_by("-publication__as_of", "-number").first()
