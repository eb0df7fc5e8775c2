"""The register of activities: columns, filters, sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from pilotage.domain.activities.access import can_add_activity, sees_cost, visible_activities
from pilotage.domain.activities.models import Activity, ActivityCountry, CoOrganiser, Series, Tally
from pilotage.domain.activities.queries import overlapping
from pilotage.domain.activities.states import AHEAD
from pilotage.domain.activities.words import ActivityScope, Mode, Sex, State, Type
from pilotage.domain.membership.models import Role
from pilotage.domain.programme.settings import setting
from pilotage.kit.partial_words import written_span
from pilotage.kit.periods import Period
from pilotage.web.registers import ChoiceFilter, Column, FlagFilter, PeriodFilter, Reading, Register
from pilotage.web.registers.definition import FirstStep, Value
from pilotage.web.registers.filters import Choices
from pilotage.web.registers.words import choice_of

UNKNOWN = "none"
"""Stands in the address for "not stated"."""


def inside(reading: Reading) -> bool:
    """Somebody with a role in the phase."""
    return bool(reading.viewer.roles_in(reading.phase) - {Role.PUB})


def sees_costs(reading: Reading) -> bool:
    """The cost is internal."""
    return sees_cost(reading.viewer, reading.phase)


# Columns


def _counted(people: Sum | Coalesce) -> Subquery:
    rows = Tally.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    return Subquery(rows.annotate(people=people).values("people"), output_field=IntegerField())


def with_participants(activities: QuerySet, reading: Reading) -> QuerySet:
    """Adds ``counted``, all participants, None where there is no tally; and ``counted_order`` to sort by.

    What is withheld from the public sorts as one number: its order would tell which of two is the smaller.
    """
    activities = activities.annotate(counted=_counted(Sum("count")))
    if inside(reading):
        return activities.annotate(counted_order=F("counted"))
    limit = setting(reading.phase, "small_cell", reading.today)
    small = When(counted__gt=0, counted__lt=limit, then=1)
    return activities.annotate(counted_order=Case(small, default=F("counted"), output_field=IntegerField()))


def with_women(activities: QuerySet, reading: Reading) -> QuerySet:
    """Adds ``women_counted``; 0 where a tally has none, None where there is no tally."""
    return activities.annotate(women_counted=_counted(Coalesce(Sum("count", filter=Q(sex=Sex.WOMAN)), 0)))


def with_countries(activities: QuerySet, reading: Reading) -> QuerySet:
    """Reads the beneficiary countries along, as ``shown_countries``: each country once, however many activities."""
    links = ActivityCountry.objects.prefetch_related("country")
    return activities.prefetch_related(Prefetch("country_links", links, to_attr="shown_countries"))


def with_component(activities: QuerySet, reading: Reading) -> QuerySet:
    """Reads the component along: each once."""
    return activities.prefetch_related("component")


def with_venue(activities: QuerySet, reading: Reading) -> QuerySet:
    """Reads the venue along."""
    return activities.prefetch_related("venue", "venue_country")


def with_series(activities: QuerySet, reading: Reading) -> QuerySet:
    """Reads the series along."""
    return activities.prefetch_related("series")


def with_co_organisers(activities: QuerySet, reading: Reading) -> QuerySet:
    """Reads the co-organisers along, as ``shown_co_organisers``."""
    links = CoOrganiser.objects.prefetch_related("institution")
    return activities.prefetch_related(Prefetch("co_organiser_links", links, to_attr="shown_co_organisers"))


def countries_of(activity: Activity, reading: Reading) -> str:
    """The beneficiary countries in words; more than three that are all partners are said as such."""
    links: list[ActivityCountry] = activity.shown_countries  # type: ignore[attr-defined]
    named = {link.country_id for link in links}
    if len(named) > 3 and named == {link.country_id for link in reading.phase.partner_countries.all()}:
        return str(_("all partner countries"))
    return ", ".join(reading.said(link.country.name) for link in links)


def when_words(activity: Activity, reading: Reading) -> str:
    """When it was or is to be, as exactly as it is known."""
    start, end = activity.start, activity.end
    return written_span(start.written if start else "", end.written if end else "", reading.language) or str(
        _("date not known")
    )


def venue_of(activity: Activity, reading: Reading) -> str:
    """The venue under its present name, with its country where that is no beneficiary country."""
    place = reading.said(activity.venue.name) if activity.venue else ""
    country = reading.said(activity.venue_country.name) if activity.venue_country else ""
    return ", ".join(part for part in (place, country) if part)


def participants_of(activity: Activity, reading: Reading) -> Value:
    """How many took part; to the public a number below the limit is withheld."""
    counted: int | None = activity.counted  # type: ignore[attr-defined]
    return withheld(counted, reading)


def withheld(number: int | None, reading: Reading) -> Value:
    """``number``, or to the public "< 5" where it is small enough to point at persons."""
    if number is None or number == 0 or inside(reading):
        return number
    limit = setting(reading.phase, "small_cell", reading.today)
    if number >= limit:
        return number
    return f"<\u00a0{limit}"


def activity_address(activity: Activity, reading: Reading) -> str:
    """The activity's page."""
    return reverse("activities:activity", args=[reading.phase.code, activity.code])


