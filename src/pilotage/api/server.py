"""The server of the API: who asks, how often, and how answers and failures are sent."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from ninja import NinjaAPI
from ninja.throttling import AuthRateThrottle

from pilotage.api.keys import Key
from pilotage.api.problems import register
from pilotage.api.shapes.common import Problem
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything


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
    400: Problem,
    401: Problem,
    403: Problem,
    404: Problem,
    422: Problem,
    429: Problem,
}
WRITES = {**PROBLEMS, 409: Problem}

api = Api(
    title="Pilotage",
    version="1",
    description=(
        "Figures, activities, recommendations, meetings and work plans of the programme. "
        "What is published is open to everybody; an access token "
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
