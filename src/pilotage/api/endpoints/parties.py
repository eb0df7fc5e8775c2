"""Institutions and places: open to everybody."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from pilotage.api.past import Recorded, known_then
from pilotage.api.server import PROBLEMS, api
from pilotage.api.shapes import parties as shapes
from pilotage.domain.parties.models import Institution, Place
from pilotage.kit.search import by_search_column, words_of


@api.get(
    "/institutions", response={200: list[shapes.InstitutionOut], **PROBLEMS}, tags=["Parties"], summary="Institutions"
)
@known_then
def institutions(
    request: HttpRequest,
    q: str = "",
    country: str = "",
    type: str = "",
    limit: Annotated[int, Query(ge=1, le=2000)] = 500,
    offset: Annotated[int, Query(ge=0)] = 0,
    recorded: Recorded = "",
) -> Any:
    found = Institution.objects.prefetch_related("earlier_names").order_by("code")
    found = by_search_column(found, words_of(q))
    if country:
        found = found.filter(country_id=country.upper())
    if type:
        found = found.filter(type=type)
    return [
        {
            "code": one.code, "name": one.name, "short_name": one.short_name, "type": one.type, "country": one.country_id,
            "earlier_names": [former.name for former in one.earlier_names.all()],
        }
        for one in found[offset : offset + limit]
    ]  # fmt: skip


@api.get("/places", response={200: list[shapes.PlaceOut], **PROBLEMS}, tags=["Parties"], summary="Places")
@known_then
def places(
    request: HttpRequest,
    q: str = "",
    country: str = "",
    limit: Annotated[int, Query(ge=1, le=2000)] = 500,
    offset: Annotated[int, Query(ge=0)] = 0,
    recorded: Recorded = "",
) -> Any:
    found = Place.objects.prefetch_related("earlier_names").order_by("code")
    found = by_search_column(found, words_of(q))
    if country:
        found = found.filter(country_id=country.upper())
    return [
        {
            "code": one.code, "name": one.name, "kind": one.kind, "country": one.country_id,
            "latitude": one.latitude, "longitude": one.longitude,
            "earlier_names": [former.name for former in one.earlier_names.all()],
        }
        for one in found[offset : offset + limit]
    ]  # fmt: skip
