"""The language that a reader chose, kept in the browser."""

from django.conf import settings
from django.http import HttpResponse

A_YEAR = 365 * 24 * 60 * 60


def keep_language(response: HttpResponse, language: str) -> HttpResponse:
    """Sets the cookie that the next page is shown by."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax", secure=settings.SECURE, httponly=True
    )
    return response
