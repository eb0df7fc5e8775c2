"""The first page of everybody."""

from django.http import HttpResponse
from django.shortcuts import render

from pilotage.domain.programme.queries import phases_with_everything
from pilotage.web.pages import PageRequest


def home(request: PageRequest) -> HttpResponse:
    """What there is."""
    return render(request, "home/public.html", {"phases": phases_with_everything()})
