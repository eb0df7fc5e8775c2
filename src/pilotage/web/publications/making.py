"""From draft to edition: check list, preview, clearance, issue."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.documents import operations
from pilotage.documents.access import can_edit_publications
from pilotage.documents.editions import Frozen
from pilotage.documents.kinds.registry import kind_of
from pilotage.documents.models import Issuing, Publication
from pilotage.documents.pictures import SCHEME, keep_photo
from pilotage.documents.prose import ProseRefused
from pilotage.documents.publishing import (
    AlreadyUnderWay,
    begin_issuing,
    check_publication,
    draft_of,
    render_draft,
    under_way_of,
)
from pilotage.documents.rendering.html import article_html
from pilotage.documents.rendering.typst import RenderingFailed
from pilotage.documents.tasks import issue_in_background
from pilotage.domain.programme.models import Phase
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.publications.finding import desk_publication, require_editor, require_language
from pilotage.web.publications.reading import ENDINGS, TYPES, page_of, picture_response
from pilotage.web.publications.steps import steps_for


@phase_page
def checks(request: PageRequest, phase: Phase, name: str) -> HttpResponse:
    """The check list before the issue; a warning is explained here."""
    publication = desk_publication(request, phase, name)
    error = ""
    if request.method == "POST":
        require_editor(request, phase)
        assert request.viewer.user
        reason = {language: request.POST.get(f"reason_{language}", "") for language in phase.languages}
        try:
            operations.explain_check(
                by=request.viewer.user,
                viewer=request.viewer,
                publication=publication,
                code=request.POST.get("code", "")[:120],
                reason=reason,
            )
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("publications:checks", phase.code, name)
    try:
        found = check_publication(publication, draft_of(publication))
    except ProseRefused as refused:
        return render(
            request, "publications/cannot.html", {"publication": publication, "reason": str(refused)}, status=422
        )
    labels = {slot.name: slot.label for slot in kind_of(publication).slots(phase)}
    rows = [
        (one.settled, {"finding": one, "slot": one.problem.field, "label": labels.get(one.problem.field, "")})
        for one in found.findings
    ]
    context = {
        "publication": publication,
        "checks": found,
        "blocking": [row for settled, row in rows if not settled],
        "settled": [row for settled, row in rows if settled],
        "may_edit": can_edit_publications(request.viewer, phase),
        "error": error,
        "typed": request.POST if error else {},
        **steps_for(request.viewer, publication),
    }
    return render(request, "publications/checks.html", context, status=422 if error else 200)


@require_POST
@phase_page
def step(request: PageRequest, phase: Phase, name: str) -> HttpResponse:
    """One clearance step."""
    publication = desk_publication(request, phase, name)
    if request.viewer.user is None:
        raise Http404
    try:
        operations.move_publication(
            by=request.viewer.user,
            viewer=request.viewer,
            publication=publication,
            step=request.POST.get("step", ""),
            reason=request.POST.get("reason", ""),
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Done: %(state)s.") % {"state": publication.get_state_display()})
    return redirect("publications:overview", phase.code, name)


@phase_page
def issue(request: PageRequest, phase: Phase, name: str) -> HttpResponse:
    """Starts an issue, or a correction with what it corrects."""
    publication = desk_publication(request, phase, name)
    open_to = steps_for(request.viewer, publication)
    if not (open_to["may_issue"] or open_to["may_correct"]):
        messages.error(request, _("The clearances are not all given yet, or your role may not issue it."))
        return redirect("publications:overview", phase.code, name)
    error = ""
    if request.method == "POST":
        assert request.viewer.user
        correction = {language: request.POST.get(f"correction_{language}", "").strip() for language in phase.languages}
        if open_to["may_correct"] and not all(correction.values()):
            error = _("Say in every language what is corrected.")
        else:
            return _begin(request, publication, correction if open_to["may_correct"] else None)
    typed = [(language, request.POST.get(f"correction_{language}", "")) for language in phase.languages]
    context = {"publication": publication, "error": error, "typed": typed, **open_to}
    return render(request, "publications/issue_form.html", context, status=422 if error else 200)


def _begin(request: PageRequest, publication: Publication, correction: dict[str, str] | None) -> HttpResponse:
    assert request.viewer.user
    try:
        begun = begin_issuing(
            by=request.viewer.user, viewer=request.viewer, publication=publication, correction=correction
        )
    except AlreadyUnderWay as other:
        messages.warning(
            request,
            _("%(name)s is issuing it just now. You see how far it is below.") % {"name": other.issuing.asked_by},
        )
    else:
        issue_in_background.enqueue(begun.pk)
    return redirect("publications:issuing", publication.phase.code, publication.address)


@require_safe
@phase_page
def issuing(request: PageRequest, phase: Phase, name: str) -> HttpResponse:
    """How far the issue is; the page asks again by itself until it is done."""
    publication = desk_publication(request, phase, name)
    last = publication.issuings.select_related("asked_by").first()
    under_way = under_way_of(publication)
    stages: list[Issuing.Stage] = [stage for stage in Issuing.Stage if stage != Issuing.Stage.FAILED]
    reached = stages.index(Issuing.Stage(last.stage)) if last and last.stage in stages else -1
    silent = bool(last and last.open and under_way is None)
    context = {
        "publication": publication,
        "last": last,
        "under_way": under_way,
        "silent": silent,
        "stages": [
            {"label": stage.label, "done": place < reached or (last and last.stage == "done"), "here": place == reached}
            for place, stage in enumerate(stages)
        ],
    }
    response = render(request, "publications/issuing.html", context)
    if under_way:
        response["Refresh"] = "2"
    return response


def _frozen(publication: Publication) -> Frozen:
    return draft_of(publication)


@require_safe
@phase_page
def preview(request: PageRequest, phase: Phase, name: str, language: str) -> HttpResponse:
    """The issue as a web page, as it stands now, marked as a draft."""
    publication = desk_publication(request, phase, name)
    require_language(language, phase.languages)
    try:
        frozen = _frozen(publication)
    except ProseRefused as refused:
        return render(
            request, "publications/cannot.html", {"publication": publication, "reason": str(refused)}, status=422
        )
    content = kind_of(publication).mark_draft(frozen.content[language], language)
    images = frozen.images[language]
    photos = {
        image: reverse("publications:preview_picture", args=[phase.code, name, data.removeprefix(SCHEME)])
        for image, data in images.items()
        if data.startswith(SCHEME)
    }
    article = article_html(publication.kind, content, images, language, photo_address=photos)
    context = {
        "publication": publication,
        "content": content,
        "article": mark_safe(article),
        "language": language,
        "available": phase.languages,
        "draft": True,
    }
    return render(request, page_of(publication), context)


@require_safe
@phase_page
def preview_file(request: PageRequest, phase: Phase, name: str, language: str, form: str) -> HttpResponse:
    """The issue as it stands now as PDF, one page or mail, marked as a draft."""
    publication = desk_publication(request, phase, name)
    require_language(language, phase.languages)
    if form not in kind_of(publication).formats:
        raise Http404
    try:
        data = render_draft(publication, language, form)
    except (ProseRefused, RenderingFailed) as refused:
        return render(
            request, "publications/cannot.html", {"publication": publication, "reason": str(refused)}, status=422
        )
    response = HttpResponse(data, content_type=TYPES[form])
    place = "inline" if form == "pdf" else "attachment"
    response["Content-Disposition"] = f'{place}; filename="draft-{phase.code}-{name}-{language}.{ENDINGS[form]}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@phase_page
def preview_picture(request: PageRequest, phase: Phase, name: str, picture: str) -> HttpResponse:
    """A photo that is chosen for an issue that is not out."""
    publication = desk_publication(request, phase, name)
    reference = f"{SCHEME}{picture}"
    if not any(keep_photo(chosen.photo) == reference for chosen in publication.photos.all()):
        raise Http404
    return picture_response(reference)
