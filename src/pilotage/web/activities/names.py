"""The names that forms offer while somebody types: institutions and places of a phase."""

from __future__ import annotations

from django.utils.translation import get_language

from pilotage.domain.parties.models import Institution, Place
from pilotage.domain.programme.models import Phase
from pilotage.kit.texts import wording
from pilotage.web.fields import Named


def institution_names(phase: Phase) -> Named:
    """The institutions that a form of ``phase`` offers, with their country; invented ones in invented phases only."""
    language = (get_language() or "en").split("-")[0]
    rows = Institution.objects.filter(fictional=phase.programme.fictional).order_by(f"sort_{language}")
    if phase.programme.fictional:
        rows = Institution.objects.order_by(f"sort_{language}")
    return Named(
        (
            key,
            f"{wording(name, language)} ({country})" if country else wording(name, language),
            (*name.values(), *short.values(), code),
        )
        for key, name, short, country, code in rows.values_list("pk", "name", "short_name", "country_id", "code")
    )


def place_names(phase: Phase) -> Named:
    """All places, with their country."""
    language = (get_language() or "en").split("-")[0]
    rows = Place.objects.order_by(f"sort_{language}").values_list("pk", "name", "country_id", "code")
    return Named(
        (key, f"{wording(name, language)} ({country})", (*name.values(), code)) for key, name, country, code in rows
    )
