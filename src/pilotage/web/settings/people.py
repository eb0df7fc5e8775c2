"""Who works in a phase, in which role and scope."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.domain.membership.access import can_assign, manages_programme
from pilotage.domain.membership.models import Assignment, Role, User
from pilotage.domain.membership.operations import add_user, assign_role, end_assignment
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import operation
from pilotage.web.pages import PageRequest
from pilotage.web.settings.forms import EndForm, RoleForm
from pilotage.web.settings.views import saved, settings_page, show_form, user

FIELDS = {"component": "components", "country": "countries", "phase": "reach", "institution_id": "institution"}
"""Fields of the form for what an assignment calls otherwise."""


@settings_page
def users(request: PageRequest, phase: Phase) -> HttpResponse:
    """Everybody with a role in the phase, those whose role has ended last."""
    today = timezone.localdate()
    order = {role.value: place for place, role in enumerate(Role)}
    held = sorted(
        assignments_in(phase).select_related("user", "programme", "phase", "component", "country", "institution"),
        key=lambda one: (order[one.role], one.user.name),
    )
    ended = [one for one in held if one.has_ended(today)]
    current = [one for one in held if one not in ended]
    whole = manages_programme(request.viewer, phase.programme)
    rows = [(one, one.phase_id is not None or whole, one.is_to_come(today)) for one in current]
    absent = [
        role.label
        for role in Role
        if role != Role.PUB
        and not any(one.role == role and one.is_held(today) and one.user.is_active for one in current)
    ]
    context = {"current": rows, "ended": ended, "absent": absent, "whole_programme": whole}
    return render(request, "settings/users.html", context)


def assignments_in(phase: Phase) -> QuerySet[Assignment]:
    """Every role that was ever given in the phase, those in the whole programme among them."""
    found: QuerySet[Assignment] = Assignment.objects.filter(
        Q(phase=phase) | Q(phase=None, programme=phase.programme_id)
    )
    return found


@settings_page
def give_role(request: PageRequest, phase: Phase) -> HttpResponse:
    """A role for somebody: known already, or new and invited by mail to set a password."""
    whole = manages_programme(request.viewer, phase.programme)
    initial = {"email": request.GET.get("email", "")[:254], "valid_from": timezone.localdate()}
    form = RoleForm(phase, request.POST or None, whole_programme=whole, initial=initial)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].strip().lower()
        known = User.objects.filter(email__iexact=email).first()
        if known is None and not form.cleaned_data["name"]:
            form.add_error("name", _("This address is new here: write the person's name."))
        elif saved(request, form, phase, lambda: _give(request, form, known)):
            if known is None:
                invite(request, email)
            return redirect("settings:users", phase=phase.code)
    return show_form(
        request,
        form,
        _("Give a role"),
        _(
            "Several components or countries give one role each. Somebody who is new gets a mail with a link to set a "
            "password."
        ),
        back="settings:users",
        institution_names=form.names.labels.values(),
    )


def _give(request: PageRequest, form: RoleForm, known: User | None) -> None:
    by, given = user(request), form.cleaned_data
    with operation("assign role", by=by, why=given["why"]):
        person = known or add_user(
            by=by, email=given["email"], name=given["name"], password=None, language=given["language"]
        )
        for scope in form.scopes():
            try:
                assign_role(by=by, user=person, values=scope, why=given["why"], viewer=request.viewer)
            except ValidationError as problem:
                raise under_the_names_of_the_form(problem) from problem


def under_the_names_of_the_form(problem: ValidationError) -> ValidationError:
    """A refusal with the fields as the form calls them."""
    if not hasattr(problem, "error_dict"):
        return problem
    return ValidationError({FIELDS.get(name, name): errors for name, errors in problem.error_dict.items()})


def invite(request: PageRequest, email: str) -> None:
    """Sends the mail by which a new person sets a password. Outside of every transaction."""
    form = ResetPasswordForm({"email": email})
    if form.is_valid():
        form.save(request)
        messages.info(request, _("A mail with a link to set a password is on its way to %(email)s.") % {"email": email})


@settings_page
def end_role(request: PageRequest, phase: Phase, pk: int) -> HttpResponse:
    """The last day of a role. One's own as manager is ended by another manager, so that nobody locks the door behind."""
    held = assignments_in(phase).select_related("user", "programme", "phase").filter(pk=pk).first()
    if held is None or not can_assign(request.viewer, held.programme, held.phase):
        raise Http404
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        version = given["version"] if given["version"] is not None else held.version
        if held.user_id == user(request).pk and held.role == Role.PM:
            form.add_error(None, _("Your own role as manager is ended by another manager."))
        elif saved(
            request, form, held,
            lambda: end_assignment(
                by=user(request), assignment=held, last_day=given["valid_until"], version=version, why=given["why"],
                viewer=request.viewer,
            ),
        ):  # fmt: skip
            return redirect("settings:users", phase=phase.code)
    heading = _("End the role of %(name)s: %(role)s") % {"name": held.user.name, "role": held.get_role_display()}
    lead = _("What was done in the role stays.")
    return show_form(request, form, heading, lead, record=held, back="settings:users")
