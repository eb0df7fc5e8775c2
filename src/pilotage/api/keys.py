"""Who asks: the public, or the holder of an access token in its role and scope."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from pilotage.api.past import RECORDED
from pilotage.domain.membership.models import User
from pilotage.domain.membership.operations import note_use
from pilotage.domain.membership.queries import token_for
from pilotage.domain.membership.viewers import NotAllowed, Viewer


class Key(HttpBearer):
    """A token in ``Authorization: Bearer …``. Without one the asker is the public and sees what is published.

    Sessions of the browser count for nothing here, so that no other site can make a signed-in person write.
    """

    def __call__(self, request: HttpRequest) -> Any:
        if self.header in request.headers:
            found = super().__call__(request)
            if found is None:
                raise AuthenticationError
            return found
        request.viewer, request.may_write = Viewer.public(), False  # type: ignore[attr-defined]
        return "public"

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        """The token's digest, where it is valid."""
        found = token_for(token.strip())
        if found is None:
            return None
        note_use(found)
        request.viewer = Viewer.narrowed_to(found.assignment)  # type: ignore[attr-defined]
        request.may_write = found.may_write  # type: ignore[attr-defined]
        return found.digest


def writer(request: HttpRequest) -> tuple[User, Viewer]:
    """The person in whose name the token writes. Raises NotAllowed for the public and for tokens that only read.

    Nor is anything written at a past instant.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if viewer.user is None:
        raise NotAllowed(_("Writing needs an access token."))
    if not request.may_write:  # type: ignore[attr-defined]
        raise NotAllowed(_("This access token may read but not write."))
    if request.GET.get(RECORDED):
        raise NotAllowed(_("Nothing is changed in the past."))
    return viewer.user, viewer
