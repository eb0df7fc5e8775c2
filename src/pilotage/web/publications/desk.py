"""The desk: open an issue, see how far it is, write its texts side by side, choose its photos."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pilotage.documents import operations
from pilotage.documents.access import can_edit_publications, visible_publications, works_on_publications
from pilotage.documents.checks import is_stale
from pilotage.documents.kinds.registry import kind_of
from pilotage.documents.models import Publication, SlotText
from pilotage.documents.prose import ProseRefused, as_html, passage
from pilotage.documents.publishing import under_way_of
from pilotage.documents.slots import Slot
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import StaleRecord
from pilotage.kit.periods import Period
from pilotage.web.pages import PageRequest, phase_page
from pilotage.web.publications.finding import NEWSLETTER, desk_publication, require_editor
from pilotage.web.publications.register import PUBLICATIONS
from pilotage.web.publications.steps import steps_for
from pilotage.web.registers.pages import register_page

QUARTERS_OFFERED = 12


@phase_page
def register(request: PageRequest, phase: Phase) -> HttpResponseBase:
    """All issues that the viewer may see; those who edit open the next one."""
    may_edit = can_edit_publications(request.viewer, phase)
    error = ""
    if request.method == "POST":
        require_editor(request, phase)
        assert request.viewer.user
        try:
            opened = operations.open_publication(
                by=request.viewer.user,
                viewer=request.viewer,
                phase=phase,
                kind=NEWSLETTER,
                period=request.POST.get("period", ""),
            )
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            return redirect("publications:overview", phase.code, opened.address)
    publications = visible_publications(request.viewer, phase)
    taken = set(publications.filter(kind=NEWSLETTER).values_list("period", flat=True))
    offered = (
        [period for period in quarters(phase, timezone.localdate()) if period.code not in taken] if may_edit else []
    )
    works_here = works_on_publications(request.viewer, phase)
    context = {"offered": offered, "rounds": phase.rounds.all() if works_here else (), "error": error}
    return register_page(
        request, phase, PUBLICATIONS, publications, template="publications/register.html", context=context
    )


def quarters(phase: Phase, today: date) -> list[Period]:
    """The quarters of the phase that have begun, the latest first."""
    if phase.start is None:
        return []
    last = min(today, phase.end) if phase.end else today
    found = [Period.quarter(phase.start.year, (phase.start.month - 1) // 3 + 1)]
    while found[-1].end and found[-1].end < last:
        found.append(found[-1].next_quarter)
    return found[::-1][:QUARTERS_OFFERED]


@dataclass
class Side:
    """One language of a slot as the pages show it."""

    language: str
    text: SlotText | None
    stale: bool
    typed: str | None = None
    """What was sent and could not be kept."""
    errors: list[str] = field(default_factory=list)
    theirs: str | None = None
    """What somebody else saved meanwhile."""
    theirs_by: str = ""

    @property
    def markdown(self) -> str:
        """What stands in the field."""
        if self.typed is not None:
            return self.typed
        return self.text.markdown if self.text else ""

    @property
    def version(self) -> int | str:
        """The version that the page shows; empty for a new text."""
        return self.text.version if self.text else ""

    @property
    def written(self) -> bool:
        """True where there is something."""
        return bool(self.text and self.text.markdown.strip())

    @property
    def characters(self) -> int:
        """How long it is."""
        return len(self.markdown.strip())

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.markdown.split())

    @property
    def preview(self) -> SafeString:
        """The text as it will read."""
        try:
            return mark_safe(as_html(passage(self.markdown, self.language), top_heading=4))
        except ProseRefused as refused:
            return SafeString("") if self.errors else format_html("{}", str(refused))


@dataclass
class SlotView:
    """A slot with its sides."""

    slot: Slot
    sides: list[Side]
    photo: Any = None

    @property
    def empty(self) -> bool:
        """True where no language is written."""
        return not any(side.written for side in self.sides)


def slot_views(publication: Publication, slots: Iterable[Slot]) -> list[SlotView]:
    """The slots with what is written in each language."""
    texts = list(publication.texts.all())
    by_key = {(text.slot, text.language): text for text in texts}
    photos = {chosen.slot: chosen for chosen in publication.photos.all()}
    views = []
    for slot in slots:
        sides = []
        for language in publication.phase.languages:
            text = by_key.get((slot.name, language))
            sides.append(Side(language, text, bool(text and text.markdown.strip() and is_stale(text, texts))))
        views.append(SlotView(slot, sides, photos.get(slot.name)))
    return views


@phase_page
def overview(request: PageRequest, phase: Phase, name: str) -> HttpResponse:
    """How far an issue is: texts, clearance, editions."""
    publication = desk_publication(request, phase, name)
    context = {
        "publication": publication,
        "slots": slot_views(publication, kind_of(publication).slots(phase)),
        "may_edit": can_edit_publications(request.viewer, phase),
        "under_way": under_way_of(publication),
        "formats": kind_of(publication).formats,
        **steps_for(request.viewer, publication),
    }
    return render(request, "publications/overview.html", context)


@phase_page
def text(request: PageRequest, phase: Phase, name: str, slot: str) -> HttpResponse:
    """One slot, its languages side by side."""
    publication = desk_publication(request, phase, name)
    view = view_of(publication, slot)
    may_edit = can_edit_publications(request.viewer, phase)
    status = 200
    if request.method == "POST":
        require_editor(request, phase)
        saved = _save(request, publication, view)
        if saved:
            messages.success(request, _("Saved."))
            return redirect("publications:text", phase.code, name, slot)
        status = 409 if any(side.theirs is not None for side in view.sides) else 422
    slots = [one.slot for one in slot_views(publication, kind_of(publication).slots(phase))]
    place = next(place for place, one in enumerate(slots) if one.name == slot)
    context = {
        "publication": publication,
        "view": view,
        "may_edit": may_edit,
        "before": slots[place - 1] if place else None,
        "after": slots[place + 1] if place + 1 < len(slots) else None,
    }
    return render(request, "publications/text.html", context, status=status)


def view_of(publication: Publication, slot: str) -> SlotView:
    for view in slot_views(publication, kind_of(publication).slots(publication.phase)):
        if view.slot.name == slot:
            return view
    raise Http404(_("There is no such text in this issue."))


def _save(request: PageRequest, publication: Publication, view: SlotView) -> bool:
    """Keeps one side as it was sent; what cannot be kept stays typed, with the reason beside it."""
    side = next((one for one in view.sides if one.language == request.POST.get("language")), None)
    if side is None:
        raise Http404
    typed = request.POST.get("markdown", "").replace("\r\n", "\n")
    version = request.POST.get("version", "")
    other = request.POST.get("other", "").replace("\r\n", "\n") if request.POST.get("in_line") else ""
    assert request.viewer.user
    try:
        operations.write_text(
            by=request.viewer.user,
            viewer=request.viewer,
            publication=publication,
            slot=view.slot.name,
            language=side.language,
            markdown=typed,
            version=int(version) if version.isdigit() else None,
            in_line_with=other,
            approve=request.POST.get("action") == "approve",
        )
    except StaleRecord as stale:
        fresh = SlotText.objects.get(publication=publication, slot=view.slot.name, language=side.language)
        side.text, side.typed, side.theirs, side.theirs_by = fresh, typed, fresh.markdown, stale.by
        side.errors = [_("%(name)s changed this text while you were writing.") % {"name": stale.by}]
        return False
    except ValidationError as refused:
        side.typed, side.errors = typed, list(refused.messages)
        return False
    return True
