"""What every page knows: the viewer, the phase that the address names, the languages."""

from typing import Any

from django.http import HttpRequest


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Values for the page's frame."""
    return {"viewer": getattr(request, "viewer", None)}
