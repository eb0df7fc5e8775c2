"""Reading phases."""

from django.db.models import Prefetch, QuerySet

from pilotage.domain.programme.models import Component, Phase, PhaseCountry


def in_order(phases: QuerySet[Phase]) -> QuerySet[Phase]:
    """Phases as lists show them: real programmes before invented ones, the latest phase of each first."""
    return phases.order_by("programme__fictional", "programme__code", "-number")


def phases_with_everything() -> QuerySet[Phase]:
    """All phases ``in_order``, with programme, addenda, countries, components and settings, in a fixed number of queries."""
    return in_order(Phase.objects.select_related("programme", "lead_partner")).prefetch_related(
        "addenda",
        Prefetch("partner_countries", PhaseCountry.objects.select_related("country")),
        Prefetch("components", Component.objects.select_related("lead_partner")),
        "settings",
    )
