"""The demo's people sign in to the demo alone: their password is known to everybody."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class DemoOnly(BaseBackend):
    """Refuses addresses of the demo where the server does not run as the demo; knows nobody itself."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Raises PermissionDenied, which ends the asking of further backends."""
        address = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
        if address.endswith(f"@{settings.DEMO_DOMAIN}") and not settings.DEMO:
            raise PermissionDenied
