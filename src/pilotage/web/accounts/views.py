"""Pages of one's own account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from pilotage.domain.membership.models import User
from pilotage.domain.membership.operations import edit_user
from pilotage.web.pages import PageRequest, signed_in_page

A_YEAR = 365 * 24 * 60 * 60


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the language for the reader (in a cookie, and with the account of who has signed in) and goes back."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if isinstance(request.user, User) and request.user.language != language:
        edit_user(by=request.user, user=request.user, values={"language": language})
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    return keep_language(HttpResponseRedirect(back), language)


def keep_language(response: HttpResponse, language: str) -> HttpResponse:
    """Sets the cookie that the next page is shown by."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax", secure=settings.SECURE, httponly=True
    )
    return response


@signed_in_page
def account(request: PageRequest) -> HttpResponse:
    """Who one is here: roles with scopes, password, second factor."""
    return render(request, "account/account.html", {})


@signed_in_page
def tokens(request: PageRequest) -> HttpResponse:
    """One's own access tokens."""
    return render(request, "account/account.html", {})


@signed_in_page
def revoke(request: PageRequest, pk: int) -> HttpResponse:
    """Ends one's own token."""
    return render(request, "account/account.html", {})
