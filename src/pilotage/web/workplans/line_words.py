"""The fields of a line of a plan, in the words of its pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.domain.programme.models import Component
from pilotage.domain.workplans.models import PlanLine
from pilotage.kit.partial_words import written_partial
from pilotage.kit.texts import wording
from pilotage.web.templatetags.pilotage import reader_language

LABELS: dict[str, Any] = {
    "title": gettext_lazy("Title"),
    "component_id": gettext_lazy("Component"),
    "output_id": gettext_lazy("Output"),
    "type": gettext_lazy("Type"),
    "activity_id": gettext_lazy("Activity"),
    "baseline_start": gettext_lazy("Start"),
    "baseline_end": gettext_lazy("End"),
    "cost_estimate": gettext_lazy("Cost estimate, EUR"),
    "note": gettext_lazy("Note"),
}
"""What the fields of a line are called on the pages of plans."""


def field_words(line: PlanLine, name: str) -> str:
    """A field of a line as people read it; a dash for nothing."""
    language = reader_language()
    value = getattr(line, name)
    match name:
        case "title" | "note":
            words = wording(value, language)
        case "component_id":
            words = component_words(line.component)
        case "output_id":
            words = f"{line.output.code} {wording(line.output.title, language)}" if line.output else ""
        case "activity_id":
            words = line.activity.code if line.activity else ""
        case "type":
            words = line.get_type_display()
        case "baseline_start" | "baseline_end":
            words = written_partial(value, language)
        case _:
            words = "" if value is None else f"{value:,.0f}".replace(",", "\u00a0")
    return words or "–"


def component_words(component: Component | None) -> str:
    """Number and short title; what belongs to no component by its own name."""
    if component is None:
        return _("Coordination and management")
    return f"{component.number}. {wording(component.short_title or component.title, reader_language())}"
