"""Whom wrong passwords are counted against."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def typed_address(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The e-mail address that somebody tried to sign in with, in small letters."""
    given = credentials or {}
    return str(given.get("email") or given.get("username") or request.POST.get("login", "")).strip().lower()
