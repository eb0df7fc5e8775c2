"""Phases and their components."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pilotage.api.past import Recorded, known_then
from pilotage.api.server import PROBLEMS, api, phase_of
from pilotage.api.shapes import programme as shapes
from pilotage.domain.programme.models import Component, Phase
from pilotage.domain.programme.queries import phases_with_everything


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
