"""Reading phases."""

from django.db.models import QuerySet

from pilotage.domain.programme.models import Phase


def phases_with_everything() -> QuerySet[Phase]:
    """All phases, their programme, addenda, countries, components and settings read in a fixed number of queries."""
    return Phase.objects.select_related("programme", "lead_partner").prefetch_related(
        "addenda", "partner_countries__country", "components__lead_partner", "settings"
    )
