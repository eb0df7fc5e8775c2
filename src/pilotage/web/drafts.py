"""What was typed is not lost: a form sent after the session had ended comes back, filled in, after signing in.

The browser keeps drafts too (static/js/drafts.js); this is for those without JavaScript, and for the moment itself.
"""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponse, QueryDict

from pilotage.web.pages import to_sign_in

KEY = "typed"
MOST_BYTES = 200_000
LONGEST_S = 3600


def keep_typed(request: HttpRequest) -> HttpResponse:
    """Keeps the form that was sent without being signed in, and leads to the sign-in and back to the form."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    encoded = typed.urlencode()
    if len(encoded) <= MOST_BYTES:
        request.session[KEY] = {"path": request.path, "form": encoded, "at": time.time()}
    request.method = "GET"
    return to_sign_in(request)


def take_typed(request: HttpRequest) -> QueryDict | None:
    """The form that was kept for this address, once; None where there is none or it is older than an hour."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    if time.time() - kept["at"] > LONGEST_S:
        return None
    return QueryDict(kept["form"], mutable=True)