COLUMNS = (
    Column("code", _("Code"), lambda one, reading: one.code, sort="code", link=activity_address),
    Column(
        "title", _("Title"), lambda one, reading: reading.said(one.title), sort="sort_{language}",
        link=activity_address, heading=True,
    ),
    Column("type", _("Type"), choice_of("type"), sort="type"),
    Column(
        "component", _("Component"), lambda one, reading: component_words(one, reading), sort="component__number",
        prepare=with_component,
    ),
    Column("countries", _("Countries"), countries_of, prepare=with_countries),
    Column("when", _("When"), when_words, "span", sort="begins_on"),
    Column("state", _("State"), lambda one, reading: one.state, "state", sort="state"),
    Column("participants", _("Participants"), participants_of, "number", sort="counted_order",
           prepare=with_participants),
    Column(
        "women", _("Women"), lambda one, reading: one.women_counted, "number", sort="women_counted",
        prepare=with_women, may=inside,
    ),
    Column("venue", _("Venue"), venue_of, sort="venue__sort_{language}", prepare=with_venue, shown=False),
    Column("scope", _("Scope"), choice_of("scope"), sort="scope", shown=False),
    Column("mode", _("Mode"), choice_of("mode"), sort="mode", shown=False),
    Column("thematic", _("Thematic"), lambda one, reading: one.thematic, "flag", sort="thematic", shown=False),
    Column("start", pgettext_lazy("of an activity", "Start"),
           lambda one, reading: one.start.written if one.start else "", "partial", sort="begins_on", shown=False),
    Column("end", pgettext_lazy("of an activity", "End"),
           lambda one, reading: one.end.written if one.end else "", "partial", sort="ends_on", shown=False),
    Column("planned_start", _("Planned start"), lambda one, reading: one.planned_start, "partial",
           sort="planned_start", shown=False),
    Column("planned_end", _("Planned end"), lambda one, reading: one.planned_end, "partial",
           sort="planned_last", shown=False),
    Column("baseline_end", _("Baseline end"), lambda one, reading: one.baseline_end, "partial",
           sort="baseline_end", shown=False),
    Column(
        "series", _("Series"), lambda one, reading: reading.said(one.series.title) if one.series else "",
        sort="series__code", prepare=with_series, shown=False,
    ),
    Column(
        "co_organisers", _("Held with"),
        lambda one, reading: ", ".join(reading.said(link.institution.name) for link in one.shown_co_organisers),
        prepare=with_co_organisers, shown=False,
    ),
    Column("national_trainers", _("By national trainers"), lambda one, reading: one.by_national_trainers, "flag",
           sort="by_national_trainers", shown=False),
    Column("cost", _("Cost, EUR"), lambda one, reading: one.cost, "number", sort="cost", shown=False, may=sees_costs),
    Column("signed_list", _("Signed list on"), lambda one, reading: one.signed_list_on, "day",
           sort="signed_list_on", shown=False, may=inside),
    Column("report", _("Report on"), lambda one, reading: one.report_on, "day", sort="report_on", shown=False,
           may=inside),
)  # fmt: skip


def component_words(activity: Activity, reading: Reading) -> str:
    """Number and short title of the component."""
    component = activity.component
    return f"{component.number}. {reading.said(component.short_title or component.title)}" if component else ""


# Filters


def components(reading: Reading) -> Choices:
    """The components of the phase, and "none"."""
    known = [
        (one.number, f"{one.number}. {reading.said(one.short_title or one.title)}")
        for one in reading.phase.components.all()
    ]
    return [*known, (UNKNOWN, str(_("no component")))]


def countries(reading: Reading) -> Choices:
    """The partner countries, and "not stated"."""
    known = [(link.country_id, reading.said(link.country.name)) for link in reading.phase.partner_countries.all()]
    return [*known, (UNKNOWN, str(_("not stated")))]


def series(reading: Reading) -> Choices:
    """The series of which the reader sees an activity: the title of another tells what is still a draft."""
    seen = visible_activities(reading.viewer, reading.phase).order_by().values("series")
    return [(one.code, reading.said(one.title)) for one in Series.objects.filter(pk__in=seen)]


def with_unknown(choices: Choices) -> Choices:
    """``choices`` and "not stated"."""
    return [*choices, (UNKNOWN, str(_("not stated")))]


