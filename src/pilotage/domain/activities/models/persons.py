"""The optional register of people, and who of them attended what (domain handbook, section 4)."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.activities.models.activity import Activity
from pilotage.domain.activities.names import alike_key
from pilotage.domain.activities.words import Mode, Sex
from pilotage.domain.parties.models import Country, Institution
from pilotage.domain.programme.models import Phase
from pilotage.kit.records import Record, Versioned
from pilotage.kit.search import search_text, sort_key


class Person(Versioned, Record):
    """A person in the optional register. Only what attendance needs is kept (domain handbook, 10)."""

    is_a_person = True

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="persons")
    key = models.CharField(pgettext_lazy("person", "key"), max_length=20)
    """Pseudonymous key: stands for the person where no name may stand."""
    name_signed = models.CharField(_("name as signed"), max_length=200)
    name_latin = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="persons", null=True, blank=True, verbose_name=_("institution")
    )
    position = models.CharField(_("position"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, default=Sex.NOT_STATED)
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("country")
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    photo_consent_on = models.DateField(_("consent to photos given on"), null=True, blank=True)
    mailing_consent_on = models.DateField(_("consent to mailing given on"), null=True, blank=True)
    search = models.TextField(editable=False, default="")
    sort = models.CharField(max_length=200, editable=False, default="", db_index=True)
    alike_signed = models.CharField(max_length=200, editable=False, default="")
    alike_latin = models.CharField(max_length=200, editable=False, default="")
    """The form by which names are compared, whatever script and spelling they came in."""

    unlogged_fields: ClassVar[frozenset[str]] = frozenset({"search", "sort", "alike_signed", "alike_latin"})

    class Meta(Record.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort"]
        constraints = [models.UniqueConstraint(fields=["phase", "key"], name="person_key_once")]
        indexes = [
            models.Index(fields=["phase", "alike_signed"], name="person_alike_signed"),
            models.Index(fields=["phase", "alike_latin"], name="person_alike_latin"),
        ]

    def __str__(self) -> str:
        return self.name_signed

    def derive(self) -> None:
        self.search = search_text(self.name_signed, self.name_latin, self.position, self.key)
        self.sort = sort_key(self.name_latin or self.name_signed)
        self.alike_signed, self.alike_latin = alike_key(self.name_signed), alike_key(self.name_latin)

    @property
    def pseudonymous(self) -> bool:
        """True where the key stands in place of the name: who it was is not known here any more."""
        return self.name_signed == self.key


class MergedPerson(Record):
    """Somebody who stood twice in the register: the key that led to the other entry, which is gone, leads here now."""

    part_of = "person"

    person = models.ForeignKey(Person, models.PROTECT, related_name="merged", verbose_name=_("person"))
    key = models.CharField(pgettext_lazy("person", "key"), max_length=20)
    former_id = models.BigIntegerField(editable=False)
    """The number of the entry that is gone: the log speaks of it by that."""

    class Meta(Record.Meta):
        verbose_name = _("merged person")
        verbose_name_plural = _("merged people")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="merged_person_once")]


class Attendance(Record):
    """A registered person at one activity."""

    part_of = "activity"

    class AttendanceRole(models.TextChoices):
        PARTICIPANT = "participant", _("participant")
        TRAINER = "trainer", _("trainer")
        EXPERT = "expert", _("expert")
        OBSERVER = "observer", _("observer")
        ORGANISER = "organiser", _("organiser")
        INTERPRETER = "interpreter", _("interpreter")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    role = models.CharField(
        _("role"), max_length=12, choices=AttendanceRole.choices, default=AttendanceRole.PARTICIPANT
    )
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, blank=True)
    days_present = models.DecimalField(_("days present"), max_digits=4, decimal_places=1, null=True, blank=True)
    pre_test = models.DecimalField(
        _("test before, %"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    post_test = models.DecimalField(
        _("test after, %"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction, 1–5"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    certificate_number = models.CharField(_("certificate number"), max_length=40, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [models.UniqueConstraint(fields=["activity", "person", "role"], name="attendance_once")]
