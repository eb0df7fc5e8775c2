"""The JSON API: what each address answers."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language
from ninja import NinjaAPI, Query, Status
from ninja.throttling import AuthRateThrottle

from pilotage.api import activities as wire
from pilotage.api import shapes
from pilotage.api.keys import Key, writer
from pilotage.api.past import RECORDED, Recorded, known_then
from pilotage.api.problems import register
from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.operations import add_activity, edit_activity, move_activity, set_tally
from pilotage.domain.activities.words import State
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Institution, Place
from pilotage.domain.programme.models import Component, Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.figures.compute import compute, may_see
from pilotage.figures.formats.json import as_document
from pilotage.figures.registry import FIGURES
from pilotage.figures.scopes import UnknownChoice
from pilotage.kit.search import fold


class Api(NinjaAPI):
    """Answers with an entity tag, so that an unchanged answer is not sent twice."""

    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        """The answer, or 304 where the asker has it already."""
        response: HttpResponse = super().create_response(request, data, **more)
        if request.method == "GET" and response.status_code == 200:
            tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            if tag in [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]:
                response = HttpResponseNotModified()
            response["ETag"] = tag
            response["Cache-Control"] = "private, no-cache"
            response["Vary"] = "Authorization, Accept-Language"
        return response


class ByKeyOrAddress(AuthRateThrottle):
    """So many requests a minute for each key, and for each address of the public."""

    def get_cache_key(self, request: HttpRequest) -> str:
        """The key's digest; the address for those without one."""
        who = getattr(request, "auth", "public")
        ident = str(request.META.get("REMOTE_ADDR", "")) if who == "public" else str(who)
        return self.cache_format % {"scope": "api", "ident": hashlib.sha256(ident.encode()).hexdigest()[:32]}


REQUESTS = "300/m"
PROBLEMS = {
    400: shapes.Problem,
    401: shapes.Problem,
    403: shapes.Problem,
    404: shapes.Problem,
    422: shapes.Problem,
    429: shapes.Problem,
}
WRITES = {**PROBLEMS, 409: shapes.Problem}

api = Api(
    title="Pilotage",
    version="1",
    description=(
        "Figures and activities of the programme. What is published is open to everybody; an access token "
        "(My account, Access tokens) shows and writes what its role and scope reach. Texts come in all their languages; "
        "messages in that of Accept-Language. Failures are problem documents (RFC 9457)."
    ),
    auth=Key(),
    throttle=[ByKeyOrAddress(REQUESTS)],
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    servers=[{"url": settings.BASE_URL, "description": "This site"}],
)
register(api)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who asks."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def phase_of(code: str) -> Phase:
    """The phase of an address. Raises Http404."""
    phase = phases_with_everything().filter(code=code).first()
    if phase is None:
        raise Http404
    return phase


@api.get("/phases", response={200: list[shapes.PhaseOut], **PROBLEMS}, tags=["Programme"], summary="All phases")
@known_then
def phases(request: HttpRequest, recorded: Recorded = "") -> Any:
    return [_phase(phase) for phase in phases_with_everything()]


@api.get("/phases/{phase}", response={200: shapes.PhaseOut, **PROBLEMS}, tags=["Programme"], summary="One phase")
@known_then
def one_phase(request: HttpRequest, phase: str, recorded: Recorded = "") -> Any:
    return _phase(phase_of(phase))


@api.get(
    "/phases/{phase}/components",
    response={200: list[shapes.ComponentOut], **PROBLEMS},
    tags=["Programme"],
    summary="Components of a phase",
)
@known_then
def components(request: HttpRequest, phase: str, recorded: Recorded = "") -> Any:
    return [_component(component) for component in phase_of(phase).components.all()]


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
    for word in fold(q).split():
        found = found.filter(search__contains=word)
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
    for word in fold(q).split():
        found = found.filter(search__contains=word)
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


