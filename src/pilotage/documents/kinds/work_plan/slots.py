"""What an editor may write for a printed plan. Without a text the context of the plan itself is printed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilotage.documents.slots import Slot
from pilotage.domain.programme.models import Phase

HEADLINE = Slot(
    "headline",
    _("Headline"),
    _("One sentence: what this year is for. Without it one is made of the lines."),
    _("cover"),
    (6, 25),
)
CONTEXT = Slot(
    "context",
    _("Context"),
    _("What has changed since the last plan, and why this one looks as it does. Without it the plan's own is printed."),
    _("context and priorities"),
    (60, 400),
)
PRIORITIES = Slot(
    "priorities", _("Priorities"), _("A list, one priority an item."), _("context and priorities"), (10, 120)
)


def slots(phase: Phase) -> list[Slot]:
    """Of a work plan."""
    return [HEADLINE, CONTEXT, PRIORITIES]
