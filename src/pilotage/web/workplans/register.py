"""The register of work plans: columns and filters."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pilotage.domain.activities.access import sees_cost
from pilotage.domain.workplans.access import visible_plans
from pilotage.domain.workplans.models import REGION, WorkPlan
from pilotage.domain.workplans.words import PlanState
from pilotage.web.registers import ChoiceFilter, Column, Reading, Register
from pilotage.web.registers.definition import FirstStep
from pilotage.web.registers.filters import Choices
from pilotage.web.workplans.common import address_of, plan_words, scope_words, writes_plans


def inside(reading: Reading) -> bool:
    """The cost of what is planned is as internal as the cost of what was done."""
    return sees_cost(reading.viewer, reading.phase)


def page_of(plan: WorkPlan, reading: Reading) -> str:
    """The version's page."""
    plan.phase = reading.phase
    return address_of(plan)


def with_lines(rows: QuerySet, reading: Reading) -> QuerySet:
    """Counts the lines."""
    return rows.annotate(of_lines=Count("lines"))


def with_cost(rows: QuerySet, reading: Reading) -> QuerySet:
    """Sums the estimates."""
    return rows.annotate(estimated=Sum("lines__cost_estimate"))


COLUMNS = (
    Column("plan", _("Work plan"), lambda plan, reading: plan_words(plan), link=page_of, heading=True),
    Column("year", _("Plan year"), lambda plan, reading: str(plan.year), sort="year"),
    Column("scope", _("Plan of"), lambda plan, reading: scope_words(plan, reading.language), sort="scope_code",
           prepare=lambda rows, reading: rows.annotate(scope_code=Coalesce(F("country_id"), Value(REGION)))),
    Column("version", _("Version"), lambda plan, reading: plan.number, "number", sort="number"),
    Column("state", _("State"), lambda plan, reading: str(plan.state), "state", sort="state"),
    Column("since", _("In force from"), lambda plan, reading: plan.in_force_from, "day", sort="in_force_from"),
    Column("until", _("In force until"), lambda plan, reading: plan.in_force_until, "day", sort="in_force_until"),
    Column("lines", _("Lines"), lambda plan, reading: plan.of_lines, "number", sort="of_lines", prepare=with_lines),
    Column("cost", _("Cost estimate, EUR"), lambda plan, reading: plan.estimated, "number", sort="estimated",
           prepare=with_cost, may=inside),
)  # fmt: skip


def years(reading: Reading) -> Choices:
    """The years that there are plans for."""
    seen = visible_plans(reading.viewer, reading.phase).order_by("-year").values_list("year", flat=True)
    return [(str(year), str(year)) for year in dict.fromkeys(seen)]


def scopes(reading: Reading) -> Choices:
    """The partner countries and the region."""
    known = [(link.country_id, reading.said(link.country.name)) for link in reading.phase.partner_countries.all()]
    return [*known, (REGION, str(_("the region")))]


def by_scope(rows: QuerySet, values: Sequence[str], reading: Reading) -> QuerySet:
    """Of any of the countries, or of the region."""
    return rows.annotate(of_scope=Coalesce(F("country_id"), Value(REGION))).filter(of_scope__in=values)


FILTERS = (
    ChoiceFilter("year", _("Plan year"), choices=years,
                 by=lambda rows, values, reading: rows.filter(year__in=values)),
    ChoiceFilter("scope", _("Plan of"), choices=scopes, by=by_scope),
    ChoiceFilter("state", _("State"), choices=lambda reading: [(code, str(label)) for code, label in PlanState.choices],
                 by=lambda rows, values, reading: rows.filter(state__in=values)),
)  # fmt: skip


def first_step(reading: Reading) -> FirstStep | None:
    """Making one, for those who may."""
    if not writes_plans(reading.viewer, reading.phase):
        return None
    return FirstStep(str(_("Make the first one")), reverse("plans:new", args=[reading.phase.code]))


PLANS = Register(
    name="work-plans",
    columns=COLUMNS,
    counted=lambda number: (
        ngettext("%(number)d version of a work plan", "%(number)d versions of work plans", number) % {"number": number}
    ),
    empty=_("There are no work plans here yet that you may see."),
    filters=FILTERS,
    order="-year",
    # The region's plan, then the countries', each with its latest version first.
    then=(F("country").asc(nulls_first=True), F("number").desc()),
    search=None,
    first_step=first_step,
    prepare=lambda rows, reading: rows.select_related("country"),
)
