"""The coordinator's desk for one agency: contacts, links, sheets to send out, what is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pilotage.documents.rendering.typst import render_pdf
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.contacts import (
    add_contact,
    agencies_of,
    edit_contact,
    may_enter_for,
    may_write_to,
)
from pilotage.domain.recommendations.links import issue_link, revoke_link
from pilotage.domain.recommendations.models import AgencyContact, AgencyLink, AnswerSheet, Reminder
from pilotage.domain.recommendations.reminders import send_again
from pilotage.domain.recommendations.words import Channel
from pilotage.exchange.answers.giving import FORMS, file_name, give_out
from pilotage.exchange.answers.items import open_counts, open_items
from pilotage.exchange.answers.paper import TEMPLATE, paper_content
from pilotage.exchange.answers.workbook import answers_workbook
from pilotage.exchange.tasks import send_reminder
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.forms import add_problems
from pilotage.web.answers.forms import ContactForm, LinkForm
from pilotage.web.marks import carry_mark, require_known, tell
from pilotage.web.pages import PageRequest, phase_page, require

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
LISTED = 20


@phase_page
def agencies(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """The agencies for which something is open, or that have a contact, with what there is to do."""
    require(may_write_to(request.viewer, phase) or may_enter_for(request.viewer, phase))
    counts = open_counts(phase)
    contacts: dict[int, int] = {}
    for key in AgencyContact.objects.filter(phase=phase, active=True).values_list("institution_id", flat=True):
        contacts[key] = contacts.get(key, 0) + 1
    language = (get_language() or "en").split("-")[0]
    known = agencies_of(request.viewer, phase).filter(pk__in={*counts, *contacts})
    if not may_write_to(request.viewer, phase):
        own = {held.institution_id for held in request.viewer.held_in(phase) if held.institution_id}
        known = Institution.objects.select_related("country").filter(pk__in=own)
    rows = [
        (one, counts.get(one.pk, 0), contacts.get(one.pk, 0))
        for one in known.order_by("country_id", f"sort_{language}")
    ]
    may = {"enters": may_enter_for(request.viewer, phase), "writes": may_write_to(request.viewer, phase)}
    return render(request, "answers/agencies.html", {"rows": rows, **may})


def agency_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Makes a page about one agency, for those who write to it; the view takes (request, phase, agency)."""

    @wraps(view)
    def page(request: PageRequest, phase: Phase, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = Institution.objects.select_related("country").filter(code=code).first()
        if found is None:
            raise Http404(_("There is no agency at this address."))
        require(may_write_to(request.viewer, phase, found), _("Your role does not reach this agency."))
        return view(request, phase, found, *args, **kwargs)

    return phase_page(page)


@agency_page
def agency(request: PageRequest, phase: Phase, agency: Institution) -> HttpResponseBase:
    """Contacts, links, sheets and open items; a new contact, or (``again``) a reminder that was given up."""
    if "again" in request.POST:
        return _remind_again(request, phase, agency)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        assert request.viewer.user is not None
        try:
            add_contact(
                by=request.viewer.user, viewer=request.viewer, phase=phase, institution=agency, values=form.cleaned_data
            )
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, _("The contact is kept."))
            return redirect("answers:agency", phase.code, agency.code)
    return _show(request, phase, agency, form)


def _remind_again(request: PageRequest, phase: Phase, agency: Institution) -> HttpResponseBase:
    assert request.viewer.user is not None
    given = request.POST["again"]
    key = int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0
    reminder = get_object_or_404(Reminder, pk=key, phase=phase, institution=agency)
    try:
        send_again(by=request.viewer.user, reminder=reminder)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        send_reminder.enqueue(reminder.pk)
        messages.success(request, _("The reminder is on its way."))
    return redirect("answers:agency", phase.code, agency.code)


