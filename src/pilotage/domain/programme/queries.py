"""Reading phases."""

from django.db.models import Prefetch, QuerySet

from pilotage.domain.programme.models import Component, Phase, PhaseCountry


def phases_with_everything() -> QuerySet[Phase]:
    """All phases, their programme, addenda, countries, components and settings read in a fixed number of queries."""
    return Phase.objects.select_related("programme", "lead_partner").prefetch_related(
        "addenda",
        Prefetch("partner_countries", PhaseCountry.objects.select_related("country")),
        Prefetch("components", Component.objects.select_related("lead_partner")),
        "settings",
    )
