"""The photos of a publication: which stands in a slot, chosen by looking at them."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image, UnidentifiedImageError

from pilotage.documents import operations
from pilotage.domain.activities.models import ActivityFile
from pilotage.domain.programme.models import Phase
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.publications.desk import view_of
from pilotage.web.publications.finding import desk_publication, require_editor

MOST_PHOTOS = 60
THUMBNAIL = (240, 160)
"""Pixels that a small picture has at most: some 8 KB, so that sixty can be looked at on a slow line as one scrolls."""


@phase_page
def photo(request: PageRequest, phase: Phase, name: str, slot: str) -> HttpResponse:
    """Chooses the photo of a slot among those of the phase's activities that may be published."""
    publication = desk_publication(request, phase, name)
    require_editor(request, phase)
    view = view_of(publication, slot)
    if not view.slot.photo:
        raise Http404
    photos = _photos(phase).select_related("activity").order_by("-activity__begins_on", "-id")[:MOST_PHOTOS]
    error = ""
    if request.method == "POST":
        assert request.viewer.user
        key = request.POST.get("photo", "")
        chosen = next((one for one in photos if str(one.pk) == key), None)
        if key and chosen is None:
            raise Http404
        caption = {language: request.POST.get(f"caption_{language}", "") for language in phase.languages}
        try:
            operations.choose_photo(
                by=request.viewer.user,
                viewer=request.viewer,
                publication=publication,
                slot=slot,
                photo=chosen,
                caption=caption,
            )
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("publications:text", phase.code, name, slot)
    captions = [
        (language, (view.photo.caption if view.photo else {}).get(language, "")) for language in phase.languages
    ]
    context = {"publication": publication, "view": view, "photos": photos, "captions": captions, "error": error}
    return render(request, "publications/photo.html", context, status=422 if error else 200)


@require_safe
@phase_page
def thumbnail(request: PageRequest, phase: Phase, name: str, pk: int) -> HttpResponse:
    """A photo of the phase, small, for choosing."""
    desk_publication(request, phase, name)
    require_editor(request, phase)
    chosen = get_object_or_404(_photos(phase), pk=pk)
    small = BytesIO()
    try:
        with chosen.file.open("rb") as file, Image.open(file) as picture:
            picture.draft("RGB", THUMBNAIL)
            picture.thumbnail(THUMBNAIL)
            picture.convert("RGB").save(small, "JPEG", quality=72)
    except (FileNotFoundError, UnidentifiedImageError):
        raise Http404 from None
    response = HttpResponse(small.getvalue(), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=86400"
    return response


def _photos(phase: Phase) -> QuerySet[ActivityFile]:
    """The photos of the phase's activities that may stand in a publication at all."""
    photos = ActivityFile.objects.filter(activity__phase=phase, kind=ActivityFile.FileKind.PHOTO)
    return photos.exclude(confidentiality="restricted")
