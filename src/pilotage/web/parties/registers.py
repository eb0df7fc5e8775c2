"""The registers of institutions and places."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.models import Activity, ActivityExpert, CoOrganiser, ParticipatingInstitution, Tally
from pilotage.domain.parties.models import Country, Institution, Place
from pilotage.domain.programme.models import Phase
from pilotage.web.activities.register import inside
from pilotage.web.registers import ChoiceFilter, Column, FlagFilter, Reading, Register
from pilotage.web.registers.definition import Value
from pilotage.web.registers.filters import Choices

LINKS = (ParticipatingInstitution, CoOrganiser, ActivityExpert)


def institutions_of(phase: Phase) -> QuerySet[Institution]:
    """The institutions that the register of ``phase`` lists: invented ones in invented programmes only."""
    institutions = Institution.objects.all()
    return institutions if phase.programme.fictional else institutions.filter(fictional=False)


# Institutions


def _seen(reading: Reading) -> QuerySet[Activity]:
    return visible_activities(reading.viewer, reading.phase).order_by()


def _count(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("activity", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_activities(institutions: QuerySet, reading: Reading) -> QuerySet:
    """Adds how many activities of the phase the institution's staff took part in."""
    rows = ParticipatingInstitution.objects.filter(institution=OuterRef("pk"), activity__in=_seen(reading))
    return institutions.annotate(activities_counted=_count(rows, "institution"))


def with_joint(institutions: QuerySet, reading: Reading) -> QuerySet:
    """Adds how many activities were held together with it."""
    rows = CoOrganiser.objects.filter(institution=OuterRef("pk"), activity__in=_seen(reading))
    return institutions.annotate(joint_counted=_count(rows, "institution"))


def with_expert_missions(institutions: QuerySet, reading: Reading) -> QuerySet:
    """Adds how many activities it sent experts to."""
    rows = ActivityExpert.objects.filter(institution=OuterRef("pk"), activity__in=_seen(reading))
    return institutions.annotate(experts_counted=_count(rows, "institution"))


def with_participants(institutions: QuerySet, reading: Reading) -> QuerySet:
    """Adds its participants by the tallies; None where no tally tells it apart."""
    rows = Tally.objects.filter(institution=OuterRef("pk"), activity__in=_seen(reading)).order_by()
    counted = rows.values("institution").annotate(n=Sum("count")).values("n")
    return institutions.annotate(participants_counted=Subquery(counted, output_field=IntegerField()))


def with_country(records: QuerySet, reading: Reading) -> QuerySet:
    """Reads the country along."""
    return records.select_related("country")


def country_of(record: Institution | Place, reading: Reading) -> Value:
    """The country in words."""
    return reading.said(record.country.name) if record.country else ""


def institution_address(institution: Institution, reading: Reading) -> str:
    """The institution's page."""
    return reverse("parties:institution", args=[reading.phase.code, institution.code])


def place_address(place: Place, reading: Reading) -> str:
    """The place's page."""
    return reverse("parties:place", args=[reading.phase.code, place.code])


def countries_with(model: type[Institution] | type[Place]) -> Callable[[Reading], Choices]:
    """The countries of the records there are, partner countries first."""

    def choices(reading: Reading) -> Choices:
        partners = {link.country_id for link in reading.phase.partner_countries.all()}
        used = model._default_manager.exclude(country=None).values("country").distinct()
        rows = [(one.pk, reading.said(one.name)) for one in Country.objects.filter(pk__in=used)]
        return sorted(rows, key=lambda row: (row[0] not in partners, row[1]))

    return choices


