"""The register of recommendations: columns and filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pilotage.domain.membership.models import Role
from pilotage.domain.parties.models import Institution
from pilotage.domain.recommendations.access import can_add_recommendation, visible_recommendations
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.words import AWAITING_ANSWER, TO_IMPLEMENT, Origin, Priority, State
from pilotage.web.registers import ChoiceFilter, Column, FlagFilter, Reading, Register
from pilotage.web.registers.definition import FirstStep
from pilotage.web.registers.filters import Choices

UNKNOWN = "none"


def inside(reading: Reading) -> bool:
    """Somebody with a role in the phase."""
    return bool(reading.viewer.roles_in(reading.phase) - {Role.PUB})


def address_of(one: Recommendation, reading: Reading) -> str:
    """The recommendation's page."""
    phase = reading.phase if one.phase_id == reading.phase.pk else one.phase
    return reverse("recommendations:recommendation", args=[phase.code, one.code])


def with_related(rows: QuerySet, reading: Reading) -> QuerySet:
    """Reads the addressee, country and component along."""
    return rows.select_related("addressee", "country", "component")


def with_priority(rows: QuerySet, reading: Reading) -> QuerySet:
    """Adds ``weight``, by which priorities sort."""
    order = {Priority.HIGH: 1, Priority.MEDIUM: 2, Priority.LOW: 3}
    return rows.annotate(weight=Case(*[When(priority=code, then=Value(place)) for code, place in order.items()]))


def with_next_due(rows: QuerySet, reading: Reading) -> QuerySet:
    """Adds ``next_due``: the response while an answer is awaited, then the implementation, then nothing."""
    return rows.annotate(
        next_due=Case(
            When(state__in=AWAITING_ANSWER, then=F("response_due")),
            When(state__in=TO_IMPLEMENT, then=F("implementation_due")),
        )
    )


def with_activity(rows: QuerySet, reading: Reading) -> QuerySet:
    """Reads the activity along."""
    return rows.select_related("activity")


def addressee_words(one: Recommendation, reading: Reading) -> str:
    """The addressee, or what the source says of it."""
    return reading.said(one.addressee.name) if one.addressee else reading.said(one.addressee_text)


def state_value(one: Recommendation, reading: Reading) -> str:
    """The state; "unknown" where the source states none."""
    return str(one.state) if one.state_known else "unknown"


COLUMNS = (
    Column("code", _("Code"), lambda one, reading: one.code, sort="code", link=address_of),
    Column("text", _("Recommendation"), lambda one, reading: reading.said(one.text), sort="sort_{language}",
           link=address_of, heading=True),
    Column("addressee", _("Addressee"), addressee_words, sort="addressee__sort_{language}", prepare=with_related),
    Column("country", _("Country"), lambda one, reading: reading.said(one.country.name) if one.country else "",
           sort="country_id", prepare=with_related),
    Column("component", _("Component"), lambda one, reading: one.component.number if one.component else "",
           sort="component__number", prepare=with_related),
    Column("priority", _("Priority"), lambda one, reading: one.get_priority_display(), sort="weight",
           prepare=with_priority),
    Column("state", _("State"), state_value, "state", sort="state"),
    Column("issued", _("Issued"), lambda one, reading: one.issued_on, "partial", sort="issued_last"),
    Column("due", _("Due next"), lambda one, reading: one.next_due, "day", sort="next_due", prepare=with_next_due),
    Column("response_due", _("Response due"), lambda one, reading: one.response_due, "day", sort="response_due",
           shown=False),
    Column("implementation_due", _("Implementation due"), lambda one, reading: one.implementation_due, "day",
           sort="implementation_due", shown=False),
    Column("answered", _("Answered on"), lambda one, reading: one.answered_on, "day", sort="answered_on", shown=False),
    Column("adopted", _("Adopted on"), lambda one, reading: one.adopted_on, "day", sort="adopted_on", shown=False),
    Column("origin", _("Came out of"), lambda one, reading: one.get_origin_display(), sort="origin", shown=False),
    Column("activity", _("Activity"), lambda one, reading: one.activity.code if one.activity else "",
           sort="activity__code", prepare=with_activity, shown=False, may=inside),
    Column("group", _("Group"), lambda one, reading: one.group_key, sort="group_key", shown=False),
    Column("act", _("Order or law"), lambda one, reading: one.act_number, sort="act_number", shown=False),
    Column("confidentiality", _("Who may see it"), lambda one, reading: one.get_confidentiality_display(),
           sort="confidentiality", shown=False, may=inside),
)  # fmt: skip


def countries(reading: Reading) -> Choices:
    """The partner countries, and "not stated"."""
    known = [(link.country_id, reading.said(link.country.name)) for link in reading.phase.partner_countries.all()]
    return [*known, (UNKNOWN, str(_("not stated")))]


