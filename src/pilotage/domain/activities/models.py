"""Activities: what the programme does, who takes part and what comes of it (domain handbook, section 4)."""

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.activities.names import alike_key
from pilotage.domain.activities.queries import ActivityQuerySet
from pilotage.domain.activities.readings import PersonsReading as PersonsReading
from pilotage.domain.activities.words import ActivityScope, Confidentiality, Mode, Sex, State, Type
from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.domain.programme.models import Component, Output, Phase
from pilotage.kit.partial_dates import (
    PartialDate,
    PartialDateField,
    bounds,
    common_month,
    common_quarter,
    common_year,
)
from pilotage.kit.periods import quarter_end, reporting_year
from pilotage.kit.records import Record, Versioned
from pilotage.kit.search import search_text, sort_key
from pilotage.kit.sources import Sourced
from pilotage.kit.texts import wording
from pilotage.kit.translated import TranslatedField


class Series(Record):
    """The same activity held once in each country: every dated event of it is an activity of its own."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="series")
    code = models.SlugField(_("code"), max_length=60)
    title = TranslatedField(_("title"), longest=300)

    class Meta(Record.Meta):
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["phase", "code"], name="series_code_once")]

    def __str__(self) -> str:
        return wording(self.title, "en")


class Activity(Sourced, Versioned, Record):
    """One dated event or mission: the programme's counted unit."""

    derives_from = ("phase",)
    tightened = {"confidentiality": Confidentiality.values}

    unlogged_fields: ClassVar[frozenset[str]] = frozenset(
        {
            "search", "sort_en", "sort_ru", "begins_on", "ends_on",
            "ended_first", "ended_last", "ended_year", "ended_quarter", "ended_month", "ended_reporting_year",
            "planned_first", "planned_last", "planned_year", "planned_quarter", "planned_month",
            "planned_reporting_year",
            "baseline_first", "baseline_last", "baseline_year", "baseline_quarter", "baseline_month",
            "baseline_reporting_year", "due_on",
        }
    )  # fmt: skip

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="activities", verbose_name=_("programme phase"))
    code = models.CharField(_("code"), max_length=40)
    title = TranslatedField(_("title"), longest=300)
    summary = TranslatedField(_("summary"), longest=5000)
    component = models.ForeignKey(
        Component, models.PROTECT, related_name="activities", null=True, blank=True, verbose_name=_("component")
    )
    """Empty only for management and coordination, or where the source does not say."""
    output = models.ForeignKey(
        Output, models.PROTECT, related_name="activities", null=True, blank=True, verbose_name=_("output served")
    )
    type = models.CharField(_("type"), max_length=30, choices=Type.choices)
    thematic = models.BooleanField(_("thematic"), default=True)
    scope = models.CharField(_("scope"), max_length=20, choices=ActivityScope.choices, blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, blank=True)
    series = models.ForeignKey(
        Series, models.PROTECT, related_name="activities", null=True, blank=True, verbose_name=_("series")
    )
    venue = models.ForeignKey(
        Place, models.PROTECT, related_name="activities", null=True, blank=True, verbose_name=_("venue")
    )
    venue_country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("country of the venue")
    )
    baseline_start = PartialDateField(_("baseline start"))
    baseline_end = PartialDateField(_("baseline end"))
    planned_start = PartialDateField(_("planned start"))
    planned_end = PartialDateField(_("planned end"))
    actual_start = PartialDateField(_("actual start"))
    actual_end = PartialDateField(_("actual end"))
    date_text = models.CharField(_("date as printed"), max_length=120, blank=True)
    """What a source says of the date where it is less than a date."""
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    additional = models.BooleanField(_("additional to the work plan"), default=False)
    confidentiality = models.CharField(
        _("confidentiality"), max_length=10, choices=Confidentiality.choices, default=Confidentiality.PARTNERS
    )
    by_national_trainers = models.BooleanField(_("delivered by national trainers"), null=True, blank=True)
    agencies_text = TranslatedField(_("agencies, as stated"), longest=1000)
    experts_text = TranslatedField(_("experts, as stated"), longest=1000)
    outputs_text = TranslatedField(_("what came of it"), longest=2000)
    cost = models.DecimalField(
        _("cost, EUR"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    policy_tags = models.JSONField(_("policy tags"), default=list, blank=True)
    sdg_goals = models.JSONField(_("Sustainable Development Goals"), default=list, blank=True)
    signed_list_on = models.DateField(_("signed attendance list received on"), null=True, blank=True)
    report_on = models.DateField(_("report received on"), null=True, blank=True)

    # Derived, so that figures and registers stay plain queries on every database.
    search = models.TextField(editable=False, default="")
    sort_en = models.CharField(max_length=200, editable=False, default="")
    sort_ru = models.CharField(max_length=200, editable=False, default="")
    begins_on = models.DateField(null=True, editable=False)
    """First day that the start can be, actual before planned before baseline: for order and calendars."""
    ends_on = models.DateField(null=True, editable=False)
    ended_first = models.DateField(null=True, editable=False)
    ended_last = models.DateField(null=True, editable=False)
    ended_year = models.PositiveSmallIntegerField(null=True, editable=False)
    ended_quarter = models.PositiveIntegerField(null=True, editable=False)
    ended_month = models.PositiveIntegerField(null=True, editable=False)
    ended_reporting_year = models.SmallIntegerField(null=True, editable=False)
    planned_first = models.DateField(null=True, editable=False)
    planned_last = models.DateField(null=True, editable=False)
    planned_year = models.PositiveSmallIntegerField(null=True, editable=False)
    planned_quarter = models.PositiveIntegerField(null=True, editable=False)
    planned_month = models.PositiveIntegerField(null=True, editable=False)
    planned_reporting_year = models.SmallIntegerField(null=True, editable=False)
    baseline_first = models.DateField(null=True, editable=False)
    baseline_last = models.DateField(null=True, editable=False)
    baseline_year = models.PositiveSmallIntegerField(null=True, editable=False)
    baseline_quarter = models.PositiveIntegerField(null=True, editable=False)
    baseline_month = models.PositiveIntegerField(null=True, editable=False)
    baseline_reporting_year = models.SmallIntegerField(null=True, editable=False)
    due_on = models.DateField(null=True, editable=False)
    """End of the tolerance: the last day of the quarter of the baseline end (domain handbook, 6: on-time rate)."""

    countries = models.ManyToManyField(Country, through="ActivityCountry", related_name="+")
    institutions = models.ManyToManyField(Institution, through="ParticipatingInstitution", related_name="activities")
    co_organisers = models.ManyToManyField(Institution, through="CoOrganiser", related_name="+")

    objects = ActivityQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Record.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-begins_on", "code"]
        constraints = [models.UniqueConstraint(fields=["phase", "code"], name="activity_code_once")]
        indexes = [
            models.Index(fields=["phase", "state", "ended_last"], name="activity_ended"),
            models.Index(fields=["phase", "begins_on"], name="activity_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {wording(self.title, 'en')}"

    def derive(self) -> None:
        self.search = search_text(self.title, self.code, self.agencies_text, self.experts_text)
        self.sort_en, self.sort_ru = sort_key(wording(self.title, "en")), sort_key(wording(self.title, "ru"))
        self._derive_dates()

    def _derive_dates(self) -> None:
        phase_start = self.phase.start
        ended = bounds(self.actual_end)
        planned = bounds(self.planned_end or self.planned_start or self.baseline_end or self.baseline_start)
        baseline = bounds(self.baseline_end or self.baseline_start)
        for prefix, (first, last) in (("ended", ended), ("planned", planned), ("baseline", baseline)):
            if first is None and last is not None:
                first = phase_start if phase_start and phase_start <= last else None
            setattr(self, f"{prefix}_first", first)
            setattr(self, f"{prefix}_last", last)
            setattr(self, f"{prefix}_year", common_year(first, last))
            setattr(self, f"{prefix}_quarter", common_quarter(first, last))
            setattr(self, f"{prefix}_month", common_month(first, last))
            setattr(self, f"{prefix}_reporting_year", _common_reporting_year(first, last, phase_start))
        self.due_on = quarter_end(baseline[1]) if baseline[1] else None
        self.begins_on = _first_known(self.actual_start, self.actual_end, self.planned_start, self.baseline_start)
        self.ends_on = ended[1] or planned[1] or self.begins_on

    @property
    def start(self) -> PartialDate | None:
        """When it began or is to begin: actual before planned before baseline; None where nothing is known."""
        return _known(self.actual_start or self.planned_start or self.baseline_start)

    @property
    def end(self) -> PartialDate | None:
        """When it ended or is to end: actual before planned before baseline; None where nothing is known."""
        return _known(self.actual_end or self.planned_end or self.baseline_end)


def _known(written: str) -> PartialDate | None:
    return PartialDate.parse(written) if written else None


def _first_known(*written: str) -> date | None:
    for text in written:
        first, last = bounds(text)
        if first or last:
            return first or last
    return None


def _common_reporting_year(first: date | None, last: date | None, phase_start: date | None) -> int | None:
    if not (first and last and phase_start):
        return None
    one, other = reporting_year(first, phase_start), reporting_year(last, phase_start)
    return one if one == other and one >= 1 else None


class ActivityCountry(Record):
    """A beneficiary country of an activity. The venue is apart: a study visit to Vienna has Austria as venue only."""

    part_of = "activity"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="country_links")
    country = models.ForeignKey(Country, models.PROTECT, related_name="activity_links", verbose_name=_("country"))

    class Meta(Record.Meta):
        verbose_name = _("beneficiary country")
        verbose_name_plural = _("beneficiary countries")
        ordering = ["country"]
        constraints = [models.UniqueConstraint(fields=["activity", "country"], name="activity_country_once")]


class ParticipatingInstitution(Record):
    """An institution whose staff took part, or were invited."""

    part_of = "activity"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="institution_links")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="activity_links")

    class Meta(Record.Meta):
        verbose_name = _("participating institution")
        verbose_name_plural = _("participating institutions")
        constraints = [models.UniqueConstraint(fields=["activity", "institution"], name="activity_institution_once")]


class CoOrganiser(Record):
    """An organisation that held the activity together with the programme: it makes the activity a joint event."""

    part_of = "activity"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="co_organiser_links")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        verbose_name = _("co-organiser")
        verbose_name_plural = _("co-organisers")
        constraints = [models.UniqueConstraint(fields=["activity", "institution"], name="activity_co_organiser_once")]


class ActivityExpert(Record):
    """Experts that an institution sent to deliver the activity."""

    part_of = "activity"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="expert_links")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="expert_links")

    class Meta(Record.Meta):
        verbose_name = _("institution that sent experts")
        verbose_name_plural = _("institutions that sent experts")
        constraints = [models.UniqueConstraint(fields=["activity", "institution"], name="activity_expert_once")]


class Tally(Record):
    """How many participants of one kind: the authoritative count. Empty values are "not stated"."""

    part_of = "activity"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="tallies")
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("sending country")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="tallies", null=True, blank=True, verbose_name=_("institution")
    )
    institution_type = models.CharField(
        _("institution type"), max_length=20, choices=Institution.Type.choices, blank=True
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, default=Sex.NOT_STATED)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, blank=True)
    age_band = models.CharField(_("age band"), max_length=10, blank=True)
    count = models.PositiveIntegerField(_("participants"), validators=[MaxValueValidator(100_000)])

    class Meta(Record.Meta):
        verbose_name = _("tally row")
        verbose_name_plural = _("participant tally")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "country", "institution", "institution_type", "sex", "mode", "age_band"],
                name="tally_row_once",
                nulls_distinct=False,
            )
        ]


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
