"""What every page knows: the viewer, the phase that the address names, the places, the other phases, the languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import in_order
from pilotage.web.past.context import as_known_on, past_shown
from pilotage.web.places import places_for


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Values for the page's frame. What costs a query is read only where the template shows it."""
    phase = getattr(request, "phase", None)
    viewer = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "phase": phase,
        "places": places_for(viewer, phase, request.path) if phase and viewer is not None else [],
        "other_phases": SimpleLazyObject(lambda: phase_links(request, phase)),
        "languages": settings.LANGUAGES,
        "this_page": page_without_language(request),
        "demo": settings.DEMO,
        "past": past_shown(request),
        "as_known": as_known_on(request),
    }


@dataclass(frozen=True, slots=True)
class PhaseLink:
    """A phase in the programme switch, with the address of the same page there."""

    phase: Phase
    address: str
    here: bool


def phase_links(request: HttpRequest, present: Phase | None) -> list[PhaseLink]:
    """All phases, each with the address that keeps the place: a register stays a register, a record leads to its list."""
    phases = getattr(request, "phases", None)
    if phases is None:
        phases = in_order(Phase.objects.select_related("programme"))
    rest = rest_of_address(request) if present else ""
    return [
        PhaseLink(phase, f"/{phase.code}/{rest}", present is not None and phase.pk == present.pk) for phase in phases
    ]


def rest_of_address(request: HttpRequest) -> str:
    """The part of the address after the phase's code that means something in another phase too."""
    match = request.resolver_match
    parts = [part for part in request.path.split("/")[2:] if part]
    if match and set(match.kwargs) - {"phase"}:
        parts = parts[:1]
    return "/".join(parts) + "/" if parts else ""


def page_without_language(request: HttpRequest) -> str:
    """The page's own address with its filters, without a language that stood in it: where the switch leads back to."""
    query = request.GET.copy()
    query.pop("lang", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