def by_country(records: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Records of any of the countries."""
    return records.filter(country__in=values)


def taking_part(institutions: QuerySet, reading: Reading) -> QuerySet:
    """Institutions with any tie to an activity of the phase that the viewer sees."""
    tied = Q()
    for model in LINKS:
        tied |= Q(Exists(model.objects.filter(institution=OuterRef("pk"), activity__in=_seen(reading))))
    return institutions.filter(tied)


INSTITUTIONS = Register(
    name="institutions",
    columns=(
        Column("name", pgettext_lazy("of an institution or place", "Name"),
               lambda one, reading: reading.said(one.name), sort="sort_{language}",
               link=institution_address, heading=True),
        Column("short", _("Short name"), lambda one, reading: reading.said(one.short_name), shown=False),
        Column("type", _("Type"), lambda one, reading: one.get_type_display(), sort="type"),
        Column("country", _("Country"), country_of, sort="country", prepare=with_country),
        Column("activities", _("Activities"), lambda one, reading: one.activities_counted, "number",
               sort="activities_counted", prepare=with_activities),
        Column("joint", _("Held together"), lambda one, reading: one.joint_counted, "number",
               sort="joint_counted", prepare=with_joint),
        Column("experts", _("Sent experts to"), lambda one, reading: one.experts_counted, "number",
               sort="experts_counted", prepare=with_expert_missions),
        Column("participants", _("Participants"), lambda one, reading: one.participants_counted, "number",
               sort="participants_counted", prepare=with_participants, may=inside, shown=False),
        Column("code", _("Code"), lambda one, reading: one.code, sort="code", shown=False),
    ),
    counted=lambda number: ngettext("%(number)d institution", "%(number)d institutions", number) % {"number": number},
    empty=_("There are no institutions here yet."),
    filters=(
        ChoiceFilter("type", _("Type"), choices=lambda reading: Institution.Type.choices,
                     by=lambda records, values, reading: records.filter(type__in=values)),
        ChoiceFilter("country", _("Country"), choices=countries_with(Institution), by=by_country),
        FlagFilter("active", _("Takes part in this phase"), by=taking_part),
    ),
    order="name",
    search_help=_("Present and earlier names, short names; in Latin or Cyrillic letters."),
    prepare=lambda records, reading: records.defer("search", "sources", "as_printed"),
)  # fmt: skip


# Places


def with_events(places: QuerySet, reading: Reading) -> QuerySet:
    """Adds how many activities of the phase are or were held there."""
    rows = _seen(reading).filter(venue=OuterRef("pk"))
    counted = rows.values("venue").annotate(n=Count("pk")).values("n")
    return places.annotate(events_counted=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def with_earlier_names(places: QuerySet, reading: Reading) -> QuerySet:
    """Reads the earlier names along."""
    return places.prefetch_related("earlier_names")


PLACES = Register(
    name="places",
    columns=(
        Column("name", pgettext_lazy("of an institution or place", "Name"),
               lambda one, reading: reading.said(one.name), sort="sort_{language}",
               link=place_address, heading=True),
        Column("kind", _("Kind"), lambda one, reading: one.get_kind_display(), sort="kind"),
        Column("country", _("Country"), country_of, sort="country", prepare=with_country),
        Column("activities", _("Activities held there"), lambda one, reading: one.events_counted, "number",
               sort="events_counted", prepare=with_events),
        Column("earlier", _("Earlier names"),
               lambda one, reading: ", ".join(reading.said(former.name) for former in one.earlier_names.all()),
               prepare=with_earlier_names),
        Column("code", _("Code"), lambda one, reading: one.code, sort="code", shown=False),
        Column("latitude", _("Latitude"), lambda one, reading: one.latitude, "text", shown=False),
        Column("longitude", _("Longitude"), lambda one, reading: one.longitude, "text", shown=False),
    ),
    counted=lambda number: ngettext("%(number)d place", "%(number)d places", number) % {"number": number},
    empty=_("There are no places here yet."),
    filters=(
        ChoiceFilter("kind", _("Kind"), choices=lambda reading: Place.Kind.choices,
                     by=lambda records, values, reading: records.filter(kind__in=values)),
        ChoiceFilter("country", _("Country"), choices=countries_with(Place), by=by_country),
        FlagFilter("used", _("With activities of this phase"), by=lambda records, reading: records.filter(
            Exists(_seen(reading).filter(venue=OuterRef("pk"))))),
    ),
    order="name",
    search_help=_("Present and earlier names, in Latin or Cyrillic letters."),
    prepare=lambda records, reading: records.defer("search", "sources", "as_printed"),
)  # fmt: skip
