"""Activities: read, added, changed, moved, counted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Query, Status

from pilotage.api import activities as wire
from pilotage.api.keys import writer
from pilotage.api.pages import MOST, next_address, page_of
from pilotage.api.past import Recorded, known_then
from pilotage.api.server import PROBLEMS, WRITES, api, phase_of, viewer_of
from pilotage.api.shapes import activities as shapes
from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.operations import add_activity, edit_activity, move_activity, set_tally
from pilotage.domain.activities.words import State


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
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    recorded: Recorded = "",
) -> Any:
    found, viewer = phase_of(phase), viewer_of(request)
    chosen = {
        "state": state, "type": type, "scope": scope, "mode": mode, "component": component, "country": country,
        "institution": institution, "q": q, "start": start, "end": end,
    }  # fmt: skip
    narrowed = wire.with_parts(wire.narrowed(visible_activities(viewer, found), chosen))
    rows, following = page_of(narrowed, cursor, limit)
    items = [wire.written(activity, viewer, found) for activity in rows]
    return {"items": items, "next": next_address(request, following)}


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
    "/states",
    response={200: list[dict[str, str]], **PROBLEMS},
    tags=["Activities"],
    summary="The states of activities, in words",
)
def states(request: HttpRequest) -> Any:
    return [{"code": code, "label": str(label)} for code, label in State.choices]