@api.get(
    "/phases/{phase}/activities",
    response={200: shapes.ActivityPage, **PROBLEMS},
    tags=["Activities"],
    summary="Activities, page by page",
)
@known_then
def activities(
    request: HttpRequest,
    phase: str,
    state: Annotated[str, Query(description="One or several, with commas")] = "",
    type: str = "",
    scope: str = "",
    mode: str = "",
    component: Annotated[str, Query(description="Number; several with commas")] = "",
    country: Annotated[str, Query(description="Beneficiary country; several with commas")] = "",
    institution: Annotated[str, Query(description="Code of a participating institution")] = "",
    q: Annotated[str, Query(description="Words of title or code, in either script")] = "",
    start: Annotated[date | None, Query(description="Ends on this day or later")] = None,
    end: Annotated[date | None, Query(description="Begins on this day or earlier")] = None,
    cursor: Annotated[str, Query(description="Where to go on; stands in next")] = "",
    limit: Annotated[int, Query(ge=1, le=wire.MOST)] = 50,
    recorded: Recorded = "",
) -> Any:
    found, viewer = phase_of(phase), viewer_of(request)
    chosen = {
        "state": state, "type": type, "scope": scope, "mode": mode, "component": component, "country": country,
        "institution": institution, "q": q, "start": start, "end": end,
    }  # fmt: skip
    rows, following = wire.page_of(wire.narrowed(visible_activities(viewer, found), chosen), cursor, limit)
    address = None
    if following:
        kept = {name: value for name, value in {**chosen, RECORDED: recorded}.items() if value}
        address = f"{settings.BASE_URL}{request.path}?{urlencode({**kept, 'limit': limit, 'cursor': following})}"
    return {"items": [wire.written(activity, viewer, found) for activity in rows], "next": address}


@api.get(
    "/phases/{phase}/activities/{code}",
    response={200: shapes.ActivityOut, **PROBLEMS},
    tags=["Activities"],
    summary="One activity",
)
@known_then
def activity(request: HttpRequest, phase: str, code: str, recorded: Recorded = "") -> Any:
    found, viewer = phase_of(phase), viewer_of(request)
    return wire.written(wire.found(viewer, found, code), viewer, found)


@api.post(
    "/phases/{phase}/activities",
    response={201: shapes.ActivityOut, **WRITES},
    tags=["Activities"],
    summary="Add an activity as a draft",
)
def new_activity(request: HttpRequest, phase: str, payload: shapes.NewActivity) -> Any:
    by, viewer = writer(request)
    found = phase_of(phase)
    added = add_activity(
        by=by, viewer=viewer, phase=found, entry=wire.entry_of(found, payload.dict(exclude_unset=True))
    )
    return Status(201, wire.written(wire.found(viewer, found, added.code), viewer, found))


@api.patch(
    "/phases/{phase}/activities/{code}",
    response={200: shapes.ActivityOut, **WRITES},
    tags=["Activities"],
    summary="Change an activity",
)
def change_activity(request: HttpRequest, phase: str, code: str, payload: shapes.ActivityChange) -> Any:
    by, viewer = writer(request)
    found = phase_of(phase)
    present = wire.found(viewer, found, code)
    given = payload.dict(exclude_unset=True, exclude={"version", "why"})
    edit_activity(
        by=by,
        viewer=viewer,
        activity=present,
        entry=wire.entry_of(found, given, present),
        version=payload.version,
        why=payload.why,
    )
    return wire.written(wire.found(viewer, found, code), viewer, found)


@api.post(
    "/phases/{phase}/activities/{code}/moves",
    response={200: shapes.ActivityOut, **WRITES},
    tags=["Activities"],
    summary="Move an activity to another state",
)
def move(request: HttpRequest, phase: str, code: str, payload: shapes.MoveIn) -> Any:
    by, viewer = writer(request)
    found = phase_of(phase)
    present = wire.found(viewer, found, code)
    if present.version != payload.version:
        raise present.stale_since(payload.version)
    wrong: dict[str, str] = {}
    for name in ("new_start", "new_end"):
        if getattr(payload, name):
            wire.check_date(name, getattr(payload, name), wrong)
    if wrong:
        raise ValidationError(wrong)
    move_activity(by=by, viewer=viewer, activity=present, **payload.dict(exclude={"version"}))
    return wire.written(wire.found(viewer, found, code), viewer, found)