def by_component(activities: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Activities of any of the components."""
    chosen = Q(component__number__in=values)
    return activities.filter(chosen | Q(component=None) if UNKNOWN in values else chosen)


def by_country(activities: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Activities for any of the countries; each once."""
    links = ActivityCountry.objects.filter(activity=OuterRef("pk"))
    chosen = Q(Exists(links.filter(country__in=values)))
    return activities.filter(chosen | ~Q(Exists(links)) if UNKNOWN in values else chosen)


def by_field(name: str) -> Callable[[QuerySet, Sequence[str], Reading], QuerySet]:
    """A filter on one field; "none" is the empty value."""

    def narrowed(activities: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
        return activities.filter(**{f"{name}__in": ["" if value == UNKNOWN else value for value in values]})

    return narrowed


def by_end(activities: QuerySet, period: Period, reading: Reading) -> QuerySet:
    """Activities that ended, or else are planned to end, within the period as far as is known."""
    ended, planned = overlapping("ended", period.start, period.end), overlapping("planned", period.start, period.end)
    known = Q(ended_last__isnull=False) | Q(ended_first__isnull=False)
    to_come = ~known & (Q(planned_last__isnull=False) | Q(planned_first__isnull=False))
    return activities.filter((known & ended) | (to_come & planned))


def late(activities: QuerySet, reading: Reading) -> QuerySet:
    """Still to come although the planned end has passed."""
    return activities.filter(state__in=AHEAD, planned_last__lt=reading.today)


def undated(activities: QuerySet, reading: Reading) -> QuerySet:
    """Nothing is known of when it was or is to be."""
    return activities.filter(begins_on=None, ends_on=None)


def without_tally(activities: QuerySet, reading: Reading) -> QuerySet:
    """Held, but no participants are counted."""
    return activities.filter(~Exists(Tally.objects.filter(activity=OuterRef("pk"))))


def joint(activities: QuerySet, reading: Reading) -> QuerySet:
    """Held together with a co-organiser."""
    return activities.filter(Exists(CoOrganiser.objects.filter(activity=OuterRef("pk"))))


def totals(activities: QuerySet, reading: Reading) -> Mapping[str, Value]:
    """Participants and women over all activities that are left.

    To the public none where one number alone is withheld, or those withheld are few together: the total less the
    others would tell them.
    """
    if not inside(reading):
        limit = setting(reading.phase, "small_cell", reading.today)
        counted = with_participants(activities.order_by(), reading).filter(counted__gt=0, counted__lt=limit)
        small = list(counted.values_list("counted", flat=True)[: 2 * limit])
        if len(small) == 1 or 0 < sum(small) < limit:
            return {}
    sums = Tally.objects.filter(activity__in=activities.order_by()).aggregate(
        people=Sum("count"), women=Sum("count", filter=Q(sex=Sex.WOMAN)), lines=Count("pk")
    )
    if not sums["lines"]:
        return {}
    return {"participants": withheld(sums["people"], reading), "women": sums["women"] or 0}


FILTERS = (
    ChoiceFilter("component", _("Component"), choices=components, by=by_component),
    ChoiceFilter("country", _("Country"), choices=countries, by=by_country),
    ChoiceFilter("state", _("State"), choices=lambda reading: State.choices, by=by_field("state")),
    ChoiceFilter("type", _("Type"), choices=lambda reading: Type.choices, by=by_field("type")),
    ChoiceFilter("scope", _("Scope"), choices=lambda reading: with_unknown(ActivityScope.choices),
                 by=by_field("scope")),
    ChoiceFilter("mode", _("Mode"), choices=lambda reading: with_unknown(Mode.choices), by=by_field("mode")),
    PeriodFilter("period", _("Period of the end"), by=by_end),
    ChoiceFilter("series", _("Series"), choices=series, by=by_field("series__code"), many=False),
    ChoiceFilter(
        "thematic", _("Thematic"),
        choices=lambda reading: [("yes", _("thematic ones")), ("no", _("management, coordination"))],
        by=lambda activities, values, reading: activities.filter(thematic__in=[value == "yes" for value in values]),
    ),
    FlagFilter("joint", _("Joint events"), by=joint),
    FlagFilter("late", _("Late: planned end has passed"), by=late),
    FlagFilter("undated", _("Without any date"), by=undated),
    FlagFilter("without_tally", _("Without tally"), by=without_tally),
    FlagFilter("additional", _("Additional to the work plan"),
               by=lambda activities, reading: activities.filter(additional=True), may=inside),
)  # fmt: skip


def first_step(reading: Reading) -> FirstStep | None:
    """Adding an activity, for those who may."""
    if not can_add_activity(reading.viewer, reading.phase):
        return None
    return FirstStep(str(_("Add the first activity")), reverse("activities:new", args=[reading.phase.code]))


def row_state(activity: Activity, reading: Reading) -> str:
    """Marks what is late."""
    passed = activity.planned_last is not None and activity.planned_last < reading.today
    return "late" if passed and activity.state in AHEAD else ""


ACTIVITIES = Register(
    name="activities",
    columns=COLUMNS,
    counted=lambda number: ngettext("%(number)d activity", "%(number)d activities", number) % {"number": number},
    empty=_("There are no activities here yet that you may see."),
    filters=FILTERS,
    order="-when",
    search_help=_("Title, code, agencies, experts; in Latin or Cyrillic letters."),
    first_step=first_step,
    totals=totals,
    prepare=lambda activities, reading: activities.defer(
        "summary",
        "agencies_text",
        "experts_text",
        "outputs_text",
        "search",
        "sources",
        "as_printed",
        "policy_tags",
        "sdg_goals",
    ),
    row_state=row_state,
)
