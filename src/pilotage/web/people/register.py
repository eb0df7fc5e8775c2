"""The register of people, for those whose role sees names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Avg, Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pilotage.domain.activities.access import can_edit_persons, sees_scores, visible_activities
from pilotage.domain.activities.models import Attendance, Person
from pilotage.domain.activities.words import Sex
from pilotage.web.activities.register import UNKNOWN, countries
from pilotage.web.registers import ChoiceFilter, Column, FlagFilter, Reading, Register
from pilotage.web.registers.definition import Value
from pilotage.web.registers.filters import Choices, Chosen
from pilotage.web.registers.words import SEX


def edits(reading: Reading) -> bool:
    """Whoever keeps the register."""
    return can_edit_persons(reading.viewer, reading.phase)


def scores(reading: Reading) -> bool:
    """The M&E officer."""
    return sees_scores(reading.viewer, reading.phase)


def with_party(persons: QuerySet, reading: Reading) -> QuerySet:
    """Reads institution and country along: each once, however many persons are of it."""
    return persons.prefetch_related("institution", "country")


def _attended(reading: Reading) -> QuerySet:
    # Of the few lines of one person each is looked up; a list of all activities would be made first.
    seen = visible_activities(reading.viewer, reading.phase).filter(pk=OuterRef("activity")).order_by()
    return Attendance.objects.filter(Exists(seen), person=OuterRef("pk")).order_by()


def with_activities(persons: QuerySet, reading: Reading) -> QuerySet:
    """Adds at how many activities the person was, in any role."""
    rows = _attended(reading).values("person").annotate(n=Count("activity", distinct=True)).values("n")
    return persons.annotate(activities_counted=Coalesce(Subquery(rows, output_field=IntegerField()), 0))


def with_gain(persons: QuerySet, reading: Reading) -> QuerySet:
    """Adds the mean scores before and after, of tests that have both."""
    rows = _attended(reading).filter(pre_test__isnull=False, post_test__isnull=False).values("person")
    return persons.annotate(
        before=Subquery(rows.annotate(n=Avg("pre_test")).values("n")),
        after=Subquery(rows.annotate(n=Avg("post_test")).values("n")),
    )


def rounded(value: float | None) -> Value:
    """A mean to a whole per cent."""
    return None if value is None else int(value + 0.5)


class InstitutionFilter(ChoiceFilter):
    """An institution by its code, come to by a link from its page; too many to list."""

    def read(self, raw: Sequence[str], reading: Reading) -> Chosen:
        """The institution's name, where somebody of it is in the register."""
        code = next((value for value in raw if value), "")
        if not code:
            return Chosen()
        person = (
            Person.objects.filter(phase=reading.phase, institution__code=code).select_related("institution").first()
        )
        name = reading.said(person.institution.name) if person and person.institution else code[:40]
        return Chosen((code,), (name,))

    def context(self, reading: Reading) -> Mapping[str, Choices]:  # type: ignore[override]
        """Nothing to list."""
        return {"choices": ()}


PEOPLE = Register(
    name="people",
    columns=(
        Column("key", _("Key"), lambda one, reading: one.key, sort="key",
               link=lambda one, reading: reverse("people:person", args=[reading.phase.code, one.key])),
        Column("name", _("Name as signed"), lambda one, reading: one.name_signed, sort="sort", heading=True,
               link=lambda one, reading: reverse("people:person", args=[reading.phase.code, one.key])),
        Column("latin", _("In Latin letters"), lambda one, reading: one.name_latin, sort="name_latin"),
        Column("institution", _("Institution"),
               lambda one, reading: reading.said(one.institution.name) if one.institution else "",
               sort="institution__sort_{language}", prepare=with_party),
        Column("position", _("Position"), lambda one, reading: one.position, sort="position", shown=False),
        Column("country", _("Country"), lambda one, reading: reading.said(one.country.name) if one.country else "",
               sort="country", prepare=with_party),
        Column("sex", _("Sex"), lambda one, reading: str(SEX[Sex(one.sex)]), sort="sex"),
        Column("activities", _("Activities"), lambda one, reading: one.activities_counted, "number",
               sort="activities_counted", prepare=with_activities),
        Column("email", _("E-mail address"), lambda one, reading: one.email, shown=False, may=edits),
        Column("before", _("Mean test before, %"), lambda one, reading: rounded(one.before), "number", sort="before",
               prepare=with_gain, shown=False, may=scores),
        Column("after", _("Mean test after, %"), lambda one, reading: rounded(one.after), "number", sort="after",
               prepare=with_gain, shown=False, may=scores),
        Column("photo_consent", _("Consent to photos"), lambda one, reading: one.photo_consent_on, "day",
               sort="photo_consent_on", shown=False, may=edits),
    ),
    counted=lambda number: ngettext("%(number)d person", "%(number)d people", number) % {"number": number},
    empty=_("The register is empty: it is optional, the tallies count. People come in by the attendance of an activity."),
    filters=(
        ChoiceFilter("country", _("Country"), choices=countries,
                     by=lambda persons, values, reading: persons.filter(country__in=values)
                     | (persons.filter(country=None) if UNKNOWN in values else persons.none())),
        ChoiceFilter("sex", _("Sex"), choices=lambda reading: [(sex.value, str(words)) for sex, words in SEX.items()],
                     by=lambda persons, values, reading: persons.filter(sex__in=values)),
        ChoiceFilter("role", _("Role"), choices=lambda reading: Attendance.AttendanceRole.choices,
                     by=lambda persons, values, reading: persons.filter(
                         Exists(_attended(reading).filter(role__in=values)))),
        FlagFilter("never", _("At no activity"),
                   by=lambda persons, reading: persons.filter(~Exists(_attended(reading)))),
        InstitutionFilter("institution", _("Institution"),
                          by=lambda persons, values, reading: persons.filter(institution__code__in=values)),
    ),
    order="name",
    search_help=_("Any spelling of the name, position or key; in Latin or Cyrillic letters."),
    prepare=lambda persons, reading: persons.defer("search"),
)  # fmt: skip
