"""Annual work plans: versions with lines, per country and for the region (domain handbook, section 4)."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.models import Activity
from pilotage.domain.activities.words import Type
from pilotage.domain.parties.models import Country
from pilotage.domain.programme.models import Component, Output, Phase
from pilotage.domain.workplans.words import PlanState
from pilotage.kit.partial_dates import PartialDateField, bounds, common_quarter, common_year
from pilotage.kit.periods import common_reporting_year, quarter_end
from pilotage.kit.records import Record, Versioned
from pilotage.kit.texts import wording
from pilotage.kit.translated import TranslatedField

REGION = "region"
"""Stands in addresses for the plan of what is done for several countries together."""


class WorkPlan(Versioned, Record):
    """One version of the plan of one year and scope. One version is in force per scope and date."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="work_plans", verbose_name=_("programme phase"))
    year = models.PositiveSmallIntegerField(_("plan year"))
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("country")
    )
    """None is the region: what is planned for several countries together."""
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    context = TranslatedField(_("context and priorities"), longest=10_000)

    class Meta(Record.Meta):
        verbose_name = _("work plan")
        verbose_name_plural = _("work plans")
        ordering = ["-year", "country", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "year", "country", "number"], name="work_plan_version_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.country_id or 'region'} v{self.number}"

    @property
    def scope(self) -> str:
        """The scope as it stands in addresses: the country's code in small letters, or ``region``."""
        return self.country_id.lower() if self.country_id else REGION


class PlanLine(Versioned, Record):
    """One planned activity in one version. The same activity keeps its key from version to version."""

    part_of = "plan"
    unlogged_fields: ClassVar[frozenset[str]] = frozenset(
        {"due_first", "due_last", "due_year", "due_quarter", "due_reporting_year", "tolerated_until"}
    )

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="lines", verbose_name=_("work plan"))
    key = models.CharField(_("key"), max_length=40)
    position = models.PositiveIntegerField(_("position"), default=0)
    title = TranslatedField(_("title"), longest=300)
    component = models.ForeignKey(
        Component, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("component")
    )
    output = models.ForeignKey(
        Output, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("output")
    )
    type = models.CharField(_("type"), max_length=30, choices=Type.choices, default=Type.WORKSHOP)
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="plan_lines", null=True, blank=True, verbose_name=_("activity")
    )
    baseline_start = PartialDateField(_("baseline start"))
    baseline_end = PartialDateField(_("baseline end"))
    cost_estimate = models.DecimalField(
        _("cost estimate, EUR"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    note = TranslatedField(_("note"), longest=500)

    # Derived, so that figures stay plain queries on every database.
    due_first = models.DateField(null=True, editable=False)
    due_last = models.DateField(null=True, editable=False)
    due_year = models.PositiveSmallIntegerField(null=True, editable=False)
    due_quarter = models.PositiveIntegerField(null=True, editable=False)
    due_reporting_year = models.SmallIntegerField(null=True, editable=False)
    tolerated_until = models.DateField(null=True, editable=False)
    """The last day of the quarter of the baseline end: what is done later is not on time (domain handbook, 6)."""

    class Meta(Record.Meta):
        verbose_name = _("line of a work plan")
        verbose_name_plural = _("lines of work plans")
        ordering = ["plan", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="plan_line_once")]

    def __str__(self) -> str:
        return f"{self.key} {wording(self.title, 'en')}"

    def derive(self) -> None:
        first, last = self.due_first, self.due_last = bounds(self.baseline_end or self.baseline_start)
        self.due_year, self.due_quarter = common_year(first, last), common_quarter(first, last)
        start = self.plan.phase.start
        self.due_reporting_year = common_reporting_year(first, last, start)
        self.tolerated_until = quarter_end(last) if last else None


class PlanMove(Record):
    """One step of a plan: who, when, why, and the body that endorsed it."""

    part_of = "plan"

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=30)
    from_state = models.CharField(max_length=10, choices=PlanState.choices)
    to_state = models.CharField(max_length=10, choices=PlanState.choices)
    effective_on = models.DateField(_("effective on"))
    reason = models.TextField(_("reason"), blank=True)
    endorsed_by = models.CharField(_("endorsed by"), max_length=200, blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta(Record.Meta):
        verbose_name = _("step of a work plan")
        verbose_name_plural = _("steps of work plans")
        ordering = ["id"]
