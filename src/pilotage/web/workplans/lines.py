"""The register of the lines behind a rate: what was planned, by which version, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pilotage.domain.workplans.models import PlanLine
from pilotage.web.registers import Column, Reading, Register
from pilotage.web.workplans.common import address_of, plan_words


def line_address(line: PlanLine, reading: Reading) -> str:
    """The line on the page of its version."""
    return f"{address_of(line.plan)}#line-{line.pk}"


def activity_address(line: PlanLine, reading: Reading) -> str:
    """The page of its activity, which says itself who may see it."""
    if line.activity is None:
        return ""
    return reverse("activities:activity", args=[line.plan.phase.code, line.activity.code])


def by_words(rows: QuerySet, words: Sequence[str]) -> QuerySet:
    """Every word stands in the key, or in the activity's folded text."""
    found = Q()
    for word in words:
        found &= Q(key__contains=word) | Q(activity__search__icontains=word)
    return rows.filter(found)


COLUMNS = (
    Column("line", _("Line"), lambda line, reading: line.key, sort="key"),
    Column("title", _("Title"), lambda line, reading: reading.said(line.title), link=line_address, heading=True),
    Column("plan", _("Work plan"), lambda line, reading: plan_words(line.plan), sort="plan__year"),
    Column("component", _("Component"), lambda line, reading: line.component.number if line.component else "",
           sort="component__number"),
    Column("end", _("Baseline end"), lambda line, reading: line.baseline_end or line.baseline_start, "partial",
           sort="due_last"),
    Column("tolerated", _("Tolerated until"), lambda line, reading: line.tolerated_until, "day",
           sort="tolerated_until"),
    Column("activity", _("Activity"), lambda line, reading: line.activity.code if line.activity else "",
           sort="activity__code", link=activity_address),
    Column("state", _("State"), lambda line, reading: str(line.activity.state) if line.activity else None, "state",
           sort="activity__state"),
    Column("held", _("Actual end"), lambda line, reading: line.activity.actual_end if line.activity else "", "partial",
           sort="activity__ended_last"),
)  # fmt: skip

PLAN_LINES = Register(
    name="plan-lines",
    columns=COLUMNS,
    counted=lambda number: ngettext("%(number)d line", "%(number)d lines", number) % {"number": number},
    empty=_("No line of a plan stands behind this number, or none that you may see."),
    order="end",
    search=by_words,
    prepare=lambda rows, reading: rows.select_related("plan__phase", "plan__country", "component", "activity"),
)
