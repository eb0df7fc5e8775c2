"""Photos, signed lists, reports: taking them in, saying what they show, handing them out to those who may see them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.activities.files import (
    add_file,
    content_type_of,
    edit_file,
    remove_file,
    sees_file,
    visible_files,
)
from pilotage.domain.activities.models import Activity, ActivityFile
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.common import activity_page, editor_page, tabs
from pilotage.web.activities.forms import FileForm, UploadForm, WhyForm, add_problems
from pilotage.web.marks import carry_mark, require_known, tell
from pilotage.web.pages import PageRequest

SAID = ("alternative_text", "credit", "consent_on", "confidentiality")


@editor_page
def files(request: PageRequest, phase: Phase, activity: Activity) -> HttpResponseBase:
    """The files, and a form for the next one."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm(initial=_wanted(request))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        assert request.viewer.user is not None
        try:
            add_file(
                by=request.viewer.user, viewer=request.viewer, activity=activity, kind=cleaned["kind"],
                file=cleaned["file"], name=cleaned["file"].name, received_on=cleaned["received_on"],
                values={name: cleaned[name] for name in SAID},
            )  # fmt: skip
        except ValidationError as problem:
            add_problems(form, problem)
        else:
            messages.success(request, _("The file is kept."))
            return redirect("activities:files", phase.code, activity.code)
    return _show(request, activity, form)


@editor_page
def file(request: PageRequest, phase: Phase, activity: Activity, key: int) -> HttpResponseBase:
    """One file: what is said of it, who may see it; or to take away with a reason."""
    record = _file(request, activity, key)
    removing = "remove" in request.POST
    initial = {name: getattr(record, name) for name in SAID}
    form = FileForm(request.POST if request.method == "POST" and not removing else None, initial=initial)
    carry_mark(form, record)
    why = WhyForm(request.POST if removing else None)
    assert request.viewer.user is not None
    if removing and why.is_valid():
        try:
            remove_file(by=request.viewer.user, record=record, viewer=request.viewer, why=why.cleaned_data["why"])
        except ValidationError as problem:
            add_problems(why, problem)
        else:
            messages.success(request, _("The file is taken away. The change log keeps that it was there."))
            return redirect("activities:files", phase.code, activity.code)
    if request.method == "POST" and not removing and form.is_valid():
        try:
            require_known(form, record)
            edit_file(
                by=request.viewer.user, record=record, viewer=request.viewer,
                values={name: form.cleaned_data[name] for name in SAID},
            )  # fmt: skip
        except ValidationError as problem:
            add_problems(form, problem)
        except StaleRecord as stale:
            tell(form, record, stale)
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("activities:files", phase.code, activity.code)
    return _show(request, activity, form, record, why)


@activity_page
def open_file(request: PageRequest, phase: Phase, activity: Activity, key: int) -> HttpResponseBase:
    """Hands out a file to somebody who may see it. Pictures show in the page, everything else is downloaded."""
    record = _file(request, activity, key)
    kind = content_type_of(record)
    try:
        content = record.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("The file is missing from the store.")) from None
    response = FileResponse(content, as_attachment=kind != "image/jpeg", filename=record.name, content_type=kind)
    # Whatever a file may hold, the browser neither guesses its type nor runs anything of it.
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    public = record.confidentiality == "public" and request.viewer.user is None
    response["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    return response


def _file(request: PageRequest, activity: Activity, key: int) -> ActivityFile:
    record = get_object_or_404(ActivityFile, pk=key, activity=activity)
    record.activity = activity
    if not sees_file(request.viewer, activity, record):
        raise Http404(_("There is no file at this address that you may see."))
    return record


def _wanted(request: PageRequest) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    return {"kind": kind} if kind in ActivityFile.FileKind.values else {}


def _show(
    request: PageRequest, activity: Activity, form: FileForm, record: ActivityFile | None = None,
    why: WhyForm | None = None,
) -> HttpResponseBase:  # fmt: skip
    context = {
        "activity": activity,
        "tabs": tabs(request, activity),
        "files": visible_files(request.viewer, activity, activity.files.all()),
        "form": form,
        "record": record,
        "why": why,
    }
    failed = request.method == "POST" and (form.errors or (why is not None and why.errors))
    return render(request, "activities/files.html", context, status=422 if failed else 200)
