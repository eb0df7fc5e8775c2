"""The accounts of those who work in a phase: corrected, blocked, signed out."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from pilotage.domain.membership.access import can_manage_user, require_manage_user
from pilotage.domain.membership.models import Assignment, User
from pilotage.domain.membership.operations import block_user, edit_user, sign_out_user, unblock_user
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import operation
from pilotage.web.accounts.second_factor import has_second_factor, take_second_factor
from pilotage.web.changes.reading import changes_of
from pilotage.web.pages import PageRequest
from pilotage.web.settings.forms import AccountForm, StepForm
from pilotage.web.settings.people import assignments_in
from pilotage.web.settings.views import saved, settings_page, show_form, user


def found(phase: Phase, pk: int) -> User:
    """Somebody who works or worked in the phase. Raises Http404 for anybody else."""
    person = User.objects.filter(pk=pk, assignments__in=assignments_in(phase)).distinct().first()
    if person is None:
        raise Http404
    return person


@settings_page
def account(request: PageRequest, phase: Phase, pk: int) -> HttpResponse:
    """Who somebody is here: address, sign-in, roles with their dates, access tokens, and what changed."""
    person = found(phase, pk)
    roles = Assignment.objects.filter(user=person).order_by("valid_from", "pk")
    tokens = person.tokens.select_related("assignment__programme", "assignment__phase", "assignment__component")
    context = {
        "person": person,
        "roles": roles.select_related("programme", "phase", "component", "country", "institution"),
        "tokens": tokens.filter(revoked_at=None, expires_on__gte=timezone.localdate()),
        "may_change": can_manage_user(request.viewer, person),
        "second_factor": has_second_factor(person),
        "oneself": person.pk == user(request).pk,
        "entries": changes_of(person, request.viewer, phase, limit=20),
    }
    return render(request, "settings/account.html", context)


@settings_page
def edit_account(request: PageRequest, phase: Phase, pk: int) -> HttpResponse:
    """A person's name, address and language."""
    person = found(phase, pk)
    require_manage_user(request.viewer, person)
    former = person.email
    initial = {name: getattr(person, name) for name in ("name", "email", "language")}
    form = AccountForm(request.POST or None, initial=initial)

    def save() -> None:
        version = form.cleaned_data["version"] or 0
        why = form.cleaned_data["why"]
        with operation("edit user", by=user(request), why=why):
            edit_user(
                by=user(request), user=person, values=form.values(), version=version, why=why, viewer=request.viewer
            )
            if person.email != former:
                # The sign-in pages keep addresses of their own, by which one could still come in.
                EmailAddress.objects.filter(user=person).delete()

    if request.method == "POST" and form.is_valid() and saved(request, form, person, save):
        if person.email != former:
            tell_of_the_new_address(person, former, by=user(request))
        return redirect("settings:account", phase=phase.code, pk=pk)
    return show_form(request, form, _("Change the account of %(name)s") % {"name": person.name}, record=person, **BACK)


BACK = {"back": "settings:users"}
STEPS = {
    "block": block_user,
    "unblock": unblock_user,
    "sign-out": sign_out_user,
    "second-factor": take_second_factor,
}


@settings_page
def take_step(request: PageRequest, phase: Phase, pk: int, step: str) -> HttpResponse:
    """Blocks, unblocks or signs out somebody, or takes a lost second factor away, with a reason."""
    person = found(phase, pk)
    if step not in STEPS or (step == "unblock") == person.is_active:
        raise Http404
    if step == "second-factor" and not has_second_factor(person):
        raise Http404
    require_manage_user(request.viewer, person)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if saved(
            request, form, person,
            lambda: STEPS[step](by=user(request), user=person, why=why, viewer=request.viewer),
        ):  # fmt: skip
            return redirect("settings:account", phase=phase.code, pk=pk)
    heading, lead, button = {
        "block": (
            _("Block the sign-in of %(name)s"),
            _("Sessions and access tokens end at once. The roles stay: end them where somebody else takes over."),
            _("Block the sign-in"),
        ),
        "unblock": (
            _("Let %(name)s sign in again"),
            _("In the roles that are still held. Access tokens that were ended stay ended."),
            _("Unblock the sign-in"),
        ),
        "sign-out": (
            _("Sign %(name)s out everywhere"),
            _(
                "Every session and access token ends at once, as after a lost computer. Signing in again stays possible."
            ),
            _("Sign out everywhere"),
        ),
        "second-factor": (
            _("Take away the second factor of %(name)s"),
            _(
                "For somebody who lost the telephone: the password alone opens the account until a new second factor is "
                "set up. Make sure, by voice, that it is really them who ask."
            ),
            _("Take away the second factor"),
        ),
    }[step]
    return show_form(request, form, heading % {"name": person.name}, lead, record=person, button=button, **BACK)


def tell_of_the_new_address(person: User, former: str, by: User) -> None:
    """Writes to both addresses, so that nobody's account moves unnoticed. Outside of every transaction."""
    with override(person.language or "en"):
        subject = _("Your address for signing in was changed")
        text = _(
            "%(by)s changed the e-mail address by which you sign in from %(former)s to %(new)s. If this is not right, "
            "write to %(by)s at %(contact)s."
        ) % {"by": by.name, "former": former, "new": person.email, "contact": by.email}
    for address in (former, person.email):
        EmailMessage(subject, text, to=[address]).send()
