"""What every page is made with: the phase that the address names, and calm refusals."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.domain.programme.models import Phase
from pilotage.domain.programme.queries import phases_with_everything
from pilotage.web.drafts import keep_typed
from pilotage.web.places import may_change_settings


class PageRequest(HttpRequest):
    """A request as pages see it. For type hints only: the middleware and ``phase_page`` set what it adds."""

    viewer: Viewer
    phase: Phase
    phases: list[Phase]


PhaseView = Callable[..., HttpResponseBase]


def phase_page(view: PhaseView) -> PhaseView:
    """Makes a page of a phase: the ``phase`` of the address is read with everything and given as second argument.

    It also stands on ``request.phase`` for the frame. An unknown code is 404. What the page shows of the phase is up to
    the page: a phase itself is public, its records are not.
    """

    @wraps(view)
    def page(request: PageRequest, phase: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # All of them, in as many queries as one: the programme switch lists the others.
        request.phases = list(phases_with_everything())
        found = next((one for one in request.phases if one.code == phase), None)
        if found is None:
            raise Http404(_("There is no programme phase at this address."))
        request.phase = found
        return view(request, found, *args, **kwargs)

    return page


def signed_in_page(view: PhaseView) -> PhaseView:
    """Makes a page for people who have signed in; others are led to the sign-in and back, with what they sent."""

    @wraps(view)
    def page(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.viewer.user is None:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return page


def form_page(view: PhaseView) -> PhaseView:
    """Makes a page with a form, for people who have signed in: what is sent after the session ended is kept.

    The page fills its form in again (``drafts.take_typed``); one that does not is a ``signed_in_page``, and the form is
    shown on a page of its own.
    """

    @wraps(view)
    def page(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.viewer.user is None and request.method == "POST":
            return keep_typed(request)
        require(request.viewer.user is not None)
        return view(request, *args, **kwargs)

    return page


def page_of(found: Callable[[Viewer, Phase, str], Any]) -> Callable[[PhaseView], PhaseView]:
    """What makes pages of one record: the view takes (request, phase, record) and what more the address holds.

    ``found`` gives the record with the code in the address, where the viewer may see it, and else raises Http404.
    """
    return lambda view: phase_page(_with_record(found, view))


def form_page_of(found: Callable[[Viewer, Phase, str], Any]) -> Callable[[PhaseView], PhaseView]:
    """Like ``page_of``, for pages with a form: they are for people who have signed in, and keep what was typed."""
    return lambda view: phase_page(form_page(_with_record(found, view)))


def _with_record(found: Callable[[Viewer, Phase, str], Any], view: PhaseView) -> PhaseView:
    @wraps(view)
    def page(request: PageRequest, phase: Phase, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, phase, found(request.viewer, phase, code), *args, **kwargs)

    return page


def require(allowed: bool, reason: str = "") -> None:
    """Raises NotAllowed with ``reason`` (already translated) unless ``allowed``."""
    if not allowed:
        raise NotAllowed(reason)


def refuse(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The calm refusal: page 403 with the reason; somebody who has not signed in is led to the sign-in and back.

    A manager is told where roles are given; anybody else, to ask the manager.
    """
    viewer = getattr(request, "viewer", None)
    if viewer is not None and viewer.user is None:
        return to_sign_in(request)
    phase: Phase | None = getattr(request, "phase", None)
    manages = viewer is not None and phase is not None and may_change_settings(viewer, phase)
    context = {
        "reason": reason,
        "manages": manages,
        "roles_address": reverse("settings:users", args=[phase.code]) if manages and phase else "",
    }
    return render(request, "403.html", context, status=403)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and afterwards back to the address asked for; a form is kept, to be sent after signing in."""
    if request.method == "POST":
        return keep_typed(request, back=reverse("accounts:typed"))
    return redirect_to_login(request.get_full_path() if request.method in {"GET", "HEAD"} else "/")
