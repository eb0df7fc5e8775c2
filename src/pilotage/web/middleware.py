"""What every request passes: language, viewer, second factor, refusals."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from pilotage.domain.membership.models import STAFF, Role, User
from pilotage.domain.membership.viewers import NotAllowed, Viewer
from pilotage.web.drafts import forget_typed
from pilotage.web.pages import refuse

GetResponse = Callable[[HttpRequest], HttpResponse]


class ClientAddressMiddleware:
    """``REMOTE_ADDR`` is the visitor's address, also behind proxies of one's own (PILOTAGE_PROXIES says how many).

    Each proxy adds the address that it was called from at the end of X-Forwarded-For; what stands before those entries
    was written by the visitor and is believed by nobody. Limits on guessing count by this address.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PROXIES > 0:
            told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            address = told[-settings.PROXIES] if len(told) >= settings.PROXIES else ""
            try:
                request.META["REMOTE_ADDR"] = str(ip_address(address))
            except ValueError:
                # Not told, or no address: the proxy's own stays.
                pass
        return self.get_response(request)


class LanguageInAddressMiddleware:
    """``?lang=ru`` shows one page in that language without changing the reader's own: for links, feeds and mails."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("lang")
        if wanted in dict(settings.LANGUAGES):
            translation.activate(wanted)
            request.LANGUAGE_CODE = wanted
        return self.get_response(request)


class ViewerMiddleware:
    """``request.viewer`` is who looks, with all roles, read once and only where a page asks. Refusals become pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        if settings.REQUIRE_MFA and lacks_second_factor(request):
            messages.warning(request, _("Staff work with a second factor: set it up once, then go on."))
            return redirect("mfa_activate_totp")
        response = self.get_response(request)
        forget_typed(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turns NotAllowed and PermissionDenied of a page into the refusal page; the API answers for itself."""
        if request.path.startswith("/api/"):
            return None
        if isinstance(exception, NotAllowed):
            return refuse(request, exception.reason)
        if isinstance(exception, PermissionDenied):
            return refuse(request, str(exception))
        return None


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer behind a browser's session."""
    user = request.user
    return Viewer.of(user) if isinstance(user, User) else Viewer.public()


def lacks_second_factor(request: HttpRequest) -> bool:
    """True where staff without a second factor ask for anything but the pages of their account."""
    if request.path.startswith(("/account/", "/language/", "/api/", settings.STATIC_URL)):
        return False
    user = request.user
    if not user.is_authenticated:
        return False
    if not any(Role(held.role) in STAFF for held in request.viewer.assignments):  # type: ignore[attr-defined]
        return False
    from allauth.mfa.utils import is_mfa_enabled

    return not is_mfa_enabled(user)
