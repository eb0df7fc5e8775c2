"""Views named in the addresses and read at their first request: the server answers before it has read every page."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


class Views:
    """The views of one module; it is read when the first of them is called.

    What a decorator says of a view to the middleware (``csrf_exempt``) is not seen from here: it is said in the
    addresses.
    """

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> View:
        module = self._module

        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return found(module, name)(request, *args, **kwargs)

        view.__module__, view.__name__, view.__qualname__ = module, name, name
        return view


def found(module: str, name: str) -> View:
    """The view itself. Raises AttributeError where the module has no such view."""
    view: View = getattr(import_module(module), name)
    return view
