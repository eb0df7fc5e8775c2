"""What an editor writes for a newsletter: the slots, in the order in which they are printed."""

from __future__ import annotations

from django.utils.functional import Promise, lazystr
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pilotage.documents.slots import Slot
from pilotage.domain.programme.models import Component, Phase
from pilotage.kit.texts import wording

SIGNED_HELP = _(
    "The text as the signatory sent and cleared it. End it with a line “— Name” and the office on the line below. "
    "A sentence after “>” is set large."
)
COMPONENT_HELP = _(
    "What the component did in the quarter and what came of it. Begin with “# ” and the finding as a title. "
    "The list of activities and the chart stand beside it: do not repeat them."
)
COMPONENT = "component-"


def slots(phase: Phase) -> list[Slot]:
    """The slots of an issue of ``phase``: the same for all, and one for each of its components."""
    components = (
        component_slot(component, help=COMPONENT_HELP, printed=_("highlights")) for component in phase.components.all()
    )
    return [*_OPENING, *components, *_CLOSING]


def component_number(slot: str) -> str:
    """The number of the component that a slot belongs to; empty for the others."""
    return slot.removeprefix(COMPONENT) if slot.startswith(COMPONENT) else ""


def component_slot_name(number: str) -> str:
    """The name of a component's slot."""
    return f"{COMPONENT}{number.lower().replace('.', '-')}"


def component_slot(component: Component, *, help: Promise, printed: Promise) -> Slot:
    """The slot of one component."""
    return Slot(
        name=component_slot_name(component.number), label=_label(component), help=help, printed=printed, words=(60, 150)
    )


def _label(component: Component) -> Promise:
    class Label:
        def __str__(self) -> str:
            title = wording(component.short_title or component.title, (get_language() or "en")[:2])
            return gettext("Component %(number)s: %(title)s") % {"number": component.number, "title": title}

    return lazystr(Label())


_OPENING = (
    Slot(
        "foreword-delegation",
        _("Foreword of the EU Delegation"),
        SIGNED_HELP,
        _("page 2, left"),
        (120, 260),
        signed=True,
        photo=True,
    ),
    Slot(
        "foreword-manager",
        _("Foreword of the programme manager"),
        SIGNED_HELP,
        _("page 2, right"),
        (120, 260),
        signed=True,
        photo=True,
    ),
    Slot(
        "foreword",
        _("About this issue"),
        _("Stands where there is no signed foreword. Begin with “# ” and a title; a sentence after “>” is set large."),
        _("page 2"),
        (80, 250),
    ),
    Slot(
        "about",
        _("About the programme"),
        _("What the records do not say: objective, budget, duration and components are printed from them."),
        _("page 3"),
        (40, 160),
    ),
)

_CLOSING = (
    Slot(
        "procurement",
        _("Procurement"),
        _(
            "How purchases advanced in the quarter. Begin with “# ” and the finding as a title; a list of numbers in "
            "**…** right after it is set large."
        ),
        _("after the progress in figures"),
        (40, 180),
    ),
    Slot(
        "grants",
        _("Grants"),
        _(
            "How calls and grants advanced in the quarter. Begin with “# ” and the finding as a title; a list of numbers in "
            "**…** right after it is set large."
        ),
        _("below procurement"),
        (40, 180),
    ),
    Slot(
        "upcoming",
        _("Next quarter"),
        _(
            "Activities of the next quarter are printed from the records. Write what else comes: “## Procurement”, "
            "“## Grants”, “## Management”, and under each a list, one line each: “- 14 September, Bishkek: …”."
        ),
        _("the page after the highlights"),
        (30, 160),
    ),
    Slot(
        "featured-story",
        _("Featured story"),
        _(
            "One subject told in full. “# ” is its title; a first paragraph in *…* the lead; a sentence after “>” is "
            "set large; “## ” are subheadings."
        ),
        _("a page of its own"),
        (180, 420),
        photo=True,
    ),
    Slot(
        "partners",
        _("Partners"),
        _("Who carries the programme and who worked with it in the quarter. Services are listed from the records."),
        _("last page"),
        (20, 140),
    ),
)
