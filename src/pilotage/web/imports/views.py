"""Bringing workbooks in: template, upload, preview, decision, progress, result."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pilotage.domain.activities.access import sees_cost, visible_activities
from pilotage.domain.membership.models import Role
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Phase
from pilotage.exchange.models import ImportRun
from pilotage.exchange.tasks import import_workbook, read_workbook
from pilotage.exchange.workbooks import runs
from pilotage.exchange.workbooks.columns import Kind
from pilotage.exchange.workbooks.previews import PreviewRows, labels_of
from pilotage.exchange.workbooks.templates import activities_workbook, institutions_workbook
from pilotage.exchange.workbooks.told import read_out
from pilotage.exchange.workbooks.turns import progress_of
from pilotage.web.pages import PageRequest, phase_page, require, signed_in_page

ROWS_A_PAGE = 50
PATIENCE = 20
"""Seconds after which a page says that nothing has begun yet."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _require_import(request: PageRequest, phase: Phase) -> None:
    require(runs.may_import(request.viewer, phase), _("Your role may not bring in workbooks here."))


def _runs_of(request: PageRequest, phase: Phase) -> QuerySet[ImportRun]:
    """One's own; all of the phase for those who answer for its data."""
    found = ImportRun.objects.filter(phase=phase).select_related("user")
    if request.viewer.roles_in(phase) & {Role.PM, Role.ME}:
        return found
    return found.filter(user=request.viewer.user)


@phase_page
@signed_in_page
def imports(request: PageRequest, phase: Phase) -> HttpResponse:
    """The list of imports with the form to upload a workbook."""
    _require_import(request, phase)
    error = ""
    if request.method == "POST":
        upload = request.FILES.get("workbook")
        if upload is None:
            error = _("Choose a workbook first.")
        elif (upload.size or 0) > settings.MAX_UPLOAD_MB * 1024 * 1024:
            error = _("The file is larger than %(most)d MB. Divide it into several files.") % {
                "most": settings.MAX_UPLOAD_MB
            }
        else:
            run = runs.start_run(
                phase=phase,
                user=request.viewer.user,  # type: ignore[arg-type]
                file_name=upload.name or "workbook.xlsx",
                content=upload.file,  # type: ignore[arg-type]
                language=_language(),
            )
            read_workbook.enqueue(run.pk)
            return redirect("imports:run", phase=phase.code, number=run.pk)
    page = Paginator(_runs_of(request, phase), 25).get_page(request.GET.get("page"))
    for run in page:
        runs.settle(run)
    context = {
        "page": page,
        "error": error,
        "most": settings.MAX_UPLOAD_MB,
        "institutions": runs.may_import_institutions(request.viewer, phase),
    }
    return render(request, "imports/imports.html", context, status=422 if error else 200)


@phase_page
@signed_in_page
def template(request: PageRequest, phase: Phase, kind: str) -> HttpResponse:
    """The template workbook; with ``?filled=1`` it holds the records as they are now."""
    _require_import(request, phase)
    filled = request.GET.get("filled") == "1"
    if kind == "activities":
        activities = visible_activities(request.viewer, phase).prefetch_related(
            "country_links",
            "institution_links",
            "co_organiser_links",
            "expert_links",
            "tallies__institution",
            "deliverables",
        )
        content = activities_workbook(
            phase,
            _language(),
            activities.in_order() if filled else (),
            cost=sees_cost(request.viewer, phase),
        )
    elif kind == "institutions":
        content = institutions_workbook(phase, _language(), Institution.objects.all() if filled else ())
    else:
        raise Http404
    response = HttpResponse(content, content_type=WORKBOOK)
    day = f"-{timezone.localdate().isoformat()}" if filled else ""
    response["Content-Disposition"] = f'attachment; filename="{phase.code}-{kind}{day}.xlsx"'
    return response


@phase_page
@signed_in_page
def run_page(request: PageRequest, phase: Phase, number: int) -> HttpResponse:
    """One import: its progress, its preview or its result."""
    run = _run(request, phase, number)
    only = request.GET.get("only") == "problems"
    rows: Any = PreviewRows(run, only_problems=only)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    kind = Kind(run.kind) if run.kind else Kind.ACTIVITIES
    labels = labels_of(kind)
    done = progress_of(run.pk) if run.under_way else 0
    waited = (timezone.now() - run.created_at).total_seconds()
    context: dict[str, Any] = {
        "run": run,
        "problems": read_out(run.problems),
        "page": page,
        "rows": [_shown(row, labels) for row in page],
        "only": only,
        "before": runs.same_file_before(run) if run.state == ImportRun.State.PREVIEWED else None,
        "done": done,
        "whole": run.added + run.changed if run.state == ImportRun.State.IMPORTING else 0,
        "idle": run.state in {ImportRun.State.UPLOADED, ImportRun.State.QUEUED} and waited > PATIENCE,
        "file_is_wrong": any(told["level"] == "E" for told in run.problems) or run.state == ImportRun.State.FAILED,
        "own": request.viewer.user is not None and run.user_id == request.viewer.user.pk,
        "readable_again": bool(run.file) and run.state in {"previewed", "interrupted", "failed", "unreadable"},
    }
    return render(request, "imports/run.html", context)


def _shown(row: dict[str, Any], labels: dict[str, dict[str, str]]) -> dict[str, Any]:
    differences = [{**told, "label": labels[told["column"]]} for told in row.get("differences", [])]
    return {**row, "differences": differences, "problems": read_out(row["problems"])}


@require_POST
def take_step(request: HttpRequest, phase: str, number: int, step: str) -> HttpResponse:
    """Import, read again or put aside."""
    return _step(request, phase=phase, number=number, step=step)  # type: ignore[return-value]


@phase_page
@signed_in_page
def _step(request: PageRequest, phase: Phase, number: int, step: str) -> HttpResponse:
    run = _run(request, phase, number)
    user = request.viewer.user
    require(user is not None and run.user_id == user.pk, _("Only who brought a workbook decides about it."))
    try:
        if step == "import":
            with transaction.atomic():
                runs.confirm_run(run)
                import_workbook.enqueue(run.pk)
        elif step == "again":
            with transaction.atomic():
                runs.read_again(run)
                read_workbook.enqueue(run.pk)
        elif step == "discard":
            runs.discard_run(run)
            return redirect("imports:imports", phase=phase.code)
        else:
            raise Http404
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("imports:run", phase=phase.code, number=run.pk)


def _run(request: PageRequest, phase: Phase, number: int) -> ImportRun:
    _require_import(request, phase)
    run = _runs_of(request, phase).filter(pk=number).first()
    if run is None:
        raise Http404(_("There is no such import here."))
    return runs.settle(run)


def _language() -> str:
    return "ru" if (get_language() or "").startswith("ru") else "en"
