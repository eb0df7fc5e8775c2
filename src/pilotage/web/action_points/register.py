"""The register of action points: columns and filters."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from pilotage.domain.membership.models import User
from pilotage.domain.parties.models import Institution
from pilotage.domain.steering.access import visible_action_points
from pilotage.domain.steering.models import ActionPoint, Meeting, SteeringBody
from pilotage.domain.steering.words import UNFINISHED, ActionState
from pilotage.web.registers import ChoiceFilter, Column, FlagFilter, Reading, Register
from pilotage.web.registers.filters import Choices

NONE = "none"


def address_of(one: ActionPoint, reading: Reading) -> str:
    """The action point's page."""
    return reverse("action_points:action_point", args=[reading.phase.code, one.code])


def owner_words(one: ActionPoint, reading: Reading) -> str:
    """The owner's name."""
    if one.owner_institution is not None:
        return reading.said(one.owner_institution.name)
    return one.owner_user.name if one.owner_user else ""


def with_owner(rows: QuerySet, reading: Reading) -> QuerySet:
    """Reads the owner along, and adds ``owner_order``, by which owners sort."""
    order = Coalesce(F(f"owner_institution__sort_{reading.language}"), F("owner_user__name"))
    return rows.select_related("owner_institution", "owner_user").annotate(owner_order=order)


def with_meeting(rows: QuerySet, reading: Reading) -> QuerySet:
    """Reads the meeting, its body and country along."""
    return rows.select_related("meeting__body", "meeting__country")


def with_urgency(rows: QuerySet, reading: Reading) -> QuerySet:
    """Adds ``urgency``, by which states sort: what is not finished by its day, so overdue ones first; the rest after it."""
    return rows.annotate(urgency=Case(When(state__in=UNFINISHED, then=F("due_on")), default=None))


def state_words(one: ActionPoint, reading: Reading) -> str:
    """The state; one that waits for confirmation says so."""
    if one.reported_done_on and one.state == ActionState.IN_PROGRESS:
        return str(_("reported done, not confirmed yet"))
    if one.is_overdue_on(reading.today):
        return pgettext("action point", "overdue, %(state)s") % {"state": one.get_state_display()}
    return str(one.get_state_display())


COLUMNS = (
    Column("code", _("Code"), lambda one, reading: one.code, sort="code", link=address_of),
    Column("text", _("Action point"), lambda one, reading: reading.said(one.text), link=address_of, heading=True),
    Column("owner", _("Owner"), owner_words, sort="owner_order", prepare=with_owner),
    Column("country", _("Country"),
           lambda one, reading: reading.said(one.meeting.country.name) if one.meeting.country else "",
           sort="meeting__country_id", prepare=with_meeting),
    Column("state", _("State"), state_words, sort="urgency", prepare=with_urgency),
    Column("due", _("Due"), lambda one, reading: one.due_on, "day", sort="due_on"),
    Column("meeting", _("Meeting"), lambda one, reading: one.meeting.code, sort="meeting__begins_on",
           prepare=with_meeting),
    Column("given", _("Given on"), lambda one, reading: one.meeting.starts, "partial", sort="meeting__begins_on",
           prepare=with_meeting, shown=False),
    Column("body", _("Body"), lambda one, reading: reading.said(one.meeting.body.title) if one.meeting.body else "",
           sort="meeting__body__kind", prepare=with_meeting, shown=False),
    Column("first_due", _("First due"), lambda one, reading: one.first_due_on, "day", sort="first_due_on",
           shown=False),
    Column("reported", _("Reported done on"), lambda one, reading: one.reported_done_on, "day",
           sort="reported_done_on", shown=False),
    Column("done", _("Done on"), lambda one, reading: one.done_on, "day", sort="done_on", shown=False),
)  # fmt: skip


def countries(reading: Reading) -> Choices:
    """The partner countries, and none for regional meetings."""
    known = [(link.country_id, reading.said(link.country.name)) for link in reading.phase.partner_countries.all()]
    return [*known, (NONE, str(_("the region")))]


