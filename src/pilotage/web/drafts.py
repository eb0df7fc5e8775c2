"""What was typed is not lost: a form sent after the session had ended comes back, filled in, after signing in.

The browser keeps drafts too (static/js/drafts.js); this is for those without JavaScript, and for the moment itself.
Three ways lead back. A form whose page fills itself in again asks ``take_typed``. Any other is shown as a page of its
own, to be sent with one press (``accounts:typed``). A form that was open while somebody signed in anew elsewhere in the
browser carries an old mark against forgery: it is shown again in the same way (``not_from_this_sign_in``).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

KEY = "typed"
MOST_BYTES = 200_000
LONGEST_S = 3600
OWN_ACCOUNT = "/account/"
"""Under it stand passwords: what is typed there is never kept."""
MACHINERY = {"csrfmiddlewaretoken", "version", "next", "language", "action", "move"}
"""Fields that a person did not type."""


def keep_typed(request: HttpRequest, back: str = "") -> HttpResponse:
    """Keeps the form that was sent without being signed in, and leads to the sign-in and back.

    Back is the page of the form itself, which calls ``take_typed``, or the address ``back``.
    """
    if not request.path.startswith(OWN_ACCOUNT):
        encoded = _typed(request).urlencode()
        if len(encoded) <= MOST_BYTES:
            request.session[KEY] = {"path": request.path, "form": encoded, "at": time.time()}
    return redirect_to_login(back or request.path)


def take_typed(request: HttpRequest) -> QueryDict | None:
    """The form that was kept for this address; None where there is none, or it is older than an hour.

    It stays until it was saved (``forget_typed``) or the reader drops it by ``?typed=drop``. The page says that it is
    there, by ``request.typed_is_back``.
    """
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path or request.method == "POST":
        return None
    if time.time() - kept["at"] > LONGEST_S or request.GET.get("typed") == "drop":
        del request.session[KEY]
        return None
    request.typed_is_back = True  # type: ignore[attr-defined]
    return QueryDict(kept["form"], mutable=True)


def kept_elsewhere(request: HttpRequest) -> tuple[str, QueryDict] | None:
    """The form that was kept, with its address, for the page that sends it again."""
    kept = request.session.get(KEY)
    if not kept or time.time() - kept["at"] > LONGEST_S:
        return None
    return kept["path"], QueryDict(kept["form"])


def forget_typed(request: HttpRequest, response: HttpResponse) -> None:
    """Lets go of what was kept, once the form of that address was sent by somebody signed in, and taken."""
    if request.method == "POST" and response.status_code in (302, 303) and request.user.is_authenticated:
        kept = request.session.get(KEY)
        if kept and kept["path"] == request.path:
            del request.session[KEY]


def not_from_this_sign_in(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form without a valid mark against forgery. Django calls it (CSRF_FAILURE_VIEW).

    A form of this site is shown again with what was typed, to be sent with one press. One from elsewhere is refused.
    """
    if not sent_from_here(request):
        refusal = _("This form did not come from a page of this site. Nothing was done.")
        return render(request, "403.html", {"reason": refusal}, status=403)
    if request.path.startswith(OWN_ACCOUNT):
        messages.warning(request, _("That page was open since before you signed in or out. Please press once more."))
        before = urlsplit(request.headers.get("Referer", "")).path or "/"
        signed_in = request.user.is_authenticated and before.startswith(OWN_ACCOUNT + "login")
        return redirect("/" if signed_in else before)
    return show_typed(request, request.path, _typed(request), files=bool(request.FILES), status=403)


def show_typed(
    request: HttpRequest, path: str, typed: QueryDict, *, files: bool = False, status: int = 200
) -> HttpResponse:
    """The page that shows what was typed and sends it to ``path`` on one press."""
    read = [text for name, texts in typed.lists() if not hidden(name) for text in texts if text.strip()]
    context = {"path": path, "fields": list(typed.lists()), "read": read, "files": files}
    return render(request, "account/typed.html", context, status=status)


def hidden(name: str) -> bool:
    """True for fields that a person did not type."""
    return name in MACHINERY or name.startswith("decide-")


def sent_from_here(request: HttpRequest) -> bool:
    """True where the browser says that a page of this site sent the form. No other site can make it say so."""
    given: Mapping[str, str] = request.headers
    if "Sec-Fetch-Site" in given:
        return given["Sec-Fetch-Site"] == "same-origin"
    source = given.get("Origin") or given.get("Referer") or ""
    return urlsplit(source)[:2] == (request.scheme, request.get_host())


def _typed(request: HttpRequest) -> QueryDict:
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    return typed
