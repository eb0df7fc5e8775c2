"""How sign-in behaves here: accounts are given by the programme, nobody signs up; one's language comes along."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from pilotage.web.accounts.languages import keep_language


class InvitedOnly(DefaultAccountAdapter):
    """No open sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Shows the pages in the language that the person chose."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return keep_language(response, user.language)
