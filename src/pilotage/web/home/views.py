"""The first page: for the public the programmes, for who has signed in what needs doing today."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.web.pages import PageRequest
from pilotage.web.templatetags.pilotage import reader_language


def home(request: PageRequest) -> HttpResponse:
    """One's own phases with what they need today; without any, the public list of programmes."""
    phases = list(phases_with_everything())
    own = [phase for phase in phases if request.viewer.user and request.viewer.sees_phase(phase)]
    if not own:
        return render(request, "home/public.html", {"programmes": by_programme(phases)})
    # Not read for the public, whom a fresh server is the first to answer.
    from pilotage.web.home.today import Today, todays

    today = timezone.localdate()
    running = sorted(own, key=lambda phase: (is_over(phase, today), phase.programme.fictional))
    shown = running[:MOST]
    found: list[Today] = [todays(phase, request.viewer, today, reader_language()) for phase in shown]
    return render(request, "home/today.html", {"days": found, "others": running[MOST:], "today": today})


MOST = 3
"""So many phases are told in full; the others are links."""


def is_over(phase: Phase, today: object) -> bool:
    """True for a phase that has ended, or of which no dates are known."""
    return phase.end is None or phase.end < today  # type: ignore[operator]


def by_programme(phases: list[Phase]) -> list[list[Phase]]:
    """The phases of each programme, latest first."""
    programmes: dict[int, list[Phase]] = {}
    for phase in phases:
        programmes.setdefault(phase.programme_id, []).append(phase)
    return list(programmes.values())
