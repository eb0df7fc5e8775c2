"""The register of the activities behind a number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pilotage.domain.steering.models import ActionPoint
from pilotage.domain.workplans.models import PlanLine
from pilotage.figures.asking import Asked
from pilotage.figures.behind import Behind
from pilotage.kit.texts import wording
from pilotage.web.action_points.register import ACTION_POINTS
from pilotage.web.recommendations.register import RECOMMENDATIONS
from pilotage.web.registers import Column, Reading, Register
from pilotage.web.templatetags.pilotage import reader_language
from pilotage.web.workplans.lines import PLAN_LINES


def counted(number: int) -> str:
    """The number of activities in the list."""
    return ngettext("%(number)d activity", "%(number)d activities", number) % {"number": number}


def page_of(record: Any, reading: Reading) -> str:
    """The activity's own page."""
    return f"/{record.phase.code}/activities/{quote(record.code)}/"


def records_register(asked: Asked, found: Behind) -> Register:
    """Columns that tell the activities apart, and what each adds to the number where the reader may know it."""
    if asked.figure.base.model is ActionPoint:
        return replace(
            ACTION_POINTS,
            name=f"{asked.figure.code}-records",
            filters=(),
            empty=_("No action point stands behind this number, or none that you may see."),
        )
    if asked.figure.base.model is PlanLine:
        return replace(PLAN_LINES, name=f"{asked.figure.code}-records")
    if not asked.figure.base.of_activities:
        return replace(
            RECOMMENDATIONS,
            name=f"{asked.figure.code}-records",
            filters=(),
            first_step=lambda reading: None,
            empty=_("No recommendation stands behind this number, or none that you may see."),
        )
    columns = [
        Column("code", _("Code"), lambda record, reading: record.code, sort="code"),
        Column(
            "title",
            _("Title"),
            lambda record, reading: reading.said(record.title),
            sort="sort_{language}",
            link=page_of,
            heading=True,
        ),
        Column("end", _("End"), lambda record, reading: record.actual_end or record.planned_end, "partial", "ends_on"),
        Column("state", _("State"), lambda record, reading: record.state, "state", "state"),
        Column("type", _("Type"), lambda record, reading: record.get_type_display(), sort="type"),
        Column(
            "component",
            _("Component"),
            lambda record, reading: record.component.number if record.component else None,
            sort="component__number",
        ),
    ]
    if found.counted:
        label = wording(asked.figure.title, reader_language())
        columns.append(
            Column("counted", label, lambda record, reading: record.counted, "number", "counted")  # type: ignore[arg-type]
        )
    return Register(
        name=f"{asked.figure.code}-records",
        columns=tuple(columns),
        counted=counted,
        empty=_("No activity stands behind this number, or none that you may see."),
        order="-end",
        prepare=lambda activities, reading: activities.select_related("phase", "component"),
    )