@agency_page
def contact(request: PageRequest, phase: Phase, agency: Institution, key: int) -> HttpResponseBase:
    """Changes a contact."""
    record = get_object_or_404(AgencyContact, pk=key, phase=phase, institution=agency)
    initial = {name: getattr(record, name) for name in ("name", "position", "email", "language", "active")}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    carry_mark(form, record)
    if request.method == "POST" and form.is_valid():
        assert request.viewer.user is not None
        try:
            require_known(form, record)
            edit_contact(by=request.viewer.user, viewer=request.viewer, contact=record, values=form.cleaned_data)
        except ValidationError as problem:
            add_problems(form, problem)
        except StaleRecord as stale:
            tell(form, record, stale)
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("answers:agency", phase.code, agency.code)
    return _show(request, phase, agency, form, record)


@agency_page
@require_POST
def link(request: PageRequest, phase: Phase, agency: Institution, key: int) -> HttpResponseBase:
    """Gives a contact a personal link (shown once), or ends one: ``end`` in the form, ``key`` being the link's then."""
    assert request.viewer.user is not None
    if "end" in request.POST:
        record = get_object_or_404(AgencyLink, pk=key, phase=phase, institution=agency)
        revoke_link(by=request.viewer.user, viewer=request.viewer, link=record)
        messages.success(request, _("The link no longer works."))
        return redirect("answers:agency", phase.code, agency.code)
    person = get_object_or_404(AgencyContact, pk=key, phase=phase, institution=agency)
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            made, secret = issue_link(
                by=request.viewer.user,
                viewer=request.viewer,
                contact=person,
                expires_on=form.cleaned_data["expires_on"],
            )
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            address = f"{settings.BASE_URL}{reverse('answers:agency_page', args=[secret])}"
            return _show(request, phase, agency, ContactForm(), issued=(made, address))
    return _show(request, phase, agency, ContactForm(), link_form=form)


@agency_page
@require_POST
def sheet(request: PageRequest, phase: Phase, agency: Institution, form: str) -> HttpResponseBase:
    """Gives out a workbook, a Word form or a paper sheet, as a file."""
    channel = next((one for one, suffix in FORMS.items() if suffix == form), None)
    if channel is None:
        raise Http404(_("There is no sheet of this form."))
    assert request.viewer.user is not None
    try:
        given, items = give_out(
            by=request.viewer.user, viewer=request.viewer, phase=phase, institution=agency, channel=channel
        )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("answers:agency", phase.code, agency.code)
    if channel == Channel.WORKBOOK:
        content = answers_workbook(given, items)
    elif channel == Channel.WORD_FORM:
        # Read here, since python-docx takes 17 MB of each worker that most never need.
        from pilotage.exchange.answers.word_form import answers_form

        content = answers_form(given, items)
    else:
        language = request.POST.get("language", "")
        language = language if language in {"en", "ru"} else "ru"
        content = render_pdf(TEMPLATE, paper_content(given, items, language), language=language, images={})
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{file_name(given)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _show(
    request: PageRequest,
    phase: Phase,
    agency: Institution,
    form: ContactForm,
    record: AgencyContact | None = None,
    *,
    issued: tuple[AgencyLink, str] | None = None,
    link_form: LinkForm | None = None,
) -> HttpResponseBase:
    today = timezone.localdate()
    links = AgencyLink.objects.filter(phase=phase, institution=agency).select_related("contact")
    context: dict[str, Any] = {
        "agency": agency,
        "form": form,
        "record": record,
        "issued": issued,
        "link_form": link_form or LinkForm(),
        "contacts": AgencyContact.objects.filter(phase=phase, institution=agency),
        "links": [
            (one, one.revoked_at is None and one.expires_on >= today and one.contact.active) for one in links[:LISTED]
        ],
        "sheets": AnswerSheet.objects.filter(phase=phase, institution=agency)[:LISTED],
        "reminders": Reminder.objects.filter(phase=phase, institution=agency).select_related("contact")[:LISTED],
        "items": open_items(phase, agency),
        "today": today,
        "enters": may_enter_for(request.viewer, phase, agency),
    }
    failed = request.method == "POST" and (form.errors or (link_form is not None and link_form.errors))
    response = render(request, "answers/desk.html", context, status=422 if failed else 200)
    if issued:
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
    return response
