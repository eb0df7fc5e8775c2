"""Pages of one's own account."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pilotage.domain.membership.models import AccessToken, Assignment, User
from pilotage.domain.membership.operations import edit_user, issue_token, revoke_token
from pilotage.web.accounts.forms import TokenForm
from pilotage.web.accounts.languages import keep_language, remember_choice
from pilotage.web.drafts import kept_elsewhere, show_typed
from pilotage.web.pages import PageRequest, signed_in_page


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the language for the reader (in a cookie, and with the account of who has signed in) and goes back."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = keep_language(HttpResponseRedirect(back), language)
    if not isinstance(request.user, User):
        remember_choice(response, language)
    elif request.user.language != language:
        edit_user(by=request.user, user=request.user, values={"language": language})
    return response


@signed_in_page
def typed(request: PageRequest) -> HttpResponse:
    """What was sent after the session had ended: to be sent again, now that one is signed in."""
    kept = kept_elsewhere(request)
    return show_typed(request, *kept) if kept else redirect("/")


@signed_in_page
def account(request: PageRequest) -> HttpResponse:
    """Who one is here: roles with scopes, password, second factor."""
    held = Assignment.objects.filter(user=request.viewer.user).select_related(
        "programme", "phase", "component", "country", "institution"
    )
    return render(request, "account/account.html", {"held": held, "second_factor": is_mfa_enabled(request.user)})


@signed_in_page
def tokens(request: PageRequest) -> HttpResponse:
    """One's own access tokens; a new one's key is shown once, in the answer to its issue, and kept nowhere."""
    user = request.viewer.user
    assert user is not None
    form, secret = TokenForm(user, request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = issue_token(by=user, **form.cleaned_data)
            form = TokenForm(user)
        except ValidationError as error:
            form.add_error(None, error)
    own = user.tokens.select_related("assignment__programme", "assignment__phase", "assignment__component")
    context = {"form": form, "secret": secret, "tokens": own, "today": timezone.localdate()}
    response = render(request, "account/tokens.html", context)
    response["Cache-Control"] = "no-store"
    return response


@signed_in_page
@require_POST
def revoke(request: PageRequest, pk: int) -> HttpResponse:
    """Ends one's own token at once."""
    user = request.viewer.user
    assert user is not None
    token = AccessToken.objects.filter(user=user, pk=pk, revoked_at=None).first()
    if token is None:
        raise Http404
    revoke_token(by=user, token=token)
    messages.success(request, _("The token “%(label)s” no longer opens anything.") % {"label": token.label})
    return redirect("accounts:tokens")
