"""Returned workbooks and forms: sent in, looked at line by line, taken over or put aside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.activities.files import CONTENT_TYPES
from pilotage.domain.membership.viewers import NotAllowed
from pilotage.domain.programme.models import Phase
from pilotage.domain.recommendations.contacts import may_enter_for
from pilotage.exchange.answers.matching import ABSENT, ANSWER, CONFLICT, REFUSED, UNCHANGED, Outcome, fingerprint
from pilotage.exchange.answers.returns import TAKE, Changed, outcomes_of, put_aside, read_return, take_over
from pilotage.exchange.models import AnswerReturn
from pilotage.exchange.workbooks.opening import Unreadable
from pilotage.web.answers.forms import ReturnForm
from pilotage.web.pages import PageRequest, phase_page, require

LISTED = 50
ORDER = (CONFLICT, REFUSED, ANSWER, UNCHANGED, ABSENT)


@phase_page
def returns(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """Sends a file in; lists those that wait and those that were decided."""
    viewer = request.viewer
    require(may_enter_for(viewer, phase), _("National coordinators take over what agencies return."))
    form = ReturnForm(request.POST, request.FILES) if request.method == "POST" else ReturnForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        assert viewer.user is not None
        try:
            read = read_return(by=viewer.user, viewer=viewer, phase=phase, file=upload.file, name=upload.name)
        except Unreadable as refused:
            form.add_error("file", refused.text)
        except NotAllowed as refusal:
            form.add_error("file", refusal.reason)
        else:
            return redirect("answers:returned", phase.code, read.pk)
    listed = [
        one
        for one in AnswerReturn.objects.filter(phase=phase).select_related(
            "sheet__institution", "user", "link__contact"
        )[:LISTED]
        if may_enter_for(viewer, phase, one.sheet.institution)
    ]
    context = {"form": form, "returns": listed}
    return render(request, "answers/returns.html", context, status=422 if form.errors else 200)


def found_return(request: PageRequest, phase: Phase, key: int) -> AnswerReturn:
    """The return that the viewer may decide; 404 for any other."""
    require(may_enter_for(request.viewer, phase), _("National coordinators take over what agencies return."))
    found = AnswerReturn.objects.select_related(
        "sheet__institution__country", "sheet__phase__programme", "user", "link__contact"
    )
    returned = found.filter(phase=phase, pk=key).first()
    if returned is None or not may_enter_for(request.viewer, phase, returned.sheet.institution):
        raise Http404(_("There is nothing returned at this address that you may see."))
    returned.sheet.phase = phase
    return returned


@phase_page
def returned(request: PageRequest, phase: Phase, key: int) -> HttpResponseBase:
    """What each line comes to; then the decision."""
    one = found_return(request, phase, key)
    viewer = request.viewer
    assert viewer.user is not None
    problems: list[str] = []
    if request.method == "POST" and "aside" in request.POST:
        put_aside(viewer=viewer, returned=one)
        messages.success(request, _("Put aside. Nothing was taken over."))
        return redirect("answers:returns", phase.code)
    if request.method == "POST":
        decisions = {
            int(name[7:]): str(value)
            for name, value in request.POST.items()
            if name.startswith("decide-") and name[7:].isascii() and name[7:].isdigit()
        }
        try:
            taken, refused = take_over(
                by=viewer.user, viewer=viewer, returned=one, decisions=decisions, seen=request.POST.get("seen", "")
            )
        except Changed:
            problems.append(
                _("Somebody changed one of the items meanwhile. Nothing was taken over: look again, then decide.")
            )
        except ValidationError as problem:
            problems += problem.messages
        except NotAllowed as refusal:
            problems.append(refusal.reason)
        else:
            messages.success(
                request,
                _("Taken over: %(taken)d. Not taken over: %(refused)d.") % {"taken": taken, "refused": refused},
            )
            return redirect("answers:returns", phase.code)
        one.refresh_from_db()
    waiting = one.state == AnswerReturn.State.WAITING
    outcomes = outcomes_of(one, by=viewer.user, viewer=viewer) if waiting else []
    context: dict[str, Any] = {
        "one": one,
        "waiting": waiting,
        "problems": problems,
        "seen": fingerprint(outcomes),
        "groups": grouped(outcomes),
        "counts": {status: sum(outcome.status == status for outcome in outcomes) for status in ORDER},
        "take": TAKE,
    }
    return render(request, "answers/returned.html", context, status=409 if problems else 200)


def grouped(outcomes: list[Outcome]) -> list[tuple[str, str, list[Outcome]]]:
    """Outcomes by what they come to, what needs a person first."""
    titles = {
        CONFLICT: _("Changed by both: decide"),
        REFUSED: _("Refused, with the reason"),
        ANSWER: _("Answers to take over"),
        UNCHANGED: _("Nothing filled in: stays as it is"),
        ABSENT: _("Not in the file: stays as it is"),
    }
    return [
        (status, titles[status], found)
        for status in ORDER
        if (found := [outcome for outcome in outcomes if outcome.status == status])
    ]


@phase_page
def file(request: PageRequest, phase: Phase, key: int) -> HttpResponseBase:
    """The file that came back, or the scan: to those who may decide."""
    one = found_return(request, phase, key)
    suffix = (one.file.name or "").rsplit(".", 1)[-1]
    try:
        content = one.file.open("rb")
    except (FileNotFoundError, ValueError):
        raise Http404(_("The file is missing from the store.")) from None
    return handed_out(content, one.file_name, suffix)


def handed_out(content: Any, name: str, suffix: str) -> FileResponse:
    """A file as a download of which the browser neither guesses the type nor runs anything."""
    kind = CONTENT_TYPES.get(suffix.lower(), "application/octet-stream")
    response = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
