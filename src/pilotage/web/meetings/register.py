"""The register of meetings: columns and filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from pilotage.domain.steering.access import can_add_meeting, is_inside, visible_meetings
from pilotage.domain.steering.models import Meeting
from pilotage.domain.steering.words import MeetingKind, MeetingState
from pilotage.kit.partial_words import written_span
from pilotage.web.registers import ChoiceFilter, Column, Reading, Register
from pilotage.web.registers.definition import FirstStep
from pilotage.web.registers.filters import Choices

UNKNOWN = "none"


def address_of(one: Meeting, reading: Reading) -> str:
    """The meeting's page."""
    return reverse("meetings:meeting", args=[reading.phase.code, one.code])


def when(one: Meeting, reading: Reading) -> str:
    """The days of the meeting, as exactly as they are known."""
    return written_span(one.starts, one.ends, reading.language) or one.date_text


def with_related(rows: QuerySet, reading: Reading) -> QuerySet:
    """Reads country and place along."""
    return rows.select_related("country", "place").prefetch_related("place__earlier_names")


def with_counts(rows: QuerySet, reading: Reading) -> QuerySet:
    """Adds how many decisions and action points the meeting gave."""
    return rows.annotate(decided=Count("decisions", distinct=True), ordered=Count("action_points", distinct=True))


def counted_or_unknown(meeting: Meeting, number: int) -> int | None:
    """The number; unknown where a published source tells of the meeting and of none: it may have given some."""
    return None if number == 0 and meeting.sources else number


def with_round(rows: QuerySet, reading: Reading) -> QuerySet:
    """Reads the round along."""
    return rows.select_related("round")


def inside(reading: Reading) -> bool:
    """Somebody with a role in the phase."""
    return is_inside(reading.viewer, reading.phase)


COLUMNS = (
    Column("code", _("Code"), lambda one, reading: one.code, sort="code", link=address_of),
    Column("title", _("Meeting"), lambda one, reading: reading.said(one.title), link=address_of, heading=True),
    Column("when", _("When"), when, "span", sort="begins_on"),
    Column("kind", _("Kind"), lambda one, reading: one.get_kind_display(), sort="kind"),
    Column("country", _("Country"), lambda one, reading: reading.said(one.country.name) if one.country else "",
           sort="country_id", prepare=with_related),
    Column("place", _("Place"),
           lambda one, reading: reading.said(one.place.name_on(one.begins_on)) if one.place else "",
           prepare=with_related),
    Column("state", _("State"), lambda one, reading: str(one.state), "state", sort="state"),
    Column("decisions", _("Decisions"), lambda one, reading: counted_or_unknown(one, one.decided), "number", sort="decided",
           prepare=with_counts),
    Column("points", _("Action points"), lambda one, reading: counted_or_unknown(one, one.ordered), "number", sort="ordered",
           prepare=with_counts, may=inside),
    Column("mode", _("Mode"), lambda one, reading: one.get_mode_display(), sort="mode", shown=False),
    Column("round", _("Round"), lambda one, reading: str(one.round.year) if one.round else "", sort="round__year",
           prepare=with_round, shown=False),
    Column("papers", _("Papers sent"), lambda one, reading: one.papers_sent_on, "day", sort="papers_sent_on",
           shown=False, may=inside),
    Column("circulated", _("Minutes circulated"), lambda one, reading: one.circulated_on, "day",
           sort="circulated_on", shown=False, may=inside),
    Column("approved", _("Minutes approved"), lambda one, reading: one.approved_on, "day", sort="approved_on",
           shown=False),
    Column("confidentiality", _("Who may see it"), lambda one, reading: one.get_confidentiality_display(),
           sort="confidentiality", shown=False, may=inside),
)  # fmt: skip


def countries(reading: Reading) -> Choices:
    """The partner countries, and the region."""
    known = [(link.country_id, reading.said(link.country.name)) for link in reading.phase.partner_countries.all()]
    return [*known, (UNKNOWN, str(_("no single country")))]


def years(reading: Reading) -> Choices:
    """The years in which the reader sees meetings, the latest first."""
    seen = visible_meetings(reading.viewer, reading.phase).exclude(begins_on=None).order_by()
    found = {day.year for day in seen.values_list("begins_on", flat=True).distinct() if day}
    return [*[(str(year), str(year)) for year in sorted(found, reverse=True)], (UNKNOWN, str(_("not known")))]


def by_year(rows: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Begun in one of the years."""
    chosen = Q(begins_on=None) if UNKNOWN in values else Q(pk__in=())
    for value in values:
        if value != UNKNOWN:
            chosen |= Q(begins_on__range=(date(int(value), 1, 1), date(int(value), 12, 31)))
    return rows.filter(chosen)


def by_country(rows: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Of one of the countries, or of none."""
    chosen = Q(country_id__in=[value for value in values if value != UNKNOWN])
    return rows.filter(chosen | Q(country=None) if UNKNOWN in values else chosen)


def by_field(name: str) -> Callable[[QuerySet, Sequence[str], Reading], QuerySet]:
    """A filter on one column."""
    return lambda rows, values, reading: rows.filter(**{f"{name}__in": list(values)})


FILTERS = (
    ChoiceFilter("kind", _("Kind"), choices=lambda reading: [(code, str(label)) for code, label in MeetingKind.choices],
                 by=by_field("kind")),
    ChoiceFilter("country", _("Country"), choices=countries, by=by_country),
    ChoiceFilter("year", _("Year"), choices=years, by=by_year),
    ChoiceFilter("state", _("State"),
                 choices=lambda reading: [(code, str(label)) for code, label in MeetingState.choices],
                 by=by_field("state")),
)  # fmt: skip


def first_step(reading: Reading) -> FirstStep | None:
    """Planning one, for those who may."""
    if not can_add_meeting(reading.viewer, reading.phase):
        return None
    return FirstStep(str(_("Plan the first meeting")), reverse("meetings:new", args=[reading.phase.code]))


MEETINGS = Register(
    name="meetings",
    columns=COLUMNS,
    counted=lambda number: ngettext("%(number)d meeting", "%(number)d meetings", number) % {"number": number},
    empty=pgettext_lazy("register", "There are no meetings here yet that you may see."),
    filters=FILTERS,
    order="-when",
    search_help=_("Words of the title, code, chair; in Latin or Cyrillic letters."),
    first_step=first_step,
    prepare=lambda rows, reading: rows.defer("search", "summary"),
)
