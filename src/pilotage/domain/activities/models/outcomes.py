"""What comes of an activity and is kept with it: deliverables, files, moves, reasons for warnings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.models.activity import Activity
from pilotage.domain.activities.models.persons import Person
from pilotage.domain.activities.words import Confidentiality, State
from pilotage.domain.parties.models import Institution
from pilotage.kit.partial_dates import (
    PartialDateField,
)
from pilotage.kit.records import Record
from pilotage.kit.sources import Sourced
from pilotage.kit.translated import TranslatedField


class Deliverable(Sourced, Record):
    """A document that an activity produced."""

    part_of = "activity"

    class DeliverableType(models.TextChoices):
        REPORT = "report", _("report")
        GUIDELINE = "guideline", _("guideline")
        OPERATING_PROCEDURE = "operating_procedure", _("operating procedure")
        MANUAL = "manual", _("manual")
        CURRICULUM = "curriculum", _("curriculum")
        DRAFT_LAW = "draft_law", _("draft law")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="deliverables")
    type = models.CharField(_("type"), max_length=20, choices=DeliverableType.choices)
    title = TranslatedField(_("title"), longest=300)
    transmitted_to = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("transmitted to")
    )
    transmitted_on = PartialDateField(_("transmitted on"))

    class Meta(Record.Meta):
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["activity", "id"]


class ActivityFile(Record):
    """A photo, a signed list, a report or another file of an activity. Photos are re-encoded, their metadata gone."""

    part_of = "activity"
    tightened = {"confidentiality": Confidentiality.values}

    class FileKind(models.TextChoices):
        PHOTO = "photo", _("photo")
        SIGNED_LIST = "signed_list", _("signed attendance list")
        REPORT = "report", _("report")
        OTHER = "other", _("other file")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="files")
    kind = models.CharField(_("kind"), max_length=12, choices=FileKind.choices)
    file = models.FileField(_("file"), upload_to="activities/%Y", max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    digest = models.CharField(max_length=64, editable=False)
    alternative_text = TranslatedField(_("alternative text"), longest=300)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    consent_on = models.DateField(_("consent of the persons shown, given on"), null=True, blank=True)
    confidentiality = models.CharField(
        _("confidentiality"), max_length=10, choices=Confidentiality.choices, default=Confidentiality.INTERNAL
    )

    class Meta(Record.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["activity", "kind", "id"]


class ActivityMove(Record):
    """One step from state to state: who, when it took effect, why, on what evidence."""

    part_of = "activity"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=30)
    from_state = models.CharField(max_length=12, choices=State.choices)
    to_state = models.CharField(max_length=12, choices=State.choices)
    effective_on = models.DateField(_("effective on"))
    reason = models.TextField(_("reason"), blank=True)
    evidence = models.ForeignKey(ActivityFile, models.PROTECT, null=True, blank=True, related_name="+")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta(Record.Meta):
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["id"]


class CheckReason(Record):
    """The written reason why a warning of the data checks stands as it is (domain handbook, 9)."""

    part_of = "activity"

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="check_reasons", null=True, blank=True, verbose_name=_("activity")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="check_reasons", null=True, blank=True, verbose_name=_("person")
    )
    """What the warning is about: an activity, or a person of the register."""
    check_code = models.CharField(max_length=60)
    reason = models.TextField(_("reason"), max_length=1000)

    class Meta(Record.Meta):
        verbose_name = _("reason for a warning")
        verbose_name_plural = _("reasons for warnings")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person", "check_code"], name="check_reason_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(activity=None) ^ models.Q(person=None), name="check_reason_of_one_record"
            ),
        ]

    def root_reference(self) -> tuple[str, str]:
        if self.activity_id is None:
            return Person._meta.label_lower, str(self.person_id)
        return super().root_reference()