@api.put(
    "/phases/{phase}/activities/{code}/tally",
    response={200: shapes.ActivityOut, **WRITES},
    tags=["Activities"],
    summary="Replace the tally",
)
def tally(request: HttpRequest, phase: str, code: str, payload: shapes.TallyIn) -> Any:
    by, viewer = writer(request)
    found = phase_of(phase)
    present = wire.found(viewer, found, code)
    wrong: dict[str, str] = {}
    rows = wire.tally_of([line.dict() for line in payload.lines], wrong)
    if wrong:
        raise ValidationError(wrong)
    set_tally(
        by=by,
        viewer=viewer,
        activity=present,
        rows=rows,
        version=payload.version,
        participants=payload.participants,
        women=payload.women,
    )
    return wire.written(wire.found(viewer, found, code), viewer, found)


@api.get(
    "/figures", response={200: list[shapes.FigureOut], **PROBLEMS}, tags=["Figures"], summary="The catalogue of figures"
)
def figures(request: HttpRequest) -> Any:
    return [
        {
            "code": figure.code, "title": figure.title, "note": figure.note, "unit": figure.unit.code,
            "group": figure.group.value, "dimensions": list(figure.dimensions),
        }
        for figure in FIGURES.values()
        if not figure.from_register or viewer_of(request).user is not None
    ]  # fmt: skip


RESERVED = frozenset({"period", "by", "as_of", "lang", RECORDED})


@api.get(
    "/phases/{phase}/figures/{figure}",
    response={200: dict[str, Any], **PROBLEMS},
    tags=["Figures"],
    summary="Compute a figure",
)
@known_then
def figure(
    request: HttpRequest,
    phase: str,
    figure: str,
    period: Annotated[
        str, Query(description="2023-Q2, 2023-06, 2023, 2023-01-01..2023-06-30, year-2, to-date, all")
    ] = "",
    by: Annotated[str, Query(description="Up to two dimensions, with a comma: country,quarter")] = "",
    as_of: Annotated[date | None, Query(description="The day that the figure is true for")] = None,
    recorded: Recorded = "",
) -> Any:
    """Several phases stand with commas. Any dimension of the figure narrows it: ``?country=TJ&component=1``."""
    chosen = [phase_of(code) for code in phase.split(",")]
    filters = {name: tuple(str(value).split(",")) for name, value in request.GET.items() if name not in RESERVED}
    viewer = viewer_of(request)
    if figure not in FIGURES or not may_see(FIGURES[figure], chosen, viewer):
        raise Http404
    dimensions = tuple(name for name in by.split(",") if name)
    if len(dimensions) > 2:
        raise UnknownChoice("by", by)
    table = compute(
        figure, phases=chosen, viewer=viewer, period=period or None, dimensions=dimensions, filters=filters, as_of=as_of
    )
    return as_document(table, "ru" if (get_language() or "").startswith("ru") else "en")


@api.get(
    "/states",
    response={200: list[dict[str, str]], **PROBLEMS},
    tags=["Activities"],
    summary="The states of activities, in words",
)
def states(request: HttpRequest) -> Any:
    return [{"code": code, "label": str(label)} for code, label in State.choices]


def _phase(phase: Phase) -> dict[str, Any]:
    return {
        "code": phase.code,
        "programme": phase.programme.code,
        "number": phase.number,
        "title": phase.title,
        "short_title": phase.short_title,
        "objective": phase.objective,
        "start": phase.start,
        "end": phase.end,
        "countries": [link.country_id for link in phase.partner_countries.all()],
        "components": [_component(component) for component in phase.components.all()],
        "fictional": phase.programme.fictional,
        "address": f"{settings.BASE_URL}/{phase.code}/",
    }


def _component(component: Component) -> dict[str, Any]:
    return {
        "number": component.number,
        "title": component.title,
        "short_title": component.short_title,
        "specific_objective": component.specific_objective,
        "lead_partner": component.lead_partner.code if component.lead_partner else None,
    }
