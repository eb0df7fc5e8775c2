"""The calls of the API, behind the one address that all of them share."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import path, resolve

from pilotage.api.endpoints import api

urlpatterns = [path("", api.urls)]
"""Every call, as django-ninja lays it out."""


def call(request: HttpRequest, call: str) -> HttpResponseBase:
    """Answers one call. Raises Resolver404 where there is none at this address."""
    match = resolve(f"/{call}", urlconf=__name__)
    request.resolver_match = match
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return answer
