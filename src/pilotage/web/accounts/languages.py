"""The language that a reader chose, kept in the browser.

What was chosen last stands: pressing a language before signing in is a choice too, and goes along into the account. An
account for which nobody has chosen follows the browser.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

A_YEAR = 365 * 24 * 60 * 60


def keep_language(response: HttpResponse, language: str) -> HttpResponse:
    """Sets the cookie that the next page is shown by."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax", secure=settings.SECURE, httponly=True
    )
    return response


CHOSEN = "language_chosen"
"""A cookie of this visit: the language was pressed by somebody who had not signed in."""


def remember_choice(response: HttpResponse, language: str) -> None:
    """Notes that a visitor pressed ``language``, until the browser is closed or somebody signs in."""
    response.set_cookie(CHOSEN, language, samesite="Lax", secure=settings.SECURE, httponly=True)


def chosen_before_signing_in(request: HttpRequest) -> str:
    """The language pressed in this visit before signing in; empty where none was."""
    chosen = request.COOKIES.get(CHOSEN, "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""
