"""How sign-in behaves here: accounts are given by the programme, nobody signs up; one's language comes along."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from pilotage.domain.membership.operations import edit_user
from pilotage.web.accounts.languages import CHOSEN, chosen_before_signing_in, keep_language


class InvitedOnly(DefaultAccountAdapter):
    """No open sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Shows the pages in the language that the person chose: just now, before signing in, or earlier."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        chosen = chosen_before_signing_in(request)
        if chosen and chosen != user.language:
            edit_user(by=user, user=user, values={"language": chosen})
        response.delete_cookie(CHOSEN, samesite="Lax")
        return keep_language(response, user.language) if user.language else response
