"""The register of who read names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pilotage.domain.activities.readings import PersonsReading
from pilotage.kit.numbers import written
from pilotage.kit.periods import Period
from pilotage.web.registers import ChoiceFilter, Column, Reading, Register
from pilotage.web.registers.filters import PeriodFilter
from pilotage.web.templatetags.pilotage import moment, reader_language


def counted(number: int) -> str:
    """The number of readings in the list."""
    said = {"number": written(number, reader_language())}
    return ngettext("%(number)s reading", "%(number)s readings", number) % said


def of_what(record: Any, reading: Reading) -> str:
    """The page of the person or of the activity."""
    if record.what == PersonsReading.What.PERSON:
        return f"/{reading.phase.code}/people/{record.record}/"
    return f"/{reading.phase.code}/activities/{record.record}/" if record.record else ""


def within(queryset: QuerySet, period: Period, _reading: Reading) -> QuerySet:
    """What was read in the period."""
    found = Q()
    if period.start:
        found &= Q(at__date__gte=period.start)
    if period.end:
        found &= Q(at__date__lte=period.end)
    return queryset.filter(found)


def of_kind(queryset: QuerySet, values: Sequence[str], _reading: Reading) -> QuerySet:
    """Readings of these kinds."""
    return queryset.filter(what__in=values)


def kinds(_reading: Reading) -> list[tuple[str, str]]:
    """What can be read."""
    return [(value, str(label)) for value, label in PersonsReading.What.choices]


READINGS = Register(
    name="readings",
    columns=(
        Column("at", _("When"), lambda record, reading: moment(record.at), sort="at", heading=True),
        Column("who", _("Who"), lambda record, reading: record.user_name, sort="user_name"),
        Column("what", _("What was read"), lambda record, reading: record.get_what_display(), sort="what"),
        Column("record", _("Person or activity"), lambda record, reading: record.record, link=of_what, sort="record"),
        Column("persons", _("Persons"), lambda record, reading: record.persons, kind="number", sort="persons"),
    ),
    counted=counted,
    empty=_("Nobody has read names yet."),
    filters=(
        ChoiceFilter(
            "what",
            _("What was read"),
            choices=kinds,
            by=lambda queryset, values, reading: queryset.filter(what__in=values),
        ),
        PeriodFilter("period", _("Period"), by=within),
    ),
    order="-at",
    search_help=_("A name, or the key of a person or an activity."),
)
