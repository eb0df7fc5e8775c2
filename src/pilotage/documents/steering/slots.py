"""What an editor may write for packs and minutes. Nothing is required: a slot without a text does not print."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilotage.documents.kinds.newsletter.slots import component_slot
from pilotage.documents.slots import Slot
from pilotage.domain.programme.models import Phase

TITLED = _("Begin with “# ” and the finding as a title; the figures stand beside it: do not repeat them.")
HEADLINE = Slot(
    "headline",
    _("Headline"),
    _("One sentence: what the group should know. Without it one is made of the figures."),
    _("cover"),
    (8, 30),
)
PROGRESS = Slot("progress", _("How things stand"), TITLED, _("dashboard"), (40, 160))
COMPARISON = Slot("comparison", _("The countries side by side"), TITLED, _("comparison"), (40, 160))
SYNTHESIS = Slot(
    "synthesis",
    _("What the national meetings have in common"),
    _("A few sentences above what each meeting decided. “# ” is the title."),
    _("national meetings"),
    (20, 80),
)
PLAN = Slot("plan", _("The plan of the next year"), TITLED, _("next year’s plan"), (40, 160))
DECISIONS = Slot(
    "decisions",
    _("Decisions sought"),
    _(
        "A list, one decision an item; what stands in *…* at the end of an item is its background. Without it the "
        "decisions that follow from the records are printed."
    ),
    _("decisions sought"),
    (20, 200),
)
OPENING = Slot(
    "opening",
    _("Opening"),
    _("Who opened the meeting, changes of the agenda. What was said under the items comes from the meeting itself."),
    _("before the items"),
    (20, 120),
)
ANNEXES = Slot("annexes", _("Annexes"), _("A list, one annex an item."), _("before the signatures"), (2, 60))


def national_slots(phase: Phase) -> list[Slot]:
    """Of a national pack."""
    return [HEADLINE, PROGRESS, PLAN, DECISIONS]


def regional_slots(phase: Phase) -> list[Slot]:
    """Of the regional pack, one for each component among them."""
    described = _("What the component came to. Begin with “# ” and the finding as a title.")
    components = [
        component_slot(component, help=described, printed=_("page of the component"))
        for component in phase.components.all()
    ]
    return [HEADLINE, PROGRESS, COMPARISON, *components, SYNTHESIS, PLAN, DECISIONS]


def minutes_slots(phase: Phase) -> list[Slot]:
    """Of minutes."""
    return [OPENING, ANNEXES]
