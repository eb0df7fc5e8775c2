"""What an activity consists of: countries, institutions, experts, the count of its participants."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.models.activity import Activity
from pilotage.domain.activities.words import Mode, Sex
from pilotage.domain.parties.models import Country, Institution
from pilotage.kit.records import Record


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