def components(reading: Reading) -> Choices:
    """The components, and none."""
    known = [
        (one.number, f"{one.number}. {reading.said(one.short_title or one.title)}")
        for one in reading.phase.components.all()
    ]
    return [*known, (UNKNOWN, str(_("no component")))]


def agencies(reading: Reading) -> Choices:
    """The addressees that the reader sees something of."""
    seen = visible_recommendations(reading.viewer, reading.phase).order_by().values("addressee")
    known = Institution.objects.filter(pk__in=seen).order_by("country_id", f"sort_{reading.language}")
    found = [(one.code, f"{reading.said(one.name)} ({one.country_id or '–'})") for one in known]
    return [*found, (UNKNOWN, str(_("as stated in general words")))]


def years(reading: Reading) -> Choices:
    """The years of issue, the latest first."""
    seen = visible_recommendations(reading.viewer, reading.phase).order_by().values_list("issued_year", flat=True)
    found = sorted({year for year in seen.distinct() if year}, reverse=True)
    return [*[(str(year), str(year)) for year in found], (UNKNOWN, str(_("not known")))]


def states(reading: Reading) -> Choices:
    """The states, and "not known"."""
    return [*[(code, str(label)) for code, label in State.choices], ("unknown", str(_("not known")))]


def by_state(rows: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """In any of the states that are known."""
    chosen = Q(state__in=[value for value in values if value != "unknown"], state_known=True)
    return rows.filter(chosen | Q(state_known=False) if "unknown" in values else chosen)


def by_path(path: str) -> Callable[[QuerySet, Sequence[str], Reading], QuerySet]:
    """A filter on one column; "none" is the empty value."""

    def narrowed(rows: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
        chosen = Q(**{f"{path}__in": [value for value in values if value != UNKNOWN]})
        empty = Q(**{f"{path.partition('__')[0]}__isnull": True})
        return rows.filter(chosen | empty if UNKNOWN in values else chosen)

    return narrowed


def by_origin(rows: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Of any of the origins; "none" is one that is not stated."""
    return rows.filter(origin__in=["" if value == UNKNOWN else value for value in values])


def groups(reading: Reading) -> Choices:
    """The groups of siblings that the reader sees."""
    seen = visible_recommendations(reading.viewer, reading.phase).exclude(group_key="").order_by("group_key")
    return [(key, key) for key in seen.values_list("group_key", flat=True).distinct()[:300]]


FILTERS = (
    ChoiceFilter("agency", _("Addressee"), choices=agencies, by=by_path("addressee__code")),
    ChoiceFilter("country", _("Country"), choices=countries, by=by_path("country")),
    ChoiceFilter("component", _("Component"), choices=components, by=by_path("component__number")),
    ChoiceFilter("state", _("State"), choices=states, by=by_state),
    ChoiceFilter("priority", _("Priority"), choices=lambda reading: [(code, str(label)) for code, label in Priority.choices],
                 by=lambda rows, values, reading: rows.filter(priority__in=values)),
    ChoiceFilter("year", _("Year of issue"), choices=years, by=by_path("issued_year")),
    ChoiceFilter("origin", _("Came out of"), by=by_origin,
                 choices=lambda reading: [(code or UNKNOWN, str(label)) for code, label in Origin.choices]),
    ChoiceFilter("group", _("Group of siblings"), choices=groups,
                 by=lambda rows, values, reading: rows.filter(group_key__in=values)),
    FlagFilter("overdue", _("Overdue: accepted, and due before today"),
               by=lambda rows, reading: rows.overdue_on(reading.today)),  # type: ignore[attr-defined]
    FlagFilter("late", _("Late answer: unanswered past its date"),
               by=lambda rows, reading: rows.answer_late_on(reading.today)),  # type: ignore[attr-defined]
    FlagFilter("open", _("Open"), by=lambda rows, reading: rows.open()),  # type: ignore[attr-defined]
)  # fmt: skip


def first_step(reading: Reading) -> FirstStep | None:
    """Drafting one, for those who may."""
    if not can_add_recommendation(reading.viewer, reading.phase):
        return None
    return FirstStep(str(_("Draft the first one")), reverse("recommendations:new", args=[reading.phase.code]))


def row_state(one: Any, reading: Reading) -> str:
    """Marks what is overdue or late."""
    if not one.state_known:
        return ""
    return "late" if one.is_overdue_on(reading.today) or one.is_answer_late_on(reading.today) else ""


RECOMMENDATIONS = Register(
    name="recommendations",
    columns=COLUMNS,
    counted=lambda number: (
        ngettext("%(number)d recommendation", "%(number)d recommendations", number) % {"number": number}
    ),
    empty=_("There are no recommendations here yet that you may see."),
    filters=FILTERS,
    order="-issued",
    search_help=_("Words of the recommendation, code, addressee; in Latin or Cyrillic letters."),
    first_step=first_step,
    prepare=lambda rows, reading: rows.defer("search", "accepted_text"),
    row_state=row_state,
)
