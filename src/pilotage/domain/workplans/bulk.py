"""Many lines at once: plans of hundreds of activities. One transaction or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilotage.domain.workplans.models import PlanLine, WorkPlan
from pilotage.domain.workplans.operations import check_line_rules
from pilotage.domain.workplans.words import PlanState
from pilotage.kit.actors import Actor
from pilotage.kit.changes import operation

LINKS = frozenset({"plan", "component", "output", "activity"})


def add_lines(*, by: Actor, plan: WorkPlan, lines: Sequence[Mapping[str, Any]]) -> list[PlanLine]:
    """Adds lines with their keys to an empty draft, in this order. Raises ValidationError, and nothing is added.

    Each holds every rule of a line. Whether what it refers to exists is for the caller to know, who has just read it.
    """
    if plan.state != PlanState.DRAFT:
        raise ValidationError(_("Only a draft can be changed. Make a new version of the plan."))
    with operation("add plan lines", by=by):
        made = [PlanLine(plan=plan, position=position, **values) for position, values in enumerate(lines, start=1)]
        for line in made:
            line.clean_fields(exclude=LINKS)
            check_line_rules(line)
        PlanLine.objects.bulk_create(made)
        return made
