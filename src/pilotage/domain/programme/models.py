"""The programme, its phases with their addenda and countries, its components, outputs and dated settings."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilotage.domain.parties.models import Country, Institution
from pilotage.kit.records import Record, Versioned
from pilotage.kit.sources import Sourced
from pilotage.kit.texts import wording
from pilotage.kit.translated import TranslatedField


def both_languages() -> list[str]:
    """The languages of a new phase."""
    return ["en", "ru"]


class Programme(Sourced, Versioned, Record):
    """What runs through several phases under one name."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = TranslatedField(_("title"), longest=200)
    short_title = TranslatedField(_("short title"), longest=40)
    fictional = models.BooleanField(_("fictional"), default=False)
    """Invented for trying the product. Said on every page and document."""

    class Meta(Record.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["code"]

    def __str__(self) -> str:
        return wording(self.title, "en")


class Phase(Sourced, Versioned, Record):
    """A programme phase: one contract with dates and a budget. All other records belong to one."""

    class FundingStatement(models.TextChoices):
        FUNDED = "funded", _("Funded by the European Union")
        CO_FUNDED = "co_funded", _("Co-funded by the European Union")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="phases", verbose_name=_("programme"))
    code = models.SlugField(_("code"), max_length=40, unique=True)
    """Stands in every address: ``bomca-10``."""
    number = models.PositiveSmallIntegerField(_("number"))
    title = TranslatedField(_("title"), longest=200)
    short_title = TranslatedField(_("short title"), longest=40)
    objective = TranslatedField(_("overall objective"), longest=1000)
    contract_number = models.CharField(_("contract number"), max_length=60, blank=True)
    original_start = models.DateField(_("start by the contract"), null=True, blank=True)
    original_end = models.DateField(_("end by the contract"), null=True, blank=True)
    original_eu_contribution = models.DecimalField(
        _("EU contribution by the contract, EUR"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    co_financing = models.DecimalField(_("co-financing, EUR"), max_digits=14, decimal_places=2, null=True, blank=True)
    lead_partner = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("lead partner")
    )
    funding_statement = models.CharField(
        _("funding statement"), max_length=10, choices=FundingStatement.choices, default=FundingStatement.FUNDED
    )
    languages = models.JSONField(_("languages"), default=both_languages)
    indicative_activities = models.PositiveIntegerField(
        _("approved indicative number of activities"), null=True, blank=True
    )
    """The denominator of programme completion (domain handbook, 6); None where no total was approved."""
    website = models.URLField(_("website"), blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("programme phase")
        verbose_name_plural = _("programme phases")
        ordering = ["programme__code", "-number"]

    def __str__(self) -> str:
        return wording(self.short_title or self.title, "en")

    def clean(self) -> None:
        if self.original_start and self.original_end and self.original_end < self.original_start:
            raise ValidationError({"original_end": _("The phase ends before it starts.")})

    @property
    def start(self) -> date | None:
        """First day of the phase."""
        return self.original_start

    @property
    def end(self) -> date | None:
        """Last day of the phase as known now, with all signed addenda."""
        return self.end_known_on(None)

    def end_known_on(self, day: date | None) -> date | None:
        """Last day of the phase as an observer on ``day`` knew it: an extension counts from its signature onward."""
        end = self.original_end
        for addendum in self.addenda.all():
            if addendum.new_end and (day is None or addendum.signed_on <= day):
                end = addendum.new_end
        return end

    def eu_contribution_on(self, day: date | None) -> Decimal | None:
        """EU contribution in euro as in force on ``day``; the latest for None."""
        amount = self.original_eu_contribution
        for addendum in self.addenda.all():
            if addendum.new_eu_contribution is not None and (day is None or addendum.signed_on <= day):
                amount = addendum.new_eu_contribution
        return amount


class Addendum(Record):
    """A signed change of the phase's end or budget. Earlier values stay."""

    part_of = "phase"

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField(_("number"))
    signed_on = models.DateField(_("signed on"))
    new_end = models.DateField(_("new end"), null=True, blank=True)
    new_eu_contribution = models.DecimalField(
        _("new EU contribution, EUR"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    note = TranslatedField(_("note"), longest=500)

    class Meta(Record.Meta):
        verbose_name = _("addendum")
        verbose_name_plural = _("addenda")
        ordering = ["signed_on", "number"]
        constraints = [models.UniqueConstraint(fields=["phase", "number"], name="addendum_number_once")]


class PhaseCountry(Record):
    """A partner country of a phase, with the dates for which it is one."""

    part_of = "phase"

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="partner_countries")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Record.Meta):
        verbose_name = _("partner country")
        verbose_name_plural = _("partner countries")
        ordering = ["position", "country_id"]
        constraints = [models.UniqueConstraint(fields=["phase", "country"], name="phase_country_once")]


class Component(Sourced, Versioned, Record):
    """A thematic component of a phase, led by one consortium partner."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="components")
    number = models.CharField(_("number"), max_length=5, validators=[RegexValidator(r"^[0-9A-Za-z.]+$")])
    title = TranslatedField(_("title"), longest=200)
    short_title = TranslatedField(_("short title"), longest=60)
    specific_objective = TranslatedField(_("specific objective"), longest=1000)
    lead_partner = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("lead partner")
    )

    class Meta(Record.Meta):
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ["phase", "number"]
        constraints = [models.UniqueConstraint(fields=["phase", "number"], name="component_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {wording(self.title, 'en')}"


class Output(Record):
    """An output of the logframe that activities serve."""

    part_of = "component"

    component = models.ForeignKey(Component, models.PROTECT, related_name="outputs")
    code = models.CharField(_("code"), max_length=20)
    title = TranslatedField(_("title"), longest=500)

    class Meta(Record.Meta):
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering = ["component", "code"]
        constraints = [models.UniqueConstraint(fields=["component", "code"], name="output_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {wording(self.title, 'en')}"


class PhaseSetting(Record):
    """A number or choice of the handbook, the contract or the terms of reference, as set for a phase from a date on."""

    part_of = "phase"

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="settings")
    name = models.CharField(_("setting"), max_length=60)
    value = models.JSONField(_("value"))
    valid_from = models.DateField(_("from"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("setting")
        verbose_name_plural = _("settings")
        ordering = ["name", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "name", "valid_from"], name="setting_once_a_day", nulls_distinct=False
            )
        ]


class StatedTotal(Record):
    """A total that a published text states, to be shown beside what the records give."""

    part_of = "phase"

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="stated_totals", null=True, blank=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="stated_totals")
    name = TranslatedField(_("what was stated"), longest=300)
    figure = models.CharField(_("figure"), max_length=60, blank=True)
    """Code of our figure that answers the same question; empty where none does."""
    figure_filters = models.JSONField(default=dict, blank=True)
    period = models.CharField(_("period"), max_length=24, blank=True)
    """The period it speaks of where it is not "to date"."""
    as_of = models.DateField(_("as of"), null=True, blank=True)
    as_of_text = models.CharField(_("as of, as printed"), max_length=60, blank=True)
    stated = models.CharField(_("as printed"), max_length=60)
    number = models.DecimalField(_("number"), max_digits=16, decimal_places=2)
    qualifier = models.CharField(_("qualifier"), max_length=20, default="exact")
    unit = models.CharField(_("unit"), max_length=20)
    source = models.CharField(_("source"), max_length=500)

    class Meta(Record.Meta):
        verbose_name = _("stated total")
        verbose_name_plural = _("stated totals")
        ordering = ["as_of", "id"]

    def root_reference(self) -> tuple[str, str]:
        if self.phase_id is None:
            return self._meta.label_lower, str(self.pk)
        return super().root_reference()