def by_country(rows: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Given at meetings of any of the countries."""
    chosen = Q(meeting__country__in=[value for value in values if value != NONE])
    return rows.filter(chosen | Q(meeting__country=None) if NONE in values else chosen)


def bodies(reading: Reading) -> Choices:
    """The steering bodies, and meetings that belong to none."""
    known = SteeringBody.objects.filter(phase=reading.phase).order_by("-kind", "country_id")
    return [*[(str(one.pk), reading.said(one.title)) for one in known], (NONE, str(_("other meetings")))]


def by_body(rows: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Given by any of the bodies."""
    chosen = Q(meeting__body__in=[value for value in values if value != NONE])
    return rows.filter(chosen | Q(meeting__body=None) if NONE in values else chosen)


def owners(reading: Reading) -> Choices:
    """The owners that the reader sees something of: agencies, then people."""
    seen = visible_action_points(reading.viewer, reading.phase).order_by()
    agencies = Institution.objects.filter(pk__in=seen.values("owner_institution")).order_by(
        "country_id", f"sort_{reading.language}"
    )
    people = User.objects.filter(pk__in=seen.values("owner_user")).order_by("name")
    named = [(one.code, f"{reading.said(one.name)} ({one.country_id or '–'})") for one in agencies]
    return [*named, *[(f"user-{one.pk}", one.name) for one in people]]


def by_owner(rows: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Owned by any of them."""
    people = [value.removeprefix("user-") for value in values if value.startswith("user-")]
    return rows.filter(Q(owner_institution__code__in=values) | Q(owner_user__in=people))


def meetings(reading: Reading) -> Choices:
    """The meetings that gave something, latest first."""
    seen = visible_action_points(reading.viewer, reading.phase).order_by().values("meeting")
    return list(Meeting.objects.filter(pk__in=seen).order_by("-begins_on").values_list("code", "code"))


def years(reading: Reading) -> Choices:
    """The years in which something is due."""
    seen = visible_action_points(reading.viewer, reading.phase).order_by().exclude(due_on=None)
    return [(str(year.year), str(year.year)) for year in seen.dates("due_on", "year", order="DESC")]


def by_year(rows: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Due in any of the years."""
    chosen = Q()
    for value in values:
        chosen |= Q(due_on__gte=f"{value}-01-01", due_on__lte=f"{value}-12-31")
    return rows.filter(chosen)


FILTERS = (
    ChoiceFilter("state", _("State"), by=lambda rows, values, reading: rows.filter(state__in=values),
                 choices=lambda reading: [(code, str(label)) for code, label in ActionState.choices]),
    ChoiceFilter("owner", _("Owner"), choices=owners, by=by_owner),
    ChoiceFilter("country", _("Country"), choices=countries, by=by_country),
    ChoiceFilter("body", _("Body"), choices=bodies, by=by_body),
    ChoiceFilter("meeting", _("Meeting"), choices=meetings,
                 by=lambda rows, values, reading: rows.filter(meeting__code__in=values)),
    ChoiceFilter("year", _("Year in which it is due"), choices=years, by=by_year),
    FlagFilter("overdue", _("Overdue: not finished, and due before today"),
               by=lambda rows, reading: rows.filter(state__in=UNFINISHED, due_on__lt=reading.today)),
    FlagFilter("reported", _("Reported done, waiting for confirmation"),
               by=lambda rows, reading: rows.filter(state=ActionState.IN_PROGRESS, reported_done_on__isnull=False)),
    FlagFilter("unfinished", _("Not finished"), by=lambda rows, reading: rows.filter(state__in=UNFINISHED)),
)  # fmt: skip


ACTION_POINTS = Register(
    name="action-points",
    columns=COLUMNS,
    counted=lambda number: ngettext("%(number)d action point", "%(number)d action points", number) % {"number": number},
    empty=_("There are no action points here yet that you may see. They are given at meetings."),
    filters=FILTERS,
    order="state",
    search_help=_("Words of the action point, or its code; in Latin or Cyrillic letters."),
    prepare=lambda rows, reading: rows.defer("search"),
    row_state=lambda one, reading: "late" if one.is_overdue_on(reading.today) else "",
)
