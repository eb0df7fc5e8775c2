"""Puts the viewer on the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from pilotage.domain.membership.models import User
from pilotage.domain.membership.viewers import Viewer


class ViewerMiddleware:
    """``request.viewer`` is who looks, with all roles, read once and only where a page asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer behind a browser's session."""
    user = request.user
    return Viewer.of(user) if isinstance(user, User) or getattr(user, "pk", None) else Viewer.public()
