"""The activity itself, and the series that it may be a national leg of (domain handbook, section 4)."""

from datetime import date
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.queries import ActivityQuerySet
from pilotage.domain.activities.words import ActivityScope, Confidentiality, Mode, State, Type
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
from pilotage.kit.periods import common_reporting_year, quarter_end
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
            setattr(self, f"{prefix}_reporting_year", common_reporting_year(first, last, phase_start))
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
