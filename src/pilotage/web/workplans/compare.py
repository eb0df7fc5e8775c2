"""Two versions line by line: what was added, removed, changed, with before and after."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from pilotage.domain.programme.models import Phase
from pilotage.domain.workplans.access import visible_plans
from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.domain.workplans.queries import LineChange, compare_plans
from pilotage.kit.partial_words import written_span
from pilotage.kit.texts import wording
from pilotage.web.pages import PageRequest
from pilotage.web.templatetags.pilotage import reader_language
from pilotage.web.workplans.common import address_of, frame, plan_page, plan_words
from pilotage.web.workplans.line_words import LABELS, component_words, field_words

KINDS: dict[str, Promise] = {
    "added": pgettext_lazy("plan line", "added"),
    "removed": pgettext_lazy("plan line", "removed"),
    "changed": pgettext_lazy("plan line", "changed"),
    "same": pgettext_lazy("plan line", "unchanged"),
}
SIGNS = {"added": "+", "removed": "−", "changed": "≠", "same": "="}


@dataclass(frozen=True, slots=True)
class Difference:
    """One line with what became of it, in words."""

    kind: str
    word: Promise
    sign: str
    line: PlanLine
    title: str
    component: str
    when: str
    fields: list[tuple[str, str, str]]
    """Label, before, after."""


@plan_page
def compare(request: PageRequest, phase: Phase, plan: WorkPlan) -> HttpResponseBase:
    """The version against another one, the version before it where no other is chosen."""
    plans = list(visible_plans(request.viewer, phase).select_related("country"))
    for one in plans:
        one.phase = phase
    others = [one for one in plans if one.pk != plan.pk]
    chosen = request.GET.get("with", "")
    other = next((one for one in others if code_of(one) == chosen), None) or before(plan, others)
    context = frame(request, plan)
    shows_cost = context["shows_cost"]
    changes = compare_plans(other, plan) if other else []
    differences = [difference(change, shows_cost) for change in changes]
    counts = Counter(one.kind for one in differences)
    context |= {
        "other": other,
        "other_name": plan_words(other) if other else "",
        "other_address": address_of(other) if other else "",
        "choices": [(code_of(one), plan_words(one), one is other) for one in _nearest(plan, others)],
        "differences": [one for one in differences if one.kind != "same"],
        "unchanged": [one for one in differences if one.kind == "same"],
        "counts": [(KINDS[kind], SIGNS[kind], counts[kind]) for kind in KINDS if counts[kind]],
        "costs": (_cost(other), _cost(plan)) if other and shows_cost else None,
    }
    return render(request, "workplans/compare.html", context)


def code_of(plan: WorkPlan) -> str:
    """A version as it stands in the address of a comparison: ``2023/kz/1``."""
    return f"{plan.year}/{plan.scope}/{plan.number}"


def before(plan: WorkPlan, others: list[WorkPlan]) -> WorkPlan | None:
    """The version before this one: of the same year, else the latest of the year before."""
    own = [one for one in others if one.country_id == plan.country_id]
    earlier = [one for one in own if (one.year, one.number) < (plan.year, plan.number)]
    later = [one for one in own if one.year == plan.year]
    return max(earlier, key=lambda one: (one.year, one.number), default=None) or min(
        later, key=lambda one: one.number, default=None
    )


def _nearest(plan: WorkPlan, others: list[WorkPlan]) -> list[WorkPlan]:
    return sorted(others, key=lambda one: (one.country_id != plan.country_id, -one.year, one.scope, -one.number))


def _cost(plan: WorkPlan) -> Decimal | None:
    known = [cost for cost in plan.lines.values_list("cost_estimate", flat=True) if cost is not None]
    return sum(known, Decimal(0)) if known else None


def difference(change: LineChange, shows_cost: bool) -> Difference:
    """What became of a line, in the reader's words."""
    line = change.after or change.before
    assert line is not None
    fields = []
    if change.before is not None and change.after is not None:
        for name in change.changed:
            if name != "cost_estimate" or shows_cost:
                fields.append((str(LABELS[name]), field_words(change.before, name), field_words(change.after, name)))
    language = reader_language()
    kind = "same" if change.kind == "changed" and not fields else change.kind
    return Difference(
        kind,
        KINDS[kind],
        SIGNS[kind],
        line,
        wording(line.title, language),
        component_words(line.component),
        written_span(line.baseline_start, line.baseline_end, language),
        fields,
    )
