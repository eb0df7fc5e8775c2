"""The first page of everybody."""

from django.http import HttpResponse
from django.shortcuts import render

from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.web.pages import PageRequest, phase_page


def home(request: PageRequest) -> HttpResponse:
    """What there is."""
    return render(request, "home/public.html", {"phases": phases_with_everything()})


@phase_page
def overview(request: PageRequest, phase: Phase) -> HttpResponse:
    """How the phase stands."""
    return render(request, "dashboard/dashboard.html", {})
