"""Countries, places and institutions: who takes part and where. Names change; the record stays."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from pilotage.kit.records import Record, Versioned
from pilotage.kit.search import search_text, sort_key
from pilotage.kit.sources import Sourced
from pilotage.kit.texts import Text, wording
from pilotage.kit.translated import TranslatedField


class Country(Record):
    """A country by its ISO 3166-1 code, with the position of its capital for maps."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = TranslatedField(_("name"), longest=100)

    class Meta(Record.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]

    def __str__(self) -> str:
        return wording(self.name, "en")


class Named(Versioned):
    """A name that changes by date, with its search and sort columns."""

    name = TranslatedField(_("name"), longest=300)
    search = models.TextField(editable=False, default="")
    sort_en = models.CharField(max_length=200, editable=False, default="", db_index=True)
    sort_ru = models.CharField(max_length=200, editable=False, default="", db_index=True)

    unlogged_fields: ClassVar[frozenset[str]] = frozenset({"search", "sort_en", "sort_ru"})

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return wording(self.name, "en")

    def sort_by_name(self) -> None:
        """Sets the sort columns from the present name."""
        self.sort_en, self.sort_ru = sort_key(wording(self.name, "en")), sort_key(wording(self.name, "ru"))


class Place(Sourced, Named, Record):
    """A city, region or border crossing point."""

    derives_from = ("earlier_names",)

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        REGION = "region", _("region")
        CROSSING = "border_crossing_point", _("border crossing point")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="places", verbose_name=_("country"))
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices, default=Kind.CITY)
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4, null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["sort_en"]

    def derive(self) -> None:
        self.sort_by_name()
        earlier = [former.name for former in self.earlier_names.all()] if self.pk else []
        self.search = search_text(self.name, self.code, *earlier)

    def name_on(self, day: date | None) -> Text:
        """The name that was in force on ``day``; the present one for None."""
        return _name_on(self.name, self.earlier_names.all(), day)


class PlaceName(Record):
    """A name that a place had up to and including ``until``."""

    part_of = "place"

    place = models.ForeignKey(Place, models.PROTECT, related_name="earlier_names")
    name = TranslatedField(_("name"), longest=300)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("earlier name of a place")
        verbose_name_plural = _("earlier names of places")
        ordering = ["until"]


class Institution(Sourced, Named, Record):
    """A beneficiary institution, consortium partner, donor, international organisation or NGO."""

    derives_from = ("earlier_names",)

    class Type(models.TextChoices):
        BORDER = "border", _("border service")
        CUSTOMS = "customs", _("customs")
        MIGRATION = "migration", _("migration")
        VETERINARY = "veterinary", _("veterinary")
        PHYTOSANITARY = "phytosanitary", _("phytosanitary")
        POLICE = "police", _("police and security")
        PROSECUTION = "prosecution", _("prosecution")
        TRAINING = "training", _("training institution")
        NGO = "ngo", _("non-governmental organisation")
        INTERNATIONAL = "international", _("international organisation")
        EU_BODY = "eu_body", _("EU body or Member State institution")
        OTHER = "other", _("other")

    code = models.SlugField(_("code"), max_length=80, unique=True)
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="institutions", null=True, blank=True, verbose_name=_("country")
    )
    type = models.CharField(_("type"), max_length=20, choices=Type.choices, default=Type.OTHER, db_index=True)
    short_name = TranslatedField(_("short name"), longest=60)
    fictional = models.BooleanField(_("fictional"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["sort_en"]

    def derive(self) -> None:
        self.sort_by_name()
        earlier = [former.name for former in self.earlier_names.all()] if self.pk else []
        self.search = search_text(self.name, self.short_name, self.code, *earlier)

    def name_on(self, day: date | None) -> Text:
        """The name that was in force on ``day``; the present one for None."""
        return _name_on(self.name, self.earlier_names.all(), day)


class InstitutionName(Record):
    """A name that an institution had up to and including ``until``; None where the day of change is not known."""

    part_of = "institution"

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="earlier_names")
    name = TranslatedField(_("name"), longest=300)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("earlier name of an institution")
        verbose_name_plural = _("earlier names of institutions")
        ordering = ["until"]


def _name_on(present: Text, earlier: Iterable[PlaceName] | Iterable[InstitutionName], day: date | None) -> Text:
    if day is not None:
        dated = sorted((former.until, former.pk, former.name) for former in earlier if former.until)
        for until, _pk, name in dated:
            if day <= until:
                return dict(name)
    return dict(present)
