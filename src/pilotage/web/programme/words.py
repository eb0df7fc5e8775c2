"""How printed totals are worded: their qualifiers and units."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.domain.programme.models import StatedTotal
from pilotage.kit.numbers import money, written_shortly

QUALIFIERS = {
    "over": _("over %(number)s"),
    "more than": _("more than %(number)s"),
    "at least": _("at least %(number)s"),
    "nearly": _("nearly %(number)s"),
    "almost": _("almost %(number)s"),
    "about": _("about %(number)s"),
    "up to": _("up to %(number)s"),
}
UNITS = {
    "EUR": _("euro"),
    "activities": pgettext_lazy("unit", "activities"),
    "events": pgettext_lazy("unit", "events"),
    "months": pgettext_lazy("unit", "months"),
    "percent": pgettext_lazy("unit", "per cent"),
    "persons": pgettext_lazy("unit", "persons"),
    "projects": pgettext_lazy("unit", "projects"),
    "recommendations": pgettext_lazy("unit", "recommendations"),
}


def stated_words(total: StatedTotal, language: str) -> str:
    """The number as a reader of the page's language writes it, with what it was printed with: "over 1 400"."""
    number = money(total.number, "EUR", language) if total.unit == "EUR" else written_shortly(total.number, language)
    qualifier = QUALIFIERS.get(total.qualifier)
    return str(qualifier) % {"number": number} if qualifier else number


def unit_word(total: StatedTotal) -> str:
    """What was counted."""
    return str(UNITS.get(total.unit, total.unit))
